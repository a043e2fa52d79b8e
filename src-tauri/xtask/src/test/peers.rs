//! Peers: software that none of us wrote, in a Python environment and a Node folder of its own.

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

/// Brings the packages whose list changed, and runs every peer.
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

/// The Python of an environment that has what the list names.
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

/// A folder with the Node packages that the lock file names.
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

/// Makes a folder unless it was made from these lists already.
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
