//! The files of this project, for tests that read them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::Result;

/// Returns the project folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the paths of all files under version control, relative to the project's folder.
pub fn tracked_files() -> Result<Vec<String>> {
    let files = Command::new("git").arg("ls-files").current_dir(root()).output()?;
    Ok(String::from_utf8(files.stdout)?.lines().map(str::to_owned).collect())
}
