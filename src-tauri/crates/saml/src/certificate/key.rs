//! Public keys, signature algorithms and signature checks.

use aws_lc_rs::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};
use x509_parser::oid_registry::Oid;
use x509_parser::prelude::X509Certificate;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

/// The hash functions that are accepted in signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HashAlgorithm {
    Sha256,
    Sha384,
    Sha512,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateKey {
    /// RSA, the algorithm that Identity Center signs with.
    Rsa {
        /// The length of the modulus in bits.
        bits: u32,
        /// Big-endian, without leading zeros.
        modulus: Vec<u8>,
        /// Big-endian, without leading zeros.
        exponent: Vec<u8>,
    },
    Ec {
        /// The size of the field in bits.
        bits: u32,
    },
    Other {
        /// The object identifier in dotted notation, such as `1.3.101.112` for Ed25519.
        oid: String,
    },
}

impl CertificateKey {
    pub(super) fn from_spki(info: &SubjectPublicKeyInfo<'_>) -> Option<Self> {
        Some(match info.parsed().ok()? {
            PublicKey::RSA(key) => {
                let modulus = without_leading_zeros(key.modulus);
                let first = modulus.first().copied()?;
                let bits = u32::try_from(modulus.len()).ok()? * 8 - first.leading_zeros();
                let exponent = without_leading_zeros(key.exponent).to_vec();
                Self::Rsa { bits, modulus: modulus.to_vec(), exponent }
            }
            PublicKey::EC(point) => Self::Ec { bits: u32::try_from(point.key_size()).ok()? },
            _ => Self::Other { oid: info.algorithm.algorithm.to_id_string() },
        })
    }

    /// Returns `RSA`, `EC` or the object identifier.
    pub fn kind(&self) -> &str {
        match self {
            Self::Rsa { .. } => "RSA",
            Self::Ec { .. } => "EC",
            Self::Other { oid } => oid,
        }
    }

    /// Returns the key length; `None` for keys that are neither RSA nor EC.
    pub fn bit_length(&self) -> Option<u32> {
        match self {
            Self::Rsa { bits, .. } | Self::Ec { bits } => Some(*bits),
            Self::Other { .. } => None,
        }
    }

    /// Returns whether this key created `signature` over `message`, using RSA (PKCS#1 v1.5) and
    /// `hash`. Always returns false for other key types, and for RSA keys outside 2048 to 8192
    /// bits.
    pub(crate) fn verifies(&self, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let parameters = match hash {
            HashAlgorithm::Sha256 => &signature::RSA_PKCS1_2048_8192_SHA256,
            HashAlgorithm::Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
            HashAlgorithm::Sha512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        };
        self.verifies_signature(parameters, message, signature)
    }

    fn verifies_signature(
        &self,
        parameters: &'static RsaParameters,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        match self {
            Self::Rsa { modulus, exponent, .. } => {
                RsaPublicKeyComponents { n: modulus.as_slice(), e: exponent.as_slice() }
                    .verify(parameters, message, signature)
                    .is_ok()
            }
            Self::Ec { .. } | Self::Other { .. } => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSA, PKCS#1 v1.5.
    Rsa(HashAlgorithm),
    Ecdsa(HashAlgorithm),
    /// A broken hash: MD2, MD5 or SHA-1.
    Weak {
        name: &'static str,
    },
    Other {
        /// The object identifier in dotted notation.
        oid: String,
    },
}

impl SignatureAlgorithm {
    pub(super) fn from_identifier(algorithm: &AlgorithmIdentifier<'_>) -> Self {
        match format_oid(&algorithm.algorithm).as_str() {
            "1.2.840.113549.1.1.11" => Self::Rsa(HashAlgorithm::Sha256),
            "1.2.840.113549.1.1.12" => Self::Rsa(HashAlgorithm::Sha384),
            "1.2.840.113549.1.1.13" => Self::Rsa(HashAlgorithm::Sha512),
            "1.2.840.10045.4.3.2" => Self::Ecdsa(HashAlgorithm::Sha256),
            "1.2.840.10045.4.3.3" => Self::Ecdsa(HashAlgorithm::Sha384),
            "1.2.840.10045.4.3.4" => Self::Ecdsa(HashAlgorithm::Sha512),
            "1.2.840.113549.1.1.2" => Self::Weak { name: "md2WithRSAEncryption" },
            "1.2.840.113549.1.1.4" => Self::Weak { name: "md5WithRSAEncryption" },
            "1.2.840.113549.1.1.5" => Self::Weak { name: "sha1WithRSAEncryption" },
            "1.2.840.10040.4.3" => Self::Weak { name: "dsaWithSHA1" },
            "1.2.840.10045.4.1" => Self::Weak { name: "ecdsa-with-SHA1" },
            oid => Self::Other { oid: oid.to_owned() },
        }
    }

    /// Returns the name as OpenSSL prints it, or the object identifier.
    pub fn name(&self) -> &str {
        match self {
            Self::Rsa(HashAlgorithm::Sha256) => "sha256WithRSAEncryption",
            Self::Rsa(HashAlgorithm::Sha384) => "sha384WithRSAEncryption",
            Self::Rsa(HashAlgorithm::Sha512) => "sha512WithRSAEncryption",
            Self::Ecdsa(HashAlgorithm::Sha256) => "ecdsa-with-SHA256",
            Self::Ecdsa(HashAlgorithm::Sha384) => "ecdsa-with-SHA384",
            Self::Ecdsa(HashAlgorithm::Sha512) => "ecdsa-with-SHA512",
            Self::Weak { name } => name,
            Self::Other { oid } => oid,
        }
    }
}

/// The result of checking a certificate's signature with its own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfSignature {
    /// The certificate was signed with its own key and wasn't altered.
    Holds,
    /// The issuer is the subject, but the certificate's own key didn't create the signature. The
    /// certificate was altered or forged.
    Broken,
    IssuedByOther,
    /// The issuer is the subject, but the algorithm or key size can't be checked here.
    NotChecked,
}

impl SelfSignature {
    pub(super) fn check(certificate: &X509Certificate<'_>) -> Self {
        if certificate.subject().as_raw() != certificate.issuer().as_raw() {
            return Self::IssuedByOther;
        }
        match verify_self_signature(certificate) {
            Some(true) => Self::Holds,
            Some(false) => Self::Broken,
            None => Self::NotChecked,
        }
    }
}

fn verify_self_signature(certificate: &X509Certificate<'_>) -> Option<bool> {
    let message = certificate.tbs_certificate.as_ref();
    let signed = certificate.signature_value.data.as_ref();
    let algorithm = format_oid(&certificate.signature_algorithm.algorithm);
    match certificate.public_key().parsed().ok()? {
        PublicKey::RSA(_) => {
            let key = CertificateKey::from_spki(certificate.public_key())?;
            if !matches!(key.bit_length(), Some(1024..=8192)) {
                return None;
            }
            // Weak keys and hashes have separate warnings. This only checks for changes.
            let parameters = match (algorithm.as_str(), key.bit_length()) {
                ("1.2.840.113549.1.1.5", _) => {
                    &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY
                }
                ("1.2.840.113549.1.1.11", _) => {
                    &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
                }
                ("1.2.840.113549.1.1.12", Some(2048..)) => &signature::RSA_PKCS1_2048_8192_SHA384,
                ("1.2.840.113549.1.1.13", _) => {
                    &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
                }
                _ => return None,
            };
            Some(key.verifies_signature(parameters, message, signed))
        }
        PublicKey::EC(point) => {
            const P256: &str = "1.2.840.10045.3.1.7";
            const P384: &str = "1.3.132.0.34";
            let named = &certificate.public_key().algorithm.parameters;
            let curve = format_oid(&named.as_ref()?.as_oid().ok()?);
            let parameters = match (algorithm.as_str(), curve.as_str()) {
                ("1.2.840.10045.4.3.2", P256) => &signature::ECDSA_P256_SHA256_ASN1,
                ("1.2.840.10045.4.3.3", P256) => &signature::ECDSA_P256_SHA384_ASN1,
                ("1.2.840.10045.4.3.2", P384) => &signature::ECDSA_P384_SHA256_ASN1,
                ("1.2.840.10045.4.3.3", P384) => &signature::ECDSA_P384_SHA384_ASN1,
                ("1.2.840.10045.4.3.4", P384) => &signature::ECDSA_P384_SHA512_ASN1,
                _ => return None,
            };
            let key = UnparsedPublicKey::new(parameters, point.data());
            Some(key.verify(message, signed).is_ok())
        }
        PublicKey::Unknown(bytes) if algorithm == "1.3.101.112" => {
            let key = UnparsedPublicKey::new(&signature::ED25519, bytes);
            Some(key.verify(message, signed).is_ok())
        }
        _ => None,
    }
}

fn format_oid(oid: &Oid<'_>) -> String {
    oid.to_id_string()
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}
