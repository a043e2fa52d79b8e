//! Step 9, and the last step after people have been added.

use people::GroupChoice;
use session::{
    action::{ConnectionAction, JobAction, PeopleAction, ValueAction},
    view::{PeopleStage, SetupView, UnreadLine},
};
use setup::{Field, Step};

use super::{
    Views,
    journey::complete_until_dry_run,
    studio::{HeldCalls, ViewRecorder},
};
use crate::{
    Result,
    proxy::Fault,
    steps::{dry_run, fill_nops, request_plan, run_sign_in_tests},
};

const HEADER: &str = "User name,First name,Last name,Email\n";
/// Five users who exist in AWS, of whom three have findings, and three users who don't exist yet.
const PEOPLE: &str = "praman,Priya,Raman,\n\
    tortega,Tomás,Ortega,tomas.ortega@example.com\n\
    marcus@partner.example,Marcus,Lindqvist,marcus@partner.example\n\
    dana.whitfield@example.com,Dana,Whitfield,dana.whitfield@example.com\n\
    samuel.okafor@example.com,Samuel,Okafor,samuel.okafor@example.com\n\
    lena.fischer@example.com,Lena,Fischer,lena.fischer@example.com\n\
    aiko.tanaka@example.com,Aiko,Tanaka,aiko.tanaka@example.com\n\
    ingrid.solberg@example.com,Ingrid,Solberg,ingrid.solberg@example.com\n";

/// A list with two columns that could be the email address.
const UNCLEAR: &str = "Ref,Box 1,Box 2,Given,Password\n\
    1,ana@example.net,ana@example.org,Ana,\n2,ben@example.net,ben@example.org,Ben,\n";

/// Creates views from an empty list to changes that were applied and undone, then views of the last
/// step.
pub async fn views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    complete_until_sign_in_tests(&studio).await?;
    studio.record_view("people-empty", Step::People).await?;
    let press = "[data-action='mini-window']";
    studio.record_with_press("mini-window-empty", Step::People, press).await?;
    external(&mut studio).await?;
    studio.rig.act(PeopleAction::AddPeople { csv: UNCLEAR.to_owned() }).await?;
    studio.record_view("people-columns", Step::People).await?;
    studio.rig.act(PeopleAction::DiscardList).await?;

    add(&studio, PEOPLE).await?;
    studio.record_view("people-listed", Step::People).await?;
    let unread = |setup: &mut SetupView| {
        let line =
            |line, reason: &str| UnreadLine { line, reason: reason.to_owned(), who: String::new() };
        setup.people.unread = vec![line(4, "unnamed"), line(9, "columns")];
    };
    studio.record_with_change("people-unread", Step::People, unread).await?;
    studio.rig.act(ConnectionAction::ByHand).await?;
    studio.record_view("people-by-hand", Step::People).await?;
    studio.connect_again().await?;

    let held = HeldCalls::default();
    studio.proxy.inject_some("*", 2, 1, held.fault());
    studio.rig.act(PeopleAction::Plan).await?;
    studio.rig.wait_until("the job", |view| view.job.is_some()).await?;
    studio.record_view("people-planning", Step::People).await?;
    held.release();
    let planned = |view: &SetupView| view.job.is_none() && view.people.plan.is_some();
    studio.rig.wait_until("the plan", planned).await?;
    studio.record_view("people-planned", Step::People).await?;
    studio.record_with_press("people-confirm", Step::People, "[data-action='apply']").await?;

    changes(&mut studio).await?;
    finish(&mut studio).await?;

    let held = HeldCalls::default();
    studio.proxy.inject_fault("DeleteGroupMembership", held.fault());
    studio.rig.act(PeopleAction::Undo { uncertain: false }).await?;
    studio.rig.wait_until("the assignment", |view| done(view) == Some(1)).await?;
    studio.record_view("people-undoing", Step::People).await?;
    held.release();
    studio.rig.wait_until("the undo", |view| view.job.is_none()).await?;
    Ok(studio.views())
}

/// Creates views of changes that wait, run, stop after a crash or an error, and finish.
async fn changes(studio: &mut ViewRecorder) -> Result<()> {
    // Users and memberships are added in parallel. Hold the calls for new users first, and then the
    // calls for their memberships.
    let plan = studio.rig.setup().people.plan.ok_or("no plan")?;
    // Release one user at a time, so that their memberships always follow in the same order.
    let users: Vec<HeldCalls> = (0..plan.create_users).map(|_| HeldCalls::default()).collect();
    for (before, user) in (0..).zip(&users) {
        studio.proxy.inject_some("CreateUser", before, 1, user.fault());
    }
    apply(studio).await?;
    let existing = 1 + plan.add_members - plan.create_users;
    studio.rig.wait_until("the existing users", |view| done(view) == Some(existing)).await?;
    studio.rig.act(JobAction::Pause).await?;
    for (created, user) in (existing + 1..).zip(&users) {
        user.release();
        studio.rig.wait_until("the user", |view| done(view) == Some(created)).await?;
    }
    studio
        .rig
        .wait_until("the pause", |view| {
            let settled = view.people.journal.iter().all(|row| row.outcome == "done");
            settled && done(view) == Some(existing + plan.create_users)
        })
        .await?;
    studio.record_view("people-paused", Step::People).await?;

    let members = HeldCalls::default();
    studio.proxy.inject_some("CreateGroupMembership", 1, u32::MAX, members.fault());
    studio.rig.act(JobAction::GoOn).await?;
    let first = existing + plan.create_users + 1;
    studio.rig.wait_until("the first new member", |view| done(view) == Some(first)).await?;
    studio.seconds_later(12);
    // After time has passed, going to the step updates the view.
    studio.rig.go_to_step(Step::People).await?;
    let throttled = |setup: &mut SetupView| {
        if let Some(job) = &mut setup.job {
            job.throttled = true;
        }
    };
    studio.record_with_change("people-applying", Step::People, throttled).await?;

    let crashed = studio.rig.start_on_copy().await?;
    crashed.wait_until("the connection", |view| view.job.is_none()).await?;
    let running = std::mem::replace(&mut studio.rig, crashed);
    studio.record_view("people-interrupted", Step::People).await?;
    studio.rig = running;

    studio
        .proxy
        .inject_fault("CreateApplicationAssignment", Fault::refused("AccessDeniedException"));
    members.release();
    studio.rig.wait_until("the halt", |view| view.people.stage == PeopleStage::Stopped).await?;
    studio.record_view("people-stopped", Step::People).await?;
    studio.proxy.clear();

    request_plan(&studio.rig).await?;
    apply(studio).await?;
    studio.rig.wait_until("the changes", |view| view.people.stage == PeopleStage::Applied).await?;
    request_plan(&studio.rig).await?;
    studio.record_view("people-applied", Step::People).await?;
    studio.record_with_press("people-undo", Step::People, "[data-action='undo']").await
}

/// Creates views with *Enforce* turned on too early, *Enforce* turned on in time, and outdated
/// results.
async fn finish(studio: &mut ViewRecorder) -> Result<()> {
    let rig = &studio.rig;
    rig.go_to_step(Step::Finish).await?;
    rig.declare(Field::NopsEnforce, "true").await?;
    studio.record_view("finish-error", Step::Finish).await?;

    studio.rig.enter(Field::NopsDomain, "example.com").await?;
    let marcus = person_named(studio, "Marcus Lindqvist").await?;
    studio.rig.act(PeopleAction::RemovePerson { key: marcus }).await?;
    request_plan(&studio.rig).await?;
    studio.rig.declare(Field::NopsTeamChecked, "true").await?;
    studio.record_view("finish-enforced", Step::Finish).await?;

    studio.rig.declare(Field::NopsEnforce, "false").await?;
    studio.minutes_later(40);
    let rows = studio.rig.fact(Field::AttributeMappings).ok_or("no mappings")?;
    let rows: Vec<&str> = rows.lines().rev().collect();
    studio.rig.enter(Field::AttributeMappings, &rows.join("\n")).await?;
    studio.record_view("finish-stale", Step::Finish).await
}

/// Creates views of an external identity source, where the user can assign only a group.
async fn external(studio: &mut ViewRecorder) -> Result<()> {
    let rig = &studio.rig;
    rig.declare(Field::IdentitySource, "scim").await?;
    let groups = rig.setup().people.groups;
    let finops = groups.into_iter().find(|group| group.name == "FinOps");
    let finops = finops.ok_or("AWS lists no group FinOps")?;
    let group = GroupChoice::Existing { id: finops.id, name: finops.name };
    rig.act(PeopleAction::ChooseGroup { group }).await?;
    request_plan(rig).await?;
    studio.record_view("people-external", Step::People).await?;
    let group = GroupChoice::New { name: "nOps users".to_owned() };
    studio.rig.act(PeopleAction::ChooseGroup { group }).await?;
    studio.rig.act(ValueAction::Clear { field: Field::IdentitySource }).await?;
    Ok(())
}

/// Creates views of a long list of people and of the nOps team.
pub async fn many() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    complete_until_sign_in_tests(&studio).await?;
    let invented = invent_people(240);
    let rows: String = invented
        .iter()
        .map(|(first, last, email)| format!("{email},{first},{last},{email}\n"))
        .collect();
    add(&studio, &format!("{PEOPLE}{rows}")).await?;
    request_plan(&studio.rig).await?;
    studio.record_view("people-many", Step::People).await?;

    let mut team: Vec<String> = invented.iter().take(19).map(|(.., email)| email.clone()).collect();
    team.extend(
        [
            "theo.novak@example.com",
            "warehouse-reports@example.com",
            "Lena.Fischer@example.com",
            "Samuel.Okafor@example.com",
            "pat@partner.example",
        ]
        .map(str::to_owned),
    );
    studio.rig.enter(Field::NopsDomain, "example.com").await?;
    studio.rig.act(PeopleAction::PasteTeam { text: team.join("\n") }).await?;
    studio.record_view("finish-team", Step::Finish).await?;
    Ok(studio.views())
}

/// Returns this many different people, each with first name, last name and email address.
fn invent_people(many: usize) -> Vec<(&'static str, &'static str, String)> {
    const FIRST: [&str; 16] = [
        "Ada", "Bo", "Chi", "Dalia", "Emil", "Farah", "Goran", "Hana", "Idris", "Jun", "Kira",
        "Luca", "Mina", "Nils", "Oya", "Petra",
    ];
    const LAST: [&str; 15] = [
        "Abara", "Berg", "Costa", "Diaz", "Ekström", "Farouk", "Gruber", "Haas", "Ito", "Jansen",
        "Kovac", "Lopez", "Moreau", "Novak", "Okoye",
    ];
    let everyone = LAST.iter().flat_map(|last| FIRST.iter().map(move |first| (*first, *last)));
    everyone
        .take(many)
        .map(|(first, last)| {
            let email = format!("{first}.{last}@example.com").to_lowercase().replace('ö', "o");
            (first, last, email)
        })
        .collect()
}

/// Completes all steps up to step 8.
pub async fn complete_until_sign_in_tests(studio: &ViewRecorder) -> Result<()> {
    let draft = complete_until_dry_run(studio).await?;
    dry_run(&studio.rig, &draft).await?;
    fill_nops(&studio.rig).await?;
    run_sign_in_tests(&studio.rig, &draft).await?;
    studio.rig.go_to_step(Step::People).await
}

pub async fn add(studio: &ViewRecorder, rows: &str) -> Result<()> {
    Ok(studio.rig.act(PeopleAction::AddPeople { csv: format!("{HEADER}{rows}") }).await?)
}

pub async fn apply(studio: &ViewRecorder) -> Result<()> {
    let plan = studio.rig.setup().people.plan.ok_or("there is no plan")?;
    Ok(studio.rig.act(PeopleAction::Apply { plan: plan.id }).await?)
}

async fn person_named(studio: &ViewRecorder, name: &str) -> Result<String> {
    let rows = studio.rig.wizard.people(0, 100).await?.rows;
    let row = rows.into_iter().find(|row| row.name == name);
    Ok(row.ok_or_else(|| format!("{name} is not on the list"))?.key)
}

/// Returns the number of changes that the running job has made.
fn done(view: &SetupView) -> Option<u32> {
    view.job.as_ref().map(|job| job.done)
}
