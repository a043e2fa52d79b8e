//! Tests of the built app in a real webview. Each test has its own virtual desktop.

#[path = "window/crash.rs"]
mod crash;
#[path = "window/files.rs"]
mod files;
#[path = "window/manners.rs"]
mod manners;
#[path = "window/opens.rs"]
mod opens;
#[path = "window/secrets.rs"]
mod secrets;
#[path = "window/start.rs"]
mod start;
