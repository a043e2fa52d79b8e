//! Saves the practice state in one file. To save, it writes a temporary file next to the saved
//! file, syncs the temporary file, and renames it.

use std::{
    fs::{self, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tempfile::{Builder, NamedTempFile};

use super::PracticeState;

const FILE: &str = "world.json";
/// The file that stores the port from the last start, so that open browser tabs keep working.
const PORT: &str = "port";
const SCHEMA_VERSION: u32 = 1;
/// How the names of temporary files start. Random letters and digits follow.
const TEMPORARY: &str = ".tmp-practice-";
/// The number of random characters.
const RANDOM: usize = 6;
/// The size limit of a file, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A folder that contains one saved practice state.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
}

/// The reason why the state couldn't be read or saved. The previously saved state stays unchanged.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or file couldn't be opened.
    #[error("{} can't be read", path.display())]
    Read { path: PathBuf, source: io::Error },
    /// The file doesn't contain a practice state.
    #[error("{} holds no practice mode", path.display())]
    Content { path: PathBuf, source: serde_json::Error },
    /// The file has a different version of the format.
    #[error("{} has format {found}; this version reads format {SCHEMA_VERSION}", path.display())]
    Version { path: PathBuf, found: u32 },
    #[error("the practice mode can't be written to {}", folder.display())]
    Write { folder: PathBuf, source: io::Error },
}

impl Store {
    /// Opens the folder, and creates it if needed. Reads the saved state if there is one.
    pub fn open(folder: &Path) -> Result<(Self, Option<PracticeState>), StoreError> {
        fs::create_dir_all(folder)
            .map_err(|source| StoreError::Read { path: folder.to_owned(), source })?;
        let store = Self { folder: folder.to_owned() };
        store.remove_leftovers();
        let world = store.load()?;
        Ok((store, world))
    }

    pub fn save(&self, world: &PracticeState) -> Result<(), StoreError> {
        let saved = SavedState { schema_version: SCHEMA_VERSION, world };
        self.write(FILE, serde_json::to_vec(&saved).map_err(io::Error::from))
    }

    /// Returns the port from the last start, or `None` if the port isn't known.
    pub fn port(&self) -> Option<u16> {
        let text = read(&self.folder.join(PORT)).ok()?;
        str::from_utf8(&text).ok()?.trim().parse().ok()
    }

    /// Saves the port, so that the next start can use it again.
    pub fn save_port(&self, port: u16) -> Result<(), StoreError> {
        self.write(PORT, Ok(port.to_string().into_bytes()))
    }

    /// Removes the temporary files that a crash left behind, but not those in use.
    fn remove_leftovers(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let is_ours = is_temporary(&entry.file_name().to_string_lossy());
            if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            let opened = OpenOptions::new().read(true).write(true).open(entry.path());
            if opened.is_ok_and(|file| file.try_lock().is_ok()) {
                let _still_there = fs::remove_file(entry.path());
            }
        }
    }

    fn load(&self) -> Result<Option<PracticeState>, StoreError> {
        let path = self.folder.join(FILE);
        let bytes = match read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StoreError::Read { path, source }),
        };
        let content = |source| StoreError::Content { path: path.clone(), source };
        let version: Version = serde_json::from_slice(&bytes).map_err(content)?;
        if version.schema_version != SCHEMA_VERSION {
            return Err(StoreError::Version { path, found: version.schema_version });
        }
        let saved: SavedState<PracticeState> = serde_json::from_slice(&bytes).map_err(content)?;
        Ok(Some(saved.world))
    }

    fn write(&self, name: &str, content: io::Result<Vec<u8>>) -> Result<(), StoreError> {
        let replace = || {
            let mut file = create_locked(&self.folder)?;
            file.write_all(&content?)?;
            file.as_file().sync_all()?;
            file.persist(self.folder.join(name))?;
            Ok(())
        };
        replace().map_err(|source| StoreError::Write { folder: self.folder.clone(), source })
    }
}

/// Reads a regular file. A pipe or a device would never end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    match fs::metadata(path)? {
        about if about.is_file() && about.len() <= LARGEST => fs::read(path),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// Returns whether this is the name of our temporary file. Other programs' temporary files can start
/// alike.
fn is_temporary(name: &str) -> bool {
    name.strip_prefix(TEMPORARY).is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Creates a temporary file and locks it, so that another start doesn't remove it.
fn create_locked(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let file = Builder::new().prefix(TEMPORARY).rand_bytes(RANDOM).tempfile_in(folder)?;
        let is_taken = matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Another start may have removed the file before it was locked.
        if !is_taken && file.path().exists() {
            return Ok(file);
        }
    }
}

#[derive(Deserialize)]
struct Version {
    schema_version: u32,
}

#[derive(Serialize, Deserialize)]
struct SavedState<W> {
    schema_version: u32,
    world: W,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn saved_state_loads_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let (store, nothing) = Store::open(folder.path()).unwrap();
        assert_eq!(nothing, None);
        let mut world = PracticeState::seeded(3);
        world.draw_uuid();
        store.save(&world).unwrap();
        let (_, kept) = Store::open(folder.path()).unwrap();
        assert_eq!(kept, Some(world));
    }

    #[test]
    fn other_file_version_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        fs::write(&file, r#"{"schema_version":2,"cities":[]}"#).unwrap();
        let refusal = Store::open(folder.path()).unwrap_err();
        assert!(matches!(refusal, StoreError::Version { found: 2, .. }), "{refusal:?}");
        assert_eq!(fs::read_to_string(file).unwrap(), r#"{"schema_version":2,"cities":[]}"#);
    }

    #[test]
    fn start_removes_leftover_temporary_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".tmp-practice-Ab3dEf"), "half").unwrap();
        let foreign = folder.path().join(".tmpAb3dEf");
        fs::write(&foreign, "another program's").unwrap();
        let used = create_locked(folder.path()).unwrap();
        let (store, _) = Store::open(folder.path()).unwrap();
        let entries = fs::read_dir(folder.path()).unwrap();
        let left: BTreeSet<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        assert_eq!(left, BTreeSet::from([used.path().to_owned(), foreign]));
        store.save(&PracticeState::seeded(3)).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn endless_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in [FILE, PORT] {
            std::os::unix::fs::symlink("/dev/zero", folder.path().join(name)).unwrap();
        }
        let refusal = Store::open(folder.path()).unwrap_err();
        assert!(matches!(refusal, StoreError::Read { .. }), "{refusal:?}");
        assert_eq!(Store { folder: folder.path().to_owned() }.port(), None);
    }

    #[test]
    fn damaged_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), r#"{"schema_version":1,"wor"#).unwrap();
        let refusal = Store::open(folder.path()).unwrap_err();
        assert!(matches!(refusal, StoreError::Content { .. }), "{refusal:?}");
    }
}
