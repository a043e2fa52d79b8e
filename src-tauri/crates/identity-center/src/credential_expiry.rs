//! Finds out from AWS files and the environment when the user must renew access.

use std::{collections::BTreeSet, path::Path};

use aws_config::profile::ProfileSet;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use aws_types::os_shim_internal::{Env, Fs};
use jiff::Timestamp;
use serde::Deserialize;

use super::{Credentials, profiles::Files};

/// Returns the expiry for a profile or for keys in the environment. Other credential types report
/// their own expiry.
pub async fn of(credentials: &Credentials, files: &Files) -> Option<Timestamp> {
    let (fs, env) = (Fs::real(), Env::real());
    let name = match credentials {
        Credentials::Profile { name } => Some(name.as_str()),
        Credentials::Ambient if env.get("AWS_ACCESS_KEY_ID").is_ok() => return of_keys(&env),
        Credentials::Ambient => None,
        _ => return None,
    };
    let set = files.load().await.ok()?;
    let name = name.unwrap_or_else(|| set.selected_profile());
    of_sign_in(&set, name, &fs, &env).await
}

/// Returns the expiry of temporary keys in the environment, as set by `aws configure
/// export-credentials` (AWS CLI Command Reference).
fn of_keys(env: &Env) -> Option<Timestamp> {
    moment(&env.get("AWS_CREDENTIAL_EXPIRATION").ok()?)
}

/// Returns the expiry of the sign-in made with `aws sso login`.
///
/// The AWS CLI and the SDKs store it in `~/.aws/sso/cache`, in a file named after the SHA-1 of the
/// session name or the portal's address (AWS SDKs and Tools Reference, *IAM Identity Center
/// credential provider*). With a refresh token, the SDK renews the sign-in without the user.
async fn of_sign_in(set: &ProfileSet, name: &str, fs: &Fs, env: &Env) -> Option<Timestamp> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct CachedSignIn {
        expires_at: String,
        refresh_token: Option<String>,
    }
    let mut seen = BTreeSet::new();
    let mut profile = set.get_profile(name)?;
    // Follow the role's source profiles to the one that provides its keys.
    while let Some(source) = profile.get("source_profile")
        && seen.insert(source)
    {
        profile = set.get_profile(source)?;
    }
    let kept_under = profile.get("sso_session").or_else(|| profile.get("sso_start_url"))?;
    let name = hex::encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, kept_under.as_bytes()));
    let home = env.get("HOME").or_else(|_| env.get("USERPROFILE")).ok()?;
    let file = Path::new(&home).join(".aws/sso/cache").join(name).with_extension("json");
    let kept = fs.read_to_end(file).await.ok()?;
    let sign_in: CachedSignIn = serde_json::from_slice(&kept).ok()?;
    match sign_in.refresh_token {
        Some(_) => None,
        None => moment(&sign_in.expires_at),
    }
}

/// Parses RFC 3339, or the variant of older AWS CLI versions that access_expiry in `UTC`.
fn moment(text: &str) -> Option<Timestamp> {
    text.replace("UTC", "Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "
[profile legacy]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Admin
[profile role]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = legacy
[profile renewed]
sso_session = corp
[profile ended]
sso_session = other
[profile self]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = self
[profile keys]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = secret
";

    /// The file names are the SHA-1 of the portal's address and of `corp`.
    fn cache() -> Fs {
        Fs::from_slice(&[
            (
                "/home/ana/.aws/sso/cache/7487b5b67d5fa1132cf33fa93ae51ef38cc37752.json",
                r#"{"accessToken":"t","expiresAt":"2026-11-24T20:00:00UTC"}"#,
            ),
            (
                "/home/ana/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
                r#"{"accessToken":"t","refreshToken":"r","expiresAt":"2026-11-24T20:00:00Z"}"#,
            ),
        ])
    }

    #[tokio::test]
    async fn sign_in_expiry_is_known_without_refresh() {
        let set = Files::Given(FILE).load().await.unwrap();
        let (fs, env) = (cache(), Env::from_slice(&[("HOME", "/home/ana")]));
        let end = "2026-11-24T20:00:00Z".parse::<Timestamp>().unwrap();
        for (name, expected) in [
            ("legacy", Some(end)),
            ("role", Some(end)),
            ("renewed", None),
            ("ended", None),
            ("self", None),
            ("keys", None),
            ("missing", None),
        ] {
            assert_eq!(of_sign_in(&set, name, &fs, &env).await, expected, "{name}");
        }
    }

    #[test]
    fn environment_key_expiry_is_read() {
        let env = |end| Env::from_slice(&[("AWS_CREDENTIAL_EXPIRATION", end)]);
        assert!(of_keys(&env("2026-11-24T20:00:00+00:00")).is_some());
        assert!(of_keys(&env("soon")).is_none());
        assert!(of_keys(&Env::from_slice(&[])).is_none());
    }
}
