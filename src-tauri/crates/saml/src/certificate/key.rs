//! Public keys, signature algorithms, and the arithmetic of checking a signature.

use aws_lc_rs::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};
use x509_parser::oid_registry::Oid;
use x509_parser::prelude::X509Certificate;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

/// A hash function that signatures are made with today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// A public key, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// RSA: what Identity Center signs with.
    Rsa {
        /// The length of the modulus.
        bits: u32,
        /// The modulus, big-endian without leading zeros.
        modulus: Vec<u8>,
        /// The exponent, big-endian without leading zeros.
        exponent: Vec<u8>,
    },
    /// An elliptic curve.
    Ec {
        /// The size of the field.
        bits: u32,
    },
    /// Anything else, by its object identifier.
    Other {
        /// Dotted, such as `1.3.101.112` for Ed25519.
        oid: String,
    },
}

impl Key {
    pub(super) fn of(info: &SubjectPublicKeyInfo<'_>) -> Option<Self> {
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

    /// The kind in the words of the field: `RSA`, `EC` or an object identifier.
    pub fn kind(&self) -> &str {
        match self {
            Self::Rsa { .. } => "RSA",
            Self::Ec { .. } => "EC",
            Self::Other { oid } => oid,
        }
    }

    /// The length in bits, where the kind has one.
    pub fn bits(&self) -> Option<u32> {
        match self {
            Self::Rsa { bits, .. } | Self::Ec { bits } => Some(*bits),
            Self::Other { .. } => None,
        }
    }

    /// Whether `signature` over `message` was made with this key by RSA (PKCS#1 v1.5) and `hash`.
    /// Never for keys under 2048 bits or of another kind.
    pub(crate) fn verifies(&self, hash: Hash, message: &[u8], signature: &[u8]) -> bool {
        let parameters = match hash {
            Hash::Sha256 => &signature::RSA_PKCS1_2048_8192_SHA256,
            Hash::Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
            Hash::Sha512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        };
        self.holds(parameters, message, signature)
    }

    fn holds(&self, parameters: &'static RsaParameters, message: &[u8], signature: &[u8]) -> bool {
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

/// How a certificate was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSA by PKCS#1 v1.5 with a hash of today.
    Rsa(Hash),
    /// ECDSA with a hash of today.
    Ecdsa(Hash),
    /// A hash that forgers can beat: MD5 or SHA-1.
    Weak {
        /// The algorithm's name.
        name: &'static str,
    },
    /// Anything else, by its object identifier.
    Other {
        /// Dotted.
        oid: String,
    },
}

impl SignatureAlgorithm {
    pub(super) fn of(algorithm: &AlgorithmIdentifier<'_>) -> Self {
        match dotted(&algorithm.algorithm).as_str() {
            "1.2.840.113549.1.1.11" => Self::Rsa(Hash::Sha256),
            "1.2.840.113549.1.1.12" => Self::Rsa(Hash::Sha384),
            "1.2.840.113549.1.1.13" => Self::Rsa(Hash::Sha512),
            "1.2.840.10045.4.3.2" => Self::Ecdsa(Hash::Sha256),
            "1.2.840.10045.4.3.3" => Self::Ecdsa(Hash::Sha384),
            "1.2.840.10045.4.3.4" => Self::Ecdsa(Hash::Sha512),
            "1.2.840.113549.1.1.2" => Self::Weak { name: "md2WithRSAEncryption" },
            "1.2.840.113549.1.1.4" => Self::Weak { name: "md5WithRSAEncryption" },
            "1.2.840.113549.1.1.5" => Self::Weak { name: "sha1WithRSAEncryption" },
            "1.2.840.10040.4.3" => Self::Weak { name: "dsaWithSHA1" },
            "1.2.840.10045.4.1" => Self::Weak { name: "ecdsa-with-SHA1" },
            oid => Self::Other { oid: oid.to_owned() },
        }
    }

    /// The name as openssl prints it, or the object identifier.
    pub fn name(&self) -> &str {
        match self {
            Self::Rsa(Hash::Sha256) => "sha256WithRSAEncryption",
            Self::Rsa(Hash::Sha384) => "sha384WithRSAEncryption",
            Self::Rsa(Hash::Sha512) => "sha512WithRSAEncryption",
            Self::Ecdsa(Hash::Sha256) => "ecdsa-with-SHA256",
            Self::Ecdsa(Hash::Sha384) => "ecdsa-with-SHA384",
            Self::Ecdsa(Hash::Sha512) => "ecdsa-with-SHA512",
            Self::Weak { name } => name,
            Self::Other { oid } => oid,
        }
    }
}

/// What checking a certificate's signature with its own key gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfSignature {
    /// Signed by its own key, and not a bit was changed since.
    Holds,
    /// It claims to be its own issuer and is not signed by its own key: altered, or a forgery.
    Broken,
    /// Issued by somebody else.
    IssuedByOther,
    /// Its own issuer, by an algorithm that can't be checked here.
    NotChecked,
}

impl SelfSignature {
    pub(super) fn of(certificate: &X509Certificate<'_>) -> Self {
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
    let algorithm = dotted(&certificate.signature_algorithm.algorithm);
    match certificate.public_key().parsed().ok()? {
        PublicKey::RSA(_) => {
            let key = Key::of(certificate.public_key())?;
            if !matches!(key.bits(), Some(1024..=8192)) {
                return None;
            }
            // Weak keys and hashes are remarks of their own; here only integrity counts.
            let parameters = match (algorithm.as_str(), key.bits()) {
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
            Some(key.holds(parameters, message, signed))
        }
        PublicKey::EC(point) => {
            const P256: &str = "1.2.840.10045.3.1.7";
            const P384: &str = "1.3.132.0.34";
            let named = &certificate.public_key().algorithm.parameters;
            let curve = dotted(&named.as_ref()?.as_oid().ok()?);
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

fn dotted(oid: &Oid<'_>) -> String {
    oid.to_id_string()
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}
