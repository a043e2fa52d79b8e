//! Lists the profiles of the AWS configuration files.

use aws_config::{
    profile::{self, ProfileFileCredentialsProvider, ProfileSet},
    provider_config::ProviderConfig,
};
use aws_runtime::env_config::file::{Builder, EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use strum::{IntoStaticStr, VariantArray};

use super::{AwsError, credential_process::CredentialProcess};
use identifiers::AccessPortal;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub region: Option<String>,
    /// The access portal where the profile signs in.
    pub portal: Option<AccessPortal>,
    /// The `credential_process` command that runs when connecting with the profile.
    pub command: Option<String>,
    /// Why the profile can't be used.
    pub problem: Option<ProfileProblem>,
}

/// Why a profile can't be used. The message key is `profile-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum ProfileProblem {
    /// The profile names no source of credentials.
    NoCredentials,
    /// The profile requires a code from an MFA device (`mfa_serial`). The user can enter it in
    /// this app.
    Mfa,
    /// The profile's `source_profile` doesn't exist.
    SourceMissing,
    /// The profile's `sso_session` doesn't exist.
    SessionMissing,
    /// The profile relies on the metadata service of an EC2 instance or a container.
    InstanceMetadata,
}

impl ProfileProblem {
    /// All problems, for the message-key test.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the message key without the prefix `profile-`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Returns the profiles of this computer's AWS configuration files, sorted by name with `default`
/// first.
///
/// The files are `~/.aws/config` and `~/.aws/credentials`, or those in `AWS_CONFIG_FILE` and
/// `AWS_SHARED_CREDENTIALS_FILE`.
pub async fn profiles() -> Result<Vec<Profile>, AwsError> {
    list(&Fs::real(), &Env::real()).await
}

async fn list(fs: &Fs, env: &Env) -> Result<Vec<Profile>, AwsError> {
    let set = profile::load(fs, env, &Default::default(), None)
        .await
        .map_err(|_| AwsError::Configuration)?;
    let mut profiles: Vec<Profile> = set
        .profiles()
        .map(|name| Profile {
            name: name.to_owned(),
            region: of(&set, name, "region").or_else(|| of(&set, name, "sso_region")),
            portal: portal(&set, name),
            command: command(&set, name),
            problem: problem(&set, name),
        })
        .collect();
    profiles.sort_by_key(|profile| (profile.name != "default", profile.name.clone()));
    Ok(profiles)
}

/// The source of the profiles.
pub enum Files {
    /// `~/.aws/config` and `~/.aws/credentials`, or the files that the environment names.
    OfThisComputer,
    /// Only a configuration file with this text.
    #[cfg(test)]
    Given(&'static str),
}

impl Files {
    /// Returns the files as they are, without our providers for `credential_process`.
    pub fn as_written(&self) -> EnvConfigFiles {
        self.builder().build()
    }

    /// Parses the files into profiles.
    pub async fn load(&self) -> Result<ProfileSet, AwsError> {
        profile::load(&Fs::real(), &Env::real(), &self.as_written(), None)
            .await
            .map_err(|_| AwsError::Configuration)
    }

    fn builder(&self) -> Builder {
        match self {
            Self::OfThisComputer => EnvConfigFiles::builder()
                .include_default_config_file(true)
                .include_default_credentials_file(true),
            #[cfg(test)]
            Self::Given(text) => {
                EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, *text)
            }
        }
    }
}

/// Returns a provider for the keys of a profile, including those of its source profiles. Without a
/// name, it's the profile in `AWS_PROFILE`, or else `default`.
///
/// We run each `credential_process` ourselves. To the SDK, its profile looks like one with a
/// `credential_source`, for which we supply the provider.
pub async fn keys(
    name: Option<&str>,
    files: &Files,
    base: &ProviderConfig,
) -> ProfileFileCredentialsProvider {
    let mut sources = String::new();
    let mut keys = ProfileFileCredentialsProvider::builder().configure(base);
    // The SDK reports unreadable files when it needs them.
    for (name, command) in files.load().await.iter().flat_map(commands) {
        let source = format!("the command of {name}");
        sources += &format!("[profile {name}]\ncredential_source = {source}\n");
        keys = keys.with_custom_provider(source, CredentialProcess::new(command));
    }
    let files = files.builder().with_contents(EnvConfigFileKind::Config, sources);
    let mut keys = keys.profile_files(files.build());
    if let Some(name) = name {
        keys = keys.profile_name(name);
    }
    keys.build()
}

/// Returns the profiles that get their keys from a command, and their commands. Skips profiles for
/// which the SDK would use another source first.
fn commands(set: &ProfileSet) -> impl Iterator<Item = (&str, &str)> {
    const BEFORE: [&str; 7] = [
        "credential_source",
        "login_session",
        "role_arn",
        "sso_account_id",
        "sso_session",
        "sso_start_url",
        "web_identity_token_file",
    ];
    set.profiles().filter_map(|name| {
        let profile = set.get_profile(name)?;
        let other = BEFORE.into_iter().any(|way| profile.get(way).is_some());
        let command = profile.get("credential_process").filter(|_| !other)?;
        Some((name, command))
    })
}

/// Returns whether a profile or one of its source profiles uses the metadata service of an EC2
/// instance or a container. Without a name, it's the profile in `AWS_PROFILE`, or else `default`.
pub async fn relies_on_instance_metadata(name: Option<&str>, files: &Files) -> bool {
    let set = files.load().await;
    // Unreadable files provide no credentials at all.
    set.is_ok_and(|set| {
        let name = name.unwrap_or_else(|| set.selected_profile()).to_owned();
        relies_on_metadata(&set, &name)
    })
}

fn relies_on_metadata(set: &ProfileSet, name: &str) -> bool {
    chain(set, name).iter().any(|name| {
        of(set, name, "credential_source").is_some_and(|source| source != "Environment")
    })
}

/// Returns the command of a profile or of one of its source profiles.
fn command(set: &ProfileSet, name: &str) -> Option<String> {
    chain(set, name).iter().find_map(|name| of(set, name, "credential_process"))
}

/// Returns a profile and its source profiles.
fn chain(set: &ProfileSet, name: &str) -> Vec<String> {
    let mut chain = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.filter(|name| !chain.contains(name)) {
        next = of(set, &name, "source_profile");
        chain.push(name);
    }
    chain
}

fn of(set: &ProfileSet, name: &str, key: &str) -> Option<String> {
    set.get_profile(name)?.get(key).map(str::to_owned)
}

/// Reads the access portal from the profile or from its `sso-session`.
fn portal(set: &ProfileSet, name: &str) -> Option<AccessPortal> {
    let session = of(set, name, "sso_session");
    let named = |key: &str| match &session {
        Some(session) => set.sso_session(session)?.get(key).map(str::to_owned),
        None => of(set, name, key),
    };
    Some(AccessPortal { start_url: named("sso_start_url")?, region: named("sso_region")? })
}

fn problem(set: &ProfileSet, name: &str) -> Option<ProfileProblem> {
    const WAYS: [&str; 6] = [
        "aws_access_key_id",
        "credential_process",
        "login_session",
        "sso_account_id",
        "role_arn",
        "web_identity_token_file",
    ];
    let profile = set.get_profile(name)?;
    let has = |key| profile.get(key).is_some();
    if has("role_arn") && has("mfa_serial") {
        return Some(ProfileProblem::Mfa);
    }
    if profile.get("source_profile").is_some_and(|source| set.get_profile(source).is_none()) {
        return Some(ProfileProblem::SourceMissing);
    }
    if profile.get("sso_session").is_some_and(|session| set.sso_session(session).is_none()) {
        return Some(ProfileProblem::SessionMissing);
    }
    if relies_on_metadata(set, name) {
        return Some(ProfileProblem::InstanceMetadata);
    }
    (!WAYS.into_iter().any(has)).then_some(ProfileProblem::NoCredentials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn profiles_list_region_and_problem() {
        let config = "
[default]
region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
[profile cut]
sso_session = gone
sso_account_id = 123456789012
[profile role]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = keys
region = us-east-1
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/ana
[profile orphan]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = missing
[profile ec2]
role_arn = arn:aws:iam::123456789012:role/Admin
credential_source = Ec2InstanceMetadata
[profile through]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = ec2
[profile process]
credential_process = /opt/bin/keys
[profile behind]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = process
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://d-1234567890.awsapps.com/start
";
        let keys =
            "[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n";
        let fs = Fs::from_slice(&[
            ("/home/ana/.aws/config", config),
            ("/home/ana/.aws/credentials", keys),
        ]);
        let env = Env::from_slice(&[("HOME", "/home/ana")]);
        let listed = list(&fs, &env).await.unwrap();
        let commands = listed.iter().filter(|profile| profile.command.is_some());
        let commands: Vec<&str> = commands.map(|profile| profile.name.as_str()).collect();
        assert_eq!(commands, ["behind", "process"], "they run /opt/bin/keys");
        let found: Vec<String> = listed
            .into_iter()
            .map(|profile| {
                let problem = profile.problem.map(ProfileProblem::code);
                let portal = profile.portal.map(|portal| portal.region);
                format!("{} {:?} {:?} {:?}", profile.name, profile.region, portal, problem)
            })
            .collect();
        let expected = [
            r#"default Some("eu-west-1") None Some("no_credentials")"#,
            r#"behind None None None"#,
            r#"cut None None Some("session_missing")"#,
            r#"ec2 None None Some("instance_metadata")"#,
            r#"keys None None None"#,
            r#"mfa None None Some("mfa")"#,
            r#"orphan None None Some("source_missing")"#,
            r#"process None None None"#,
            r#"role Some("us-east-1") None None"#,
            r#"sso None Some("us-east-1") None"#,
            r#"through None None Some("instance_metadata")"#,
        ];
        assert_eq!(found, expected);
    }

    #[tokio::test]
    async fn missing_file_is_empty_broken_file_is_error() {
        let env = Env::from_slice(&[("HOME", "/home/ana")]);
        assert_eq!(list(&Fs::from_slice(&[]), &env).await, Ok(Vec::new()));
        let broken = Fs::from_slice(&[("/home/ana/.aws/config", "[default\nregion = x")]);
        assert_eq!(list(&broken, &env).await, Err(AwsError::Configuration));
    }
}
