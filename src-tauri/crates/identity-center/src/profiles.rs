//! Lists the profiles in the AWS configuration, with everything that is known without a call.

use std::collections::HashMap;

use aws_types::os_shim_internal::Env;
use jiff::Timestamp;
use strum::{IntoStaticStr, VariantNames};

use super::{
    aws_files::AwsFiles,
    chain::{CredentialChain, KeySource, ProfileProblem},
    configuration::{Configuration, ConfigurationNote, Settings},
    environment_notes::{self, EnvironmentNote},
    sign_in_cache::{self, CachedSignIn},
};
use identifiers::{AccessPortal, Region};

/// The keys that tools use to record when temporary keys expire.
const EXPIRY: [&str; 5] = [
    "aws_expiration",
    "aws_session_expiration",
    "expiration",
    "x_security_token_expires",
    "aws_credentials_expiration",
];

/// This computer's profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profiles {
    /// Sorted by name, with `default` first.
    pub listed: Vec<Profile>,
    /// The lines and files that can't be used or that the AWS CLI reads differently.
    pub notes: Vec<ConfigurationNote>,
    /// The environment variables that have an effect.
    pub environment: Vec<EnvironmentNote>,
}

impl Profiles {
    /// Reads the profiles, using these environment variables.
    pub async fn read(variables: HashMap<String, String>) -> Self {
        list(&AwsFiles::OnDisk, &Env::from(variables), Timestamp::now()).await
    }

    pub fn find(&self, name: &str) -> Option<&Profile> {
        self.listed.iter().find(|profile| profile.name == name)
    }

    /// Returns the profile that the environment selects.
    pub fn selected_name(&self) -> Option<&str> {
        self.environment.iter().find_map(|note| match note {
            EnvironmentNote::Profile { profile, .. } => Some(profile.as_str()),
            _ => None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    /// The Region to connect to, from the environment, the profile or the profile's sign-in.
    pub region: Option<String>,
    /// The access portal that the profile uses to sign in.
    pub portal: Option<AccessPortal>,
    /// The `credential_process` command that runs when the user connects with this profile.
    pub command: Option<String>,
    /// The MFA device whose code AWS requires. The user enters the code in this app.
    pub mfa_device: Option<String>,
    /// Why the profile can't be used.
    pub problem: Option<ProfileProblem>,
    pub hints: Vec<ProfileHint>,
}

/// A note that the user should read before connecting with a profile. The message key is
/// `profile_hint-<code>`, and the fields are the message's parameters.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum ProfileHint {
    /// The profile also has access keys, but the AWS CLI uses the sign-in.
    KeysUnused,
    /// The profile also has a command, but the AWS CLI uses the keys in `credentials`.
    CommandUnused,
    /// The profile has an MFA device but no role, so AWS doesn't ask for a code.
    DeviceUnused,
    /// The sign-in has ended, or was never made on this computer.
    SignInEnded { command: String },
    /// The start URL of the sign-in isn't an AWS access portal.
    PortalUnknown { address: String },
    /// The portal's address belongs to another Region than `sso_region`.
    PortalRegion { address: String, region: String },
    /// The temporary keys have expired, according to the tool that wrote them.
    KeysExpired { at: Timestamp },
    /// The value isn't a Region.
    RegionUnknown { region: String },
    /// FIPS endpoints are turned on, but IAM Identity Center has them only in GovCloud.
    FipsPartly,
    /// Dual-stack endpoints are turned on, but this app doesn't use them.
    DualStackUnused,
}

/// A setting that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToggleSetting {
    Fips,
    DualStack,
    IgnoreEndpoints,
}

impl ToggleSetting {
    /// Returns the setting's key in a profile and its environment variable.
    fn setting_names(self) -> (&'static str, &'static str) {
        match self {
            Self::Fips => ("use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT"),
            Self::DualStack => ("use_dualstack_endpoint", "AWS_USE_DUALSTACK_ENDPOINT"),
            Self::IgnoreEndpoints => {
                ("ignore_configured_endpoint_urls", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            }
        }
    }
}

/// Returns whether a profile or the environment turns a setting on.
pub fn is_set(configuration: &Configuration, settings: &Settings, switch: ToggleSetting) -> bool {
    let (key, variable) = switch.setting_names();
    let variable = configuration.environment.get(variable);
    let text = variable.as_deref().or(settings.get(key)).unwrap_or_default();
    text.trim().eq_ignore_ascii_case("true")
}

impl ProfileHint {
    /// All codes, for the message-key test.
    pub const CODES: &[&str] = Self::VARIANTS;

    pub fn code(&self) -> &'static str {
        self.into()
    }

    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::SignInEnded { command } => vec![("command", command.clone())],
            Self::PortalUnknown { address } => vec![("address", address.clone())],
            Self::PortalRegion { address, region } => {
                vec![("address", address.clone()), ("region", region.clone())]
            }
            Self::KeysExpired { at } => vec![("at", at.to_string())],
            Self::RegionUnknown { region } => vec![("region", region.clone())],
            Self::KeysUnused
            | Self::CommandUnused
            | Self::DeviceUnused
            | Self::FipsPartly
            | Self::DualStackUnused => Vec::new(),
        }
    }
}

/// Reads the profiles in this computer's AWS configuration.
pub async fn profiles() -> Profiles {
    list(&AwsFiles::OnDisk, &Env::real(), Timestamp::now()).await
}

async fn list(files: &AwsFiles, env: &Env, now: Timestamp) -> Profiles {
    let configuration = Configuration::load(files, env).await;
    let mut listed = Vec::new();
    for name in configuration.profile_names() {
        if let Some(settings) = configuration.profile(name) {
            listed.push(profile(&configuration, name, settings, files, now).await);
        }
    }
    let environment = environment_notes::find_effective_variables(&configuration);
    Profiles { listed, notes: configuration.notes, environment }
}

async fn profile(
    configuration: &Configuration,
    name: &str,
    settings: &Settings,
    files: &AwsFiles,
    now: Timestamp,
) -> Profile {
    let chain = CredentialChain::resolve(configuration, name);
    let mut hints = Vec::new();
    let region = settings.get("region");
    if let Some(region) = region.filter(|region| region.parse::<Region>().is_err()) {
        hints.push(ProfileHint::RegionUnknown { region: region.to_owned() });
    }
    let mut profile = Profile {
        name: name.to_owned(),
        region: None,
        portal: portal(configuration, settings),
        command: None,
        mfa_device: None,
        problem: None,
        hints: Vec::new(),
    };
    let portal = profile.portal.as_ref();
    profile.region = self::region(configuration, settings)
        .or_else(|| portal.map(|portal| portal.region.clone()));
    match chain {
        Ok(chain) => {
            hints.extend(find_hints(&chain, configuration, files, now).await);
            profile.mfa_device = chain.mfa_device().map(str::to_owned);
            if let KeySource::Command(command) = chain.source {
                profile.command = Some(command);
            }
        }
        Err(problem) => profile.problem = Some(problem),
    }
    if let Some(portal) = profile.portal.as_ref().filter(|portal| !portal.is_on_aws_host()) {
        // The sign-in can't work, so its command isn't shown.
        hints.retain(|hint| !matches!(hint, ProfileHint::SignInEnded { .. }));
        hints.push(ProfileHint::PortalUnknown { address: portal.start_url.clone() });
    }
    if let Some(portal) = profile.portal.as_ref().filter(|portal| portal.is_in_other_region()) {
        // The sign-in can't work, so its command isn't shown.
        hints.retain(|hint| !matches!(hint, ProfileHint::SignInEnded { .. }));
        let AccessPortal { start_url: address, region } = portal.clone();
        hints.push(ProfileHint::PortalRegion { address, region });
    }
    let is_government = |region: &String| region.starts_with("us-gov-");
    if is_set(configuration, settings, ToggleSetting::Fips)
        && !profile.region.as_ref().is_some_and(is_government)
    {
        hints.push(ProfileHint::FipsPartly);
    }
    if is_set(configuration, settings, ToggleSetting::DualStack) {
        hints.push(ProfileHint::DualStackUnused);
    }
    Profile { hints, ..profile }
}

async fn find_hints(
    chain: &CredentialChain,
    configuration: &Configuration,
    files: &AwsFiles,
    now: Timestamp,
) -> Vec<ProfileHint> {
    let mut hints = Vec::new();
    let Some(source) = configuration.profile(&chain.profile) else {
        return hints;
    };
    match &chain.source {
        KeySource::SignIn { .. } if source.has("aws_access_key_id") => {
            hints.push(ProfileHint::KeysUnused);
        }
        KeySource::Keys(_) if source.has("credential_process") => {
            hints.push(ProfileHint::CommandUnused);
        }
        KeySource::Keys(keys) if keys.token.is_some() => {
            let noted =
                EXPIRY.into_iter().find_map(|key| sign_in_cache::parse_time(source.get(key)?));
            if let Some(at) = noted.filter(|at| *at <= now) {
                hints.push(ProfileHint::KeysExpired { at });
            }
        }
        _ => {}
    }
    if source.has("mfa_serial") && chain.mfa_device().is_none() {
        hints.push(ProfileHint::DeviceUnused);
    }
    let signed_in =
        sign_in_cache::find_cached_sign_in(&chain.source, files, &configuration.environment).await;
    let has_ended = match signed_in {
        Some(CachedSignIn::Missing) => true,
        Some(CachedSignIn::Until(end)) => end <= now,
        Some(CachedSignIn::Renewable) | None => false,
    };
    if let Some(command) = chain.sign_in_command().filter(|_| has_ended) {
        hints.push(ProfileHint::SignInEnded { command });
    }
    hints
}

/// Returns the Region for a profile's calls. As in the AWS CLI, the environment takes precedence.
pub fn region(configuration: &Configuration, settings: &Settings) -> Option<String> {
    let of_environment = configuration.environment.region().map(|region| region.value);
    let of_profile = settings.get("region").map(str::to_owned);
    let is_region = |region: &String| region.parse::<Region>().is_ok();
    of_environment.into_iter().chain(of_profile).find(is_region)
}

/// Reads the access portal from the profile or from its `sso-session`.
pub fn portal(configuration: &Configuration, settings: &Settings) -> Option<AccessPortal> {
    let session = settings.get("sso_session").and_then(|name| configuration.session(name));
    let named = |key: &str| session.and_then(|session| session.get(key)).or(settings.get(key));
    Some(AccessPortal {
        start_url: named("sso_start_url")?.to_owned(),
        region: named("sso_region")?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn profiles_list_region_problem_and_hints() {
        let config = "
[default]
region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
[profile both]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/ana
[profile through]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = mfa
region = us-east-1a
[profile process]
credential_process = /opt/bin/keys
[profile behind]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = process
[profile console]
login_session = arn:aws:iam::123456789012:user/ana
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://d-1234567890.awsapps.com/start
";
        let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
        let credentials = format!(
            "[keys]\n{keys}mfa_serial = arn:aws:iam::123456789012:mfa/ana\n[both]\n{keys}[process]\n{keys}[temporary]\n{}aws_session_token = t\nx_security_token_expires = 2026-11-24T20:00:00Z\n",
            keys.replace("AKIA", "ASIA")
        );
        let files = AwsFiles::from_texts(&[
            ("/home/ana/.aws/config", config),
            ("/home/ana/.aws/credentials", &credentials),
        ]);
        let env = Env::from_slice(&[("HOME", "/home/ana")]);
        let now = "2026-11-25T08:00:00Z".parse().unwrap();
        let Profiles { listed, notes, .. } = list(&files, &env, now).await;
        assert_eq!(notes, []);
        let shown = |profile: &Profile| {
            let hints: Vec<&str> = profile.hints.iter().map(ProfileHint::code).collect();
            format!(
                "{} {} {} {} {}",
                profile.name,
                profile.region.as_deref().unwrap_or("-"),
                profile.problem.as_ref().map_or("-", ProfileProblem::code),
                if profile.mfa_device.is_some() { "code" } else { "-" },
                hints.join(",")
            )
        };
        let listed: Vec<String> = listed.iter().map(shown).collect();
        let expected = [
            "default eu-west-1 no_credentials - ",
            "behind - - - command_unused",
            "both us-east-1 - - keys_unused,sign_in_ended",
            "console - - - sign_in_ended",
            "keys - - - device_unused",
            "mfa - - code ",
            "process - - - command_unused",
            "sso us-east-1 - - sign_in_ended",
            "temporary - - - keys_expired",
            "through - - code region_unknown",
        ];
        assert_eq!(listed, expected);
    }

    #[tokio::test]
    async fn environment_region_wins() {
        let files =
            AwsFiles::from_texts(&[("/home/ana/.aws/config", "[default]\nregion = eu-west-1")]);
        for (variable, expected) in [
            (("AWS_REGION", "us-west-2"), "us-west-2"),
            (("AWS_DEFAULT_REGION", "us-west-2"), "us-west-2"),
            (("AWS_REGION", ""), "eu-west-1"),
            (("AWS_REGION", "here"), "eu-west-1"),
        ] {
            let env = Env::from_slice(&[("HOME", "/home/ana"), variable]);
            let profiles = list(&files, &env, Timestamp::UNIX_EPOCH).await;
            assert_eq!(profiles.listed[0].region.as_deref(), Some(expected), "{variable:?}");
        }
    }
}
