//! The binary: the command line, or the window if there are no arguments.

use std::process::ExitCode;

fn main() -> ExitCode {
    nops_sso_setup::cli::run()
}
