//! X.509 certificates. Identity Center signs responses with a certificate, and nOps uses it to
//! verify them.
//!
//! All of Identity Center's application certificates have the same subject and issuer, so only the
//! SHA-256 fingerprint tells them apart.

mod der;
mod file_type;
mod key;
mod markup;
mod pem;
mod private_key;
mod read;
mod usage;
mod warnings;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use x509_parser::prelude::{FromDer as _, X509Certificate};

pub use key::{CertificateKey, HashAlgorithm, SelfSignature, SignatureAlgorithm};
pub use read::{
    CertificateError, DecodeError, MAX_BYTES, Normalization, OtherFile, ParsedCertificate,
};
pub use usage::ForeignPurpose;
pub use warnings::{CertificateWarning, SOON_DAYS};

/// A completely parsed certificate. Two certificates are equal if all their bytes are equal.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    serial: String,
    subject: String,
    issuer: String,
    not_before: Timestamp,
    not_after: Timestamp,
    key: CertificateKey,
    signature_algorithm: SignatureAlgorithm,
    self_signature: SelfSignature,
    other_use: Option<ForeignPurpose>,
}

impl Certificate {
    /// Parses a file or pasted text that should contain one certificate.
    ///
    /// Accepts PEM in many variants, bare base64, DER and PKCS#7 bundles. Identifies other file
    /// types.
    ///
    /// # Errors
    /// Returns a [`CertificateError`] that says what the bytes are, or where they are damaged.
    pub fn read(bytes: &[u8]) -> Result<ParsedCertificate, CertificateError> {
        read::read(bytes)
    }

    /// Parses exactly one certificate in DER, with nothing after it.
    ///
    /// # Errors
    /// Returns [`DecodeError::Der`] if the bytes aren't a certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, DecodeError> {
        let damage = || DecodeError::Der { at: der::first_invalid_offset(der) };
        let (rest, parsed) = X509Certificate::from_der(der).map_err(|_| damage())?;
        if !rest.is_empty() || !der::is_regular_certificate(der) {
            return Err(damage());
        }
        let instant = |time: x509_parser::time::ASN1Time| {
            Timestamp::from_second(time.timestamp()).map_err(|_| damage())
        };
        Ok(Self {
            serial: serial(parsed.raw_serial()),
            subject: parsed.subject().to_string(),
            issuer: parsed.issuer().to_string(),
            not_before: instant(parsed.validity().not_before)?,
            not_after: instant(parsed.validity().not_after)?,
            key: CertificateKey::from_spki(parsed.public_key()).ok_or_else(damage)?,
            signature_algorithm: SignatureAlgorithm::from_identifier(&parsed.signature_algorithm),
            self_signature: SelfSignature::check(&parsed),
            other_use: ForeignPurpose::from_certificate(&parsed),
            der: der.to_vec(),
        })
    }

    /// Returns PEM with lines of 64 characters, `\n` line endings and a final line break.
    pub fn pem(&self) -> String {
        let base64 = self.one_line();
        let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
        let mut rest = base64.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.len().min(64));
            pem.push_str(line);
            pem.push('\n');
            rest = after;
        }
        pem + "-----END CERTIFICATE-----\n"
    }

    /// Returns the base64 on one line, without `BEGIN` and `END` lines, as in metadata.
    pub fn one_line(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// Returns the SHA-256 fingerprint in uppercase hexadecimal, without separators.
    pub fn sha256(&self) -> String {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &self.der);
        hex::encode_upper(digest.as_ref())
    }

    /// Returns the serial number in uppercase hexadecimal, as OpenSSL prints it.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// Returns the subject's attributes in the order of the certificate, such as `CN=amazonaws.com,
    /// OU=IDAS`.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Returns the first second of the validity period.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// Returns the last second of the validity period.
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    pub fn key(&self) -> &CertificateKey {
        &self.key
    }

    pub fn self_signature(&self) -> SelfSignature {
        self.self_signature
    }

    /// Returns the purpose stated in the extensions, if it rules out signing for an application.
    pub fn other_use(&self) -> Option<ForeignPurpose> {
        self.other_use
    }

    /// Returns the warnings that apply at `now`, most severe first.
    pub fn warnings(&self, now: Timestamp) -> Vec<CertificateWarning> {
        warnings::find_warnings(self, now)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.sha256())
    }
}

fn serial(raw: &[u8]) -> String {
    let digits = match raw {
        [0, rest @ ..] if !rest.is_empty() => rest,
        raw => raw,
    };
    hex::encode_upper(digits)
}
