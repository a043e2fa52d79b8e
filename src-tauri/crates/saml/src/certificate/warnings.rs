//! What is worth saying about a certificate that could be read.

use jiff::Timestamp;

use super::{Certificate, Key, OtherUse, SelfSignature, SignatureAlgorithm};

/// From how many days before its end a certificate's exchange should be planned.
pub const SOON_DAYS: i64 = 90;

/// Something a person should know about a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateWarning {
    /// It claims to be its own issuer and its signature does not hold: it was altered.
    SelfSignature,
    /// It has ended.
    Expired {
        /// When.
        on: Timestamp,
    },
    /// It has not begun, or the clock is wrong.
    NotYetValid {
        /// When it begins.
        from: Timestamp,
    },
    /// It ends within [`SOON_DAYS`] days.
    ExpiresSoon {
        /// When.
        on: Timestamp,
        /// Whole days from now.
        days: i64,
    },
    /// Not RSA, which Identity Center signs with.
    KeyType {
        /// The kind it is.
        key: String,
    },
    /// An RSA key under 2048 bits.
    WeakKey {
        /// Its length.
        bits: u32,
    },
    /// Signed with MD5 or SHA-1.
    WeakSignature {
        /// The algorithm's name.
        algorithm: String,
    },
    /// Issued by somebody else: Identity Center's certificates are their own issuers.
    IssuedByOther {
        /// Whose it is.
        subject: String,
        /// By whom.
        issuer: String,
    },
    /// Made for something else, by its own extensions: Identity Center's have none.
    OtherUse {
        /// For what.
        usage: OtherUse,
    },
}

pub(super) fn remarks(certificate: &Certificate, now: Timestamp) -> Vec<CertificateWarning> {
    let mut remarks = Vec::new();
    if certificate.self_signature == SelfSignature::Broken {
        remarks.push(CertificateWarning::SelfSignature);
    }
    remarks.extend(validity(certificate, now));
    remarks.extend(key(&certificate.key));
    if let SignatureAlgorithm::Weak { name } = certificate.signature_algorithm {
        remarks.push(CertificateWarning::WeakSignature { algorithm: name.to_owned() });
    }
    if certificate.self_signature == SelfSignature::IssuedByOther {
        remarks.push(CertificateWarning::IssuedByOther {
            subject: certificate.subject.clone(),
            issuer: certificate.issuer.clone(),
        });
    }
    if let Some(usage) = certificate.other_use {
        remarks.push(CertificateWarning::OtherUse { usage });
    }
    remarks
}

fn validity(certificate: &Certificate, now: Timestamp) -> Option<CertificateWarning> {
    let on = certificate.not_after;
    if now > on {
        return Some(CertificateWarning::Expired { on });
    }
    if now < certificate.not_before {
        return Some(CertificateWarning::NotYetValid { from: certificate.not_before });
    }
    let days = on.duration_since(now).as_secs() / (24 * 60 * 60);
    (days < SOON_DAYS).then_some(CertificateWarning::ExpiresSoon { on, days })
}

fn key(key: &Key) -> Option<CertificateWarning> {
    match key {
        Key::Rsa { bits, .. } if *bits < 2048 => Some(CertificateWarning::WeakKey { bits: *bits }),
        Key::Rsa { .. } => None,
        Key::Ec { .. } | Key::Other { .. } => {
            Some(CertificateWarning::KeyType { key: key.kind().to_owned() })
        }
    }
}
