//! Checks this machine's prerequisites and installs missing ones.

mod browser;
mod debian;

use std::{env, process::Command};

use crate::{Result, process, terminal};
pub use browser::Browser;

/// A program or library that must be installed.
pub struct Prerequisite {
    /// The package on Debian and Ubuntu.
    package: &'static str,
    /// A program on the search path that shows it is installed, from any source; `None` if it has no
    /// program.
    program: Option<&'static str>,
    why: &'static str,
}

/// Needed to build the app, in addition to Rust and Node.
pub const TO_BUILD: &[Prerequisite] = &[
    Prerequisite {
        package: "pkg-config",
        program: Some("pkg-config"),
        why: "finds the webview's library",
    },
    Prerequisite {
        package: "libwebkit2gtk-4.1-dev",
        program: None,
        why: "the webview that shows the window",
    },
];

/// Needed to draw the window without a screen.
pub const TO_DRAW: &[Prerequisite] = &[
    Prerequisite {
        package: "webkit2gtk-driver",
        program: Some("WebKitWebDriver"),
        why: "acts in the window as a person does",
    },
    Prerequisite { package: "xvfb", program: Some("Xvfb"), why: "a screen in memory" },
    Prerequisite { package: "fonts-dejavu-core", program: None, why: "letters on that screen" },
];

/// Also needed for the tests.
pub const TO_TEST: &[Prerequisite] = &[
    Prerequisite { package: "dbus", program: Some("dbus-daemon"), why: "the way to the keychain" },
    Prerequisite {
        package: "gnome-keyring",
        program: Some("gnome-keyring-daemon"),
        why: "a keychain",
    },
    Prerequisite {
        package: "xdotool",
        program: Some("xdotool"),
        why: "mouse and keys for native dialogs",
    },
    Prerequisite {
        package: "python3-gi",
        program: None,
        why: "the window that files are dragged from",
    },
    Prerequisite {
        package: "gir1.2-gtk-3.0",
        program: None,
        why: "the window that files are dragged from",
    },
    Prerequisite {
        package: "openssl",
        program: Some("openssl"),
        why: "certificates and keys that none of us made",
    },
    Prerequisite {
        package: "python3-venv",
        program: None,
        why: "boto3 and python3-saml, apart from yours",
    },
    Prerequisite {
        package: "xmlsec1",
        program: Some("xmlsec1"),
        why: "signs responses for pysaml2",
    },
];

/// Also needed for the browser tests, on systems that have a browser package.
const TO_BROWSE: &[Prerequisite] = &[
    Prerequisite {
        package: "chromium",
        program: Some("chromium"),
        why: "the browser beside the window",
    },
    Prerequisite {
        package: "chromium-driver",
        program: Some("chromedriver"),
        why: "acts in that browser",
    },
];

/// Also needed for the benchmarks.
pub const TO_COMPARE: &[Prerequisite] = &[
    Prerequisite { package: "time", program: Some("time"), why: "the memory that a program took" },
    Prerequisite {
        package: "libxml2-utils",
        program: Some("xmllint"),
        why: "reads the same XML and HTML",
    },
];

/// Installs what is missing, or reports what to do.
pub fn set_up(needs: &[Prerequisite]) -> Result<()> {
    node()?;
    if debian::here() {
        return debian::install(needs);
    }
    if cfg!(target_os = "macos") {
        terminal::say(
            "macOS needs Xcode's command line tools (`xcode-select --install`). Nobody has run this on macOS yet.",
        )?;
    } else if cfg!(windows) {
        terminal::say(
            "Windows needs Microsoft's C++ build tools and the WebView2 runtime. Nobody has run this on Windows yet.",
        )?;
    } else {
        terminal::say(
            "This is neither Debian nor Ubuntu. Install what corresponds to these packages:",
        )?;
        for need in needs {
            terminal::say(format_args!("  {:<24}{}", need.package, need.why))?;
        }
    }
    Ok(())
}

/// Returns a browser that tests can drive. On Debian, installs one if it is missing. Ubuntu has Chromium
/// and Firefox only as snaps, which can't access the tests' files or screen.
pub fn browser() -> Result<Option<Browser>> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = browser::on(&path);
    if found.is_some() || !debian::itself() {
        return Ok(found);
    }
    if let Err(problem) = debian::install(TO_BROWSE) {
        terminal::problem(&*problem)?;
    }
    Ok(browser::on(&path))
}

/// Checks for a Node version that Vite 8 supports: 20.19 or newer of 20, 22.12 or newer.
pub fn node() -> Result<()> {
    let found = process::output(Command::new("node").arg("--version"));
    match &found {
        None => Err("Node is missing. Install Node 20.19 or newer (https://nodejs.org), then run this again.".into()),
        Some(version) if new_enough(version) => Ok(()),
        Some(version) => Err(format!(
            "Node {version} is too old. Install Node 20.19 or newer of 20, or 22.12 or newer (https://nodejs.org), then run this again."
        )
        .into()),
    }
}

fn new_enough(version: &str) -> bool {
    let mut numbers =
        version.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), Some(_)) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn node_versions() {
        let check = |version, expect| assert_eq!(super::new_enough(version), expect, "{version}");
        check("v18.19.0", false);
        check("v20.18.3", false);
        check("v20.19.0", true);
        check("v21.7.0", false);
        check("v22.11.0", false);
        check("v22.12.0", true);
        check("v24.0.0", true);
        check("", false);
    }
}
