//! Warnings about a certificate that could be parsed.

use jiff::Timestamp;

use super::{Certificate, CertificateKey, ForeignPurpose, SelfSignature, SignatureAlgorithm};

/// The number of days before the expiry date when the warnings start.
pub const SOON_DAYS: i64 = 90;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateWarning {
    /// The issuer is the subject, but the signature isn't valid, so the certificate was altered.
    SelfSignature,
    Expired {
        on: Timestamp,
    },
    /// The certificate isn't valid yet, or the clock is wrong.
    NotYetValid {
        from: Timestamp,
    },
    /// Expires within [`SOON_DAYS`] days.
    ExpiresSoon {
        on: Timestamp,
        /// The number of whole days until the expiry date.
        days: i64,
    },
    /// The key isn't RSA, but Identity Center signs with RSA.
    KeyType {
        /// `EC` or the object identifier.
        key: String,
    },
    /// The RSA key has fewer than 2048 bits.
    WeakKey {
        bits: u32,
    },
    /// The certificate was signed with MD2, MD5 or SHA-1.
    WeakSignature {
        algorithm: String,
    },
    /// The subject and issuer differ. In Identity Center's certificates, they are the same.
    IssuedByOther {
        subject: String,
        issuer: String,
    },
    /// The extensions state a different purpose. Identity Center's certificates don't state a
    /// purpose.
    OtherUse {
        usage: ForeignPurpose,
    },
}

pub(super) fn find_warnings(certificate: &Certificate, now: Timestamp) -> Vec<CertificateWarning> {
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

fn key(key: &CertificateKey) -> Option<CertificateWarning> {
    match key {
        CertificateKey::Rsa { bits, .. } if *bits < 2048 => {
            Some(CertificateWarning::WeakKey { bits: *bits })
        }
        CertificateKey::Rsa { .. } => None,
        CertificateKey::Ec { .. } | CertificateKey::Other { .. } => {
            Some(CertificateWarning::KeyType { key: key.kind().to_owned() })
        }
    }
}
