//! A program that runs beside the test and ends with it.

use std::process::{self, ChildStdout, Command, ExitStatus};

use crate::Result;

/// A running program. Dropping it ends it.
pub struct Child(process::Child);

impl Child {
    /// Starts a program.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.spawn().map(Self).map_err(|error| {
            format!("{name} did not start ({error}): `cargo xtask test` installs what is missing")
                .into()
        })
    }

    /// How it ended; none while it runs.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.0.try_wait()?)
    }

    /// What it prints, if that was asked for.
    pub fn output(&mut self) -> Result<ChildStdout> {
        self.0.stdout.take().ok_or_else(|| "the output was not asked for".into())
    }

    /// Where it reads from, if that was asked for.
    pub fn input(&mut self) -> Result<process::ChildStdin> {
        self.0.stdin.take().ok_or_else(|| "the input was not asked for".into())
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // One that has ended already can't be killed; all that is wanted is that it is gone.
        let _gone = self.0.kill();
        let _status = self.0.wait();
    }
}
