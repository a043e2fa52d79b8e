//! What the wizard needs from its caller: a folder, a clock, a keychain, practice mode.

use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc};

use jiff::Timestamp;
use secrecy::SecretString;

use super::Failure;
use storage::vault::Opener;
use transport::Network;

/// The configuration of the wizard.
#[derive(Clone)]
pub struct SessionConfig {
    pub folder: PathBuf,
    /// The clock for the rules. Signatures to AWS and TLS use real time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Opens the operating system's keychain, if there is one.
    pub keychain: Opener,
    /// The folder that browsers download to, if there is one. It's read only while the user watches it.
    pub downloads: Option<PathBuf>,
    pub practice: Arc<dyn Practice>,
    /// How AWS and nOps are reached.
    pub network: Network,
}

pub trait Practice: Send + Sync {
    /// Starts practice mode, or continues with the state in `folder`.
    fn start(&self, folder: PathBuf) -> Starting;
}

pub type Starting = Pin<Box<dyn Future<Output = Result<PracticeServer, Failure>> + Send>>;

/// The running practice server, which stops when this is dropped.
pub struct PracticeServer {
    /// The base address, `http://127.0.0.1:PORT`. It serves the real link `https://HOST/PATH` at
    /// `/at/HOST/PATH`.
    pub base: String,
    /// The access key id that practice mode's AWS accepts.
    pub access_key_id: String,
    pub secret_access_key: SecretString,
    pub region: String,
    /// The address of its access portal, `https://d-xxxxxxxxxx.awsapps.com/start`.
    pub portal: String,
    /// The port of the last start, if another program uses it now.
    pub moved_from: Option<u16>,
    /// Stops the server when dropped.
    pub running: Box<dyn std::any::Any + Send + Sync>,
}

impl PracticeServer {
    /// Returns its port, or 0 if the address has none.
    pub fn port(&self) -> u16 {
        self.base.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default()
    }

    /// Returns the address that serves the real link `url`.
    pub fn reach(&self, url: &str) -> String {
        match url.strip_prefix("https://") {
            Some("mailbox.practice.example/") => format!("{}/mailbox", self.base),
            Some(rest) => format!("{}/at/{rest}", self.base),
            None => url.to_owned(),
        }
    }
}
