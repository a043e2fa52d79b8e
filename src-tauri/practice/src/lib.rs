//! Practice mode: a local simulation of AWS, its access portal and nOps. Users can try the whole
//! setup without an AWS or nOps account.
//!
//! One HTTP server on loopback serves every host. Identifiers and links look like real ones.
//! `https://HOST/PATH?QUERY` is served at `http://127.0.0.1:PORT/at/HOST/PATH?QUERY`. The AWS API
//! is at `/`, and all email is at `/mailbox`. People, IDs and keys are derived from the seed, so
//! the same seed gives the same data. Signatures use the given clock, which is the system clock by
//! default.

mod aws;
mod console;
mod made_by_hand;
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
