//! `cargo xtask`: sets the machine up, then opens the wizard, proves it, compares it or builds its gallery.
//!
//! It has no dependencies, so that its first sentence comes seconds after a fresh clone. That Rust is
//! new enough is checked by cargo itself, from `rust-version`.

mod bench;
mod count;
mod face;
mod fuzz;
mod gallery;
mod machine;
mod process;
mod stamp;
mod start;
mod terminal;
mod test;
mod tree;

use std::{env, error::Error, process::ExitCode};

use tree::Tree;

/// What went wrong, as a sentence that says what to do.
type Result<T> = std::result::Result<T, Box<dyn Error>>;

const USAGE: &str = "\
cargo xtask start [-- ARGUMENT…]  set this machine up, build, and open the wizard
cargo xtask test [STAGE…]         set this machine up, then prove everything, or only these stages
cargo xtask bench dry-run        judge normal and hostile responses, beside xmlsec1
cargo xtask bench readers         read files and rubbish, beside openssl, xmllint and Python
cargo xtask bench people          bring 2,000 people into practice, beside a script of boto3
cargo xtask fuzz [READER…] [N]    damage files for N seconds each, led by the branches they take
cargo xtask gallery [VIEW…]       draw every screen in its main states, into target/gallery
cargo xtask face                  build what the window shows into ui/dist";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(problem) => {
            // Where even the terminal is gone, the exit code is all that is left to say.
            let _gone = terminal::problem(&*problem);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        return usage(ExitCode::from(2));
    };
    match command.as_str() {
        "start" => start::start(&Tree::here()?, rest),
        "test" => test::test(&Tree::here()?, rest),
        "bench" => bench::bench(&Tree::here()?, rest),
        "fuzz" => fuzz::fuzz(&Tree::here()?, rest),
        "gallery" => gallery::gallery(&Tree::here()?, rest),
        "face" => {
            machine::node()?;
            face::build(&Tree::here()?)?;
            Ok(ExitCode::SUCCESS)
        }
        "help" | "--help" | "-h" => usage(ExitCode::SUCCESS),
        _ => usage(ExitCode::from(2)),
    }
}

fn usage(code: ExitCode) -> Result<ExitCode> {
    terminal::say(USAGE)?;
    Ok(code)
}
