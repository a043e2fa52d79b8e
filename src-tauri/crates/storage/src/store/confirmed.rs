//! Records which connections were chosen on this computer. A setup file from another computer may
//! contain any profile, and connecting with a profile may run a command.
//!
//! `ID.connection`, next to `ID.json`, contains an HMAC of the connection method. The HMAC key is
//! stored in this folder, so the sender of a setup file doesn't know it.

use std::{io, path::Path};

use aws_lc_rs::{hmac, rand};

use super::{Setup, StoreError, disk};

const KEY_FILE: &str = "local.key";
const KEY_LENGTH: usize = 32;

/// The size limit of the key and of a record, in bytes.
const LARGEST_RECORD: u64 = 4096;

/// Records that the setup's connection method was chosen on this computer.
pub(super) fn confirm(file: &Path, said: &[u8]) -> Result<(), StoreError> {
    let key = match key(file)? {
        Some(key) => key,
        None => create_hmac_key(file)?,
    };
    let code = hmac::sign(&key, said);
    disk::replace(&file.with_extension("connection"), code.as_ref())
}

/// Returns whether the setup's connection method was chosen on this computer.
pub(super) fn is_confirmed(file: &Path, setup: &Setup) -> bool {
    let noted = local_files::read(&file.with_extension("connection"), LARGEST_RECORD);
    // If the record is unreadable, the connection isn't confirmed, and the user is asked again.
    match (noted, key(file), serialize_confirmation(setup)) {
        (Ok(noted), Ok(Some(key)), Ok(said)) => hmac::verify(&key, &said, &noted).is_ok(),
        _ => false,
    }
}

pub(super) fn remove_confirmation(file: &Path) -> Result<(), StoreError> {
    disk::remove_file(&file.with_extension("connection"))
}

/// Serializes the setup's ID and connection method.
pub(super) fn serialize_confirmation(setup: &Setup) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(&(setup.id, &setup.connection_method))
        .map_err(|_| StoreError::Disk(io::ErrorKind::InvalidData))
}

fn key(file: &Path) -> Result<Option<hmac::Key>, StoreError> {
    let path = file.with_file_name(KEY_FILE);
    match local_files::read(&path, LARGEST_RECORD).map_err(io::Error::from) {
        Ok(bytes) if bytes.len() == KEY_LENGTH => {
            Ok(Some(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::from_io(&error, &path)),
    }
}

fn create_hmac_key(file: &Path) -> Result<hmac::Key, StoreError> {
    let mut bytes = [0; KEY_LENGTH];
    rand::fill(&mut bytes).map_err(|_| StoreError::Disk(io::ErrorKind::Other))?;
    disk::replace(&file.with_file_name(KEY_FILE), &bytes)?;
    Ok(hmac::Key::new(hmac::HMAC_SHA256, &bytes))
}
