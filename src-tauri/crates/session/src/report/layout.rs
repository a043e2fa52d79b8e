//! Lays out the report: its sections, their order and their text.

mod rotation;

use super::document::{
    ReportBlock, ReportCell, ReportDocument, ReportNote, ReportSection, ReportTable, ResultMark,
    mark_cell, text_cell as plain, time_cell, value,
};
use super::model::{KnownValue, OpenFinding, Report, name, params, time};
use crate::view::{RowVerdict, SetupKind, SignInTestResult};
use messages::MessageCatalog;
use setup::{Severity, Side, enforcement::ConditionState};

pub(super) fn build_document(report: &Report, words: &MessageCatalog) -> ReportDocument {
    let organization = params([("organization", report.organization.clone())]);
    let mut notices = Vec::new();
    if report.world == SetupKind::Practice {
        notices.push(words.format_plain("report-practice"));
    }
    if let Some(endpoint) = &report.redirected {
        notices.push(words.text("report-redirected", &params([("endpoint", endpoint.clone())])));
    }
    ReportDocument {
        title: words.text("report-title", &organization),
        lead: words.text("report-made", &params([("at", time(&report.made.to_string()))])),
        standing: summarize_status(report, words),
        notices,
        summary: vec![
            build_summary_section(report, words),
            proofs(report, words),
            findings(report, words),
            section("report-locked", words, vec![ReportBlock::Bullets(report.locked_out.clone())]),
        ],
        details: [
            notes(report, words),
            checks(report, words),
            Some(certificates(report, words)),
            rotation::section(report, words),
            Some(values(report, words)),
            Some(build_confirmed_section(report, words)),
            Some(journal(report, words)),
            Some(people(report, words)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        foot: words.format_plain(if report.masked {
            "report-foot-masked"
        } else {
            "report-foot-named"
        }),
    }
}

fn section(key: &str, words: &MessageCatalog, blocks: Vec<ReportBlock>) -> ReportSection {
    ReportSection { title: words.format_plain(key), blocks }
}

fn build_summary_section(report: &Report, words: &MessageCatalog) -> ReportSection {
    let label = |key: &str| plain(words.format_plain(&format!("report-{key}")));
    let known = |text: &Option<String>| match text {
        Some(text) => value(text.clone()),
        None => mark_cell(ResultMark::Open, words.format_plain("report-unknown")),
    };
    let enforcement = params([
        ("met", report.enforcement.met.to_string()),
        ("total", report.enforcement.conditions.len().to_string()),
    ]);
    let enforce_mark = if report.enforcement.open { ResultMark::Good } else { ResultMark::Open };
    let enforce_key = match (report.enforcement.open, report.is_enforced) {
        (true, true) => "report-enforce-on",
        (true, false) => "report-enforce-open",
        (false, true) => "report-enforce-early",
        (false, false) => "report-enforce-closed",
    };
    let mut rows = vec![
        vec![label("account"), known(&report.account)],
        vec![label("region"), known(&report.region)],
    ];
    // Without an AWS connection, the issuer identifies the application.
    if let (None, Some(issuer)) = (&report.application_arn, &report.issuer) {
        rows.push(vec![label("issuer"), value(issuer.clone())]);
    } else {
        rows.push(vec![label("application"), known(&report.application)]);
        rows.push(vec![label("application-arn"), known(&report.application_arn)]);
    }
    if let Some(card) = report.certificates.first() {
        let ends = words.text("report-ends", &expiry_params(&card.not_after, card.days_left));
        rows.push(vec![label("certificate"), mark_cell(validity(card.days_left), ends)]);
    }
    rows.push(vec![label("sources"), plain(sources(report, words))]);
    rows.push(vec![label("problems"), summarize_problems(report, words)]);
    rows.push(vec![
        label("enforce"),
        mark_cell(enforce_mark, words.text(enforce_key, &enforcement)),
    ]);
    let done = report.steps.iter().filter(|step| step.done).count();
    let counted = params([("done", done.to_string()), ("total", report.steps.len().to_string())]);
    rows.push(vec![label("steps"), plain(words.text("report-steps-count", &counted))]);
    let open: Vec<_> = report
        .steps
        .iter()
        .filter(|step| !step.done)
        .map(|step| {
            let mut status = step.status.clone();
            if !step.open.is_empty() {
                status = format!("{status}: {}", step.open.join(", "));
            }
            vec![plain(format!("{} {}", step.number, step.name)), plain(status)]
        })
        .collect();
    let mut blocks = vec![table_without_header(rows)];
    if !open.is_empty() {
        let head = ["report-step", "report-status"];
        blocks.push(table("report-steps-open", None, head, open.into_iter(), words));
    }
    section("report-glance", words, blocks)
}

/// Describes the number of known values from each source.
fn sources(report: &Report, words: &MessageCatalog) -> String {
    let counts = report.sources;
    let counts = params([
        ("observed", counts.observed.to_string()),
        ("imported", counts.imported.to_string()),
        ("entered", counts.entered.to_string()),
        ("derived", counts.derived.to_string()),
        ("declared", counts.declared.to_string()),
    ]);
    words.text("report-sources-count", &counts)
}

/// Summarizes the problems. A report without findings isn't marked as good, because it's possible
/// that nothing was checked.
fn summarize_problems(report: &Report, words: &MessageCatalog) -> ReportCell {
    let counted =
        || words.text("report-problems-count", &params([("count", report.problems.to_string())]));
    match report.findings.iter().map(|finding| finding.severity).max() {
        Some(Severity::Error) => mark_cell(ResultMark::Bad, counted()),
        Some(Severity::Warning) => mark_cell(ResultMark::Warning, counted()),
        Some(Severity::Info) | None => plain(words.format_plain("report-findings-none")),
    }
}

/// Summarizes the setup's status for the top of the report.
fn summarize_status(report: &Report, words: &MessageCatalog) -> ReportCell {
    let count = params([("count", report.open_points.to_string())]);
    match (report.finished, report.enforcement.open) {
        (false, _) => plain(words.text("report-standing-unfinished", &count)),
        (true, false) => plain(words.format_plain("report-standing-not-ready")),
        (true, true) if report.is_enforced => {
            mark_cell(ResultMark::Good, words.format_plain("report-standing-enforced"))
        }
        (true, true) => mark_cell(ResultMark::Good, words.format_plain("report-standing-ready")),
    }
}

fn proofs(report: &Report, words: &MessageCatalog) -> ReportSection {
    let mut blocks = vec![ReportBlock::Text(words.format_plain("report-proofs-lead"))];
    match &report.dry_run {
        None => blocks.push(ReportBlock::Text(words.format_plain("report-dry-run-none"))),
        Some(dry_run) => {
            let mut told = params([("at", time(&dry_run.at))]);
            let key = match (dry_run.passed, dry_run.checks) {
                (Some(passed), Some(checks)) => {
                    told.extend(params([
                        ("passed", passed.to_string()),
                        ("checks", checks.to_string()),
                    ]));
                    "report-dry-run-counted"
                }
                _ if dry_run.declared => "report-dry-run-said",
                _ => "report-dry-run-kept",
            };
            told.extend(params([("result", verdict(dry_run.verdict, words))]));
            blocks.push(ReportBlock::Text(words.text(key, &told)));
        }
    }
    let sign_in_tests = report.sign_in_tests.iter().map(|sign_in_test| {
        let (sign, key) = match (sign_in_test.result, sign_in_test.stale) {
            (SignInTestResult::Passed, false) => (ResultMark::Said, "report-sign-in-test-passed"),
            (SignInTestResult::Passed, true) => (ResultMark::Warning, "report-sign-in-test-stale"),
            (SignInTestResult::Failed, _) => (ResultMark::Bad, "report-sign-in-test-failed"),
            (SignInTestResult::Untried, _) => (ResultMark::Open, "report-sign-in-test-untried"),
        };
        let at = time_cell(sign_in_test.at.as_deref().unwrap_or_default());
        vec![plain(sign_in_test.name.clone()), mark_cell(sign, words.format_plain(key)), at]
    });
    blocks.push(table(
        "report-sign-in-tests",
        None,
        ["report-sign-in-test", "report-result", "report-at"],
        sign_in_tests,
        words,
    ));
    let conditions = report.enforcement.conditions.iter().map(|condition| {
        let (sign, key) = match condition.state {
            ConditionState::Met => (ResultMark::Good, "report-met"),
            ConditionState::Declared => (ResultMark::Said, "report-met"),
            ConditionState::Stale => (ResultMark::Warning, "report-stale"),
            ConditionState::Missing => (ResultMark::Open, "report-missing"),
        };
        let state = match &condition.source {
            Some(source) => format!("{}, {source}", words.format_plain(key)),
            None => words.format_plain(key),
        };
        vec![plain(condition.words.clone()), mark_cell(sign, state)]
    });
    blocks.push(table(
        "report-enforcement",
        None,
        ["report-condition", "report-state"],
        conditions,
        words,
    ));
    section("report-proofs", words, blocks)
}

/// Lists the checks of the dry run.
fn checks(report: &Report, words: &MessageCatalog) -> Option<ReportSection> {
    let rows = &report.dry_run.as_ref()?.rows;
    if rows.is_empty() {
        return None;
    }
    let block = if rows.iter().all(|row| row.verdict == RowVerdict::Pass) {
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let all = params([("checks", names.join(", "))]);
        ReportBlock::Text(words.text("report-dry-run-all", &all))
    } else {
        let rows = rows.iter().map(|row| {
            let result = verdict(row.verdict, words);
            vec![plain(row.name.clone()), mark_cell(verdict_mark(row.verdict), result)]
        });
        let head = head(["report-check", "report-result"], words);
        ReportBlock::Table(ReportTable { title: None, side: None, head, rows: rows.collect() })
    };
    Some(section("report-dry-run", words, vec![block]))
}

fn findings(report: &Report, words: &MessageCatalog) -> ReportSection {
    let problems = report.findings.iter().filter(|finding| finding.severity > Severity::Info);
    let mut blocks: Vec<ReportBlock> =
        problems.map(|finding| build_finding_note(finding, words)).collect();
    let conditions = report.enforcement.conditions.iter();
    let unmet = conditions
        .filter(|condition| {
            matches!(condition.state, ConditionState::Missing | ConditionState::Stale)
        })
        .map(|condition| condition.words.clone());
    let unmet: Vec<String> = unmet.collect();
    if !unmet.is_empty() {
        blocks.push(ReportBlock::Text(words.format_plain("report-before-enforce")));
        blocks.push(ReportBlock::Bullets(unmet));
    }
    if blocks.is_empty() {
        blocks.push(ReportBlock::Text(words.format_plain("report-findings-none")));
    }
    section("report-open", words, blocks)
}

fn notes(report: &Report, words: &MessageCatalog) -> Option<ReportSection> {
    let notes = report.findings.iter().filter(|finding| finding.severity == Severity::Info);
    let blocks: Vec<ReportBlock> =
        notes.map(|finding| build_finding_note(finding, words)).collect();
    (!blocks.is_empty()).then(|| section("report-notes", words, blocks))
}

fn build_finding_note(finding: &OpenFinding, words: &MessageCatalog) -> ReportBlock {
    let label = |key: &str| words.format_plain(&format!("finding-{key}"));
    let compare = [
        ("given", &finding.given),
        ("expected", &finding.expected),
        ("received", &finding.received),
    ];
    let mut texts: Vec<String> =
        finding.detail.iter().chain(&finding.rule_basis).cloned().collect();
    if finding.kept {
        texts.push(words.format_plain("report-kept"));
    }
    if let Some(fix) = &finding.fix {
        texts.push(words.text("report-fix", &params([("fix", fix.clone())])));
    }
    ReportBlock::Finding(Box::new(ReportNote {
        severity: finding.severity,
        title: finding.message.clone(),
        place: finding.place.clone(),
        texts,
        compare: compare
            .into_iter()
            .filter_map(|(key, text)| Some((label(key), text.clone()?)))
            .collect(),
    }))
}

fn certificates(report: &Report, words: &MessageCatalog) -> ReportSection {
    if report.certificates.is_empty() {
        let none = vec![ReportBlock::Text(words.format_plain("report-certificate-none"))];
        return section("report-certificates", words, none);
    }
    let cards = report.certificates.iter().map(|card| {
        let label = |key: &str| plain(words.format_plain(&format!("report-certificate-{key}")));
        let same = card.same_as_metadata.map(|same| match same {
            true => mark_cell(ResultMark::Good, words.format_plain("report-certificate-same-yes")),
            false => mark_cell(ResultMark::Bad, words.format_plain("report-certificate-same-no")),
        });
        let mut rows = vec![
            vec![
                label("until"),
                mark_cell(
                    validity(card.days_left),
                    words.text("report-ends", &expiry_params(&card.not_after, card.days_left)),
                ),
            ],
            vec![label("from"), plain(time(&card.not_before))],
            vec![label("sha256"), value(group_fingerprint(&card.sha256))],
            vec![label("key"), plain(card.key.clone())],
            vec![label("serial"), value(card.serial.clone())],
            vec![label("subject"), value(card.subject.clone())],
            vec![label("source"), plain(card.source.clone())],
        ];
        rows.extend(same.map(|same| vec![label("same"), same]));
        ReportBlock::Table(ReportTable {
            title: Some(card.place.clone()),
            side: None,
            head: Vec::new(),
            rows,
        })
    });
    section("report-certificates", words, cards.collect())
}

fn values(report: &Report, words: &MessageCatalog) -> ReportSection {
    let side = |side: Side, known: &[KnownValue]| {
        ReportBlock::Table(ReportTable {
            title: Some(words.format_plain(&format!("report-side-{}", name(&side)))),
            side: Some(side),
            head: head(["report-label", "report-value", "report-source", "report-since"], words),
            // The values that people confirmed are in their own table.
            rows: known
                .iter()
                .filter(|known| report.declared.iter().all(|other| other.field != known.field))
                .map(|known| build_value_row(known, words))
                .collect(),
        })
    };
    let rows = report.mappings.iter().map(|row| {
        vec![value(row.attribute.clone()), value(row.value.clone()), value(row.format.clone())]
    });
    let columns = ["mapping-column-attribute", "mapping-column-value", "mapping-column-format"];
    let fit = match report.mappings_fit {
        Some(true) => "report-mappings-fit",
        Some(false) => "report-mappings-differ",
        None => "report-mappings-unseen",
    };
    let blocks = vec![
        side(Side::Aws, &report.aws),
        side(Side::Nops, &report.nops),
        table("report-mappings", Some(Side::Aws), columns, rows, words),
        ReportBlock::Text(words.format_plain(fit)),
    ];
    section("report-values", words, blocks)
}

fn build_confirmed_section(report: &Report, words: &MessageCatalog) -> ReportSection {
    if report.declared.is_empty() {
        return section(
            "report-declared",
            words,
            vec![ReportBlock::Text(words.format_plain("report-declared-none"))],
        );
    }
    let columns = ["report-label", "report-value", "report-source", "report-since"];
    let rows = report.declared.iter().map(|known| build_value_row(known, words));
    let list = ReportBlock::Table(ReportTable {
        title: None,
        side: None,
        head: head(columns, words),
        rows: rows.collect(),
    });
    section(
        "report-declared",
        words,
        vec![ReportBlock::Text(words.format_plain("report-declared-lead")), list],
    )
}

fn journal(report: &Report, words: &MessageCatalog) -> ReportSection {
    if report.journal.is_empty() {
        return section(
            "report-journal",
            words,
            vec![ReportBlock::Text(words.format_plain("report-journal-none"))],
        );
    }
    let rows = report.journal.iter().map(|did| {
        let (from, until) = (time_cell(&did.from), time_cell(&did.until));
        let when = match from.text == until.text {
            true => from,
            false => ReportCell { text: format!("{} – {}", from.text, until.text), ..from },
        };
        let outcome = words.format_plain(&format!("report-outcome-{}", did.outcome));
        let outcome = match &did.error {
            Some(error) => format!("{outcome}: {error}"),
            None => outcome,
        };
        let sign = match did.outcome.as_str() {
            "done" | "existed" | "undone" => ResultMark::Good,
            "failed" => ResultMark::Bad,
            "interrupted" | "found" | "unknown" => ResultMark::Warning,
            _ => ResultMark::Open,
        };
        vec![when, plain(did.words.clone()), mark_cell(sign, outcome)]
    });
    let columns = ["report-when", "report-what", "report-outcome"];
    let list = ReportBlock::Table(ReportTable {
        title: None,
        side: None,
        head: head(columns, words),
        rows: rows.collect(),
    });
    let who = report.journal.iter().find(|did| !did.who.is_empty());
    let who = who.map(|did| words.text("report-who", &params([("who", did.who.clone())])));
    section("report-journal", words, who.map(ReportBlock::Text).into_iter().chain([list]).collect())
}

fn people(report: &Report, words: &MessageCatalog) -> ReportSection {
    let people = &report.people;
    let way = params([("way", people.new_people_password.clone().unwrap_or_default())]);
    let mut counts =
        vec![vec![plain(words.format_plain("report-people-group")), value(people.group.clone())]];
    let counted = [
        ("total", people.total),
        ("fine", people.fine),
        ("need_password", people.need_password),
        ("other_domain", people.other_domain),
        ("refused", people.refused),
    ];
    counts.extend(counted.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| {
        let label = words.text(&format!("report-people-{key}"), &way);
        vec![plain(label), plain(count.to_string())]
    }));
    let mut blocks = vec![table_without_header(counts)];
    if let Some(persons) = &report.persons {
        let rows = persons.iter().map(|person| {
            let found = match person.worst {
                Some(Severity::Error) => mark_cell(ResultMark::Bad, person.remarks.join(", ")),
                Some(Severity::Warning) => {
                    mark_cell(ResultMark::Warning, person.remarks.join(", "))
                }
                Some(Severity::Info) => plain(person.remarks.join(", ")),
                None => plain(words.format_plain("report-person-fine")),
            };
            let sign = |sign| plain(words.format_plain(&format!("report-sign-{}", name(&sign))));
            vec![
                plain(person.name.clone()),
                value(person.user_name.clone()),
                value(person.email.clone()),
                sign(person.user),
                sign(person.member),
                found,
            ]
        });
        let columns = [
            "report-person-name",
            "report-person-user_name",
            "report-person-email",
            "report-person-user",
            "report-person-member",
            "report-person-found",
        ];
        blocks.push(table("report-persons", None, columns, rows, words));
    }
    section("report-people", words, blocks)
}

fn build_value_row(known: &KnownValue, words: &MessageCatalog) -> Vec<ReportCell> {
    let source = if known.kept {
        format!("{}, {}", known.source, words.format_plain("report-kept-short"))
    } else {
        known.source.clone()
    };
    let shown = match known.value.as_str() {
        "" => mark_cell(ResultMark::Open, words.format_plain("report-empty")),
        text => value(text),
    };
    vec![plain(known.label.clone()), shown, plain(source), time_cell(&known.since)]
}

fn table_without_header(rows: Vec<Vec<ReportCell>>) -> ReportBlock {
    ReportBlock::Table(ReportTable { title: None, side: None, head: Vec::new(), rows })
}

fn table<const N: usize>(
    title: &str,
    side: Option<Side>,
    columns: [&str; N],
    rows: impl Iterator<Item = Vec<ReportCell>>,
    words: &MessageCatalog,
) -> ReportBlock {
    ReportBlock::Table(ReportTable {
        title: Some(words.format_plain(title)),
        side,
        head: head(columns, words),
        rows: rows.collect(),
    })
}

fn head<const N: usize>(columns: [&str; N], words: &MessageCatalog) -> Vec<String> {
    columns.map(|key| words.format_plain(key)).into()
}

fn expiry_params(not_after: &str, days_left: i32) -> std::collections::BTreeMap<String, String> {
    params([("at", time(not_after)), ("days", days_left.max(0).to_string())])
}

/// Returns a certificate's mark. The mark is a warning during the last 90 days before the
/// certificate expires.
fn validity(days_left: i32) -> ResultMark {
    match days_left {
        ..0 => ResultMark::Bad,
        0..90 => ResultMark::Warning,
        90.. => ResultMark::Good,
    }
}

fn verdict(verdict: RowVerdict, words: &MessageCatalog) -> String {
    words.format_plain(&format!("report-result-{}", name(&verdict)))
}

fn verdict_mark(verdict: RowVerdict) -> ResultMark {
    match verdict {
        RowVerdict::Pass => ResultMark::Good,
        RowVerdict::Warn => ResultMark::Warning,
        RowVerdict::Unchecked => ResultMark::Open,
        RowVerdict::Fail => ResultMark::Bad,
    }
}

/// Splits a fingerprint into groups of eight characters, as in the window, so that people can
/// compare two fingerprints.
fn group_fingerprint(sha256: &str) -> String {
    let mut groups = String::with_capacity(sha256.len() * 9 / 8);
    for (at, c) in sha256.chars().enumerate() {
        if at > 0 && at % 8 == 0 {
            groups.push(' ');
        }
        groups.push(c);
    }
    groups
}
