//! Reading what the arguments name: files, or standard input as `-`.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::Path,
};

use zeroize::Zeroizing;

/// Larger files are not read: nothing that this program reads comes near.
const LARGEST: u64 = 50 * 1024 * 1024;

/// Why a file was not read.
pub(super) enum Unread {
    /// It has this many bytes, or more.
    TooLarge(u64),
    /// `folder`, `missing`, `denied`, `special` or `failed`.
    Not(&'static str),
}

impl Unread {
    /// The reason as a sentence.
    pub(super) fn sentence(&self, file: &Path) -> String {
        let file = file.display();
        match self {
            Self::TooLarge(bytes) => {
                format!("{file} is too large: {bytes} bytes, limit {LARGEST}")
            }
            Self::Not("folder") => format!("{file} is a folder"),
            Self::Not("missing") => format!("{file} doesn't exist"),
            Self::Not("denied") => format!("can't read {file}: permission denied"),
            Self::Not("special") => format!("{file} isn't a regular file"),
            Self::Not(_) => format!("couldn't read {file}"),
        }
    }
}

/// At most `largest` bytes of a file, or of standard input for `-`. They may hold a response or a private
/// key, and are wiped when dropped. Never waits on a pipe that nobody writes to, nor on a device.
pub(super) fn read(file: &Path, largest: u64) -> Result<Zeroizing<Vec<u8>>, Unread> {
    if file == Path::new("-") {
        return all(io::stdin().lock(), largest);
    }
    let about = fs::metadata(file).map_err(|error| Unread::Not(cause(&error)))?;
    if about.is_dir() {
        return Err(Unread::Not("folder"));
    }
    if !about.is_file() && !is_handed_over(file) {
        return Err(Unread::Not("special"));
    }
    if about.len() > largest {
        return Err(Unread::TooLarge(about.len()));
    }
    let open = File::open(file).map_err(|error| Unread::Not(cause(&error)))?;
    all(open, largest)
}

/// Whether a path stands for something that is open already, such as a shell's `<(…)`: what is read of it
/// ends.
fn is_handed_over(file: &Path) -> bool {
    ["/dev/fd", "/dev/stdin", "/proc/self/fd"].iter().any(|place| file.starts_with(place))
}

/// The text of a file, with the reason as a sentence.
pub(super) fn bytes(file: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    read(file, LARGEST).map_err(|unread| unread.sentence(file))
}

fn all(from: impl Read, largest: u64) -> Result<Zeroizing<Vec<u8>>, Unread> {
    let mut bytes = Zeroizing::new(Vec::new());
    from.take(largest + 1).read_to_end(&mut bytes).map_err(|error| Unread::Not(cause(&error)))?;
    match bytes.len() as u64 {
        many if many > largest => Err(Unread::TooLarge(many)),
        _ => Ok(bytes),
    }
}

fn cause(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "missing",
        ErrorKind::PermissionDenied => "denied",
        _ => "failed",
    }
}
