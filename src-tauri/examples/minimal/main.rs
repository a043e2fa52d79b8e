//! A minimal Tauri app that `cargo xtask bench window` compares the wizard with.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/minimal/tauri.conf.json"))
}
