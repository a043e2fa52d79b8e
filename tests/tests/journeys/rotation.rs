//! Replacing the certificate of a finished setup: in the planned order, interrupted, with mistakes,
//! and back.

use acceptance::{
    Result, ensure,
    person::ScriptedPerson,
    steps::{TESTER, dry_run, remaining_tasks, verdict},
};
use jiff::SignedDuration;
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{
        ApplicationAction, DryRunAction, RotationAction, SetupAction, SignInTestAction, ValueAction,
    },
    view::{CardRotation, ConnectionState, Rotation, RowVerdict, SetupView, SignInTestResult},
};
use setup::{
    CopyableValue, Field, Fix, Step,
    rotation::{
        BackStep, RotationReason, RotationStage, RotationTask, SignInRepair, SignInState, TaskState,
    },
};

use crate::finished_setup::FinishedSetup;

/// A rotation of a finished setup's certificate.
struct Rotating(FinishedSetup);

impl Rotating {
    /// Starts the rotation a day after the setup was finished, so that the certificates have
    /// different dates.
    async fn start(switches: Switches) -> Result<Self> {
        let setup = FinishedSetup::start_with(switches).await?;
        let day = SignedDuration::from_hours(24);
        setup.rig.set_clock(day);
        setup.rig.set_clock_of_practice(day);
        setup.rig.act(RotationAction::StartRotation).await?;
        Ok(Self(setup))
    }

    fn view(&self) -> SetupView {
        self.0.rig.setup()
    }

    fn state(&self) -> Rotation {
        self.view().rotation.state
    }

    fn person(&self) -> Result<ScriptedPerson> {
        Ok(self.0.rig.person()?.in_private_window())
    }

    async fn wait_for(&self, next: Option<RotationTask>) -> Result<Rotation> {
        let view = self
            .0
            .rig
            .wait_until(&format!("{next:?}"), |view| view.rotation.state.next == next)
            .await
            .map_err(|problem| format!("{problem} {:#?}", self.state().tasks))?;
        Ok(view.rotation.state)
    }

    /// Generates the new certificate in AWS, and waits until AWS's metadata shows it.
    async fn generate(&self) -> Result<()> {
        self.wait_for(Some(RotationTask::Generate)).await?;
        self.0.change_certificate("generate")?;
        self.0.rig.act(ApplicationAction::FetchMetadata).await?;
        self.wait_for(Some(RotationTask::Plan)).await?;
        Ok(())
    }

    async fn confirm(&self, task: RotationTask) -> Result<()> {
        Ok(self.0.rig.act(RotationAction::ConfirmTask { task }).await?)
    }

    async fn go_back(&self, step: BackStep) -> Result<()> {
        Ok(self.0.rig.act(RotationAction::GoBack { step }).await?)
    }

    async fn plan(&self) -> Result<()> {
        self.0.rig.declare(Field::GapAdminSignedIn, "true").await?;
        self.0.rig.declare(Field::GapRecoveryReady, "true").await
    }

    /// Returns the certificate that the rotation's copy button copies.
    async fn copied(&self) -> Result<String> {
        let step = self.view().steps.into_iter().find(|step| step.step == Step::Finish);
        let transfers = step.ok_or("no step 10")?.transfers;
        let mut transfers = transfers.into_iter();
        let transfer =
            transfers.find(|one| one.to_label == "field-nops_x509" && one.value.is_some());
        let transfer = transfer.ok_or("nothing to copy")?;
        Ok(self.0.rig.wizard.text(transfer.copy).await?)
    }

    /// Saves this certificate in nOps, with the other values unchanged.
    async fn save_in_nops(&self, certificate: &str) -> Result<()> {
        let value = |field| self.0.rig.wizard.text(CopyableValue::Value { field });
        let issuer = value(Field::IdpEntityId).await?;
        let endpoint = value(Field::IdpSsoUrl).await?;
        self.0.rig.person()?.set_up_sso(&issuer, &endpoint, certificate, "client-member")
    }

    /// Returns whether the tester can sign in from the AWS access portal.
    fn can_sign_in(&self) -> Result<bool> {
        let person = self.person()?;
        person.sign_in(TESTER)?;
        Ok(person.tile(&self.0.draft.id)?.is_signed_in())
    }

    async fn test_from_portal(&self) -> Result<bool> {
        let can_sign_in = self.can_sign_in()?;
        self.answer(Field::TestFromPortal, can_sign_in, None).await?;
        Ok(can_sign_in)
    }

    async fn answer(&self, test: Field, passed: bool, error: Option<&str>) -> Result<()> {
        let result = if passed { SignInTestResult::Passed } else { SignInTestResult::Failed };
        let error = error.map(|error| Secret::new(error.to_owned()));
        Ok(self.0.rig.act(SignInTestAction::SignInTest { test, result, error }).await?)
    }

    /// Does everything up to the activation in AWS.
    async fn switch(&self) -> Result<()> {
        self.generate().await?;
        let new = self.copied().await?;
        self.confirm(RotationTask::Copy).await?;
        self.plan().await?;
        self.save_in_nops(&new).await?;
        self.confirm(RotationTask::Save).await?;
        self.0.change_certificate("activate")?;
        self.confirm(RotationTask::Activate).await
    }

    /// Downloads a certificate from *Manage certificate*. Number 0 is the active one.
    fn downloaded(&self, number: u32) -> Result<String> {
        let page = format!("applications/{}/certificate.pem?number={number}", self.0.draft.id);
        let person = self.0.rig.person()?;
        Ok(person.open(&person.console(&page))?.body)
    }

    fn problem(&self, task: RotationTask) -> Option<String> {
        let tasks = self.state().tasks.into_iter();
        tasks.filter(|one| one.task == task).find_map(|one| one.problem)
    }

    fn sign_in(&self) -> (SignInState, Vec<SignInRepair>) {
        let state = self.state();
        (state.sign_in, state.repairs)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn certificate_is_replaced_with_a_short_gap() -> Result<()> {
    let rotation = Rotating::start(Switches::default()).await?;
    let codes = rotation.0.rig.codes();
    rotation.generate().await?;
    let new = rotation.copied().await?;
    ensure(rotation.can_sign_in()?, || "generating a certificate changes nothing".to_owned())?;
    assert_eq!(
        rotation.view().rotation.suggested_time.map(|at| at[10..].to_owned()).as_deref(),
        Some("T19:00:00Z")
    );
    let suggested = rotation.view().rotation.suggested_time.ok_or("no time is suggested")?;
    rotation.0.rig.declare(Field::GapPlannedAt, &suggested).await?;
    assert_eq!(rotation.view().rotation.planned_time, Some(suggested));
    rotation.plan().await?;
    rotation.wait_for(Some(RotationTask::Copy)).await?;
    rotation.confirm(RotationTask::Copy).await?;
    rotation.wait_for(Some(RotationTask::Save)).await?;

    rotation.save_in_nops(&new).await?;
    rotation.confirm(RotationTask::Save).await?;
    rotation.wait_for(Some(RotationTask::Activate)).await?;
    ensure(!rotation.can_sign_in()?, || "the gap".to_owned())?;
    let repairs = vec![SignInRepair::ActivateNew, SignInRepair::SaveOld];
    assert_eq!(rotation.sign_in(), (SignInState::Broken, repairs));

    rotation.0.change_certificate("activate")?;
    rotation.confirm(RotationTask::Activate).await?;
    rotation.wait_for(Some(RotationTask::DryRun)).await?;
    assert_eq!(rotation.sign_in(), (SignInState::Matches, vec![]));
    let view = dry_run(&rotation.0.rig, &rotation.0.draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Pass), "{:#?}", view.dry_run);
    rotation.wait_for(Some(RotationTask::SignInTest)).await?;
    ensure(rotation.test_from_portal().await?, || "the tester signs in".to_owned())?;
    rotation.wait_for(Some(RotationTask::Delete)).await?;
    rotation.0.change_certificate("delete")?;
    rotation.0.rig.act(ApplicationAction::FetchMetadata).await?;
    let state = rotation.wait_for(None).await?;
    assert_eq!(state.stage, RotationStage::Done);
    assert!(state.tasks.iter().all(|task| task.state == TaskState::Done), "{state:#?}");
    assert!(rotation.can_sign_in()?);

    // The other sign-in test is older than the new certificate, so it has to be repeated.
    let view = rotation.view();
    assert!(!view.enforcement.open, "{:#?}", view.enforcement);
    assert_eq!(remaining_tasks(&view, Step::SignInTests), ["test_from_nops"]);
    let link = rotation.0.rig.fact(Field::SpLoginUrl).ok_or("no Shareable Link")?;
    let page = rotation.person()?.link(&link, TESTER)?;
    rotation.answer(Field::TestFromNops, page.is_signed_in(), None).await?;
    let view = rotation.view();
    assert!(view.enforcement.open, "{:#?}", view.enforcement);
    assert_eq!(rotation.0.rig.codes(), codes, "the rotation leaves no problems");
    let report = rotation.0.rig.report().await?;
    let tasks = report["rotation"]["tasks"].as_array().ok_or("no tasks")?;
    assert_eq!(tasks.len(), RotationTask::ALL.len());
    assert!(tasks.iter().all(|task| task["state"] == "done"), "{tasks:#?}");
    assert_eq!(report["rotation"]["new"]["sha256"], state.new.ok_or("no certificate")?.sha256);
    ensure(report["rotation"]["finished"].is_string(), || format!("{report:#}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_rotation_continues_after_restart() -> Result<()> {
    let rotation = Rotating::start(Switches::default()).await?;
    rotation.generate().await?;
    let new = rotation.copied().await?;
    rotation.plan().await?;
    rotation.confirm(RotationTask::Copy).await?;
    rotation.wait_for(Some(RotationTask::Save)).await?;
    // Later, the form might have been reloaded.
    rotation.0.rig.act(RotationAction::LeaveRotation).await?;
    rotation.0.rig.act(RotationAction::StartRotation).await?;
    rotation.wait_for(Some(RotationTask::Plan)).await?;
    rotation.confirm(RotationTask::Copy).await?;
    rotation.plan().await?;
    rotation.save_in_nops(&new).await?;
    rotation.confirm(RotationTask::Save).await?;
    let before = rotation.wait_for(Some(RotationTask::Activate)).await?;
    let FinishedSetup { rig, draft } = rotation.0;
    let id = rig.setup().id;
    let rig = rig.restart().await?;
    rig.wait_until("the connection", |view| view.connection.state == ConnectionState::Connected)
        .await?;
    let day = SignedDuration::from_hours(24);
    rig.set_clock(day);
    rig.set_clock_of_practice(day);
    let rotation = Rotating(FinishedSetup { rig, draft });
    assert!(rotation.view().rotation.is_shown);
    let after = rotation.wait_for(Some(RotationTask::Activate)).await?;
    assert_eq!((after.tasks, after.sign_in), (before.tasks, before.sign_in));

    // The list of setups names the next task, and leads to it.
    rotation.0.rig.act(SetupAction::Close).await?;
    let card = rotation.0.rig.view().setups[0].rotation.clone();
    assert_eq!(card, Some(CardRotation::UnderWay { next: RotationTask::Activate, planned: None }));
    rotation.0.rig.act(SetupAction::Resume { id }).await?;
    rotation.0.rig.act(RotationAction::LeaveRotation).await?;
    assert!(!rotation.view().rotation.is_shown);
    rotation.0.rig.act(RotationAction::StartRotation).await?;
    assert!(rotation.view().rotation.is_shown);
    rotation.wait_for(Some(RotationTask::Activate)).await?;
    rotation.0.change_certificate("activate")?;
    rotation.confirm(RotationTask::Activate).await?;
    ensure(rotation.can_sign_in()?, || "AWS and nOps use the new certificate".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_certificate_in_nops_is_found() -> Result<()> {
    let rotation = Rotating::start(Switches::default()).await?;
    let old = rotation.0.rig.wizard.text(CopyableValue::CertificatePem).await?;
    rotation.generate().await?;
    // The form shows the old certificate, because the clipboard still had it.
    rotation.0.rig.enter(Field::NopsX509, &old).await?;
    assert_eq!(rotation.problem(RotationTask::Copy).as_deref(), Some("form_has_old"));
    rotation.0.rig.act(ValueAction::Clear { field: Field::NopsX509 }).await?;
    // Without pasting back, the mistake shows only in the sign-in test.
    rotation.confirm(RotationTask::Copy).await?;
    rotation.plan().await?;
    rotation.save_in_nops(&old).await?;
    rotation.confirm(RotationTask::Save).await?;
    rotation.0.change_certificate("activate")?;
    rotation.confirm(RotationTask::Activate).await?;
    let view = dry_run(&rotation.0.rig, &rotation.0.draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Pass), "AWS's side is right");
    let person = rotation.person()?;
    person.sign_in(TESTER)?;
    let page = person.tile(&rotation.0.draft.id)?;
    assert!(!page.is_signed_in());
    rotation.answer(Field::TestFromPortal, false, Some(&page.body)).await?;
    assert_eq!(rotation.problem(RotationTask::SignInTest).as_deref(), Some("test_failed"));
    let repairs = vec![SignInRepair::SaveNew, SignInRepair::ActivateOld, SignInRepair::SaveOld];
    assert_eq!(rotation.sign_in(), (SignInState::TestFailed, repairs));
    ensure(rotation.0.rig.codes().iter().any(|code| code.starts_with("shown_")), || {
        format!("the error isn't explained: {:?}", rotation.0.rig.codes())
    })?;
    let new = rotation.copied().await?;
    rotation.save_in_nops(&new).await?;
    ensure(rotation.test_from_portal().await?, || "nOps has the right one now".to_owned())?;
    rotation.wait_for(Some(RotationTask::Delete)).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rotation_can_go_back() -> Result<()> {
    let rotation = Rotating::start(Switches::default()).await?;
    let old = rotation.0.rig.wizard.text(CopyableValue::CertificatePem).await?;
    rotation.switch().await?;
    ensure(rotation.can_sign_in()?, || "with the new certificate".to_owned())?;
    let steps = [BackStep::ActivateOld, BackStep::SaveOld, BackStep::DeleteNew];
    assert_eq!(rotation.state().way_back.steps, steps);
    rotation.0.change_certificate("activate")?;
    rotation.go_back(BackStep::ActivateOld).await?;
    assert_eq!(rotation.sign_in().0, SignInState::Broken);
    rotation.save_in_nops(&old).await?;
    rotation.go_back(BackStep::SaveOld).await?;
    assert_eq!(rotation.sign_in().0, SignInState::Matches);
    ensure(rotation.can_sign_in()?, || "with the old certificate".to_owned())?;
    rotation.0.change_certificate("delete")?;
    rotation.0.rig.act(ApplicationAction::FetchMetadata).await?;
    rotation.wait_for(Some(RotationTask::Generate)).await?;
    assert!(rotation.state().way_back.is_at_start);
    rotation.0.rig.act(RotationAction::CancelRotation).await?;
    let view = rotation.view();
    assert_eq!(view.rotation.state.stage, RotationStage::NotStarted);
    assert_eq!(remaining_tasks(&view, Step::SignInTests), ["test_from_portal", "test_from_nops"]);
    Ok(())
}

/// Someone activated the new certificate before nOps had it.
#[tokio::test(flavor = "multi_thread")]
async fn early_activation_is_reported_with_the_quickest_repair() -> Result<()> {
    let rotation = Rotating::start(Switches::default()).await?;
    rotation.generate().await?;
    rotation.0.change_certificate("activate")?;
    ensure(!rotation.can_sign_in()?, || "nOps has the old certificate".to_owned())?;
    // The response shows what AWS signs with.
    let person = rotation.0.rig.person()?;
    person.sign_in(TESTER)?;
    let response = Secret::new(person.copy_xml(&rotation.0.draft.id)?);
    rotation.0.rig.act(DryRunAction::DryRun { response }).await?;
    let repairs = vec![SignInRepair::ActivateOld, SignInRepair::SaveNew];
    assert_eq!(rotation.sign_in(), (SignInState::Broken, repairs));
    let new = rotation.copied().await?;
    rotation.save_in_nops(&new).await?;
    rotation.confirm(RotationTask::Save).await?;
    assert_eq!(rotation.sign_in().0, SignInState::Matches);
    ensure(rotation.can_sign_in()?, || "nOps has the new certificate".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn old_certificate_deleted_too_early_has_no_way_back() -> Result<()> {
    let rotation = Rotating::start(Switches::default()).await?;
    rotation.generate().await?;
    rotation.0.change_certificate("activate")?;
    rotation.0.change_certificate("delete")?;
    rotation.0.rig.act(ApplicationAction::FetchMetadata).await?;
    let broken = (SignInState::Broken, vec![SignInRepair::SaveNew]);
    rotation
        .0
        .rig
        .wait_until("the deletion", |view| view.rotation.state.sign_in == SignInState::Broken)
        .await?;
    assert_eq!(rotation.sign_in(), broken);
    let back = rotation.state().way_back;
    assert_eq!((back.steps, back.problem.as_deref()), (vec![], Some("old_deleted")));
    let mut findings = rotation.view().findings.into_iter();
    let finding = findings.find(|one| one.code == "nops_certificate_replaced");
    assert_eq!(finding.and_then(|one| one.fix), Some(Fix::Rotate));
    let new = rotation.copied().await?;
    rotation.save_in_nops(&new).await?;
    rotation.confirm(RotationTask::Save).await?;
    assert!(rotation.can_sign_in()?);
    rotation.wait_for(Some(RotationTask::DryRun)).await?;
    Ok(())
}

/// AWS's metadata might list only the active certificate. Then the user downloads the new one.
#[tokio::test(flavor = "multi_thread")]
async fn new_certificate_can_be_downloaded() -> Result<()> {
    let switches = Switches { active_certificate_only: true, ..Switches::default() };
    let rotation = Rotating::start(switches).await?;
    rotation.wait_for(Some(RotationTask::Generate)).await?;
    rotation.0.change_certificate("generate")?;
    rotation.0.rig.import("old.pem", rotation.downloaded(0)?).await?;
    assert_eq!(rotation.problem(RotationTask::Generate).as_deref(), Some("same_as_old"));
    rotation.0.rig.import("new.pem", rotation.downloaded(1)?).await?;
    rotation.wait_for(Some(RotationTask::Compare)).await?;
    let details = rotation.0.rig.wizard.text(CopyableValue::SupportDetails).await?;
    let contradicted = details.lines().find(|line| line.starts_with("Assumptions contradicted"));
    ensure(contradicted.is_some_and(|line| line.contains("inactive_certificate_listed")), || {
        details.clone()
    })?;
    rotation.confirm(RotationTask::Compare).await?;
    let new = rotation.copied().await?;
    assert_eq!(new, rotation.downloaded(1)?);
    rotation.confirm(RotationTask::Copy).await?;
    rotation.plan().await?;
    rotation.save_in_nops(&new).await?;
    rotation.confirm(RotationTask::Save).await?;
    rotation.0.change_certificate("activate")?;
    rotation.confirm(RotationTask::Activate).await?;
    let view = dry_run(&rotation.0.rig, &rotation.0.draft).await?;
    assert_eq!(verdict(&view), Some(RowVerdict::Pass), "{:#?}", view.dry_run);
    ensure(rotation.test_from_portal().await?, || "the tester signs in".to_owned())?;
    rotation.wait_for(Some(RotationTask::Delete)).await?;
    rotation.0.change_certificate("delete")?;
    rotation.confirm(RotationTask::Delete).await?;
    assert_eq!(rotation.wait_for(None).await?.stage, RotationStage::Done);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_to_rotate_are_shown() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let reason = || setup.rig.setup().rotation.state.reason;
    assert_eq!(reason(), None);
    setup.rig.set_clock(SignedDuration::from_hours(24 * (365 * 5 - 29)));
    setup.check().await?;
    ensure(matches!(reason(), Some(RotationReason::ExpiresSoon { .. })), || {
        format!("{:?}", reason())
    })?;
    let fixes = setup.rig.setup().findings.into_iter();
    let mut fixes = fixes.filter(|one| one.code == "certificate_expires_soon");
    assert_eq!(fixes.next().and_then(|one| one.fix), Some(Fix::Rotate));
    setup.rig.set_clock(SignedDuration::ZERO);
    // The check finds the second certificate, without changing the setup.
    setup.change_certificate("generate")?;
    setup.check().await?;
    assert_eq!(reason(), Some(RotationReason::SecondCertificate));
    let id = setup.rig.setup().id;
    setup.rig.act(SetupAction::Close).await?;
    let card = setup.rig.view().setups[0].rotation.clone();
    assert_eq!(card, Some(CardRotation::Due { reason: RotationReason::SecondCertificate }));
    setup.rig.act(SetupAction::Resume { id }).await?;
    setup.rig.act(RotationAction::StartRotation).await?;
    let rotation = Rotating(setup);
    rotation.wait_for(Some(RotationTask::Plan)).await?;
    Ok(())
}
