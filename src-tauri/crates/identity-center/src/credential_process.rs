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
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
#[cfg(unix)]
use tokio::process::Child;
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
};

use super::AwsError;

/// The size limit of a command's output, in bytes. The documented format has about 2 kB.
const LARGEST_OUTPUT: u64 = 1024 * 1024;

/// A shell's exit code if it doesn't find the program (POSIX, *Exit Status for Commands*).
const NOT_FOUND: i32 = 127;

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
        // Standard error may contain secrets, so it's captured and never shown.
        let output = output(shell(self.0.expose_secret()), !is_in_terminal())
            .await
            .map_err(|_| CredentialProcessError::Failed)?;
        match output.status.code() {
            Some(0) => parse_output(&output.stdout).ok_or(CredentialProcessError::Unreadable),
            Some(NOT_FOUND) => Err(CredentialProcessError::NotFound),
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

/// Builds the shell command the same way as the AWS CLI and SDKs.
fn shell(line: &str) -> Command {
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        // Pass the line to cmd.exe without escaping it, inside an additional pair of quotation
        // marks.
        let mut command = std::process::Command::new("cmd.exe");
        command.arg("/C").raw_arg(format!("\"{line}\""));
        Command::from(command)
    }
    #[cfg(not(windows))]
    {
        let mut command = Command::new("sh");
        command.args(["-c", line]);
        command
    }
}

/// The process group of a running command. On Unix, dropping it kills the command and its child
/// processes.
#[cfg(unix)]
struct ProcessGroup(Option<rustix::process::Pid>);

#[cfg(unix)]
impl ProcessGroup {
    /// Returns the process group that this command leads.
    fn led_by(first: &Child) -> Self {
        let id = first.id().and_then(|id| i32::try_from(id).ok());
        Self(id.and_then(rustix::process::Pid::from_raw))
    }
}

#[cfg(unix)]
impl Drop for ProcessGroup {
    fn drop(&mut self) {
        let Some(group) = self.0 else { return };
        // The kill fails only if all processes have already ended.
        let _ended = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

/// Returns whether this app was started in a terminal. If so, the command stays in the terminal's
/// process group, so that it can ask for a code there and Ctrl+C ends it.
fn is_in_terminal() -> bool {
    std::io::stdin().is_terminal() || std::io::stderr().is_terminal()
}

/// Runs a command and returns its output. On Unix, `alone` puts the command in its own process
/// group.
#[cfg_attr(not(unix), expect(unused_variables))]
async fn output(mut command: Command, alone: bool) -> std::io::Result<Output> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    #[cfg(unix)]
    if alone {
        command.process_group(0);
    }
    let mut child = command.spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    #[cfg(unix)]
    let mut group = if alone { ProcessGroup::led_by(&child) } else { ProcessGroup(None) };
    let (stdout, stderr, status) =
        tokio::try_join!(read_to_limit(stdout), read_to_limit(stderr), child.wait())?;
    let output = Output { status, stdout, stderr };
    // Don't kill processes that the command left running on purpose, such as an agent that caches
    // the sign-in.
    #[cfg(unix)]
    group.0.take();
    Ok(output)
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
    (written.version == 1).then_some(Keys::new(
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
    fn debug_output_hides_command() {
        let command = CredentialProcess::new("keys --password canary");
        assert!(!format!("{command:?}").contains("canary"));
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
