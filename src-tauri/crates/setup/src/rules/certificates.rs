//! Rules about certificates: they must be valid, strong, and the same on both sides.

use jiff::Timestamp;

use saml::certificate::{Certificate, CertificateWarning, ForeignPurpose};

use crate::{
    CopyableValue, Facts, Field,
    Field::*,
    Finding, Fix, Page, RuleBasis, Severity, Step,
    idp::{self, IdentityProvider},
    rotation,
};

pub(super) fn findings(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let mut found = Vec::new();
    let idp = IdentityProvider::from_facts(facts);
    let unlike = check_certificate_names(facts);
    if let Some((field, certificate)) = idp.certificate() {
        found = warning_findings(facts, *field, certificate, now);
        // These warnings don't help if the certificate isn't from AWS.
        found.retain(|one| unlike.is_none() || one.basis != RuleBasis::Seen);
        let earlier = certificate_in_use(facts).filter(|(_, in_use)| in_use != certificate);
        if let Some((field, in_use)) = earlier {
            let expiry = warning_findings(facts, field, &in_use, now).into_iter();
            let is_new = |one: &Finding| found.iter().all(|known| known.code != one.code);
            let expiry: Vec<_> = expiry
                .filter(|one| EXPIRY_CODES.contains(&one.code.as_str()) && is_new(one))
                .collect();
            found.extend(expiry);
        }
    }
    found.extend(unlike);
    if let [(field, _), _, ..] = idp.certificates[..] {
        let fingerprints: Vec<String> = idp
            .certificates
            .iter()
            .map(|(_, certificate)| short_fingerprint(certificate))
            .collect();
        found.push(
            Finding::about(field, "several_certificates", several_certificates_severity(facts))
                .with("count", fingerprints.len())
                .with("fingerprints", fingerprints.join(", "))
                .with_fix(replacement_fix(facts)),
        );
    }
    found.extend(check_same_application(facts));
    found.extend(check_nops_certificate(facts, &idp));
    found.extend(check_saved_certificate(facts));
    found
}

/// The finding codes for certificates that don't stay valid.
const EXPIRY_CODES: [&str; 2] = ["certificate_expired", "certificate_expires_soon"];

/// Returns the certificate that AWS signs with. Until that's known, it's the one that a rotation
/// replaces.
fn certificate_in_use(facts: &Facts) -> Option<(Field, Certificate)> {
    let is_under_way = facts.get(RotationFinished).is_none();
    let old = idp::certificate(facts, OldCertificate).filter(|_| is_under_way);
    let listed = IdentityProvider::from_facts(facts).certificates;
    let mut all = listed.into_iter().chain(old.clone().map(|old| (OldCertificate, old)));
    match idp::signing_certificate(facts) {
        Some(signing) => all.find(|(_, one)| one.sha256() == signing.sha256),
        None => all.find(|(_, one)| old.as_ref() == Some(one)),
    }
}

/// Returns how severe it is that AWS has two certificates. During a rotation, that's expected.
pub(super) fn several_certificates_severity(facts: &Facts) -> Severity {
    match rotation::is_started(facts) && facts.get(RotationFinished).is_none() {
        true => Severity::Info,
        false => Severity::Warning,
    }
}

/// Returns the fix for a certificate that has to be replaced. After nOps has saved a certificate,
/// replacing it needs a plan, because sign-in is interrupted.
pub(super) fn replacement_fix(facts: &Facts) -> Fix {
    match facts.is_true(NopsSaved) {
        true => Fix::Rotate,
        false => Fix::Open { page: Page::AwsApplication },
    }
}

fn warning_findings(
    facts: &Facts,
    field: Field,
    certificate: &Certificate,
    now: Timestamp,
) -> Vec<Finding> {
    use CertificateWarning as Is;
    let finding = |remark: CertificateWarning| {
        let (code, basis) = match &remark {
            Is::Expired { .. } => ("certificate_expired", RuleBasis::Documented),
            Is::NotYetValid { .. } => ("certificate_not_yet_valid", RuleBasis::Documented),
            Is::ExpiresSoon { .. } => ("certificate_expires_soon", RuleBasis::Documented),
            Is::WeakKey { .. } => ("certificate_weak_key", RuleBasis::Documented),
            Is::WeakSignature { .. } => ("certificate_weak_signature", RuleBasis::Documented),
            Is::SelfSignature => ("certificate_self_signature", RuleBasis::Documented),
            Is::KeyType { .. } => ("certificate_key_type", RuleBasis::Seen),
            Is::IssuedByOther { .. } => ("certificate_issued_by_other", RuleBasis::Seen),
            Is::OtherUse { .. } => ("certificate_other_use", RuleBasis::Seen),
        };
        let finding = Finding::warning(field, code)
            .with("until", certificate.not_after().strftime("%F"))
            .with("from", certificate.not_before().strftime("%F"))
            .with("key", idp::key_name(certificate))
            .with("days", days_until_expiry(certificate, now))
            .with_fix(replacement_fix(facts))
            .with_basis(basis);
        match remark {
            Is::SelfSignature => Finding { severity: Severity::Error, ..finding },
            Is::WeakSignature { algorithm } => finding.with("algorithm", algorithm),
            Is::OtherUse { usage } => finding.with("use", usage.name()),
            _ => finding,
        }
    };
    certificate.warnings(now).into_iter().map(finding).collect()
}

/// Returns the number of whole days until the certificate expires. Negative if it has expired.
pub fn days_until_expiry(certificate: &Certificate, now: Timestamp) -> i64 {
    (certificate.not_after().as_second() - now.as_second()).div_euclid(86_400)
}

/// The finding codes for certificates that AWS might not sign with.
pub const WRONG_CERTIFICATE_CODES: [&str; 3] =
    ["certificate_of_other_application", "certificate_not_from_aws", "certificate_unlike_aws"];

/// Checks the names in the certificate. They are the same in all public samples. Without AWS's
/// metadata, only the names show where the certificate comes from.
fn check_certificate_names(facts: &Facts) -> Option<Finding> {
    if !idp::certificates(facts, IdpMetadataFetched).is_empty() {
        return None;
    }
    let (field, given) = [IdpMetadata, IdpCertificate, NopsX509]
        .into_iter()
        .find_map(|field| first_certificate(facts, field))?;
    let named = |name: &str| {
        let mut parts = name.split(", ");
        parts.any(|part| part == "O=Amazon" || part.starts_with("CN=amazonaws."))
    };
    let is_like = given.subject() == given.issuer() && named(given.subject());
    (!is_like).then(|| {
        Finding::warning(field, "certificate_unlike_aws")
            .with_certificate_origin(&given, SUBJECT)
            .with_basis(RuleBasis::Seen)
    })
}

/// The subject and issuer in every public sample.
const SUBJECT: &str = "CN=amazonaws.com, OU=IDAS, O=Amazon, C=US";

impl Finding {
    /// Adds the subject, issuer and probable origin of a certificate that isn't from AWS.
    fn with_certificate_origin(self, given: &Certificate, expected: &str) -> Self {
        let origin = match given.other_use() {
            Some(ForeignPurpose::Authority) => "authority",
            Some(ForeignPurpose::WebServer) => "web_server",
            _ if given.subject() == given.issuer() => "own",
            _ => "issued",
        };
        self.with_expected(expected)
            .with_received(given.subject())
            .with("subject", given.subject())
            .with("issuer", given.issuer())
            .with("kind", origin)
            .with_reentry_fix()
    }
}

/// Checks that a certificate or metadata file belongs to the same application as AWS's metadata. If
/// the names are the same, only the fingerprint differs. A different name means that the
/// certificate has a different issuer.
fn check_same_application(facts: &Facts) -> Vec<Finding> {
    let reference = [IdpMetadataFetched, IdpMetadata]
        .map(|field| idp::certificates(facts, field))
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    [IdpMetadata, IdpCertificate]
        .into_iter()
        .filter_map(|field| {
            let (_, given) = first_certificate(facts, field)?;
            let (_, expected) = reference.first()?;
            if reference.iter().any(|(_, known)| *known == given) {
                return None;
            }
            let alike =
                given.subject() == expected.subject() && given.issuer() == expected.issuer();
            Some(if alike {
                Finding::error(field, "certificate_of_other_application")
                    .with_expected(expected.sha256())
                    .with_received(given.sha256())
                    .with_reentry_fix()
            } else {
                Finding::error(field, "certificate_not_from_aws")
                    .with_certificate_origin(&given, expected.subject())
            })
        })
        .collect()
}

/// Checks that nOps has the certificate that AWS signs with.
fn check_nops_certificate(facts: &Facts, idp: &IdentityProvider) -> Option<Finding> {
    let text = facts.text(NopsX509)?;
    let (_, expected) = idp.certificate()?;
    let (code, received) = match idp::certificate(facts, NopsX509) {
        _ if text.is_empty() => ("nops_certificate_missing", String::new()),
        None => ("nops_certificate_unreadable", text.chars().take(64).collect()),
        Some(given) if idp.certificates.iter().any(|(_, known)| *known == given) => return None,
        Some(given) => ("nops_certificate_differs", given.sha256()),
    };
    Some(
        Finding::error(NopsX509, code)
            .with_expected(expected.sha256())
            .with_received(received)
            .copy(CopyableValue::CertificatePem),
    )
}

/// Checks that AWS still has the certificate that the user saved in nOps. If AWS deleted it, nOps
/// rejects every sign-in.
fn check_saved_certificate(facts: &Facts) -> Option<Finding> {
    let saved = idp::certificate(facts, NopsCertificate)?;
    let listed = idp::certificates(facts, IdpMetadataFetched);
    let (_, newest) = listed.iter().max_by_key(|(_, listed)| listed.not_before())?;
    let is_listed = listed.iter().any(|(_, listed)| *listed == saved);
    (!is_listed && !is_downloaded(facts, &saved)).then(|| {
        Finding::error(NopsCertificate, "nops_certificate_replaced")
            .with_expected(newest.sha256())
            .with_received(saved.sha256())
            .with_fix(replacement_fix(facts))
            .with_step(Step::Details)
    })
}

/// Returns whether the user downloaded this certificate from *Manage certificate*. AWS's metadata
/// might not list it before it's active.
fn is_downloaded(facts: &Facts, certificate: &Certificate) -> bool {
    idp::certificate(facts, NewCertificate).as_ref() == Some(certificate)
}

fn first_certificate(facts: &Facts, field: Field) -> Option<(Field, Certificate)> {
    idp::certificates(facts, field).into_iter().next()
}

/// Returns the last characters of the fingerprint, for display.
fn short_fingerprint(certificate: &Certificate) -> String {
    let sha256 = certificate.sha256();
    format!("…{}", &sha256[sha256.len() - 8..])
}
