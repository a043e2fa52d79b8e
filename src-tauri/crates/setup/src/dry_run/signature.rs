//! Verifies the signature with the known certificates and with the certificate in nOps.

use super::{
    ExpectedValues,
    cell_text::{NOT_KNOWN, fingerprint},
    row::ResultRow,
};
use crate::{CopyableValue, Field, Finding, Fix, Step};
use saml::{
    certificate::Certificate,
    response::{CoveredPart, Response, Signature, SignatureError, UnverifiedClaims},
};

/// The contents of *X.509 Certificate* in nOps.
#[derive(Debug, PartialEq)]
pub(super) enum NopsCertificate {
    /// Empty or unknown.
    Nothing,
    Certificate(Box<Certificate>),
    /// The text can't be read as a certificate. It may be truncated.
    Unreadable,
}

/// Returns a row for the signature. If the certificate in nOps is known, also returns a row for
/// that certificate.
pub(super) fn rows(
    response: &Response,
    signature: &Signature,
    expected: &ExpectedValues,
) -> Vec<ResultRow> {
    let claims = response.unverified();
    let by_nops = match &expected.nops_certificate {
        NopsCertificate::Certificate(held) => {
            Some(response.verify(std::slice::from_ref(&**held)).signature)
        }
        NopsCertificate::Nothing | NopsCertificate::Unreadable => None,
    };
    let nops_is_right = matches!(by_nops, Some(Signature::Good { .. }));
    // AWS includes its signing certificate in the response.
    let other_signer = match (&by_nops, &claims.named_certificate) {
        (Some(Signature::WrongCertificate), Some(named)) => Some(named.as_str()),
        _ => None,
    };
    let mut rows = vec![row(signature, claims, expected, nops_is_right)];
    rows.extend(match &expected.nops_certificate {
        NopsCertificate::Nothing => None,
        NopsCertificate::Unreadable => Some(unreadable_in_nops(expected)),
        NopsCertificate::Certificate(held) => {
            let signer = match signature {
                Signature::Good { certificate, .. } => expected.certificates.get(*certificate),
                _ => None,
            };
            // If nOps has this certificate, the response was altered.
            let is_reported =
                |named: &&str| expected.certificates.is_empty() && held.sha256() != *named;
            Some(match (signer, other_signer.filter(is_reported)) {
                (None, Some(named)) => missing_nops_certificate_row(held, named),
                (signer, _) => check_nops_certificate(held, nops_is_right, signer, expected),
            })
        }
    });
    rows
}

fn row(
    signature: &Signature,
    claims: &UnverifiedClaims,
    expected: &ExpectedValues,
    nops_is_right: bool,
) -> ResultRow {
    match signature {
        Signature::Good { certificate, on } => valid_signature_row(*certificate, *on, expected),
        Signature::WrongCertificate if contains_known_certificate(claims, expected) => {
            received_finding("altered", expected).with_failure(altered_response_finding())
        }
        Signature::WrongCertificate => other_certificate(claims, expected, nops_is_right),
        Signature::Altered => {
            received_finding("altered", expected).with_failure(altered_response_finding())
        }
        Signature::Reformatted => received_finding("reformatted", expected)
            .unchecked_with(about("reformatted").with_fix(fix_response_again())),
        Signature::NoCertificate => {
            ResultRow::new("signature", NOT_KNOWN, "dry-run-received-signed")
                .unchecked_with(about("no_certificate").with_fix(fix_in_step(Step::Application)))
        }
        Signature::None => received_finding("unsigned", expected)
            .with_failure(about("unsigned").with_fix(fix_response_again())),
        // The assertion's row reports this.
        Signature::Refused(SignatureError::NoAssertion | SignatureError::Encrypted) => {
            received_finding("none", expected).without_check()
        }
        Signature::Refused(reason) => received_finding("refused", expected)
            .with_failure(refused_signature_finding(reason).with_fix(fix_response_again())),
    }
}

fn valid_signature_row(
    certificate: usize,
    on: CoveredPart,
    expected: &ExpectedValues,
) -> ResultRow {
    let received = match on {
        CoveredPart::Response | CoveredPart::Both => "dry-run-received-signed-response",
        CoveredPart::Assertion => "dry-run-received-signed-assertion",
    };
    let Some(signer) = expected.certificates.get(certificate) else {
        return ResultRow::new("signature", NOT_KNOWN, received)
            .unchecked_with(about("no_certificate").with_fix(fix_in_step(Step::Application)));
    };
    let row = ResultRow::new("signature", fingerprint(&signer.sha256()), received);
    if on == CoveredPart::Assertion {
        row.notes(about("assertion_only").with_fix(Fix::Read))
    } else {
        row
    }
}

/// Checks the certificate in nOps. The check fails only if the right certificate is known.
/// Otherwise, the signature's row explains the problem.
fn check_nops_certificate(
    held: &Certificate,
    is_right: bool,
    signer: Option<&Certificate>,
    expected: &ExpectedValues,
) -> ResultRow {
    let received = fingerprint(&held.sha256());
    if is_right {
        return ResultRow::new(NOPS, &received, &received);
    }
    let Some(signer) = signer else {
        return ResultRow::new(NOPS, expected_signer(expected), received).without_check();
    };
    let listed = expected.certificates.contains(held);
    let problem = if listed {
        "inactive"
    } else if held.not_after() < signer.not_after() {
        "older"
    } else {
        "other"
    };
    ResultRow::new(NOPS, fingerprint(&signer.sha256()), received).with_failure(
        wrong_nops_certificate_finding(problem)
            .with_expected(signer.sha256())
            .with_received(held.sha256()),
    )
}

/// Reports that nOps can't verify the response. AWS's certificate doesn't have to be known for
/// this.
fn missing_nops_certificate_row(held: &Certificate, signer: &str) -> ResultRow {
    let finding =
        wrong_nops_certificate_finding("other").with_expected(signer).with_received(held.sha256());
    ResultRow::new(NOPS, fingerprint(signer), fingerprint(&held.sha256()))
        .with_failure(finding.with_fix(fix_in_step(Step::Application)))
}

fn unreadable_in_nops(expected: &ExpectedValues) -> ResultRow {
    ResultRow::new(NOPS, expected_signer(expected), "dry-run-received-unreadable")
        .with_failure(wrong_nops_certificate_finding("unreadable"))
}

const NOPS: &str = "nops_certificate";

fn wrong_nops_certificate_finding(problem: &str) -> Finding {
    Finding::error(Field::NopsX509, "dry_run_nops_certificate")
        .with("problem", problem)
        .copy(CopyableValue::CertificatePem)
}

/// Returns whether the response contains a known certificate, but a different key created the
/// signature.
fn contains_known_certificate(claims: &UnverifiedClaims, expected: &ExpectedValues) -> bool {
    claims
        .named_certificate
        .as_ref()
        .is_some_and(|named| expected.certificates.iter().any(|known| known.sha256() == *named))
}

fn other_certificate(
    claims: &UnverifiedClaims,
    expected: &ExpectedValues,
    nops_is_right: bool,
) -> ResultRow {
    let problem = if nops_is_right { "nops_is_right" } else { "other" };
    let finding =
        about("certificate").with("problem", problem).with_fix(fix_in_step(Step::Application));
    let Some(named) = &claims.named_certificate else {
        return received_finding("other-certificate", expected).with_failure(finding);
    };
    let known = expected.certificates.iter().map(|known| known.sha256());
    ResultRow::new("signature", expected_signer(expected), fingerprint(named)).with_failure(
        finding.with_expected(known.collect::<Vec<_>>().join(" ")).with_received(named.as_str()),
    )
}

fn altered_response_finding() -> Finding {
    about("altered").with_fix(fix_response_again())
}

fn refused_signature_finding(reason: &SignatureError) -> Finding {
    let named =
        match reason {
            SignatureError::Comment { inside }
            | SignatureError::ProcessingInstruction { inside } => inside,
            SignatureError::Misplaced { element }
            | SignatureError::UnclearId { element }
            | SignatureError::Shape { element } => element,
            SignatureError::DuplicateId { id } => id,
            SignatureError::WeakAlgorithm { algorithm }
            | SignatureError::Algorithm { algorithm } => algorithm,
            SignatureError::Reference { uri } => uri,
            SignatureError::Unsigned
            | SignatureError::NoAssertion
            | SignatureError::SeveralAssertions
            | SignatureError::Encrypted
            | SignatureError::SeveralSignatures => "",
        };
    about("refused").with("reason", reason.code()).with("named", named)
}

fn received_finding(what: &str, expected: &ExpectedValues) -> ResultRow {
    ResultRow::new("signature", expected_signer(expected), format!("dry-run-received-{what}"))
}

fn expected_signer(expected: &ExpectedValues) -> String {
    let known: Vec<String> =
        expected.certificates.iter().map(|known| fingerprint(&known.sha256())).collect();
    if known.is_empty() { "dry-run-expected-certificate".to_owned() } else { known.join(", ") }
}

fn about(what: &str) -> Finding {
    let code = format!("dry_run_{what}");
    Finding::error(Field::IdpCertificate, &code)
}

fn fix_response_again() -> Fix {
    Fix::Again { field: Field::DryRun }
}

fn fix_in_step(step: Step) -> Fix {
    Fix::Go { step }
}
