//! Lets the window call exactly the commands of `src/ipc.rs`, and checks that its face was built.

use std::{env, path::Path};

const COMMANDS: &[&str] = &[
    "watch",
    "hover",
    "act",
    "people",
    "copy",
    "empty_clipboard",
    "open_page",
    "choose_file",
    "paste_files",
    "save",
    "companion",
    "about",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let face = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../ui/dist/index.html");
    println!("cargo:rerun-if-changed={}", face.display());
    if !face.exists() {
        return Err(
            "the window's face is not built: `cargo xtask start` builds and opens it, \
                    `npm --prefix ui run build` builds the face alone"
                .into(),
        );
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
