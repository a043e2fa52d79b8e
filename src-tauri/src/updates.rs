//! Checks for a new version, only when the user asks. Reads one file and downloads nothing else.

use messages::MessageCatalog;
use semver::Version;
use serde::Deserialize;
use tauri::AppHandle;
use transport::{ReachError, Transport};
use url::Url;

use crate::{desktop, network};

/// The file with the newest version, `{"version":"1.2.3"}`. Set when the program is built. Without
/// it, the menu has no entry for the check.
const ADDRESS: Option<&str> = option_env!("NOPS_SSO_SETUP_UPDATES");

/// The part of the file that is read.
#[derive(Deserialize)]
struct Release {
    version: String,
}

/// The result of a check.
#[derive(Debug, PartialEq, Eq)]
enum UpdateCheck {
    Newer(Version),
    NoneFound,
    /// The answer isn't the expected file.
    Unreadable,
    Unreachable(ReachError),
}

/// Returns whether this build has an address to check.
pub fn is_available() -> bool {
    address(ADDRESS).is_some()
}

/// Checks, and shows the result in a dialog.
pub fn check(app: &AppHandle) {
    let Some(url) = address(ADDRESS) else {
        return;
    };
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let current = Version::parse(env!("CARGO_PKG_VERSION"));
        let checked = match &current {
            Ok(current) => newest(&Transport::Real(network::network()), &url, current).await,
            Err(_) => UpdateCheck::Unreadable,
        };
        desktop::show_message_dialog(&app, rfd::MessageLevel::Info, checked.text(&url)).await;
    });
}

/// Returns the address if it is an HTTPS URL.
fn address(setting: Option<&str>) -> Option<Url> {
    let url = Url::parse(setting?).ok()?;
    (url.scheme() == "https" && url.host_str().is_some()).then_some(url)
}

async fn newest(transport: &Transport, url: &Url, current: &Version) -> UpdateCheck {
    let page = match transport.get(url, |_| true, None).await {
        Ok(page) => page,
        Err(error) => return UpdateCheck::Unreachable(error),
    };
    match read(&page.body) {
        Some(version) if page.status == 200 => match version > *current {
            true => UpdateCheck::Newer(version),
            false => UpdateCheck::NoneFound,
        },
        _ => UpdateCheck::Unreadable,
    }
}

fn read(body: &[u8]) -> Option<Version> {
    let release: Release = serde_json::from_slice(body).ok()?;
    Version::parse(&release.version).ok()
}

impl UpdateCheck {
    fn text(&self, url: &Url) -> String {
        let words = MessageCatalog::english().without_markup();
        let own = ("current".to_owned(), env!("CARGO_PKG_VERSION").to_owned());
        match self {
            Self::Newer(version) => {
                words.text("update-newer", &[own, ("new".to_owned(), version.to_string())].into())
            }
            Self::NoneFound => words.text("update-none", &[own].into()),
            Self::Unreadable => {
                let host = url.host_str().unwrap_or_default().to_owned();
                words.text("update-unreadable", &[("host".to_owned(), host)].into())
            }
            Self::Unreachable(error) => {
                words.text(&format!("reach-{}", error.code()), &error.params())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use transport::test_server::{http_response, one_page};

    use super::*;

    const FILE: &str = "https://updates.example.com/newest.json";

    /// Serves `body` with this status, and checks for a version newer than 1.9.0.
    async fn check(status: u16, body: &str) -> UpdateCheck {
        let (transport, request) = one_page(http_response(status, "text/plain", body)).await;
        let url = FILE.parse().unwrap();
        let checked = newest(&transport, &url, &Version::new(1, 9, 0)).await;
        let request = request.await.unwrap().to_lowercase();
        assert!(request.starts_with("get /at/updates.example.com/newest.json "), "{request}");
        for private in ["cookie", "authorization", "user-agent"] {
            assert!(!request.contains(private), "{request}");
        }
        assert!(!checked.text(&url).contains('⟦'), "{}", checked.text(&url));
        checked
    }

    #[tokio::test]
    async fn newer_version_is_shown() {
        let newer = |version| UpdateCheck::Newer(Version::parse(version).unwrap());
        assert_eq!(check(200, r#"{"version":"1.10.0"}"#).await, newer("1.10.0"));
        assert_eq!(check(200, r#"{"version":"2.0.0","notes":"…"}"#).await, newer("2.0.0"));
    }

    #[tokio::test]
    async fn same_or_older_version_is_none() {
        for version in ["1.9.0", "1.8.99", "1.9.0-beta.1"] {
            let body = format!(r#"{{"version":"{version}"}}"#);
            assert_eq!(check(200, &body).await, UpdateCheck::NoneFound, "{version}");
        }
    }

    #[tokio::test]
    async fn unexpected_answer_is_unreadable() {
        for (status, body) in [
            (200, ""),
            (200, "<html>Sign in to this network</html>"),
            (200, r#"{"version":"newest"}"#),
            (200, r#"{"version":2}"#),
            (200, r#"{"release":"2.0.0"}"#),
            (404, r#"{"version":"2.0.0"}"#),
        ] {
            assert_eq!(check(status, body).await, UpdateCheck::Unreadable, "{status} {body}");
        }
    }

    #[tokio::test]
    async fn unreachable_host_is_reported() {
        // The server answers one request and then is gone.
        let (gone, request) = one_page(http_response(200, "text/plain", "")).await;
        let (url, current) = (FILE.parse().unwrap(), Version::new(1, 9, 0));
        newest(&gone, &url, &current).await;
        request.await.unwrap();
        let checked = newest(&gone, &url, &current).await;
        assert!(matches!(checked, UpdateCheck::Unreachable(_)), "{checked:?}");
        assert!(checked.text(&url).contains("updates.example.com"), "{}", checked.text(&url));
    }

    #[test]
    fn only_https_addresses_are_checked() {
        assert_eq!(address(Some(FILE)).unwrap().as_str(), FILE);
        for none in [None, Some(""), Some("newest.json"), Some("http://updates.example.com/")] {
            assert_eq!(address(none), None, "{none:?}");
        }
    }
}
