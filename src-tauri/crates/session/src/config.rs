//! The configuration that the caller provides: a folder, a clock, a keychain and practice mode.

use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};
use secrecy::SecretString;

use super::Failure;
use storage::vault::Opener;
use transport::Network;

/// The configuration of the wizard.
#[derive(Clone)]
pub struct SessionConfig {
    pub folder: PathBuf,
    /// The clock for the rules. TLS and AWS request signatures use the real time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The time zone for suggested times.
    pub zone: TimeZone,
    /// Opens the operating system's keychain, if there is one.
    pub keychain: Opener,
    /// The folder that browsers download to, if there is one. The app reads the folder only while
    /// watching is turned on.
    pub downloads: Option<PathBuf>,
    pub practice: Arc<dyn Practice>,
    /// How the app reaches AWS and nOps.
    pub network: Network,
}

pub trait Practice: Send + Sync {
    /// Starts practice mode, or continues with the state saved in `folder`. With `repair`, a new
    /// state contains a setup that was made by hand and has mistakes.
    fn start(&self, folder: PathBuf, repair: bool) -> PracticeStart;
}

pub type PracticeStart = Pin<Box<dyn Future<Output = Result<PracticeServer, Failure>> + Send>>;

/// The running practice server. It stops when this value is dropped.
pub struct PracticeServer {
    /// The base address, `http://127.0.0.1:PORT`. The server serves the real link
    /// `https://HOST/PATH` at `/at/HOST/PATH`.
    pub base: String,
    /// The access key ID that AWS accepts in practice mode.
    pub access_key_id: String,
    pub secret_access_key: SecretString,
    pub region: String,
    /// The address of practice mode's access portal, `https://d-xxxxxxxxxx.awsapps.com/start`.
    pub portal: String,
    /// The previous port, if another program is using it now.
    pub moved_from: Option<u16>,
    /// The handle to the server. Dropping the handle stops the server.
    pub running: Box<dyn std::any::Any + Send + Sync>,
}

impl PracticeServer {
    /// Returns the server's port, or 0 if the address has no port.
    pub fn port(&self) -> u16 {
        self.base.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default()
    }

    /// Returns the address where practice mode serves the real link `url`.
    pub fn practice_url(&self, url: &str) -> String {
        match url.strip_prefix("https://") {
            Some("mailbox.practice.example/") => format!("{}/mailbox", self.base),
            Some(rest) => format!("{}/at/{rest}", self.base),
            None => url.to_owned(),
        }
    }

    /// Replaces the addresses of practice pages in the text with the real links. The text contains
    /// such addresses if the user copies them from the browser.
    pub fn restore_real_links(&self, text: &str) -> String {
        text.replace(&format!("{}/at/", self.base), "https://")
    }
}
