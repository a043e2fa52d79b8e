//! Writes files atomically: after a power failure, a file has either its old or its new content.

use std::{fs, io, io::Write, path::Path};

use tempfile::Builder;

use super::StoreError;

/// Replaces a file: writes a temporary file in the same folder, syncs it, renames it, and syncs the
/// folder. Only the owner can read the file.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = match path.parent() {
        None => return Err(StoreError::NotFound),
        // The parent of a bare file name is empty, so use `.`.
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

pub const TEMPORARY: &str = ".tmp";

/// Returns the prefix of this file's temporary files, which identifies temporary files that a crash
/// left behind.
pub fn temporary(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    format!("{TEMPORARY}-{name}-")
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
