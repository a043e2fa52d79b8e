//! Profiles with a `credential_process`.

use super::*;

/// Returns profiles with a `credential_process` for this platform. A profile that uses one of them as
/// its source reports the same error.
fn commands() -> String {
    let keys = r#"{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"s"}"#;
    let (keys, slow, fails) = match cfg!(windows) {
        true => (format!("echo {keys}"), "ping -n 61 127.0.0.1", "exit 3"),
        // A shell would end the command at `&` and `;`.
        false => (
            format!("sh -c 'printf %s \"$1\"' keys '{keys}' https://example.com/?a=1&b=2;c"),
            "sleep 61",
            "sh -c 'exit 3'",
        ),
    };
    format!(
        "
[profile slow]
credential_process = {slow}
[profile gone]
credential_process = no-such-program-anywhere --for ana
[profile fails]
credential_process = {fails}
[profile talks]
credential_process = echo Enter the code:
[profile role]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = gone
[profile keys]
credential_process = {keys}
[default]
credential_process = {fails}
"
    )
}

async fn by_command(profile: &str) -> Result<aws_credential_types::Credentials, AwsError> {
    let credentials = match profile {
        "default" => Credentials::Ambient,
        name => Credentials::Profile { name: name.to_owned(), code: None },
    };
    let network = Network::default();
    let region = Some("us-east-1");
    let configuration = Configuration::from_texts(&commands(), "", &[]).await;
    let config = config::load_config(&credentials, region, &network, &configuration).await?.config;
    if profile == "keys" {
        let provider = config.credentials_provider().unwrap();
        return Ok(provider.provide_credentials().await.unwrap());
    }
    let connection = Connection::from_config(config, SharedState::new(false, None))?;
    Err(connection.whoami().await.unwrap_err())
}

#[tokio::test]
async fn credential_process_errors_are_classified() {
    for (profile, reason) in [
        ("gone", CredentialProcessError::NotFound),
        ("role", CredentialProcessError::NotFound),
        ("fails", CredentialProcessError::Failed),
        ("talks", CredentialProcessError::Unreadable),
        ("default", CredentialProcessError::Failed),
    ] {
        let told = by_command(profile).await.unwrap_err();
        assert_eq!(told, AwsError::CredentialProcess { reason }, "{profile}");
    }
    let keys = by_command("keys").await.unwrap();
    assert_eq!(keys.access_key_id(), "AKIAIOSFODNN7EXAMPLE");
}

/// A profile's command that never ends is stopped, and the user sees an error.
#[tokio::test(start_paused = true)]
async fn hanging_credential_process_times_out() {
    let began = tokio::time::Instant::now();
    let told = by_command("slow").await.unwrap_err();
    assert_eq!(told, AwsError::CredentialsTimeout);
    assert_eq!(began.elapsed().as_secs(), 60);
}
