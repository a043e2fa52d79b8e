//! Writes the gallery's views into a folder. By default, uses the folder that the gallery and the
//! UI's tests read.

use std::{env, io::Write, path::PathBuf, process::ExitCode};

use acceptance::gallery::{views, views_folder};

fn main() -> ExitCode {
    let folder = env::args_os().nth(1).map_or_else(views_folder, PathBuf::from);
    match views::write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // If stderr is closed, the exit code is the only way to report the problem.
            let _gone = writeln!(std::io::stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}
