//! Starts practice mode, prints its addresses as one line of JSON, and serves until interrupted. The
//! optional argument limits the IAM Identity Center calls per second.

use std::{error::Error, io::Write};

use nops_sso_practice::{Practice, Settings};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let rate_limit = std::env::args().nth(1).map(|number| number.parse()).transpose()?;
    let practice = Practice::start(Settings { rate_limit, ..Settings::default() }).await?;
    let mut out = std::io::stdout();
    serde_json::to_writer(&mut out, practice.addresses())?;
    writeln!(out)?;
    std::future::pending().await
}
