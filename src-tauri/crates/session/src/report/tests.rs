mod known_values;

use std::collections::BTreeMap;

use super::*;
use crate::view::*;
use people::GroupChoice;
use setup::{
    Facts, Field, Finding, Fix, Mapping, MessageCause, RuleBasis, Severity, Side, Source, Step,
    StepStatus,
    enforcement::{
        Condition,
        ConditionState::{Declared, Met, Missing},
        EnforceReadiness,
    },
    rotation,
};

const HOSTILE: &str = "</code><script>alert(1)</script> | `x` [a](javascript:b) \u{202E}&amp;";

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn message_catalog() -> MessageCatalog {
    MessageCatalog::english().without_markup()
}

fn fact(value: &str, source: Source) -> FactView {
    FactView { value: value.to_owned(), source, at: "2026-11-24T08:00:00Z".to_owned(), kept: false }
}

fn row(change: &str, subject: &str, outcome: &str, at: &str) -> HistoryRow {
    HistoryRow {
        number: 1,
        at: format!("2026-11-24T08:{at}:00Z"),
        change: change.to_owned(),
        subject: subject.to_owned(),
        outcome: outcome.to_owned(),
        error: None,
        params: BTreeMap::new(),
    }
}

fn finding(code: &str, severity: Severity, field: Field) -> Finding {
    Finding::about(field, code, severity).with_fix(Fix::Read).with_basis(RuleBasis::Seen)
}

/// Builds a setup with content in every part, and hostile text wherever text can come from outside.
fn hostile_view() -> SetupView {
    let condition = |name: &str, state, params: [(&str, &str); 2]| Condition {
        name: name.to_owned(),
        state,
        source: (state == Declared).then_some(Source::Entered),
        params: params.map(|(name, text)| (name.to_owned(), text.to_owned())).into(),
        step: Step::Finish,
    };
    let check = |check: &str, received: &str, verdict| DryRunRow {
        check: check.to_owned(),
        expected: "e".to_owned(),
        received: received.to_owned(),
        params: BTreeMap::new(),
        verdict,
        finding: None,
    };
    SetupView {
        practice_moved: None,
        report_outdated: false,
        id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff".to_owned(),
        name: "Example Corp".to_owned(),
        world: SetupKind::Real,
        repair: false,
        aws_role: true,
        nops_role: true,
        saved: "2026-11-24T08:00:00Z".to_owned(),
        unsaved: None,
        current: Step::Finish,
        steps: vec![
            StepView {
                step: Step::Connect,
                number: 2,
                status: StepStatus::Done,
                problems: 0,
                worst: None,
                declared: false,
                handed_over: false,
                own: true,
                skipped: false,
                open: Vec::new(),
                colleague: Vec::new(),
                transfers: Vec::new(),
            },
            StepView {
                step: Step::SignInTests,
                number: 8,
                status: StepStatus::Attention { count: 1 },
                problems: 1,
                worst: Some(Severity::Error),
                declared: true,
                handed_over: false,
                own: true,
                skipped: false,
                open: vec!["test_from_nops".to_owned()],
                colleague: Vec::new(),
                transfers: Vec::new(),
            },
        ],
        facts: BTreeMap::from([
            (Field::AwsAccountId, fact("123456789012", Source::Observed)),
            (Field::AwsRegion, fact("us-east-1", Source::Observed)),
            (
                Field::AwsCaller,
                fact("arn:aws:sts::123456789012:assumed-role/Admin/dwhitfield", Source::Observed),
            ),
            (Field::ApplicationName, fact(HOSTILE, Source::Observed)),
            (
                Field::IdpMetadata,
                fact(
                    "<EntityDescriptor>secret-canary</EntityDescriptor>",
                    Source::imported(Some(HOSTILE.to_owned())),
                ),
            ),
            (Field::SpAcsUrl, fact("https://app.nops.io/sso/v1/t/?acs", Source::Entered)),
            (Field::NopsDomain, fact("", Source::Entered)),
            (Field::Tester, fact("praman", Source::Entered)),
            (Field::RecoveryAdministrator, fact("ops.person@example.net", Source::Declared)),
            (Field::AdminSignedIn, fact("true", Source::Declared)),
        ]),
        findings: vec![
            Finding {
                expected: Some("https://app.nops.io/sso/v1/t/metadata".to_owned()),
                received: Some(HOSTILE.to_owned()),
                ..finding("copy_differs", Severity::Error, Field::AwsAudience)
            },
            Finding {
                received: Some("Priya Raman".to_owned()),
                ..finding("dry_run_stale", Severity::Warning, Field::DryRun)
            },
        ],
        not_compared: Vec::new(),
        next_proof: None,
        differences: 0,
        worst_difference: None,
        connection: Connection {
            label: "AKIAEXAMPLECANARY000".to_owned(),
            ..Connection::default()
        },
        checks: Vec::new(),
        watch: ApplicationWatchView {
            state: WatchState::Off,
            asked: None,
            since: None,
            seen: 0,
            times: 0,
        },
        filled: None,
        offers: Vec::new(),
        downloads: DownloadsState::Off,
        nops_check: NopsCheckView::default(),
        recheck: Default::default(),
        rotation: RotationView {
            is_shown: false,
            state: rotation::rotation(&Facts::default(), false, Timestamp::UNIX_EPOCH),
            suggested_time: None,
            planned_time: None,
        },
        event_history: EventHistoryView::default(),
        candidates: Vec::new(),
        certificates: vec![CertificateView {
            field: Field::IdpMetadata,
            sha256: "AB".repeat(32),
            subject: "CN=amazonaws.com".to_owned(),
            serial: "0A".to_owned(),
            not_before: "2026-11-01T00:00:00Z".to_owned(),
            not_after: "2031-11-01T00:00:00Z".to_owned(),
            days_left: 1803,
            key: "RSA 2048".to_owned(),
            same_as_metadata: Some(true),
            doubtful: false,
            source: Source::Observed,
        }],
        mappings: vec![Mapping {
            attribute: "Subject".to_owned(),
            value: "${user:email}".to_owned(),
            format: "emailAddress".to_owned(),
        }],
        subject_recommended: "${user:email}".to_owned(),
        mappings_checked: Vec::new(),
        sp_metadata_ready: true,
        dry_run: Some(DryRunView {
            at: "2026-11-24T08:30:00Z".to_owned(),
            verdict: RowVerdict::Fail,
            rows: vec![
                check("audience", "response-canary", RowVerdict::Pass),
                check("user_first_name", "response-canary", RowVerdict::Fail),
            ],
        }),
        users: Vec::new(),
        tester: Some(TesterView {
            denied: false,
            name: "Priya Raman".to_owned(),
            user_name: "praman".to_owned(),
            email: Some("priya.raman@example.com".to_owned()),
            enabled: Some(true),
            assigned: Some(true),
            observed: true,
            signed_in: true,
        }),
        sign_in_tests: vec![
            sign_in_test(
                Field::TestFromPortal,
                SignInTestResult::Passed,
                Some("2026-11-24T08:40:00Z"),
            ),
            sign_in_test(Field::TestFromNops, SignInTestResult::Untried, None),
        ],
        people: PeopleView {
            stage: PeopleStage::Applied,
            group: GroupChoice::New { name: "nOps users".to_owned() },
            groups: Vec::new(),
            can_create: true,
            revision: 3,
            total: 47,
            plan: None,
            fine: 45,
            need_password: 12,
            other_domain: 1,
            refused: 2,
            unread: Vec::new(),
            question: None,
            list: None,
            journal: vec![
                row("create_group", "nOps users", "done", "50"),
                row("create_user", "Samuel Okafor", "done", "51"),
                row("create_user", "Priya Raman", "done", "52"),
                row("create_user", "t.ortega@example.com", "failed", "53"),
            ],
            can_undo: true,
            undoable: UndoableCounts::default(),
            created: true,
            uncertain: 0,
            current_user: None,
            team: None,
            comparison: None,
            restorable: 0,
        },
        handover: HandoverView::default(),
        enforcement: EnforceReadiness {
            open: false,
            met: 2,
            is_proved: false,
            conditions: vec![
                condition("dry_run", Met, [("at", "2026-11-24T08:30:00Z"), ("x", "")]),
                condition("sign_in_tests", Missing, [("passed", "1"), ("x", "")]),
                condition(
                    "recovery",
                    Declared,
                    [("name", "ops.person@example.net"), ("domain", "")],
                ),
            ],
        },
        job: None,
        pages: Vec::new(),
    }
}

fn sign_in_test(test: Field, result: SignInTestResult, at: Option<&str>) -> SignInTestView {
    SignInTestView { test, result, at: at.map(str::to_owned), stale: false }
}

fn people() -> Vec<PersonRow> {
    vec![PersonRow {
        key: "1".to_owned(),
        name: HOSTILE.to_owned(),
        given_name: HOSTILE.to_owned(),
        family_name: String::new(),
        user_name: "praman".to_owned(),
        email: "priya.raman@example.com".to_owned(),
        user: ProvisioningState::Done,
        member: ProvisioningState::Done,
        remarks: Vec::new(),
        user_id: None,
    }]
}

/// Renders a report in all three formats.
fn forms(people: ReportedPeople<'_>) -> [String; 3] {
    let words = message_catalog();
    let report = Report::from_view(&hostile_view(), people, now(), &words);
    [report.html(&words), report.markdown(&words), report.json().unwrap()]
}

#[test]
fn external_text_never_becomes_markup() {
    let rows = people();
    let [html, markdown, _] = forms(ReportedPeople::Listed(&rows));
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    for line in markdown.lines() {
        let outside = without_code_spans(line);
        assert!(!outside.replace("\\<", "").contains('<'), "{line}");
        assert!(!outside.replace("\\[", "").contains('['), "{line}");
    }
    assert!(!html.contains('\u{202E}') && !markdown.contains('\u{202E}'));
    for attribute in [" src=", " href=", " onload=", "url(", "@import"] {
        assert!(!html.contains(attribute), "{attribute}");
    }
}

/// Returns the part of a Markdown line outside code spans. A run of backticks ends at the next run
/// of the same length (CommonMark 0.31, 6.1).
fn without_code_spans(line: &str) -> String {
    let fence = |text: &str| text.chars().take_while(|c| *c == '`').count();
    let mut outside = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let escaped = rest[..at].ends_with('\\');
        let length = if escaped { 1 } else { fence(&rest[at..]) };
        outside.push_str(&rest[..at]);
        rest = &rest[at + length..];
        if escaped {
            continue;
        }
        let closing = rest.char_indices().find(|(end, c)| {
            *c == '`' && !rest[..*end].ends_with('`') && fence(&rest[*end..]) == length
        });
        if let Some((end, _)) = closing {
            rest = &rest[end + length..];
        }
    }
    outside.push_str(rest);
    outside
}

#[test]
fn report_contains_no_secret_or_response() {
    let rows = people();
    for form in
        forms(ReportedPeople::Counted).into_iter().chain(forms(ReportedPeople::Listed(&rows)))
    {
        for canary in ["response-canary", "secret-canary", "AKIAEXAMPLECANARY000"] {
            assert!(!form.contains(canary), "{canary} in {form}");
        }
    }
}

#[test]
fn people_are_counted_by_default() {
    const NAMES: [&str; 5] = ["Priya", "praman", "Okafor", "ortega", "dwhitfield"];
    for form in forms(ReportedPeople::Counted) {
        for name in NAMES {
            assert!(!form.contains(name), "{name} in {form}");
        }
        // This address is needed in a lockout. It's masked everywhere else.
        assert_eq!(form.matches("ops.person@example.net").count(), 1, "{form}");
        assert!(form.contains("Create 2 users"), "{form}");
    }
    let rows = people();
    for form in forms(ReportedPeople::Listed(&rows)) {
        assert!(
            form.contains("priya.raman@example.com") && form.contains("ops.person@example.net")
        );
        assert!(form.contains("Samuel Okafor"), "{form}");
    }
}

#[test]
fn findings_are_sorted_worst_first() {
    let words = message_catalog();
    let report = Report::from_view(&hostile_view(), ReportedPeople::Counted, now(), &words);
    let found: Vec<_> =
        report.findings.iter().map(|finding| (finding.code.as_str(), finding.severity)).collect();
    assert_eq!(found, [("copy_differs", Severity::Error), ("dry_run_stale", Severity::Warning)]);
    assert_eq!(
        report.findings[0].expected.as_deref(),
        Some("https://app.nops.io/sso/v1/t/metadata")
    );
    assert_eq!(report.findings[0].received.as_deref(), Some(HOSTILE));
    assert_eq!(report.findings[0].side, Side::Aws);
}

#[test]
fn only_undocumented_rules_name_their_basis() {
    let words = message_catalog();
    let basis = |code: &str, basis: RuleBasis| {
        let mut setup = hostile_view();
        setup.findings = vec![finding(code, Severity::Error, Field::SpAcsUrl).with_basis(basis)];
        Report::from_view(&setup, ReportedPeople::Counted, now(), &words)
            .findings
            .remove(0)
            .rule_basis
    };
    assert_eq!(basis("link_cut", RuleBasis::Documented), None);
    assert_eq!(basis("link_cut", RuleBasis::Seen), Some(words.format_plain("basis-seen")));
    assert_eq!(basis("link_cut", RuleBasis::Inferred), Some(words.format_plain("basis-inferred")));
    let own = "Based on the Region in the link’s host.";
    assert_eq!(basis("link_of_other_region", RuleBasis::Seen).as_deref(), Some(own));
}

/// Parser findings have their own keys, and a cause is a message inside another message.
#[test]
fn parser_findings_and_causes_have_messages() {
    let cause = MessageCause::new("failure-keychain_locked");
    let because = finding("connection_failed", Severity::Error, Field::AwsCaller).with_cause(cause);
    let view = SetupView {
        findings: vec![
            finding("reading-empty", Severity::Error, Field::IdpCertificate),
            finding("response-cut", Severity::Error, Field::DryRun),
            because,
        ],
        ..hostile_view()
    };
    let text = Report::from_view(&view, ReportedPeople::Counted, now(), &message_catalog())
        .json()
        .unwrap();
    assert!(!text.contains('⟦'), "{text}");
    for key in ["reading-empty", "failure-keychain_locked"] {
        assert!(text.contains(&message_catalog().format_plain(key)), "{key}: {text}");
    }
}

/// Doesn't check the messages for dry-run rows, because other tests cover them.
#[test]
fn report_messages_are_in_catalog() {
    let rows = people();
    for form in forms(ReportedPeople::Listed(&rows)) {
        for missing in form.split('⟦').skip(1) {
            let key = missing.split('⟧').next().unwrap();
            assert!(key.starts_with("dry-run-"), "no text for {key}");
        }
        assert!(!form.contains("{$"), "{form}");
    }
}

#[test]
fn empty_setup_has_a_report() {
    let words = message_catalog();
    let mut empty = hostile_view();
    empty.facts.clear();
    empty.findings.clear();
    empty.certificates.clear();
    empty.dry_run = None;
    empty.tester = None;
    empty.people.journal.clear();
    let report = Report::from_view(&empty, ReportedPeople::Counted, now(), &words);
    for form in [report.html(&words), report.markdown(&words)] {
        for part in [
            words.format_plain("report-certificate-none"),
            words.format_plain("report-dry-run-none"),
            words.format_plain("report-journal-none"),
            words.format_plain("report-locked-everyone-unnamed"),
        ] {
            assert!(form.contains(&part), "{part} in {form}");
        }
    }
}

#[test]
fn people_counts_follow_first_sign_in_and_omit_zeros() {
    let words = message_catalog();
    let mut view = hostile_view();
    view.people.refused = 0;
    view.facts.insert(Field::NewPeoplePassword, fact("email_otp", Source::Declared));
    let html = Report::from_view(&view, ReportedPeople::Counted, now(), &words).html(&words);
    let label = |way: &str| {
        let way = BTreeMap::from([("way".to_owned(), way.to_owned())]);
        words.text("report-people-need_password", &way)
    };
    assert!(html.contains(&label("email_otp")), "{html}");
    assert!(!html.contains(&label("none")), "{html}");
    assert!(!html.contains(&words.format_plain("report-people-refused")), "{html}");
}

#[test]
fn markdown_tables_keep_their_columns() {
    let rows = people();
    let [_, markdown, _] = forms(ReportedPeople::Listed(&rows));
    let mut columns = None;
    for line in markdown.lines() {
        let bars = line.replace("\\|", "").matches('|').count();
        match (line.starts_with('|'), columns) {
            (false, _) => columns = None,
            (true, None) => columns = Some(bars),
            (true, Some(expect)) => assert_eq!(bars, expect, "{line}"),
        }
    }
}

#[test]
fn report_starts_with_setup_status() {
    let words = message_catalog();
    let first = |view: &SetupView| {
        let report = Report::from_view(view, ReportedPeople::Counted, now(), &words);
        let markdown = report.markdown(&words);
        let html = report.html(&words);
        let standing = markdown.lines().nth(2).unwrap_or_default().replace('*', "");
        let text = standing.trim_start_matches("✓ ");
        assert!(html.contains(text) && html.contains("p class=\"standing\""), "{html}");
        standing
    };
    let count = |count: &str| BTreeMap::from([("count".to_owned(), count.to_owned())]);
    let mut view = hostile_view();
    assert_eq!(first(&view), words.text("report-standing-unfinished", &count("2")));
    // A skipped step has no open items, but its problems still count.
    view.steps[1].skipped = true;
    assert_eq!(first(&view), words.text("report-standing-unfinished", &count("1")));
    view.steps = vec![StepView {
        step: Step::Finish,
        number: 10,
        status: StepStatus::Done,
        problems: 0,
        worst: None,
        declared: false,
        handed_over: false,
        own: true,
        skipped: false,
        open: Vec::new(),
        colleague: Vec::new(),
        transfers: Vec::new(),
    }];
    assert_eq!(first(&view), words.format_plain("report-standing-not-ready"));
    view.enforcement.open = true;
    assert_eq!(first(&view), format!("✓ {}", words.format_plain("report-standing-ready")));
    view.facts.insert(Field::NopsEnforce, fact("true", Source::Declared));
    assert_eq!(first(&view), format!("✓ {}", words.format_plain("report-standing-enforced")));
}

#[test]
fn report_without_findings_is_not_marked_good() {
    let words = message_catalog();
    let mut view = hostile_view();
    view.findings.clear();
    let html = Report::from_view(&view, ReportedPeople::Counted, now(), &words).html(&words);
    let none = words.format_plain("report-findings-none");
    assert!(html.contains(&format!("<td>{none}</td>")), "{html}");
}

#[test]
fn first_page_is_a_summary() {
    let words = message_catalog();
    let html =
        Report::from_view(&hostile_view(), ReportedPeople::Counted, now(), &words).html(&words);
    let (summary, details) = html.split_once("class=\"details\"").unwrap();
    let has =
        |part: &str, key: &str| part.contains(&format!("<h2>{}</h2>", words.format_plain(key)));
    for key in ["report-glance", "report-proofs", "report-open", "report-locked"] {
        assert!(has(summary, key) && !has(details, key), "{key}");
    }
    for key in ["report-dry-run", "report-values", "report-journal"] {
        assert!(has(details, key) && !has(summary, key), "{key}");
    }
}

#[test]
fn skipped_step_is_done() {
    let words = message_catalog();
    let mut view = hostile_view();
    let steps = |view: &SetupView| {
        let report = Report::from_view(view, ReportedPeople::Counted, now(), &words);
        report.steps.iter().map(|step| step.done).collect::<Vec<_>>()
    };
    assert_eq!(steps(&view), [true, false]);
    view.steps[1].skipped = true;
    assert_eq!(steps(&view), [true, true]);
}

#[test]
fn unmet_conditions_are_to_do() {
    let words = message_catalog();
    let mut view = hostile_view();
    view.findings.clear();
    let to_do = |view: &SetupView| {
        let markdown =
            Report::from_view(view, ReportedPeople::Counted, now(), &words).markdown(&words);
        let from = markdown.find("## To do").unwrap_or_default();
        let rest = &markdown[from + 3..];
        rest[..rest.find("\n## ").unwrap_or(rest.len())].to_owned()
    };
    let text = to_do(&view);
    assert!(text.contains("1 of 2 sign-in tests passed"), "{text}");
    assert!(!text.contains(&words.format_plain("report-findings-none")), "{text}");
    for condition in &mut view.enforcement.conditions {
        condition.state = Declared;
    }
    assert!(to_do(&view).contains(&words.format_plain("report-findings-none")), "{}", to_do(&view));
}

#[test]
fn report_omits_what_says_nothing() {
    let words = message_catalog();
    let mut view = hostile_view();
    let cleanup = Finding::about(Field::SpAcsUrl, "cleanups", Severity::Info).with("count", "1");
    view.findings.push(cleanup.clone());
    let html = |view: &SetupView| {
        Report::from_view(view, ReportedPeople::Counted, now(), &words).html(&words)
    };
    let same = words.format_plain("report-certificate-same");
    assert!(html(&view).contains(&same), "an imported document is compared");
    assert!(!html(&view).contains("Removed 1 extra character"), "{}", html(&view));
    // AWS's own metadata isn't compared with itself.
    view.certificates[0].field = Field::IdpMetadataFetched;
    view.certificates[0].same_as_metadata = None;
    assert!(!html(&view).contains(&same), "{}", html(&view));
}
