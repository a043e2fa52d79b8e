//! Watches a setup file, and keeps the last report next to it.

use std::path::{Path, PathBuf};

use super::{Clock, WatchReport, WatchRequest, watch};
use crate::{
    Failure,
    config::{Practice, PracticeServer},
};
use identity_center::{AwsError, Connection, Credentials};
use people::People;
use setup::{Facts, Field, ValuesDocument, derive::derive, drift};
use storage::store::{self, FileLock, LARGEST_FILE, REPORT, Setup, SetupKind};
use transport::{Network, Transport};

/// A setup to watch, from its file.
#[derive(Debug)]
pub struct WatchedSetup {
    pub name: String,
    facts: Facts,
    people: People,
    /// The folder with the practice state. `None` for a real setup.
    practice: Option<PathBuf>,
    /// Where the last report is kept. `None` for a values document.
    report: Option<PathBuf>,
}

impl WatchedSetup {
    /// Reads a setup file or a values document.
    pub fn read(file: &Path, content: &[u8], clock: &Clock) -> Result<Self, Failure> {
        match Setup::from_json(content) {
            Ok(setup) => Ok(Self::new(&setup, file)),
            Err(damage) => match serde_json::from_slice::<ValuesDocument>(content) {
                Ok(values) if values.to_facts(clock()).0.iter().next().is_some() => Ok(Self {
                    name: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                    facts: values.to_facts(clock()).0,
                    people: People::default(),
                    practice: None,
                    report: None,
                }),
                _ => Err(Failure::new("watch_unreadable")
                    .with("file", file.display().to_string())
                    .with("problem", damage.code())),
            },
        }
    }

    /// Watches the setup in `file`.
    pub fn new(setup: &Setup, file: &Path) -> Self {
        Self {
            name: setup.name.clone(),
            facts: setup.facts.clone(),
            people: setup.people.clone(),
            // A copy of the file uses the practice mode of its original.
            practice: (setup.world == SetupKind::Practice)
                .then(|| file.with_file_name(format!("{}.practice", setup.id))),
            report: Some(report_path(file)),
        }
    }

    /// Returns whether the setup is in practice mode, which needs no credentials.
    pub fn is_practice(&self) -> bool {
        self.practice.is_some()
    }

    /// Checks the setup. `credentials` connect a real setup to AWS; a practice setup connects to
    /// its own AWS.
    pub async fn watch(
        &self,
        credentials: Option<&Credentials>,
        network: &Network,
        practice: &dyn Practice,
        clock: &Clock,
    ) -> Result<WatchReport, Failure> {
        let all = derive(&self.facts, clock());
        let region = all.text(Field::AwsRegion);
        let server = match &self.practice {
            // Only one program may run this setup's practice mode.
            Some(folder) if FileLock::is_taken(&folder.with_extension("lock")) => {
                return Err(Failure::new("setup_held"));
            }
            // Practice mode would start without what the setup made in it.
            Some(folder) if !folder.is_dir() => {
                return Err(Failure::new("watch_practice_missing"));
            }
            Some(folder) => Some(practice.start(folder.clone(), false).await?),
            None => None,
        };
        let (transport, connection) = match &server {
            Some(server) => {
                let connection = Connection::open(&practice_keys(server), region, network).await;
                (Transport::Practice { port: server.port() }, Some(connection))
            }
            None => {
                let connection = match credentials {
                    Some(credentials) => open(credentials, region, network).await,
                    None => None,
                };
                let own = connection.as_ref().and_then(|opened| opened.as_ref().ok());
                let own = own.map_or(network, Connection::network).clone();
                (Transport::Real(own), connection)
            }
        };
        let request = WatchRequest {
            facts: self.facts.clone(),
            people: self.people.clone(),
            transport,
            // The times in a values document aren't those of the setup.
            verified: self.report.as_ref().and_then(|_| drift::last_verified(&self.facts)),
            connection,
        };
        Ok(watch(request, clock).await)
    }

    /// Keeps the report next to the setup.
    pub fn save(&self, report: &WatchReport) -> Result<(), Failure> {
        match &self.report {
            Some(file) => save_report(file, report),
            None => Ok(()),
        }
    }
}

/// Opens a connection, or returns `None` if this computer has no credentials.
async fn open(
    credentials: &Credentials,
    region: Option<&str>,
    network: &Network,
) -> Option<Result<Connection, AwsError>> {
    let opened = match Connection::open(credentials, region, network).await {
        Ok(connection) => connection.whoami().await.map(|_| connection),
        Err(error) => Err(error),
    };
    match opened {
        Err(error) if error.is_without_credentials() => None,
        opened => Some(opened),
    }
}

fn practice_keys(server: &PracticeServer) -> Credentials {
    Credentials::Practice {
        endpoint: server.base.clone(),
        access_key_id: server.access_key_id.clone(),
        secret_access_key: server.secret_access_key.clone(),
    }
}

/// Returns where a setup's last report is kept.
pub(crate) fn report_path(setup: &Path) -> PathBuf {
    setup.with_extension(REPORT)
}

/// Saves a report in `file`, the setup's file with another extension.
pub(crate) fn save_report(file: &Path, report: &WatchReport) -> Result<(), Failure> {
    let json = serde_json::to_vec_pretty(report).map_err(|_| Failure::new("disk_failed"))?;
    Ok(store::replace(file, &json)?)
}

/// Returns the last report of the setup in `setup`, or `None` if there is no readable report.
pub(crate) fn load_report(setup: &Path) -> Option<WatchReport> {
    let content = local_files::read(&report_path(setup), LARGEST_FILE).ok()?;
    serde_json::from_slice(&content).ok()
}
