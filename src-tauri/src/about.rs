//! The content of the About box.

use std::env;

use messages::MessageCatalog;
use serde::Serialize;
use session::{Failure, Wizard};
use setup::CopyableValue;
use specta::Type;
use tauri::AppHandle;

use crate::desktop;

/// All third-party packages in the program, sorted by name. The build script lists them.
const PACKAGES: &[ThirdPartyPackage] = include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// The versions, the third-party packages and the folder with the setups.
#[derive(Serialize, Type)]
pub struct AboutInfo {
    version: String,
    tauri: String,
    /// Empty if the version is unknown.
    webview: String,
    /// The folder with the setups.
    folder: String,
    /// Sorted by name.
    packages: Vec<ThirdPartyPackage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
pub struct ThirdPartyPackage {
    name: &'static str,
    version: &'static str,
    /// An SPDX expression.
    license: &'static str,
}

/// Collects the content of the About box.
pub fn about(app: &AppHandle) -> AboutInfo {
    AboutInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        tauri: tauri::VERSION.to_owned(),
        webview: tauri::webview_version().unwrap_or_default(),
        folder: desktop::folder(app).display().to_string(),
        packages: PACKAGES.to_vec(),
    }
}

/// Returns the support details: the versions, and what is known about the open setup.
pub async fn support_details(wizard: &Wizard) -> Result<String, Failure> {
    let webview = tauri::webview_version().unwrap_or_default();
    let platform = format!("{} {}", env::consts::OS, env::consts::ARCH);
    let params = [
        ("version", env!("CARGO_PKG_VERSION")),
        ("platform", &platform),
        ("tauri", tauri::VERSION),
        ("webview", if webview.is_empty() { "-" } else { &webview }),
    ];
    let params = params.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let program = MessageCatalog::english().text("support-program", &params);
    match wizard.text(CopyableValue::SupportDetails).await {
        Ok(setup) => Ok(format!("{program}\n{setup}\n")),
        Err(failure) if failure.code == "no_setup" => Ok(format!("{program}\n")),
        Err(failure) => Err(failure),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// The list leaves out build and test dependencies.
    #[test]
    fn packages_match_lockfiles() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let crates = fs::read_to_string(root.join("Cargo.lock")).unwrap();
        let modules = fs::read_to_string(root.join("ui/package-lock.json")).unwrap();
        for ThirdPartyPackage { name, version, license } in PACKAGES {
            let locked = crates.contains(&format!("name = \"{name}\"\nversion = \"{version}\""))
                || modules.contains(&format!(
                    "\"node_modules/{name}\": {{\n      \"version\": \"{version}\""
                ));
            assert!(locked, "{name} {version} is in no lock file");
            assert!(!license.is_empty(), "{name} names no license");
        }
        let has = |name: &str| PACKAGES.iter().any(|package| package.name == name);
        for inside in ["tauri", "rustls", "aws-sdk-ssoadmin", "svelte", "@fluent/bundle"] {
            assert!(has(inside), "{inside} is inside");
        }
        for outside in ["tauri-build", "serde_derive", "insta", "vite", "session"] {
            assert!(!has(outside), "{outside} is not inside");
        }
        let tauri = PACKAGES.iter().find(|package| package.name == "tauri");
        assert_eq!(tauri.map(|package| package.version), Some(tauri::VERSION));
        assert!(PACKAGES.is_sorted());
    }
}
