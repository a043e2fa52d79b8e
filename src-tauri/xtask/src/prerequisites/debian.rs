//! Installs packages on Debian and Ubuntu.

use std::{
    fs,
    io::{IsTerminal, stdin},
    path::Path,
    process::{Command, Stdio},
};

use super::Prerequisite;
use crate::{Result, process, terminal};

/// Returns whether this is Debian, Ubuntu or a derivative.
pub fn is_debian_based() -> bool {
    release_has(|line| {
        let ids = line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")).unwrap_or_default();
        ids.trim_matches('"').split(' ').any(|id| id == "debian" || id == "ubuntu")
    })
}

/// Returns whether this is Debian and not a derivative.
pub fn is_debian() -> bool {
    release_has(|line| line == "ID=debian")
}

fn release_has(matches: impl Fn(&str) -> bool) -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(matches) && process::is_on_search_path("dpkg-query")
}

/// Lists the missing packages with their purposes, and installs them as root or through sudo.
pub fn install(needs: &[Prerequisite]) -> Result<()> {
    let mut missing = needs.to_vec();
    missing.retain(|need| !is_installed(need));
    if missing.is_empty() {
        return Ok(());
    }
    terminal::announce("Missing on this machine")?;
    super::list(&missing)?;
    let packages: Vec<&str> = missing.iter().map(|(package, ..)| *package).collect();
    let packages = ["install -y --no-install-recommends", &packages.join(" ")].join(" ");
    let Some(sudo) = sudo() else {
        return Err(format!(
            "Installing needs root or sudo. As root, run this line, then start again:\n\
             apt-get update && apt-get {packages}"
        )
        .into());
    };
    terminal::announce("Installing with apt-get")?;
    // The package lists may be missing or old, so update them only if the installation fails.
    if apt(sudo, &packages).is_err() {
        apt(sudo, "update")?;
        apt(sudo, &packages)?;
    }
    Ok(())
}

/// Unpacks packages into a folder without installing them, along with the packages that they need
/// and that aren't installed.
pub fn unpack(packages: &[&str], folder: &Path) -> Result<()> {
    let plan = || {
        let plan = ["install", "--simulate", "--no-install-recommends"];
        process::output(Command::new("apt-get").args(plan).args(packages))
    };
    let plan = match plan() {
        Some(plan) => plan,
        None => {
            apt(sudo().ok_or("updating the package lists needs root or sudo")?, "update")?;
            plan().ok_or_else(|| format!("this system has no packages {}", packages.join(", ")))?
        }
    };
    let needed = plan.lines().filter_map(|line| line.strip_prefix("Inst ")?.split(' ').next());
    let archives = folder.join("archives");
    fs::create_dir_all(&archives)?;
    process::run(
        Command::new("apt-get").args(["download", "--quiet"]).args(needed).current_dir(&archives),
    )?;
    for archive in fs::read_dir(&archives)? {
        process::run(Command::new("dpkg").arg("-x").arg(archive?.path()).arg(folder))?;
    }
    Ok(fs::remove_dir_all(archives)?)
}

fn is_installed((package, program, _): &Prerequisite) -> bool {
    let query = ["--show", "--showformat=${Status}", package];
    process::is_on_search_path(program)
        || process::output(Command::new("dpkg-query").args(query))
            .is_some_and(|status| status.ends_with(" installed"))
}

/// Returns the prefix that runs a command as root, or `None` if the user can't run one.
fn sudo() -> Option<&'static str> {
    if process::output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some("");
    }
    if !process::is_on_search_path("sudo") {
        return None;
    }
    if process::output(Command::new("sudo").args(["-n", "true"])).is_some() {
        return Some("sudo -n");
    }
    stdin().is_terminal().then_some("sudo")
}

fn apt(sudo: &str, arguments: &str) -> Result<()> {
    let line = format!(
        "{sudo} env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 {arguments}"
    );
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or_default();
    // sudo may ask for a password, so it needs the terminal.
    let input = if sudo == "sudo" { Stdio::inherit() } else { Stdio::null() };
    let status = Command::new(program).args(words).stdin(input).status()?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("`apt-get {arguments}` stopped with {status}").into()),
    }
}
