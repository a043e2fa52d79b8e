//! Where things are.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::Result;

/// The source tree, and the folder that is built into.
pub struct Tree {
    root: PathBuf,
    target: PathBuf,
}

impl Tree {
    /// The tree that this program was built from.
    pub fn here() -> Result<Self> {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").ok_or("start this through cargo: `cargo xtask …`")?;
        let root = Path::new(&manifest)
            .ancestors()
            .nth(2)
            .ok_or("the package xtask is not where the workspace keeps it")?;
        // …/target/debug/xtask, wherever the target folder was put.
        let program = env::current_exe()?;
        let target = program.ancestors().nth(2).ok_or("cargo built this in an unknown place")?;
        Ok(Self { root: root.to_owned(), target: target.to_owned() })
    }

    /// A file or folder of the tree.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// A file or folder among what is built.
    pub fn built(&self, inside: &str) -> PathBuf {
        self.target.join(inside)
    }

    /// A program of this workspace, as built for development.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Cargo, for this workspace.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).current_dir(&self.root);
        cargo
    }

    /// npm, in the folder of the face.
    pub fn npm(&self, arguments: &[&str]) -> Command {
        // On Windows npm is a script, which only starts under its full name.
        let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        npm.args(arguments).current_dir(self.path("ui"));
        npm
    }
}
