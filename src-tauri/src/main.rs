//! The binary: a command line, and without arguments the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    nops_sso_setup::cli::run()
}
