//! Keeps a world in one file, written whole: a temporary file beside it, synced, then renamed.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::World;

const FILE: &str = "world.json";
/// The port that open browser tabs know.
const PORT: &str = "port";
const SCHEMA_VERSION: u32 = 1;

/// A folder that keeps one world.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
}

/// Why a kept world could not be read. The file stays as it is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// The folder or file could not be opened.
    #[error("{} can't be read", path.display())]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file holds something else than a world.
    #[error("{} holds no practice mode", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// Where it stops being one.
        source: serde_json::Error,
    },
    /// The file was written by another version of this program.
    #[error("{} has format {found}; this version reads format {SCHEMA_VERSION}", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// The format that it names.
        found: u32,
    },
}

/// Why a world could not be written. What was kept before is still there.
#[derive(Debug, thiserror::Error)]
#[error("the practice mode can't be written to {}", folder.display())]
pub(crate) struct SaveError {
    folder: PathBuf,
    source: io::Error,
}

impl Store {
    /// Opens the folder, made if need be, and reads the world in it, if there is one.
    pub fn open(folder: &Path) -> Result<(Self, Option<World>), LoadError> {
        fs::create_dir_all(folder)
            .map_err(|source| LoadError::Read { path: folder.to_owned(), source })?;
        let store = Self { folder: folder.to_owned() };
        let world = store.load()?;
        Ok((store, world))
    }

    /// Writes the world in place of what was kept.
    pub fn save(&self, world: &World) -> Result<(), SaveError> {
        self.replace(world).map_err(|source| SaveError { folder: self.folder.clone(), source })
    }

    /// The port at which the world was served last; none where that is not known.
    pub fn port(&self) -> Option<u16> {
        fs::read_to_string(self.folder.join(PORT)).ok()?.trim().parse().ok()
    }

    /// Remembers the port for the next start.
    pub fn keep_port(&self, port: u16) -> Result<(), SaveError> {
        self.write(PORT, port.to_string().as_bytes())
            .map_err(|source| SaveError { folder: self.folder.clone(), source })
    }

    fn load(&self) -> Result<Option<World>, LoadError> {
        let path = self.folder.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(LoadError::Read { path, source }),
        };
        let content = |source| LoadError::Content { path: path.clone(), source };
        let version: Version = serde_json::from_slice(&bytes).map_err(content)?;
        if version.schema_version != SCHEMA_VERSION {
            return Err(LoadError::Version { path, found: version.schema_version });
        }
        let kept: Kept<World> = serde_json::from_slice(&bytes).map_err(content)?;
        Ok(Some(kept.world))
    }

    fn replace(&self, world: &World) -> io::Result<()> {
        let kept = Kept { schema_version: SCHEMA_VERSION, world };
        self.write(FILE, &serde_json::to_vec(&kept)?)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = NamedTempFile::new_in(&self.folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(self.folder.join(name))?;
        Ok(())
    }
}

#[derive(Deserialize)]
struct Version {
    schema_version: u32,
}

#[derive(Serialize, Deserialize)]
struct Kept<W> {
    schema_version: u32,
    world: W,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_world_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (store, nothing) = Store::open(folder.path()).unwrap();
        assert_eq!(nothing, None);
        let mut world = World::seeded(3);
        world.draw_uuid();
        store.save(&world).unwrap();
        let (_, kept) = Store::open(folder.path()).unwrap();
        assert_eq!(kept, Some(world));
    }

    #[test]
    fn a_file_of_another_version_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        fs::write(&file, r#"{"schema_version":2,"cities":[]}"#).unwrap();
        let refusal = Store::open(folder.path()).unwrap_err();
        assert!(matches!(refusal, LoadError::Version { found: 2, .. }), "{refusal:?}");
        assert_eq!(fs::read_to_string(file).unwrap(), r#"{"schema_version":2,"cities":[]}"#);
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), r#"{"schema_version":1,"wor"#).unwrap();
        let refusal = Store::open(folder.path()).unwrap_err();
        assert!(matches!(refusal, LoadError::Content { .. }), "{refusal:?}");
    }
}
