//! Runs a profile's `credential_process` command, which returns the profile's keys.
//!
//! The SDK can run this command too, but after a timeout it doesn't end the command, and it reports
//! only that the command failed. For the output format, see *Sourcing credentials with an external
//! process*, AWS SDKs and Tools Reference.

use std::{
    fmt,
    io::IsTerminal,
    process::{Output, Stdio},
    time::SystemTime,
};

use aws_credential_types::{
    Credentials as Keys,
    provider::{ProvideCredentials, error::CredentialsError, future},
};
use jiff::Timestamp;
#[cfg(unix)]
use process_wrap::tokio::ProcessGroup;
use process_wrap::tokio::{ChildWrapper, CommandWrap};
#[cfg(windows)]
use process_wrap::tokio::{CreationFlags, JobObject};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
};

use super::AwsError;

/// The size limit of a command's output, in bytes. The documented format has about 2 kB.
const LARGEST_OUTPUT: u64 = 1024 * 1024;

/// Where programs for macOS are usually installed. An app that Finder starts doesn't have these
/// folders in its search path.
#[cfg(target_os = "macos")]
const USUAL_FOLDERS: [&str; 2] = ["/opt/homebrew/bin", "/usr/local/bin"];

/// Why a command returned no keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CredentialProcessError {
    NotFound,
    /// The command ended with an error.
    Failed,
    /// The output doesn't have the format that AWS defines.
    Unreadable,
}

/// Runs a command each time keys are needed. Dropping the future ends the command.
pub struct CredentialProcess(SecretString);

impl CredentialProcess {
    pub fn new(command: &str) -> Self {
        Self(SecretString::from(command.to_owned()))
    }

    async fn keys(&self) -> Result<Keys, CredentialProcessError> {
        let line = self.0.expose_secret();
        let command = command(line).ok_or(CredentialProcessError::Failed)?;
        // Standard error may contain secrets, so it's captured and never shown.
        let output =
            output(command, !is_in_terminal()).await.map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => CredentialProcessError::NotFound,
                _ => CredentialProcessError::Failed,
            })?;
        match output.status.code() {
            Some(0) => parse_output(&output.stdout).ok_or(CredentialProcessError::Unreadable),
            #[cfg(windows)]
            Some(_) if is_missing(line) => Err(CredentialProcessError::NotFound),
            _ => Err(CredentialProcessError::Failed),
        }
    }
}

/// Hides the command, because its arguments may be secrets.
impl fmt::Debug for CredentialProcess {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("CredentialProcess").finish()
    }
}

impl ProvideCredentials for CredentialProcess {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            self.keys().await.map_err(|reason| {
                CredentialsError::provider_error(AwsError::CredentialProcess { reason })
            })
        })
    }
}

/// Builds the command. Like the AWS CLI, starts the program without a shell, so `&` and `$` in an
/// argument have no meaning (botocore, `ProcessProvider`).
#[cfg(not(windows))]
fn command(line: &str) -> Option<Command> {
    let mut words = shlex::split(line)?.into_iter();
    let mut command = Command::new(words.next()?);
    command.args(words);
    #[cfg(target_os = "macos")]
    if let Ok(path) = std::env::join_paths(
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
            .chain(USUAL_FOLDERS.map(Into::into)),
    ) {
        command.env("PATH", path);
    }
    Some(command)
}

/// Builds a command for `cmd.exe`, which also starts batch files.
#[cfg(windows)]
fn command(line: &str) -> Option<Command> {
    use std::os::windows::process::CommandExt;
    // Pass the line to cmd.exe without escaping it, inside an additional pair of quotation marks.
    let mut command = std::process::Command::new("cmd.exe");
    command.arg("/C").raw_arg(format!("\"{line}\""));
    Some(Command::from(command))
}

/// Returns whether the program doesn't exist. `cmd.exe` has no exit code that means only this.
#[cfg(windows)]
fn is_missing(line: &str) -> bool {
    /// Commands of `cmd.exe` that aren't programs.
    const BUILT_IN: [&str; 7] = ["call", "echo", "exit", "if", "set", "start", "type"];
    // `cmd.exe` replaces %variables%, so that path isn't known here.
    program(line).is_some_and(|name| {
        let is_known = !name.contains('%') && !BUILT_IN.contains(&name);
        is_known && which::which(name).is_err()
    })
}

/// Returns the program's name or path at the start of a line for `cmd.exe`.
#[cfg(any(windows, test))]
fn program(line: &str) -> Option<&str> {
    let line = line.trim_start();
    match line.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => line.split_whitespace().next(),
    }
}

/// A running command. Dropping it ends the command, and its child processes if the command is the
/// first of a group.
struct RunningCommand {
    child: Box<dyn ChildWrapper>,
    has_ended: bool,
}

impl Drop for RunningCommand {
    fn drop(&mut self) {
        // The command may have left processes running on purpose, such as an agent that caches the
        // sign-in.
        if !self.has_ended {
            // This fails only if all processes have already ended.
            let _ended = self.child.start_kill();
        }
    }
}

/// Returns whether this app was started in a terminal. If so, the command stays in the terminal's
/// process group, so that it can ask for a code there and Ctrl+C ends it.
fn is_in_terminal() -> bool {
    std::io::stdin().is_terminal() || std::io::stderr().is_terminal()
}

/// Runs a command and returns its output. `alone` puts the command in its own process group, and on
/// Windows hides its console. On Windows, its child processes are grouped either way.
async fn output(mut command: Command, alone: bool) -> std::io::Result<Output> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    if alone {
        command.wrap(ProcessGroup::leader());
    }
    #[cfg(windows)]
    {
        if alone {
            command.wrap(CreationFlags(windows::Win32::System::Threading::CREATE_NO_WINDOW));
        }
        command.wrap(JobObject);
    }
    let mut running = RunningCommand { child: command.spawn()?, has_ended: false };
    let (stdout, stderr) = (running.child.stdout().take(), running.child.stderr().take());
    // The group's own `wait` would also wait for processes that the command left running.
    let status = running.child.inner_mut().wait();
    let (stdout, stderr, status) =
        tokio::try_join!(read_to_limit(stdout), read_to_limit(stderr), status)?;
    running.has_ended = true;
    Ok(Output { status, stdout, stderr })
}

/// Reads a command's output. Output that is too long is an error, so that it never fills the memory.
async fn read_to_limit(stream: Option<impl AsyncRead + Unpin>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream.take(LARGEST_OUTPUT + 1).read_to_end(&mut bytes).await?;
    }
    match bytes.len() as u64 {
        ..=LARGEST_OUTPUT => Ok(bytes),
        _ => Err(std::io::ErrorKind::FileTooLarge.into()),
    }
}

fn parse_output(written: &[u8]) -> Option<Keys> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct ProcessOutput {
        version: u8,
        access_key_id: String,
        secret_access_key: String,
        session_token: Option<String>,
        expiration: Option<Timestamp>,
    }
    let written: ProcessOutput = serde_json::from_slice(written).ok()?;
    let expires = written.expiration.map(SystemTime::try_from).transpose();
    // The SDK panics on keys that can't be part of a header.
    let is_plain = |value: &String| value.bytes().all(|byte| byte.is_ascii_graphic());
    let is_usable = is_plain(&written.access_key_id)
        && is_plain(&written.secret_access_key)
        && written.session_token.as_ref().is_none_or(is_plain);
    (written.version == 1 && is_usable).then_some(Keys::new(
        written.access_key_id,
        written.secret_access_key,
        written.session_token,
        expires.ok()?,
        "CredentialProcess",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_keys_in_documented_format() {
        let all = br#"{"Version":1,"AccessKeyId":"ASIAIOSFODNN7EXAMPLE","SecretAccessKey":"s","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z","AccountId":"123456789012"}"#;
        let keys = parse_output(all).unwrap();
        assert_eq!(keys.access_key_id(), "ASIAIOSFODNN7EXAMPLE");
        assert_eq!(keys.session_token(), Some("t"));
        assert!(keys.expiry().is_some());
        let fewest = br#"{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"s"}"#;
        assert!(parse_output(fewest).unwrap().expiry().is_none());
        for other in [
            &b""[..],
            b"AKIAIOSFODNN7EXAMPLE",
            br#"{"Version":2,"AccessKeyId":"a","SecretAccessKey":"s"}"#,
            br#"{"Version":1,"AccessKeyId":"a"}"#,
        ] {
            assert!(parse_output(other).is_none());
        }
    }

    #[test]
    fn program_is_found_in_a_windows_command() {
        for (line, expected) in [
            (
                r#""C:\Program Files\Keys\keys.exe" --for ana"#,
                Some(r"C:\Program Files\Keys\keys.exe"),
            ),
            ("  keys --for ana", Some("keys")),
            ("", None),
        ] {
            assert_eq!(program(line), expected, "{line}");
        }
    }

    #[test]
    fn debug_output_hides_command() {
        let command = CredentialProcess::new("keys --password canary");
        assert!(!format!("{command:?}").contains("canary"));
    }

    #[cfg(target_os = "linux")]
    fn shell(line: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", line]);
        shell
    }

    /// Without a limit, the output would fill the memory until the time limit for keys.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn endless_output_ends_the_command() {
        for line in ["yes", "yes >&2", "cat /dev/zero"] {
            let ended = output(shell(line), true).await;
            assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::FileTooLarge, "{line}");
        }
        let long = output(shell("head -c 1000000 /dev/zero"), true).await.unwrap();
        assert_eq!(long.stdout.len(), 1_000_000);
    }

    /// An abandoned command must end together with its child processes, because they could wait for
    /// a code forever.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn abandoned_command_ends_with_its_children() {
        use std::time::Duration;

        let folder = tempfile::tempdir().unwrap();
        let named = folder.path().join("started");
        let line = format!("sleep 600 & echo $! > {0}.new; mv {0}.new {0}; wait", named.display());
        let started = async {
            loop {
                if let Ok(id) = std::fs::read_to_string(&named) {
                    return id.trim().to_owned();
                }
                tokio::task::yield_now().await;
            }
        };
        let id = tokio::select! {
            ended = output(shell(&line), true) => panic!("the command ended early: {ended:?}"),
            id = started => id,
        };
        // The kernel may take a moment to end the process, which then disappears or becomes a
        // zombie.
        let stat = format!("/proc/{id}/stat");
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        while std::fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z")) {
            assert!(std::time::Instant::now() < deadline, "the child process is still running");
            tokio::task::yield_now().await;
        }
    }
}
