//! Locks a setup for one instance. The operating system releases the lock when the process ends,
//! even after a crash, so a leftover lock file is harmless.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use uuid::Uuid;

use super::{StoreError, disk};

/// How many times to try to take the lock. Retries are needed because an instance that lists the
/// setups briefly takes a shared lock.
const TRIES: u32 = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// A lock that is released when this value is dropped.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock. Returns [`StoreError::InUse`] if another instance has the lock.
    pub fn acquire(path: &Path) -> Result<Self, StoreError> {
        let refused = |error| StoreError::from_io(&error, path);
        let file = local_files::open_or_create(path).map_err(refused)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => thread::sleep(BETWEEN_TRIES),
                Err(TryLockError::Error(error)) => return Err(refused(error)),
            }
        }
        Err(StoreError::InUse)
    }

    pub fn is_taken(path: &Path) -> bool {
        path.is_file()
            && File::open(path)
                .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

/// The lock of the setup in a file, which can be in any folder.
#[derive(Debug)]
pub struct SetupFileLock {
    _lock: FileLock,
}

impl SetupFileLock {
    /// Takes the lock. Returns [`StoreError::NotFound`] if the file no longer exists.
    pub fn acquire(file: &Path, id: Uuid) -> Result<Self, StoreError> {
        let path: PathBuf = file.with_file_name(format!("{id}.lock"));
        if !file.is_file() {
            return Err(StoreError::NotFound);
        }
        let lock = FileLock::acquire(&path)?;
        // The setup may have been deleted before the lock was taken. Then the lock is new.
        if !file.is_file() {
            disk::remove_file(&path)?;
            return Err(StoreError::NotFound);
        }
        Ok(Self { _lock: lock })
    }
}
