//! The shell: the window, its commands, the command line.

pub mod desktop;
pub mod ipc;
