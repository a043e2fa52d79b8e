//! Reads the files from the arguments; `-` is standard input.

use std::{collections::BTreeMap, fs::File, io, path::Path};

use encoding_rs::Encoding;
use messages::MessageCatalog;
use session::files::{self, FileError};
use storage::store::LARGEST_FILE;
use zeroize::Zeroizing;

/// Reads at most `largest` bytes of a file, or of standard input for `-`. The bytes are wiped on
/// drop.
pub(super) fn read_file_or_stdin(
    file: &Path,
    largest: u64,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if file == Path::new("-") {
        return files::read_from(io::stdin().lock(), largest);
    }
    if is_handed_over(file) {
        return files::read_from(File::open(file)?, largest);
    }
    files::read(file, largest)
}

/// Returns whether a path is an open file descriptor, such as a shell's `<(…)`. Unlike other
/// special files, such a file can be read to its end.
fn is_handed_over(file: &Path) -> bool {
    ["/dev/fd", "/dev/stdin", "/proc/self/fd"].iter().any(|place| file.starts_with(place))
}

/// Reads a file, or returns the error message.
pub(super) fn bytes(file: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    read_file_or_stdin(file, LARGEST_FILE).map_err(|error| sentence(file, error))
}

/// Reads a JSON file as UTF-8. Windows PowerShell writes UTF-16, and some editors write a byte order
/// mark.
pub(super) fn json(file: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    let bytes = bytes(file)?;
    let text = Encoding::for_bom(&bytes).and_then(|(encoding, length)| {
        encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..])
    });
    // The caller reports a damaged file when it parses the JSON.
    Ok(text.map(|text| Zeroizing::new(text.into_owned().into_bytes())).unwrap_or(bytes))
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
    MessageCatalog::english().without_markup().text(key, &params)
}
