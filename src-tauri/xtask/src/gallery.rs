//! `cargo xtask gallery`: draws every screen in its main states with the real UI.

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use crate::{
    Result, frontend,
    paths::Tree,
    prerequisites, process,
    terminal::{self, announce},
    test::EVERYTHING,
};

/// The view shown in the README, and its picture's path.
const README: (&str, &str) = ("dry-run-done", "ui/gallery/readme.png");

/// Draws the named views, or all, into `gallery` in the target folder: in the light and dark themes and
/// in the pseudo-locale, at 1280 × 840 and 800 × 900. With `--whole`, draws whole pages. `readme` redraws
/// the README's picture.
pub fn gallery(tree: &Tree, arguments: &[String]) -> Result<ExitCode> {
    prerequisites::set_up(prerequisites::TO_BUILD)?;
    prerequisites::set_up(prerequisites::TO_DRAW)?;
    frontend::build(tree)?;
    frontend::build_gallery(tree)?;
    let build = ["build", "--workspace", EVERYTHING, "--bin", "gallery"];
    process::run(&mut tree.cargo(&build))?;

    let folder = tree.built("gallery");
    if arguments == ["readme"] {
        return readme(tree, &folder);
    }
    announce("Drawing")?;
    draw(tree, &folder, arguments)?;
    announce(format_args!("The pictures are in {}", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn readme(tree: &Tree, folder: &Path) -> Result<ExitCode> {
    let (view, kept) = README;
    draw(tree, folder, &[view.to_owned()])?;
    fs::copy(folder.join(format!("{view}-light-1280.png")), tree.path(kept))?;
    terminal::say(format_args!("Drew {kept}"))?;
    Ok(ExitCode::SUCCESS)
}

fn draw(tree: &Tree, folder: &Path, arguments: &[String]) -> Result<()> {
    let mut draw = Command::new(tree.program("gallery"));
    process::run(draw.arg(folder).args(arguments))
}
