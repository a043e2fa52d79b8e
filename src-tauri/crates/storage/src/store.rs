//! Stores each setup as one JSON file in a given folder.
//!
//! Files are replaced atomically. Only one instance can open a setup at a time. Unreadable files
//! are listed and left in place. Next to `ID.json` are `ID.lock`, `ID.journal` (the change history,
//! see the `changes` crate), `ID.connection` (see `confirmed`), `ID.watch` (what the last check of
//! the finished setup saw) and, for a practice setup, the folder `ID.practice`.

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
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use local_files::ReadError;
use parking_lot::Mutex;
use uuid::Uuid;

pub use disk::replace;
pub use load_error::{SetupFileError, UnreadableSetup};
pub use setup_file::{ConnectionMethod, SCHEMA_VERSION, Setup, SetupKind};

pub use lock::{FileLock, SetupFileLock};

/// The size limit of a setup file, in bytes. It leaves room for two metadata documents and 200,000
/// people.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The extension of the file with what the last check of the finished setup saw.
pub const REPORT: &str = "watch";

#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    /// The setups that this instance has open.
    held: Arc<Mutex<Vec<Uuid>>>,
}

/// All setups in the folder.
#[derive(Debug, Default)]
pub struct SetupList {
    /// All setups, sorted by the last change, newest first.
    pub setups: Vec<SetupEntry>,
    /// Unreadable files. They stay in the folder.
    pub damaged: Vec<UnreadableSetup>,
}

#[derive(Debug)]
pub struct SetupEntry {
    pub setup: Setup,
    pub file: String,
    /// Another instance has the setup open.
    pub held_elsewhere: bool,
    /// The file is a copy: another file has the same ID.
    pub duplicate: bool,
}

impl SetupEntry {
    /// Returns the name that identifies the setup in the list.
    pub fn name(&self) -> String {
        list_name(Path::new(&self.file))
    }
}

/// The setup that a name in the list refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupReference {
    /// An original, identified by its ID.
    Own(Uuid),
    /// A copy, identified by its file name.
    Copy(String),
}

#[derive(Debug, strum::IntoStaticStr, thiserror::Error)]
pub enum StoreError {
    #[error("another window holds the setup")]
    #[strum(serialize = "setup_held")]
    InUse,
    #[error("there is no such setup")]
    #[strum(serialize = "setup_not_found")]
    NotFound,
    #[error("a setup with this id is there already")]
    #[strum(serialize = "setup_exists")]
    Exists,
    #[error("the setup's file can't be read: {0:?}")]
    #[strum(serialize = "setup_damaged")]
    Damaged(UnreadableSetup),
    /// The disk is full, or the user has exceeded a quota.
    #[error("the disk is full")]
    #[strum(serialize = "disk_full")]
    DiskFull,
    /// The folder or file can't be read or written because of its permissions.
    #[error("access to {path} was refused")]
    #[strum(serialize = "disk_refused")]
    Refused { path: PathBuf },
    /// Any other I/O error.
    #[error("the disk failed: {0}")]
    #[strum(serialize = "disk_failed")]
    Disk(io::ErrorKind),
}

impl StoreError {
    /// Returns the message key without `failure-`.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Converts an I/O error that occurred at `path`.
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
    /// Opens the store in `folder`, and creates the folder if it doesn't exist.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        disk::own_folder(&folder)?;
        local_files::remove_all_leftovers(&folder);
        Ok(Self { folder, held: Arc::default() })
    }

    pub fn list(&self) -> Result<SetupList, StoreError> {
        let refused = |error: io::Error| StoreError::from_io(&error, &self.folder);
        let mut list = SetupList::default();
        let mut seen: BTreeMap<Uuid, u32> = BTreeMap::new();
        for entry in fs::read_dir(&self.folder).map_err(refused)? {
            let path = entry.map_err(refused)?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            match read_setup(&path) {
                Ok(setup) => {
                    *seen.entry(setup.id).or_default() += 1;
                    list.setups.push(SetupEntry {
                        held_elsewhere: !self.is_open_here(setup.id)
                            && FileLock::is_taken(&self.lock_path(setup.id)),
                        duplicate: false,
                        file: file_name(&path),
                        setup,
                    });
                }
                Err(damaged) => list.damaged.push(damaged),
            }
        }
        for entry in &mut list.setups {
            let id = entry.setup.id;
            let shared = seen.get(&id).is_some_and(|count| *count > 1);
            entry.duplicate = shared && entry.name() != id.to_string();
            // The lock belongs to the original, so a copy isn't locked.
            entry.held_elsewhere &= !entry.duplicate;
        }
        list.setups.sort_by(|a, b| b.setup.changed.cmp(&a.setup.changed).then(a.file.cmp(&b.file)));
        list.damaged.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(list)
    }

    /// Saves a new setup and opens it.
    pub fn create(&self, setup: Setup) -> Result<OpenSetup, StoreError> {
        let path = self.path(setup.id);
        if path.exists() {
            return Err(StoreError::Exists);
        }
        let lock = self.lock(setup.id)?;
        replace(&path, &setup.to_json()?)?;
        Ok(self.new_open_setup(setup, path, lock))
    }

    /// Returns whether there is a setup with this ID.
    pub fn exists(&self, id: Uuid) -> Result<bool, StoreError> {
        match self.find_file(id) {
            Ok(_) => Ok(true),
            Err(StoreError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub fn load_and_open(&self, id: Uuid) -> Result<OpenSetup, StoreError> {
        let path = self.find_file(id)?;
        let lock = self.lock(id)?;
        let setup = read_setup(&path).map_err(StoreError::Damaged)?;
        Ok(self.new_open_setup(setup, path, lock))
    }

    /// Opens the setup that a name in the list refers to, so that no one else can open or delete it.
    /// A copy stays a copy, and its original can't be opened either.
    pub fn open_listed(&self, name: &str) -> Result<OpenSetup, StoreError> {
        let (path, setup) = self.read(name)?;
        let lock = self.lock(setup.id)?;
        // Another instance may have changed or deleted the setup before it was locked.
        if !path.exists() {
            return Err(StoreError::NotFound);
        }
        let setup = read_setup(&path).map_err(StoreError::Damaged)?;
        Ok(self.new_open_setup(setup, path, lock))
    }

    /// Finds the setup that a name in the list refers to.
    pub fn find_by_name(&self, name: &str) -> Result<SetupReference, StoreError> {
        let list = self.list()?;
        match list.setups.into_iter().find(|entry| entry.name() == name) {
            Some(copy) if copy.duplicate => Ok(SetupReference::Copy(copy.file)),
            Some(own) => Ok(SetupReference::Own(own.setup.id)),
            // An unreadable file can be opened by its ID. Opening it then reports the cause.
            None => name.parse().map(SetupReference::Own).map_err(|_| StoreError::NotFound),
        }
    }

    /// Gives a copied file its own ID, so that it becomes a separate setup.
    pub fn adopt(&self, file: &str, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
        let (copy, mut setup, _unheld) = self.copied(file)?;
        setup.id = id;
        setup.changed = now;
        drop(self.create(setup)?);
        disk::remove_file(&copy)
    }

    /// Deletes a copied file, but not the original's files.
    pub fn delete_copy(&self, file: &str) -> Result<(), StoreError> {
        let (copy, _, _unheld) = self.copied(file)?;
        disk::remove_file(&copy)?;
        disk::remove_file(&copy.with_extension(REPORT))?;
        disk::sync_folder(&self.folder)
    }

    /// Reads a copied file. If there is no original, also takes the setup's lock, because the copy
    /// may then be open.
    fn copied(&self, file: &str) -> Result<(PathBuf, Setup, Option<FileLock>), StoreError> {
        let copy = self.folder.join(Path::new(file).file_name().ok_or(StoreError::NotFound)?);
        let setup = read_setup(&copy).map_err(StoreError::Damaged)?;
        let original = self.path(setup.id);
        let lock = if original.exists() { None } else { Some(self.lock(setup.id)?) };
        Ok((copy, setup, lock))
    }

    /// Renames a setup that isn't open.
    pub fn rename(&self, id: Uuid, name: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut held = self.load_and_open(id)?;
        held.setup.name = name.to_owned();
        held.save(now)
    }

    /// Locks a setup that isn't open, so that it can be deleted.
    pub fn lock_for_deletion(&self, id: Uuid) -> Result<DeleteGuard, StoreError> {
        let path = self.find_file(id)?;
        Ok(DeleteGuard { store: self.clone(), id, path, lock: self.lock(id)? })
    }

    /// Returns the path of a listed setup.
    pub fn path_of(&self, entry: &SetupEntry) -> PathBuf {
        self.folder.join(&entry.file)
    }

    /// Reads the setup that a name in the list refers to, without opening it.
    pub fn read(&self, name: &str) -> Result<(PathBuf, Setup), StoreError> {
        let mut setups = self.list()?.setups.into_iter();
        let entry = setups.find(|entry| entry.name() == name).ok_or(StoreError::NotFound)?;
        Ok((self.path_of(&entry), entry.setup))
    }

    /// Returns the path of the setup's change history.
    pub fn journal_path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.journal"))
    }

    /// Returns the folder that contains the practice mode state of a practice setup.
    pub fn practice_path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.practice"))
    }

    fn path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    fn lock_path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.lock"))
    }

    /// Returns the file that contains the setup with this ID, even if the file has another name.
    fn find_file(&self, id: Uuid) -> Result<PathBuf, StoreError> {
        let path = self.path(id);
        if path.exists() {
            return Ok(path);
        }
        let list = self.list()?;
        let entry = list.setups.iter().find(|entry| entry.setup.id == id);
        entry.map(|entry| self.folder.join(&entry.file)).ok_or(StoreError::NotFound)
    }

    fn lock(&self, id: Uuid) -> Result<FileLock, StoreError> {
        if self.is_open_here(id) {
            return Err(StoreError::InUse);
        }
        FileLock::acquire(&self.lock_path(id))
    }

    fn new_open_setup(&self, setup: Setup, path: PathBuf, lock: FileLock) -> OpenSetup {
        self.held.lock().push(setup.id);
        let hold = WriteGuard {
            id: setup.id,
            _lock: lock,
            held: Arc::clone(&self.held),
            number: AtomicU64::default(),
            written: Mutex::default(),
        };
        OpenSetup { setup, path, is_connection_chosen: false, hold: Arc::new(hold) }
    }

    fn is_open_here(&self, id: Uuid) -> bool {
        self.held.lock().contains(&id)
    }
}

/// The right to delete a setup. The setup can't be opened until this guard is dropped.
#[derive(Debug)]
pub struct DeleteGuard {
    store: Store,
    id: Uuid,
    path: PathBuf,
    lock: FileLock,
}

impl DeleteGuard {
    /// Deletes the setup, its change history and its practice mode state.
    pub fn delete(self) -> Result<(), StoreError> {
        let Self { store, id, path, lock } = self;
        disk::remove_file(&path)?;
        disk::remove_file(&store.journal_path(id))?;
        confirmed::remove_confirmation(&path)?;
        disk::remove_file(&path.with_extension(REPORT))?;
        disk::remove_folder(&store.practice_path(id))?;
        disk::remove_file(&store.lock_path(id))?;
        drop(lock);
        disk::sync_folder(&store.folder)
    }
}

/// A setup that this instance has open. No other instance can write the setup until this value is
/// dropped.
#[derive(Debug)]
pub struct OpenSetup {
    /// Changes are written by [`OpenSetup::save`].
    pub setup: Setup,
    path: PathBuf,
    /// The connection method was chosen since the last save.
    is_connection_chosen: bool,
    hold: Arc<WriteGuard>,
}

/// A pending write of a setup file.
#[derive(Debug)]
pub struct PendingWrite {
    path: PathBuf,
    json: Vec<u8>,
    /// The serialized connection method, if it has to be recorded as chosen on this computer.
    confirmed: Option<Vec<u8>>,
    hold: Arc<WriteGuard>,
    number: u64,
}

impl PendingWrite {
    /// Writes the file, unless a later version has already been written.
    pub fn run(self) -> Result<(), StoreError> {
        let mut written = self.hold.written.lock();
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
pub struct WriteGuard {
    id: Uuid,
    _lock: FileLock,
    held: Arc<Mutex<Vec<Uuid>>>,
    /// The number of the last version that was prepared.
    number: AtomicU64,
    /// The number of the last version that was written.
    written: Mutex<u64>,
}

impl OpenSetup {
    /// Returns the name that identifies the setup in the list.
    pub fn name(&self) -> String {
        list_name(&self.path)
    }

    /// Returns the path of the setup's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the setup to disk. If this fails, the file keeps its old content.
    pub fn save(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.saving(now)?.run()
    }

    /// Prepares a save that can run on another thread. If two saves run concurrently, the file
    /// keeps the later version.
    pub fn saving(&mut self, now: Timestamp) -> Result<PendingWrite, StoreError> {
        self.setup.changed = now;
        let number = self.hold.number.fetch_add(1, Ordering::Relaxed) + 1;
        let confirmed = match std::mem::take(&mut self.is_connection_chosen) {
            true => Some(confirmed::serialize_confirmation(&self.setup)?),
            false => None,
        };
        Ok(PendingWrite {
            path: self.path.clone(),
            json: self.setup.to_json()?,
            confirmed,
            hold: self.write_guard(),
            number,
        })
    }

    /// Makes the next save record that the connection method was chosen on this computer.
    pub fn confirm_connection(&mut self) {
        self.is_connection_chosen = true;
    }

    /// Returns whether the connection method was chosen on this computer.
    pub fn is_connection_confirmed(&self) -> bool {
        confirmed::is_confirmed(&self.path, &self.setup)
    }

    /// Returns the right to write the setup's files. The change history's writer shares it.
    pub fn write_guard(&self) -> Arc<WriteGuard> {
        Arc::clone(&self.hold)
    }
}

impl Drop for WriteGuard {
    fn drop(&mut self) {
        self.held.lock().retain(|id| *id != self.id);
    }
}

fn read_setup(path: &Path) -> Result<Setup, UnreadableSetup> {
    let bytes = || match local_files::read(path, LARGEST_FILE) {
        Ok(bytes) => Ok(bytes),
        Err(ReadError::TooLarge(_)) => Err(SetupFileError::TooLarge),
        Err(ReadError::Special | ReadError::Io(_)) => Err(SetupFileError::Unreadable),
    };
    bytes()
        .and_then(|bytes| Setup::from_json(&bytes))
        .map_err(|damage| UnreadableSetup { file: file_name(path), damage })
}

fn list_name(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
