//! What outlives the window: setup files on disk, secrets in the OS keychain.

pub mod store;
pub mod vault;
