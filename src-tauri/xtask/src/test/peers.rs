//! Runs the peers: independent software that checks ours, in its own Python environment and Node
//! folder.

use std::{fs, path::PathBuf, process::Command, slice};

use super::run_and_count;
use crate::{
    Result, build_cache,
    paths::SourceTree,
    process, terminal,
    test_count::{self, TestCount},
};

/// Installs the packages if their lists changed, and runs every peer.
pub fn run(tree: &SourceTree) -> Result<TestCount> {
    let mut peers = tree.cargo(&["test", "--workspace"]);
    peers.args(["--test", "peers", "--test", "responses", "--", "--nocapture"]);
    peers.env("PEERS_PYTHON", python(tree)?).env("PEERS_NODE", node(tree)?);
    run_and_count(peers, |line| {
        test_count::parse_peer_line(line).or_else(|| test_count::cargo(line))
    })
}

/// Returns the Python interpreter of an environment with the listed packages.
pub fn python(tree: &SourceTree) -> Result<PathBuf> {
    let environment = tree.built("peers-venv");
    let list = tree.path("tests/peers/requirements.txt");
    let python = environment.join("bin/python");
    build_cache::update(&environment.join(".made-from"), slice::from_ref(&list), || {
        terminal::print_line("Creating the Python environment of the peers")?;
        process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
        process::run(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
                .arg(&list),
        )
    })?;
    Ok(python)
}

/// Returns a folder with the Node packages from the lock file.
fn node(tree: &SourceTree) -> Result<PathBuf> {
    let folder = tree.built("peers-node");
    let names = ["package.json", "package-lock.json"];
    let lists = names.map(|name| tree.path("tests/peers/responses").join(name));
    build_cache::update(&folder.join(".made-from"), &lists, || {
        terminal::print_line("Installing the Node packages of the peers")?;
        fs::create_dir_all(&folder)?;
        for (name, list) in names.iter().zip(&lists) {
            fs::copy(list, folder.join(name))?;
        }
        process::run(tree.npm(&["ci", "--no-audit", "--no-fund"]).current_dir(&folder))
    })?;
    Ok(folder)
}
