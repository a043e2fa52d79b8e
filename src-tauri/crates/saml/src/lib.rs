//! Bytes in, checked SAML values out: certificates, metadata, requests and responses.
//!
//! Everything here is pure: no files, no network, no clock. All input is hostile. XML is parsed in
//! one place, [`xml`], under one set of limits, and private keys are recognised only to be refused.

pub mod certificate;
pub mod inspection;
pub mod metadata;
pub mod request;
pub mod response;
mod text;
mod xml;
