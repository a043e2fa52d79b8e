//! The paths of the source tree and its build output.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, process};

/// The source tree and its target folder.
pub struct SourceTree {
    root: PathBuf,
    target: PathBuf,
    /// Whether Clippy compiles the workspace and its warnings count as errors.
    has_lints: bool,
}

impl SourceTree {
    /// Returns the tree that this program was built from.
    pub fn current() -> Result<Self> {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").ok_or("start this through cargo: `cargo xtask …`")?;
        let root = Path::new(&manifest)
            .ancestors()
            .nth(2)
            .ok_or("the xtask package isn't in its usual folder")?;
        // The program's path ends in `target/debug/xtask`, wherever the target folder is.
        let program = env::current_exe()?;
        let target = program.ancestors().nth(2).ok_or("couldn't find cargo's target folder")?;
        Ok(Self { root: root.to_owned(), target: target.to_owned(), has_lints: false })
    }

    /// Makes Clippy compile the workspace, with warnings denied. `cargo clippy` would check all
    /// dependencies again, which takes longer than the lints.
    pub fn with_lints(self) -> Self {
        Self { has_lints: true, ..self }
    }

    /// Returns a path in the source tree.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Returns a path in the target folder.
    pub fn built(&self, inside: &str) -> PathBuf {
        self.target.join(inside)
    }

    /// Returns a program of this workspace, from the debug build.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).current_dir(&self.root);
        if self.has_lints {
            // `cargo clippy` passes `-D warnings` to its compiler in this variable.
            cargo.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
            cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
        }
        cargo
    }

    pub fn run_cargo(&self, arguments: &[&str]) -> Result<()> {
        process::run(&mut self.cargo(arguments))
    }

    /// Returns an npm command in the UI's folder.
    pub fn npm(&self, arguments: &[&str]) -> Command {
        // On Windows, npm is a script and starts only under its full name.
        let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        npm.args(arguments).current_dir(self.path("ui"));
        npm
    }

    /// Runs a script of the UI's `package.json`.
    pub fn run_npm(&self, script: &str) -> Result<()> {
        process::run(&mut self.npm(&["run", "--silent", script]))
    }
}
