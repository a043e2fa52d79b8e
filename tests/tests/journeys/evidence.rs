//! A result counts only if it's newer than all values that it depends on.

use acceptance::{
    Result, ensure,
    harness::Harness,
    person::{ApplicationDraft, ScriptedPerson},
    steps::{self, TESTER},
};
use jiff::{SignedDuration, Timestamp};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{ConnectionAction, DryRunAction, ValueAction},
};
use setup::{CopyableValue, Field, Step, enforcement::ConditionState};

struct EvidenceScene {
    rig: Harness,
    person: ScriptedPerson,
    draft: ApplicationDraft,
}

impl EvidenceScene {
    async fn start() -> Result<Self> {
        let rig = Harness::start(Switches::default()).await?;
        let draft = steps::prepare_dry_run(&rig).await?;
        let person = rig.person()?;
        person.sign_in(TESTER)?;
        Ok(Self { rig, person, draft })
    }

    /// Returns a response that AWS issued two minutes ago.
    fn earlier_response(&self) -> Result<String> {
        self.rig.set_clock_of_practice(SignedDuration::from_mins(-2));
        let response = self.person.copy_xml(&self.draft.id)?;
        self.rig.set_clock_of_practice(SignedDuration::ZERO);
        Ok(response)
    }

    /// Pastes a result. Returns the codes of its findings and the state of the dry run condition.
    async fn paste(&self, text: &str) -> Result<(Vec<String>, Option<ConditionState>)> {
        let response = Secret::new(text.to_owned());
        self.rig.act(DryRunAction::DryRun { response }).await?;
        Ok(self.dry_run())
    }

    /// Returns the codes of the dry run's findings and the state of its condition.
    fn dry_run(&self) -> (Vec<String>, Option<ConditionState>) {
        let view = self.rig.setup();
        let codes = view.findings.into_iter().filter(|finding| finding.step == Step::DryRun);
        let condition = view.enforcement.conditions.into_iter().find(|one| one.name == "dry_run");
        (codes.map(|one| one.code).collect(), condition.map(|one| one.state))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn response_older_than_a_change_is_refused() -> Result<()> {
    let scene = EvidenceScene::start().await?;
    let response = scene.earlier_response()?;
    let (codes, state) = scene.paste(&response).await?;
    ensure(codes == ["dry_run_older"] && state == Some(ConditionState::Missing), || {
        format!("{codes:?} {state:?}")
    })?;
    let (codes, state) = scene.paste(&scene.person.copy_xml(&scene.draft.id)?).await?;
    ensure(codes.is_empty() && state == Some(ConditionState::Met), || {
        format!("{codes:?} {state:?}")
    })
}

/// The tolerance for an unknown clock is for results that arrive later. A response that was pasted
/// before a change is older, whatever AWS's clock says.
#[tokio::test(flavor = "multi_thread")]
async fn pasted_response_is_older_than_a_later_change() -> Result<()> {
    let scene = EvidenceScene::start().await?;
    let (_, state) = scene.paste(&scene.person.copy_xml(&scene.draft.id)?).await?;
    assert_eq!(state, Some(ConditionState::Met));
    scene.rig.act(ConnectionAction::Disconnect).await?;
    scene.rig.set_clock(SignedDuration::from_mins(1));
    let address = scene.rig.fact(Field::SpAcsUrl).ok_or("no ACS address")?;
    for value in [address.replace("app.nops.io", "test.nops.io"), address] {
        scene.rig.enter(Field::SpAcsUrl, &value).await?;
        let (codes, state) = scene.dry_run();
        ensure(
            !codes.contains(&"dry_run_tolerated".to_owned())
                && state == Some(ConditionState::Stale),
            || format!("{value}: {codes:?} {state:?}"),
        )?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn shared_result_keeps_its_own_time() -> Result<()> {
    let scene = EvidenceScene::start().await?;
    scene.paste(&scene.person.copy_xml(&scene.draft.id)?).await?;
    let told = scene.rig.wizard.text(CopyableValue::Verdict).await?;
    let line = told.lines().last().unwrap_or_default();
    let mut words: Vec<&str> = line.split(' ').collect();
    let (codes, state) = scene.paste(line).await?;
    ensure(codes.is_empty() && state == Some(ConditionState::Declared), || {
        format!("{codes:?} {state:?}")
    })?;
    words[3] = "2026-01-01T00:00:00Z";
    scene.rig.act(ValueAction::Clear { field: Field::DryRun }).await?;
    let (codes, state) = scene.paste(&words.join(" ")).await?;
    ensure(codes == ["dry_run_older"] && state == Some(ConditionState::Missing), || {
        format!("{codes:?} {state:?}")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn shared_result_has_the_time_of_the_response() -> Result<()> {
    let scene = EvidenceScene::start().await?;
    let before = Timestamp::now();
    scene.paste(&scene.earlier_response()?).await?;
    let told = scene.rig.wizard.text(CopyableValue::Verdict).await?;
    let time = told.lines().last().and_then(|line| line.split(' ').nth(3));
    let time: Timestamp = time.ok_or("the line has no time")?.parse()?;
    assert!(time < before - SignedDuration::from_mins(1), "{told}");
    Ok(())
}

/// A result covers only the values that were checked, so it no longer counts after a value changes.
#[tokio::test(flavor = "multi_thread")]
async fn shared_result_covers_mappings_subject_and_application() -> Result<()> {
    let scene = EvidenceScene::start().await?;
    scene.paste(&scene.person.copy_xml(&scene.draft.id)?).await?;
    let told = scene.rig.wizard.text(CopyableValue::Verdict).await?;
    for (field, value) in [
        (Field::SubjectMapping, "${user:subject}"),
        (Field::AttributeMappings, "Subject\t${user:subject}\temailAddress"),
        (
            Field::ApplicationArn,
            "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-fedcba9876543210",
        ),
    ] {
        let before = scene.rig.fact(field);
        enter(&scene.rig, field, value).await?;
        let (codes, state) = scene.paste(&told).await?;
        ensure(
            codes.contains(&"dry_run_of_other_values".to_owned())
                && state != Some(ConditionState::Declared),
            || format!("{field:?}: {codes:?} {state:?}"),
        )?;
        match before {
            Some(before) => enter(&scene.rig, field, &before).await?,
            None => scene.rig.act(ValueAction::Clear { field }).await?,
        }
    }
    Ok(())
}

/// Enters a value. Another application replaces the known application only if the user confirms it.
async fn enter(rig: &Harness, field: Field, value: &str) -> Result<()> {
    match field {
        Field::ApplicationArn => {
            let value = value.to_owned();
            Ok(rig.act(ValueAction::ReplaceApplication { value }).await?)
        }
        _ => rig.enter(field, value).await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_checks_keep_fact_times() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    steps::connect(&rig).await?;
    steps::copy_nops_addresses(&rig).await?;
    steps::add_application(&rig).await?;
    let before = rig.setup().facts;
    rig.set_clock(SignedDuration::from_mins(1));
    rig.act(ConnectionAction::Look).await?;
    let after = rig.wait_until("the second look", |view| view.job.is_none()).await?.facts;
    for (field, fact) in &before {
        let now = after.get(field).map(|fact| (&fact.value, &fact.at));
        ensure(now == Some((&fact.value, &fact.at)), || format!("{field:?}: {fact:?} {now:?}"))?;
    }
    Ok(())
}
