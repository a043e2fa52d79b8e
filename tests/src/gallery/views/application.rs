//! Step 4: waiting for the application, choosing one of several applications, or entering values by
//! hand.

use std::fs;

use session::{
    action::{ApplicationAction, ConnectionAction, ValueAction},
    view::WatchState,
};
use setup::{Field, Step};

use super::{Views, studio::ViewRecorder};
use crate::{
    Result,
    person::{Addresses, ApplicationDraft, ScriptedPerson},
    steps::{connect, copy_nops_addresses},
};

/// Creates views of waiting for the application, choosing one of several, using files of another
/// application, and entering values by hand.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    connect(&studio.rig).await?;
    copy_nops_addresses(&studio.rig).await?;
    for (name, step) in [
        ("mappings-locked", Step::Mappings),
        ("dry-run-locked", Step::DryRun),
        ("details-locked", Step::Details),
        ("people-locked", Step::People),
    ] {
        studio.record_view(name, step).await?;
    }

    let rig = &studio.rig;
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    rig.wait_until("an answer", |view| view.watch.asked.is_some()).await?;
    studio.record_view("application-waiting", Step::Application).await?;
    studio.rig.act(ApplicationAction::StopWatching).await?;

    let person = studio.rig.person()?;
    let wiki = other_application(&person)?;
    let folder = tempfile::tempdir()?;
    let certificate = folder.path().join("nOps_certificate.pem");
    fs::write(&certificate, person.certificate(&wiki.id)?)?;
    let metadata = folder.path().join("metadata.xml");
    fs::write(&metadata, person.metadata_file(&wiki.id)?)?;
    studio.rig.wizard.import_all(vec![certificate.clone(), metadata]).await?;
    studio.record_view("application-which", Step::Application).await?;
    studio.rig.act(ValueAction::ChooseNone).await?;

    let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
    let draft = submit(&person, "nOps", &nops)?;
    submit(&person, "nOps test", &nops)?;
    studio.rig.act(ApplicationAction::Watch).await?;
    studio.rig.act(ApplicationAction::AskNow).await?;
    studio.rig.wait_until("both", |view| view.watch.state == WatchState::Several).await?;
    studio.record_view("application-several", Step::Application).await?;
    let arn = studio
        .rig
        .setup()
        .candidates
        .into_iter()
        .find(|one| one.arn.ends_with(&draft.id))
        .ok_or("the application is not listed")?
        .arn;
    studio.rig.act(ApplicationAction::ChooseApplication { arn }).await?;
    studio
        .rig
        .wait_until("its metadata", |view| view.facts.contains_key(&Field::IdpMetadataFetched))
        .await?;
    studio.rig.wizard.import(certificate).await?;
    studio.record_view("application-error", Step::Application).await?;

    studio.rig.create("Example Corp").await?;
    let rig = &studio.rig;
    rig.act(ConnectionAction::ByHand).await?;
    rig.enter(Field::AccessPortalUrl, "https://d-9067f0a1b2.awsapps.com/start").await?;
    rig.declare(Field::IdentitySource, "directory").await?;
    rig.declare(Field::AdminSignedIn, "true").await?;
    rig.declare(Field::AdminPassword, "true").await?;
    rig.enter(Field::RecoveryAdministrator, "ops@example.net").await?;
    rig.enter(Field::SpAcsUrl, &nops.acs).await?;
    rig.enter(Field::SpEntityId, &nops.entity_id).await?;
    rig.enter(Field::SpLoginUrl, &nops.link).await?;
    rig.go_to_step(Step::Application).await?;
    studio.record_view("application-by-hand", Step::Application).await?;
    Ok(studio.views())
}

/// Adds an application that isn't for nOps.
fn other_application(person: &ScriptedPerson) -> Result<ApplicationDraft> {
    let draft = person.draft()?;
    let (acs, audience) = ("https://wiki.example.com/acs", "https://wiki.example.com");
    person.submit_typed(&draft, "Wiki", acs, audience)?;
    Ok(draft)
}

fn submit(person: &ScriptedPerson, name: &str, nops: &Addresses) -> Result<ApplicationDraft> {
    let draft = person.draft()?;
    person.submit_typed(&draft, name, &nops.acs, &nops.entity_id)?;
    Ok(draft)
}
