//! Grants the window exactly the commands in `src/ipc.rs`, and checks that the UI was built.

#[path = "build/packages.rs"]
mod packages;

use std::{env, path::Path};

const COMMANDS: &[&str] = &[
    "watch",
    "hover",
    "menu",
    "act",
    "people",
    "copy",
    "empty_clipboard",
    "open_page",
    "choose_file",
    "paste_files",
    "save",
    "open_saved",
    "show_saved",
    "mini_window",
    "set_window_theme",
    "shell",
    "open_folder",
    "about",
    "support_details",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("..");
    let face = root.join("ui/dist/index.html");
    println!("cargo:rerun-if-changed={}", face.display());
    if !face.exists() {
        return Err("the window's face is not built: `cargo xtask start` builds and opens it, \
                    `npm --prefix ui run build` builds the face alone"
            .into());
    }
    println!("cargo:rerun-if-changed={}", root.join("Cargo.lock").display());
    packages::write(&root.join("ui/dist"))?;
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
