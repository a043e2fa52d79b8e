//! Checks this machine's prerequisites and installs missing ones.

mod browser;
mod debian;

use std::{env, process::Command};

use crate::{Result, process, terminal};
pub use browser::Browser;
pub use debian::unpack;

/// A program or library that must be installed: its Debian and Ubuntu package, a program on the
/// search path that shows that it's installed (empty if there is none), and its purpose.
pub type Prerequisite = (&'static str, &'static str, &'static str);

/// Prerequisites of every build, in addition to Rust and Node.
const TO_BUILD: &[Prerequisite] = &[
    ("pkg-config", "pkg-config", "finds the webview's library"),
    ("libwebkit2gtk-4.1-dev", "", "the webview that shows the window"),
];

/// Prerequisites for drawing the window without a screen.
pub const TO_DRAW: &[Prerequisite] = &[
    ("webkit2gtk-driver", "WebKitWebDriver", "acts in the window as a person does"),
    ("xvfb", "Xvfb", "a screen in memory"),
    ("fonts-dejavu-core", "", "letters on that screen"),
];

/// Additional prerequisites of the tests.
pub const TO_TEST: &[Prerequisite] = &[
    ("dbus", "dbus-daemon", "the connection to the keychain"),
    ("gnome-keyring", "gnome-keyring-daemon", "a keychain"),
    ("xdotool", "xdotool", "mouse and keys for native dialogs"),
    ("python3-gi", "", "the window that files are dragged from"),
    ("gir1.2-gtk-3.0", "", "the window that files are dragged from"),
    ("openssl", "openssl", "certificates and keys from other software"),
    ("python3-venv", "", "boto3 and python3-saml, apart from yours"),
    ("xmlsec1", "xmlsec1", "signs responses for pysaml2"),
];

/// Additional prerequisites of the browser tests, on systems that have a browser package.
const TO_BROWSE: &[Prerequisite] = &[
    ("chromium", "chromium", "the browser beside the window"),
    ("chromium-driver", "chromedriver", "acts in that browser"),
];

/// Prerequisites of the packages.
pub const TO_PACKAGE: &[Prerequisite] = &[
    ("dpkg-dev", "dpkg-shlibdeps", "finds the libraries that the program needs"),
    ("rpm", "rpmbuild", "builds the RPM package"),
    ("appstream", "appstreamcli", "checks the description for software centers"),
    ("desktop-file-utils", "desktop-file-validate", "checks the entry for the desktop’s menu"),
];

/// Prerequisites of the test of the Debian package.
pub const TO_INSTALL: &[Prerequisite] =
    &[("debootstrap", "debootstrap", "a Debian system without any other software")];

/// Additional prerequisites of the benchmarks.
pub const TO_COMPARE: &[Prerequisite] = &[
    ("time", "time", "the memory that a program took"),
    ("libxml2-utils", "xmllint", "reads the same XML and HTML"),
];

/// Prerequisites of the builds for Windows and macOS, in addition to a compiler.
pub const TO_CROSS_COMPILE: &[Prerequisite] = &[
    ("gcc-mingw-w64-x86-64-posix", "x86_64-w64-mingw32-gcc-posix", "compiles C for Windows"),
    ("g++-mingw-w64-x86-64-posix", "x86_64-w64-mingw32-g++-posix", "compiles C++ for Windows"),
    ("wine", "wine", "runs programs for Windows"),
    ("wine64", "", "runs programs for Windows"),
];

/// Installs the missing prerequisites of the build and of `more`, or reports what to do.
pub fn set_up(more: &[&[Prerequisite]]) -> Result<()> {
    node()?;
    let needs = [TO_BUILD, &more.concat()].concat();
    if debian::is_debian_based() {
        return debian::install(&needs);
    }
    if cfg!(target_os = "macos") {
        terminal::print_line(
            "macOS needs Xcode's command line tools (`xcode-select --install`). This hasn't been run on macOS yet.",
        )?;
    } else if cfg!(windows) {
        terminal::print_line(
            "Windows needs Microsoft's C++ build tools and the WebView2 runtime. This hasn't been run on Windows yet.",
        )?;
    } else {
        terminal::print_line(
            "This isn't Debian or Ubuntu. Install what corresponds to these packages:",
        )?;
        list(&needs)?;
    }
    Ok(())
}

fn list(needs: &[Prerequisite]) -> Result<()> {
    for (package, _, purpose) in needs {
        terminal::print_line(format_args!("  {package:<24}{purpose}"))?;
    }
    Ok(())
}

/// Returns a browser that tests can drive. On Debian, installs one if it is missing. Ubuntu has
/// Chromium and Firefox only as snaps, which can't access the tests' files or screen.
pub fn browser() -> Result<Option<Browser>> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = browser::find_browser(&path);
    if found.is_some() || !debian::is_debian() {
        return Ok(found);
    }
    if let Err(problem) = debian::install(TO_BROWSE) {
        terminal::problem(problem)?;
    }
    Ok(browser::find_browser(&path))
}

/// Checks for a Node version that Vite 8 supports: 20.19 or a later 20.x version, or 22.12 or
/// later.
pub fn node() -> Result<()> {
    let problem = match process::output(Command::new("node").arg("--version")) {
        Some(version) if new_enough(&version) => return Ok(()),
        Some(version) => format!("Node {version} is too old."),
        None => "Node is missing.".to_owned(),
    };
    Err(format!(
        "{problem} Install Node 20.19 or newer of 20, or 22.12 or newer (https://nodejs.org), then run this again."
    )
    .into())
}

fn new_enough(version: &str) -> bool {
    let mut numbers =
        version.trim_start_matches('v').split('.').map_while(|part| part.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), Some(_)) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_supported_node_versions_are_accepted() {
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
