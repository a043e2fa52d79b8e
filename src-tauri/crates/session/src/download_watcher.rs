//! Detects files that arrive in a folder. Reads only the folder's listing and opens no files.

use std::{
    collections::HashMap,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The file extensions of certificates and metadata.
const ENDINGS: [&str; 7] = ["pem", "crt", "cer", "der", "p7b", "p7c", "xml"];

/// The extensions that browsers add to unfinished downloads.
const UNFINISHED: [&str; 5] = ["crdownload", "part", "partial", "download", "opdownload"];

/// The maximum size of a file, in bytes. Certificates and metadata are smaller.
const LARGEST: u64 = 256 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileState {
    length: u64,
    changed: Option<SystemTime>,
}

/// A watched folder, and its state at the last check.
#[derive(Debug)]
pub(super) struct DownloadWatcher {
    folder: PathBuf,
    /// Files that were in the folder at the start or that have been reported.
    known: HashMap<OsString, FileState>,
    /// New files that may still grow.
    growing: HashMap<OsString, FileState>,
}

impl DownloadWatcher {
    /// Starts the watch. Files that are already in the folder aren't reported.
    pub(super) fn start(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
            known: list_candidate_files(folder)?,
            growing: HashMap::new(),
        })
    }

    /// Returns the files that were completed since the last check. A file is complete when it's the
    /// same in two checks.
    pub(super) fn completed_files(&mut self) -> io::Result<Vec<PathBuf>> {
        let now = list_candidate_files(&self.folder)?;
        let mut complete = Vec::new();
        let mut growing = HashMap::new();
        for (name, stamp) in now {
            if self.known.get(&name) == Some(&stamp) {
                continue;
            }
            if self.growing.get(&name) == Some(&stamp) {
                complete.push(self.folder.join(&name));
                self.known.insert(name, stamp);
            } else {
                growing.insert(name, stamp);
            }
        }
        self.growing = growing;
        complete.sort();
        Ok(complete)
    }
}

/// Lists the files in a folder that could be a certificate or metadata, by extension and size.
fn list_candidate_files(folder: &Path) -> io::Result<HashMap<OsString, FileState>> {
    let mut found = HashMap::new();
    let mut unfinished = Vec::new();
    for entry in fs::read_dir(folder)? {
        let Ok(entry) = entry else { continue };
        let name = entry.file_name();
        let shown = name.to_string_lossy();
        let Some((before, ending)) = shown.rsplit_once('.') else {
            continue;
        };
        let ending = ending.to_ascii_lowercase();
        if UNFINISHED.contains(&ending.as_str()) {
            unfinished.push(OsString::from(before));
            continue;
        }
        if !ENDINGS.contains(&ending.as_str()) {
            continue;
        }
        // `metadata` doesn't follow symbolic links. Browsers don't download symbolic links, so they
        // are ignored. Files that no longer exist are skipped.
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_file() && (1..=LARGEST).contains(&about.len()) {
            let stamp = FileState { length: about.len(), changed: about.modified().ok() };
            found.insert(name, stamp);
        }
    }
    // Some browsers reserve the final name with a placeholder file.
    for name in unfinished {
        found.remove(&name);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn file_names(arrived: Vec<PathBuf>) -> Vec<String> {
        arrived
            .iter()
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect()
    }

    #[test]
    fn complete_arrivals_are_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put("old.pem", "there before");
        put("nOps_certificate.crt", "an earlier download");
        let mut arrivals = DownloadWatcher::start(folder.path()).unwrap();
        assert_eq!(file_names(arrivals.completed_files().unwrap()), [""; 0]);

        put("new.pem", "half");
        put("metadata.XML", "<a/>");
        put("holiday.jpg", "a picture");
        put("notes.txt", "a text");
        put("empty.pem", "");
        put("large.pem", &"A".repeat(300 * 1024));
        fs::create_dir(folder.path().join("folder.pem")).unwrap();
        assert_eq!(
            file_names(arrivals.completed_files().unwrap()),
            [""; 0],
            "new files may still grow"
        );
        put("new.pem", "half and half");
        assert_eq!(file_names(arrivals.completed_files().unwrap()), ["metadata.XML"]);
        assert_eq!(file_names(arrivals.completed_files().unwrap()), ["new.pem"]);
        assert_eq!(file_names(arrivals.completed_files().unwrap()), [""; 0], "reported once");

        put("old.pem", "the same name, downloaded again");
        arrivals.completed_files().unwrap();
        assert_eq!(file_names(arrivals.completed_files().unwrap()), ["old.pem"]);
    }

    #[test]
    fn unfinished_downloads_are_not_reported() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut arrivals = DownloadWatcher::start(folder.path()).unwrap();
        for (kept, part) in [("a.pem", "a.pem.part"), ("b.xml", "b.xml.crdownload")] {
            fs::write(at(kept), "a place that is kept").unwrap();
            fs::write(at(part), "half of it").unwrap();
        }
        arrivals.completed_files().unwrap();
        assert_eq!(file_names(arrivals.completed_files().unwrap()), [""; 0]);
        fs::rename(at("a.pem.part"), at("a.pem")).unwrap();
        arrivals.completed_files().unwrap();
        assert_eq!(file_names(arrivals.completed_files().unwrap()), ["a.pem"]);
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_not_reported() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("secret"), "another user's").unwrap();
        let mut arrivals = DownloadWatcher::start(folder.path()).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("secret"), folder.path().join("link.pem"))
            .unwrap();
        arrivals.completed_files().unwrap();
        assert_eq!(file_names(arrivals.completed_files().unwrap()), [""; 0]);
    }

    #[test]
    fn missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let mut arrivals = DownloadWatcher::start(folder.path()).unwrap();
        folder.close().unwrap();
        assert!(arrivals.completed_files().is_err());
    }
}
