//! Software that none of us wrote, before fresh practice worlds: boto3 and python3-saml.

use std::{env, path::Path, process::Command};

use acceptance::Result;
use nops_sso_practice::{Practice, Settings, Switches};

/// Calls a second that the limited world answers: fewer than boto3 makes on a busy machine.
const CALLS_PER_SECOND: u32 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn boto3_is_happy_with_the_practice_api() -> Result<()> {
    let world = Practice::start(Settings::default()).await?;
    let limited = Practice::start(Settings {
        rate_limit: Some(CALLS_PER_SECOND),
        ..Settings::default()
    })
    .await?;
    run(
        "boto3_practice.py",
        &[
            &world.addresses().aws_endpoint,
            &limited.addresses().aws_endpoint,
            &CALLS_PER_SECOND.to_string(),
        ],
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn python3_saml_judges_as_practice_does() -> Result<()> {
    let world = Practice::start(Settings::default()).await?;
    let assertion_only = Practice::start(Settings {
        switches: Switches {
            sign_assertion_only: true,
            ..Switches::default()
        },
        ..Settings::default()
    })
    .await?;
    run(
        "python3_saml_practice.py",
        &[
            &serde_json::to_string(world.addresses())?,
            &serde_json::to_string(assertion_only.addresses())?,
        ],
    )
}

/// Runs a peer in the environment that `cargo xtask test` makes, with its output shown.
fn run(script: &str, arguments: &[&str]) -> Result<()> {
    let python = env::var_os("PEERS_PYTHON").ok_or("run the peers with: cargo xtask test peers")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peers")
        .join(script);
    let ended = Command::new(python).arg(&script).args(arguments).status()?;
    match ended.success() {
        true => Ok(()),
        false => Err(format!("{} ended with {ended}", script.display()).into()),
    }
}
