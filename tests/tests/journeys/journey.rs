//! The whole setup, using the session API and practice mode. If a user only follows the wizard,
//! both sign-in tests pass.

use std::io::Write as _;

use acceptance::{
    Result,
    harness::Harness,
    proxy::{Fault, Proxy},
    steps::{
        TESTER, add_application, connect, copy_nops_addresses, dry_run, ensure_step_done,
        fill_nops, map_attributes_in_aws, prepare_dry_run, prepare_enforce, remaining_tasks,
        request_plan, run_sign_in_tests, status, verdict,
    },
};
use nops_sso_practice::Switches;
use session::{
    Document,
    action::{ConnectionAction, DryRunAction, JobAction, PeopleAction, SetupAction},
    export::export,
    view::{
        ConnectionState, PeopleStage, ProvisioningState, RowVerdict, SetupKind, SetupView,
        WatchState,
    },
};
use setup::{Field, Severity, Step, StepStatus, enforcement::ConditionState};

#[tokio::test(flavor = "multi_thread")]
async fn wizard_leads_to_both_sign_in_tests() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = prepare_dry_run(&rig).await?;
    let view = dry_run(&rig, &draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Pass), "{:#?}", view.dry_run);
    fill_nops(&rig).await?;
    let sign_in_tests = run_sign_in_tests(&rig, &draft).await?;
    assert_eq!(sign_in_tests, (true, true), "both sign-in tests open");

    let view = prepare_enforce(&rig).await?;
    assert!(view.enforcement.open, "{:#?}", view.enforcement);
    for step in [
        Step::Addresses,
        Step::Application,
        Step::Mappings,
        Step::DryRun,
        Step::Details,
        Step::SignInTests,
    ] {
        assert_eq!(status(&view, step), Some(StepStatus::Done), "{step:?}: {:#?}", view.findings);
    }
    let sources = &rig.report().await?["sources"];
    writeln!(std::io::stderr(), "known values by source: {sources}")?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn change_after_tests_revokes_ready_to_enforce() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = prepare_dry_run(&rig).await?;
    dry_run(&rig, &draft).await?;
    fill_nops(&rig).await?;
    run_sign_in_tests(&rig, &draft).await?;
    assert!(prepare_enforce(&rig).await?.enforcement.open);
    rig.act(DryRunAction::ForgetResponse).await?;
    rig.enter(
        Field::SpAcsUrl,
        "https://app.nops.io/sso/v1/00000000-0000-4000-8000-000000000000/?acs",
    )
    .await?;
    let view = rig.setup();
    assert!(!view.enforcement.open, "the dry run depends on the ACS address");
    assert!(rig.codes().contains(&"dry_run_stale".to_owned()), "{:?}", rig.codes());
    assert!(view.sign_in_tests.iter().all(|sign_in_test| sign_in_test.stale));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reopened_setup_continues_from_its_facts() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    rig.go_to_step(Step::Mappings).await?;
    let before = rig.setup();
    let rig = rig.restart().await?;
    rig.wait_until("the connection", |view| view.connection.state == ConnectionState::Connected)
        .await?;
    rig.wait_until("AWS's metadata", |view| view.facts.contains_key(&Field::IdpMetadataFetched))
        .await?;
    let after = rig.setup();
    assert_eq!(after.current, Step::Mappings);
    let statuses =
        |view: &SetupView| view.steps.iter().map(|step| step.status.clone()).collect::<Vec<_>>();
    assert_eq!(statuses(&after), statuses(&before));
    for field in [Field::SpAcsUrl, Field::ApplicationArn, Field::IdpEntityId] {
        assert_eq!(after.facts[&field].value, before.facts[&field].value);
    }
    Ok(())
}

/// Without a connection, step 4 doesn't offer to watch for the application, even after a restart.
#[tokio::test(flavor = "multi_thread")]
async fn reopened_setup_stays_by_hand() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    assert_eq!(rig.setup().watch.state, WatchState::Off, "not connected yet");
    rig.act(ConnectionAction::ByHand).await?;
    rig.go_to_step(Step::Application).await?;
    let rig = rig.restart().await?;
    assert_eq!(rig.setup().watch.state, WatchState::Off);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn responses_and_keys_never_reach_disk_or_report() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = prepare_dry_run(&rig).await?;
    dry_run(&rig, &draft).await?;
    let pasted = "-----BEGIN PRIVATE KEY-----\nCANARYCANARYCANARY\n-----END PRIVATE KEY-----";
    rig.enter(Field::IdpCertificate, pasted).await?;
    assert!(rig.codes().contains(&"secret_pasted".to_owned()));
    let mut texts = vec![serde_json::to_string(&rig.setup())?];
    for document in [
        Document::ReportHtml { people: true },
        Document::ReportMarkdown { people: true },
        Document::ReportJson { people: true },
        Document::Values,
    ] {
        let (_, content) = rig.wizard.document(document.clone()).await?;
        assert!(content.len() > 200, "{document:?} has content");
        texts.push(String::from_utf8(content)?);
    }
    for entry in std::fs::read_dir(&rig.folder)? {
        let path = entry?.path();
        if path.is_file() {
            texts.push(String::from_utf8_lossy(&std::fs::read(path)?).into_owned());
        }
    }
    for text in texts {
        assert!(!text.contains("CANARYCANARY"), "the pasted key was kept: {text:.400}");
        assert!(
            !text.contains("SAMLResponse") && !text.contains(":Response"),
            "a response was kept"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn add_people_then_undo() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    map_attributes_in_aws(&rig, &draft).await?;
    rig.go_to_step(Step::People).await?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n\
               Samuel,Okafor,samuel.okafor@example.com\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    let plan = request_plan(&rig).await?;
    assert_eq!((plan.create_users, plan.keep_users, plan.add_members), (1, 1, 2));
    assert!(plan.create_group && plan.assign_group);
    let before = rig.fact(Field::UserCount);

    let other = rig.act(PeopleAction::Apply { plan: "another plan".to_owned() }).await;
    assert_eq!(other.unwrap_err().code, "no_plan", "only the confirmed plan is applied");
    assert_eq!(rig.setup().people.journal.len(), 0);

    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    let view =
        rig.wait_until("the changes", |view| view.people.stage == PeopleStage::Applied).await?;
    assert_eq!(
        remaining_tasks(&view, Step::People),
        ["people_password"],
        "a new user can't sign in yet"
    );
    rig.declare(Field::NewPeoplePassword, "reset").await?;
    ensure_step_done(&rig.setup(), Step::People)?;
    assert_eq!(view.people.journal.len(), 5, "{:#?}", view.people.journal);
    assert!(view.people.journal.iter().all(|row| row.outcome == "done"));

    // The new person, who has a password, finds the tile in AWS and signs in to nOps.
    fill_nops(&rig).await?;
    let lena = rig.wizard.people(0, 10).await?.rows.remove(0);
    assert_eq!(lena.user, ProvisioningState::Done);
    let again = request_plan(&rig).await?;
    assert_eq!(again.changes, 0, "a new plan finds nothing left to do");
    let lena = rig.wizard.people(0, 10).await?.rows.remove(0);
    let id = lena.user_id.ok_or("the new user has no id")?;
    let person = rig.person()?.in_private_window();
    let one_time = person.reset_password(&id)?;
    person.sign_in_first("lena.fischer@example.com", &one_time)?;
    let mut page = person.tile(&draft.id)?;
    if page.is_waiting_for_confirmation() {
        person.confirm_mail()?;
        page = person.tile(&draft.id)?;
    }
    assert!(page.is_signed_in(), "{}", page.error());

    // A new window knows about the changes and undoes only these changes.
    let rig = rig.restart().await?;
    rig.wait_until("the connection", |view| view.connection.state == ConnectionState::Connected)
        .await?;
    let view = rig
        .wait_until("nothing running", |view| view.job.is_none() && view.people.can_undo)
        .await?;
    ensure_step_done(&view, Step::People)?;
    let made = view.people.undoable;
    assert_eq!((made.groups, made.users, made.members, made.assigned), (1, 1, 2, 1));
    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    let view =
        rig.wait_until("the undo", |view| view.job.is_none() && !view.people.can_undo).await?;
    assert_ne!(view.people.stage, PeopleStage::Applied);
    assert_eq!(
        remaining_tasks(&view, Step::People),
        ["people_changes"],
        "the created user is gone"
    );
    rig.act(ConnectionAction::Look).await?;
    rig.wait_until("a new look", |view| view.job.is_none()).await?;
    assert_eq!(rig.fact(Field::UserCount), before, "the user that was made is gone again");
    let plan = request_plan(&rig).await?;
    assert_eq!((plan.create_users, plan.keep_users), (1, 1), "the existing user stays");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn paused_changes_make_no_calls() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    rig.go_to_step(Step::People).await?;
    assert_eq!(rig.act(JobAction::Pause).await.unwrap_err().code, "no_pause", "nothing runs");
    let csv: String = (0..40)
        .map(|number| format!("Person,Number {number},person{number}@example.com\n"))
        .collect();
    rig.act(PeopleAction::AddPeople { csv: format!("First name,Last name,Email\n{csv}") }).await?;
    let plan = request_plan(&rig).await?;
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    rig.wait_until("some changes", |view| view.job.as_ref().is_some_and(|job| job.done > 5))
        .await?;
    rig.act(JobAction::Pause).await?;
    let ended = |view: &SetupView| {
        let job = view.job.as_ref().filter(|job| job.paused)?;
        // The job's count must match the change history.
        let rows = &view.people.journal;
        let counted = u32::try_from(rows.len()) == Ok(job.done);
        (counted && rows.iter().all(|row| row.outcome == "done")).then_some(job.done)
    };
    let view = rig.wait_until("what was under way", |view| ended(view).is_some()).await?;
    let done = ended(&view).ok_or("no running job")?;
    assert!(done < 40, "{done}");
    // Going to another step while the job is paused changes nothing.
    rig.go_to_step(Step::Finish).await?;
    rig.go_to_step(Step::People).await?;
    assert_eq!(ended(&rig.setup()), Some(done));

    rig.act(JobAction::GoOn).await?;
    let view = rig.wait_until("the rest", |view| view.job.is_none()).await?;
    assert_eq!(view.people.stage, PeopleStage::Applied);
    assert_eq!(view.people.journal.len(), 81);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_people_lookup_can_be_canceled() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    connect(&rig).await?;
    rig.go_to_step(Step::People).await?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n".to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    proxy.inject_fault("*", Fault::Silence);
    rig.act(PeopleAction::Plan).await?;
    rig.act(JobAction::Cancel).await?;
    let view = rig.wait_until("the end", |view| view.job.is_none()).await?;
    assert_eq!(view.people.stage, PeopleStage::Listed);
    proxy.clear();
    assert_eq!(request_plan(&rig).await?.create_users, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_job_is_marked_in_setups() -> Result<()> {
    let rig = Harness::start(Switches { assignment_refused: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    rig.go_to_step(Step::People).await?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    assert_eq!(rig.interrupted_marks(), [false]);
    let plan = request_plan(&rig).await?;
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    rig.wait_until("the halt", |view| {
        view.job.is_none() && view.people.stage == PeopleStage::Stopped
    })
    .await?;
    rig.go_to_step(Step::People).await?;
    assert_eq!(rig.interrupted_marks(), [true]);

    let rig = rig.restart().await?;
    assert_eq!(rig.interrupted_marks(), [true], "the list marks the setup as interrupted");
    assert_eq!(rig.setup().people.stage, PeopleStage::Stopped);
    rig.wait_until("the connection", |view| {
        view.connection.state == ConnectionState::Connected && view.job.is_none()
    })
    .await?;
    rig.act(PeopleAction::Undo { uncertain: false }).await?;
    rig.wait_until("the undo", |view| view.job.is_none() && !view.people.can_undo).await?;
    rig.go_to_step(Step::People).await?;
    assert_eq!(rig.interrupted_marks(), [false], "no change is interrupted anymore");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn second_tester_never_gets_first_user() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    rig.go_to_step(Step::DryRun).await?;
    rig.act(DryRunAction::ChooseTester { who: TESTER.to_owned() }).await?;
    let second = "dana.whitfield@example.com";
    let refused = rig.act(DryRunAction::ChooseTester { who: second.to_owned() }).await;
    let view = rig.wait_until("the look-up", |view| view.job.is_none()).await?;
    let tester = view.tester.ok_or("no tester")?;
    match refused {
        Err(failure) => {
            assert_eq!(failure.code, "busy");
            assert_eq!(tester.user_name, TESTER, "the first tester stays");
        }
        Ok(()) => assert_eq!(tester.user_name, second),
    }
    assert_eq!(rig.fact(Field::Tester).as_deref(), Some(tester.user_name.as_str()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn plan_discarded_when_list_changes() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    rig.go_to_step(Step::People).await?;
    let csv = |who: &str| format!("First name,Last name,Email\n{who},Fischer,{who}@example.com\n");
    rig.act(PeopleAction::AddPeople { csv: csv("lena") }).await?;
    rig.act(PeopleAction::Plan).await?;
    rig.act(PeopleAction::AddPeople { csv: csv("aiko") }).await?;
    let view = rig.wait_until("the look-up", |view| view.job.is_none()).await?;
    assert_eq!(view.people.total, 2);
    assert!(view.people.plan.is_none(), "{:?}", view.people.plan);
    assert_eq!(request_plan(&rig).await?.create_users, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_values_remove_dry_run_facts() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = prepare_dry_run(&rig).await?;
    dry_run(&rig, &draft).await?;
    assert_eq!(rig.fact(Field::AwsAudience), rig.fact(Field::SpEntityId), "the dry run showed it");
    let report = rig.report().await?;
    assert_eq!(report["dry_run"]["verdict"], "pass", "{}", report["dry_run"]);

    let rig = rig.restart().await?;
    let report = rig.report().await?;
    assert_eq!(report["dry_run"]["verdict"], "pass", "kept: {}", report["dry_run"]);

    let other = "https://app.nops.io/sso/v1/00000000-0000-4000-8000-000000000000/metadata";
    rig.enter(Field::SpEntityId, other).await?;
    assert_eq!(rig.fact(Field::AwsAudience), None, "this audience wasn't seen in AWS");
    let report = rig.report().await?;
    assert_ne!(report["dry_run"]["verdict"], "pass", "{}", report["dry_run"]);
    Ok(())
}

/// If the user says that the identity source is external, the answer still counts when AWS has no
/// external users.
#[tokio::test(flavor = "multi_thread")]
async fn declared_identity_source_survives_checks() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    assert_eq!(rig.fact(Field::IdentitySource).as_deref(), Some("directory"));
    rig.declare(Field::IdentitySource, "active_directory").await?;
    rig.act(ConnectionAction::Look).await?;
    let view = rig.wait_until("the second look", |view| view.job.is_none()).await?;
    assert_eq!(view.facts[&Field::IdentitySource].value, "active_directory");
    assert!(!view.people.can_create, "external users are created in their source");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_without_sign_in_keep_step_9_open() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    rig.go_to_step(Step::People).await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::People), ["people"]);
    let csv = "First name,Last name,Email\nSamuel,Okafor,samuel.okafor@example.com\n\
               ,,no.name@example.com\n";
    rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::People), ["people_changes"]);
    let plan = request_plan(&rig).await?;
    assert_eq!((plan.create_users, plan.left_out), (0, 1));
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    let view =
        rig.wait_until("the changes", |view| view.people.stage == PeopleStage::Applied).await?;
    assert_eq!(remaining_tasks(&view, Step::People), ["people_excluded"]);
    assert_eq!(status(&view, Step::People), Some(StepStatus::Ready));

    // All other people are already in the group. No users were created, so no one needs a password.
    let rows = rig.wizard.people(0, 10).await?.rows;
    let key = rows.last().map(|row| row.key.clone()).ok_or("the two people aren't listed")?;
    rig.act(PeopleAction::RemovePerson { key }).await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::People), ["people_changes"]);
    assert_eq!(request_plan(&rig).await?.changes, 0);
    ensure_step_done(&rig.setup(), Step::People)?;
    let rig = rig.restart().await?;
    ensure_step_done(&rig.setup(), Step::People)?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n".to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    assert_ne!(status(&rig.setup(), Step::People), Some(StepStatus::Done), "the list has changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn user_completes_step_9_without_aws() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    rig.act(ConnectionAction::ByHand).await?;
    rig.go_to_step(Step::People).await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::People), ["people_by_hand"]);
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n".to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    rig.declare(Field::PeopleAdded, "true").await?;
    let rig = rig.restart().await?;
    let view = rig.setup();
    ensure_step_done(&view, Step::People)?;
    let step = view.steps.iter().find(|step| step.step == Step::People).ok_or("no step 9")?;
    assert!(step.declared, "a declared value is marked");
    let condition = view.enforcement.conditions.iter().find(|one| one.name == "people");
    assert_eq!(condition.map(|one| one.state), Some(ConditionState::Declared));
    let csv = "First name,Last name,Email\nAiko,Tanaka,aiko.tanaka@example.com\n".to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    assert_eq!(
        remaining_tasks(&rig.setup(), Step::People),
        ["people_by_hand"],
        "the list has changed"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn last_step_ends_with_report() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = prepare_dry_run(&rig).await?;
    dry_run(&rig, &draft).await?;
    fill_nops(&rig).await?;
    run_sign_in_tests(&rig, &draft).await?;
    let html = Document::ReportHtml { people: false };
    assert_eq!(remaining_tasks(&rig.setup(), Step::Finish), ["steps"]);
    rig.go_to_step(Step::Finish).await?;
    rig.wizard.saved(html.clone(), "report.html").await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::Finish), ["steps"], "step 9 is open");
    rig.go_to_step(Step::People).await?;
    rig.declare(Field::PeopleSkipped, "true").await?;
    rig.wizard.saved(html.clone(), "report.html").await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::Finish), ["report"], "step 10 wasn't open");
    let id = rig.setup().id;
    assert_eq!(cards(&rig).await?, [false]);

    rig.act(SetupAction::Resume { id: id.clone() }).await?;
    rig.go_to_step(Step::Finish).await?;
    let file = std::fs::read(rig.folder.join(format!("{id}.json")))?;
    export(&file, html.clone(), jiff::Timestamp::now())?;
    rig.wizard.saved(Document::Values, "report.html").await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::Finish), ["report"], "neither is the report");
    rig.wizard.saved(html.clone(), "Documents, 2026/report.html").await?;
    ensure_step_done(&rig.setup(), Step::Finish)?;
    let calendar = rig.wizard.document(Document::Calendar).await?.1;
    let calendar = String::from_utf8(calendar)?.replace("\r\n ", "");
    for part in [
        format!("UID:{id}\r\n"),
        "Practice mode: no real AWS or nOps account was used.".to_owned(),
        "Report: Documents\\, 2026/report.html".to_owned(),
    ] {
        assert!(calendar.contains(&part), "no {part} in {calendar}");
    }
    let report = rig.report().await?;
    assert_eq!((&report["finished"], &report["open_points"]), (&true.into(), &0.into()));
    assert_eq!(cards(&rig).await?, [true]);

    rig.act(SetupAction::Resume { id }).await?;
    ensure_step_done(&rig.setup(), Step::Finish)?;
    for enforce in ["true", "false"] {
        rig.declare(Field::NopsEnforce, enforce).await?;
        assert!(rig.setup().report_outdated, "the report doesn't say {enforce}");
        assert_eq!(remaining_tasks(&rig.setup(), Step::Finish), ["report"]);
        rig.wizard.saved(html.clone(), "report.html").await?;
        assert!(!rig.setup().report_outdated);
        assert_eq!(remaining_tasks(&rig.setup(), Step::Finish), [""; 0]);
    }
    let other = "https://app.nops.io/sso/v1/00000000-0000-4000-8000-000000000000/metadata";
    rig.enter(Field::SpEntityId, other).await?;
    assert_eq!(remaining_tasks(&rig.setup(), Step::Finish), ["steps"]);
    assert_eq!(cards(&rig).await?, [false]);
    Ok(())
}

/// Closes the setup. Returns whether each setup in the list is shown as finished.
async fn cards(rig: &Harness) -> Result<Vec<bool>> {
    rig.act(SetupAction::Close).await?;
    Ok(rig.view().setups.iter().map(|card| card.finished).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn practice_setups_have_distinct_names() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let create = |world| SetupAction::Create {
        name: "Practice".to_owned(),
        world,
        repair: false,
        aws_role: true,
        nops_role: true,
    };
    for world in [SetupKind::Practice, SetupKind::Practice, SetupKind::Practice, SetupKind::Real] {
        rig.act(create(world)).await?;
        rig.act(SetupAction::Close).await?;
    }
    let setups = rig.view().setups;
    let mut names: Vec<&str> = setups.iter().map(|card| card.name.as_str()).collect();
    names.sort_unstable();
    let expected = ["Practice", "Practice", "Practice 2", "Practice 3"];
    assert_eq!(names.iter().filter(|name| name.starts_with("Practice")).count(), 4, "{names:?}");
    assert!(expected.iter().all(|name| names.contains(name)), "{names:?}");
    Ok(())
}

/// The card of a setup counts problems with the same severity that the setup shows.
#[tokio::test(flavor = "multi_thread")]
async fn card_shows_severity_of_problems() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.enter(Field::NopsDomain, "example.com").await?;
    rig.enter(Field::RecoveryAdministrator, "ops@example.com").await?;
    rig.act(SetupAction::Close).await?;
    let worst = |rig: &Harness| rig.view().setups.first().and_then(|card| card.worst);
    assert_eq!(worst(&rig), Some(Severity::Warning));
    Ok(())
}
