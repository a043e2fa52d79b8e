//! The shell: the window, its commands, the command line.

pub mod about;
pub mod cli;
pub mod desktop;
pub mod drag;
pub mod frame;
pub mod ipc;
pub mod leave;
pub mod listener;
pub mod menu;
pub mod network;
pub mod window;
pub mod worlds;
