//! Opens a colleague's handover while no setup is open.

use std::path::PathBuf;

use super::Actor;
use crate::{
    Failure,
    blocking::on_disk,
    files::{self, FileError},
    setup_session::{HandoverFile, has_handover_name, oversized_handover, read_handover},
};
use storage::store::Setup;

impl Actor {
    /// Reads files. While no setup is open, a file can only be a colleague's handover.
    pub(super) async fn import(&mut self, files: Vec<PathBuf>) -> Result<(), Failure> {
        if let Some(open) = &mut self.open {
            return open.import(files).await;
        }
        self.refused = self.open_handover(files).await.err();
        self.list_setups().await;
        Ok(())
    }

    /// Opens the setup that a handover belongs to, or creates it. The values are taken after the
    /// user has compared them.
    async fn open_handover(&mut self, files: Vec<PathBuf>) -> Result<(), Failure> {
        let file = read_only_handover(files).await?;
        let id = file.handover.setup;
        let store = self.store.clone();
        match on_disk(move || store.exists(id)).await? {
            true => self.resume(&id.to_string()).await?,
            false => {
                self.create(Setup::from_handover(&file.handover, (self.ports.clock)())).await?
            }
        }
        let received = self.opened_mut()?.receive_handover(file);
        if received.is_err() {
            self.close();
        }
        received
    }
}

/// Reads the handover among files that were dropped or chosen while no setup was open.
async fn read_only_handover(files: Vec<PathBuf>) -> Result<HandoverFile, Failure> {
    let [file] = <[PathBuf; 1]>::try_from(files).map_err(|_| Failure::new("handover_single"))?;
    let name = files::name(&file);
    match files::read_on_thread(file).await {
        Ok(bytes) => match read_handover(&name, bytes).await {
            Some(read) => read,
            None => Err(Failure::new("not_a_handover").with("file", name)),
        },
        Err(FileError::TooLarge(_)) if has_handover_name(&name) => Err(oversized_handover()),
        Err(FileError::TooLarge(_)) => Err(Failure::new("not_a_handover").with("file", name)),
        Err(FileError::Unreadable(cause)) => {
            Err(Failure::new("handover_unreadable").with("cause", cause))
        }
    }
}
