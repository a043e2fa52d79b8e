//! Reading what the arguments name: files, or standard input as `-`.

use std::{collections::BTreeMap, fs::File, io, path::Path};

use messages::Words;
use session::files::{self, FileError};
use storage::store::LARGEST_FILE;
use zeroize::Zeroizing;

/// At most `largest` bytes of a file, or of standard input for `-`, wiped when dropped.
pub(super) fn read(file: &Path, largest: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if file == Path::new("-") {
        return files::read_from(io::stdin().lock(), largest);
    }
    if is_handed_over(file) {
        return files::read_from(File::open(file)?, largest);
    }
    files::read(file, largest)
}

/// Whether a path stands for something that is open already, such as a shell's `<(…)`: what is read of it
/// ends.
fn is_handed_over(file: &Path) -> bool {
    ["/dev/fd", "/dev/stdin", "/proc/self/fd"].iter().any(|place| file.starts_with(place))
}

/// The bytes of a file, or a sentence that says why there are none.
pub(super) fn bytes(file: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    read(file, LARGEST_FILE).map_err(|error| sentence(file, error))
}

fn sentence(file: &Path, error: FileError) -> String {
    let (key, name, value) = match error {
        FileError::TooLarge(bytes) => ("failure-file_too_large", "bytes", bytes.to_string()),
        FileError::Unreadable(cause) => ("failure-file_unreadable", "cause", cause.to_owned()),
    };
    let params = BTreeMap::from([
        ("file".to_owned(), file.display().to_string()),
        ("limit".to_owned(), LARGEST_FILE.to_string()),
        (name.to_owned(), value),
    ]);
    Words::english().without_markup().text(key, &params)
}
