//! `cargo xtask`: installs the prerequisites, then opens, tests, benchmarks or packages the app or
//! builds its gallery.
//!
//! It has no dependencies, so that it starts within seconds after a fresh clone. Cargo checks the
//! Rust version itself, from `rust-version`.

mod bench;
mod build_cache;
mod frontend;
mod fuzz;
mod gallery;
mod package;
mod paths;
mod prerequisites;
mod process;
mod soak;
mod start;
mod terminal;
mod test;
mod test_count;

use std::{env, error::Error, process::ExitCode};

use paths::SourceTree;

/// A result whose error message says what to do.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str = "\
cargo xtask start [-- ARGUMENT…]  install what's missing, build, and open the wizard
cargo xtask test [STAGE…]         install what's missing, and run all tests or only these stages
cargo xtask test supply           check licenses, sources and unused dependencies
cargo xtask test platforms        lint for Windows and macOS, and run the tests under Wine
cargo xtask test package          install, start, upgrade and remove the Debian package
cargo xtask package               build the Linux packages, into target/packages
cargo xtask gallery [VIEW…]       draw every screen in its main states, into target/gallery
cargo xtask bench dry-run         check ordinary and hostile responses, compared with xmlsec1
cargo xtask bench readers         read files and damaged files, compared with openssl, xmllint and Python
cargo xtask bench people          add 2,000 people in practice mode, compared with a boto3 script
cargo xtask bench window          start, memory and size, compared with a minimal Tauri app
cargo xtask fuzz [READER…] [N]    damage files for N seconds per reader, guided by coverage
cargo xtask soak MINUTES          try random actions, faults and restarts in practice mode
cargo xtask face                  build the UI into ui/dist";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    run(&arguments).unwrap_or_else(|problem| {
        // If the terminal is gone, only the exit code can report the error.
        let _gone = terminal::problem(problem);
        ExitCode::FAILURE
    })
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("", arguments),
    };
    let tree = SourceTree::current()?;
    match command {
        "start" => return start::start(&tree, rest),
        "test" => test::test(&tree.with_lints(), rest)?,
        "bench" => bench::bench(&tree, rest)?,
        "fuzz" => fuzz::fuzz(&tree, rest)?,
        "soak" => soak::soak(&tree, rest)?,
        "gallery" => gallery::gallery(&tree, rest)?,
        "package" => package::package(&tree)?,
        "face" => {
            prerequisites::node()?;
            frontend::build(&tree)?;
        }
        "help" | "--help" | "-h" => terminal::print_line(USAGE)?,
        _ => {
            terminal::print_line(USAGE)?;
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}
