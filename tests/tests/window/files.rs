//! Files come in by a drag from another window and by the native dialog, and a wrong one is named.

use std::{fs, path::Path, process::Command};

use acceptance::{
    Result,
    desktop::Desktop,
    driver::Driver,
    person::{Person, UNKNOWN_PORTAL},
    wait::until,
};
use nops_sso_practice::{Practice, Settings};

/// A certificate of the kind the console offers for download, from a practice world of its own.
async fn certificate() -> Result<String> {
    let world = Practice::start(Settings::default()).await?;
    let base = world.addresses().aws_endpoint.clone();
    let made = tokio::task::spawn_blocking(move || -> std::result::Result<String, String> {
        let person = Person::new(&base, UNKNOWN_PORTAL);
        let draft = person.draft().map_err(|error| error.to_string())?;
        let acs = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59/?acs";
        let audience = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59/metadata";
        person
            .submit_typed(&draft, "nOps", acs, audience)
            .and_then(|id| person.certificate(&id))
            .map_err(|error| error.to_string())
    });
    Ok(made.await??)
}

#[test]
fn a_certificate_is_dropped_and_another_file_is_chosen() -> Result<()> {
    let pem = tokio::runtime::Runtime::new()?.block_on(certificate(1))?;
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    at_application_by_hand(&app)?;

    let file = desktop.home().join("nOps_certificate.pem");
    fs::write(&file, &pem)?;
    desktop.drop_file(&file, 640, 420)?;
    app.see("main", "SHA-256")?;

    // Another file is no certificate: that is said, and the good one stays.
    let request = desktop.home().join("request.pem");
    fs::write(
        &request,
    // It goes out as it came in: as text, as one line, by its fingerprint, and as a file.
    let lines: Vec<&str> = pem.lines().map(str::trim).collect();
    app.click("[data-action=copy-certificate-pem]")?;
    app.see("[data-action=copy-certificate-pem]", "Copied")?;
    assert_eq!(desktop.clipboard()?, lines.join("\n") + "\n");
    app.click("[data-action=copy-certificate-one_line]")?;
    app.see("[data-action=copy-certificate-one_line]", "Copied")?;
    assert_eq!(desktop.clipboard()?, lines[1..lines.len() - 1].concat());
    app.click("[data-action=copy-certificate-sha256]")?;
    app.see("[data-action=copy-certificate-sha256]", "Copied")?;
    assert_eq!(desktop.clipboard()?, fingerprint(&file)?);
    let saved = desktop.home().join("saved.pem");
    app.click("[data-action=save-certificate]")?;
    desktop.answer_dialog(&saved)?;
    until("the saved certificate", || {
        let same = fingerprint(&saved)? == fingerprint(&file)?;
        Ok(same.then_some(()))
    })?;

        "-----BEGIN CERTIFICATE REQUEST-----\nMIIBVjCB\n-----END CERTIFICATE REQUEST-----\n",
    )?;
    app.click("[data-action=choose-file]")?;
    desktop.answer_dialog(&request)?;
    app.see("main [data-finding]", "certificate request")?;
    app.see("main", "SHA-256")?;

    // Who cancels the dialog has lost nothing.
    app.click("[data-action=choose-file]")?;
    desktop.cancel_dialog()?;
    app.see("main", "SHA-256")?;
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}

/// A real set-up without AWS credentials, at step 4.
fn at_application_by_hand(app: &Driver) -> Result<()> {
    app.click("[data-field=kind-new]")?;
    app.fill("[data-field=name]", "By hand")?;
    app.click("[data-action=create]")?;
    app.see("h1", "Connect AWS")?;
    app.click("[data-action=go-application]")?;
    app.see("h1", "AWS application")
}
