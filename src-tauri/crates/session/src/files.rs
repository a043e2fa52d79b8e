//! Reads files that the user chooses. A chosen path can also be a folder, a pipe or a device.

use std::{
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use local_files::ReadError;
use zeroize::Zeroizing;

use crate::blocking::on_user_disk;
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
    /// The file couldn't be read: `folder`, `missing`, `denied`, `special`, `slow` or `failed`.
    Unreadable(&'static str),
}

impl From<ReadError> for FileError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::TooLarge(bytes) => Self::TooLarge(bytes),
            ReadError::Special => Self::Unreadable("special"),
            ReadError::Io(error) => error.into(),
        }
    }
}

impl From<io::Error> for FileError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the user can't fix other kinds")]
    fn from(error: io::Error) -> Self {
        Self::Unreadable(match error.kind() {
            ErrorKind::NotFound => "missing",
            ErrorKind::IsADirectory => "folder",
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

/// The maximum number of pasted paths.
const MOST_PATHS: usize = 100;

/// Returns the files whose paths were pasted instead of the files: `file://` links, as file
/// managers copy them, or absolute paths of existing files, with or without quotation marks. `None`
/// if the text is something else.
pub(super) async fn parse_pasted(text: &str) -> Option<Vec<PathBuf>> {
    let files = pasted_paths(text)?;
    let exist = move || {
        let are_files = files.iter().all(|(file, is_link)| *is_link || file.exists());
        are_files.then(|| files.into_iter().map(|(file, _)| file).collect())
    };
    on_user_disk(exist).await.flatten()
}

/// Returns each line's path, and whether the line is a link.
fn pasted_paths(text: &str) -> Option<Vec<(PathBuf, bool)>> {
    // GNOME's list starts with the operation. Lines with `#` are comments (RFC 2483).
    let is_path = |line: &&str| !line.is_empty() && !line.starts_with('#') && *line != "copy";
    let lines = text.lines().map(|line| line.trim().trim_matches(['"', '\''])).filter(is_path);
    let path = |line: &str| match line.strip_prefix("file:") {
        Some(_) => Some((url::Url::parse(line).ok()?.to_file_path().ok()?, true)),
        None => Some((PathBuf::from(line), false)).filter(|(path, _)| path.is_absolute()),
    };
    let paths: Vec<_> = lines.take(MOST_PATHS).map(path).collect::<Option<_>>()?;
    (!paths.is_empty()).then_some(paths)
}

/// Runs [`read`] on another thread.
pub(super) async fn read_on_thread(file: PathBuf) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let read = on_user_disk(move || read(&file, LARGEST)).await;
    read.unwrap_or(Err(FileError::Unreadable("slow")))
}

/// Reads at most `largest` bytes. The bytes are wiped when dropped, because they may be a private
/// key. Never waits for a pipe or a device, and never fills the memory.
pub fn read(file: &Path, largest: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    Ok(local_files::read(file, largest)?)
}

/// Same as [`read`], but for an open file or stream.
pub fn read_from(open: impl Read, largest: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    Ok(local_files::read_stream(open, largest)?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[tokio::test]
    async fn pasted_paths_are_files() {
        let folder = tempfile::tempdir().unwrap();
        let [one, two] = ["a b.xml", "ü.xml"].map(|name| folder.path().join(name));
        let (first, second) = (one.display(), two.display());
        let [link, other] = [&one, &two].map(|file| url::Url::from_file_path(file).unwrap());
        for file in [&one, &two] {
            fs::write(file, "").unwrap();
        }
        for (text, expected) in [
            (format!("{first}"), 1),
            (format!("\"{first}\"\r\n\"{second}\"\r\n"), 2),
            (format!("'{second}'"), 1),
            (link.to_string(), 1),
            (format!("copy\n{link}\n{other}"), 2),
            (format!("# files\r\n{link}\r\n{first}\r\n"), 2),
            (format!("{link}.missing"), 1),
        ] {
            assert_eq!(
                parse_pasted(&text).await.map(|files| files.len()),
                Some(expected),
                "{text}"
            );
        }
        for text in [
            String::new(),
            format!("{first}.missing"),
            format!("{first}\nand a sentence"),
            "a b.xml".to_owned(),
            "https://app.nops.io/sso/v1/1/?acs".to_owned(),
            "/sso/v1/1/?acs".to_owned(),
            "file://example.com/share/a.xml".to_owned(),
        ] {
            assert_eq!(parse_pasted(&text).await, None, "{text}");
        }
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
