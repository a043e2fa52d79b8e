//! When access ends that only the person can renew, as far as their AWS files and environment tell.

use std::{collections::BTreeSet, path::Path};

use aws_config::profile::ProfileSet;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use aws_types::os_shim_internal::{Env, Fs};
use jiff::Timestamp;
use serde::Deserialize;

use super::{Credentials, profiles::Files};

/// Of a profile or of the environment; other ways know it by themselves.
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

/// Temporary keys in the environment, as `aws configure export-credentials` puts them there (AWS CLI Command
/// Reference).
fn of_keys(env: &Env) -> Option<Timestamp> {
    moment(&env.get("AWS_CREDENTIAL_EXPIRATION").ok()?)
}

/// The sign-in of `aws sso login`, which the AWS CLI and the SDKs keep in `~/.aws/sso/cache` under the SHA-1 of
/// its session's name, or of the portal's address (AWS SDKs and Tools Reference, *IAM Identity Center
/// credential provider*). With a refresh token the SDK renews it without the person.
async fn of_sign_in(set: &ProfileSet, name: &str, fs: &Fs, env: &Env) -> Option<Timestamp> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct SignIn {
        expires_at: String,
        refresh_token: Option<String>,
    }
    let mut seen = BTreeSet::new();
    let mut profile = set.get_profile(name)?;
    // Where a role's keys come from.
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
    let sign_in: SignIn = serde_json::from_slice(&kept).ok()?;
    match sign_in.refresh_token {
        Some(_) => None,
        None => moment(&sign_in.expires_at),
    }
}

/// RFC 3339, or with `UTC` at its end as older versions of the AWS CLI write it.
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

    /// Files named after what `sha1sum` makes of the address and of `corp`.
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
    async fn the_end_of_a_sign_in_is_known_where_nothing_renews_it() {
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
            ("nobody", None),
        ] {
            assert_eq!(of_sign_in(&set, name, &fs, &env).await, expected, "{name}");
        }
    }

    #[test]
    fn keys_of_the_environment_end_when_it_says_so() {
        let env = |end| Env::from_slice(&[("AWS_CREDENTIAL_EXPIRATION", end)]);
        assert!(of_keys(&env("2026-11-24T20:00:00+00:00")).is_some());
        assert!(of_keys(&env("soon")).is_none());
        assert!(of_keys(&Env::from_slice(&[])).is_none());
    }
}
