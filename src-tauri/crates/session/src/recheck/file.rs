//! Checks a setup file again, and keeps the last record next to it.

use std::path::{Path, PathBuf};

use super::{
    Clock, RecheckRecord, RecheckRequest, recheck,
    record::{load_record, record_path, save_record},
};
use crate::{
    Failure,
    config::{Practice, PracticeServer},
};
use identity_center::{AwsError, Connection, Connections, Credentials};
use people::People;
use setup::{Facts, Field, ValuesDocument, derive::derive, drift};
use storage::store::{FileLock, OpenSetup, Setup, SetupFileLock, SetupKind, StoreError};
use transport::{Network, Transport};

/// A finished setup, from its file.
#[derive(Debug)]
pub struct FinishedSetup {
    pub name: String,
    facts: Facts,
    people: People,
    /// The folder with the practice state. `None` for a real setup.
    practice: Option<PathBuf>,
    /// The setup's file and its ID. `None` for a values document.
    file: Option<(PathBuf, uuid::Uuid)>,
    /// The lock of a setup of this window. No one else can open or delete the setup meanwhile.
    held: Option<OpenSetup>,
}

impl FinishedSetup {
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
                    file: None,
                    held: None,
                }),
                _ => Err(Failure::new("watch_unreadable")
                    .with("file", file.display().to_string())
                    .with("problem", damage.code())),
            },
        }
    }

    /// Returns a setup that this window has locked.
    pub(crate) fn held(held: OpenSetup) -> Self {
        let setup = Self::new(&held.setup, held.path());
        Self { held: Some(held), ..setup }
    }

    fn new(setup: &Setup, file: &Path) -> Self {
        Self {
            name: setup.name.clone(),
            facts: setup.facts.clone(),
            people: setup.people.clone(),
            // A copy of the file uses the practice mode of its original.
            practice: (setup.world == SetupKind::Practice)
                .then(|| file.with_file_name(format!("{}.practice", setup.id))),
            file: Some((file.to_owned(), setup.id)),
            held: None,
        }
    }

    /// Returns whether the setup is in practice mode, which needs no credentials.
    pub fn is_practice(&self) -> bool {
        self.practice.is_some()
    }

    /// Checks the setup. `connections` connect a real setup to AWS; a practice setup connects to its
    /// own AWS.
    pub async fn recheck(
        &self,
        connections: Option<&mut Connections>,
        network: &Network,
        practice: &dyn Practice,
        clock: &Clock,
    ) -> Result<RecheckRecord, Failure> {
        let all = derive(&self.facts, clock());
        let region = all.text(Field::AwsRegion);
        // Only one program may run this setup's practice mode.
        let _lock = self.lock_practice()?;
        let server = match &self.practice {
            Some(folder) => Some(practice.start(folder.clone(), false).await?),
            None => None,
        };
        let (transport, connection) = match &server {
            Some(server) => {
                let connection = Connection::open(&practice_keys(server), region, network).await;
                (Transport::Practice { port: server.port() }, Some(connection))
            }
            None => {
                let connection = match connections {
                    Some(connections) => open(connections, region).await,
                    None => None,
                };
                let own = connection.as_ref().and_then(|opened| opened.as_ref().ok());
                let own = own.map_or(network, Connection::network).clone();
                (Transport::Real(own), connection)
            }
        };
        let request = RecheckRequest {
            facts: self.facts.clone(),
            people: self.people.clone(),
            transport,
            // The times in a values document aren't those of the setup.
            verified: self.file.as_ref().and_then(|_| drift::last_verified(&self.facts)),
            connection,
            last: self.file.as_ref().and_then(|(file, _)| load_record(file)),
        };
        Ok(recheck(request, clock).await)
    }

    fn lock_practice(&self) -> Result<Option<FileLock>, Failure> {
        match &self.practice {
            // Practice mode would start without what the setup made in it.
            Some(folder) if !folder.is_dir() => Err(Failure::new("watch_practice_missing")),
            Some(folder) if self.held.is_none() => {
                Ok(Some(FileLock::acquire(&folder.with_extension("lock"))?))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// Keeps the record next to the setup. Does nothing if the setup was deleted meanwhile, or if a
    /// window has it open, because the window keeps its own record.
    pub fn save(&self, record: &RecheckRecord) -> Result<(), Failure> {
        let Some((file, id)) = &self.file else { return Ok(()) };
        let _lock = match &self.held {
            Some(_) => None,
            None => match SetupFileLock::acquire(file, *id) {
                Ok(lock) => Some(lock),
                Err(StoreError::InUse | StoreError::NotFound) => return Ok(()),
                Err(error) => return Err(error.into()),
            },
        };
        save_record(&record_path(file), record)
    }
}

/// Opens a connection, or returns `None` if this computer has no credentials.
async fn open(
    connections: &mut Connections,
    region: Option<&str>,
) -> Option<Result<Connection, AwsError>> {
    let opened = match connections.open(region).await {
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
