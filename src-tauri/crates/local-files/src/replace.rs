//! Writes files atomically: after a power failure, a file has either its old or its new content.
//!
//! A crash can leave a temporary file behind. A process holds a lock on a temporary file while it
//! writes it, so every other process can tell which ones are left over.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind, Write},
    path::Path,
    thread,
    time::Duration,
};

use tempfile::{Builder, NamedTempFile};

/// How the names of temporary files start. The file's name, `-` and random characters follow.
const TEMPORARY: &str = ".tmp-";

/// The number of random characters, which are letters and digits.
const RANDOM: usize = 6;

/// The maximum length of the file's name in the temporary file's name. File systems limit a name to
/// 255 bytes.
const LONGEST_NAME: usize = 100;

/// How often to create another temporary file if this one is being removed as a leftover.
const TRIES: u32 = 5;

/// How often to try to rename a file that another program holds, and how long to wait in between.
const RENAME_TRIES: u32 = 10;
const RENAME_PAUSE: Duration = Duration::from_millis(50);

/// Replaces a file: writes a temporary file in the same folder, syncs it, renames it, and syncs the
/// folder. Only the owner can read the file. Removes earlier temporary files of this file.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        None => return Err(ErrorKind::NotFound.into()),
        // The parent of a bare file name is empty, so use `.`.
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
    };
    let prefix = prefix(path);
    remove_leftovers(folder, &prefix);
    let mut file = create_locked(folder, &prefix)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    rename(file, path, || thread::sleep(RENAME_PAUSE))?;
    sync_folder(folder)
}

/// Moves a temporary file to its path. On Windows, pauses and tries again while another program, such
/// as a virus scanner, holds the file at this path.
fn rename(mut file: NamedTempFile, path: &Path, mut pause: impl FnMut()) -> io::Result<()> {
    let mut tries = 1;
    loop {
        match file.persist(path) {
            Ok(_) => return Ok(()),
            Err(failed) if tries < RENAME_TRIES && is_held(&failed.error) => file = failed.file,
            Err(failed) => return Err(failed.error),
        }
        tries += 1;
        pause();
    }
}

/// Returns whether Windows refused access or reported a sharing violation.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
}

/// Removes the temporary files that a crash left in a folder of this app. Other processes may be
/// writing theirs.
pub fn remove_all_leftovers(folder: &Path) {
    remove_leftovers(folder, TEMPORARY);
}

/// Returns how the names of this file's temporary files start.
fn prefix(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let end = (0..=LONGEST_NAME).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    format!("{TEMPORARY}{}-", name.get(..end).unwrap_or(&name))
}

/// Creates a temporary file and locks it.
fn create_locked(folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    for _ in 0..TRIES {
        let file = Builder::new().prefix(prefix).rand_bytes(RANDOM).tempfile_in(folder)?;
        // Some file systems have no locks. Nothing is removed there.
        let is_taken = matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Another process may have removed the file before it was locked.
        if !is_taken && file.path().exists() {
            return Ok(file);
        }
    }
    Err(ErrorKind::ResourceBusy.into())
}

/// Returns whether this is the name of a temporary file: `prefix`, and random characters. The prefix
/// of all temporary files leaves the file's name and `-` between them. Other programs' temporary
/// files can start alike.
fn is_temporary(name: &str, prefix: &str) -> bool {
    let rest = name.strip_prefix(prefix);
    let random = match prefix {
        TEMPORARY => rest.and_then(|rest| rest.rsplit_once('-')).map(|(_, random)| random),
        _ => rest,
    };
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Removes what can be removed. A leftover is no reason to stop.
fn remove_leftovers(folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_ours = is_temporary(&entry.file_name().to_string_lossy(), prefix);
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else { continue };
        if file.try_lock().is_ok() {
            let _still_there = fs::remove_file(&path);
        }
    }
}

/// Makes a rename in a folder durable. Windows doesn't need this and has no call for it.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // A folder without read permission, or a file system without this call, can't be synced.
        Err(error)
            if [ErrorKind::PermissionDenied, ErrorKind::InvalidInput, ErrorKind::Unsupported]
                .contains(&error.kind()) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(windows)]
    #[test]
    fn file_held_by_a_scanner_is_replaced() {
        use std::os::windows::fs::OpenOptionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("setup.json");
        fs::write(&path, "old").unwrap();
        let held = OpenOptions::new().read(true).share_mode(0).open(&path).unwrap();
        let mut held = Some(held);
        let mut file = create_locked(folder.path(), &prefix(&path)).unwrap();
        file.write_all(b"new").unwrap();
        rename(file, &path, || drop(held.take())).unwrap();
        assert!(held.is_none(), "the first try fails");
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn leftovers_of_a_file_are_removed_when_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let others = [".tmp-a.json-draft", ".tmp-session", ".tmpAb3dEf", ".tmp-a.json-Ab3dEf.bak"];
        for name in [".tmp-a.json-Ab3dEf", ".tmp-b.json-Ab3dEf", "a.json"].iter().chain(&others) {
            fs::write(at(name), "half").unwrap();
        }
        fs::create_dir(at(".tmp-a.json-folder")).unwrap();
        replace(&at("a.json"), b"whole").unwrap();
        assert_eq!(fs::read(at("a.json")).unwrap(), b"whole");
        let mut kept =
            [&others[..], &[".tmp-a.json-folder", "a.json", ".tmp-b.json-Ab3dEf"]].concat();
        kept.sort_unstable();
        assert_eq!(names(folder.path()), kept);
        remove_all_leftovers(folder.path());
        kept.retain(|name| *name != ".tmp-b.json-Ab3dEf");
        assert_eq!(names(folder.path()), kept, "files of other programs are kept");
    }

    #[test]
    fn temporary_file_in_use_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut writing = create_locked(folder.path(), ".tmp-a.json-").unwrap();
        writing.write_all(b"more").unwrap();
        replace(&folder.path().join("a.json"), b"other").unwrap();
        remove_all_leftovers(folder.path());
        assert_eq!(names(folder.path()).len(), 2);
        writing.persist(folder.path().join("a.json")).unwrap();
        assert_eq!(fs::read(folder.path().join("a.json")).unwrap(), b"more");
    }

    #[test]
    fn parallel_writers_and_sweeps_lose_no_write() {
        let folder = tempfile::tempdir().unwrap();
        thread::scope(|threads| {
            for number in 0..4 {
                let file = folder.path().join(format!("{}.json", number % 2));
                threads.spawn(move || {
                    for _ in 0..50 {
                        replace(&file, b"whole").unwrap();
                    }
                });
            }
            for _ in 0..200 {
                remove_all_leftovers(folder.path());
            }
        });
        assert_eq!(names(folder.path()), ["0.json", "1.json"]);
    }

    #[test]
    fn long_file_name_is_written() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["n".repeat(255), "ü".repeat(127)] {
            let file = folder.path().join(&name);
            replace(&file, b"whole").unwrap();
            assert_eq!(fs::read(file).unwrap(), b"whole", "{name}");
        }
    }
}
