//! Finds the browser for the tests: Chromium, Chrome or Firefox, whichever is installed.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::process;

/// A browser and its WebDriver program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    pub program: PathBuf,
    pub driver: PathBuf,
}

const CHROMIUM: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const FIREFOX: [&str; 2] = ["firefox", "firefox-esr"];

/// Returns the first browser on this search path that tests can drive.
pub fn find_browser(path: &OsStr) -> Option<Browser> {
    chromium(path).or_else(|| find_firefox(path))
}

/// Returns Chromium or Chrome with ChromeDriver, which drives only browsers of its own major
/// version.
fn chromium(path: &OsStr) -> Option<Browser> {
    let driver = find_programs(path, "chromedriver").next()?;
    let wanted = major_version(&driver)?;
    let mut programs = CHROMIUM.iter().flat_map(|name| find_programs(path, name));
    let program = programs.find(|program| major_version(program) == Some(wanted))?;
    Some(Browser { program, driver })
}

fn find_firefox(path: &OsStr) -> Option<Browser> {
    let driver = find_programs(path, "geckodriver").next()?;
    let program = FIREFOX.iter().flat_map(|name| find_programs(path, name)).next()?;
    Some(Browser { program, driver })
}

/// Returns the programs with this name that can access the tests' files and screen.
fn find_programs(path: &OsStr, name: &str) -> impl Iterator<Item = PathBuf> {
    let programs = env::split_paths(path).map(|folder| folder.join(name)).collect::<Vec<_>>();
    programs.into_iter().filter(|program| program.is_file() && !is_snap(program))
}

/// Returns whether a program is a snap. A snap is a link to the `snap` program; Ubuntu's packages
/// of the same names are scripts that start it.
fn is_snap(program: &Path) -> bool {
    let target = fs::canonicalize(program).unwrap_or_else(|_| program.to_owned());
    if target.components().any(|part| part.as_os_str() == "snap") {
        return true;
    }
    let content = fs::read(&target).unwrap_or_default();
    content.starts_with(b"#!") && String::from_utf8_lossy(&content).contains("/snap/bin/")
}

/// Returns the major version: 142 for `Chromium 142.0.7444.59` or `Google Chrome 142.0.7444.59`.
fn major_version(program: &Path) -> Option<u32> {
    let version = process::output(Command::new(program).arg("--version"))?;
    version.split(' ').find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(all(test, unix))]
mod tests {
    use std::{
        io,
        os::unix::fs::{PermissionsExt as _, symlink},
    };

    use super::*;

    /// Creates a folder with these programs. Each program prints a line.
    fn folder(name: &str, programs: &[(&str, &str)]) -> io::Result<PathBuf> {
        let folder = env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder)?;
        for (program, says) in programs {
            let file = folder.join(program);
            fs::write(&file, format!("#!/bin/sh\necho '{says}'\n"))?;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        }
        Ok(folder)
    }

    fn check(
        name: &str,
        programs: &[(&str, &str)],
        expect: Option<(&str, &str)>,
    ) -> io::Result<()> {
        let folder = folder(name, programs)?;
        let expect = expect.map(|(program, driver)| Browser {
            program: folder.join(program),
            driver: folder.join(driver),
        });
        assert_eq!(find_browser(folder.as_os_str()), expect, "{programs:?}");
        fs::remove_dir_all(folder)
    }

    const DRIVER: (&str, &str) = ("chromedriver", "ChromeDriver 142.0.7444.59 (4b6d3f)");

    #[test]
    fn installed_browser_with_driver_is_used() -> io::Result<()> {
        let chromium = ("chromium", "Chromium 142.0.7444.59 built on Debian GNU/Linux 12");
        let chrome = ("google-chrome-stable", "Google Chrome 142.0.7444.175");
        let firefox = ("firefox-esr", "Mozilla Firefox 140.4.0esr");
        let gecko = ("geckodriver", "geckodriver 0.36.0");
        check("both", &[chromium, chrome, DRIVER], Some(("chromium", "chromedriver")))?;
        check("chrome", &[chrome, DRIVER], Some(("google-chrome-stable", "chromedriver")))?;
        check("firefox", &[firefox, gecko], Some(("firefox-esr", "geckodriver")))?;
        check("other-driver", &[chrome, firefox, gecko], Some(("firefox-esr", "geckodriver")))?;
        check("no-driver", &[chromium, chrome, firefox], None)?;
        check("no-browser", &[DRIVER, gecko], None)?;
        check("nothing", &[], None)
    }

    #[test]
    fn browser_must_match_driver_version() -> io::Result<()> {
        let older = ("chromium", "Chromium 141.0.7390.54");
        let same = ("google-chrome", "Google Chrome 142.0.7444.175");
        check("older", &[older, DRIVER], None)?;
        check("older-and-same", &[older, same, DRIVER], Some(("google-chrome", "chromedriver")))
    }

    #[test]
    fn snaps_are_not_used() -> io::Result<()> {
        let snap = folder("snap", &[])?;
        let bin = folder("bin", &[DRIVER])?;
        fs::create_dir_all(snap.join("snap"))?;
        fs::write(snap.join("snap/chromium"), "")?;
        symlink(snap.join("snap/chromium"), bin.join("chromium"))?;
        let script = "#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n";
        fs::write(bin.join("chromium-browser"), script)?;
        assert_eq!(find_browser(bin.as_os_str()), None);
        fs::remove_dir_all(snap)?;
        fs::remove_dir_all(bin)
    }
}
