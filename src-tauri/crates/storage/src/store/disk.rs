//! Writing that survives a power cut: the old file or the new one, never a mixture.

use std::{fs, io, io::Write, path::Path};

use tempfile::Builder;

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
    let mut file = Builder::new()
        .prefix(&temporary(path))
        .tempfile_in(folder)
        .map_err(|error| refused(&error))?;
    file.write_all(bytes).map_err(|error| refused(&error))?;
    file.as_file().sync_all().map_err(|error| refused(&error))?;
    file.persist(path).map_err(|error| refused(&error.error))?;
    sync_folder(folder)
}

/// How the names of temporary files begin.
pub const TEMPORARY: &str = ".tmp";

/// How the names of temporary files for this file begin, so that what a crash leaves is known as its own.
pub fn temporary(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    format!("{TEMPORARY}-{name}-")
}

/// Makes a folder that only its owner can enter; one that is there becomes so.
pub fn own_folder(path: &Path) -> Result<(), StoreError> {
    let refused = |error: io::Error| StoreError::from_io(&error, path);
    fs::create_dir_all(path).map_err(refused)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(refused)?;
    }
    Ok(())
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
