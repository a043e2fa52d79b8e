//! Reads files that the user chooses. A chosen path can also be a folder, a pipe or a device.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use saml::recording;
use setup::credentials;

/// The maximum size of a file, in bytes. A recorded sign-in is the largest file that the app reads;
/// the other readers have lower limits.
const LARGEST: u64 = recording::MAX_BYTES as u64;

/// Why a file wasn't read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// The file has at least this many bytes.
    TooLarge(u64),
    /// The file couldn't be opened: `folder`, `missing`, `denied`, `special` or `failed`.
    Unreadable(&'static str),
}

impl From<io::Error> for FileError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the user can't fix other kinds")]
    fn from(error: io::Error) -> Self {
        Self::Unreadable(match error.kind() {
            ErrorKind::NotFound => "missing",
            ErrorKind::PermissionDenied => "denied",
            _ => "failed",
        })
    }
}

/// Returns the file's name without its folder. The name is safe to show and store.
pub(super) fn name(file: &Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    name.map_or_else(|| "?".to_owned(), credentials::file_name)
}

/// Runs [`read`] on another thread.
pub(super) async fn read_on_thread(file: PathBuf) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let read = tokio::task::spawn_blocking(move || read(&file, LARGEST));
    read.await.unwrap_or(Err(FileError::Unreadable("failed")))
}

/// Reads at most `largest` bytes. The bytes are wiped when dropped, because they may be a private
/// key. Never waits for a pipe or a device, and never fills the memory.
pub fn read(file: &Path, largest: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let about = fs::metadata(file)?;
    if about.is_dir() {
        return Err(FileError::Unreadable("folder"));
    }
    if !about.is_file() {
        return Err(FileError::Unreadable("special"));
    }
    if about.len() > largest {
        return Err(FileError::TooLarge(about.len()));
    }
    read_from(File::open(file)?, largest)
}

/// Same as [`read`], but for an open file or stream.
pub fn read_from(open: impl Read, largest: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let mut bytes = Zeroizing::new(Vec::new());
    open.take(largest + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        // A file can grow while it's read, and a stream's length isn't known in advance.
        many if many > largest => Err(FileError::TooLarge(many)),
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_limit_applies_to_files_and_streams() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("four");
        fs::write(&file, "four").unwrap();
        assert_eq!(read(&file, 4).unwrap().as_slice(), b"four");
        assert_eq!(read(&file, 3).unwrap_err(), FileError::TooLarge(4));
        assert_eq!(read_from(io::repeat(b'x'), 3).unwrap_err(), FileError::TooLarge(4));
        assert_eq!(read_from(&b"four"[..], 4).unwrap().as_slice(), b"four");
    }

    #[test]
    fn unreadable_paths_report_their_kind() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        assert_eq!(read(folder.path(), 4).unwrap_err(), FileError::Unreadable("folder"));
        assert_eq!(read(&missing, 4).unwrap_err(), FileError::Unreadable("missing"));
        #[cfg(unix)]
        assert_eq!(read(Path::new("/dev/zero"), 4).unwrap_err(), FileError::Unreadable("special"));
    }
}
