//! The least that Tauri makes a window with: what `cargo xtask bench window` compares the wizard with.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/minimal/tauri.conf.json"))
}
