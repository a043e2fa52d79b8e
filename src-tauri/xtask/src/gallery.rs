//! `cargo xtask gallery`: every screen as a page, from the real face on recorded views.

use std::process::ExitCode;

use crate::{Result, face, machine, terminal, tree::Tree};

/// Builds the gallery into `ui/dist-gallery`; any static server on this computer can show it.
pub fn gallery(tree: &Tree) -> Result<ExitCode> {
    machine::set_up(machine::TO_BUILD)?;
    face::build(tree)?;
    face::build_gallery(tree)?;
    terminal::announce(format_args!(
        "Built ui/dist-gallery. Show it with: python3 -m http.server --bind 127.0.0.1 --directory ui/dist-gallery 8000"
    ))?;
    Ok(ExitCode::SUCCESS)
}
