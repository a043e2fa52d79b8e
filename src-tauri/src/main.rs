//! The program: runs the command line, or opens the window if there are no arguments. On Windows, it
//! has a console, so `nops-sso-setup-window` opens the window from the desktop.

use std::process::ExitCode;

fn main() -> ExitCode {
    nops_sso_setup::cli::run()
}
