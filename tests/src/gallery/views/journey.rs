//! The whole setup from the first to the last step: without problems, with problems in nOps, and as
//! a repair.

use session::{
    Document, Secret,
    action::{SetupAction, SignInTestAction, StepAction},
    view::{SetupKind, SignInTestResult},
};
use setup::{CopyableValue, Field, Step};

use super::{Views, studio::ViewRecorder};
use crate::{
    Result,
    person::ApplicationDraft,
    steps::{
        TESTER, add_application, choose_tester, connect, copy_nops_addresses, dry_run, fill_nops,
        map_attributes_in_aws, prepare_dry_run, prepare_enforce, run_sign_in_tests,
    },
};

/// Creates the main view of every step until both sign-in tests have succeeded.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    connect(&studio.rig).await?;
    studio.record_view("connect-done", Step::Connect).await?;
    studio.record_view("addresses-empty", Step::Addresses).await?;
    copy_nops_addresses(&studio.rig).await?;
    studio.record_view("addresses-done", Step::Addresses).await?;
    studio.record_view("application-ready", Step::Application).await?;
    let draft = add_application(&studio.rig).await?;
    studio.record_view("application-done", Step::Application).await?;
    studio.record_view("mappings-ready", Step::Mappings).await?;
    studio.record_with_press("mini-window", Step::Mappings, "[data-action='mini-window']").await?;
    studio.record_view("people-early", Step::People).await?;
    map_attributes_in_aws(&studio.rig, &draft).await?;
    studio.record_view("mappings-done", Step::Mappings).await?;
    studio.record_view("dry-run-empty", Step::DryRun).await?;
    choose_tester(&studio.rig, TESTER).await?;
    studio.record_view("dry-run-ready", Step::DryRun).await?;
    dry_run(&studio.rig, &draft).await?;
    studio.record_view("dry-run-done", Step::DryRun).await?;
    studio.record_view("details-ready", Step::Details).await?;
    studio.record_with_press("details-copied", Step::Details, "[data-copy='1']").await?;
    studio
        .record_with_press("mini-window-nops", Step::Details, "[data-action='mini-window']")
        .await?;
    studio.record_view("sign-in-tests-locked", Step::SignInTests).await?;
    fill_nops(&studio.rig).await?;
    studio.record_view("details-done", Step::Details).await?;
    studio.record_view("sign-in-tests-empty", Step::SignInTests).await?;
    run_sign_in_tests(&studio.rig, &draft).await?;
    studio.record_view("sign-in-tests-done", Step::SignInTests).await?;
    studio.rig.go_to_step(Step::Finish).await?;
    studio.record_view("finish-closed", Step::Finish).await?;
    prepare_enforce(&studio.rig).await?;
    studio.record_view("finish-open", Step::Finish).await?;
    studio.rig.declare(Field::PeopleSkipped, "true").await?;
    studio.rig.wizard.saved(Document::ReportHtml { people: false }, "report.html").await?;
    studio.record_view("finish-done", Step::Finish).await?;
    Ok(studio.views())
}

/// Creates views of steps 7 and 8 with values that are incomplete or wrong.
pub async fn variants() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    let draft = complete_until_dry_run(&studio).await?;
    let rig = &studio.rig;
    dry_run(rig, &draft).await?;
    rig.go_to_step(Step::Details).await?;
    rig.declare(Field::NopsDefaultRole, "client-member").await?;
    rig.declare(Field::NopsSsoType, "AWS").await?;
    studio.record_view("details-waiting", Step::Details).await?;

    let rig = &studio.rig;
    rig.declare(Field::NopsGroupMapping, "false").await?;
    rig.declare(Field::NopsSaved, "false").await?;
    studio.record_view("details-failed", Step::Details).await?;

    let rig = &studio.rig;
    let certificate = rig.wizard.text(CopyableValue::CertificatePem).await?;
    rig.enter(Field::NopsIssuerUrl, &draft.metadata).await?;
    rig.enter(Field::NopsX509, &certificate).await?;
    rig.declare(Field::NopsDefaultRole, "client-admin").await?;
    rig.declare(Field::NopsSaved, "true").await?;
    studio.record_view("details-error", Step::Details).await?;

    let rig = &studio.rig;
    rig.enter(Field::NopsIssuerUrl, &draft.issuer).await?;
    fill_nops(rig).await?;
    rig.go_to_step(Step::SignInTests).await?;
    studio.minutes_later(28);
    tell(&studio, Field::TestFromPortal, SignInTestResult::Passed, None).await?;
    studio.record_view("sign-in-tests-waiting", Step::SignInTests).await?;

    studio.minutes_later(30);
    let error = "Request nameID format does not match our record";
    tell(&studio, Field::TestFromNops, SignInTestResult::Failed, Some(error)).await?;
    studio.record_view("sign-in-tests-error", Step::SignInTests).await?;

    // AWS's values change between the first and the second test.
    studio.minutes_later(40);
    let rows = studio.rig.fact(Field::AttributeMappings).ok_or("no mappings")?;
    let rows: Vec<&str> = rows.lines().rev().collect();
    studio.rig.enter(Field::AttributeMappings, &rows.join("\n")).await?;
    studio.minutes_later(48);
    tell(&studio, Field::TestFromNops, SignInTestResult::Passed, None).await?;
    studio.record_view("sign-in-tests-stale", Step::SignInTests).await?;
    Ok(studio.views())
}

/// Creates views of a sign-in that was configured by hand. Its audience is wrong, and nOps has the
/// certificate of another application.
pub async fn repair() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    let repair = SetupAction::Create {
        name: "Example Corp".to_owned(),
        world: SetupKind::Practice,
        repair: true,
        aws_role: true,
        nops_role: true,
    };
    studio.rig.act(repair).await?;
    connect(&studio.rig).await?;
    copy_nops_addresses(&studio.rig).await?;
    let fetched = Field::IdpMetadataFetched;
    studio.rig.wait_until("its metadata", |view| view.facts.contains_key(&fetched)).await?;
    let person = studio.rig.person()?;
    let draft = person.existing_application("nOps")?;
    map_attributes_in_aws(&studio.rig, &draft).await?;
    choose_tester(&studio.rig, TESTER).await?;
    let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
    person.edit(&draft.id, "nOps", &nops.acs, &nops.link)?;
    dry_run(&studio.rig, &draft).await?;
    let wiki = person.application("Team wiki")?;
    studio.rig.enter(Field::NopsX509, &person.certificate(&wiki)?).await?;
    studio.record_view("repair-differs", Step::Start).await?;
    Ok(studio.views())
}

/// Completes everything before the dry run, so that all values are entered and the tester is
/// assigned.
pub async fn complete_until_dry_run(studio: &ViewRecorder) -> Result<ApplicationDraft> {
    prepare_dry_run(&studio.rig).await
}

/// Creates the first view of a practiced repair: the user has copied what both pages show.
pub async fn practiced_repair() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    let repair = SetupAction::Create {
        name: "Practice repair".to_owned(),
        world: SetupKind::Practice,
        repair: true,
        aws_role: true,
        nops_role: true,
    };
    studio.rig.act(repair).await?;
    let person = studio.rig.person_without_portal()?;
    let application = person.application("nOps")?;
    for page in [person.application_page(&application)?, person.sso_page()?] {
        let text = Secret::new(page.copied_text());
        studio.rig.act(StepAction::Paste { text, html: None }).await?;
    }
    studio.record_view("repair-practice", Step::Start).await?;
    Ok(studio.views())
}

async fn tell(
    studio: &ViewRecorder,
    test: Field,
    result: SignInTestResult,
    error: Option<&str>,
) -> Result<()> {
    let error = error.map(|text| Secret::new(text.to_owned()));
    Ok(studio.rig.act(SignInTestAction::SignInTest { test, result, error }).await?)
}
