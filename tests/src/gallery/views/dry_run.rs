//! Steps 5 and 6 with wrong values, with unknown values, or without some features.

use session::{
    Secret,
    action::{ConnectionAction, DryRunAction, ValueAction},
};
use setup::{Field, Step};

use super::{Views, journey::to_the_dry_run, studio::Studio};
use crate::{
    Result,
    steps::{TESTER, dry_run, find_tester},
};

/// Creates views of a wrong mapping, a tester who can't sign in, and every result of the dry run
/// except success.
pub async fn views() -> Result<Views> {
    let mut studio = Studio::open().await?;
    let draft = to_the_dry_run(&studio).await?;
    let rows = studio.rig.fact(Field::AttributeMappings).ok_or("no mappings")?;
    let slipped = rows.replace("User.FirstName", "User.Firstname");
    studio.rig.enter(Field::AttributeMappings, &slipped).await?;
    studio.keep("mappings-error", Step::Mappings).await?;
    studio.rig.enter(Field::AttributeMappings, &rows).await?;

    find_tester(&studio.rig, "tortega").await?;
    studio.keep("dry-run-tester-error", Step::DryRun).await?;
    find_tester(&studio.rig, TESTER).await?;

    studio.rig.declare(Field::TesterPassword, "true").await?;
    studio.keep("dry-run-waiting", Step::DryRun).await?;
    studio.rig.declare(Field::DryRunUnsupported, "true").await?;
    studio.keep("dry-run-unsupported", Step::DryRun).await?;
    studio.rig.act(ValueAction::Clear { field: Field::DryRunUnsupported }).await?;

    let person = studio.rig.person()?;
    let nops = person.addresses()?.ok_or("nOps shows no addresses")?;
    person.edit(&draft.id, "nOps", &nops.acs, &nops.link)?;
    dry_run(&studio.rig, &draft).await?;
    studio.keep("dry-run-error", Step::DryRun).await?;
    person.edit(&draft.id, "nOps", &nops.acs, &nops.entity_id)?;
    studio.rig.act(ValueAction::Clear { field: Field::DryRun }).await?;

    person.sign_in(TESTER)?;
    let reformatted = person.copy_xml(&draft.id)?.replace("><", ">\n<");
    studio.rig.act(DryRunAction::DryRun { response: Secret::new(reformatted) }).await?;
    studio.keep("dry-run-unchecked", Step::DryRun).await?;

    dry_run(&studio.rig, &draft).await?;
    studio.rig.act(DryRunAction::ForgetResponse).await?;
    studio.keep("dry-run-kept-result", Step::DryRun).await?;

    studio.rig.act(ValueAction::Clear { field: Field::DryRun }).await?;
    studio.rig.act(ConnectionAction::ByHand).await?;
    studio.rig.act(DryRunAction::ChooseTester { who: TESTER.to_owned() }).await?;
    studio.keep("dry-run-by-hand", Step::DryRun).await?;
    Ok(studio.views())
}
