use jiff::Timestamp;

use super::*;
use crate::{FactValue, Verdict};
use crate::{Origin, Source};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn empty_list() -> ListState {
    ListState { any: false, planned: false, excluded: false, halted: false, created: false }
}

fn connected() -> SessionState {
    SessionState {
        connected: true,
        by_hand: false,
        repair: false,
        lane: None,
        watching: false,
        people: empty_list(),
        report_saved: false,
    }
}

fn by_hand() -> SessionState {
    SessionState { connected: false, by_hand: true, ..connected() }
}

fn facts(known: &[(Field, &str, Source)]) -> Facts {
    let mut facts = Facts::default();
    for (field, text, source) in known {
        facts.record(*field, FactValue::Text((*text).to_owned()), source.clone(), now());
    }
    facts
}

fn with(mut facts: Facts, field: Field, text: &str, source: Source) -> Facts {
    facts.record(field, FactValue::Text(text.to_owned()), source, now());
    facts
}

/// Returns facts with an application, because every later step requires one.
fn application() -> Facts {
    facts(&[(ApplicationArn, "arn:aws:sso::123456789012:application/a/b", Source::Observed)])
}

#[track_caller]
fn check(facts: &Facts, now: SessionState, step: Step, open: &[&str]) {
    let progress = progress(facts, &[], now, step);
    assert_eq!(progress.open, open);
    let expected = if open.is_empty() { StepStatus::Done } else { StepStatus::Ready };
    assert_eq!(progress.status, expected);
}

#[test]
fn people_are_done_when_added() {
    let people = ListState { any: true, ..empty_list() };
    let listed = SessionState { people, ..connected() };
    check(&application(), connected(), Step::People, &["people"]);
    check(&application(), listed, Step::People, &["people_changes"]);
    let added = with(application(), PeopleAdded, "true", Source::Observed);
    check(&added, listed, Step::People, &[]);
    assert!(!progress(&added, &[], listed, Step::People).declared);
    // The outcome is known even without a connection.
    check(&added, SessionState { connected: false, ..listed }, Step::People, &[]);
}

#[test]
fn excluded_or_halted_people_stay_open() {
    let people = |excluded, halted| SessionState {
        people: ListState { any: true, planned: false, excluded, halted, created: false },
        ..connected()
    };
    check(&application(), people(true, false), Step::People, &["people_excluded"]);
    check(&application(), people(false, true), Step::People, &["people_halted"]);
    let said = with(application(), PeopleAdded, "true", Source::Declared);
    check(&said, people(false, true), Step::People, &["people_halted"]);
}

#[test]
fn created_users_need_a_password() {
    let people = |created| SessionState {
        people: ListState { any: true, planned: false, excluded: false, halted: false, created },
        ..connected()
    };
    let added = with(application(), PeopleAdded, "true", Source::Observed);
    check(&added, people(true), Step::People, &["people_password"]);
    check(&added, people(false), Step::People, &[]);
    let answered = with(added, NewPeoplePassword, "reset", Source::Declared);
    check(&answered, people(true), Step::People, &[]);
}

#[test]
fn people_are_confirmed_by_user_without_connection() {
    let listed = SessionState { people: ListState { any: true, ..empty_list() }, ..by_hand() };
    check(&application(), by_hand(), Step::People, &["people_by_hand"]);
    check(&application(), listed, Step::People, &["people_by_hand"]);
    let said = with(application(), PeopleAdded, "true", Source::Declared);
    check(&said, listed, Step::People, &[]);
    assert!(progress(&said, &[], listed, Step::People).declared, "we didn't observe it");
}

#[test]
fn skipped_step_is_not_done() {
    let skipped = with(application(), PeopleSkipped, "true", Source::Declared);
    for now in [connected(), by_hand()] {
        let progress = progress(&skipped, &[], now, Step::People);
        assert_eq!(progress.status, StepStatus::Ready);
        assert!(progress.skipped);
    }
    // Step 9 can't be skipped while there are people on the list.
    let listed = SessionState { people: ListState { any: true, ..empty_list() }, ..connected() };
    assert!(!progress(&skipped, &[], listed, Step::People).skipped);
    assert!(!progress(&application(), &[], connected(), Step::People).skipped);
    let unsupported = with(application(), DryRunUnsupported, "true", Source::Declared);
    let dry_run = progress(&unsupported, &[], connected(), Step::DryRun);
    assert_eq!(dry_run.open, ["tester", "dry_run"]);
    assert!(!dry_run.skipped, "a tester is still needed");
    let tester = with(unsupported, Tester, "ana@example.com", Source::Entered);
    assert!(progress(&tester, &[], connected(), Step::DryRun).skipped);
}

#[test]
fn links_alone_do_not_show_that_aws_has_the_application() {
    let link = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm";
    let certificate = include_str!("../../../saml/tests/fixtures/certificate.pem");
    let form = facts(&[
        (IdpLink, link, Source::Entered),
        (IdpCertificate, certificate, Source::imported(None)),
    ]);
    let step = Step::Application;
    check(&form, by_hand(), step, &["submitted"]);
    check(&form, connected(), step, &[]);
    check(&form, SessionState { repair: true, ..by_hand() }, step, &[]);
    let no = with(form.clone(), ApplicationSubmitted, "false", Source::Declared);
    check(&no, by_hand(), step, &["submitted"]);
    let said = with(form.clone(), ApplicationSubmitted, "true", Source::Declared);
    check(&said, by_hand(), step, &[]);
    assert!(progress(&said, &[], by_hand(), step).declared);
    let arn = "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef";
    check(&with(form.clone(), ApplicationArn, arn, Source::Entered), by_hand(), step, &[]);
    let mut seen = form;
    let passed = test_record::dry_run(&seen, Verdict::Passed, now(), (10, 10), None);
    seen.record(DryRun, passed, Source::Observed, now());
    check(&seen, by_hand(), step, &[]);
}

#[test]
fn addresses_need_safety_questions_answered() {
    let entered = |facts: Facts, field, text| with(facts, field, text, Source::Entered);
    let mut all = entered(Facts::default(), RecoveryAdministrator, "ops@example.net");
    all = entered(all, SpAcsUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs");
    all = entered(all, SpEntityId, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata");
    let left = ["admin_signed_in", "admin_password", "login_url"];
    check(&all, connected(), Step::Addresses, &left);
    all = entered(all, SpLoginUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/login");
    check(&all, connected(), Step::Addresses, &["admin_signed_in", "admin_password"]);
    let one = with(all, AdminSignedIn, "true", Source::Declared);
    check(&one, connected(), Step::Addresses, &["admin_password"]);
    let no = with(one.clone(), AdminPassword, "false", Source::Declared);
    check(&no, connected(), Step::Addresses, &["admin_password"]);
    let both = with(one, AdminPassword, "true", Source::Declared);
    check(&both, connected(), Step::Addresses, &[]);
}

#[test]
fn repair_start_needs_values_without_differences() {
    let repair = SessionState { repair: true, ..connected() };
    check(&Facts::default(), connected(), Step::Start, &[]);
    check(&Facts::default(), repair, Step::Start, &["repair_values"]);
    // The missing value might be the one that differs.
    check(&application(), repair, Step::Start, &["repair_values"]);
    let compared = [
        AwsAcsUrl,
        AwsAudience,
        AttributeMappings,
        SpAcsUrl,
        SpEntityId,
        NopsIssuerUrl,
        NopsSsoEndpoint,
        NopsX509,
    ];
    let entered = |facts: Facts, field: &Field| with(facts, *field, "x", Source::Entered);
    let some = compared[1..].iter().fold(application(), entered);
    check(&some, repair, Step::Start, &["repair_rest"]);
    let all = entered(some, &AwsAcsUrl);
    // nOps's certificate, issuer and endpoint are compared with AWS's.
    assert_eq!(values_not_compared(&all), [IdpEntityId, IdpSsoUrl, IdpCertificate]);
    check(&all, repair, Step::Start, &["repair_rest"]);
    let aws = [IdpEntityId, IdpSsoUrl, IdpCertificate];
    let known = complete();
    let all = aws.iter().fold(all, |facts, field| match known.text(*field) {
        Some(text) => with(facts, *field, text, Source::Entered),
        None => with(
            facts,
            *field,
            "https://portal.sso.us-east-1.amazonaws.com/saml/a",
            Source::Entered,
        ),
    });
    check(&all, repair, Step::Start, &[]);
    let differs = [Finding::about(AwsAudience, "copy_differs", Severity::Error)];
    assert_eq!(progress(&all, &differs, repair, Step::Start).open, ["differences"]);
    assert_eq!(progress(&all, &differs, connected(), Step::Start).open, [""; 0]);
}

/// Returns a setup in which steps 1 to 9 are done.
fn complete() -> Facts {
    let entered = |facts: Facts, field, text| with(facts, field, text, Source::Entered);
    let declared = |facts: Facts, field, text| with(facts, field, text, Source::Declared);
    let mut all = application();
    all = with(all, AwsCaller, "arn:aws:iam::123456789012:user/ana", Source::Observed);
    all = declared(all, AdminSignedIn, "true");
    all = declared(all, AdminPassword, "true");
    all = entered(all, RecoveryAdministrator, "ops@example.net");
    all = entered(all, SpAcsUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs");
    all = entered(all, SpEntityId, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata");
    all = entered(all, SpLoginUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/login");
    all = entered(all, IdpEntityId, "https://portal.sso.us-east-1.amazonaws.com/saml/a");
    let certificate = include_str!("../../../saml/tests/fixtures/certificate.pem");
    all = entered(all, IdpCertificate, certificate);
    all = entered(all, Tester, "ana@example.com");
    all = declared(all, NopsDefaultRole, "client-member");
    all = declared(all, NopsSaved, "true");
    let passed = test_record::dry_run(&all, Verdict::Passed, now(), (10, 10), None);
    all.record(DryRun, passed, Source::Observed, now());
    for test in [TestFromPortal, TestFromNops] {
        let passed = test_record::sign_in_test(&all, test, Verdict::Passed);
        all.record(test, passed, Source::Declared, now());
    }
    with(all, PeopleAdded, "true", Source::Observed)
}

#[test]
fn next_proof_is_first_step_that_can_be_done() {
    let next = |facts: &Facts| next_proof(facts, &[], connected());
    let portal = "https://d-1234567890.awsapps.com/start";
    let whole = with(complete(), AccessPortalUrl, portal, Source::Derived { from: AwsRegion });
    assert_eq!(next(&whole), None);
    let mut untested = whole.clone();
    untested.remove(TestFromNops);
    assert_eq!(next(&untested), Some(Step::SignInTests));
    untested.remove(NopsSaved);
    assert_eq!(next(&untested), Some(Step::Details), "the sign-in tests are locked");
    untested.remove(DryRun);
    assert_eq!(next(&untested), Some(Step::Mappings), "the dry run had checked them");
    // The dry run needs the access portal, which comes from step 2.
    let by_hand = SessionState { connected: false, ..connected() };
    untested.remove(AccessPortalUrl);
    untested.remove(AwsCaller);
    assert_eq!(next_proof(&untested, &[], by_hand), Some(Step::Connect));
}

#[test]
fn details_status_follows_source_of_save() {
    let details = |facts: &Facts| progress(facts, &[], connected(), Step::Details).declared;
    assert!(details(&complete()));
    assert!(!details(&with(complete(), NopsSaved, "true", Source::Observed)));
}

#[test]
fn finish_is_done_when_report_is_saved() {
    let saved = SessionState { report_saved: true, ..connected() };
    check(&complete(), connected(), Step::Finish, &["report"]);
    check(&complete(), saved, Step::Finish, &[]);
    check(&Facts::default(), connected(), Step::Finish, &["steps"]);
    check(&Facts::default(), saved, Step::Finish, &["steps"]);

    // The step stays done even without a connection.
    check(&complete(), SessionState { connected: false, ..saved }, Step::Finish, &[]);
    let mut open = complete();
    open.remove(PeopleAdded);
    check(&open, saved, Step::Finish, &["steps"]);
    let skipped = with(open, PeopleSkipped, "true", Source::Declared);
    check(&skipped, saved, Step::Finish, &[]);
}

#[test]
fn problem_in_any_step_keeps_finish_open() {
    let saved = SessionState { report_saved: true, ..connected() };
    let problem = |severity| [Finding::about(NopsX509, "certificate_differs", severity)];
    let status = |findings: &[Finding], step| progress(&complete(), findings, saved, step).status;
    for severity in [Severity::Error, Severity::Warning] {
        let findings = problem(severity);
        assert_eq!(status(&findings, Step::Details), StepStatus::Attention { count: 1 });
        assert_eq!(status(&findings, Step::Finish), StepStatus::Ready);
    }
    assert_eq!(status(&problem(Severity::Info), Step::Finish), StepStatus::Done);
}

#[test]
fn next_step_is_the_first_unfinished_one() {
    let known = |fields: &[Field]| {
        fields
            .iter()
            .fold(application(), |facts, field| with(facts, *field, "true", Source::Declared))
    };
    let addresses =
        [AdminSignedIn, AdminPassword, RecoveryAdministrator, SpAcsUrl, SpEntityId, SpLoginUrl];
    assert_eq!(next_step(&known(&[]), &[], connected()), Step::Addresses);
    assert_eq!(next_step(&known(&addresses), &[], connected()), Step::Application);
    let without_connection = SessionState { connected: false, ..connected() };
    assert_eq!(next_step(&known(&addresses), &[], without_connection), Step::Connect);
    let connected_before = with(known(&addresses), AwsCaller, "arn", Source::Observed);
    assert_eq!(next_step(&connected_before, &[], without_connection), Step::Application);
}

fn waiting(side: Side) -> StepStatus {
    StepStatus::Waiting { on: lane::waiting_for(side).to_owned() }
}

/// Returns a fact that a colleague handed over.
fn handed_over(facts: &mut Facts, field: Field, value: FactValue, source: OriginalSource) {
    let origin = Origin { role: Side::Nops, name: None, source, at: now() };
    let source = Source::Imported { file: None, origin: Some(origin) };
    facts.record(field, value, source, now());
}

#[test]
fn colleague_steps_wait_for_the_colleague() {
    let empty = Facts::default();
    for (lane, step, expected) in [
        (Side::Aws, Step::Addresses, waiting(Side::Nops)),
        (Side::Nops, Step::Addresses, StepStatus::Ready),
        (Side::Nops, Step::Connect, waiting(Side::Aws)),
        (Side::Nops, Step::Application, waiting(Side::Aws)),
        (Side::Aws, Step::Application, StepStatus::Ready),
        // A locked step waits for the colleague if only the colleague can unlock it.
        (Side::Nops, Step::Mappings, waiting(Side::Aws)),
        (Side::Nops, Step::Details, waiting(Side::Aws)),
        (Side::Aws, Step::SignInTests, waiting(Side::Nops)),
    ] {
        let session = SessionState { lane: Some(lane), ..by_hand() };
        let session = SessionState { by_hand: false, ..session };
        let status = progress(&empty, &[], session, step).status;
        assert_eq!(status, expected, "{lane:?} {step:?}");
    }
    let own = SessionState { lane: Some(Side::Aws), ..connected() };
    let locked = progress(&empty, &[], own, Step::DryRun).status;
    assert!(matches!(locked, StepStatus::Locked { .. }), "the user can unlock it: {locked:?}");
}

#[test]
fn waiting_is_not_finished() {
    let session = SessionState { lane: Some(Side::Nops), connected: false, ..connected() };
    let mut facts = Facts::default();
    for (field, text) in [
        (AdminSignedIn, "true"),
        (AdminPassword, "true"),
        (RecoveryAdministrator, "ops@example.net"),
        (SpAcsUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs"),
        (SpEntityId, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata"),
        (SpLoginUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/sso"),
    ] {
        facts = with(facts, field, text, Source::Entered);
    }
    assert!(!is_everything_else_done(&facts, &[], session));
    assert_eq!(next_step(&facts, &[], session), Step::Connect, "every other step waits");
    assert_eq!(next_step(&Facts::default(), &[], session), Step::Addresses);
}

#[test]
fn handed_over_confirmation_is_not_the_users() {
    let mut facts = application();
    handed_over(
        &mut facts,
        NopsSaved,
        FactValue::Text("true".to_owned()),
        OriginalSource::Declared,
    );
    let details = progress(&facts, &[], connected(), Step::Details);
    assert!(details.handed_over && !details.declared);
    let result = test_record::sign_in_test(&facts, TestFromNops, Verdict::Passed);
    handed_over(&mut facts, TestFromNops, result, OriginalSource::Observed);
    let tests = progress(&facts, &[], connected(), Step::SignInTests);
    assert!(tests.handed_over && !tests.declared);
    let entered = FactValue::Text("client-member".to_owned());
    let mut facts = application();
    handed_over(&mut facts, NopsSaved, entered, OriginalSource::Observed);
    assert!(!progress(&facts, &[], connected(), Step::Details).handed_over);
}
