//! Setups on disk: one JSON file each, in a folder given from outside.
//!
//! A file is replaced whole or not at all; one instance holds a setup; a file that can't be read
//! stays where it is and is named. Beside `ID.json` lie `ID.lock`, `ID.journal` (see `change`), `ID.connection`
//! (see `confirmed`) and, for a practice setup, the folder `ID.practice`.

mod confirmed;
mod disk;
mod load_error;
mod lock;
mod setup_file;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use uuid::Uuid;

pub use disk::replace;
pub use load_error::{SetupFileError, UnreadableSetup};
pub use setup_file::{ConnectionMethod, SCHEMA_VERSION, Setup, World};

pub use lock::Lock;

/// A setup's file may not be longer than this; two pieces of metadata and 200,000 people fit.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The folder with the setups.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    /// The setups that this instance holds.
    held: Arc<Mutex<Vec<Uuid>>>,
}

/// Everything in the folder.
#[derive(Debug, Default)]
pub struct SetupList {
    /// The setups, the last changed first.
    pub setups: Vec<SetupEntry>,
    /// Files that could not be read; they stay where they are.
    pub damaged: Vec<UnreadableSetup>,
}

/// A setup in the folder.
#[derive(Debug)]
pub struct SetupEntry {
    /// The setup as its file says.
    pub setup: Setup,
    /// The file's name.
    pub file: String,
    /// Another instance holds it.
    pub held_elsewhere: bool,
    /// A copy: the ID in it belongs to another file.
    pub duplicate: bool,
}

impl SetupEntry {
    /// Names the setup in the list.
    pub fn name(&self) -> String {
        list_name(Path::new(&self.file))
    }
}

/// What a name in the list stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The setup with this ID.
    Own(Uuid),
    /// A copy, by its file's name.
    Copy(String),
}

/// Why the disk did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another instance holds the setup.
    #[error("another window holds the setup")]
    InUse,
    /// There is no such setup.
    #[error("there is no such setup")]
    NotFound,
    /// A setup with this id is there already.
    #[error("a setup with this id is there already")]
    Exists,
    /// The setup's file can't be read.
    #[error("the setup's file can't be read: {0:?}")]
    Damaged(UnreadableSetup),
    /// The disk is full, or the person's share of it.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or file may not be written or read.
    #[error("access to {path} was refused")]
    Refused {
        /// The folder or file.
        path: PathBuf,
    },
    /// The disk failed otherwise.
    #[error("the disk failed: {0}")]
    Disk(io::ErrorKind),
}

impl StoreError {
    /// The key of its words under `failure-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InUse => "setup_held",
            Self::NotFound => "setup_not_found",
            Self::Exists => "setup_exists",
            Self::Damaged(_) => "setup_damaged",
            Self::DiskFull => "disk_full",
            Self::Refused { .. } => "disk_refused",
            Self::Disk(_) => "disk_failed",
        }
    }

    /// The error for an I/O failure at `path`.
    pub fn from_io(error: &io::Error, path: &Path) -> Self {
        use io::ErrorKind::{
            NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        };
        match error.kind() {
            StorageFull | QuotaExceeded => Self::DiskFull,
            PermissionDenied | ReadOnlyFilesystem => Self::Refused { path: path.to_owned() },
            NotFound => Self::NotFound,
            other => Self::Disk(other),
        }
    }
}

impl Store {
    /// The store in `folder`, which is made if it is not there.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        disk::own_folder(&folder)?;
        let store = Self { folder, held: Arc::default() };
        store.sweep()?;
        Ok(store)
    }

    /// Removes the temporary files of setups that nobody holds: a crash left them.
    fn sweep(&self) -> Result<(), StoreError> {
        let refused = |error: io::Error| StoreError::from_io(&error, &self.folder);
        for entry in fs::read_dir(&self.folder).map_err(refused)? {
            let path = entry.map_err(refused)?.path();
            let name = file_name(&path);
            let Some(rest) = name.strip_prefix(disk::TEMPORARY) else { continue };
            let owner = rest.get(1..37).and_then(|id| id.parse::<Uuid>().ok());
            if owner.is_none_or(|id| !Lock::is_taken(&self.lock_path(id))) {
                disk::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// All setups and all files that could not be read.
    pub fn list(&self) -> Result<SetupList, StoreError> {
        let refused = |error: io::Error| StoreError::from_io(&error, &self.folder);
        let mut shelf = SetupList::default();
        let mut seen: BTreeMap<Uuid, u32> = BTreeMap::new();
        for entry in fs::read_dir(&self.folder).map_err(refused)? {
            let path = entry.map_err(refused)?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            match read(&path) {
                Ok(setup) => {
                    *seen.entry(setup.id).or_default() += 1;
                    shelf.setups.push(SetupEntry {
                        held_elsewhere: !self.holds(setup.id)
                            && Lock::is_taken(&self.lock_path(setup.id)),
                        duplicate: false,
                        file: file_name(&path),
                        setup,
                    });
                }
                Err(damage) => {
                    shelf.damaged.push(UnreadableSetup { file: file_name(&path), damage })
                }
            }
        }
        for shelved in &mut shelf.setups {
            let id = shelved.setup.id;
            let shared = seen.get(&id).is_some_and(|count| *count > 1);
            shelved.duplicate = shared && shelved.name() != id.to_string();
            // A lock tells who holds the original, so it says nothing about a copy.
            shelved.held_elsewhere &= !shelved.duplicate;
        }
        shelf
            .setups
            .sort_by(|a, b| b.setup.changed.cmp(&a.setup.changed).then(a.file.cmp(&b.file)));
        shelf.damaged.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(shelf)
    }

    /// Puts a new setup into the folder and holds it.
    pub fn create(&self, setup: Setup) -> Result<OpenSetup, StoreError> {
        let path = self.path(setup.id);
        if path.exists() {
            return Err(StoreError::Exists);
        }
        let held = self.hold(setup, path)?;
        held.write()?;
        Ok(held)
    }

    /// Reads a setup and holds it.
    pub fn resume(&self, id: Uuid) -> Result<OpenSetup, StoreError> {
        let path = match self.path(id) {
            path if path.exists() => path,
            _ => self.other_file_of(id)?,
        };
        let lock = self.lock(id)?;
        let setup = read(&path).map_err(|damage| {
            StoreError::Damaged(UnreadableSetup { file: file_name(&path), damage })
        })?;
        Ok(self.held(setup, path, lock))
    }

    /// What a name in the list stands for.
    pub fn named(&self, name: &str) -> Result<Named, StoreError> {
        let shelf = self.list()?;
        match shelf.setups.into_iter().find(|shelved| shelved.name() == name) {
            Some(copy) if copy.duplicate => Ok(Named::Copy(copy.file)),
            Some(own) => Ok(Named::Own(own.setup.id)),
            // A file that can't be read says why when it is opened.
            None => name.parse().map(Named::Own).map_err(|_| StoreError::NotFound),
        }
    }

    /// Gives a copied file an id of its own, so that it is a setup beside the first one.
    pub fn adopt(&self, file: &str, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
        let (copy, mut setup, _unheld) = self.copied(file)?;
        setup.id = id;
        setup.changed = now;
        drop(self.create(setup)?);
        disk::remove_file(&copy)
    }

    /// Deletes a copied file. The setup it was copied from keeps everything it has.
    pub fn delete_copy(&self, file: &str) -> Result<(), StoreError> {
        let (copy, _, _unheld) = self.copied(file)?;
        disk::remove_file(&copy)?;
        disk::sync_folder(&self.folder)
    }

    /// A copied file that nobody holds: without an original, the lock may be the copy's.
    fn copied(&self, file: &str) -> Result<(PathBuf, Setup, Option<Lock>), StoreError> {
        let copy = self.folder.join(Path::new(file).file_name().ok_or(StoreError::NotFound)?);
        let setup = read(&copy).map_err(|damage| {
            StoreError::Damaged(UnreadableSetup { file: file.to_owned(), damage })
        })?;
        let original = self.path(setup.id);
        let lock = if original.exists() { None } else { Some(self.lock(setup.id)?) };
        Ok((copy, setup, lock))
    }

    /// Renames a setup that nobody holds.
    pub fn rename(&self, id: Uuid, name: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut held = self.resume(id)?;
        held.setup.name = name.to_owned();
        held.save(now)
    }

    /// Takes a setup that nobody holds, to delete it.
    pub fn claim(&self, id: Uuid) -> Result<Claim, StoreError> {
        let path = match self.path(id) {
            path if path.exists() => path,
            _ => self.other_file_of(id)?,
        };
        Ok(Claim { store: self.clone(), id, path, lock: self.lock(id)? })
    }

    /// Where the setup's changes are journalled.
    pub fn journal_path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.journal"))
    }

    /// Where a practice setup's world is kept.
    pub fn practice_path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.practice"))
    }

    fn path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    fn lock_path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.lock"))
    }

    /// The file that has this id inside but not in its name.
    fn other_file_of(&self, id: Uuid) -> Result<PathBuf, StoreError> {
        let shelf = self.list()?;
        let shelved = shelf.setups.iter().find(|shelved| shelved.setup.id == id);
        shelved.map(|shelved| self.folder.join(&shelved.file)).ok_or(StoreError::NotFound)
    }

    fn lock(&self, id: Uuid) -> Result<Lock, StoreError> {
        if self.holds(id) {
            return Err(StoreError::InUse);
        }
        Lock::take(&self.lock_path(id))
    }

    fn hold(&self, setup: Setup, path: PathBuf) -> Result<OpenSetup, StoreError> {
        let lock = self.lock(setup.id)?;
        Ok(self.held(setup, path, lock))
    }

    fn held(&self, setup: Setup, path: PathBuf, lock: Lock) -> OpenSetup {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.push(setup.id);
        let hold = Hold {
            id: setup.id,
            _lock: lock,
            held: Arc::clone(&self.held),
            number: AtomicU64::default(),
            written: Mutex::default(),
        };
        OpenSetup { setup, path, is_connection_chosen: false, hold: Arc::new(hold) }
    }

    fn holds(&self, id: Uuid) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.contains(&id)
    }
}

/// A setup that is about to be deleted: nobody can open it until this is dropped.
#[derive(Debug)]
pub struct Claim {
    store: Store,
    id: Uuid,
    path: PathBuf,
    lock: Lock,
}

impl Claim {
    /// Deletes the setup with its journal and its practice mode.
    pub fn delete(self) -> Result<(), StoreError> {
        let Self { store, id, path, lock } = self;
        disk::remove_file(&path)?;
        disk::remove_file(&store.journal_path(id))?;
        confirmed::forget(&path)?;
        disk::remove_folder(&store.practice_path(id))?;
        disk::remove_file(&store.lock_path(id))?;
        drop(lock);
        disk::sync_folder(&store.folder)
    }
}

/// A setup that this instance holds: nobody else writes it until this is dropped.
#[derive(Debug)]
pub struct OpenSetup {
    /// The setup. Changes are on disk after [`OpenSetup::save`].
    pub setup: Setup,
    path: PathBuf,
    /// The connection method was chosen since the last save.
    is_connection_chosen: bool,
    hold: Arc<Hold>,
}

/// A setup's file as it is to be written.
#[derive(Debug)]
pub struct Saving {
    path: PathBuf,
    json: Vec<u8>,
    /// The connection method to note as chosen on this computer.
    confirmed: Option<Vec<u8>>,
    hold: Arc<Hold>,
    number: u64,
}

impl Saving {
    /// Writes the file, unless a later version is there already.
    pub fn run(self) -> Result<(), StoreError> {
        let mut written = self.hold.written.lock().unwrap_or_else(PoisonError::into_inner);
        if *written >= self.number {
            return Ok(());
        }
        replace(&self.path, &self.json)?;
        if let Some(said) = &self.confirmed {
            confirmed::confirm(&self.path, said)?;
        }
        *written = self.number;
        Ok(())
    }
}

/// The right to write a setup's files. It ends when its last owner is dropped.
#[derive(Debug)]
pub struct Hold {
    id: Uuid,
    _lock: Lock,
    held: Arc<Mutex<Vec<Uuid>>>,
    /// Numbers the versions of the setup's file.
    number: AtomicU64,
    /// The version that was written last.
    written: Mutex<u64>,
}

impl OpenSetup {
    /// Names the setup in the list.
    pub fn name(&self) -> String {
        list_name(&self.path)
    }

    /// Writes the setup to disk. After an error the file is what it was before.
    pub fn save(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.saving(now)?.run()
    }

    /// The same, to be run on another thread. Of two that run at once, the later one's setup stays on disk.
    pub fn saving(&mut self, now: Timestamp) -> Result<Saving, StoreError> {
        self.setup.changed = now;
        let number = self.hold.number.fetch_add(1, Ordering::Relaxed) + 1;
        let confirmed = match std::mem::take(&mut self.is_connection_chosen) {
            true => Some(confirmed::said(&self.setup)?),
            false => None,
        };
        Ok(Saving {
            path: self.path.clone(),
            json: self.setup.to_json()?,
            confirmed,
            hold: self.hold(),
            number,
        })
    }

    /// Notes, with the next save, that the connection method was chosen on this computer.
    pub fn confirm_connection(&mut self) {
        self.is_connection_chosen = true;
    }

    /// Whether the connection method was chosen on this computer.
    pub fn is_connection_confirmed(&self) -> bool {
        confirmed::is_confirmed(&self.path, &self.setup)
    }

    /// The right to write the setup's files, to share with what writes its change history.
    pub fn hold(&self) -> Arc<Hold> {
        Arc::clone(&self.hold)
    }

    fn write(&self) -> Result<(), StoreError> {
        replace(&self.path, &self.setup.to_json()?)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|id| *id != self.id);
    }
}

fn read(path: &Path) -> Result<Setup, SetupFileError> {
    let unreadable =
        |error: io::Error| SetupFileError::Unreadable { kind: error.kind().to_string() };
    let length = fs::metadata(path).map_err(unreadable)?.len();
    if length > LARGEST_FILE {
        return Err(SetupFileError::TooLarge);
    }
    Setup::from_json(&fs::read(path).map_err(unreadable)?)
}

fn list_name(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
