//! Reads the files of the AWS CLI. Their paths come from the environment and the configuration, so
//! they can be anything.

use std::{io, path::Path, time::Duration};

use zeroize::Zeroizing;

/// The size limit of a file, in bytes. Real files have a few kilobytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The time limit for reading a file, because a home folder can be on a network drive.
const LIMIT: Duration = Duration::from_secs(5);

/// The files on this computer, or in a test.
#[derive(Clone, Debug)]
pub enum AwsFiles {
    OnDisk,
    #[cfg(test)]
    InMemory(std::collections::HashMap<std::path::PathBuf, Vec<u8>>),
}

impl AwsFiles {
    #[cfg(test)]
    pub fn from_texts(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| ((*path).into(), text.as_bytes().to_vec());
        Self::InMemory(files.iter().map(file).collect())
    }

    pub async fn read(&self, path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
        match self {
            Self::OnDisk => {
                let path = path.to_owned();
                let read = tokio::task::spawn_blocking(move || local_files::read(&path, LARGEST));
                let read = tokio::time::timeout(LIMIT, read).await;
                Ok(read.map_err(io::Error::from)?.map_err(io::Error::other)??)
            }
            #[cfg(test)]
            Self::InMemory(files) => {
                let found = files.get(path).cloned().map(Zeroizing::new);
                found.ok_or_else(|| io::ErrorKind::NotFound.into())
            }
        }
    }
}
