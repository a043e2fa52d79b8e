//! Reading a dropped file, whatever the file system has under that name.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use people::sheet;
use setup::credentials;

/// The longest file that is read; larger ones hold neither a certificate nor metadata, nor a list of people.
const LARGEST: u64 = sheet::MAX_BYTES as u64;

/// Why a file was not read.
pub(super) enum Unread {
    /// It has this many bytes, or more.
    TooLarge(u64),
    /// It could not be opened: `folder`, `missing`, `denied`, `special` or `failed`.
    Not(&'static str),
}

/// The file's name without its folder, as it may be shown and kept.
pub(super) fn name(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    name.map_or_else(|| "?".to_owned(), credentials::file_name)
}

/// The file's bytes, wiped when dropped: they may be a private key. Never waits on a pipe or a device, and never fills the memory.
pub(super) async fn read(file: PathBuf) -> Result<Zeroizing<Vec<u8>>, Unread> {
    tokio::task::spawn_blocking(move || read_now(&file)).await.unwrap_or(Err(Unread::Not("failed")))
}

fn read_now(file: &Path) -> Result<Zeroizing<Vec<u8>>, Unread> {
    let about = fs::metadata(file).map_err(|error| Unread::Not(cause(error.kind())))?;
    if about.is_dir() {
        return Err(Unread::Not("folder"));
    }
    if !about.is_file() {
        return Err(Unread::Not("special"));
    }
    if about.len() > LARGEST {
        return Err(Unread::TooLarge(about.len()));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(file)
        .and_then(|open| open.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| Unread::Not(cause(error.kind())))?;
    match bytes.len() as u64 {
        // It grew while it was read.
        grown if grown > LARGEST => Err(Unread::TooLarge(grown)),
        _ => Ok(bytes),
    }
}

fn cause(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "missing",
        ErrorKind::PermissionDenied => "denied",
        _ => "failed",
    }
}
