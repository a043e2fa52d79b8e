//! The key and certificate that sign an application's responses.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use rsa::{
    PrivateKey,
    pkcs1v15::{Signature, SigningKey},
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding},
    sha2::Sha256,
    signature::{SignatureEncoding as _, Signer as _},
};
use x509_cert::{
    TbsCertificate,
    builder::{self, Builder as _, CertificateBuilder, profile::BuilderProfile},
    der::{
        Decode as _, Encode as _, Tag,
        asn1::{Any, AnyRef, BitString, UtcTime},
    },
    ext::Extension,
    name::Name,
    serial_number::SerialNumber,
    spki::{DynSignatureAlgorithmIdentifier as _, SubjectPublicKeyInfo, SubjectPublicKeyInfoRef},
    time::{Time, Validity},
};

use super::SigningError;
use crate::world::Identity;

const KEY_BITS: usize = 2048;
/// The properties of AWS's certificates, whose subject is the same for every application.
pub const AWS: CertificateShape =
    CertificateShape { name: "C=US,O=Amazon,OU=IDAS,CN=amazonaws.com", months: 60 };
/// Valid certificate properties that differ from AWS's.
pub const OTHER: CertificateShape =
    CertificateShape { name: "C=IE,O=Example Web Services,CN=Workforce Sign-in", months: 108 };

/// The certificate properties that differ between issuers.
#[derive(Clone, Copy)]
pub struct CertificateShape {
    pub name: &'static str,
    /// The validity period.
    pub months: i64,
}

impl Identity {
    /// Returns the certificate as PEM, in the format of the file that users download from the
    /// console.
    pub fn certificate_pem(&self) -> String {
        let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
        for line in self.certificate_base64.as_bytes().chunks(64) {
            pem.extend(line.iter().copied().map(char::from).chain(['\n']));
        }
        pem + "-----END CERTIFICATE-----\n"
    }

    pub fn signing_key(&self) -> Result<SigningKey<Sha256>, rsa::pkcs8::Error> {
        PrivateKey::from_pkcs8_pem(&self.private_key_pem).map(SigningKey::new)
    }
}

/// Creates the identity for `seed`. The same seed always gives the same key.
///
/// The certificate is version 3 with RSA 2048 and SHA-256, is valid from `now`, and has no
/// extensions. Its subject and issuer are the same for every application. The key needs no
/// protection, because it signs only practice responses on loopback.
pub fn new_identity(
    seed: u64,
    now: Timestamp,
    shape: &CertificateShape,
) -> Result<Identity, SigningError> {
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let key = PrivateKey::new(&mut random, KEY_BITS)?;
    let private_key_pem = key.to_pkcs8_pem(LineEnding::LF)?.to_string();
    let ends = now.to_zoned_datetime(TimeZone::UTC).checked_add(shape.months.months())?.timestamp();
    let [begins, ends] = [now.as_second().try_into()?, ends.as_second().try_into()?];
    let certificate = certificate(key, random.next_u32(), shape.name, begins, ends)?;
    Ok(Identity { private_key_pem, certificate_base64: STANDARD.encode(certificate) })
}

/// Returns the certificate as DER. Times are in seconds since 1970.
fn certificate(
    key: PrivateKey,
    serial: u32,
    name: &str,
    begins: u64,
    ends: u64,
) -> builder::Result<Vec<u8>> {
    let time =
        |seconds| UtcTime::from_unix_duration(Duration::from_secs(seconds)).map(Time::UtcTime);
    let validity = Validity::new(time(begins)?, time(ends)?);
    let serial = SerialNumber::new(&(serial | 0x8000_0000).to_be_bytes())?;
    let public = SubjectPublicKeyInfo::from_key(&key.to_public_key())?;
    let signer = SigningKey::<Sha256>::new(key);
    let profile = PlainProfile(name.parse()?);
    let mut builder = CertificateBuilder::new(profile, serial, validity, public)?;
    version_3(&builder.finalize(&signer)?, &signer)
}

/// Signs the built certificate again as version 3, the version that AWS uses. The builder writes
/// version 1 if there are no extensions.
fn version_3(version_1: &[u8], signer: &SigningKey<Sha256>) -> builder::Result<Vec<u8>> {
    const VERSION_3: &[u8] = &[0xa0, 3, 2, 1, 2];
    let sequence = |content: Vec<u8>| Any::new(Tag::Sequence, content)?.to_der();
    let fields = AnyRef::from_der(version_1)?;
    let signed_part = sequence([VERSION_3, fields.value()].concat())?;
    let signature: Signature = signer.try_sign(&signed_part)?;
    let algorithm = signer.signature_algorithm_identifier()?.to_der()?;
    let signature = BitString::from_bytes(&signature.to_bytes())?.to_der()?;
    Ok(sequence([signed_part, algorithm, signature].concat())?)
}

/// The builder's profile for a self-signed certificate without extensions.
struct PlainProfile(Name);

impl BuilderProfile for PlainProfile {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        _: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use x509_cert::{Certificate, certificate::Version};

    use super::*;

    fn now() -> Timestamp {
        "2026-11-24T09:30:15.25Z".parse().expect("a timestamp")
    }

    #[test]
    fn identity_depends_only_on_seed() {
        let one = new_identity(7, now(), &AWS).expect("an identity");
        assert_eq!(one, new_identity(7, now(), &AWS).expect("an identity"));
        let other = new_identity(8, now(), &AWS).expect("an identity");
        assert_ne!(one.certificate_base64, other.certificate_base64);
        assert_ne!(one.private_key_pem, other.private_key_pem);
    }

    #[test]
    fn certificate_looks_like_an_aws_certificate() {
        let identity = new_identity(7, now(), &AWS).expect("an identity");
        let der = STANDARD.decode(&identity.certificate_base64).expect("base64");
        let certificate = Certificate::from_der(&der).expect("a certificate");
        let tbs = certificate.tbs_certificate();
        assert_eq!(tbs.version(), Version::V3);
        assert_eq!(tbs.subject().to_string(), AWS.name);
        assert_eq!(tbs.subject(), tbs.issuer());
        assert!(tbs.extensions().is_none());
        assert_eq!(tbs.validity().not_before.to_string(), "2026-11-24T09:30:15Z");
        assert_eq!(tbs.validity().not_after.to_string(), "2031-11-24T09:30:15Z");
        let pem = identity.certificate_pem();
        assert!((1_000..1_300).contains(&pem.len()), "about 1.1 kB, was {}", pem.len());
    }
}
