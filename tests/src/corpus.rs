//! Files and links as people bring them, made while the tests run, each with what has to be said of it.
//!
//! Certificates, keys and bundles come from openssl, and so do the facts that are compared: none of
//! them rests on our own code.

pub mod cert_factory;
pub mod certificates;
pub mod links;
pub mod metadata;
pub mod mutation;
pub mod others;
pub mod secrets;
pub mod tables;

use jiff::Timestamp;
use saml::inspection::{Expect, Kind, Reason};

use crate::Result;
use cert_factory::{Certificate, CertificateFactory};

/// A file, and what has to be said of it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What it is, for whoever reads that a test failed.
    pub what: String,
    /// The name it is brought under.
    pub file: Option<String>,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What the person says that it is.
    pub expect: Expect,
    /// When it is looked at.
    pub at: Timestamp,
    /// What has to be said.
    pub said: Said,
    /// The certificates in it, in order.
    pub holds: Vec<Certificate>,
}

/// What has to be said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is taken without a word.
    Nothing(Kind),
    /// It is taken with a warning.
    Warning(Kind, Reason),
    /// It is refused.
    Refusal(Kind, Reason),
}

impl Sample {
    fn new(what: impl Into<String>, bytes: impl Into<Vec<u8>>, said: Said, at: Timestamp) -> Self {
        Self {
            what: what.into(),
            file: None,
            bytes: bytes.into(),
            expect: Expect::Auto,
            at,
            said,
            holds: Vec::new(),
        }
    }

    fn named(self, file: &str) -> Self {
        Self { file: Some(file.to_owned()), ..self }
    }

    fn holding(self, certificates: &[&Certificate]) -> Self {
        Self { holds: certificates.iter().copied().cloned().collect(), ..self }
    }
}

/// All files of the corpus.
///
/// # Errors
/// Where openssl is missing or does not do as it was told.
pub fn files() -> Result<Vec<Sample>> {
    let workshop = CertificateFactory::open()?;
    let mut all = certificates::samples(&workshop)?;
    all.extend(secrets::samples(&workshop)?);
    all.extend(metadata::samples(&workshop)?);
    all.extend(others::samples(&workshop));
    Ok(all)
}
