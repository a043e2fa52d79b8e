//! Creates documents from a setup file without a window or network access.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::{
    Failure,
    config::{Practice, PracticeStart, SessionConfig},
    document::Document,
    jobs::JobContext,
    setup_session::SetupSession,
};
use changes::History;
use storage::{
    store::{Setup, Store},
    vault::{SecretStore, opener},
};
use transport::Network;

/// Returns the name and the content of a document for the setup in `file` at the time `now`.
/// Doesn't change the file.
pub fn export(
    file: &[u8],
    document: Document,
    now: Timestamp,
) -> Result<(String, Vec<u8>), Failure> {
    let setup = Setup::from_json(file).map_err(|damage| {
        let failure = Failure::new("setup_unreadable").with("problem", damage.code());
        failure.with("detail", damage.detail())
    })?;
    let aside = tempfile::tempdir().map_err(|_| Failure::new("disk_failed"))?;
    let store = Store::open(aside.path())?;
    let journal = store.journal_path(setup.id);
    let held = store.create(setup)?;
    let (inbox, _letters) = mpsc::channel(1);
    let ports = SessionConfig {
        folder: aside.path().to_owned(),
        clock: Arc::new(move || now),
        zone: jiff::tz::TimeZone::UTC,
        keychain: opener(None),
        downloads: None,
        practice: Arc::new(WithoutPractice),
        network: Network::default(),
    };
    let vault = Arc::new(SecretStore::new(opener(None)));
    let journal = History::open(journal)?;
    SetupSession::new(
        held,
        ports,
        vault,
        JobContext { letters: inbox.downgrade(), opening: 0 },
        None,
        journal,
    )
    .document(document)
}

/// The practice mode for [`export`], which never starts it.
struct WithoutPractice;

impl Practice for WithoutPractice {
    fn start(&self, _folder: PathBuf, _repair: bool) -> PracticeStart {
        Box::pin(async { Err(Failure::new("practice_port")) })
    }
}
