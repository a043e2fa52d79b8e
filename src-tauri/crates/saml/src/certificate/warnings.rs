//! Warnings about a parsed certificate.

use jiff::Timestamp;

use super::{Certificate, Key, OtherUse, SelfSignature, SignatureAlgorithm};

/// How many days before the expiry date the user is warned.
pub const SOON_DAYS: i64 = 90;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateWarning {
    /// The issuer is the subject, but the signature isn't valid: the certificate was altered.
    SelfSignature,
    Expired {
        on: Timestamp,
    },
    /// Not yet valid, or the clock is wrong.
    NotYetValid {
        from: Timestamp,
    },
    /// Expires within [`SOON_DAYS`] days.
    ExpiresSoon {
        on: Timestamp,
        /// Whole days from now.
        days: i64,
    },
    /// Not RSA. Identity Center signs with RSA.
    KeyType {
        /// `EC` or the object identifier.
        key: String,
    },
    /// An RSA key under 2048 bits.
    WeakKey {
        bits: u32,
    },
    /// Signed with MD2, MD5 or SHA-1.
    WeakSignature {
        algorithm: String,
    },
    /// The subject and issuer differ. They are the same in Identity Center's certificates.
    IssuedByOther {
        subject: String,
        issuer: String,
    },
    /// The extensions state another purpose. Identity Center's certificates state none.
    OtherUse {
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
