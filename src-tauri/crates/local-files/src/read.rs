//! Reads regular files up to a size limit.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Read},
    path::Path,
};

use zeroize::Zeroizing;

/// The size of the first buffer for a stream.
const FIRST_BUFFER: usize = 8 * 1024;

/// Why a file wasn't read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file has at least this many bytes.
    #[error("the file has {0} bytes or more")]
    TooLarge(u64),
    /// The path is a pipe, a socket or a device.
    #[error("the path isn't a file")]
    Special,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<ReadError> for io::Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::TooLarge(_) => ErrorKind::FileTooLarge.into(),
            ReadError::Special => ErrorKind::InvalidInput.into(),
            ReadError::Io(error) => error,
        }
    }
}

/// Reads a regular file of at most `largest` bytes. The bytes are wiped when dropped, because they
/// may be a secret.
pub fn read(path: &Path, largest: u64) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    // Opening a device can have an effect, so check before opening.
    require_file(&fs::metadata(path)?)?;
    let file = options().read(true).open(path)?;
    // Check again, because the path may have been replaced.
    let metadata = file.metadata()?;
    require_file(&metadata)?;
    if metadata.len() > largest {
        return Err(ReadError::TooLarge(metadata.len()));
    }
    // One more byte, so that the end is seen without a larger buffer.
    let size = usize::try_from(metadata.len() + 1).map_err(|_| ReadError::TooLarge(largest))?;
    read_into(Zeroizing::new(vec![0; size]), file, largest)
}

/// Reads a stream of at most `largest` bytes. The bytes are wiped when dropped.
pub fn read_stream(stream: impl Read, largest: u64) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    read_into(Zeroizing::new(vec![0; FIRST_BUFFER]), stream, largest)
}

/// Reads a stream into a buffer. If the buffer gets full, its bytes are moved to a larger one and
/// wiped. A growing `Vec` would leave them in memory.
fn read_into(
    mut bytes: Zeroizing<Vec<u8>>,
    stream: impl Read,
    largest: u64,
) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut stream = stream.take(largest.saturating_add(1));
    let mut filled = 0;
    loop {
        if filled == bytes.len() {
            let mut larger = Zeroizing::new(vec![0; bytes.len() * 2]);
            larger[..filled].copy_from_slice(&bytes);
            bytes = larger;
        }
        match stream.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    bytes.truncate(filled);
    match filled as u64 {
        // A file can grow while it's read, and a stream's length isn't known in advance.
        many if many > largest => Err(ReadError::TooLarge(many)),
        _ => Ok(bytes),
    }
}

/// Opens a regular file for writing, and creates it if it doesn't exist. Only the owner can read a
/// new file.
pub fn open_or_create(path: &Path) -> io::Result<File> {
    let mut options = options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    require_file(&file.metadata()?)?;
    Ok(file)
}

fn require_file(metadata: &Metadata) -> Result<(), ReadError> {
    if metadata.is_dir() {
        return Err(io::Error::from(ErrorKind::IsADirectory).into());
    }
    if metadata.is_file() { Ok(()) } else { Err(ReadError::Special) }
}

/// Returns options that don't wait for the other end of a pipe.
fn options() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[track_caller]
    fn outcome(path: &Path) -> &'static str {
        match read(path, 4) {
            Ok(_) => "read",
            Err(ReadError::TooLarge(_)) => "large",
            Err(ReadError::Special) => "special",
            Err(ReadError::Io(error)) if error.kind() == ErrorKind::NotFound => "missing",
            Err(ReadError::Io(error)) if error.kind() == ErrorKind::IsADirectory => "folder",
            Err(ReadError::Io(_)) => "failed",
        }
    }

    #[test]
    fn size_limit_applies_to_files_and_streams() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("four");
        fs::write(&file, "four").unwrap();
        assert_eq!(read(&file, 4).unwrap().as_slice(), b"four");
        assert!(matches!(read(&file, 3), Err(ReadError::TooLarge(4))));
        assert!(matches!(read_stream(io::repeat(b'x'), 3), Err(ReadError::TooLarge(4))));
        assert_eq!(read_stream(&b"four"[..], 4).unwrap().as_slice(), b"four");
        // Only the metadata of a file with 10 GB of holes is read.
        File::create(&file).unwrap().set_len(10_000_000_000).unwrap();
        assert!(matches!(read(&file, 4), Err(ReadError::TooLarge(10_000_000_000))));
    }

    /// Returns its bytes one by one, after an interruption.
    struct SlowReader<'a>(&'a [u8], bool);

    impl Read for SlowReader<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if !std::mem::replace(&mut self.1, true) {
                return Err(ErrorKind::Interrupted.into());
            }
            let most = buffer.len().min(1);
            self.0.read(&mut buffer[..most])
        }
    }

    /// A growing buffer leaves copies of a secret in memory.
    #[test]
    fn file_is_read_into_one_buffer() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        for size in [0, 4, 1_000, 100_001] {
            fs::write(&file, vec![b'x'; size]).unwrap();
            let bytes = read(&file, 200_000).unwrap();
            assert_eq!((bytes.len(), bytes.capacity()), (size, size + 1));
        }
    }

    #[test]
    fn stream_is_read_whole() {
        let bytes: Vec<u8> = (0..3 * FIRST_BUFFER + 1).map(|at| at as u8).collect();
        let largest = bytes.len() as u64;
        assert_eq!(*read_stream(SlowReader(&bytes, false), largest).unwrap(), bytes);
        let short = read_stream(SlowReader(&bytes, false), largest - 1);
        assert!(matches!(short, Err(ReadError::TooLarge(many)) if many == largest));
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_are_read() {
        use std::os::unix::{fs::symlink, net::UnixListener};

        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        let _socket = UnixListener::bind(at("socket")).unwrap();
        symlink(at("loop"), at("loop")).unwrap();
        symlink("/dev/zero", at("zero")).unwrap();
        symlink(at("pipe"), at("to pipe")).unwrap();
        fs::write(at("file"), "four").unwrap();
        symlink(at("file"), at("to file")).unwrap();
        for (name, expected) in [
            ("pipe", "special"),
            ("to pipe", "special"),
            ("socket", "special"),
            ("zero", "special"),
            ("loop", "failed"),
            ("", "folder"),
            ("none", "missing"),
            ("to file", "read"),
        ] {
            assert_eq!(outcome(&at(name)), expected, "{name}");
        }
        for name in ["pipe", "zero", "socket", ""] {
            assert!(open_or_create(&at(name)).is_err(), "{name}");
        }
        assert!(open_or_create(&at("new")).is_ok());
    }
}
