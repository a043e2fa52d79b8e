//! The built app in a real webview, on a desktop of its own.

use acceptance::desktop::Desktop;

#[test]
fn the_app_opens() {
    let desktop = Desktop::start().unwrap();
    let app = desktop.open().unwrap();
    assert_ne!(app.text("h1").unwrap(), "");
    assert_eq!(app.errors().unwrap(), Vec::<String>::new());
}
