//! Mistakes made with real pages and a real clipboard. The window reports each mistake, and the
//! user can enter the right value afterward.

use acceptance::{
    Result,
    app::{App, Message, message},
    browser::{Browser, Theme, console::Console, nops::Settings},
    desktop::Desktop,
    driver::Driver,
    user_actions::{ClickCount, InputMethod},
};

const ACS: &str = "Assertion Consumer Service";
const ENTITY_ID: &str = "Entity ID";
const SHAREABLE: &str = "Shareable Link for IDP Login";

#[test]
fn wrong_addresses_are_reported_and_replaceable() -> Result<()> {
    let desktop = Desktop::start()?;
    let driver = desktop.open()?;
    let clicks = ClickCount::default();
    let app = practice(&desktop, &driver, &clicks)?;
    let browser = Browser::open(&desktop, InputMethod::Mouse, Theme::Light, &clicks)?;
    let page = app.open(message("open-page").near("nops-sso-page"))?;
    let settings = Settings(browser.show(&page)?.user_actions());

    // Copy the page before SSO is turned on, when the page has no addresses.
    browser.copy_page()?;
    app.paste("addresses-all")?;
    app.driver.find("[data-failure], main [data-finding]")?;
    settings.switch_on()?;
    browser.copy_page()?;
    app.paste_over("addresses-all")?;
    app.expect_message("paste-fine")?;

    // Paste the wrong value from the page into a field.
    let mistakes: [(&str, &str, &str, &str); 4] = [
        (ACS, SHAREABLE, "field-sp_acs_url", "nops_shareable"),
        (ACS, ENTITY_ID, "field-sp_acs_url", "nops_entity_id"),
        (ENTITY_ID, ACS, "field-sp_entity_id", "nops_acs"),
        (SHAREABLE, ACS, "field-sp_login_url", "nops_acs"),
    ];
    for (right, wrong, field, given) in mistakes {
        let told = app.text(&message("finding-link_kind").with("given", given))?;
        settings.copy(wrong)?;
        app.paste_over(field)?;
        app.expect_text(&told)?;
        settings.copy(right)?;
        app.paste_over(field)?;
        app.driver.wait_until_text_gone("main", &told)?;
    }
    app.expect_message("paste-fine")?;

    // Swap two values.
    settings.copy(ENTITY_ID)?;
    app.paste_over("field-sp_acs_url")?;
    settings.copy(ACS)?;
    app.paste_over("field-sp_entity_id")?;
    app.expect_message("finding-addresses_swapped")?;
    app.press("finding-addresses_swapped.fix")?;
    app.driver.wait_until_text_gone("main", &app.text(&message("finding-addresses_swapped"))?)?;

    // Paste addresses that belong to two organizations.
    let right = app.value("field-sp_entity_id")?;
    let foreign = "https://app.nops.io/sso/v1/0b1d2f3a-4c5e-4f60-8a7b-9c8d7e6f5a4b/metadata";
    let told = message("finding-tenants_differ");
    wrong_then_right(&app, "field-sp_entity_id", foreign, &told, &right)?;

    // Type text that isn't an address, then two addresses, then an address with its beginning
    // missing.
    let right = app.value("field-sp_acs_url")?;
    let (_, rest) = right.split_once("://").ok_or("no link")?;
    for (typed, told) in [
        (format!("{right} {right}"), message("finding-link_doubled")),
        (rest.to_owned(), message("finding-link_scheme")),
        (right.replace("app.nops.io", "app.nops.example"), message("finding-link_host")),
    ] {
        wrong_then_right(&app, "field-sp_acs_url", &typed, &told, &right)?;
    }
    app.overwrite("before-recovery", "ops")?;
    app.expect_message("finding-recovery_no_address")?;
    app.overwrite("before-recovery", "ops@example.net")?;
    app.select_option("before-signed-in")?;
    app.select_option("before-password")?;
    app.expect_step_done("addresses")?;
    assert_eq!(app.driver.errors()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn wrong_mapping_tables_are_reported_and_replaceable() -> Result<()> {
    const ROWS: [(&str, &str); 4] = [
        ("Subject", "${user:email}"),
        ("User.Email", "${user:email}"),
        ("User.FirstName", "${user:givenName}"),
        ("User.LastName", "${user:familyName}"),
    ];
    let [subject, email, first, last] = ROWS;
    let desktop = Desktop::start()?;
    let driver = desktop.open()?;
    let clicks = ClickCount::default();
    let app = practice(&desktop, &driver, &clicks)?;
    let browser = Browser::open(&desktop, InputMethod::Mouse, Theme::Light, &clicks)?;
    app.press_continue("application")?;
    let page = app.open(message("open-page").near("applications-page"))?;
    let console = Console::of(browser.show(&page)?);
    console.add_application()?;
    console.hands.write("Display name", "nOps")?;
    let nops = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59";
    console.hands.write("Application ACS URL", &format!("{nops}/?acs"))?;
    console.hands.write("Application SAML audience", &format!("{nops}/metadata"))?;
    console.submit()?;
    app.press_continue("mappings")?;
    app.select_option("subject-email")?;

    let named = |row| vec![message("finding-mapping_name").with("row", row)];
    let about = |key, attribute| vec![message(key).with("attribute", attribute)];
    let tables: [(Vec<PastedRow>, ShownMessages<'_>); 6] = [
        // The most common mistake: two names with the wrong capitalization.
        (
            vec![subject, email, ("User.Firstname", first.1), ("User.Lastname", last.1)],
            [named("3"), named("4")].concat(),
        ),
        (vec![subject, ("user.email", email.1), first, last], named("2")),
        (vec![subject, email, first], about("finding-mapping_missing", "User.LastName")),
        (vec![subject, email, email, first, last], about("finding-mapping_twice", "User.Email")),
        (
            vec![subject, email, first, (last.0, "${user:givenName}")],
            about("finding-mapping_value", "User.LastName"),
        ),
        (
            vec![subject, email, first, (last.0, "")],
            about("finding-mapping_empty", "User.LastName"),
        ),
    ];
    for (rows, told) in tables {
        paste_table(&app, &console, &rows)?;
        for one in &told {
            app.expect_message(one.clone())?;
        }
    }
    paste_table(&app, &console, &ROWS)?;
    app.expect_step_done("mappings")?;

    // Try the same table again with empty rows.
    paste_table(&app, &console, &ROWS[..3])?;
    app.expect_message(about("finding-mapping_missing", last.0)[0].clone())?;
    paste_table(&app, &console, &ROWS)?;
    console.edit_mappings()?;
    console.add_row()?;
    console.add_row()?;
    console.copy_table()?;
    app.paste_over("mappings-back")?;
    app.expect_step_done("mappings")?;
    assert_eq!(app.driver.errors()?, Vec::<String>::new());
    Ok(())
}

/// An attribute and the value that it maps to.
type PastedRow = (&'static str, &'static str);

/// The messages that the window shows about a table of mappings.
type ShownMessages<'a> = Vec<Message<'a>>;

/// Saves exactly these rows in AWS, then pastes the table that AWS shows.
fn paste_table(app: &App<'_>, console: &Console<'_>, rows: &[(&str, &str)]) -> Result<()> {
    console.edit_mappings()?;
    console.clear_rows()?;
    for (attribute, value) in rows {
        console.write_row(attribute, value)?;
    }
    console.save_mappings()?;
    console.edit_mappings()?;
    console.copy_table()?;
    app.paste_over("mappings-back")?;
    console.save_mappings()
}

fn wrong_then_right(
    app: &App<'_>,
    field: &str,
    wrong: &str,
    told: &Message<'_>,
    right: &str,
) -> Result<()> {
    app.overwrite(field, wrong)?;
    app.expect_message(told.clone())?;
    app.overwrite(field, right)?;
    app.driver.wait_until_text_gone("main", &app.text(told)?)
}

/// Adds the content of the window to a failure.
pub(super) fn with_window(driver: &Driver, seen: Result<()>) -> Result<()> {
    let shown = || driver.text("body").unwrap_or_else(|error| error.to_string());
    seen.map_err(|error| format!("{error}\nThe window shows:\n{}", shown()).into())
}

/// Opens a practice setup at step 3, connected to AWS.
pub(super) fn practice<'a>(
    desktop: &'a Desktop,
    driver: &'a Driver,
    clicks: &ClickCount,
) -> Result<App<'a>> {
    let app = App::new(desktop, driver, InputMethod::Mouse, clicks);
    app.press("start-practice-new")?;
    app.at_step("connect")?;
    app.press("connect")?;
    app.expect_step_done("connect")?;
    app.press_continue("addresses")?;
    Ok(app)
}
