//! Files from drag and drop, paste, the native dialog and the Downloads folder. The window reports
//! a wrong file in each case.

use std::{fs, path::Path, process::Command};

use acceptance::{
    Result,
    desktop::Desktop,
    driver::Driver,
    person::{ScriptedPerson, UNKNOWN_PORTAL},
    wait::wait_until,
};
use messages::MessageCatalog;
use nops_sso_practice::{Practice, Settings};

/// The sign-in link of an application.
const LINK: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";

/// Returns a certificate in the console's download format, from a separate practice server.
async fn certificate(seed: u64) -> Result<String> {
    let settings = Settings { seed, ..Settings::default() };
    let world = Practice::start(settings).await?;
    let base = world.addresses().aws_endpoint.clone();
    let made = tokio::task::spawn_blocking(move || -> std::result::Result<String, String> {
        let person = ScriptedPerson::new(&base, UNKNOWN_PORTAL);
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
fn certificate_is_read_from_drop_and_dialog() -> Result<()> {
    let pem = tokio::runtime::Runtime::new()?.block_on(certificate(1))?;
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    at_application_by_hand(&app)?;

    let file = desktop.home().join("nOps_certificate.pem");
    fs::write(&file, &pem)?;
    desktop.drop_file(&app, &file, 640, 420)?;
    app.see("main", "SHA-256")?;

    // The certificate can be copied as text, as one line and as a fingerprint, and it can be saved
    // as a file.
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
    wait_until("the saved certificate", || {
        let same = fingerprint(&saved)? == fingerprint(&file)?;
        Ok(same.then_some(()))
    })?;

    // A file that isn't a certificate is reported, and the right certificate is kept.
    let request = desktop.home().join("request.pem");
    fs::write(
        &request,
        "-----BEGIN CERTIFICATE REQUEST-----\nMIIBVjCB\n-----END CERTIFICATE REQUEST-----\n",
    )?;
    app.click("[data-action=choose-file]")?;
    desktop.answer_dialog(&request)?;
    app.see("main [data-finding]", "certificate request")?;
    app.see("main", "SHA-256")?;

    // Canceling the dialog changes nothing.
    app.click("[data-action=choose-file]")?;
    desktop.cancel_dialog()?;
    app.see("main", "SHA-256")?;
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}

#[test]
fn copied_files_and_downloads_are_offered() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let pem = runtime.block_on(certificate(1))?;
    let other = runtime.block_on(certificate(2))?;
    let desktop = Desktop::start()?;
    let app = desktop.open()?;
    at_application_by_hand(&app)?;
    let file = desktop.home().join("nOps_certificate.pem");
    fs::write(&file, &pem)?;
    let second = desktop.home().join("second.pem");
    fs::write(&second, &other)?;

    // If the user copies two files in the file manager, the user must choose one of them.
    let copied = desktop.copy_files_elsewhere(&[&file, &second])?;
    app.press("Control+v")?;
    app.see("[data-offers='2']", &MessageCatalog::english().format_plain("which-one"))?;
    app.click("[data-offer]:first-child button")?;
    app.see("[data-certificate]", "SHA-256")?;
    drop(copied);

    // The app reads the Downloads folder only if the user asks for it, and ignores files that were
    // already there.
    let downloads = desktop.home().join("Downloads");
    fs::write(downloads.join("earlier.pem"), &other)?;
    app.click("[data-field=downloads]")?;
    app.see("main", &MessageCatalog::english().format_plain("downloads-watched"))?;
    fs::write(downloads.join("later.pem.crdownload"), &other)?;
    fs::rename(downloads.join("later.pem.crdownload"), downloads.join("later.pem"))?;
    app.see("[data-offers='1']", "later.pem")?;
    app.see("[data-offers='1']", "Downloads folder")?;
    app.click("[data-action=choose-none]")?;
    app.wait_until_gone("[data-offers]")?;

    // The app stops watching the folder when the user leaves the step.
    app.fill("[data-field=idp_link]", LINK)?;
    app.see("main", "IAM Identity Center sign-in URL")?;
    app.click("[data-action=go-mappings]")?;
    app.see("h1", "Map attributes")?;

    // When the user copies the table, the browser includes the text of input boxes only in the
    // HTML.
    let row = |name: &str, value: &str, format: &str| {
        format!("<tr><td>{name}</td><td><input value='{value}'></td><td>{format}</td></tr>")
    };
    let table = [
        row("Subject", "${user:email}", "emailAddress"),
        row("User.Email", "${user:email}", "basic"),
        row("User.FirstName", "${user:givenName}", "basic"),
        row("User.LastName", "${user:surname}", "basic"),
    ];
    let html = format!("<table>{}</table>", table.concat());
    let copied = desktop.copy_html_elsewhere(&html)?;
    app.press("Control+v")?;
    app.see("main [data-finding]", "${user:surname}")?;
    app.click("[data-field=attribute_mappings]")?;
    app.press("Control+v")?;
    app.see("main [data-finding]", "${user:surname}")?;
    drop(copied);

    app.click("[data-action=go-application]")?;
    app.see("h1", "Add the AWS application")?;
    assert_eq!(app.property("[data-field=downloads]", "checked")?, false);
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}

/// Returns the SHA-256 fingerprint of a certificate file, calculated by openssl.
fn fingerprint(file: &Path) -> Result<String> {
    let output = Command::new("openssl")
        .args(["x509", "-noout", "-fingerprint", "-sha256", "-in"])
        .arg(file)
        .output()?;
    let said = String::from_utf8(output.stdout)?;
    let (_, digits) = said.trim().split_once('=').ok_or("openssl printed nothing")?;
    Ok(digits.replace(':', ""))
}

/// Opens a real setup without AWS credentials at step 4.
fn at_application_by_hand(app: &Driver) -> Result<()> {
    app.click("[data-field=kind-new]")?;
    app.fill("[data-field=name]", "By hand")?;
    app.click("[data-action=create]")?;
    app.see("h1", "Connect AWS")?;
    app.click("[data-action=go-application]")?;
    app.see("h1", "Add the AWS application")
}
