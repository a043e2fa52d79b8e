//! Writing that survives a power cut: the old file or the new one, never a mixture.

use std::{fs, io, io::Write, path::Path};

use tempfile::NamedTempFile;

use super::StoreError;

/// Replaces a file: temporary file in the same folder, fsync, rename, fsync of the folder.
/// Only its owner can read it.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = match path.parent() {
        None => return Err(StoreError::NotFound),
        // A name alone is in the present folder, which goes by no empty name.
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
    };
    let refused = |error: &io::Error| StoreError::from_io(error, path);
    let mut file = NamedTempFile::new_in(folder).map_err(|error| refused(&error))?;
    file.write_all(bytes).map_err(|error| refused(&error))?;
    file.as_file().sync_all().map_err(|error| refused(&error))?;
    file.persist(path).map_err(|error| refused(&error.error))?;
    sync_folder(folder)
}

/// Makes a rename or removal in a folder last. Windows has no such call and needs none.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| StoreError::from_io(&error, folder))?;
    }
    Ok(())
}

/// Removes a file; that it is not there is fine.
pub fn remove_file(path: &Path) -> Result<(), StoreError> {
    gone(fs::remove_file(path), path)
}

/// Removes a folder with all that is in it; that it is not there is fine.
pub fn remove_folder(path: &Path) -> Result<(), StoreError> {
    gone(fs::remove_dir_all(path), path)
}

fn gone(removed: io::Result<()>, path: &Path) -> Result<(), StoreError> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::from_io(&error, path))
        }
        _ => Ok(()),
    }
}
