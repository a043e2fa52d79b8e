//! Starts a practice world with default settings, prints its addresses as one line of JSON, and
//! serves until it is interrupted.

use std::{error::Error, io::Write};

use nops_sso_practice::{Practice, Settings};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let practice = Practice::start(Settings::default()).await?;
    let mut out = std::io::stdout();
    serde_json::to_writer(&mut out, practice.addresses())?;
    writeln!(out)?;
    std::future::pending().await
}
