//! Builds the view from the facts after every message.

mod handover;
mod rotation;

use std::collections::BTreeMap;

use jiff::Timestamp;

use changes::{History, Progress};
use setup::{
    FactValue, Facts, Field, Finding, Mapping, MessageCause, Page, Source, Step, StepStatus,
    checks::checks,
    derive::derive,
    idp, lane, mappings, pages,
    problems::ProblemCount,
    progress::{ListState, SessionState, next_proof, next_step, progress, values_not_compared},
    rules, sp_metadata,
    test_record::{self, ResultState},
    transfers::{self, Transfer},
};
use storage::{
    store::{ConnectionMethod, SetupEntry, Store, StoreError},
    vault::{self, MemoryOnlyReason, SecretLocation},
};

use super::{
    Failure,
    jobs::JobKind,
    recheck,
    setup_session::{SetupSession, is_unfinished},
    view::{
        CertificateView, Connection, ConnectionMethodView, DamagedFile, DryRunView, FactView, Job,
        Keychain, LastCheck, MappingCheck, OfferView, PageLink, PracticePortChange, Profile,
        SetupCard, SetupView, SignInTestResult, SignInTestView, StepView, TesterView, TransferView,
        UserView, View,
    },
};

/// The maximum length of a value's text in the view, in characters.
const LONGEST_SHOWN: usize = 16 * 1024;

/// The setups on this computer, as listed on the start screen.
#[derive(Clone, Default)]
pub(super) struct SetupCards {
    setups: Vec<SetupCard>,
    damaged: Vec<DamagedFile>,
}

impl SetupCards {
    /// Returns this name, with a number if another setup has the same name.
    pub(super) fn distinct_name(&self, name: &str) -> String {
        let is_free = |name: &str| self.setups.iter().all(|card| card.name != name);
        let numbered = (2..).map(|number| format!("{name} {number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| is_free(name)).unwrap_or_else(|| name.to_owned())
    }
}

/// Reads every setup in the folder. `open` is the open setup's name and its change history, which
/// is already loaded.
pub(super) fn setup_cards(
    store: &Store,
    open: Option<&(String, History)>,
    now: Timestamp,
) -> Result<SetupCards, StoreError> {
    let found = store.list()?;
    let card = |entry: &SetupEntry| {
        let journal = match open.filter(|(name, _)| *name == entry.name()) {
            Some((_, journal)) => Some(journal.clone()),
            // Another window has the setup open and may be writing the change history.
            None if entry.held_elsewhere => None,
            // The change history belongs to the original setup.
            None if entry.duplicate => None,
            // If the change history can't be read, the user sees the error when opening the setup.
            None => History::open(store.journal_path(entry.setup.id)).ok(),
        };
        let record = recheck::load_record(&store.path_of(entry));
        let report = record.map(|record| record.report);
        let rotation = rotation::card(&entry.setup.facts, report.as_ref(), now);
        let last_check = report.map(|report| LastCheck { result: report.result(), at: report.at });
        let card = build_setup_card(entry, journal.as_ref(), now);
        let can_check = (card.finished || last_check.is_some()) && !card.held;
        SetupCard { last_check, can_check, rotation, ..card }
    };
    Ok(SetupCards {
        setups: found.setups.iter().map(card).collect(),
        damaged: found
            .damaged
            .iter()
            .map(|damaged| DamagedFile {
                file: damaged.file.clone(),
                reason: damaged.damage.code().to_owned(),
                detail: damaged.damage.detail(),
            })
            .collect(),
    })
}

pub(super) fn build_view(
    revision: u32,
    cards: &SetupCards,
    keychain: vault::Keychain,
    refused: Option<&Failure>,
    open: Option<&SetupSession>,
) -> View {
    View {
        revision,
        setups: cards.setups.clone(),
        damaged: cards.damaged.clone(),
        keychain: match keychain {
            vault::Keychain::Available => Keychain::Available,
            vault::Keychain::Locked => Keychain::Locked,
            vault::Keychain::Missing => Keychain::Missing,
            vault::Keychain::Silent => Keychain::Silent,
            vault::Keychain::Unknown => Keychain::Unknown,
        },
        refused: open.map_or(refused, |open| open.handover.refused.as_ref()).cloned(),
        setup: open.map(setup),
    }
}

/// Builds a setup's card from its file and its change history. AWS is queried only while a setup is
/// open, so the card can't show the steps' statuses.
fn build_setup_card(entry: &SetupEntry, journal: Option<&History>, now: Timestamp) -> SetupCard {
    let setup = &entry.setup;
    let all = derive(&setup.facts, now);
    // Whether it's too early to enforce also depends on people whom only an open setup knows.
    let findings = rules::findings(&setup.facts, now);
    let ProblemCount { count: problems, worst } = ProblemCount::count(&findings);
    let summary = journal.map(History::summary).unwrap_or_default();
    let halted =
        summary.interrupted || journal.is_some_and(|journal| is_unfinished(setup, journal));
    let session_state = SessionState {
        connected: false,
        by_hand: setup.connection_method == ConnectionMethod::ByHand,
        repair: setup.repair,
        lane: setup.lane(),
        watching: false,
        people: ListState {
            planned: false,
            any: !setup.people.rows().is_empty(),
            excluded: false,
            halted,
            created: summary.created,
        },
        report_saved: setup.report_saved && !setup.is_report_outdated(),
    };
    SetupCard {
        id: entry.name(),
        name: setup.name.clone(),
        world: setup.world,
        account: all.text(Field::AwsAccountId).map(str::to_owned),
        region: all.text(Field::AwsRegion).map(str::to_owned),
        step: setup.current,
        next_step: next_step(&all, &findings, session_state),
        problems,
        worst,
        finished: progress(&all, &findings, session_state, Step::Finish).status == StepStatus::Done,
        changed: setup.changed.to_string(),
        held: entry.held_elsewhere,
        duplicate: entry.duplicate,
        interrupted: halted,
        last_check: None,
        can_check: false,
        rotation: None,
    }
}

/// Returns the offers, each with whether its certificate is in AWS's metadata.
fn offers(all: &Facts, open: &SetupSession) -> Vec<OfferView> {
    let fetched = idp::certificates(all, Field::IdpMetadataFetched);
    open.values
        .offers
        .iter()
        .map(|offer| OfferView {
            id: offer.id(),
            arrived: open.values.downloads.arrived,
            file: match &offer.source {
                Source::Imported { file, .. } => file.clone(),
                Source::Observed | Source::Entered | Source::Declared | Source::Derived { .. } => {
                    None
                }
            },
            field: offer.field,
            not_after: offer.certificate.not_after().to_string(),
            sha256: offer.certificate.sha256(),
            same_as_metadata: (!fetched.is_empty())
                .then(|| fetched.iter().any(|(_, known)| *known == offer.certificate)),
        })
        .collect()
}

pub(super) fn setup(open: &SetupSession) -> SetupView {
    setup_in(open, open.session_state())
}

/// Builds the view for a report. Saving the report isn't listed as an open item.
pub(super) fn reported(open: &SetupSession) -> SetupView {
    setup_in(open, SessionState { report_saved: true, ..open.session_state() })
}

fn setup_in(open: &SetupSession, now: SessionState) -> SetupView {
    let kept = &open.cx.held.setup;
    let all = open.cx.all_facts();
    let assessment = open.assess();
    let findings = open.findings_of(&assessment);
    let differences = ProblemCount::differences(&findings);
    SetupView {
        id: open.cx.held.name(),
        name: kept.name.clone(),
        world: kept.world,
        repair: kept.repair,
        aws_role: kept.aws_role,
        nops_role: kept.nops_role,
        saved: kept.changed.to_string(),
        unsaved: open.cx.unsaved.clone(),
        current: kept.current,
        steps: rotation::with_transfers(
            Step::ALL.iter().map(|step| step_view(&all, &findings, now, *step)).collect(),
            open.rotation.is_shown.then_some(&all),
        ),
        facts: facts(&all),
        differences: differences.count,
        worst_difference: differences.worst,
        report_outdated: kept.is_report_outdated(),
        not_compared: if kept.repair { values_not_compared(&all) } else { Vec::new() },
        next_proof: next_proof(&all, &findings, now).filter(|_| kept.repair),
        connection: connection(open),
        practice_moved: open.cx.practice.as_ref().and_then(|practice| {
            practice.moved_from.map(|from| PracticePortChange { from, to: practice.port() })
        }),
        checks: checks(&all, &findings, now.connected),
        watch: open.application.watch.clone(),
        candidates: open.application.candidates.clone(),
        offers: offers(&all, open),
        filled: open.values.filled.clone(),
        downloads: open.values.downloads_state(&open.cx),
        nops_check: open.nops.view(&open.cx),
        event_history: open.events.view(&open.cx),
        rotation: open.rotation.view(&open.cx, &all, open.recheck.report()),
        recheck: open.recheck.view(),
        certificates: certificates(&all, &findings, open),
        mappings: mappings::wanted_mappings(&all),
        subject_recommended: mappings::proposed_subject(&all).to_owned(),
        mappings_checked: mappings_checked(&all),
        sp_metadata_ready: sp_metadata::sp_metadata(&all).is_some(),
        dry_run: open.dry_run.checked.as_ref().map(|checked| DryRunView {
            at: checked.pasted.to_string(),
            verdict: checked.dry_run.verdict,
            rows: checked.dry_run.rows.clone(),
        }),
        tester: tester(open, &all),
        users: users(open),
        sign_in_tests: [Field::TestFromPortal, Field::TestFromNops]
            .map(|test| sign_in_test_view(&all, test))
            .to_vec(),
        people: open.people.view(&open.cx, open.dry_run.tester.as_ref()),
        handover: handover::view(open),
        enforcement: assessment.enforcement,
        job: open.cx.job.as_ref().map(|job| Job {
            name: if job.waits_for_keychain { JobKind::Keychain } else { job.kind },
            done: job.progress.done,
            total: job.progress.total,
            can_cancel: job.kind.can_cancel(),
            can_pause: job.kind.can_pause(),
            changes: job.kind.writes_history(),
            paused: job.paused.is_some(),
            started: job.started.to_string(),
            seconds_left: seconds_left(job.started, open.cx.now(), job.progress)
                .filter(|_| job.paused.is_none()),
            throttled: open
                .cx
                .connection
                .as_ref()
                .is_some_and(identity_center::Connection::is_throttled),
        }),
        pages: page_links(&all, open),
        findings,
    }
}

/// Estimates the remaining seconds from the slowest kind of change. Returns `None` at the start,
/// when the pace is unreliable, and in the last second.
fn seconds_left(started: Timestamp, now: Timestamp, progress: Progress) -> Option<u32> {
    let Progress { slowest_done: done, slowest_total: total, .. } = progress;
    let taken = u64::try_from(now.duration_since(started).as_secs()).ok()?;
    if taken < 3 || done < 5 {
        return None;
    }
    let left = taken * u64::from(total.saturating_sub(done)) / u64::from(done);
    u32::try_from(left).ok().filter(|left| *left > 1)
}

fn step_view(all: &Facts, findings: &[Finding], now: SessionState, step: Step) -> StepView {
    let progress = progress(all, findings, now, step);
    let transfers = transfers::transfers_in_step(all, step)
        .into_iter()
        .zip(1..)
        .map(|(transfer, number)| transfer_view(transfer, number))
        .collect();
    StepView {
        step,
        number: step.number(),
        status: progress.status,
        problems: progress.problems,
        worst: progress.worst,
        declared: progress.declared,
        handed_over: progress.handed_over,
        own: now.lane.is_none_or(|side| lane::has_work_in(side, step)),
        skipped: progress.skipped,
        open: progress.open.into_iter().map(str::to_owned).collect(),
        colleague: progress.colleague.into_iter().map(str::to_owned).collect(),
        transfers,
    }
}

fn transfer_view(transfer: Transfer, number: u32) -> TransferView {
    TransferView {
        number,
        copy: transfer.copy,
        value: transfer.value,
        from: transfer.from,
        to_side: transfer.to_side,
        to_label: transfer.to_label,
    }
}

fn facts(all: &Facts) -> BTreeMap<Field, FactView> {
    all.iter()
        .filter_map(|(field, fact)| {
            let value = match (&fact.value, field) {
                // The view shows the document's issuer instead of its content.
                (_, Field::IdpMetadata | Field::IdpMetadataFetched) => {
                    idp::metadata(all, field)?.entity_id.clone()
                }
                // The view shows the certificate's fingerprint instead of its text.
                (_, Field::OldCertificate | Field::NewCertificate | Field::NopsCertificate) => {
                    fact.certificate()?.sha256()
                }
                // The view shows the number of addresses instead of the addresses.
                (FactValue::Text(team), Field::NopsTeam) => team.lines().count().to_string(),
                (FactValue::Text(text), _) => shortened(text),
                (FactValue::Mappings(rows), _) => rows_as_text(rows),
                (FactValue::Event(event), _) => event.detail.clone(),
                (FactValue::Result(_), _) => match test_record::result_state(all, field) {
                    ResultState::Fresh => "passed".to_owned(),
                    ResultState::Stale => "stale".to_owned(),
                    ResultState::Failed => "failed".to_owned(),
                    ResultState::Missing => return None,
                },
            };
            let view = FactView {
                value,
                source: fact.source.clone(),
                at: all.time(field).unwrap_or(fact.at).to_string(),
                kept: fact.kept,
            };
            Some((field, view))
        })
        .collect()
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_SHOWN).collect()
}

/// Returns the rows as lines with tabs between the cells.
fn rows_as_text(rows: &[Mapping]) -> String {
    let line = |row: &Mapping| format!("{}\t{}\t{}", row.attribute, row.value, row.format);
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn connection(open: &SetupSession) -> Connection {
    let profiles = &open.aws.profiles;
    Connection {
        way: match &open.cx.held.setup.connection_method {
            ConnectionMethod::None => ConnectionMethodView::None,
            ConnectionMethod::ByHand => ConnectionMethodView::ByHand,
            ConnectionMethod::Practice => ConnectionMethodView::Practice,
            ConnectionMethod::Profile { .. } => ConnectionMethodView::Profile,
            ConnectionMethod::Keys { .. } => ConnectionMethodView::Keys,
            ConnectionMethod::Role { .. } => ConnectionMethodView::Role,
        },
        state: open.aws.state,
        label: open.aws.label.clone(),
        profiles: profiles.listed.iter().map(profile).collect(),
        selected_profile: profiles.selected_name().map(str::to_owned),
        configuration_notes: profiles
            .notes
            .iter()
            .map(|note| {
                MessageCause::with(format!("configuration-{}", note.reason.code()), note.params())
            })
            .collect(),
        environment: profiles
            .environment
            .iter()
            .map(|note| MessageCause::with(format!("environment-{}", note.code()), note.params()))
            .collect(),
        remembered: open.aws.kept == Some(SecretLocation::InKeychain),
        not_kept: match open.aws.kept {
            Some(SecretLocation::ForThisSession(MemoryOnlyReason::Locked)) => {
                Some(Keychain::Locked)
            }
            Some(SecretLocation::ForThisSession(MemoryOnlyReason::Silent)) => {
                Some(Keychain::Silent)
            }
            Some(SecretLocation::ForThisSession(
                MemoryOnlyReason::Missing | MemoryOnlyReason::TooLong,
            )) => Some(Keychain::Missing),
            Some(
                SecretLocation::InKeychain
                | SecretLocation::ForThisSession(MemoryOnlyReason::Asked),
            )
            | None => None,
        },
        redirected: open.aws.redirected.clone(),
        unconfirmed: open.aws.unconfirmed_profile(&open.cx),
        sign_in: open.aws.sign_in_view(&open.cx),
    }
}

fn profile(profile: &identity_center::Profile) -> Profile {
    let hints = profile.hints.iter();
    Profile {
        name: profile.name.clone(),
        region: profile.region.clone(),
        needs_code: profile.mfa_device.is_some(),
        problem: profile.problem.as_ref().map(|problem| {
            MessageCause::with(format!("profile-{}", problem.code()), problem.params())
        }),
        hints: hints
            .map(|hint| MessageCause::with(format!("profile_hint-{}", hint.code()), hint.params()))
            .collect(),
    }
}

fn certificates(all: &Facts, findings: &[Finding], open: &SetupSession) -> Vec<CertificateView> {
    let doubtful = |field| {
        findings.iter().any(|finding| {
            let names_it = rules::WRONG_CERTIFICATE_CODES.contains(&finding.code.as_str());
            names_it && finding.field == Some(field) && !finding.kept
        })
    };
    // Don't compare a document with itself.
    let in_other_metadata = |field, certificate: &saml::certificate::Certificate| {
        let mut others = [Field::IdpMetadataFetched, Field::IdpMetadata]
            .into_iter()
            .filter(|other| *other != field)
            .flat_map(|other| idp::certificates(all, other))
            .peekable();
        others.peek()?;
        Some(others.any(|(_, other)| other == *certificate))
    };
    idp::displayed_certificates(all)
        .into_iter()
        .map(|(field, certificate)| CertificateView {
            field,
            sha256: certificate.sha256(),
            subject: certificate.subject().to_owned(),
            serial: certificate.serial().to_owned(),
            not_before: certificate.not_before().to_string(),
            not_after: certificate.not_after().to_string(),
            days_left: i32::try_from(rules::days_until_expiry(&certificate, open.cx.now()))
                .unwrap_or(i32::MAX),
            key: idp::key_name(&certificate),
            same_as_metadata: in_other_metadata(field, &certificate),
            doubtful: doubtful(field),
            source: all.get(field).map_or(Source::Entered, |fact| fact.source.clone()),
        })
        .collect()
}

fn mappings_checked(all: &Facts) -> Vec<MappingCheck> {
    let wanted = mappings::wanted_mappings(all);
    all.mappings()
        .unwrap_or_default()
        .iter()
        .map(|row| MappingCheck { row: row.clone(), fits: rules::matches_wanted(row, &wanted) })
        .collect()
}

/// Returns users to suggest for the tester. The number is limited to keep the view small.
fn users(open: &SetupSession) -> Vec<UserView> {
    const OFFERED: usize = 100;
    let users = open.people.users.iter().take(OFFERED);
    users
        .map(|user| UserView { user_name: user.user_name.clone(), name: user.display_name.clone() })
        .collect()
}

fn tester(open: &SetupSession, all: &Facts) -> Option<TesterView> {
    let who = all.text(Field::Tester)?.to_owned();
    let assigned = all.text(Field::TesterAssigned).map(|text| text != "unassigned");
    let signed_in = rules::tester_has_signed_in(all);
    Some(match &open.dry_run.tester {
        Some(user) => TesterView {
            name: user.display_name.clone(),
            user_name: user.user_name.clone(),
            email: user.email.clone(),
            enabled: match user.state {
                people::UserState::Enabled => Some(true),
                people::UserState::Disabled => Some(false),
                people::UserState::Unknown => None,
            },
            assigned,
            denied: open.dry_run.tester_denied,
            observed: true,
            signed_in,
        },
        None => TesterView {
            name: who.clone(),
            email: who.contains('@').then(|| who.clone()),
            user_name: who,
            enabled: None,
            assigned,
            denied: false,
            observed: all.get(Field::TesterAssigned).is_some_and(|f| f.source == Source::Observed),
            signed_in,
        },
    })
}

fn sign_in_test_view(all: &Facts, test: Field) -> SignInTestView {
    let state = test_record::result_state(all, test);
    SignInTestView {
        test,
        result: match state {
            ResultState::Missing => SignInTestResult::Untried,
            ResultState::Failed => SignInTestResult::Failed,
            ResultState::Fresh | ResultState::Stale => SignInTestResult::Passed,
        },
        at: all.get(test).map(|fact| fact.at.to_string()),
        stale: state == ResultState::Stale,
    }
}

fn page_links(all: &Facts, open: &SetupSession) -> Vec<PageLink> {
    let mut wanted = vec![
        Page::AwsApplications,
        Page::AwsApplication,
        Page::AwsUsers,
        Page::AwsGroups,
        Page::AwsSettings,
        Page::AwsPortal,
        Page::NopsSso,
        Page::NopsApiKey,
    ];
    if open.cx.is_practice() {
        wanted.push(Page::PracticeMailbox);
    }
    let account = pages::account(all).map(str::to_owned);
    let sign_in = open.aws.sign_in_page().map(|url| PageLink {
        page: Page::AwsSignIn,
        url,
        account: None,
        basis: setup::RuleBasis::Documented,
    });
    wanted
        .into_iter()
        .filter_map(|page| {
            let (url, basis) = pages::address(all, &page)?;
            let console = url.contains(".console.");
            let account = account.clone().filter(|_| console);
            Some(PageLink { page, url, account, basis })
        })
        .chain(sign_in)
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn remaining_time_depends_on_pace() {
        let left = |taken, progress| {
            let now = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(taken);
            seconds_left(Timestamp::UNIX_EPOCH, now, progress)
        };
        let check = |taken, done, total, expect| {
            let left = left(taken, Progress::single_kind(done, total));
            assert_eq!(left, expect, "{done} of {total} after {taken} s");
        };
        check(10, 100, 400, Some(30));
        check(60, 5, 5000, Some(59940));
        check(2, 100, 400, None);
        check(10, 4, 400, None);
        check(10, 400, 400, None);
        check(10, 0, 0, None);
        check(-5, 100, 400, None);
        let slowest = Progress { done: 200, total: 1100, slowest_done: 100, slowest_total: 1000 };
        assert_eq!(left(5, slowest), Some(45));
    }
}
