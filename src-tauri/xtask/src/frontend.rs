//! Builds the UI: installs its packages and builds the files that the shell embeds.

use std::{fs, path::PathBuf, process::Command};

use crate::{Result, build_cache, paths::Tree, process, terminal, test::EVERYTHING};

/// Installs the packages if their lock file changed, and builds `ui/dist` if its sources changed.
pub fn build(tree: &Tree) -> Result<()> {
    packages(tree)?;
    built(tree, "ui/dist", "build", &sources(tree)?)
}

/// Writes the gallery's views and builds its pages in `ui/dist-gallery`.
pub fn build_gallery(tree: &Tree) -> Result<()> {
    packages(tree)?;
    write_views(tree)?;
    let mut inputs = sources(tree)?;
    inputs.push(tree.path("ui/gallery"));
    built(tree, "ui/dist-gallery", "build:gallery", &inputs)
}

/// Writes the views that the gallery and the UI's tests read into `ui/gallery/views`.
pub fn write_views(tree: &Tree) -> Result<()> {
    terminal::announce("Writing the gallery's views")?;
    process::run(&mut tree.cargo(&["build", "--workspace", EVERYTHING, "--bin", "views"]))?;
    process::run(&mut Command::new(tree.program("views")))
}

/// Installs exactly the packages in the lock file, if it changed.
pub fn packages(tree: &Tree) -> Result<()> {
    let lock = build_cache::digest(&[tree.path("ui/package-lock.json")])?;
    let kept = tree.path("ui/node_modules/.installed-from");
    if build_cache::fresh(&kept, &lock) {
        return Ok(());
    }
    terminal::announce("Installing the packages of the window's face")?;
    process::run(&mut tree.npm(&["ci", "--no-audit", "--no-fund"]))?;
    Ok(build_cache::keep(&kept, &lock)?)
}

fn built(tree: &Tree, folder: &str, script: &str, inputs: &[PathBuf]) -> Result<()> {
    let digest = build_cache::digest(inputs)?;
    let kept = tree.path(folder).join(".built-from");
    if build_cache::fresh(&kept, &digest) {
        return Ok(());
    }
    terminal::announce(format_args!("Building {folder}"))?;
    process::run(&mut tree.npm(&["run", "--silent", script]))?;
    Ok(build_cache::keep(&kept, &digest)?)
}

/// Returns the inputs of the built files: sources, pages, configuration, messages.
fn sources(tree: &Tree) -> Result<Vec<PathBuf>> {
    let mut inputs = vec![
        tree.path("ui/src"),
        tree.path("ui/public"),
        tree.path("src-tauri/crates/messages/en"),
    ];
    for entry in fs::read_dir(tree.path("ui"))? {
        let file = entry?.path();
        let kind = file.extension().and_then(|kind| kind.to_str());
        if matches!(kind, Some("html" | "json" | "js" | "ts")) {
            inputs.push(file);
        }
    }
    inputs.sort();
    Ok(inputs)
}
