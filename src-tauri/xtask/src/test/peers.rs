//! Runs the peers: independent software, in its own Python environment and Node folder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{EVERYTHING, counted};
use crate::{
    Result, build_cache,
    paths::Tree,
    process, terminal,
    test_count::{self, Count},
};

/// Installs the packages if their lists changed, and runs every peer.
pub fn run(tree: &Tree) -> Result<Count> {
    let python = python(tree)?;
    let packages = node(tree)?;
    let mut peers = tree.cargo(&[
        "test",
        "--workspace",
        EVERYTHING,
        "--test",
        "peers",
        "--test",
        "responses",
        "--",
        "--nocapture",
    ]);
    peers.env("PEERS_PYTHON", &python);
    peers.env("PEERS_NODE", &packages);
    counted(peers, |line| test_count::peer(line).or_else(|| test_count::cargo(line)))
}

/// Returns the Python of an environment with the listed packages.
pub fn python(tree: &Tree) -> Result<PathBuf> {
    let environment = tree.built("peers-venv");
    let list = tree.path("tests/peers/requirements.txt");
    let python = environment.join("bin/python");
    made_from(&environment, &[&list], || {
        terminal::say("Making the environment of the peers")?;
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
fn node(tree: &Tree) -> Result<PathBuf> {
    let folder = tree.built("peers-node");
    let lists = ["package.json", "package-lock.json"];
    let from = lists.map(|name| tree.path("tests/peers/responses").join(name));
    made_from(&folder, &from, || {
        terminal::say("Installing the Node packages of the peers")?;
        fs::create_dir_all(&folder)?;
        for (name, list) in lists.iter().zip(&from) {
            fs::copy(list, folder.join(name))?;
        }
        process::run(tree.npm(&["ci", "--no-audit", "--no-fund"]).current_dir(&folder))
    })?;
    Ok(folder)
}

/// Creates a folder unless it was already created from these lists.
fn made_from(
    folder: &Path,
    lists: &[impl AsRef<Path>],
    make: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let lists: Vec<PathBuf> = lists.iter().map(|list| list.as_ref().to_owned()).collect();
    let digest = build_cache::digest(&lists)?;
    let kept = folder.join(".made-from");
    if !build_cache::fresh(&kept, &digest) {
        make()?;
        build_cache::keep(&kept, &digest)?;
    }
    Ok(())
}
