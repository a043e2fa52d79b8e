//! The command line. Each command prints JSON on stdout, says what went wrong on stderr, and ends
//! with 0 (fine), 1 (errors found) or 2 (it could not be done as asked).

mod check;
mod dry_run;
mod export;
mod input;
mod inspect;
mod output;
mod practice;
mod provision;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use nops_sso_setup_core::session::Document;

use crate::{desktop, window};

pub(crate) use output::complain;

/// Make AWS IAM Identity Center the sign-in of a nOps organization.
///
/// Without a command the window opens. With one, JSON is printed on stdout (JSON Lines where there
/// are several), diagnostics on stderr. Exit status: 0 fine, 1 errors found, 2 wrong use.
#[derive(Parser)]
#[command(name = "nops-sso-setup", version)]
struct Arguments {
    /// The time by which rules judge, RFC 3339. Signatures to AWS and TLS keep real time.
    #[arg(long, global = true, value_name = "TIME")]
    now: Option<Timestamp>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Say what files are: certificates, metadata, or something else.
    Inspect {
        /// What the files should be.
        #[arg(long = "as", value_enum, default_value_t = Expect::Auto)]
        expect: Expect,
        /// The files; `-` is standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Judge a values document: what the two consoles hold.
    Check {
        /// The document (JSON); `-` is standard input.
        #[arg(value_name = "VALUES.json")]
        values: PathBuf,
    },
    /// Judge a response that AWS's Copy XML gave, against a values document.
    DryRun {
        /// The document (JSON).
        #[arg(long, value_name = "VALUES.json")]
        values: PathBuf,
        /// The response: XML or base64; `-` is standard input.
        #[arg(value_name = "RESPONSE")]
        response: PathBuf,
    },
    /// Serve the practice mode on this computer until it is stopped.
    Practice {
        /// The port; without it any free one.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Ids, people and keys follow from it.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// AWS calls answered per second before it asks to slow down.
        #[arg(long, value_name = "CALLS")]
        rate_limit: Option<u32>,
        /// Keep the world in this folder.
        #[arg(long, value_name = "FOLDER")]
        state: Option<PathBuf>,
        /// Make false what is only inferred of AWS and nOps; may be repeated.
        #[arg(long = "switch", value_name = "NAME")]
        switches: Vec<String>,
    },
    /// Bring people in by one plan: group, users, memberships, assignment.
    ///
    /// Credentials are the ordinary ones of the AWS command line: environment, profile, web identity; never
    /// the instance metadata service. AWS_ENDPOINT_URL is honoured. Prints the plan, then each change. What
    /// is there already is left as it is, so a second run changes nothing.
    Provision(provision::Order),
    /// Write a setup file in another form to stdout.
    Export {
        /// The setup's file.
        #[arg(long, value_name = "FILE")]
        setup: PathBuf,
        /// The form.
        #[arg(long = "as", value_enum)]
        form: Form,
        /// Name people in a report; without it they are counted.
        #[arg(long)]
        people: bool,
    },
}

/// What a file should be.
#[derive(Clone, Copy, ValueEnum)]
enum Expect {
    Auto,
    Certificate,
    Metadata,
}

/// The form of an export.
#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Values,
    Html,
    Markdown,
    Json,
    SpMetadata,
}

impl Form {
    /// The document in this form; only reports tell about people.
    fn document(self, people: bool) -> Document {
        match self {
            Self::Values => Document::Values,
            Self::Html => Document::ReportHtml { people },
            Self::Markdown => Document::ReportMarkdown { people },
            Self::Json => Document::ReportJson { people },
            Self::SpMetadata => Document::SpMetadata,
        }
    }
}

/// How a command ended, where it could be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Nothing is wrong.
    Fine,
    /// Errors were found.
    Errors,
}

/// Does what the arguments say.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let now = arguments.now.unwrap_or_else(Timestamp::now);
    let ended = match arguments.command {
        None => window::run(arguments.now)
            .map(|()| Found::Fine)
            .map_err(|failure| desktop::sentence(&failure)),
        Some(Command::Inspect { expect, files }) => inspect::run(expect, &files, now),
        Some(Command::Check { values }) => check::run(&values, now),
        Some(Command::DryRun { values, response }) => dry_run::run(&values, &response, now),
        Some(Command::Practice { port, seed, rate_limit, state, switches }) => {
            practice::run(port, seed, rate_limit, state, &switches)
        }
        Some(Command::Provision(order)) => provision::run(&order, &window::clock(arguments.now)),
        Some(Command::Export { setup, form, people }) => {
            export::run(&setup, form.document(people), now)
        }
    };
    match ended {
        Ok(Found::Fine) => ExitCode::SUCCESS,
        Ok(Found::Errors) => ExitCode::from(1),
        Err(sentence) => {
            complain(&sentence);
            ExitCode::from(2)
        }
    }
}
