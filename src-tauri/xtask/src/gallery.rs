//! `cargo xtask gallery`: draws every screen in its main states with the real UI.

use std::{fs, process::Command};

use crate::{
    Result, frontend,
    paths::SourceTree,
    prerequisites, process,
    terminal::{self, announce},
};

/// The view shown in the README, and its picture's path.
const README: (&str, &str) = ("dry-run-error", "ui/gallery/readme.png");

/// Draws the named views, or all, into `gallery` in the target folder: in the light and dark themes
/// and in the pseudo-locale, at 1280 × 840 and 800 × 900. With `--whole`, draws whole pages.
/// `readme` redraws the README's picture.
pub fn gallery(tree: &SourceTree, arguments: &[String]) -> Result<()> {
    prerequisites::set_up(&[prerequisites::TO_DRAW])?;
    frontend::build(tree)?;
    frontend::build_gallery(tree)?;
    tree.run_cargo(&["build", "--workspace", "--bin", "gallery"])?;

    announce("Drawing")?;
    let folder = tree.built("gallery");
    let mut draw = Command::new(tree.program("gallery"));
    draw.arg(&folder);
    if arguments == ["readme"] {
        let (view, picture) = README;
        process::run(draw.arg(view))?;
        fs::copy(folder.join(format!("{view}-light-1280.png")), tree.path(picture))?;
        terminal::print_line(format_args!("Drew {picture}"))?;
    } else {
        process::run(draw.args(arguments))?;
        announce(format_args!("The pictures are in {}", folder.display()))?;
    }
    Ok(())
}
