//! The program that opens the window on Windows. It has no console, so it has no command line.

#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    nops_sso_setup::window::run(None)
}
