//! Whether AWS said it: the signature against the certificates known here and the one nOps holds.

use super::{
    Expected,
    row::Row,
    shown::{NOT_KNOWN, fingerprint},
};
use crate::{
    saml::response::{Claims, Part, Reason, Signature},
    setup::{Field, Finding, Fix, Severity, Step},
};

pub(super) fn row(signature: &Signature, claims: &Claims, expected: &Expected) -> Row {
    match signature {
        Signature::Good { certificate, on } => good(*certificate, *on, expected),
        Signature::WrongCertificate if names_a_known_one(claims, expected) => {
            received("altered", expected).fails(altered())
        }
        Signature::WrongCertificate => other_certificate(claims, expected),
        Signature::Altered => received("altered", expected).fails(altered()),
        Signature::Reformatted => {
            received("reformatted", expected).unchecked(about("reformatted").fix(again()))
        }
        Signature::NoCertificate => Row::of("signature", NOT_KNOWN, "rehearsal-received-signed")
            .unchecked(about("no_certificate").fix(to(Step::Application))),
        Signature::None => received("unsigned", expected).fails(about("unsigned").fix(again())),
        // The row about the assertion says it.
        Signature::Refused(Reason::NoAssertion | Reason::Encrypted) => {
            received("none", expected).left_open()
        }
        Signature::Refused(reason) => {
            received("refused", expected).fails(refused(reason).fix(again()))
        }
    }
}

fn good(certificate: usize, on: Part, expected: &Expected) -> Row {
    let received = match on {
        Part::Response | Part::Both => "rehearsal-received-signed-response",
        Part::Assertion => "rehearsal-received-signed-assertion",
    };
    let Some(signer) = expected.certificates.get(certificate) else {
        return Row::of("signature", NOT_KNOWN, received)
            .unchecked(about("no_certificate").fix(to(Step::Application)));
    };
    let row = Row::of("signature", fingerprint(&signer.sha256()), received);
    match &expected.nops_certificate {
        Some(held) if held != signer => row.fails(
            Finding::about(
                Field::NopsX509,
                "rehearsal_nops_certificate",
                Severity::Error,
            )
            .expected(signer.sha256())
            .received(held.sha256())
            .fix(to(Step::Details)),
        ),
        _ if on == Part::Assertion => row.notes(about("assertion_only").fix(Fix::Read)),
        _ => row,
    }
}

/// The response names one of the known certificates, and yet its signature was not made with that key.
fn names_a_known_one(claims: &Claims, expected: &Expected) -> bool {
    claims.named_certificate.as_ref().is_some_and(|named| {
        expected
            .certificates
            .iter()
            .any(|known| known.sha256() == *named)
    })
}

fn other_certificate(claims: &Claims, expected: &Expected) -> Row {
    let finding = about("certificate").fix(to(Step::Application));
    let Some(named) = &claims.named_certificate else {
        return received("other-certificate", expected).fails(finding);
    };
    let known = expected.certificates.iter().map(|known| known.sha256());
    Row::of("signature", expected_signer(expected), fingerprint(named)).fails(
        finding
            .expected(known.collect::<Vec<_>>().join(" "))
            .received(named.as_str()),
    )
}

fn altered() -> Finding {
    about("altered").fix(again())
}

fn refused(reason: &Reason) -> Finding {
    let named = match reason {
        Reason::Comment { inside } | Reason::ProcessingInstruction { inside } => inside,
        Reason::Misplaced { element }
        | Reason::UnclearId { element }
        | Reason::Shape { element } => element,
        Reason::DuplicateId { id } => id,
        Reason::WeakAlgorithm { algorithm } | Reason::Algorithm { algorithm } => algorithm,
        Reason::Reference { uri } => uri,
        Reason::Unsigned
        | Reason::NoAssertion
        | Reason::SeveralAssertions
        | Reason::Encrypted
        | Reason::SeveralSignatures => "",
    };
    about("refused")
        .with("reason", reason.code())
        .with("named", named)
}

fn received(what: &str, expected: &Expected) -> Row {
    Row::of(
        "signature",
        expected_signer(expected),
        format!("rehearsal-received-{what}"),
    )
}

fn expected_signer(expected: &Expected) -> String {
    let known: Vec<String> = expected
        .certificates
        .iter()
        .map(|known| fingerprint(&known.sha256()))
        .collect();
    if known.is_empty() {
        "rehearsal-expected-certificate".to_owned()
    } else {
        known.join(", ")
    }
}

fn about(what: &str) -> Finding {
    let code = format!("rehearsal_{what}");
    Finding::about(Field::IdpCertificate, &code, Severity::Error)
}

fn again() -> Fix {
    Fix::Again {
        field: Field::Rehearsal,
    }
}

fn to(step: Step) -> Fix {
    Fix::Go { step }
}
