//! The program that opens the window on Windows, with the files that it's started with. It has no
//! console, so it has no command line.

#![cfg_attr(windows, windows_subsystem = "windows")]

use std::{env, process::ExitCode};

fn main() -> ExitCode {
    nops_sso_setup::window::run(None, env::args_os().skip(1).map(Into::into).collect())
}
