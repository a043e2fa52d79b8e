//! Saves the practice state in one file. To save, it writes a temporary file next to the saved
//! file, syncs the temporary file, and renames it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::PracticeState;

const FILE: &str = "world.json";
/// The file that stores the port from the last start, so that open browser tabs keep working.
const PORT: &str = "port";
const SCHEMA_VERSION: u32 = 1;

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
        let world = store.load()?;
        Ok((store, world))
    }

    pub fn save(&self, world: &PracticeState) -> Result<(), StoreError> {
        let saved = SavedState { schema_version: SCHEMA_VERSION, world };
        self.write(FILE, serde_json::to_vec(&saved).map_err(io::Error::from))
    }

    /// Returns the port from the last start, or `None` if the port isn't known.
    pub fn port(&self) -> Option<u16> {
        fs::read_to_string(self.folder.join(PORT)).ok()?.trim().parse().ok()
    }

    /// Saves the port, so that the next start can use it again.
    pub fn save_port(&self, port: u16) -> Result<(), StoreError> {
        self.write(PORT, Ok(port.to_string().into_bytes()))
    }

    fn load(&self) -> Result<Option<PracticeState>, StoreError> {
        let path = self.folder.join(FILE);
        let bytes = match fs::read(&path) {
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
            let mut file = NamedTempFile::new_in(&self.folder)?;
            file.write_all(&content?)?;
            file.as_file().sync_all()?;
            file.persist(self.folder.join(name))?;
            Ok(())
        };
        replace().map_err(|source| StoreError::Write { folder: self.folder.clone(), source })
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
    fn damaged_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), r#"{"schema_version":1,"wor"#).unwrap();
        let refusal = Store::open(folder.path()).unwrap_err();
        assert!(matches!(refusal, StoreError::Content { .. }), "{refusal:?}");
    }
}
