//! Verifies the signature with the known certificates and with the certificate in nOps.

use super::{
    Expected,
    cell_text::{NOT_KNOWN, fingerprint},
    row::Row,
};
use crate::{Copyable, Field, Finding, Fix, Step};
use saml::{
    certificate::Certificate,
    response::{Claims, Part, Response, Signature, SignatureError},
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
pub(super) fn rows(response: &Response, signature: &Signature, expected: &Expected) -> Vec<Row> {
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
                (None, Some(named)) => not_in_nops(held, named),
                (signer, _) => in_nops(held, nops_is_right, signer, expected),
            })
        }
    });
    rows
}

fn row(signature: &Signature, claims: &Claims, expected: &Expected, nops_is_right: bool) -> Row {
    match signature {
        Signature::Good { certificate, on } => good(*certificate, *on, expected),
        Signature::WrongCertificate if names_a_known_one(claims, expected) => {
            received("altered", expected).fails(altered())
        }
        Signature::WrongCertificate => other_certificate(claims, expected, nops_is_right),
        Signature::Altered => received("altered", expected).fails(altered()),
        Signature::Reformatted => {
            received("reformatted", expected).unchecked(about("reformatted").fix(ask_again()))
        }
        Signature::NoCertificate => Row::of("signature", NOT_KNOWN, "dry-run-received-signed")
            .unchecked(about("no_certificate").fix(to(Step::Application))),
        Signature::None => received("unsigned", expected).fails(about("unsigned").fix(ask_again())),
        // The assertion's row reports this.
        Signature::Refused(SignatureError::NoAssertion | SignatureError::Encrypted) => {
            received("none", expected).not_checked()
        }
        Signature::Refused(reason) => {
            received("refused", expected).fails(refused(reason).fix(ask_again()))
        }
    }
}

fn good(certificate: usize, on: Part, expected: &Expected) -> Row {
    let received = match on {
        Part::Response | Part::Both => "dry-run-received-signed-response",
        Part::Assertion => "dry-run-received-signed-assertion",
    };
    let Some(signer) = expected.certificates.get(certificate) else {
        return Row::of("signature", NOT_KNOWN, received)
            .unchecked(about("no_certificate").fix(to(Step::Application)));
    };
    let row = Row::of("signature", fingerprint(&signer.sha256()), received);
    if on == Part::Assertion { row.notes(about("assertion_only").fix(Fix::Read)) } else { row }
}

/// Checks the certificate in nOps. The check fails only if the right certificate is known.
/// Otherwise, the signature's row explains the problem.
fn in_nops(
    held: &Certificate,
    is_right: bool,
    signer: Option<&Certificate>,
    expected: &Expected,
) -> Row {
    let received = fingerprint(&held.sha256());
    if is_right {
        return Row::of(NOPS, &received, &received);
    }
    let Some(signer) = signer else {
        return Row::of(NOPS, expected_signer(expected), received).not_checked();
    };
    let listed = expected.certificates.contains(held);
    let problem = if listed {
        "inactive"
    } else if held.not_after() < signer.not_after() {
        "older"
    } else {
        "other"
    };
    Row::of(NOPS, fingerprint(&signer.sha256()), received)
        .fails(wrong_in_nops(problem).expected(signer.sha256()).received(held.sha256()))
}

/// Reports that nOps can't verify the response. AWS's certificate doesn't have to be known for
/// this.
fn not_in_nops(held: &Certificate, signer: &str) -> Row {
    let finding = wrong_in_nops("other").expected(signer).received(held.sha256());
    Row::of(NOPS, fingerprint(signer), fingerprint(&held.sha256()))
        .fails(finding.fix(to(Step::Application)))
}

fn unreadable_in_nops(expected: &Expected) -> Row {
    Row::of(NOPS, expected_signer(expected), "dry-run-received-unreadable")
        .fails(wrong_in_nops("unreadable"))
}

const NOPS: &str = "nops_certificate";

fn wrong_in_nops(problem: &str) -> Finding {
    Finding::error(Field::NopsX509, "dry_run_nops_certificate")
        .with("problem", problem)
        .copy(Copyable::CertificatePem)
}

/// Returns whether the response contains a known certificate, but a different key created the
/// signature.
fn names_a_known_one(claims: &Claims, expected: &Expected) -> bool {
    claims
        .named_certificate
        .as_ref()
        .is_some_and(|named| expected.certificates.iter().any(|known| known.sha256() == *named))
}

fn other_certificate(claims: &Claims, expected: &Expected, nops_is_right: bool) -> Row {
    let problem = if nops_is_right { "nops_is_right" } else { "other" };
    let finding = about("certificate").with("problem", problem).fix(to(Step::Application));
    let Some(named) = &claims.named_certificate else {
        return received("other-certificate", expected).fails(finding);
    };
    let known = expected.certificates.iter().map(|known| known.sha256());
    Row::of("signature", expected_signer(expected), fingerprint(named))
        .fails(finding.expected(known.collect::<Vec<_>>().join(" ")).received(named.as_str()))
}

fn altered() -> Finding {
    about("altered").fix(ask_again())
}

fn refused(reason: &SignatureError) -> Finding {
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

fn received(what: &str, expected: &Expected) -> Row {
    Row::of("signature", expected_signer(expected), format!("dry-run-received-{what}"))
}

fn expected_signer(expected: &Expected) -> String {
    let known: Vec<String> =
        expected.certificates.iter().map(|known| fingerprint(&known.sha256())).collect();
    if known.is_empty() { "dry-run-expected-certificate".to_owned() } else { known.join(", ") }
}

fn about(what: &str) -> Finding {
    let code = format!("dry_run_{what}");
    Finding::error(Field::IdpCertificate, &code)
}

fn ask_again() -> Fix {
    Fix::Again { field: Field::DryRun }
}

fn to(step: Step) -> Fix {
    Fix::Go { step }
}
