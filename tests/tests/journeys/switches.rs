//! Our assumptions about undocumented AWS and nOps behavior may be wrong. Each test makes one
//! assumption false in practice mode. The setup must still succeed in another way, or the wizard
//! must report what it couldn't check. A guess must never count as verified.

mod aws;
mod nops;

use std::collections::BTreeMap;

use acceptance::{
    Result,
    harness::Harness,
    person::ApplicationDraft,
    steps::{
        TESTER, add_application, choose_tester, connect, copy_nops_addresses, dry_run,
        ensure_step_done, enter_addresses, fill_nops, find_tester, map_attributes_in_aws,
        notice_application, prepare_dry_run, prepare_enforce, request_plan, run_sign_in_tests,
        status, submit_application, switch_sso_on, verdict,
    },
};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{
        ApplicationAction, ConnectionAction, DryRunAction, PeopleAction, SignInTestAction,
        ValueAction,
    },
    view::{PeopleStage, RowVerdict, SetupView, SignInTestResult, WatchState},
};
use setup::{
    CopyableValue, Field, Fix, Page, Severity, Source, Step, StepStatus,
    enforcement::ConditionState,
};

/// The application's links can't be derived from its ARN, so the user enters the link from AWS.
#[tokio::test(flavor = "multi_thread")]
async fn links_not_derivable_from_arn_are_entered() -> Result<()> {
    let rig = Harness::start(Switches { opaque_tokens: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_detected_application(&rig).await?;
    let view =
        rig.wait_until("the failed fetch", |view| says(view, "metadata_unreachable")).await?;
    let guess = &view.facts[&Field::IdpEntityId];
    assert_ne!(guess.value, draft.issuer);
    assert!(
        matches!(guess.source, Source::Derived { .. }),
        "a guess is marked as derived: {:?}",
        guess.source
    );
    assert!(view.certificates.is_empty(), "no issuer was observed");
    assert_ne!(status(&view, Step::Application), Some(StepStatus::Done));
    assert!(
        matches!(status(&view, Step::Details), Some(StepStatus::Locked { .. })),
        "no guess is copied to nOps"
    );

    rig.enter(Field::IdpLink, &draft.issuer).await?;
    let view = rig.wait_until("its metadata", has_metadata).await?;
    assert_eq!(view.facts[&Field::IdpEntityId].value, draft.issuer);
    assert!(!says(&view, "link_of_other_application"), "{view:#?}");
    ensure_step_done(&view, Step::Application)?;
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}

/// The issuer was guessed and is wrong. The dry run reports this before nOps receives a response.
#[tokio::test(flavor = "multi_thread")]
async fn guessed_issuer_is_caught_by_dry_run() -> Result<()> {
    let rig = Harness::start(Switches { opaque_tokens: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_detected_application(&rig).await?;
    let certificate = rig.person()?.certificate(&draft.id)?;
    rig.enter(Field::IdpCertificate, &certificate).await?;
    map_attributes_in_aws(&rig, &draft).await?;
    choose_tester(&rig, TESTER).await?;
    let view = dry_run(&rig, &draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Fail));
    assert!(!view.enforcement.open);
    let finding = view
        .findings
        .iter()
        .find(|finding| finding.field == Some(Field::IdpEntityId) && finding.step == Step::DryRun);
    let finding = finding.ok_or_else(|| format!("{:#?}", view.findings))?;
    assert_eq!(finding.received.as_deref(), Some(draft.issuer.as_str()), "{finding:#?}");
    Ok(())
}

/// The metadata link doesn't respond, so the user imports the two files from AWS's page instead.
#[tokio::test(flavor = "multi_thread")]
async fn files_replace_unreachable_metadata() -> Result<()> {
    let rig =
        Harness::start(Switches { metadata_unreachable: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_detected_application(&rig).await?;
    rig.wait_until("the failed fetch", |view| says(view, "metadata_unreachable")).await?;

    let certificate = rig.person()?.certificate(&draft.id)?;
    rig.import("certificate.pem", &certificate).await?;
    let view = rig.setup();
    assert_eq!(view.certificates.len(), 1);
    assert_eq!(
        view.certificates[0].same_as_metadata, None,
        "without metadata, the certificate isn't compared"
    );
    let metadata = rig.person()?.metadata_file(&draft.id)?;
    rig.import("metadata.xml", &metadata).await?;
    let view = rig.setup();
    let issuer = &view.facts[&Field::IdpEntityId];
    assert_eq!(issuer.value, draft.issuer);
    assert_eq!(issuer.source, Source::Derived { from: Field::IdpMetadata });
    let compared = |field| {
        let mut cards = view.certificates.iter();
        cards.find(|card| card.field == field).map(|card| card.same_as_metadata)
    };
    assert_eq!(compared(Field::IdpCertificate), Some(Some(true)));
    assert_eq!(
        compared(Field::IdpMetadata),
        Some(None),
        "a certificate isn't compared with itself"
    );
    assert!(!says(&view, "metadata_unreachable"), "the file replaces the failed fetch");
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}

/// AWS's API doesn't list the application. A link identifies the application instead, and the user
/// assigns the tester in the console.
#[tokio::test(flavor = "multi_thread")]
async fn unlisted_application_is_found_by_link() -> Result<()> {
    let rig =
        Harness::start(Switches { application_not_listed: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let person = rig.person()?;
    let draft = person.draft()?;
    submit_application(&rig, &draft).await?;
    rig.act(ApplicationAction::AskNow).await?;
    rig.wait_until("an answer", |view| view.watch.times > 0).await?;
    assert_eq!(rig.setup().watch.state, WatchState::Waiting);
    rig.act(ApplicationAction::StopWatching).await?;

    rig.enter(Field::IdpLink, &draft.issuer).await?;
    let view = rig.wait_until("its metadata", has_metadata).await?;
    ensure_step_done(&view, Step::Application)?;
    let view = find_tester(&rig, TESTER).await?;
    assert_eq!(
        view.tester.as_ref().and_then(|tester| tester.assigned),
        None,
        "AWS can't be asked about an application whose ARN is not known"
    );
    let refused = rig.act(DryRunAction::AssignTester).await;
    assert_eq!(refused.err().map(|failure| failure.code).as_deref(), Some("no_application"));
    person.assign(&draft.id, &tester_id(&rig)?)?;
    rig.declare(Field::TesterAssigned, "assigned").await?;
    assert_eq!(rig.setup().facts[&Field::TesterAssigned].source, Source::Declared);
    complete_from_mappings(&rig, &draft).await?;

    // The plan leaves out the assignment, because it can't be made through the API.
    rig.go_to_step(Step::People).await?;
    add_lena(&rig).await?;
    assert!(!request_plan(&rig).await?.assign_group);
    Ok(())
}

/// AWS rejects an assignment through the API. The user makes the assignment in the console, and the
/// wizard detects it.
#[tokio::test(flavor = "multi_thread")]
async fn refused_assignment_is_made_in_console() -> Result<()> {
    let rig = Harness::start(Switches { assignment_refused: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    find_tester(&rig, TESTER).await?;
    rig.act(DryRunAction::AssignTester).await?;
    let view = rig.wait_until("the refusal", idle).await?;
    assert!(says(&view, "assignment_refused"), "{:#?}", view.findings);
    assert_eq!(view.tester.as_ref().and_then(|tester| tester.assigned), Some(false));
    let person = rig.person()?;
    person.assign(&draft.id, &tester_id(&rig)?)?;
    rig.act(ConnectionAction::Look).await?;
    let view = rig
        .wait_until("the assignment", |view| {
            idle(view) && view.tester.as_ref().and_then(|t| t.assigned) == Some(true)
        })
        .await?;
    assert_eq!(view.facts[&Field::TesterAssigned].source, Source::Observed, "AWS was asked");
    assert!(!says(&view, "assignment_refused"), "{:#?}", view.findings);
    complete_from_mappings(&rig, &draft).await?;

    // AWS also rejects the group's assignment, after all other changes. The user makes the
    // assignment in the console, and the wizard detects it.
    rig.go_to_step(Step::People).await?;
    add_lena(&rig).await?;
    let plan = request_plan(&rig).await?;
    rig.act(PeopleAction::Apply { plan: plan.id }).await?;
    let view = rig.wait_until("the halt", idle).await?;
    assert_eq!(view.people.stage, PeopleStage::Stopped);
    assert!(says(&view, "people_job_failed"), "{:#?}", view.findings);
    let outcomes: Vec<_> =
        view.people.journal.iter().map(|row| (row.change.as_str(), row.outcome.as_str())).collect();
    assert_eq!(outcomes.last(), Some(&("assign_group", "failed")));
    assert_ne!(status(&view, Step::People), Some(StepStatus::Done));
    let left = request_plan(&rig).await?;
    assert_eq!((left.changes, left.assign_group), (1, true));
    let group = rig.setup().people.groups;
    let group = group
        .iter()
        .find(|group| group.name == "nOps users")
        .ok_or("the new group isn't listed")?;
    person.assign_group(&draft.id, &group.id)?;
    assert_eq!(request_plan(&rig).await?.changes, 0);
    rig.declare(Field::NewPeoplePassword, "reset").await?;
    ensure_step_done(&rig.setup(), Step::People)
}

/// nOps shows its addresses only after the first save, so the user enters AWS's values before that.
#[tokio::test(flavor = "multi_thread")]
async fn aws_values_can_come_before_nops_addresses() -> Result<()> {
    let rig = Harness::start(Switches { addresses_after_first_save: true, ..Switches::default() })
        .await?;
    connect(&rig).await?;
    assert_eq!(switch_sso_on(&rig).await?, None, "nOps shows no addresses yet");
    rig.declare(Field::AddressesNotYet, "true").await?;
    assert_eq!(
        status(&rig.setup(), Step::Addresses),
        Some(StepStatus::Waiting { on: "nops_first_save".to_owned() })
    );

    // AWS's page shows its links before *Submit*.
    rig.go_to_step(Step::Application).await?;
    let draft = rig.person()?.draft()?;
    rig.enter(Field::IdpMetadataUrl, &draft.metadata).await?;
    rig.wait_until("its metadata", has_metadata).await?;
    fill_nops(&rig).await?;
    let shown = rig.person()?.addresses()?.ok_or("nOps shows no addresses after the save")?;
    rig.go_to_step(Step::Addresses).await?;
    enter_addresses(&rig, &shown).await?;
    ensure_step_done(&rig.setup(), Step::Addresses)?;

    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    submit_application(&rig, &draft).await?;
    notice_application(&rig).await?;
    let view = rig.wait_until("its metadata", has_metadata).await?;
    ensure_step_done(&view, Step::Application)?;
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}

/// nOps's addresses are on an unknown host. A warning appears, and the user can keep the values
/// that are on the page.
#[tokio::test(flavor = "multi_thread")]
async fn unknown_nops_host_only_warns() -> Result<()> {
    let rig = Harness::start(Switches { other_nops_host: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let shown = switch_sso_on(&rig).await?.ok_or("no addresses")?;
    enter_addresses(&rig, &shown).await?;
    let view = rig.setup();
    assert_eq!(view.facts[&Field::SpAcsUrl].value, shown.acs);
    let about_host: Vec<_> =
        view.findings.iter().filter(|finding| finding.field == Some(Field::SpAcsUrl)).collect();
    assert!(
        !about_host.is_empty()
            && about_host.iter().all(|finding| finding.severity < Severity::Error),
        "must be a warning, not an error: {:#?}",
        view.findings
    );
    rig.act(ValueAction::Keep { field: Field::SpAcsUrl }).await?;
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}

/// The portal signs the assertion instead of the response. The wizard can also verify this
/// signature.
#[tokio::test(flavor = "multi_thread")]
async fn signed_assertion_alone_is_verified() -> Result<()> {
    complete_standard_setup(Switches { sign_assertion_only: true, ..Switches::default() })
        .await
        .map(drop)
}

/// *Copy XML* isn't available, so the user can't run a dry run. Both sign-in tests pass, but the
/// conditions of *Ready to enforce* aren't met.
#[tokio::test(flavor = "multi_thread")]
async fn missing_copy_xml_keeps_enforce_not_ready() -> Result<()> {
    let rig = Harness::start(Switches { no_shift_click: true, ..Switches::default() }).await?;
    let draft = prepare_dry_run(&rig).await?;
    let person = rig.person()?;
    person.sign_in(TESTER)?;
    assert!(person.copy_xml(&draft.id).is_err(), "this portal offers no Copy XML");
    rig.declare(Field::DryRunUnsupported, "true").await?;
    assert!(says(&rig.setup(), "dry_run_open"));
    fill_nops(&rig).await?;
    assert_eq!(run_sign_in_tests(&rig, &draft).await?, (true, true));
    rig.enter(Field::NopsDomain, "example.com").await?;

    let view = rig.setup();
    assert!(!view.enforcement.open, "no response was seen");
    let states: BTreeMap<_, _> = view
        .enforcement
        .conditions
        .iter()
        .map(|condition| (condition.name.as_str(), condition.state))
        .collect();
    assert_eq!(states["dry_run"], ConditionState::Missing);
    assert_eq!(states["sign_in_tests"], ConditionState::Declared);
    assert_ne!(status(&view, Step::DryRun), Some(StepStatus::Done));
    assert!(says(&view, "dry_run_open"), "the last step reports the missing dry run");
    assert!(!view.facts.contains_key(&Field::AwsAudience), "AWS's value wasn't seen");
    let report = rig.report().await?;
    assert_ne!(report["dry_run"]["verdict"], "pass", "{}", report["dry_run"]);
    Ok(())
}

/// The certificate differs from AWS's usual certificates. A warning appears, but the application's
/// own metadata takes precedence.
#[tokio::test(flavor = "multi_thread")]
async fn unusual_aws_certificate_only_warns() -> Result<()> {
    let rig = Harness::start(Switches { other_certificate: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    // The file contains the same certificate, so it doesn't cause an error either.
    rig.import("nOps_certificate.pem", rig.person()?.certificate(&draft.id)?).await?;
    let worst = rig.setup().findings.iter().map(|finding| finding.severity).max();
    assert!(worst < Some(Severity::Error), "{:#?}", rig.setup().findings);
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}

/// Metadata can have a different order and format than AWS's metadata and still have the same
/// content.
#[tokio::test(flavor = "multi_thread")]
async fn reordered_metadata_reads_the_same() -> Result<()> {
    complete_standard_setup(Switches { other_metadata: true, ..Switches::default() })
        .await
        .map(drop)
}

/// `${user:subject}` isn't the user name. The dry run reports this, and the value that the dry run
/// suggests passes.
#[tokio::test(flavor = "multi_thread")]
async fn user_id_subject_is_caught_by_dry_run() -> Result<()> {
    let rig = Harness::start(Switches { subject_is_user_id: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    rig.go_to_step(Step::Mappings).await?;
    rig.declare(Field::SubjectMapping, "${user:subject}").await?;
    map_attributes_in_aws(&rig, &draft).await?;
    let view = dry_run(&rig, &draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Fail));
    let finding = view
        .findings
        .iter()
        .find(|finding| finding.code == "dry_run_subject")
        .ok_or("no finding about the subject")?;
    let Some(Fix::UseValue { field, value }) = finding.fix.clone() else {
        return Err(format!("what failed would be copied again: {finding:#?}").into());
    };
    rig.enter(field, &value).await?;
    complete_from_mappings(&rig, &draft).await
}

/// The organization ID in nOps's addresses isn't a UUID. A warning appears, and the user keeps the
/// values that are on the page.
#[tokio::test(flavor = "multi_thread")]
async fn non_uuid_organization_id_only_warns() -> Result<()> {
    let rig = Harness::start(Switches { other_tenant: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    let shown = switch_sso_on(&rig).await?.ok_or("no addresses")?;
    enter_addresses(&rig, &shown).await?;
    let view = rig.setup();
    assert_eq!(view.facts[&Field::SpAcsUrl].value, shown.acs);
    assert!(
        view.findings.iter().all(|finding| finding.severity < Severity::Error),
        "must be a warning, not an error: {:#?}",
        view.findings
    );
    let draft = add_application(&rig).await?;
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}

/// nOps doesn't request a specific NameID format, so the sign-in test from nOps works with any
/// format.
#[tokio::test(flavor = "multi_thread")]
async fn unspecified_name_id_format_accepts_any() -> Result<()> {
    complete_standard_setup(Switches { any_name_id_format: true, ..Switches::default() })
        .await
        .map(drop)
}

/// nOps doesn't send a confirmation email, so the sign-in tests pass immediately. The wizard
/// doesn't wait for the email.
#[tokio::test(flavor = "multi_thread")]
async fn sign_in_passes_without_confirmation_email() -> Result<()> {
    let rig =
        complete_standard_setup(Switches { no_confirmation_mail: true, ..Switches::default() })
            .await?;
    ensure_step_done(&rig.setup(), Step::SignInTests)
}

/// AWS reports a different provider for the SAML application. The application's metadata takes
/// precedence.
#[tokio::test(flavor = "multi_thread")]
async fn metadata_overrides_unknown_provider() -> Result<()> {
    let rig =
        complete_standard_setup(Switches { other_provider: true, ..Switches::default() }).await?;
    assert!(!says(&rig.setup(), "application_kind"));
    Ok(())
}

/// The sign-in link and the issuer are on different hosts. The wizard copies both values in the
/// form that AWS shows.
#[tokio::test(flavor = "multi_thread")]
async fn dual_stack_sign_in_link_is_copied_as_shown() -> Result<()> {
    let rig =
        complete_standard_setup(Switches { dual_stack_links: true, ..Switches::default() }).await?;
    let known = |field| rig.fact(field).unwrap_or_default();
    let (issuer, sign_in) = (known(Field::IdpEntityId), known(Field::IdpSsoUrl));
    assert!(issuer.contains(".amazonaws.com/"), "{issuer}");
    assert!(sign_in.contains(".api.aws/"), "{sign_in}");
    Ok(())
}

/// The issuer is on the host that only sign-in links are known to use. The application's metadata
/// confirms it.
#[tokio::test(flavor = "multi_thread")]
async fn dual_stack_issuer_from_metadata_is_accepted() -> Result<()> {
    let switches = Switches { opaque_tokens: true, dual_stack_issuer: true, ..Switches::default() };
    let rig = Harness::start(switches).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_detected_application(&rig).await?;
    rig.import("metadata.xml", &rig.person()?.metadata_file(&draft.id)?).await?;
    let view = rig.setup();
    assert_eq!(view.facts[&Field::IdpEntityId].value, draft.issuer);
    assert!(draft.issuer.contains(".api.aws/"), "{}", draft.issuer);
    assert!(
        view.findings.iter().all(|finding| finding.severity < Severity::Error),
        "{:#?}",
        view.findings
    );
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}

/// A response ends before the session does. The dry run reads each end separately.
#[tokio::test(flavor = "multi_thread")]
async fn response_can_end_before_session() -> Result<()> {
    complete_standard_setup(Switches { short_responses: true, ..Switches::default() })
        .await
        .map(drop)
}

/// A deep link opens one of the console's entry pages. The menu on the page leads to the target of
/// the link.
#[tokio::test(flavor = "multi_thread")]
async fn entry_page_leads_to_deep_link_target() -> Result<()> {
    let rig =
        complete_standard_setup(Switches { no_deep_links: true, ..Switches::default() }).await?;
    let user_id = tester_id(&rig)?;
    for page in [
        Page::AwsApplications,
        Page::AwsApplication,
        Page::AwsUsers,
        Page::AwsUser { user_id },
        Page::AwsGroups,
        Page::AwsSettings,
    ] {
        let address = rig.wizard.address(page.clone()).await?;
        let shown = rig.person()?.open(&address)?;
        for entry in ["Applications", "Users", "Groups", "Settings"] {
            assert!(shown.has_link(entry), "{page:?} leads to no {entry}");
        }
    }
    Ok(())
}

/// The directory is external, but AWS's API doesn't show that. After the user says that the
/// directory is external, no users are created in AWS.
#[tokio::test(flavor = "multi_thread")]
async fn declared_external_directory_blocks_user_creation() -> Result<()> {
    let rig = complete_standard_setup(Switches { other_scim_issuer: true, ..Switches::default() })
        .await?;
    let source = &rig.setup().facts[&Field::IdentitySource];
    assert_eq!(source.value, "directory");
    assert!(
        matches!(source.source, Source::Derived { .. }),
        "a guess is marked as derived: {:?}",
        source.source
    );
    rig.declare(Field::IdentitySource, "scim").await?;
    rig.go_to_step(Step::People).await?;
    add_lena(&rig).await?;
    let plan = request_plan(&rig).await?;
    assert_eq!(plan.create_users, 0, "{plan:#?}");
    Ok(())
}

/// A different account owns the organization's instance. A warning appears, but it doesn't block
/// the setup.
#[tokio::test(flavor = "multi_thread")]
async fn unusual_instance_owner_only_warns() -> Result<()> {
    let rig =
        Harness::start(Switches { other_instance_owner: true, ..Switches::default() }).await?;
    rig.act(ConnectionAction::ConnectPractice).await?;
    let view = rig.wait_until("the question", |view| says(view, "account_instance")).await?;
    let finding = view
        .findings
        .iter()
        .find(|finding| finding.code == "account_instance")
        .ok_or("the finding is missing")?;
    assert_eq!(finding.severity, Severity::Warning);
    complete_from_addresses(&rig).await
}

/// Does what step 4 says, up to the point where AWS lists the application.
async fn add_detected_application(rig: &Harness) -> Result<ApplicationDraft> {
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let draft = rig.person()?.draft()?;
    submit_application(rig, &draft).await?;
    notice_application(rig).await?;
    Ok(draft)
}

/// Completes the standard setup until *Ready to enforce*, in practice mode with these switches.
async fn complete_standard_setup(switches: Switches) -> Result<Harness> {
    let rig = Harness::start(switches).await?;
    connect(&rig).await?;
    complete_from_addresses(&rig).await?;
    Ok(rig)
}

/// Completes the standard steps, from nOps's addresses to *Ready to enforce*.
async fn complete_from_addresses(rig: &Harness) -> Result<()> {
    copy_nops_addresses(rig).await?;
    let draft = add_application(rig).await?;
    choose_tester(rig, TESTER).await?;
    complete_from_mappings(rig, &draft).await
}

/// Completes the steps from the mappings to *Ready to enforce*.
async fn complete_from_mappings(rig: &Harness, draft: &ApplicationDraft) -> Result<()> {
    map_attributes_in_aws(rig, draft).await?;
    let view = dry_run(rig, draft).await?;
    assert!(!view.enforcement.open, "no sign-in test was tried");
    assert_eq!(verdict(&view), Some(RowVerdict::Pass), "{:#?}", view.dry_run);
    fill_nops(rig).await?;
    assert_eq!(run_sign_in_tests(rig, draft).await?, (true, true));
    let view = prepare_enforce(rig).await?;
    assert!(view.enforcement.open, "{:#?}", view.enforcement);
    Ok(())
}

async fn add_lena(rig: &Harness) -> Result<()> {
    let csv = "First name,Last name,Email\nLena,Fischer,lena.fischer@example.com\n";
    Ok(rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?)
}

fn tester_id(rig: &Harness) -> Result<String> {
    Ok(rig.fact(Field::TesterUserId).ok_or("the tester wasn't found")?)
}

fn has_metadata(view: &SetupView) -> bool {
    view.facts.contains_key(&Field::IdpMetadataFetched)
}

fn idle(view: &SetupView) -> bool {
    view.job.is_none()
}

fn says(view: &SetupView, code: &str) -> bool {
    view.findings.iter().any(|finding| finding.code == code)
}
