//! Reads and replaces files on this computer.
//!
//! A path that a user, a configuration or a folder names can also be a folder, a pipe, a device or
//! an endless file. These functions never wait for one and never fill the memory.

mod read;
mod replace;

pub use read::{ReadError, open_or_create, read, read_stream};
pub use replace::{remove_all_leftovers, replace};
