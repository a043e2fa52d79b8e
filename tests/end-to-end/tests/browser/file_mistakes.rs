//! Wrong files in step 4, dropped and chosen. The window reports each wrong file, and the user can
//! replace it with the right file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use acceptance::{
    Result,
    app::{App, Message, message},
    browser::{Browser, Theme, console::Console},
    corpus::cert_factory::CertificateFactory,
    desktop::Desktop,
    person::ScriptedPerson,
    user_actions::{ClickCount, InputMethod, label},
};

use super::mistakes::with_window;

const NOPS: &str = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59";

/// The link of an application in a different account.
const FOREIGN: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                       NDQ0NDU1NTU2NjY2X2lucy1mZWRjYmE5ODc2NTQzMjEw";

#[test]
fn wrong_files_and_links_are_replaceable() -> Result<()> {
    let desktop = Desktop::start()?;
    let driver = desktop.open()?;
    let clicks = ClickCount::default();
    let app = App::new(&desktop, &driver, InputMethod::Mouse, &clicks);
    app.press("start-practice-new")?;
    app.at_step("connect")?;
    app.select_entry("connect-with", "connect-way-by_hand")?;
    app.press_continue("addresses")?;
    app.press_continue("application")?;

    let browser = Browser::open(&desktop, InputMethod::Mouse, Theme::Light, &clicks)?;
    let page = app.open(message("open-page").near("applications-page"))?;
    let console = Console::of(browser.show(&page)?);
    console.add_application()?;
    console.hands.write("Display name", "nOps")?;
    console.hands.write("Application ACS URL", &format!("{NOPS}/?acs"))?;
    console.hands.write("Application SAML audience", &format!("{NOPS}/metadata"))?;
    console.submit()?;
    let files = Files::make(&desktop, &page, &console.application()?)?;

    with_window(&driver, wrong_files(&desktop, &app, &files))?;
    with_window(&driver, wrong_link(&app, &console))?;
    with_window(&driver, metadata_link_over_foreign_link(&app, &console))?;
    assert_eq!(driver.errors()?, Vec::<String>::new());
    Ok(())
}

fn wrong_files(desktop: &Desktop, app: &App<'_>, files: &Files) -> Result<()> {
    // Choose each wrong file with the button before any value is known.
    for (wrong, told) in [
        (&files.key, message("reading-private_key")),
        (&files.picture, message("reading-wrong_kind").with("kind", "picture")),
        (&files.website, message("finding-certificate_unlike_aws")),
        (&files.expired, message("finding-certificate_expired.detail")),
    ] {
        app.press("application-drop")?;
        desktop.answer_dialog(wrong)?;
        app.expect_message(told)?;
    }

    // Drop the wrong files one after the other.
    for (wrong, told) in [
        (&files.key, message("reading-private_key")),
        (&files.picture, message("reading-wrong_kind").with("kind", "picture")),
        (&files.website, message("finding-certificate_unlike_aws")),
    ] {
        desktop.drop_file(app.driver, wrong, 640, 420)?;
        app.expect_message(told)?;
    }
    // The certificate of another issuer has no button that copies it to nOps.
    app.driver.wait_until_text_gone("main", &app.text(&message("certificate-copy-pem"))?)?;

    // Drop the metadata of the right application, so that certificates are compared with it.
    desktop.drop_file(app.driver, &files.metadata, 640, 420)?;
    for (wrong, told) in [
        (&files.website, message("finding-certificate_not_from_aws")),
        (&files.other, message("finding-certificate_of_other_application")),
        (&files.key, message("reading-private_key")),
    ] {
        wrong_then_right(desktop, app, wrong, &told, &files.own)?;
    }
    // The form in AWS offers the metadata before the application is saved.
    app.select_option("application-submitted")?;
    app.expect_step_done("application")
}

/// Enters a valid link of a different application.
fn wrong_link(app: &App<'_>, console: &Console<'_>) -> Result<()> {
    app.overwrite("application-link", FOREIGN)?;
    app.driver.press("Tab")?;
    app.expect_message("finding-values_of_two_applications")?;
    console.hands.press(label("Copy").near("IAM Identity Center sign-in URL"))?;
    app.paste_over("application-link")?;
    app.driver
        .wait_until_text_gone("main", &app.text(&message("finding-values_of_two_applications"))?)?;
    app.expect_step_done("application")
}

/// Replaces the application's sign-in link by typing AWS's metadata link.
fn metadata_link_over_foreign_link(app: &App<'_>, console: &Console<'_>) -> Result<()> {
    app.overwrite("application-link", FOREIGN)?;
    app.driver.press("Tab")?;
    app.expect_message("finding-values_of_two_applications")?;
    console.hands.press(label("Copy").near("IAM Identity Center SAML metadata file"))?;
    app.paste_over("application-link")?;
    app.driver
        .wait_until_text_gone("main", &app.text(&message("finding-values_of_two_applications"))?)?;
    app.expect_step_done("application")
}

/// Chooses a wrong file with the button, waits for its finding, and chooses the right file with the
/// same button.
fn wrong_then_right(
    desktop: &Desktop,
    app: &App<'_>,
    wrong: &Path,
    told: &Message<'_>,
    right: &Path,
) -> Result<()> {
    app.press("application-drop")?;
    desktop.answer_dialog(wrong)?;
    app.expect_message(told.clone())?;
    app.press("application-drop")?;
    desktop.answer_dialog(right)?;
    app.driver.wait_until_text_gone("main", &app.text(told)?)
}

/// Files that a user might mistake for the certificate.
struct Files {
    own: PathBuf,
    metadata: PathBuf,
    other: PathBuf,
    website: PathBuf,
    expired: PathBuf,
    key: PathBuf,
    picture: PathBuf,
}

impl Files {
    fn make(desktop: &Desktop, page: &str, application: &str) -> Result<Self> {
        let person = ScriptedPerson::with_practice_page(page)?;
        let workshop = CertificateFactory::open()?;
        let website =
            workshop.self_signed("website", "/CN=wiki.example.com", &["-newkey", "rsa:2048"])?;
        let keep = |name: &str, content: &[u8]| -> Result<PathBuf> {
            let file = desktop.home().join(name);
            fs::write(&file, content)?;
            Ok(file)
        };
        Ok(Self {
            own: keep("own.pem", person.certificate(application)?.as_bytes())?,
            metadata: keep("metadata.xml", person.metadata_file(application)?.as_bytes())?,
            other: keep("other.pem", workshop.own.pem.as_bytes())?,
            website: keep("website.pem", website.pem.as_bytes())?,
            expired: keep("expired.pem", expired()?.as_bytes())?,
            key: keep("nops.key", &workshop.read("own.key")?)?,
            picture: keep("page.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?,
        })
    }
}

/// Returns a certificate with Identity Center's name that expired years ago. Doesn't use openssl,
/// because openssl can't make an expired certificate.
fn expired() -> Result<String> {
    use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};

    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "amazonaws.com");
    name.push(DnType::OrganizationalUnitName, "IDAS");
    name.push(DnType::OrganizationName, "Amazon");
    name.push(DnType::CountryName, "US");
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = name;
    parameters.not_before = date_time_ymd(2020, 1, 1);
    parameters.not_after = date_time_ymd(2021, 1, 1);
    Ok(parameters.self_signed(&KeyPair::generate()?)?.pem())
}
