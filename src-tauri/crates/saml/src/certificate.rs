//! X.509 certificates: what Identity Center signs responses with and nOps checks them by.
//!
//! Every Identity Center application's certificate carries the same subject and issuer, so two of
//! them can only be told apart by their SHA-256 fingerprint.

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

pub use key::{Hash, Key, SelfSignature, SignatureAlgorithm};
pub use read::{
    CertificateError, DecodeError, MAX_BYTES, Normalization, OtherFile, ParsedCertificate,
};
pub use usage::OtherUse;
pub use warnings::{CertificateWarning, SOON_DAYS};

/// A certificate that could be read completely. Equal to another exactly where every byte is.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    serial: String,
    subject: String,
    issuer: String,
    not_before: Timestamp,
    not_after: Timestamp,
    key: Key,
    signature_algorithm: SignatureAlgorithm,
    self_signature: SelfSignature,
    other_use: Option<OtherUse>,
}

impl Certificate {
    /// Reads a file or pasted text that should hold one certificate: PEM however it was dressed,
    /// bare base64, DER, or a PKCS#7 bundle. Tells apart what else people bring.
    ///
    /// # Errors
    /// A [`CertificateError`] that says what the bytes are instead, or where they are damaged.
    pub fn read(bytes: &[u8]) -> Result<ParsedCertificate, CertificateError> {
        read::read(bytes)
    }

    /// Reads exactly one certificate in DER, with nothing after it.
    ///
    /// # Errors
    /// [`DecodeError::Der`] where the bytes are none.
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
            key: Key::of(parsed.public_key()).ok_or_else(damage)?,
            signature_algorithm: SignatureAlgorithm::of(&parsed.signature_algorithm),
            self_signature: SelfSignature::of(&parsed),
            other_use: OtherUse::of(&parsed),
            der: der.to_vec(),
        })
    }

    /// The certificate's bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// PEM with lines of 64 characters, `\n`, and a final line break.
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
        pem.push_str("-----END CERTIFICATE-----\n");
        pem
    }

    /// The base64 of the certificate in one line, without the lines around it, as metadata has it.
    pub fn one_line(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// The SHA-256 fingerprint in upper-case hexadecimal digits, without separators.
    pub fn sha256(&self) -> String {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &self.der);
        hex::encode_upper(digest.as_ref())
    }

    /// The serial number in upper-case hexadecimal digits, as openssl prints it.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The subject, in the order of the certificate.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The issuer, in the order of the certificate.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The first second in which it is valid.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last second in which it is valid.
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Its public key.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// How it was signed.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.signature_algorithm
    }

    /// What checking its signature with its own key gave.
    pub fn self_signature(&self) -> SelfSignature {
        self.self_signature
    }

    /// Whether it is signed by its own key and unaltered.
    pub fn self_signature_holds(&self) -> bool {
        self.self_signature == SelfSignature::Holds
    }

    /// What it is for, where that is certainly not signing for an application.
    pub fn other_use(&self) -> Option<OtherUse> {
        self.other_use
    }

    /// What a person should know about it at the instant `now`, worst first. Nothing for a sound
    /// certificate, and a day-old one is sound.
    pub fn remarks(&self, now: Timestamp) -> Vec<CertificateWarning> {
        warnings::remarks(self, now)
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
