//! Installs packages on Debian and Ubuntu.

use std::{
    fs,
    io::{IsTerminal, stdin},
    process::{Command, Stdio},
};

use super::Prerequisite;
use crate::{Result, process, terminal};

/// Returns whether this is Debian, Ubuntu or a derivative.
pub fn here() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let debian = release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")))
        .flat_map(|ids| ids.trim_matches('"').split(' '))
        .any(|id| id == "debian" || id == "ubuntu");
    debian && process::exists("dpkg-query")
}

/// Returns whether this is Debian itself and not a derivative.
pub fn itself() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=debian") && process::exists("dpkg-query")
}

/// Lists what is missing and why, and installs it as root or through sudo.
pub fn install(needs: &[Prerequisite]) -> Result<()> {
    let missing: Vec<&Prerequisite> = needs.iter().filter(|need| !present(need)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    terminal::announce("Missing on this machine")?;
    for need in &missing {
        terminal::say(format_args!("  {:<24}{}", need.package, need.why))?;
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let Some(root) = root() else {
        return Err(format!(
            "Installing needs root or sudo. As root, run this line, then start again:\n\
             apt-get update && apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        )
        .into());
    };
    terminal::announce("Installing with apt-get")?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(packages);
    // The package lists may be missing or old, so update them only if the installation fails.
    if apt(&root, &install).is_err() {
        apt(&root, &["update"])?;
        apt(&root, &install)?;
    }
    Ok(())
}

fn present(need: &Prerequisite) -> bool {
    if need.program.is_some_and(process::exists) {
        return true;
    }
    let status = process::output(Command::new("dpkg-query").args([
        "--show",
        "--showformat=${Status}",
        need.package,
    ]));
    status.is_some_and(|status| status.ends_with(" installed"))
}

/// Returns the prefix that runs a command as root, or `None` if there is no way.
fn root() -> Option<Vec<&'static str>> {
    if process::output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(vec![]);
    }
    if !process::exists("sudo") {
        return None;
    }
    if process::output(Command::new("sudo").args(["-n", "true"])).is_some() {
        return Some(vec!["sudo", "-n"]);
    }
    stdin().is_terminal().then(|| vec!["sudo"])
}

fn apt(root: &[&str], arguments: &[&str]) -> Result<()> {
    let words = root.iter().copied().chain([
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=120",
    ]);
    let words: Vec<&str> = words.chain(arguments.iter().copied()).collect();
    // sudo may ask for a password, so it needs the terminal.
    let status = Command::new(words[0])
        .args(&words[1..])
        .stdin(if root == ["sudo"] { Stdio::inherit() } else { Stdio::null() })
        .status()?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`apt-get {}` stopped with {status}", arguments.join(" ")).into())
}
