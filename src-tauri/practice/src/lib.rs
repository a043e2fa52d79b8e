//! The practice mode: AWS, its access portal and nOps, complete enough to try the whole setup
//! with no account anywhere.
//!
//! One HTTP server on loopback plays every host. The identifiers and links in it have the shape of
//! real ones; `https://HOST/PATH?QUERY` is served at `http://127.0.0.1:PORT/at/HOST/PATH?QUERY`.
//! The AWS API is at `/`, all mail at `/mailbox`. People, ids and keys follow from the seed, so two
//! worlds with one seed are alike; the time in signatures is that of the given clock, or the real one.

mod aws;
mod console;
mod mailbox;
mod nops;
mod pages;
mod portal;
mod router;
mod saml;
mod server;
mod settings;
mod state;
mod world;

pub use server::{Practice, StartError};
pub use settings::{Addresses, Settings, Switches};
pub use state::Clock;
