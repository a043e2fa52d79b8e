//! File and folder operations with the store's errors.

use std::{fs, io, path::Path};

use super::StoreError;

/// Replaces a file atomically. Only the owner can read the file.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    local_files::replace(path, bytes).map_err(|error| StoreError::from_io(&error, path))
}

/// Creates a folder that only the owner can enter, or restricts access to an existing folder.
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

/// Makes a rename or removal in a folder durable. Windows doesn't need this and has no call for it.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| StoreError::from_io(&error, folder))?;
    }
    Ok(())
}

/// Removes a file. A missing file isn't an error.
pub fn remove_file(path: &Path) -> Result<(), StoreError> {
    ignore_missing(fs::remove_file(path), path)
}

/// Removes a folder and its content. A missing folder isn't an error.
pub fn remove_folder(path: &Path) -> Result<(), StoreError> {
    ignore_missing(fs::remove_dir_all(path), path)
}

fn ignore_missing(removed: io::Result<()>, path: &Path) -> Result<(), StoreError> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::from_io(&error, path))
        }
        _ => Ok(()),
    }
}
