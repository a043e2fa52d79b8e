//! The app opens and practice mode responds.

use acceptance::{Result, desktop::Desktop};

#[test]
fn app_opens_and_practice_responds() {
    let desktop = Desktop::start().unwrap();
    let app = desktop.open().unwrap();
    assert_ne!(app.text("h1").unwrap(), "");
    assert_eq!(app.errors().unwrap(), Vec::<String>::new());
}

#[test]
fn practice_starts_with_one_click() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.click("[data-action=practice-new]")?;
    app.see("h1", "Connect AWS")?;
    app.click("[data-action=connect]")?;
    app.see("main", "123456789012, the management account")?;
    app.see("main", "Organization instance")?;

    // Every step opens, and all its text comes from the catalog.
    for (step, heading) in [
        ("addresses", "Get nOps addresses"),
        ("application", "Add the AWS application"),
        ("finish", "Finish"),
    ] {
        app.click(&format!("[data-action=go-{step}]"))?;
        app.see("h1", heading)?;
        let missing = app.run("return document.body.innerText.includes('⟦')", &[])?;
        assert_eq!(missing, false, "{step} lacks text");
    }

    // A page in practice mode opens in the user's browser.
    let known = desktop.opened_addresses()?.len();
    app.click("main [data-action=open-nops-sso]")?;
    let opened = desktop.wait_for_opened_address(known)?;
    assert!(opened.starts_with("http://127.0.0.1:"), "{opened}");
    assert!(opened.ends_with("/at/app.nops.io/v3/settings?tab=SSO"), "{opened}");
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}
