//! A child process that stops when the test ends.

use std::process::{self, ChildStdout, Command, ExitStatus};

use crate::Result;

/// A running program that is killed when this value is dropped.
pub struct Child(process::Child);

impl Child {
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.spawn().map(Self).map_err(|error| {
            format!("{name} did not start ({error}): `cargo xtask test` installs what is missing")
                .into()
        })
    }

    /// Returns the exit status, or `None` if the program is still running.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.0.try_wait()?)
    }

    pub fn output(&mut self) -> Result<ChildStdout> {
        self.0.stdout.take().ok_or_else(|| "the output was not asked for".into())
    }

    pub fn input(&mut self) -> Result<process::ChildStdin> {
        self.0.stdin.take().ok_or_else(|| "the input was not asked for".into())
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Killing fails if the process has already ended.
        let _gone = self.0.kill();
        let _status = self.0.wait();
    }
}
