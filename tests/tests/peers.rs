//! Software that none of us wrote, before a fresh practice world: boto3 and python3-saml.

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use acceptance::Result;
use nops_sso_practice::{Practice, Settings};

#[tokio::test(flavor = "multi_thread")]
async fn boto3_is_happy_with_the_practice_api() -> Result<()> {
    let world = Practice::start(Settings::default()).await?;
    let endpoint = world.addresses().aws_endpoint.clone();
    run("boto3_practice.py", &endpoint, "")
}

#[tokio::test(flavor = "multi_thread")]
async fn python3_saml_judges_as_practice_does() -> Result<()> {
    let world = Practice::start(Settings::default()).await?;
    let addresses = serde_json::to_string(world.addresses())?;
    run("python3_saml_practice.py", "-", &addresses)
}

/// Runs a peer in the environment that `cargo xtask test` makes, with its output shown.
fn run(script: &str, argument: &str, input: &str) -> Result<()> {
    let python = env::var_os("PEERS_PYTHON").ok_or("run the peers with: cargo xtask test peers")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("peers")
        .join(script);
    let mut peer = Command::new(python)
        .arg(&script)
        .arg(argument)
        .stdin(Stdio::piped())
        .spawn()?;
    peer.stdin
        .take()
        .ok_or("no standard input")?
        .write_all(input.as_bytes())?;
    let ended = peer.wait()?;
    match ended.success() {
        true => Ok(()),
        false => Err(format!("{} ended with {ended}", script.display()).into()),
    }
}
