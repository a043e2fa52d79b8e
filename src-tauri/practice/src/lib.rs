//! Practice mode: local stand-ins for AWS, its access portal and nOps, complete enough to try the whole
//! setup without an AWS or nOps account.
//!
//! One HTTP server on loopback serves every host. Identifiers and links look like real ones;
//! `https://HOST/PATH?QUERY` is served at `http://127.0.0.1:PORT/at/HOST/PATH?QUERY`. The AWS API is at
//! `/`, all email at `/mailbox`. People, IDs and keys are derived from the seed, so the same seed gives the
//! same data. Signatures use the given clock, by default the system's.

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

pub use aws::Permissions;
pub use server::{Practice, StartError};
pub use settings::{Addresses, RateLimit, Settings, Switches};
pub use state::Clock;
