//! Mistakes with people: the tester, the tester's response, and lists of people.

use std::fs;

use acceptance::{
    Result,
    app::{App, message},
    browser::{Browser, Theme, portal::Portal},
    desktop::Desktop,
    person::{Addresses, ScriptedPerson},
    user_actions::{ClickCount, InputMethod},
};

use super::mistakes::{practice, with_window};

const TESTER: &str = "samuel.okafor@example.com";
const FOREIGN: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                       NDQ0NDU1NTU2NjY2X2lucy1mZWRjYmE5ODc2NTQzMjEw";
const TESTER_NAME: &str = "Samuel Okafor";

#[test]
fn wrong_people_inputs_are_reported_and_replaceable() -> Result<()> {
    let desktop = Desktop::start()?;
    let driver = desktop.open()?;
    let clicks = ClickCount::default();
    let app = practice(&desktop, &driver, &clicks)?;
    let seen = prepare(&app)
        .and_then(|()| tester(&app))
        .and_then(|()| responses(&desktop, &app, &clicks))
        .and_then(|()| recovery_administrator(&app))
        .and_then(|()| lists(&desktop, &app));
    with_window(&driver, seen)?;
    assert_eq!(app.driver.errors()?, Vec::<String>::new());
    Ok(())
}

/// Configures a correct application in AWS, which sends a correct response.
fn prepare(app: &App<'_>) -> Result<()> {
    let page = app.open(message("open-page").near("nops-sso-page"))?;
    let person = ScriptedPerson::with_practice_page(&page)?;
    let Addresses { acs, entity_id, link } = person.enable_sso()?.ok_or("no addresses")?;
    app.write("field-sp_acs_url", &acs)?;
    app.write("field-sp_entity_id", &entity_id)?;
    app.write("field-sp_login_url", &link)?;
    app.write("before-recovery", "ops@example.com")?;
    app.press_continue("application")?;
    app.open(message("open-page").near("applications-page"))?;
    let draft = person.draft()?;
    person.submit_typed(&draft, "nOps", &acs, &entity_id)?;
    let rows = [
        ("Subject", "${user:email}", "emailAddress"),
        ("User.Email", "${user:email}", "basic"),
        ("User.FirstName", "${user:givenName}", "basic"),
        ("User.LastName", "${user:familyName}", "basic"),
    ];
    person.edit_mappings(&draft.id, &rows)?;
    app.expect_step_done("application")?;

    // The link of an application in a different account, in the same format as the right link.
    app.press("application-cross")?;
    app.write("application-link", FOREIGN)?;
    app.expect_message("finding-link_of_other_account")?;
    app.overwrite("application-link", &draft.issuer)?;
    app.driver.press("Tab")?;
    app.driver
        .wait_until_text_gone("main", &app.text(&message("finding-link_of_other_account"))?)?;
    app.expect_step_done("application")?;
    app.press_continue("mappings")?;
    app.select_option("subject-email")?;
    app.press_continue("dry_run")
}

/// Enters a tester who doesn't exist. The window suggests AWS users who match the typed text.
fn tester(app: &App<'_>) -> Result<()> {
    app.driver.find(&format!("[data-user='{TESTER}']"))?;
    let told = app.text(&message("finding-tester_not_found"))?;
    for unknown in ["admin", "samuel.okafor@example.org"] {
        app.overwrite("dry-run-who", unknown)?;
        app.press("dry-run-find")?;
        app.driver.see("[data-finding]", &told)?;
        app.driver.wait_until_gone("[data-user]")?;
    }
    app.overwrite("dry-run-who", TESTER)?;
    app.driver.find(&format!("[data-user='{TESTER}']"))?;
    app.driver.wait_until_gone("[data-finding]")?;
    app.press("dry-run-find")?;
    app.press(message("dry-run-assign-do").with("name", TESTER_NAME))?;
    app.expect_message("dry-run-assigned")
}

/// Pastes a truncated response, then a response that was edited and has expired, then the complete
/// response.
fn responses(desktop: &Desktop, app: &App<'_>, clicks: &ClickCount) -> Result<()> {
    let browser = Browser::open(desktop, InputMethod::Mouse, Theme::Light, clicks)?;
    let page = app.copy_address("field-access_portal_url")?;
    let portal = Portal::of(browser.show(&page)?);
    portal.sign_in(TESTER)?;
    portal.copy_xml("nOps")?;
    let response = desktop.clipboard()?;
    let copied = desktop.copy_text_elsewhere(&response[..response.len() - 40])?;
    app.paste("dry-run-first")?;
    app.expect_message("response-cut")?;
    drop(copied);

    let year = response.split_once("NotOnOrAfter=\"").map(|(_, rest)| &rest[..4]);
    let date = format!("NotOnOrAfter=\"{}", year.ok_or("the response does not end")?);
    let copied = desktop.copy_text_elsewhere(&response.replace(&date, "NotOnOrAfter=\"2020"))?;
    app.paste_over("dry-run-first")?;
    app.expect_message("finding-dry_run_altered")?;
    app.expect_message("finding-dry_run_too_late")?;
    drop(copied);

    portal.copy_shown()?;
    app.paste_over("dry-run-next")?;
    app.driver.find("[data-dry-run=pass]")?;
    app.expect_step_done("dry_run")
}

/// Names a recovery administrator in the enforced domain, who would also be locked out.
fn recovery_administrator(app: &App<'_>) -> Result<()> {
    app.driver.click("[data-action=go-addresses]")?;
    app.at_step("addresses")?;
    app.expect_message(message("finding-recovery_in_domain").with("domain", "example.com"))?;
    app.overwrite("before-recovery", "ops@example.net")?;
    let told = message("finding-recovery_in_domain").with("domain", "example.com");
    app.driver.wait_until_text_gone("main", &app.text(&told)?)
}

fn lists(desktop: &Desktop, app: &App<'_>) -> Result<()> {
    app.driver.click("[data-action=go-people]")?;
    app.at_step("people")?;
    let file = |name: &str, content: &[u8]| -> Result<_> {
        let file = desktop.home().join(name);
        fs::write(&file, content)?;
        Ok(file)
    };

    // A file that isn't a list, then a file path pasted as text.
    let picture = file("people.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    app.press("people-add-list")?;
    app.press("people-list-file")?;
    desktop.answer_dialog(&picture)?;
    app.expect_message(message("failure-csv_other_kind").with("kind", "picture"))?;
    let copied = desktop.copy_text_elsewhere("/home/dana/people.csv")?;
    app.paste("people-list-text")?;
    app.press("people-list-do")?;
    app.expect_message("csv-not_a_person")?;
    drop(copied);

    // The list format of German spreadsheets.
    let list = "Work e-mail;Given;Surname;Cost centre\nlena@@example;Lena;Fischer;1\n\
                ana.lima@example.com;Ana;Lima;2\nana.lima@example.com;Ana;Lima;2\n\
                solo@example.com;Solo;;3\n";
    let copied = desktop.copy_text_elsewhere(list)?;
    app.press("people-add-list")?;
    app.paste("people-list-text")?;
    app.press("people-list-do")?;
    for told in ["csv-email_shape", "csv-duplicate"] {
        app.expect_message(told)?;
    }
    drop(copied);
    app.press("people-plan")?;
    app.expect_message("person-new_no_name")?;

    // The correct list.
    let good =
        file("people.csv", b"Email,First name,Last name\nnora.novak@example.com,Nora,Novak\n")?;
    desktop.drop_file(app.driver, &good, 640, 420)?;
    app.expect_text("Novak")?;
    app.press("people-plan")?;
    app.expect_message("people-plan-title")
}
