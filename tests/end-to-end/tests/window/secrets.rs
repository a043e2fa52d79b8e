//! Where secrets may be stored, and what happens if there is no keychain.

use std::time::{Duration, Instant};

use acceptance::{
    Result,
    desktop::{Desktop, Keychain},
    driver::Driver,
    secret_scan,
};
use nops_sso_practice::{Practice, Settings};

/// The window must appear within this time, even if the keychain is slow.
const USABLE: Duration = Duration::from_secs(5);

const ACCESS_KEY: &str = "ASIAIOSFODNN7CANARY1";
const SECRET_KEY: &str = "canary+wJalrXUtnFEMI/K7MDENG+bPxRfiCYkey";
const SESSION_TOKEN: &str = "canary-session-token-IQoJb3JpZ2luX2VjEJr";
const NOPS_KEY: &str = "4021.canary-nops-secret-9b1f7c";
const PRIVATE_KEY: &str = "canaryPrivateKeyMIIEvQIBADANBgkqhkiG9w0B";

#[test]
fn keys_are_only_in_the_keychain() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let aws = runtime.block_on(Practice::start(Settings::default()))?;
    let endpoint = ("AWS_ENDPOINT_URL", aws.addresses().aws_endpoint.as_str());
    let desktop = Desktop::with(Keychain::Unlocked, &[endpoint])?;
    let app = desktop.open()?;
    real_setup(&app)?;
    connect_with_keys(&app)?;
    app.see("main", "123456789012, the management account")?;

    // A nOps key that can't be checked here, and a private key pasted instead of a certificate.
    app.click("details:has([data-field=nops_key]) > summary")?;
    app.fill("[data-field=nops_key]", NOPS_KEY)?;
    app.click("[data-action=check-nops-key]")?;
    app.click("[data-action=go-application]")?;
    let pasted = format!("-----BEGIN PRIVATE KEY-----\n{PRIVATE_KEY}\n-----END PRIVATE KEY-----");
    app.fill("[data-field=idp_link]", &pasted)?;
    app.see("main [data-finding]", "private key")?;

    let report = desktop.home().join("report.html");
    app.click("[data-action=go-finish]")?;
    app.click("[data-action=save-report-html]")?;
    desktop.answer_dialog(&report)?;

    let processes = desktop.processes()?;
    assert!(!processes.is_empty(), "the app must still run");
    for secret in [SECRET_KEY, SESSION_TOKEN, NOPS_KEY, PRIVATE_KEY] {
        assert_eq!(
            secret_scan::files(secret, desktop.home(), &[desktop.keychain_folder()])?,
            Vec::<std::path::PathBuf>::new(),
            "{secret} was kept"
        );
        assert_eq!(secret_scan::processes(secret, &processes)?, Vec::<u32>::new());
    }
    assert!(
        desktop.keychain_folder().read_dir()?.next().is_some(),
        "the keychain stores something"
    );

    // The keys are still there after a restart.
    desktop.kill_app()?;
    drop(app);
    let app = desktop.open()?;
    app.click("[data-action=resume]")?;
    app.click("[data-action=go-connect]")?;
    app.see("main", "123456789012, the management account")?;
    Ok(())
}

#[test]
fn keys_stay_in_memory_without_keychain() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let aws = runtime.block_on(Practice::start(Settings::default()))?;
    let endpoint = ("AWS_ENDPOINT_URL", aws.addresses().aws_endpoint.as_str());
    for (keychain, said) in [
        (Keychain::Locked, "The keychain is locked."),
        (Keychain::Missing, "This computer has no keychain."),
    ] {
        let desktop = Desktop::with(keychain, &[endpoint])?;
        let app = desktop.open()?;
        real_setup(&app)?;
        app.see("main", said)?;
        connect_with_keys(&app)?;
        app.see("main", "123456789012, the management account")?;
        let kept = secret_scan::files(SECRET_KEY, desktop.home(), &[])?;
        assert_eq!(kept, Vec::<std::path::PathBuf>::new(), "{keychain:?}");
        assert_eq!(app.errors()?, Vec::<String>::new());
    }
    Ok(())
}

#[test]
fn silent_keychain_does_not_block_the_app() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let aws = runtime.block_on(Practice::start(Settings::default()))?;
    let endpoint = ("AWS_ENDPOINT_URL", aws.addresses().aws_endpoint.as_str());
    let desktop = Desktop::with(Keychain::Silent, &[endpoint])?;
    let began = Instant::now();
    let app = desktop.open()?;
    app.find("h1")?;
    assert!(began.elapsed() < USABLE, "{:?}", began.elapsed());
    real_setup(&app)?;
    connect_with_keys(&app)?;
    app.see("main", "123456789012, the management account")?;
    app.see("[data-not-kept=silent]", "The keychain isn’t responding.")?;
    let kept = secret_scan::files(SECRET_KEY, desktop.home(), &[])?;
    assert_eq!(kept, Vec::<std::path::PathBuf>::new());
    assert_eq!(app.errors()?, Vec::<String>::new());
    Ok(())
}

/// Opens a real setup at step 2, with access keys as the way to connect to AWS.
fn real_setup(app: &Driver) -> Result<()> {
    app.fill("[data-field=name]", "Canary")?;
    app.click("[data-action=create]")?;
    app.see("h1", "Connect AWS")?;
    app.click("[data-field=way] option[value=keys]")
}

fn connect_with_keys(app: &Driver) -> Result<()> {
    app.fill("[data-field=access_key_id]", ACCESS_KEY)?;
    app.fill("[data-field=secret_access_key]", SECRET_KEY)?;
    app.fill("[data-field=session_token]", SESSION_TOKEN)?;
    app.fill("[data-field=region]", "us-east-1")?;
    app.click("[data-action=connect]")
}
