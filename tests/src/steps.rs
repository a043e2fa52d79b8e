//! The ten steps, carried out as a person would: by copying values between the wizard and practice
//! mode's pages. Each step checks what a user sees if everything is correct.

use session::{
    Document, Secret,
    action::{
        ApplicationAction, ConnectionAction, DryRunAction, NopsCheckAction, PeopleAction,
        SignInTestAction,
    },
    view::{
        ConnectionState, NopsCheckState, PlanView, RowVerdict, SetupView, SignInTestResult,
        WatchState,
    },
};
use setup::{CopyableValue, Field, Step, StepStatus};

use crate::{
    Result, ensure,
    harness::Harness,
    person::{Addresses, ApplicationDraft, ScriptedPerson},
};

/// The tester's user name. All seeded users have a password.
pub const TESTER: &str = "samuel.okafor@example.com";

/// Step 2: connects to practice mode's AWS. The wizard stores its responses as facts.
pub async fn connect(rig: &Harness) -> Result<()> {
    rig.act(ConnectionAction::ConnectPractice).await?;
    let view = rig
        .wait_until("the connection", |view| view.connection.state == ConnectionState::Connected)
        .await?;
    ensure_step_done(&view, Step::Connect)
}

/// Step 3: turns on SSO in nOps, copies the three addresses and names a recovery administrator.
pub async fn copy_nops_addresses(rig: &Harness) -> Result<()> {
    let shown = switch_sso_on(rig).await?.ok_or("nOps shows no addresses")?;
    enter_addresses(rig, &shown).await?;
    ensure_step_done(&rig.setup(), Step::Addresses)
}

/// First half of step 3: prepares for a lockout, turns on SSO in nOps, and looks for the addresses.
pub async fn switch_sso_on(rig: &Harness) -> Result<Option<Addresses>> {
    rig.go_to_step(Step::Addresses).await?;
    rig.declare(Field::AdminSignedIn, "true").await?;
    rig.declare(Field::AdminPassword, "true").await?;
    rig.enter(Field::RecoveryAdministrator, "ops@example.net").await?;
    rig.person()?.enable_sso()
}

/// Second half of step 3: enters the three addresses, one of them with extra text from a clipboard.
pub async fn enter_addresses(rig: &Harness, shown: &Addresses) -> Result<()> {
    rig.enter(Field::SpAcsUrl, &shown.acs).await?;
    rig.enter(Field::SpEntityId, &format!("  {}\n", shown.entity_id)).await?;
    rig.enter(Field::SpLoginUrl, &shown.link).await
}

/// Step 4: adds the application with the generated file. The wizard detects the application and
/// fetches its metadata.
pub async fn add_application(rig: &Harness) -> Result<ApplicationDraft> {
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let draft = rig.person()?.draft()?;
    submit_application(rig, &draft).await?;
    notice_application(rig).await?;
    let view = rig
        .wait_until("its metadata", |view| view.facts.contains_key(&Field::IdpMetadataFetched))
        .await?;
    ensure(view.facts[&Field::IdpEntityId].value == draft.issuer, || {
        format!("{} is not {}", view.facts[&Field::IdpEntityId].value, draft.issuer)
    })?;
    ensure_step_done(&view, Step::Application)?;
    Ok(draft)
}

/// Submits a draft with the name and file that the wizard provides.
pub async fn submit_application(rig: &Harness, draft: &ApplicationDraft) -> Result<()> {
    let field = Field::AwsDisplayName;
    let name = rig.wizard.text(CopyableValue::Value { field }).await?;
    let (_, xml) = rig.wizard.document(Document::SpMetadata).await?;
    let xml = String::from_utf8(xml)?;
    rig.person()?.submit_with_file(draft, &name, "nOps sign-in", &xml)?;
    Ok(())
}

/// Waits until the wizard has detected the application.
pub async fn notice_application(rig: &Harness) -> Result<SetupView> {
    rig.act(ApplicationAction::AskNow).await?;
    rig.wait_until("the application", |view| view.watch.state == WatchState::Found).await
}

/// Step 5: types the rows that the wizard shows, and pastes the table that AWS shows afterward.
pub async fn map_attributes_in_aws(rig: &Harness, draft: &ApplicationDraft) -> Result<()> {
    rig.go_to_step(Step::Mappings).await?;
    let rows = rig.setup().mappings;
    let typed: Vec<_> = rows
        .iter()
        .map(|row| (row.attribute.as_str(), row.value.as_str(), row.format.as_str()))
        .collect();
    rig.person()?.edit_mappings(&draft.id, &typed)?;
    let table: Vec<String> = typed
        .iter()
        .map(|(attribute, value, format)| format!("{attribute}\t{value}\t{format}"))
        .collect();
    rig.enter(Field::AttributeMappings, &table.join("\n")).await?;
    let checked = rig.setup().mappings_checked;
    ensure(checked.len() == 4 && checked.iter().all(|row| row.fits), || format!("{checked:?}"))
}

/// Steps 2 to 5, and the first half of step 6. Returns the application's draft.
pub async fn prepare_dry_run(rig: &Harness) -> Result<ApplicationDraft> {
    connect(rig).await?;
    copy_nops_addresses(rig).await?;
    let draft = add_application(rig).await?;
    map_attributes_in_aws(rig, &draft).await?;
    choose_tester(rig, TESTER).await?;
    Ok(draft)
}

/// First half of step 6: chooses the tester. The wizard looks up the tester and assigns them
/// through the API.
pub async fn choose_tester(rig: &Harness, who: &str) -> Result<()> {
    find_tester(rig, who).await?;
    rig.act(DryRunAction::AssignTester).await?;
    rig.wait_until("the assignment", |view| {
        view.job.is_none()
            && view.tester.as_ref().is_some_and(|tester| tester.assigned == Some(true))
    })
    .await?;
    Ok(())
}

/// Chooses the tester and waits until the wizard has looked up the name.
pub async fn find_tester(rig: &Harness, who: &str) -> Result<SetupView> {
    rig.go_to_step(Step::DryRun).await?;
    rig.act(DryRunAction::ChooseTester { who: who.to_owned() }).await?;
    rig.wait_until("the tester", |view| {
        view.job.is_none() && view.tester.as_ref().is_some_and(|t| t.observed)
    })
    .await
}

/// Second half of step 6: clicks *Copy XML* and pastes the response.
pub async fn dry_run(rig: &Harness, draft: &ApplicationDraft) -> Result<SetupView> {
    let person = rig.person()?;
    person.sign_in(TESTER)?;
    let xml = person.copy_xml(&draft.id)?;
    rig.act(DryRunAction::DryRun { response: Secret::new(xml) }).await?;
    Ok(rig.setup())
}

/// Step 7: copies the three values to nOps and saves them there.
pub async fn fill_nops(rig: &Harness) -> Result<()> {
    rig.go_to_step(Step::Details).await?;
    let value = |field| rig.wizard.text(CopyableValue::Value { field });
    let issuer = value(Field::IdpEntityId).await?;
    let endpoint = value(Field::IdpSsoUrl).await?;
    let certificate = rig.wizard.text(CopyableValue::CertificatePem).await?;
    rig.declare(Field::NopsDefaultRole, "client-member").await?;
    rig.person()?.set_up_sso(&issuer, &endpoint, &certificate, "client-member")?;
    rig.declare(Field::NopsSaved, "true").await
}

/// Steps 3 and 7: lets the wizard request nOps's own addresses, and waits for nOps's response.
pub async fn check_nops(rig: &Harness) -> Result<SetupView> {
    let host = rig.setup().nops_check.host.ok_or("there is no nOps address to ask")?;
    rig.act(NopsCheckAction::CheckNops { host }).await?;
    rig.wait_until("nOps's answer", |view| view.nops_check.state == NopsCheckState::Idle).await
}

/// Step 8: runs both sign-in tests in private windows and confirms the email between them. Returns
/// whether each test succeeded.
pub async fn run_sign_in_tests(rig: &Harness, draft: &ApplicationDraft) -> Result<(bool, bool)> {
    Ok((test_from_portal(rig, draft).await?, test_from_nops(rig).await?))
}

/// First half of step 8: runs the sign-in test from the AWS access portal.
pub async fn test_from_portal(rig: &Harness, draft: &ApplicationDraft) -> Result<bool> {
    rig.go_to_step(Step::SignInTests).await?;
    let tile = open_tile(&rig.person()?, draft)?;
    answer_sign_in_test(rig, Field::TestFromPortal, tile).await?;
    Ok(tile)
}

/// Second half of step 8: runs the sign-in test from nOps.
pub async fn test_from_nops(rig: &Harness) -> Result<bool> {
    rig.go_to_step(Step::SignInTests).await?;
    let link = rig.fact(Field::SpLoginUrl).ok_or("no Shareable Link")?;
    let person = rig.person()?.in_private_window();
    let mut page = person.link(&link, TESTER)?;
    if page.is_waiting_for_confirmation() {
        person.confirm_mail()?;
        page = person.link(&link, TESTER)?;
    }
    answer_sign_in_test(rig, Field::TestFromNops, page.is_signed_in()).await?;
    Ok(page.is_signed_in())
}

/// Step 9: requests a plan and waits until the plan is ready.
pub async fn request_plan(rig: &Harness) -> Result<PlanView> {
    rig.act(PeopleAction::Plan).await?;
    let view =
        rig.wait_until("the plan", |view| view.job.is_none() && view.people.plan.is_some()).await?;
    view.people.plan.ok_or_else(|| "no plan".into())
}

/// Step 10: enters the domain and confirms that the user checked the nOps team.
pub async fn prepare_enforce(rig: &Harness) -> Result<SetupView> {
    rig.enter(Field::NopsDomain, "example.com").await?;
    rig.declare(Field::NopsTeamChecked, "true").await?;
    Ok(rig.setup())
}

pub fn remaining_tasks(view: &SetupView, step: Step) -> Vec<String> {
    view.steps
        .iter()
        .find(|known| known.step == step)
        .map_or_else(Vec::new, |known| known.open.clone())
}

pub fn status(view: &SetupView, step: Step) -> Option<StepStatus> {
    view.steps.iter().find(|known| known.step == step).map(|known| known.status.clone())
}

/// Returns the result of the most recent dry run.
pub fn verdict(view: &SetupView) -> Option<RowVerdict> {
    view.dry_run.as_ref().map(|dry_run| dry_run.verdict)
}

/// Returns an error unless a step is done.
pub fn ensure_step_done(view: &SetupView, step: Step) -> Result<()> {
    ensure(status(view, step) == Some(StepStatus::Done), || {
        format!("{step:?}: {:?}; {:#?}", status(view, step), view.findings)
    })
}

fn open_tile(person: &ScriptedPerson, draft: &ApplicationDraft) -> Result<bool> {
    person.sign_in(TESTER)?;
    let mut page = person.tile(&draft.id)?;
    if page.is_waiting_for_confirmation() {
        person.confirm_mail()?;
        page = person.tile(&draft.id)?;
    }
    Ok(page.is_signed_in())
}

async fn answer_sign_in_test(rig: &Harness, sign_in_test: Field, opened: bool) -> Result<()> {
    let result = if opened { SignInTestResult::Passed } else { SignInTestResult::Failed };
    Ok(rig.act(SignInTestAction::SignInTest { test: sign_in_test, result, error: None }).await?)
}
