//! Peers: software that none of us wrote, in a Python environment of its own.

use std::process::Command;

use super::{EVERYTHING, counted};
use crate::{
    Result,
    count::{self, Count},
    process, stamp, terminal,
    tree::Tree,
};

/// Makes the environment if its list changed, and runs every peer in it.
pub fn run(tree: &Tree) -> Result<Count> {
    let environment = tree.built("peers-venv");
    let list = tree.path("tests/peers/requirements.txt");
    let python = environment.join("bin/python");

    let digest = stamp::digest(std::slice::from_ref(&list))?;
    let kept = environment.join(".made-from");
    if !stamp::fresh(&kept, &digest) {
        terminal::say("Making the environment of the peers")?;
        process::run(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&environment),
        )?;
        process::run(
            Command::new(&python)
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "-r",
                ])
                .arg(&list),
        )?;
        stamp::keep(&kept, &digest)?;
    }

    let mut peers = tree.cargo(&[
        "test",
        "--workspace",
        EVERYTHING,
        "--test",
        "peers",
        "--",
        "--nocapture",
    ]);
    peers.env("PEERS_PYTHON", &python);
    counted(peers, |line| {
        count::peer(line).or_else(|| count::cargo(line))
    })
}
