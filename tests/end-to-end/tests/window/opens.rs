//! The app opens, alone or with a file, and practice mode responds.

use std::{
    fs,
    path::{Path, PathBuf},
};

use acceptance::{
    Result,
    desktop::{Desktop, Keychain, write_launcher},
};
use jiff::Timestamp;
use setup::{
    Facts, Side,
    handover::{Handover, HandoverSubject, PersonalData},
};
use uuid::Uuid;

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

/// Saves a colleague's file in a folder.
fn save_handover(folder: &Path) -> Result<PathBuf> {
    let subject = HandoverSubject {
        setup: Uuid::new_v4(),
        organization: "Example".to_owned(),
        practice: false,
        repair: false,
        lane: None,
    };
    let handover = Handover::new(
        &subject,
        Side::Nops,
        PersonalData::LeftOut,
        &Facts::default(),
        Timestamp::now(),
    );
    let file = folder.join("from-a-colleague.nops-setup");
    fs::write(&file, handover.to_json()?)?;
    Ok(file)
}

#[test]
fn first_start_opens_file() -> Result<()> {
    let outside = tempfile::tempdir()?;
    let file = save_handover(outside.path())?;
    let open = format!("exec \"$0\" open \"{}\"", file.display());
    let app = write_launcher(outside.path(), &open)?;
    let desktop = Desktop::start_program(app, Keychain::Missing, &[])?;
    let app = desktop.open()?;
    app.see("[data-handover]", "from-a-colleague.nops-setup")
}

#[test]
fn second_start_opens_file_in_first_window() -> Result<()> {
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    app.find("h1")?;
    let file = save_handover(desktop.home())?;
    let second = desktop.start_again(&["open", file.to_str().ok_or("no text")?])?;
    assert!(second.success(), "{second}");
    app.see("[data-handover]", "from-a-colleague.nops-setup")
}
