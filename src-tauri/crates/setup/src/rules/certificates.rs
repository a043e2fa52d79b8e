//! Rules about certificates: valid, strong, and the same on both sides.

use jiff::Timestamp;

use saml::certificate::{Certificate, CertificateWarning, OtherUse};

use super::super::{
    Basis, Copyable, Facts, Field, Finding, Fix, Page, Severity,
    idp::{self, Idp},
};

pub(super) fn findings(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let mut found = Vec::new();
    let idp = Idp::of(facts);
    let unlike = unlike_aws(facts);
    if let Some((field, certificate)) = idp.certificate() {
        let said = unlike.is_some();
        found.extend(remarks(*field, certificate, now).into_iter().filter(|one| {
            // A certificate from another origin explains these warnings.
            !(said && one.basis == Basis::Seen)
        }));
    }
    found.extend(unlike);
    if idp.certificates.len() > 1 {
        let fingerprints: Vec<String> =
            idp.certificates.iter().map(|(_, certificate)| short(certificate)).collect();
        found.push(
            Finding::about(idp.certificates[0].0, "several_certificates", Severity::Warning)
                .with("count", idp.certificates.len().to_string())
                .with("fingerprints", fingerprints.join(", "))
                .fix(Fix::Open { page: Page::AwsApplication }),
        );
    }
    found.extend(of_other_application(facts));
    found.extend(in_nops(facts, &idp));
    found
}

fn remarks(field: Field, certificate: &Certificate, now: Timestamp) -> Vec<Finding> {
    let about = |code: &str, severity| {
        Finding::about(field, code, severity)
            .with("until", certificate.not_after().strftime("%-d %B %Y").to_string())
            .with("from", certificate.not_before().strftime("%-d %B %Y").to_string())
            .with("key", idp::key_name(certificate))
            .with("days", days(certificate, now).to_string())
            .fix(Fix::Open { page: Page::AwsApplication })
    };
    certificate
        .remarks(now)
        .into_iter()
        .map(|remark| match remark {
            CertificateWarning::Expired { .. } => about("certificate_expired", Severity::Warning),
            CertificateWarning::NotYetValid { .. } => {
                about("certificate_not_yet_valid", Severity::Warning)
            }
            CertificateWarning::ExpiresSoon { .. } => {
                about("certificate_expires_soon", Severity::Warning)
            }
            CertificateWarning::WeakKey { .. } => about("certificate_weak_key", Severity::Warning),
            CertificateWarning::WeakSignature { algorithm } => {
                about("certificate_weak_signature", Severity::Warning).with("algorithm", algorithm)
            }
            CertificateWarning::KeyType { .. } => {
                about("certificate_key_type", Severity::Warning).basis(Basis::Seen)
            }
            CertificateWarning::SelfSignature => {
                about("certificate_self_signature", Severity::Error)
            }
            CertificateWarning::IssuedByOther { .. } => {
                about("certificate_issued_by_other", Severity::Warning).basis(Basis::Seen)
            }
            CertificateWarning::OtherUse { usage } => {
                about("certificate_other_use", Severity::Warning)
                    .with("use", usage.name())
                    .basis(Basis::Seen)
            }
        })
        .collect()
}

/// Returns the whole days until the certificate expires. Negative after that.
pub fn days(certificate: &Certificate, now: Timestamp) -> i64 {
    (certificate.not_after().as_second() - now.as_second()).div_euclid(86_400)
}

/// Codes of findings that a certificate isn't the one AWS signs with.
pub const DOUBTFUL: [&str; 3] =
    ["certificate_of_other_application", "certificate_not_from_aws", "certificate_unlike_aws"];

/// Checks the names in the certificate. Without AWS's metadata, only these names indicate its
/// origin. All public samples have the same names.
fn unlike_aws(facts: &Facts) -> Option<Finding> {
    if !idp::certificates(facts, Field::IdpMetadataFetched).is_empty() {
        return None;
    }
    let (field, given) = [Field::IdpMetadata, Field::IdpCertificate, Field::NopsX509]
        .into_iter()
        .find_map(|field| idp::certificates(facts, field).into_iter().next())?;
    let named = |name: &str| {
        let mut parts = name.split(", ");
        parts.any(|part| part == "O=Amazon" || part.starts_with("CN=amazonaws."))
    };
    let is_like = given.subject() == given.issuer() && named(given.subject());
    (!is_like).then(|| {
        Finding::about(field, "certificate_unlike_aws", Severity::Warning)
            .expected(SUBJECT)
            .received(given.subject())
            .with("subject", given.subject())
            .with("issuer", given.issuer())
            .with("kind", origin(&given))
            .fix(Fix::Again { field })
            .basis(Basis::Seen)
    })
}

/// Subject and issuer of every public sample.
const SUBJECT: &str = "CN=amazonaws.com, OU=IDAS, O=Amazon, C=US";

/// Returns the probable origin of a certificate that isn't from AWS. The result selects a message
/// variant.
fn origin(certificate: &Certificate) -> &'static str {
    match certificate.other_use() {
        Some(OtherUse::Authority) => "authority",
        Some(OtherUse::WebServer) => "web_server",
        _ if certificate.subject() == certificate.issuer() => "own",
        _ => "issued",
    }
}

/// Checks that a certificate or metadata file belongs to the same application as AWS's metadata. If
/// the names match, only the fingerprint differs. Another name means another issuer.
fn of_other_application(facts: &Facts) -> Vec<Finding> {
    let reference = [Field::IdpMetadataFetched, Field::IdpMetadata]
        .into_iter()
        .map(|field| idp::certificates(facts, field))
        .find(|found| !found.is_empty());
    let Some(reference) = reference else {
        return Vec::new();
    };
    [Field::IdpMetadata, Field::IdpCertificate]
        .into_iter()
        .filter_map(|field| {
            let (_, given) = idp::certificates(facts, field).into_iter().next()?;
            let known = reference.iter().any(|(_, other)| other.sha256() == given.sha256());
            let (_, expected) = reference.first()?;
            if known {
                return None;
            }
            let alike =
                given.subject() == expected.subject() && given.issuer() == expected.issuer();
            Some(if alike {
                Finding::about(field, "certificate_of_other_application", Severity::Error)
                    .expected(expected.sha256())
                    .received(given.sha256())
                    .fix(Fix::Again { field })
            } else {
                Finding::about(field, "certificate_not_from_aws", Severity::Error)
                    .expected(expected.subject())
                    .received(given.subject())
                    .with("subject", given.subject())
                    .with("issuer", given.issuer())
                    .with("kind", origin(&given))
                    .fix(Fix::Again { field })
            })
        })
        .collect()
}

/// Checks that nOps holds the certificate that AWS signs with.
fn in_nops(facts: &Facts, idp: &Idp) -> Option<Finding> {
    let text = facts.text(Field::NopsX509)?;
    let (_, expected) = idp.certificate()?;
    let field = Field::NopsX509;
    if text.is_empty() {
        return Some(
            Finding::about(field, "nops_certificate_missing", Severity::Error)
                .expected(expected.sha256())
                .received("")
                .fix(Fix::Copy { what: Copyable::CertificatePem }),
        );
    }
    let Some(given) = idp::certificate(facts, field) else {
        return Some(
            Finding::about(field, "nops_certificate_unreadable", Severity::Error)
                .expected(expected.sha256())
                .received(text.chars().take(64).collect::<String>())
                .fix(Fix::Copy { what: Copyable::CertificatePem }),
        );
    };
    let one_of = idp.certificates.iter().any(|(_, other)| other.sha256() == given.sha256());
    (!one_of).then(|| {
        Finding::about(field, "nops_certificate_differs", Severity::Error)
            .expected(expected.sha256())
            .received(given.sha256())
            .fix(Fix::Copy { what: Copyable::CertificatePem })
    })
}

fn short(certificate: &Certificate) -> String {
    certificate.sha256().chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect()
}
