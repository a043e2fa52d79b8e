//! `cargo xtask gallery`: every screen as a picture, from the real face on recorded views.

use std::process::{Command, ExitCode};

use crate::{Result, face, machine, process, tree::Tree};

/// Draws the named screens, or all, into `target/gallery`.
pub fn gallery(tree: &Tree, names: &[String]) -> Result<ExitCode> {
    machine::set_up(machine::TO_BUILD)?;
    machine::set_up(machine::TO_DRAW)?;
    face::build(tree)?;
    face::build_gallery(tree)?;
    let mut draw = tree.cargo(&["run", "--quiet", "--workspace", "--bin", "gallery", "--"]);
    draw.arg(tree.path("ui"))
        .arg(tree.built("gallery"))
        .args(names);
    process::run(&mut draw)?;
    Ok(ExitCode::SUCCESS)
}
