//! Persistent data: setup files on disk, and secrets in the operating system's keychain.

pub mod store;
pub mod vault;
