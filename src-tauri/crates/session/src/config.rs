//! What the wizard needs from whoever runs it: a folder, a clock, a keychain, a practice mode.

use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc};

use jiff::Timestamp;
use secrecy::SecretString;

use super::Failure;
use storage::vault::Opener;
use transport::Network;

/// What the wizard is given.
#[derive(Clone)]
pub struct SessionConfig {
    /// The folder with the setups.
    pub folder: PathBuf,
    /// The time by which rules judge. Signatures to AWS and TLS keep real time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Opens the keychain of the operating system, where there is one.
    pub keychain: Opener,
    /// The folder that browsers download to, where there is one. Looked at only while somebody wants it.
    pub downloads: Option<PathBuf>,
    /// Where a practice mode comes from.
    pub practice: Arc<dyn Practice>,
    /// How AWS and nOps are reached.
    pub network: Network,
}

/// A practice mode that can be started.
pub trait Practice: Send + Sync {
    /// Starts it, or goes on with the state in `folder`.
    fn start(&self, folder: PathBuf) -> Starting;
}

/// A practice mode on its way up.
pub type Starting = Pin<Box<dyn Future<Output = Result<PracticeServer, Failure>> + Send>>;

/// A practice mode that runs for as long as this is held.
pub struct PracticeServer {
    /// Its address, `http://127.0.0.1:PORT`. The real link `https://HOST/PATH` is served at `/at/HOST/PATH`.
    pub base: String,
    /// The access key id that its AWS accepts.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: SecretString,
    /// Its Region.
    pub region: String,
    /// Its access portal, `https://d-xxxxxxxxxx.awsapps.com/start`.
    pub portal: String,
    /// The port of the last start, where another program has it now.
    pub moved_from: Option<u16>,
    /// Stops it when dropped.
    pub running: Box<dyn std::any::Any + Send + Sync>,
}

impl PracticeServer {
    /// Its port; 0 when the address names none.
    pub fn port(&self) -> u16 {
        self.base.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default()
    }

    /// Where the real link `url` is served.
    pub fn reach(&self, url: &str) -> String {
        match url.strip_prefix("https://") {
            Some("mailbox.practice.example/") => format!("{}/mailbox", self.base),
            Some(rest) => format!("{}/at/{rest}", self.base),
            None => url.to_owned(),
        }
    }
}
