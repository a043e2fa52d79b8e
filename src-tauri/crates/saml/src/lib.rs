//! Parses and checks SAML input: certificates, metadata, requests and responses.
//!
//! The crate is pure: it uses no files, no network and no clock. It treats all input as hostile.
//! Only [`xml`] parses XML, with one set of limits. Private keys are recognized only so that they
//! can be rejected.

pub mod certificate;
pub mod inspection;
pub mod metadata;
pub mod recording;
pub mod request;
pub mod response;
pub mod service_provider;
mod text;
mod xml;
