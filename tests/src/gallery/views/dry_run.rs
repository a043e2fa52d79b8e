//! Steps 5 and 6 with wrong values, with unknown values, or without some features.

use session::{
    Secret,
    action::{ConnectionAction, DryRunAction, ValueAction},
};
use setup::{Field, Step};

use super::{Views, journey::complete_until_dry_run, studio::ViewRecorder};
use crate::{
    Result,
    steps::{TESTER, dry_run, find_tester},
};

/// Creates views of a wrong mapping, a tester who can't sign in, and every result of the dry run
/// except success.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    let draft = complete_until_dry_run(&studio).await?;
    let rows = studio.rig.fact(Field::AttributeMappings).ok_or("no mappings")?;
    let slipped = rows.replace("User.FirstName", "User.Firstname");
    studio.rig.enter(Field::AttributeMappings, &slipped).await?;
    studio.record_view("mappings-error", Step::Mappings).await?;
    studio.rig.enter(Field::AttributeMappings, &rows).await?;

    find_tester(&studio.rig, "tortega").await?;
    studio.record_view("dry-run-tester-error", Step::DryRun).await?;
    find_tester(&studio.rig, TESTER).await?;

    studio.rig.declare(Field::TesterPassword, "true").await?;
    studio.record_view("dry-run-waiting", Step::DryRun).await?;
    studio.rig.declare(Field::DryRunUnsupported, "true").await?;
    studio.record_view("dry-run-unsupported", Step::DryRun).await?;
    studio.rig.act(ValueAction::Clear { field: Field::DryRunUnsupported }).await?;

    let person = studio.rig.person()?;
    let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
    person.edit(&draft.id, "nOps", &nops.acs, &nops.link)?;
    dry_run(&studio.rig, &draft).await?;
    studio.record_view("dry-run-error", Step::DryRun).await?;
    person.edit(&draft.id, "nOps", &nops.acs, &nops.entity_id)?;
    studio.rig.act(ValueAction::Clear { field: Field::DryRun }).await?;

    person.sign_in(TESTER)?;
    let reformatted = person.copy_xml(&draft.id)?.replace("><", ">\n<");
    studio.rig.act(DryRunAction::DryRun { response: Secret::new(reformatted) }).await?;
    studio.record_view("dry-run-unchecked", Step::DryRun).await?;

    dry_run(&studio.rig, &draft).await?;
    studio.rig.act(DryRunAction::ForgetResponse).await?;
    studio.record_view("dry-run-kept-result", Step::DryRun).await?;

    studio.rig.act(ValueAction::Clear { field: Field::DryRun }).await?;
    studio.rig.act(ConnectionAction::ByHand).await?;
    studio.rig.act(DryRunAction::ChooseTester { who: TESTER.to_owned() }).await?;
    studio.record_view("dry-run-by-hand", Step::DryRun).await?;
    Ok(studio.views())
}
