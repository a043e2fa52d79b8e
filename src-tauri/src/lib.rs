//! The desktop shell: the window, its commands and the command line.

pub mod about;
pub mod cli;
pub mod desktop;
pub mod drag_drop;
pub mod ipc;
pub mod menu;
pub mod network;
pub mod practice_host;
pub mod quit;
pub mod shortcuts;
pub mod ui_channel;
pub mod updates;
pub mod window;
pub mod window_state;
