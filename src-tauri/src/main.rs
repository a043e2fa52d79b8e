//! The binary: without arguments it opens the window.

fn main() {
    let _ = nops_sso_setup::window::run(None);
}
