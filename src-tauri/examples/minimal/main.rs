//! A minimal Tauri app, with which `cargo xtask bench window` compares the wizard.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/minimal/tauri.conf.json"))
}
