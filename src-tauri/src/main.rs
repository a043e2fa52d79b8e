//! The program: runs the command line, or opens the window if there are no arguments.

use std::process::ExitCode;

fn main() -> ExitCode {
    nops_sso_setup::cli::run()
}
