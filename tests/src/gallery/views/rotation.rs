//! Replacing the certificate of a finished setup: each task, and a mistake.

use session::action::{ApplicationAction, DryRunAction, RotationAction};
use setup::{CopyableValue, Field, Step, rotation::RotationTask};

use super::{Views, studio::ViewRecorder};
use crate::{
    Result,
    person::ApplicationDraft,
    steps::{dry_run, fill_nops, prepare_dry_run, prepare_enforce, run_sign_in_tests},
};

/// The time after which the rotation starts, in minutes.
const LATER: i64 = 60 * 24 * 30;

/// Creates a view of each task.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    let draft = finish(&studio).await?;
    studio.minutes_later(LATER);
    studio.rig.act(RotationAction::StartRotation).await?;
    wait_for(&studio, Some(RotationTask::Generate)).await?;
    studio.record_view("rotation-generate", Step::Finish).await?;

    generate(&studio, &draft).await?;
    studio.minutes_later(LATER + 5);
    studio.record_view("rotation-plan", Step::Finish).await?;
    studio.rig.declare(Field::GapAdminSignedIn, "true").await?;
    studio.rig.declare(Field::GapRecoveryReady, "true").await?;
    studio.record_view("rotation-copy", Step::Finish).await?;
    confirm(&studio, RotationTask::Copy).await?;
    studio.minutes_later(LATER + 10);
    studio.record_view("rotation-save", Step::Finish).await?;
    save_in_nops(&studio).await?;
    confirm(&studio, RotationTask::Save).await?;
    studio.record_view("rotation-activate", Step::Finish).await?;

    studio.minutes_later(LATER + 12);
    change_certificate(&studio, &draft, "activate")?;
    confirm(&studio, RotationTask::Activate).await?;
    studio.record_view("rotation-dry-run", Step::Finish).await?;
    studio.minutes_later(LATER + 13);
    dry_run(&studio.rig, &draft).await?;
    studio.record_view("rotation-sign-in-test", Step::Finish).await?;
    studio.minutes_later(LATER + 15);
    run_sign_in_tests(&studio.rig, &draft).await?;
    studio.rig.act(RotationAction::StartRotation).await?;
    wait_for(&studio, Some(RotationTask::Delete)).await?;
    studio.record_view("rotation-delete", Step::Finish).await?;
    studio.minutes_later(LATER + 20);
    change_certificate(&studio, &draft, "delete")?;
    studio.rig.act(ApplicationAction::FetchMetadata).await?;
    wait_for(&studio, None).await?;
    studio.record_view("rotation-done", Step::Finish).await?;
    Ok(studio.views())
}

/// Creates views of step 10 shortly before the certificate expires, and of a certificate that was
/// activated too early.
pub async fn mistakes() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    let draft = finish(&studio).await?;
    studio.minutes_later(60 * 24 * (365 * 5 - 60));
    // Handling any action renews the view.
    studio.rig.go_to_step(Step::Finish).await?;
    studio.record_view("finish-expiring", Step::Finish).await?;
    studio.rig.act(RotationAction::StartRotation).await?;
    generate(&studio, &draft).await?;
    change_certificate(&studio, &draft, "activate")?;
    confirm(&studio, RotationTask::Activate).await?;
    studio.record_view("rotation-too-early", Step::Finish).await?;
    Ok(studio.views())
}

/// Does all steps. The last one is open.
async fn finish(studio: &ViewRecorder) -> Result<ApplicationDraft> {
    let draft = prepare_dry_run(&studio.rig).await?;
    dry_run(&studio.rig, &draft).await?;
    fill_nops(&studio.rig).await?;
    run_sign_in_tests(&studio.rig, &draft).await?;
    prepare_enforce(&studio.rig).await?;
    studio.rig.act(DryRunAction::ForgetResponse).await?;
    studio.rig.declare(Field::PeopleSkipped, "true").await?;
    studio.rig.go_to_step(Step::Finish).await?;
    Ok(draft)
}

async fn generate(studio: &ViewRecorder, draft: &ApplicationDraft) -> Result<()> {
    change_certificate(studio, draft, "generate")?;
    studio.rig.act(ApplicationAction::FetchMetadata).await?;
    wait_for(studio, Some(RotationTask::Plan)).await
}

async fn wait_for(studio: &ViewRecorder, next: Option<RotationTask>) -> Result<()> {
    let wanted = format!("{next:?}");
    studio.rig.wait_until(&wanted, |view| view.rotation.state.next == next).await?;
    Ok(())
}

async fn confirm(studio: &ViewRecorder, task: RotationTask) -> Result<()> {
    Ok(studio.rig.act(RotationAction::ConfirmTask { task }).await?)
}

fn change_certificate(studio: &ViewRecorder, draft: &ApplicationDraft, action: &str) -> Result<()> {
    let person = studio.rig.person()?;
    let page = person.console(&format!("applications/{}/certificates", draft.id));
    person.send(&page, &[("do", action)])?.ensure_no_error("changing the certificates")
}

async fn save_in_nops(studio: &ViewRecorder) -> Result<()> {
    let value = |field| studio.rig.wizard.text(CopyableValue::Value { field });
    let issuer = value(Field::IdpEntityId).await?;
    let endpoint = value(Field::IdpSsoUrl).await?;
    let certificate = studio.rig.wizard.text(CopyableValue::CertificatePem).await?;
    studio.rig.person()?.set_up_sso(&issuer, &endpoint, &certificate, "client-member")
}
