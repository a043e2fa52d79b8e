//! Writes the files of a package that are generated from the program: its manual pages, its shell
//! completions, the licenses of everything in it, and its list of components (SBOM).
//!
//! `cargo xtask package` runs it. It isn't part of the program, so the program stays small.

#[path = "../../build/packages.rs"]
#[expect(dead_code, reason = "the build script calls the rest")]
mod packages;

mod licenses;
mod sbom;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use clap_complete::{Shell, generate_to};
use packages::Result;
use serde_json::Value;

/// The name of the program and of its package.
const NAME: &str = "nops-sso-setup";

/// A third-party package in the program.
struct Component {
    name: String,
    version: String,
    /// An SPDX expression.
    license: String,
    registry: Registry,
    /// The folder with the package's own license files.
    folder: PathBuf,
}

/// The registry that a package comes from.
#[derive(Clone, Copy)]
enum Registry {
    CratesIo,
    Npm,
}

fn main() -> Result<()> {
    let into = env::args_os().nth(1).ok_or("name the folder to write the files to")?;
    let into = Path::new(&into);
    fs::create_dir_all(into)?;
    manual_and_completions(into)?;
    let components = components(Path::new(env!("CARGO_MANIFEST_DIR")))?;
    fs::write(into.join("third-party-licenses.txt"), licenses::text(&components)?)?;
    let sbom = serde_json::to_string_pretty(&sbom::document(&components))?;
    Ok(fs::write(into.join(format!("{NAME}.cdx.json")), sbom)?)
}

/// Writes one manual page for the program and for each command, and a file for each shell.
fn manual_and_completions(into: &Path) -> io::Result<()> {
    let mut program = nops_sso_setup::cli::definition();
    for shell in [Shell::Bash, Shell::Fish, Shell::Zsh] {
        generate_to(shell, &mut program, NAME, into)?;
    }
    clap_mangen::generate_to(program, into)
}

/// Returns the linked crates and the npm packages in the window.
fn components(shell: &Path) -> Result<Vec<Component>> {
    let face = shell.join("../ui");
    let target = tauri::utils::platform::target_triple()?;
    let mut components = Vec::new();
    for one in packages::crates(shell, NAME, &target)? {
        let manifest = PathBuf::from(one["manifest_path"].as_str().unwrap_or_default());
        let folder = manifest.parent().map(Path::to_owned).unwrap_or_default();
        components.push(component(&one, Registry::CratesIo, folder));
    }
    for one in packages::modules(&face.join("dist"))? {
        let folder = face.join("node_modules").join(one["name"].as_str().unwrap_or_default());
        components.push(component(&one, Registry::Npm, folder));
    }
    components.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(components)
}

fn component(one: &Value, registry: Registry, folder: PathBuf) -> Component {
    let (name, version, license) = packages::package(one);
    Component { name, version, license, registry, folder }
}
