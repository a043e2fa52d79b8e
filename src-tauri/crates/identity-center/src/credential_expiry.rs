//! Determines when the user must renew access, from AWS files and the environment.

use jiff::Timestamp;

use super::{
    Credentials,
    aws_files::AwsFiles,
    chain::CredentialChain,
    configuration::{Configuration, Environment},
    sign_in_cache::{self, CachedSignIn},
};

/// Returns when the access of a profile, or of keys in the environment, expires. Other credential
/// types report their own expiry.
pub async fn access_expiry(
    credentials: &Credentials,
    configuration: &Configuration,
) -> Option<Timestamp> {
    let environment = &configuration.environment;
    let name = match credentials {
        Credentials::Profile { name, .. } => name.clone(),
        Credentials::Ambient if environment.has_keys() => {
            return environment_key_expiry(environment);
        }
        Credentials::Ambient => configuration.selected_profile(),
        _ => return None,
    };
    let chain = CredentialChain::resolve(configuration, &name).ok()?;
    match sign_in_cache::find_cached_sign_in(&chain.source, &AwsFiles::OnDisk, environment).await? {
        CachedSignIn::Until(end) => Some(end),
        CachedSignIn::Missing | CachedSignIn::Renewable => None,
    }
}

/// Returns when temporary keys in the environment expire. `aws configure export-credentials` sets
/// this time (AWS CLI Command Reference).
fn environment_key_expiry(environment: &Environment) -> Option<Timestamp> {
    sign_in_cache::parse_time(&environment.get("AWS_CREDENTIAL_EXPIRATION")?)
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::Env;

    use super::*;

    #[test]
    fn environment_key_expiry_is_read() {
        let env = |end| Environment::new(Env::from_slice(&[("AWS_CREDENTIAL_EXPIRATION", end)]));
        assert!(environment_key_expiry(&env("2026-11-24T20:00:00+00:00")).is_some());
        assert!(environment_key_expiry(&env("soon")).is_none());
        assert!(environment_key_expiry(&env("")).is_none());
    }
}
