//! Empty fields. The window reports each empty field next to the field and keeps other input. The
//! user can type the missing values afterward.

use acceptance::{
    Result,
    app::{App, message},
    desktop::Desktop,
    user_actions::{ClickCount, InputMethod},
};

use super::mistakes::with_window;

const PORTAL: &str = "https://d-1234567890.awsapps.com/start";

#[test]
fn empty_fields_are_reported_in_place() -> Result<()> {
    let desktop = Desktop::start()?;
    let driver = desktop.open()?;
    let app = App::new(&desktop, &driver, InputMethod::Mouse, &ClickCount::default());

    with_window(&driver, name(&app).and_then(|()| sign_in(&app)).and_then(|()| rename(&app)))?;
    assert_eq!(driver.errors()?, Vec::<String>::new());
    Ok(())
}

/// Tries to create a setup without a name, then with a name that is only spaces.
fn name(app: &App<'_>) -> Result<()> {
    app.press("start-go")?;
    app.expect_marked_empty("start-name")?;
    app.write("start-name", "  ")?;
    app.press("start-go")?;
    app.expect_marked_empty("start-name")?;
    app.overwrite("start-name", "Example")?;
    app.driver.wait_until_gone("[data-missing]")?;
    app.press("start-go")?;
    app.at_step("connect")
}

/// Tries to sign in without a Region. The placeholder in the field is only an example.
fn sign_in(app: &App<'_>) -> Result<()> {
    app.write("sign_in-start_url", PORTAL)?;
    app.press("sign_in-redirect")?;
    app.expect_marked_empty("sign_in-region")?;
    assert_eq!(app.value("sign_in-start_url")?, PORTAL);
    app.press("sign_in-code")?;
    app.expect_marked_empty("sign_in-region")?;
    assert_eq!(app.value("sign_in-start_url")?, PORTAL);
    app.write("sign_in-region", "us-east-1")?;
    app.driver.wait_until_gone("[data-missing]")?;
    app.select_entry("connect-with", "connect-way-by_hand")?;
    app.press_continue("addresses")
}

/// Tries to rename a setup to only spaces.
fn rename(app: &App<'_>) -> Result<()> {
    app.press("rail-setups")?;
    app.press("rename-open")?;
    app.overwrite("start-name", "  ")?;
    app.press("rename")?;
    app.expect_marked_empty("start-name")?;
    app.overwrite("start-name", "Another")?;
    app.press("rename")?;
    app.driver.wait_until_gone("dialog[open]")?;
    app.expect_text("Another")?;
    app.press(message("continue").near("setups"))?;
    app.at_step("addresses")
}
