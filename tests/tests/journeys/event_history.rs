//! AWS's event history (CloudTrail). The wizard looks up events in the background and claims only
//! what was logged. If it sees no events, it works as if CloudTrail didn't exist.

use acceptance::{
    Result,
    harness::Harness,
    person::{ApplicationDraft, PASSWORD},
    steps::{
        TESTER, add_application, choose_tester, connect, copy_nops_addresses, dry_run, fill_nops,
        map_attributes_in_aws, notice_application, prepare_enforce, request_plan,
        run_sign_in_tests,
    },
};
use jiff::SignedDuration;
use nops_sso_practice::Switches;
use session::{
    action::{ApplicationAction, EventHistoryAction, PeopleAction},
    view::{EventHistoryState, PersonRow, SetupView},
};
use setup::{Field, Source, Step, enforcement::ConditionState};

const ADMINISTRATOR: &str = "dana.whitfield@example.com";
const LOGGED: [Field; 5] = [
    Field::ConfigurationSaved,
    Field::MappingsSaved,
    Field::TesterSignedIn,
    Field::TesterSignInFailed,
    Field::ApplicationOpened,
];

fn source(view: &SetupView, field: Field) -> Option<&Source> {
    view.facts.get(&field).map(|fact| &fact.source)
}

/// Sets the clocks to this many minutes after the start, then looks up events again.
async fn look(rig: &Harness, minutes: i64) -> Result<SetupView> {
    rig.set_clock(SignedDuration::from_mins(minutes));
    rig.set_clock_of_practice(SignedDuration::from_mins(minutes));
    let before = rig.setup().event_history.at;
    rig.act(EventHistoryAction::LookUpEvents).await?;
    rig.wait_until("a look", |view| view.event_history.at != before).await
}

/// Adds the application, using these typed addresses.
async fn add_typed(rig: &Harness, acs_url: &str, audience: &str) -> Result<ApplicationDraft> {
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let draft = rig.person()?.draft()?;
    rig.person()?.submit_typed(&draft, "nOps", acs_url, audience)?;
    notice_application(rig).await?;
    rig.wait_until("its metadata", |view| view.facts.contains_key(&Field::IdpMetadataFetched))
        .await?;
    Ok(draft)
}

async fn addresses(rig: &Harness) -> Result<(String, String)> {
    connect(rig).await?;
    copy_nops_addresses(rig).await?;
    let fact = |field| rig.fact(field).ok_or("no address");
    Ok((fact(Field::SpAcsUrl)?, fact(Field::SpEntityId)?))
}

/// Saves the wizard's rows in AWS without pasting them back. If `last_value` is set, it
/// replaces the value in the last row.
async fn save_rows(
    rig: &Harness,
    draft: &ApplicationDraft,
    last_value: Option<&str>,
) -> Result<()> {
    rig.go_to_step(Step::Mappings).await?;
    let mut rows = rig.setup().mappings;
    if let (Some(row), Some(value)) = (rows.last_mut(), last_value) {
        value.clone_into(&mut row.value);
    }
    let typed: Vec<_> = rows
        .iter()
        .map(|row| (row.attribute.as_str(), row.value.as_str(), row.format.as_str()))
        .collect();
    rig.person()?.edit_mappings(&draft.id, &typed)
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_settings_are_observed() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let (acs_url, audience) = addresses(&rig).await?;
    let draft = add_typed(&rig, &acs_url, &audience).await?;
    save_rows(&rig, &draft, None).await?;
    let view = look(&rig, 1).await?;
    for field in [Field::ConfigurationSaved, Field::MappingsSaved] {
        assert_eq!(view.facts[&field].value, ADMINISTRATOR);
        assert_eq!(source(&view, field), Some(&Source::Observed));
    }
    assert_eq!(view.facts[&Field::AwsAcsUrl].value, acs_url);
    assert_eq!(source(&view, Field::AwsAudience), Some(&Source::Observed));
    let checked = &view.mappings_checked;
    assert!(checked.len() == 4 && checked.iter().all(|row| row.fits), "{checked:?}");
    Ok(())
}

/// A wrong value in AWS is reported even if the user pastes nothing. The finding stays until the
/// value is fixed in AWS.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_saved_values_are_reported() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let (acs_url, audience) = addresses(&rig).await?;
    let draft = add_typed(&rig, &acs_url.replace("?acs", ""), &audience).await?;
    save_rows(&rig, &draft, Some("${user:name}")).await?;
    let about =
        |view: &SetupView, field| view.findings.iter().any(|finding| finding.field == Some(field));
    let view = look(&rig, 1).await?;
    assert!(about(&view, Field::AwsAcsUrl), "{:#?}", view.findings);
    assert!(about(&view, Field::AttributeMappings), "{:#?}", view.findings);
    rig.person()?.edit(&draft.id, "nOps", &acs_url, &audience)?;
    save_rows(&rig, &draft, None).await?;
    let view = look(&rig, 2).await?;
    assert!(!about(&view, Field::AwsAcsUrl), "{:#?}", view.findings);
    assert!(!about(&view, Field::AttributeMappings), "{:#?}", view.findings);
    Ok(())
}

/// If the user pastes a value after AWS logged a different value, the pasted value takes
/// precedence.
#[tokio::test(flavor = "multi_thread")]
async fn later_paste_replaces_logged_value() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let (acs_url, audience) = addresses(&rig).await?;
    add_typed(&rig, &acs_url.replace("?acs", ""), &audience).await?;
    look(&rig, 1).await?;
    rig.enter(Field::AwsAcsUrl, &acs_url).await?;
    let view = look(&rig, 2).await?;
    assert_eq!(view.facts[&Field::AwsAcsUrl].value, acs_url);
    assert_eq!(source(&view, Field::AwsAcsUrl), Some(&Source::Entered));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_and_application_opening_are_observed() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    map_attributes_in_aws(&rig, &draft).await?;
    choose_tester(&rig, TESTER).await?;
    rig.declare(Field::TesterPassword, "false").await?;
    assert!(rig.codes().contains(&"tester_password".to_owned()));
    rig.person()?.sign_in(TESTER)?;
    let view = look(&rig, 1).await?;
    assert_eq!(view.facts[&Field::TesterSignedIn].value, "PASSWORD");
    assert!(!rig.codes().contains(&"tester_password".to_owned()), "the sign-in answers it");

    dry_run(&rig, &draft).await?;
    fill_nops(&rig).await?;
    let view = look(&rig, 2).await?;
    assert!(view.facts.contains_key(&Field::ApplicationOpened), "administrator mode is logged");
    assert_eq!(view.event_history.opened, None, "but it isn't a sign-in test");

    assert_eq!(run_sign_in_tests(&rig, &draft).await?, (true, true));
    let view = look(&rig, 3).await?;
    assert!(view.event_history.opened.is_some());
    let tests = view.enforcement.conditions.iter().find(|one| one.name == "sign_in_tests");
    let state = tests.map(|one| one.state);
    assert_eq!(state, Some(ConditionState::Declared), "AWS doesn't see nOps's half");

    rig.enter(Field::SpLoginUrl, "https://app.nops.io/sso/v1/other/?sso").await?;
    rig.enter(Field::NopsIssuerUrl, "https://example.com").await?;
    assert_eq!(rig.setup().event_history.opened, None, "it was opened before this change");
    Ok(())
}

/// Even if this computer's clock is fast, an earlier event isn't mistaken for a sign-in test.
#[tokio::test(flavor = "multi_thread")]
async fn clock_difference_does_not_matter() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.set_clock(SignedDuration::from_mins(2));
    addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    map_attributes_in_aws(&rig, &draft).await?;
    choose_tester(&rig, TESTER).await?;
    dry_run(&rig, &draft).await?;
    let later = |minutes| {
        rig.set_clock(SignedDuration::from_mins(minutes + 2));
        rig.set_clock_of_practice(SignedDuration::from_mins(minutes));
    };
    later(1);
    fill_nops(&rig).await?;
    rig.act(EventHistoryAction::LookUpEvents).await?;
    let is_opened = |view: &SetupView| view.facts.contains_key(&Field::ApplicationOpened);
    let view = rig.wait_until("the opened application", is_opened).await?;
    assert_eq!(view.event_history.opened, None);
    later(2);
    run_sign_in_tests(&rig, &draft).await?;
    later(3);
    rig.act(EventHistoryAction::LookUpEvents).await?;
    rig.wait_until("the sign-in test", |view| view.event_history.opened.is_some()).await?;
    Ok(())
}

/// Step 9 shows which people can already sign in.
#[tokio::test(flavor = "multi_thread")]
async fn people_who_signed_in_before_are_marked() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    addresses(&rig).await?;
    add_application(&rig).await?;
    rig.person()?.sign_in(TESTER)?;
    rig.set_clock(SignedDuration::from_mins(1));
    rig.set_clock_of_practice(SignedDuration::from_mins(1));
    rig.go_to_step(Step::People).await?;
    let csv = "First name,Last name,Email\nSamuel,Okafor,samuel.okafor@example.com\n\
               Dana,Whitfield,dana.whitfield@example.com\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    request_plan(&rig).await?;
    rig.wait_until("a look", |view| view.event_history.state == EventHistoryState::Idle).await?;
    let rows = rig.wizard.people(0, 10).await?.rows;
    let codes = |row: &PersonRow| -> Vec<String> {
        row.remarks.iter().map(|remark| remark.code.clone()).collect()
    };
    assert_eq!(codes(&rows[0]), ["signed_in"]);
    assert!(codes(&rows[1]).is_empty(), "{:?}", codes(&rows[1]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_sign_in_of_tester_is_reported() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    addresses(&rig).await?;
    add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    let portal = rig.fact(Field::AccessPortalUrl).ok_or("no portal")?;
    let sign_in = |password: &str| -> Result<()> {
        let fields = [("user_name", TESTER), ("password", password)];
        rig.person()?.send(&format!("{portal}/sign-in"), &fields)?;
        Ok(())
    };
    sign_in("a wrong one")?;
    look(&rig, 1).await?;
    let findings = rig.setup().findings;
    let told = findings.iter().find(|finding| finding.code == "tester_sign_in_failed");
    let told = told.ok_or_else(|| format!("{findings:#?}"))?;
    assert_eq!(told.params["credential"], "PASSWORD");
    assert_eq!(rig.fact(Field::TesterSignedIn), None);

    sign_in(PASSWORD)?;
    look(&rig, 2).await?;
    assert!(!rig.codes().contains(&"tester_sign_in_failed".to_owned()));
    // Each tester has a separate history.
    rig.go_to_step(Step::DryRun).await?;
    choose_tester(&rig, ADMINISTRATOR).await?;
    assert_eq!(rig.fact(Field::TesterSignedIn), None);
    assert_eq!(rig.fact(Field::TesterSignInFailed), None);
    Ok(())
}

/// AWS accepts the password but then asks for something else, such as a new password or MFA.
#[tokio::test(flavor = "multi_thread")]
async fn unfinished_sign_in_is_reported_after_a_while() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    addresses(&rig).await?;
    add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    let id = rig.fact(Field::TesterUserId).ok_or("no tester")?;
    let one_time = rig.person()?.reset_password(&id)?;
    let portal = rig.fact(Field::AccessPortalUrl).ok_or("no portal")?;
    let fields = [("user_name", TESTER), ("password", one_time.as_str())];
    rig.person()?.send(&format!("{portal}/sign-in"), &fields)?;
    look(&rig, 1).await?;
    assert_eq!(rig.fact(Field::TesterSignInFailed), None, "the sign-in may still continue");
    look(&rig, 20).await?;
    let findings = rig.setup().findings;
    let found = findings.iter().find(|finding| finding.code == "tester_sign_in_failed");
    let found = found.ok_or_else(|| format!("{findings:#?}"))?;
    assert_eq!(found.params["credential"], "UNFINISHED");
    assert_eq!(rig.fact(Field::TesterSignedIn), None);

    rig.person()?.sign_in_first(TESTER, &one_time)?;
    look(&rig, 21).await?;
    assert!(!rig.codes().contains(&"tester_sign_in_failed".to_owned()), "{:?}", rig.codes());
    assert!(rig.fact(Field::TesterSignedIn).is_some());
    Ok(())
}

/// AWS doesn't document every detail of the events. If these details are missing, every step works
/// as before and makes no wrong claims.
#[tokio::test(flavor = "multi_thread")]
async fn setup_succeeds_without_visible_events() -> Result<()> {
    let all = Switches::default();
    for switches in [
        Switches { events_denied: true, ..all.clone() },
        Switches { events_missing: true, ..all.clone() },
        Switches { events_late: true, ..all.clone() },
        Switches { other_event_form: true, ..all.clone() },
    ] {
        let is_denied = switches.events_denied;
        let rig = Harness::start(switches).await?;
        let (acs_url, audience) = addresses(&rig).await?;
        let draft = add_typed(&rig, &acs_url, &audience).await?;
        map_attributes_in_aws(&rig, &draft).await?;
        choose_tester(&rig, TESTER).await?;
        dry_run(&rig, &draft).await?;
        fill_nops(&rig).await?;
        assert_eq!(run_sign_in_tests(&rig, &draft).await?, (true, true));
        prepare_enforce(&rig).await?;
        let view = look(&rig, 1).await?;
        for field in LOGGED {
            assert!(!view.facts.contains_key(&field), "{field:?}");
        }
        let unseen = view.event_history.unseen.as_ref().map(|cause| cause.key.as_str());
        assert_eq!(unseen, is_denied.then_some("aws-denied"));
        assert!(view.enforcement.open, "{:#?}", view.enforcement);
        assert!(!view.findings.iter().any(|one| one.code.contains("denied")), "it's optional");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_values_are_not_compared() -> Result<()> {
    let rig = Harness::start(Switches { saved_values_hidden: true, ..Switches::default() }).await?;
    let (acs_url, audience) = addresses(&rig).await?;
    let draft = add_typed(&rig, &acs_url, &audience).await?;
    save_rows(&rig, &draft, None).await?;
    let view = look(&rig, 1).await?;
    assert!(view.facts.contains_key(&Field::ConfigurationSaved));
    assert!(view.facts.contains_key(&Field::MappingsSaved));
    for field in [Field::AwsAcsUrl, Field::AwsAudience, Field::AttributeMappings] {
        assert!(!view.facts.contains_key(&field), "{field:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn denied_lookup_is_repeated_only_on_request() -> Result<()> {
    let rig = Harness::start(Switches { events_denied: true, ..Switches::default() }).await?;
    addresses(&rig).await?;
    assert_eq!(rig.setup().event_history.state, EventHistoryState::Idle, "step 3 needs no events");
    add_application(&rig).await?;
    let view = rig.wait_until("the refusal", |view| view.event_history.unseen.is_some()).await?;
    assert_eq!(view.event_history.state, EventHistoryState::Idle);
    rig.go_to_step(Step::Mappings).await?;
    assert_eq!(rig.setup().event_history.state, EventHistoryState::Idle);
    assert_eq!(rig.setup().event_history.at, view.event_history.at);
    let again = look(&rig, 1).await?;
    assert!(again.event_history.unseen.is_some());
    Ok(())
}

/// Each lookup is an AWS call, so lookups end after the last step that needs them.
#[tokio::test(flavor = "multi_thread")]
async fn lookup_ends_after_step_8() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    addresses(&rig).await?;
    add_application(&rig).await?;
    for step in [Step::Application, Step::Details, Step::SignInTests] {
        rig.go_to_step(step).await?;
        assert_eq!(rig.setup().event_history.state, EventHistoryState::Looking, "{step:?}");
    }
    for step in [Step::Connect, Step::People, Step::Finish] {
        rig.go_to_step(step).await?;
        assert_eq!(rig.setup().event_history.state, EventHistoryState::Idle, "{step:?}");
    }
    Ok(())
}
