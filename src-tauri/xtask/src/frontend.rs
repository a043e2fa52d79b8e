//! Builds the UI: installs its packages and builds the files that the shell embeds.

use std::{fs, path::PathBuf, process::Command};

use crate::{Result, build_cache, paths::SourceTree, process, terminal};

/// Installs the packages if their lock file changed, and builds `ui/dist` if its sources changed.
pub fn build(tree: &SourceTree) -> Result<()> {
    packages(tree)?;
    update(tree, "ui/dist", "build", &sources(tree)?)
}

/// Writes the gallery's views and builds its pages in `ui/dist-gallery`.
pub fn build_gallery(tree: &SourceTree) -> Result<()> {
    packages(tree)?;
    write_views(tree)?;
    let mut inputs = sources(tree)?;
    inputs.push(tree.path("ui/gallery"));
    update(tree, "ui/dist-gallery", "build:gallery", &inputs)
}

/// Writes the views that the gallery and the UI's tests read into `ui/gallery/views`.
pub fn write_views(tree: &SourceTree) -> Result<()> {
    terminal::announce("Writing the gallery's views")?;
    tree.run_cargo(&["build", "--workspace", "--bin", "views"])?;
    process::run(&mut Command::new(tree.program("views")))
}

/// Installs exactly the packages in the lock file, if it changed.
fn packages(tree: &SourceTree) -> Result<()> {
    let stamp = tree.path("ui/node_modules/.installed-from");
    build_cache::update(&stamp, &[tree.path("ui/package-lock.json")], || {
        terminal::announce("Installing the UI's packages")?;
        process::run(&mut tree.npm(&["ci", "--no-audit", "--no-fund"]))
    })
}

fn update(tree: &SourceTree, folder: &str, script: &str, inputs: &[PathBuf]) -> Result<()> {
    build_cache::update(&tree.path(folder).join(".built-from"), inputs, || {
        terminal::announce(format_args!("Building {folder}"))?;
        tree.run_npm(script)
    })
}

/// Returns the inputs of the built files: sources, pages, configuration, messages.
fn sources(tree: &SourceTree) -> Result<Vec<PathBuf>> {
    let mut inputs = ["ui/src", "ui/public", "src-tauri/crates/messages/en"]
        .map(|path| tree.path(path))
        .to_vec();
    for entry in fs::read_dir(tree.path("ui"))? {
        let file = entry?.path();
        let extension = file.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("html" | "json" | "js" | "ts")) {
            inputs.push(file);
        }
    }
    inputs.sort();
    Ok(inputs)
}
