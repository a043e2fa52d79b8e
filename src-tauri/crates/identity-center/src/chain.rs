//! How a profile gets its keys: a source, and then the roles to assume with the source's keys.
//! Follows the AWS CLI's rules, without calling AWS.

use strum::{IntoStaticStr, VariantNames};

use super::configuration::{Configuration, File, Settings};
use identifiers::{AccessKeyError, AccessKeys, AccessPortal};

/// A role to assume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub arn: String,
    pub session_name: Option<String>,
    pub external_id: Option<String>,
    pub duration_seconds: Option<i32>,
    /// The MFA device whose code AWS requires.
    pub mfa_serial: Option<String>,
}

/// Where a profile's first keys come from.
#[derive(Clone, Debug)]
pub enum KeySource {
    Keys(AccessKeys),
    /// A sign-in made with `aws sso login`.
    SignIn {
        portal: AccessPortal,
        session: Option<String>,
        account: String,
        role: String,
    },
    /// A sign-in made with `aws login`.
    Login {
        session: String,
    },
    Command(String),
    WebIdentity {
        file: String,
        role: Role,
    },
}

/// The steps by which a profile gets its keys.
#[derive(Clone, Debug)]
pub struct CredentialChain {
    /// The profile that the source belongs to.
    pub profile: String,
    pub source: KeySource,
    /// The roles, in the order in which they are assumed.
    pub roles: Vec<Role>,
}

/// A problem that makes a profile unusable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileProblem {
    /// The profile that has the problem: the requested profile or one of its source profiles.
    pub profile: String,
    pub reason: ProfileProblemReason,
}

/// Why a profile can't be used. The message key is `profile-<code>`. The message's parameters are
/// the fields and `profile`.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum ProfileProblemReason {
    /// No profile has this name. `profiles` lists all profiles.
    Missing { profiles: String },
    /// The profile specifies no source of credentials.
    NoCredentials,
    /// A required setting is missing.
    KeyMissing { key: &'static str },
    /// The access keys don't have the right format.
    Keys { error: AccessKeyError },
    /// The access keys in the environment are incomplete or don't have the right format.
    EnvironmentKeys { error: AccessKeyError },
    /// Two settings conflict.
    Contradiction { key: &'static str, other: &'static str },
    /// The profile's `source_profile` doesn't exist.
    SourceMissing { source: String },
    /// The source profiles refer back to this profile.
    SourceLoop { source: String },
    /// The profile's `credential_source` has a value that AWS doesn't define.
    CredentialSource { source: String },
    /// The profile's `sso_session` doesn't exist.
    SessionMissing { session: String },
    /// The profile's `role_arn` isn't the ARN of a role.
    RoleArn { arn: String },
    /// The profile's `sso_account_id` isn't an account ID.
    Account { account: String },
    /// The profile has a sign-in, but no account or role.
    RoleMissing,
    /// Two of the chain's roles require an MFA code, but a code works only once.
    SeveralCodes,
    /// The profile relies on the metadata service of an EC2 instance or a container.
    InstanceMetadata,
}

impl ProfileProblemReason {
    /// All codes, for the message-key test.
    pub const CODES: &[&str] = Self::VARIANTS;
}

impl ProfileProblem {
    pub fn missing_profile(configuration: &Configuration, profile: &str) -> Self {
        let reason = ProfileProblemReason::Missing { profiles: configuration.list() };
        Self { profile: profile.to_owned(), reason }
    }

    /// Describes what is wrong with the access keys in the environment.
    pub fn environment_keys(error: AccessKeyError) -> Self {
        let reason = ProfileProblemReason::EnvironmentKeys { error };
        Self { profile: String::new(), reason }
    }

    /// Returns the message key without the prefix `profile-`.
    pub fn code(&self) -> &'static str {
        (&self.reason).into()
    }

    pub fn params(&self) -> Vec<(&'static str, String)> {
        use ProfileProblemReason as Reason;
        let mut params = vec![("profile", self.profile.clone())];
        match &self.reason {
            Reason::KeyMissing { key } => params.push(("key", (*key).to_owned())),
            Reason::Keys { error } | Reason::EnvironmentKeys { error } => {
                params.push(("error", error.code().to_owned()))
            }
            Reason::Contradiction { key, other } => {
                params.extend([("key", (*key).to_owned()), ("other", (*other).to_owned())]);
            }
            Reason::SourceMissing { source }
            | Reason::SourceLoop { source }
            | Reason::CredentialSource { source } => params.push(("source", source.clone())),
            Reason::RoleArn { arn } => params.push(("arn", arn.clone())),
            Reason::Account { account } => params.push(("account", account.clone())),
            Reason::SessionMissing { session } => params.push(("session", session.clone())),
            Reason::Missing { profiles } => {
                let any = if profiles.is_empty() { "no" } else { "yes" };
                params.extend([("profiles", profiles.clone()), ("any", any.to_owned())]);
            }
            Reason::NoCredentials
            | Reason::RoleMissing
            | Reason::SeveralCodes
            | Reason::InstanceMetadata => {}
        }
        params
    }
}

impl CredentialChain {
    /// Determines how a profile gets its keys.
    pub fn resolve(configuration: &Configuration, name: &str) -> Result<Self, ProfileProblem> {
        let mut roles = Vec::new();
        let mut visited = vec![name.to_owned()];
        loop {
            let current = visited.last().map_or(name, String::as_str);
            let problem = |reason| Err(ProfileProblem { profile: current.to_owned(), reason });
            let Some(profile) = configuration.profile(current) else {
                return Err(ProfileProblem::missing_profile(configuration, current));
            };
            // A source profile's keys take precedence over its role.
            let assumes = is_role(profile) && (visited.len() == 1 || !has_keys(profile));
            let (source, next) = match assumes {
                false => (source(configuration, profile).map(Some), None),
                true => match check_role_arn(profile)
                    .and_then(|()| find_next_source(configuration, profile, current, &visited))
                {
                    Ok(ChainSource::Profile(source)) => (Ok(None), Some(source)),
                    Ok(ChainSource::Own) => (source(configuration, profile).map(Some), None),
                    Ok(ChainSource::Environment) => {
                        (environment_keys(configuration).map(Some), None)
                    }
                    Err(reason) => (Err(reason), None),
                },
            };
            if assumes {
                roles.extend(role(profile));
            }
            match (source, next) {
                (Err(reason), _) => return problem(reason),
                (Ok(Some(source)), _) => {
                    roles.reverse();
                    if roles.iter().filter(|role| role.mfa_serial.is_some()).count() > 1 {
                        let reason = ProfileProblemReason::SeveralCodes;
                        return Err(ProfileProblem { profile: name.to_owned(), reason });
                    }
                    return Ok(Self { profile: current.to_owned(), source, roles });
                }
                (Ok(None), Some(next)) => visited.push(next),
                (Ok(None), None) => return problem(ProfileProblemReason::NoCredentials),
            }
        }
    }

    /// Returns the MFA device that must provide a code.
    pub fn mfa_device(&self) -> Option<&str> {
        self.roles.iter().find_map(|role| role.mfa_serial.as_deref())
    }

    /// Returns the command that renews the source's sign-in.
    pub fn sign_in_command(&self) -> Option<String> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./@+".contains(c);
        let profile = match self.profile.chars().all(is_plain) {
            true => self.profile.clone(),
            false => format!("\"{}\"", self.profile.replace('"', "\\\"")),
        };
        match &self.source {
            KeySource::SignIn { .. } => Some(format!("aws sso login --profile {profile}")),
            KeySource::Login { .. } => Some(format!("aws login --profile {profile}")),
            _ => None,
        }
    }
}

/// The source of the keys that are used to assume a role.
enum ChainSource {
    Profile(String),
    /// The profile itself.
    Own,
    Environment,
}

fn is_role(profile: &Settings) -> bool {
    profile.has("role_arn") && !profile.has("web_identity_token_file")
}

fn has_keys(profile: &Settings) -> bool {
    profile.has("aws_access_key_id") || profile.has("aws_secret_access_key")
}

fn find_next_source(
    configuration: &Configuration,
    profile: &Settings,
    name: &str,
    visited: &[String],
) -> Result<ChainSource, ProfileProblemReason> {
    let source = profile.get("source_profile");
    match (source, profile.get("credential_source")) {
        (Some(_), Some(_)) => Err(ProfileProblemReason::Contradiction {
            key: "source_profile",
            other: "credential_source",
        }),
        (Some(source), None) if source == name && has_keys(profile) => Ok(ChainSource::Own),
        (Some(source), None) if visited.iter().any(|visited| visited == source) => {
            Err(ProfileProblemReason::SourceLoop { source: source.to_owned() })
        }
        (Some(source), None) if configuration.profile(source).is_none() => {
            Err(ProfileProblemReason::SourceMissing { source: source.to_owned() })
        }
        (Some(source), None) => Ok(ChainSource::Profile(source.to_owned())),
        (None, Some("Environment")) => Ok(ChainSource::Environment),
        (None, Some("Ec2InstanceMetadata" | "EcsContainer")) => {
            Err(ProfileProblemReason::InstanceMetadata)
        }
        (None, Some(source)) => {
            Err(ProfileProblemReason::CredentialSource { source: source.to_owned() })
        }
        (None, None) => Err(ProfileProblemReason::KeyMissing { key: "source_profile" }),
    }
}

/// Returns whether AWS takes this account ID. Unlike people, AWS doesn't accept dashes.
fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Checks the format `arn:PARTITION:iam::ACCOUNT:role/NAME` (IAM user guide, *IAM identifiers*).
fn check_role_arn(profile: &Settings) -> Result<(), ProfileProblemReason> {
    let arn = profile.get("role_arn").unwrap_or_default();
    match arn.splitn(6, ':').collect::<Vec<&str>>()[..] {
        ["arn", _, "iam", "", account, role]
            if is_account_id(account) && role.starts_with("role/") =>
        {
            Ok(())
        }
        _ => Err(ProfileProblemReason::RoleArn { arn: arn.to_owned() }),
    }
}

fn role(profile: &Settings) -> Option<Role> {
    let text = |key| profile.get(key).map(str::to_owned);
    Some(Role {
        arn: text("role_arn")?,
        session_name: text("role_session_name"),
        external_id: text("external_id"),
        duration_seconds: profile.get("duration_seconds").and_then(|text| text.parse().ok()),
        mfa_serial: text("mfa_serial"),
    })
}

/// Returns the source of a profile's own keys. Checks the sources in the AWS CLI's order.
fn source(
    configuration: &Configuration,
    profile: &Settings,
) -> Result<KeySource, ProfileProblemReason> {
    if let Some(file) = profile.get("web_identity_token_file") {
        let role = role(profile).ok_or(ProfileProblemReason::KeyMissing { key: "role_arn" })?;
        return Ok(KeySource::WebIdentity { file: file.to_owned(), role });
    }
    if profile.has("sso_account_id") || profile.has("sso_role_name") {
        return sign_in(configuration, profile);
    }
    let in_credentials = profile.file("aws_access_key_id") == Some(File::Credentials);
    if in_credentials {
        return keys(profile);
    }
    if let Some(session) = profile.get("login_session") {
        return Ok(KeySource::Login { session: session.to_owned() });
    }
    if let Some(command) = profile.get("credential_process") {
        return Ok(KeySource::Command(command.to_owned()));
    }
    if has_keys(profile) {
        return keys(profile);
    }
    Err(match profile.get("credential_source") {
        Some("Ec2InstanceMetadata" | "EcsContainer") => ProfileProblemReason::InstanceMetadata,
        _ if profile.has("source_profile") => ProfileProblemReason::KeyMissing { key: "role_arn" },
        _ if profile.has("sso_session") || profile.has("sso_start_url") => {
            ProfileProblemReason::RoleMissing
        }
        _ => ProfileProblemReason::NoCredentials,
    })
}

fn environment_keys(configuration: &Configuration) -> Result<KeySource, ProfileProblemReason> {
    let keys = configuration.environment.keys().unwrap_or(Err(AccessKeyError::IdMissing));
    keys.map(KeySource::Keys).map_err(|error| ProfileProblemReason::EnvironmentKeys { error })
}

fn keys(profile: &Settings) -> Result<KeySource, ProfileProblemReason> {
    let get = |key| profile.get(key).unwrap_or_default();
    for key in ["aws_access_key_id", "aws_secret_access_key"] {
        if !profile.has(key) {
            return Err(ProfileProblemReason::KeyMissing { key });
        }
    }
    let token = profile.get("aws_session_token").or(profile.get("aws_security_token"));
    AccessKeys::read(
        get("aws_access_key_id"),
        get("aws_secret_access_key"),
        token.unwrap_or_default(),
    )
    .map(KeySource::Keys)
    .map_err(|error| ProfileProblemReason::Keys { error })
}

fn sign_in(
    configuration: &Configuration,
    profile: &Settings,
) -> Result<KeySource, ProfileProblemReason> {
    let session =
        match profile.get("sso_session") {
            Some(name) => Some(configuration.session(name).ok_or_else(|| {
                ProfileProblemReason::SessionMissing { session: name.to_owned() }
            })?),
            None => None,
        };
    let text = |key: &'static str| {
        let in_session = session.and_then(|session| session.get(key));
        match (in_session, profile.get(key)) {
            (Some(one), Some(other)) if one != other => {
                Err(ProfileProblemReason::Contradiction { key, other: "sso_session" })
            }
            (one, other) => {
                let text = one.or(other).ok_or(ProfileProblemReason::KeyMissing { key })?;
                Ok(text.to_owned())
            }
        }
    };
    let account = text("sso_account_id")?;
    if !is_account_id(&account) {
        return Err(ProfileProblemReason::Account { account });
    }
    Ok(KeySource::SignIn {
        account,
        role: text("sso_role_name")?,
        portal: AccessPortal { start_url: text("sso_start_url")?, region: text("sso_region")? },
        session: profile.get("sso_session").map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    const SSO: &str = "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n";
    const SESSION: &str = "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://d-1234567890.awsapps.com/start\n";

    /// Formats a chain as its source and roles, or as the code of its problem.
    async fn format_chain(config: &str, credentials: &str, name: &str) -> String {
        let configuration = Configuration::from_texts(config, credentials, &[]).await;
        let chain = match CredentialChain::resolve(&configuration, name) {
            Ok(chain) => chain,
            Err(problem) => return format!("{} in {}", problem.code(), problem.profile),
        };
        let source = match &chain.source {
            KeySource::Keys(_) => "keys",
            KeySource::SignIn { .. } => "sign-in",
            KeySource::Login { .. } => "login",
            KeySource::Command(_) => "command",
            KeySource::WebIdentity { .. } => "web identity",
        };
        let role = |role: &Role| {
            let name = role.arn.rsplit('/').next().unwrap_or_default();
            format!(" {name}{}", if role.mfa_serial.is_some() { "+mfa" } else { "" })
        };
        let roles: String = chain.roles.iter().map(role).collect();
        format!("{source} of {}{roles}", chain.profile)
    }

    fn role(name: &str, more: &str) -> String {
        format!("[profile {name}]\nrole_arn = arn:aws:iam::123456789012:role/{name}\n{more}\n")
    }

    #[tokio::test]
    async fn chains_follow_the_aws_cli() {
        let mfa = "mfa_serial = arn:aws:iam::123456789012:mfa/ana";
        let with = |source: &str| format!("source_profile = {source}");
        let chain = role("a", &with("b"))
            + &role("b", &format!("{}\n{mfa}", with("c")))
            + &format!("[profile c]\n{KEYS}");
        let both = role("a", &with("b")) + &role("b", &with("a"));
        for (config, credentials, name, expected) in [
            (format!("[default]\n{KEYS}"), String::new(), "default", "keys of default"),
            (String::new(), format!("[x]\n{KEYS}"), "x", "keys of x"),
            (chain, String::new(), "a", "keys of c b+mfa a"),
            // The source profile is the profile itself. This is one role, and it requires the code.
            (
                role("own", &format!("{}\n{mfa}", with("own"))),
                format!("[own]\n{KEYS}"),
                "own",
                "keys of own own+mfa",
            ),
            (role("own", &with("own")), String::new(), "own", "source_loop in own"),
            (both.clone(), String::new(), "a", "source_loop in b"),
            // A source profile's keys take precedence over its role.
            (both, format!("[b]\n{KEYS}"), "a", "keys of b a"),
            (role("a", &with("gone")), String::new(), "a", "source_missing in a"),
            (
                role("a", &format!("{}\n{mfa}", with("b")))
                    + &role("b", &format!("{}\n{mfa}", with("c"))),
                format!("[c]\n{KEYS}"),
                "a",
                "several_codes in a",
            ),
            (role("a", ""), String::new(), "a", "key_missing in a"),
            (
                role("a", "credential_source = Environment"),
                String::new(),
                "a",
                "environment_keys in a",
            ),
            (
                role("a", "credential_source = Ec2InstanceMetadata"),
                String::new(),
                "a",
                "instance_metadata in a",
            ),
            (
                role("a", "credential_source = Somewhere"),
                String::new(),
                "a",
                "credential_source in a",
            ),
            (
                role("a", &format!("{}\ncredential_source = Environment", with("b"))),
                String::new(),
                "a",
                "contradiction in a",
            ),
            (role("a", "web_identity_token_file = /t"), String::new(), "a", "web identity of a"),
            // A sign-in takes precedence over keys of the profile with the same name, in both
            // files.
            (format!("[profile s]\n{SSO}{SESSION}"), format!("[s]\n{KEYS}"), "s", "sign-in of s"),
            (format!("[profile s]\n{SSO}{KEYS}{SESSION}"), String::new(), "s", "sign-in of s"),
            (format!("[profile s]\n{SSO}"), String::new(), "s", "session_missing in s"),
            (
                format!("[profile s]\n{SSO}sso_region = eu-west-1\n{SESSION}"),
                String::new(),
                "s",
                "contradiction in s",
            ),
            (
                format!(
                    "[profile s]\nsso_session = corp\nsso_account_id = 123456789012\n{SESSION}"
                ),
                String::new(),
                "s",
                "key_missing in s",
            ),
            (
                format!("[profile s]\n{SSO}{SESSION}").replace("123456789012", "1234-5678-9012"),
                String::new(),
                "s",
                "account in s",
            ),
            (
                role("a", &with("b")).replace(":role/", ":user/"),
                format!("[b]\n{KEYS}"),
                "a",
                "role_arn in a",
            ),
            (
                format!("[profile s]\nsso_session = corp\n{SESSION}"),
                String::new(),
                "s",
                "role_missing in s",
            ),
            // Keys in `credentials` take precedence over a command, but keys in `config` don't.
            (
                "[profile p]\ncredential_process = x".to_owned(),
                format!("[p]\n{KEYS}"),
                "p",
                "keys of p",
            ),
            (
                format!("[profile p]\ncredential_process = x\n{KEYS}"),
                String::new(),
                "p",
                "command of p",
            ),
            (
                format!("[profile p]\nlogin_session = arn\ncredential_process = x\n{KEYS}"),
                String::new(),
                "p",
                "login of p",
            ),
            (
                "[profile p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE".to_owned(),
                String::new(),
                "p",
                "key_missing in p",
            ),
            (
                format!("[profile p]\n{}", KEYS.replace("AKIA", "ASIA")),
                String::new(),
                "p",
                "keys in p",
            ),
            (
                "[profile p]\nregion = us-east-1\nsource_profile = default".to_owned(),
                String::new(),
                "p",
                "key_missing in p",
            ),
            (
                "[profile p]\nregion = us-east-1".to_owned(),
                String::new(),
                "p",
                "no_credentials in p",
            ),
            (String::new(), String::new(), "p", "missing in p"),
        ] {
            assert_eq!(
                format_chain(&config, &credentials, name).await,
                expected,
                "{config}\n{credentials}"
            );
        }
    }

    #[tokio::test]
    async fn sign_in_command_names_profile() {
        let config = format!("[profile \"a b\"]\n{SSO}[profile c]\nlogin_session = arn\n{SESSION}");
        let configuration = Configuration::from_texts(&config, "", &[]).await;
        let command = |name| {
            CredentialChain::resolve(&configuration, name).unwrap().sign_in_command().unwrap()
        };
        assert_eq!(command("a b"), "aws sso login --profile \"a b\"");
        assert_eq!(command("c"), "aws login --profile c");
    }
}
