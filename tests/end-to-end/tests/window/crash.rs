//! A power failure while people are being added. No change is lost, and no change is made twice.

use std::fmt::Write;

use acceptance::{
    Result, desktop::Desktop, driver::Driver, person::ScriptedPerson, wait::wait_until,
};

/// Enough people for changes to still be running when the app is killed.
const PEOPLE: usize = 60;

#[test]
fn killed_app_continues_its_changes() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.click("[data-action=practice-new]")?;
    app.click("[data-action=connect]")?;
    app.see("main", "123456789012, the management account")?;
    add_application(&desktop, &app)?;
    let aws = person(&desktop, &app)?;
    let before = aws.user_names()?;

    list_people(&app, PEOPLE)?;
    make_changes(&app)?;
    wait_until("some of the changes", || {
        let now = aws.user_names()?.len();
        Ok((now > before.len() + 3).then_some(()))
    })?;
    desktop.kill_app()?;
    drop(app);

    let app = desktop.open()?;
    app.click("[data-action=resume]")?;
    app.see("h1", "Add people")?;
    app.find("[data-stage=interrupted], [data-stage=stopped]")?;
    // If the app was killed between two calls, it doesn't need to look anything up in AWS.
    if !app.find_all("[data-stage=interrupted]")?.is_empty() {
        app.click(".foot [data-action=reconcile]")?;
    }
    make_changes(&app)?;
    app.find("[data-stage=applied]")?;
    app.wait_until_gone("[data-outcome=intended], [data-outcome=interrupted]")?;

    let mut expected = before;
    expected.extend((0..PEOPLE).map(user_name));
    let mut now = person(&desktop, &app)?.user_names()?;
    expected.sort();
    now.sort();
    assert_eq!(now, expected, "AWS has everyone exactly once");
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}

/// Completes a short version of step 4, where any application works.
pub(super) fn add_application(desktop: &Desktop, app: &Driver) -> Result<()> {
    app.click("[data-action=go-application]")?;
    let known = desktop.opened_addresses()?.len();
    app.click("[data-action=open-aws-applications]")?;
    let person = ScriptedPerson::with_practice_page(&desktop.wait_for_opened_address(known)?)?;
    let draft = person.draft()?;
    let nops = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59";
    person.submit_typed(&draft, "nOps", &format!("{nops}/?acs"), &format!("{nops}/metadata"))?;
    app.see("main", &draft.issuer)
}

/// Adds this many people to the list in step 9.
pub(super) fn list_people(app: &Driver, people: usize) -> Result<()> {
    app.click("[data-action=go-people]")?;
    let mut csv = "First name,Last name,Email\n".to_owned();
    for number in 0..people {
        writeln!(csv, "Ana,Number{number},{}", user_name(number))?;
    }
    app.click("[data-action=open-add-people]")?;
    app.find("[data-field=list]")?;
    // Sets the whole text in one step, because typing it would take longer than the changes.
    let paste = "const box = document.querySelector('[data-field=list]'); box.value = arguments[0];
        box.dispatchEvent(new Event('input', { bubbles: true }))";
    app.run(paste, &[csv.into()])?;
    app.click("[data-action=add-people]")?;
    app.wait_until_gone("dialog[open]")
}

pub(super) fn make_changes(app: &Driver) -> Result<()> {
    app.click(".foot [data-action=plan]")?;
    app.click(".foot [data-action=apply]")?;
    app.click("[data-action=confirm-apply]")
}

fn user_name(number: usize) -> String {
    format!("ana.number{number}@example.com")
}

/// Returns a person who has opened the list of users in the console, at practice mode's current
/// port.
fn person(desktop: &Desktop, app: &Driver) -> Result<ScriptedPerson> {
    app.click("[data-action=go-people]")?;
    let known = desktop.opened_addresses()?.len();
    app.click("[data-action=open-aws-users]")?;
    ScriptedPerson::with_practice_page(&desktop.wait_for_opened_address(known)?)
}
