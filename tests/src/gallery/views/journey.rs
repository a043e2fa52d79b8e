//! The whole setup from the first to the last step: without problems, with problems in nOps, and as
//! a repair.

use session::{
    Document, Secret,
    action::{SetupAction, SignInTestAction},
    view::{SignInTestResult, World},
};
use setup::{Copyable, Field, Step};

use super::{Views, application::other_application, studio::Studio};
use crate::{
    Result,
    person::Draft,
    steps::{
        TESTER, add_application, bring_addresses, choose_tester, connect, dry_run, fill_nops, map,
        prepare_enforce, run_sign_in_tests,
    },
};

/// Creates the main view of every step until both sign-in tests have succeeded.
pub async fn views() -> Result<Views> {
    let mut studio = Studio::open().await?;
    connect(&studio.rig).await?;
    studio.keep("connect-done", Step::Connect).await?;
    studio.keep("addresses-empty", Step::Addresses).await?;
    bring_addresses(&studio.rig).await?;
    studio.keep("addresses-done", Step::Addresses).await?;
    studio.keep("application-ready", Step::Application).await?;
    let draft = add_application(&studio.rig).await?;
    studio.keep("application-done", Step::Application).await?;
    studio.keep("mappings-ready", Step::Mappings).await?;
    studio.keep_pressed("mini-window", Step::Mappings, "[data-action='mini-window']").await?;
    studio.keep("people-early", Step::People).await?;
    map(&studio.rig, &draft).await?;
    studio.keep("mappings-done", Step::Mappings).await?;
    studio.keep("dry-run-empty", Step::DryRun).await?;
    choose_tester(&studio.rig, TESTER).await?;
    studio.keep("dry-run-ready", Step::DryRun).await?;
    dry_run(&studio.rig, &draft).await?;
    studio.keep("dry-run-done", Step::DryRun).await?;
    studio.keep("details-ready", Step::Details).await?;
    studio.keep_pressed("details-copied", Step::Details, "[data-copy='1']").await?;
    studio.keep_pressed("mini-window-nops", Step::Details, "[data-action='mini-window']").await?;
    studio.keep("sign-in-tests-locked", Step::SignInTests).await?;
    fill_nops(&studio.rig).await?;
    studio.keep("details-done", Step::Details).await?;
    studio.keep("sign-in-tests-empty", Step::SignInTests).await?;
    run_sign_in_tests(&studio.rig, &draft).await?;
    studio.keep("sign-in-tests-done", Step::SignInTests).await?;
    studio.rig.go(Step::Finish).await?;
    studio.keep("finish-closed", Step::Finish).await?;
    prepare_enforce(&studio.rig).await?;
    studio.keep("finish-open", Step::Finish).await?;
    studio.rig.declare(Field::PeopleSkipped, "true").await?;
    studio.rig.wizard.saved(Document::ReportHtml { people: false }).await?;
    studio.keep("finish-done", Step::Finish).await?;
    Ok(studio.views())
}

/// Creates views of steps 7 and 8 with values that are incomplete or wrong.
pub async fn variants() -> Result<Views> {
    let mut studio = Studio::open().await?;
    let draft = to_the_dry_run(&studio).await?;
    let rig = &studio.rig;
    dry_run(rig, &draft).await?;
    rig.go(Step::Details).await?;
    rig.declare(Field::NopsDefaultRole, "client-member").await?;
    rig.declare(Field::NopsSsoType, "AWS").await?;
    studio.keep("details-waiting", Step::Details).await?;

    let rig = &studio.rig;
    rig.declare(Field::NopsGroupMapping, "false").await?;
    rig.declare(Field::NopsSaved, "false").await?;
    studio.keep("details-failed", Step::Details).await?;

    let rig = &studio.rig;
    let certificate = rig.wizard.text(Copyable::CertificatePem).await?;
    rig.enter(Field::NopsIssuerUrl, &draft.metadata).await?;
    rig.enter(Field::NopsX509, &certificate).await?;
    rig.declare(Field::NopsDefaultRole, "client-admin").await?;
    rig.declare(Field::NopsSaved, "true").await?;
    studio.keep("details-error", Step::Details).await?;

    let rig = &studio.rig;
    rig.enter(Field::NopsIssuerUrl, &draft.issuer).await?;
    fill_nops(rig).await?;
    rig.go(Step::SignInTests).await?;
    studio.minutes_later(28);
    tell(&studio, Field::TestFromPortal, SignInTestResult::Passed, None).await?;
    studio.keep("sign-in-tests-waiting", Step::SignInTests).await?;

    studio.minutes_later(30);
    let error = "Request nameID format does not match our record";
    tell(&studio, Field::TestFromNops, SignInTestResult::Failed, Some(error)).await?;
    studio.keep("sign-in-tests-error", Step::SignInTests).await?;

    // AWS's values change between the first and the second test.
    studio.minutes_later(40);
    let rows = studio.rig.fact(Field::AttributeMappings).ok_or("no mappings")?;
    let rows: Vec<&str> = rows.lines().rev().collect();
    studio.rig.enter(Field::AttributeMappings, &rows.join("\n")).await?;
    studio.minutes_later(48);
    tell(&studio, Field::TestFromNops, SignInTestResult::Passed, None).await?;
    studio.keep("sign-in-tests-stale", Step::SignInTests).await?;
    Ok(studio.views())
}

/// Creates views of a sign-in that was configured by hand. Its audience is wrong, and nOps has the
/// certificate of another application.
pub async fn repair() -> Result<Views> {
    let mut studio = Studio::open().await?;
    let repair = SetupAction::Create {
        name: "Example Corp".to_owned(),
        world: World::Practice,
        repair: true,
        aws_role: true,
        nops_role: true,
    };
    studio.rig.act(repair).await?;
    let draft = to_the_dry_run(&studio).await?;
    let person = studio.rig.person()?;
    let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
    person.edit(&draft.id, "nOps", &nops.acs, &nops.link)?;
    dry_run(&studio.rig, &draft).await?;
    let wiki = other_application(&person)?;
    studio.rig.enter(Field::NopsX509, &person.certificate(&wiki.id)?).await?;
    studio.keep("repair-differs", Step::Start).await?;
    Ok(studio.views())
}

/// Completes everything before the dry run, so that all values are entered and the tester is
/// assigned.
pub async fn to_the_dry_run(studio: &Studio) -> Result<Draft> {
    let rig = &studio.rig;
    connect(rig).await?;
    bring_addresses(rig).await?;
    let draft = add_application(rig).await?;
    map(rig, &draft).await?;
    choose_tester(rig, TESTER).await?;
    Ok(draft)
}

async fn tell(
    studio: &Studio,
    test: Field,
    result: SignInTestResult,
    error: Option<&str>,
) -> Result<()> {
    let error = error.map(|text| Secret::new(text.to_owned()));
    Ok(studio.rig.act(SignInTestAction::SignInTest { test, result, error }).await?)
}
