//! Writes the gallery's views into a folder, or into the one where the gallery and the UI's tests read them.

use std::{env, io::Write, path::PathBuf, process::ExitCode};

use acceptance::gallery::{folder_of_views, views};

fn main() -> ExitCode {
    let folder = env::args_os().nth(1).map_or_else(folder_of_views, PathBuf::from);
    match views::write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // Where even the terminal is gone, the exit code is all that is left to say.
            let _gone = writeln!(std::io::stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}
