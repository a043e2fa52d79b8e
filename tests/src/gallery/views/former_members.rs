//! Step 9, after people have left the company.

use session::{action::PeopleAction, view::PeopleStage};
use setup::Step;

use super::{
    Views,
    people::{add, apply, complete_until_sign_in_tests},
    studio::ViewRecorder,
};
use crate::{Result, steps::request_plan};

const MEMBERS: &str = "tortega,Tomás,Ortega,tomas.ortega@example.com\n\
    samuel.okafor@example.com,Samuel,Okafor,samuel.okafor@example.com\n\
    lena.fischer@example.com,Lena,Fischer,lena.fischer@example.com\n\
    aiko.tanaka@example.com,Aiko,Tanaka,aiko.tanaka@example.com\n\
    ingrid.solberg@example.com,Ingrid,Solberg,ingrid.solberg@example.com\n";

/// The list leaves out two members and the tester, who can be removed only on purpose.
const STILL_HERE: &str = "aiko.tanaka@example.com,Aiko,Tanaka,aiko.tanaka@example.com\n\
    ingrid.solberg@example.com,Ingrid,Solberg,ingrid.solberg@example.com\n\
    tortega,Tomás,Ortega,tomas.ortega@example.com\n";

/// Creates views of a group that is compared with a current list.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    complete_until_sign_in_tests(&studio).await?;
    add(&studio, MEMBERS).await?;
    request_plan(&studio.rig).await?;
    apply(&studio).await?;
    studio.rig.wait_until("the changes", |view| view.people.stage == PeopleStage::Applied).await?;

    studio.rig.act(PeopleAction::StartComparison).await?;
    add(&studio, STILL_HERE).await?;
    let view = studio.rig.wait_until("the comparison", |view| view.job.is_none()).await?;
    studio.record_view("people-left", Step::People).await?;
    let press = "[data-action='remove-former']";
    studio.record_with_press("people-left-confirm", Step::People, press).await?;
    let plan = view.people.comparison.and_then(|found| found.plan).ok_or("no plan")?.id;
    studio.rig.act(PeopleAction::RemoveFormer { plan }).await?;
    studio.rig.wait_until("the removal", |view| view.job.is_none()).await?;
    studio.record_view("people-left-removed", Step::People).await?;
    Ok(studio.views())
}
