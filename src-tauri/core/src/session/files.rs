//! Reading a dropped file, whatever the file system has under that name.

use std::{fs::File, io::Read, path::PathBuf};

/// The longest file that is read; larger ones hold neither a certificate nor metadata.
const LARGEST: u64 = 2 * 1024 * 1024;

/// The file's bytes, or a catalogue key under `failure-`. Never waits on a pipe or a device.
pub(super) async fn read(file: PathBuf) -> Result<Vec<u8>, &'static str> {
    tokio::task::spawn_blocking(move || read_now(&file)).await.unwrap_or(Err("file_unreadable"))
}

fn read_now(file: &std::path::Path) -> Result<Vec<u8>, &'static str> {
    let about = std::fs::metadata(file).map_err(|_| "file_unreadable")?;
    if about.is_dir() {
        return Err("file_is_folder");
    }
    if !about.is_file() {
        return Err("file_is_device");
    }
    if about.len() > LARGEST {
        return Err("file_too_large");
    }
    let mut bytes = Vec::new();
    // A file that grows while it is read must not fill the memory.
    File::open(file)
        .and_then(|open| open.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|_| "file_unreadable")?;
    if bytes.len() as u64 > LARGEST { Err("file_too_large") } else { Ok(bytes) }
}
