//! Finds sign-ins that the user made with the AWS CLI, in the AWS CLI's cache.

use std::path::PathBuf;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use jiff::Timestamp;
use serde::Deserialize;

use super::{aws_files::AwsFiles, chain::KeySource, configuration::Environment};

/// The state of a sign-in in the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachedSignIn {
    Missing,
    Until(Timestamp),
    /// The SDK can renew the sign-in without the user.
    Renewable,
}

/// Returns the file that stores a source's sign-in, or `None` if the source doesn't need a sign-in.
///
/// The AWS CLI and the SDKs store a sign-in in `~/.aws/sso/cache`. The file's name is the SHA-1 of
/// the session name or the portal's address (AWS SDKs and Tools Reference, *IAM Identity Center
/// credential provider*). A sign-in made with `aws login` is in `~/.aws/login/cache`, and its
/// file's name is the SHA-256 of the session.
pub fn cache_file(source: &KeySource, env: &Environment) -> Option<PathBuf> {
    let home = env.home_folder()?;
    let file = match source {
        KeySource::SignIn { session, portal, .. } => {
            let kept_under = session.as_ref().unwrap_or(&portal.start_url);
            let name = digest(&SHA1_FOR_LEGACY_USE_ONLY, kept_under.as_bytes());
            home.join(".aws/sso/cache").join(hex::encode(name))
        }
        KeySource::Login { session } => {
            let folder = env.get("AWS_LOGIN_CACHE_DIRECTORY").map(Into::into);
            let name = digest(&SHA256, session.trim().as_bytes());
            folder.unwrap_or_else(|| home.join(".aws/login/cache")).join(hex::encode(name))
        }
        _ => return None,
    };
    Some(file.with_extension("json"))
}

/// Returns the state of a source's sign-in, or `None` if the source doesn't need a sign-in.
pub async fn find_cached_sign_in(
    source: &KeySource,
    files: &AwsFiles,
    env: &Environment,
) -> Option<CachedSignIn> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct CacheFile {
        expires_at: Option<String>,
        refresh_token: Option<String>,
    }
    let Ok(kept) = files.read(&cache_file(source, env)?).await else {
        return Some(CachedSignIn::Missing);
    };
    // Don't evaluate a file whose format is unknown.
    let kept: CacheFile = serde_json::from_slice(&kept).ok()?;
    match (kept.refresh_token, kept.expires_at) {
        (Some(_), _) => Some(CachedSignIn::Renewable),
        (None, end) => parse_time(&end?).map(CachedSignIn::Until),
    }
}

/// Parses RFC 3339 times and two variants: older AWS CLI versions end the time in `UTC`, and some
/// tools put a space before the time.
pub fn parse_time(text: &str) -> Option<Timestamp> {
    let text = text.trim().replace("UTC", "Z");
    let spaced = || {
        let (date, time) = text.split_once(' ')?;
        let zone = if time.contains(['Z', '+', '-']) { "" } else { "Z" };
        format!("{date}T{}{zone}", time.replace(' ', "")).parse().ok()
    };
    text.parse().ok().or_else(spaced)
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::Env;

    use super::*;
    use identifiers::AccessPortal;

    /// Returns a cache whose file names are the SHA-1 of the portal's address and of `corp`.
    fn cache() -> AwsFiles {
        AwsFiles::from_texts(&[
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
    async fn cached_sign_in_is_found() {
        let env = Environment::new(Env::from_slice(&[("HOME", "/home/ana")]));
        let end = "2026-11-24T20:00:00Z".parse::<Timestamp>().unwrap();
        let sign_in = |session: Option<&str>| KeySource::SignIn {
            portal: AccessPortal {
                start_url: "https://d-1234567890.awsapps.com/start".to_owned(),
                region: "us-east-1".to_owned(),
            },
            session: session.map(str::to_owned),
            account: "123456789012".to_owned(),
            role: "Admin".to_owned(),
        };
        for (source, expected) in [
            (sign_in(None), Some(CachedSignIn::Until(end))),
            (sign_in(Some("corp")), Some(CachedSignIn::Renewable)),
            (sign_in(Some("other")), Some(CachedSignIn::Missing)),
            (KeySource::Login { session: "arn".to_owned() }, Some(CachedSignIn::Missing)),
            (KeySource::Command("okta-aws".to_owned()), None),
        ] {
            assert_eq!(find_cached_sign_in(&source, &cache(), &env).await, expected, "{source:?}");
        }
    }

    #[test]
    fn expiry_times_of_other_tools_are_read() {
        let end = "2026-11-24T20:00:00Z".parse::<Timestamp>().unwrap();
        for text in [
            "2026-11-24T20:00:00Z",
            "2026-11-24T20:00:00UTC",
            "2026-11-24T21:00:00+01:00",
            "2026-11-24 20:00:00",
            "2026-11-24 20:00:00+00:00",
        ] {
            assert_eq!(parse_time(text), Some(end), "{text}");
        }
        assert_eq!(parse_time("soon"), None);
    }
}
