//! The command line. Each command prints JSON to stdout and messages to stderr. Exit status: 0 for
//! success, 1 if it found errors, 2 if it couldn't run.

mod aws_profile;
mod check;
mod doctor;
mod dry_run;
mod explain;
mod export;
mod input;
mod inspect;
mod output;
mod practice;
mod provision;
mod watch;

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use messages::MessageCatalog;
use nops_sso_practice::{RateLimit, Settings};
use session::Document;
use setup::{
    Side,
    credentials::{self, SecretKind},
    handover::EXTENSION,
};

use crate::window;

pub(crate) use output::eprint_error;

/// Let people sign in to nOps with AWS IAM Identity Center.
///
/// Opens the window unless you give a command. Commands print JSON or JSON Lines to stdout and
/// messages to stderr. Exit status: 0 for success, 1 if a command found errors, 2 if it couldn't
/// run.
#[derive(Parser)]
#[command(name = "nops-sso-setup", version)]
struct Arguments {
    /// Use this time (RFC 3339) for all checks; AWS request signatures and TLS use the real time.
    #[arg(long, global = true, value_name = "TIME")]
    now: Option<Timestamp>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open the window with a file from a colleague.
    ///
    /// You can leave out `open` if the file's name ends in `.nops-setup`.
    Open {
        /// The file that your colleague saved with Hand over; without a file, only the window
        /// opens.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Identify certificate and metadata files, and report their problems.
    Inspect {
        /// The expected type of the files.
        #[arg(long = "as", value_enum, default_value_t = ExpectedType::Auto)]
        expect: ExpectedType,
        /// The files to inspect; use `-` for standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Check the values from AWS and nOps.
    ///
    /// To explain a finding, run `explain` with its code.
    Check {
        /// The values document (JSON); use `-` for standard input.
        #[arg(value_name = "VALUES.json")]
        values: PathBuf,
    },
    /// Check a response from AWS's Copy XML against your values.
    ///
    /// To explain a finding, run `explain` with its code.
    DryRun {
        /// The values document (JSON).
        #[arg(long, value_name = "VALUES.json")]
        values: PathBuf,
        /// The response (XML or base64), or a recorded sign-in, such as a HAR file; use `-` for
        /// standard input.
        #[arg(value_name = "RESPONSE")]
        response: PathBuf,
    },
    /// Check whether this network lets this computer reach AWS.
    ///
    /// Sends one request without credentials to each AWS host that this program uses, through the
    /// proxy of this computer. Prints JSON, and on stderr which firewall rules are missing.
    Doctor {
        /// The Region of IAM Identity Center; by default, the Region of your AWS configuration.
        #[arg(long, value_name = "REGION")]
        region: Option<String>,
    },
    /// Explain a finding.
    Explain {
        /// The finding's code, as `check` and `dry-run` print it, or a reason from `inspect`.
        #[arg(value_name = "CODE")]
        code: String,
        /// Print JSON instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Run practice mode on this computer until you stop it.
    Practice {
        /// The port to listen on; 0 selects any free port.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// The seed for generated IDs, people and keys.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// The calls per second of each Identity Store operation, and of all sso-admin operations
        /// together, before throttling.
        #[arg(long, value_name = "CALLS")]
        rate_limit: Option<u32>,
        /// Apply the rate limit to all these operations together.
        #[arg(long, requires = "rate_limit")]
        shared_rate_limit: bool,
        /// Start with a setup that was made by hand and has three mistakes.
        #[arg(long)]
        repair: bool,
        /// The folder to save practice mode in.
        #[arg(long, value_name = "FOLDER")]
        state: Option<PathBuf>,
        /// Turn off an inferred behavior of AWS or nOps; can be repeated.
        #[arg(long = "switch", value_name = "NAME")]
        switches: Vec<String>,
    },
    /// Create the group, users, memberships and assignment in AWS.
    ///
    /// Prints the plan, then each change. Leaves existing items unchanged unless you give
    /// `--remove-missing`, so a second run changes nothing. Uses the credentials of the AWS command line (environment, profile or web
    /// identity), but not the instance metadata service. Respects AWS_ENDPOINT_URL.
    Provision(provision::ProvisionArgs),
    /// Check finished setups for changes and problems.
    ///
    /// Compares what AWS and nOps show now with each setup, and warns before the certificate
    /// expires. Changes nothing. Without credentials, reads AWS's public metadata and, if you
    /// allowed it in the setup, nOps's sign-in addresses. With read permissions in AWS, also checks
    /// the application, the group, its people, and saved changes. Uses the same credentials as
    /// `provision`. Exit status: 0 if no problems were found, 1 for problems, 2 if it couldn't
    /// check.
    Watch(watch::WatchArgs),
    /// Convert a setup file and print it to stdout.
    Export {
        /// The setup file.
        #[arg(long, value_name = "FILE")]
        setup: PathBuf,
        /// The output format.
        #[arg(long = "as", value_enum)]
        form: ExportFormat,
        /// Include names in a report, or email addresses in a handover; by default, people are only
        /// counted.
        #[arg(long)]
        people: bool,
        /// The colleague who gets a handover.
        #[arg(long, value_enum)]
        role: Option<Role>,
    },
}

/// The expected type of a file.
#[derive(Clone, Copy, ValueEnum)]
enum ExpectedType {
    Auto,
    Certificate,
    Metadata,
}

/// The administrator who gets a handover.
#[derive(Clone, Copy, ValueEnum)]
enum Role {
    /// The AWS administrator.
    Aws,
    /// The nOps administrator.
    Nops,
}

impl From<Role> for Side {
    fn from(role: Role) -> Self {
        match role {
            Role::Aws => Self::Aws,
            Role::Nops => Self::Nops,
        }
    }
}

/// The output format of an export.
#[derive(Clone, Copy, ValueEnum)]
enum ExportFormat {
    Values,
    Html,
    Markdown,
    Json,
    SpMetadata,
    Ics,
    /// The values that a colleague needs for their part of the setup. Requires `--role`.
    Handover,
}

impl ExportFormat {
    /// Returns the document in this format, or `None` if a handover has no recipient. Only reports
    /// and handovers can include people.
    fn document(self, people: bool, role: Option<Role>) -> Option<Document> {
        Some(match self {
            Self::Values => Document::Values,
            Self::Html => Document::ReportHtml { people },
            Self::Markdown => Document::ReportMarkdown { people },
            Self::Json => Document::ReportJson { people },
            Self::SpMetadata => Document::SpMetadata,
            Self::Ics => Document::Calendar,
            Self::Handover => {
                Document::Handover { to: role?.into(), people, sender: String::new() }
            }
        })
    }
}

/// The result of a command that was able to run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CommandResult {
    /// No errors were found.
    Fine,
    Errors,
    /// A check wasn't possible, and the others found no errors.
    Unchecked,
}

/// Returns the kind of secret in the arguments, if there is one. The arguments are checked before
/// anything prints them.
fn secret_argument() -> Option<SecretKind> {
    env::args_os()
        .skip(1)
        .find_map(|argument| credentials::find_in_name(&argument.to_string_lossy()))
}

/// Returns the definition of the command line, for its manual and its completions.
pub fn definition() -> clap::Command {
    Arguments::command().disable_help_subcommand(true)
}

/// Returns the files that another start of this program asks the open window to open.
pub fn files_to_open(arguments: &[String], folder: &Path) -> Vec<PathBuf> {
    let arguments = arguments.iter().map(OsString::from).collect();
    match Arguments::try_parse_from(with_open(arguments)) {
        Ok(Arguments { command: Some(Command::Open { files }), .. }) => {
            files.iter().map(|file| folder.join(file)).collect()
        }
        _ => Vec::new(),
    }
}

/// Inserts `open` before a file from a colleague. Windows starts the program with only the file.
fn with_open(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let first = arguments.get(1).and_then(|first| Path::new(first).extension());
    if first.is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION)) {
        arguments.insert(1, "open".into());
    }
    arguments
}

/// Runs the command from the arguments.
pub fn run() -> ExitCode {
    if let Some(kind) = secret_argument() {
        let kind = BTreeMap::from([("kind".to_owned(), kind.code().to_owned())]);
        eprint_error(
            &MessageCatalog::english().without_markup().text("failure-argument_secret", &kind),
        );
        return ExitCode::from(2);
    }
    let arguments = Arguments::parse_from(with_open(env::args_os().collect()));
    let now = arguments.now.unwrap_or_else(Timestamp::now);
    let ended = match arguments.command {
        None => return window::run(arguments.now, Vec::new()),
        Some(Command::Open { files }) => return window::run(arguments.now, files),
        Some(Command::Inspect { expect, files }) => inspect::run(expect, &files, now),
        Some(Command::Check { values }) => check::run(&values, now),
        Some(Command::DryRun { values, response }) => dry_run::run(&values, &response, now),
        Some(Command::Doctor { region }) => doctor::run(region.as_deref()),
        Some(Command::Explain { code, json }) => explain::run(&code, json),
        Some(Command::Practice {
            port,
            seed,
            rate_limit,
            shared_rate_limit,
            repair,
            state,
            switches,
        }) => {
            let rate_limit = rate_limit.map(|calls_per_second| RateLimit {
                calls_per_second,
                is_shared: shared_rate_limit,
            });
            let settings = Settings {
                port,
                seed,
                rate_limit,
                made_by_hand: repair,
                state,
                ..Settings::default()
            };
            practice::run(settings, &switches)
        }
        Some(Command::Provision(order)) => provision::run(&order, &window::clock(arguments.now)),
        Some(Command::Watch(order)) => watch::run(&order, arguments.now),
        Some(Command::Export { setup, form, people, role }) => {
            export::run(&setup, form.document(people, role), now)
        }
    };
    match ended {
        Ok(CommandResult::Fine) => ExitCode::SUCCESS,
        Ok(CommandResult::Errors) => ExitCode::from(1),
        Ok(CommandResult::Unchecked) => ExitCode::from(2),
        Err(sentence) => {
            eprint_error(&sentence);
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_start_passes_files_on() {
        let opened = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
            files_to_open(&arguments, Path::new("/home/ana"))
        };
        assert_eq!(
            opened(&["nops-sso-setup", "open", "a.nops-setup", "/tmp/b.nops-setup"]),
            [Path::new("/home/ana/a.nops-setup"), Path::new("/tmp/b.nops-setup")]
        );
        for others in
            [&["nops-sso-setup"][..], &["nops-sso-setup", "open"], &["nops-sso-setup", "x"]]
        {
            assert!(opened(others).is_empty(), "{others:?}");
        }
    }
}
