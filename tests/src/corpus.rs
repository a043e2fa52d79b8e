//! Sample files and links like those that users provide. They're generated at test time, each with
//! its expected result.
//!
//! openssl makes the certificates, keys and bundles, and its reports provide the expected values.
//! So our own code doesn't determine any expected value.

pub mod cert_factory;
pub mod certificates;
pub mod configurations;
pub mod links;
pub mod metadata;
pub mod mutation;
pub mod others;
pub mod secrets;
pub mod tables;

use jiff::Timestamp;
use saml::inspection::{ExpectedKind, InputKind, InspectionReason};

use crate::Result;
use cert_factory::{Certificate, CertificateFactory};

/// A sample file and its expected result.
#[derive(Debug, Clone)]
pub struct Sample {
    /// A description that is used in failure messages.
    pub what: String,
    /// The file name, if the file has one.
    pub file: Option<String>,
    pub bytes: Vec<u8>,
    /// The type of file that the user expects.
    pub expect: ExpectedKind,
    pub at: Timestamp,
    pub said: ExpectedResult,
    /// The certificates that the file contains, in order.
    pub holds: Vec<Certificate>,
}

/// The expected result of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedResult {
    /// The file is accepted without a finding.
    Nothing(InputKind),
    /// The file is accepted with a warning.
    Warning(InputKind, InspectionReason),
    Refusal(InputKind, InspectionReason),
}

impl Sample {
    fn new(
        what: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
        said: ExpectedResult,
        at: Timestamp,
    ) -> Self {
        Self {
            what: what.into(),
            file: None,
            bytes: bytes.into(),
            expect: ExpectedKind::Auto,
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

/// Returns all files of the corpus.
///
/// # Errors
/// Returns an error if openssl is missing or fails.
pub fn files() -> Result<Vec<Sample>> {
    let workshop = CertificateFactory::open()?;
    let mut all = certificates::samples(&workshop)?;
    all.extend(secrets::samples(&workshop)?);
    all.extend(metadata::samples(&workshop)?);
    all.extend(others::samples(&workshop));
    Ok(all)
}
