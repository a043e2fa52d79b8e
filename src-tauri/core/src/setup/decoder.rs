//! The error decoder: what AWS or nOps showed, told as cause and fix.
//!
//! Signs and causes: AWS's troubleshooting pages, and the error texts of python3-saml, which nOps
//! very likely uses (inferred).

use super::{Basis, Copyable, Facts, Field, Finding, Fix, Page, Severity, Step, proof};

/// One sign: texts that show it, the finding that names the cause, and the field to mend.
struct Sign {
    texts: &'static [&'static str],
    code: &'static str,
    field: Field,
    basis: Basis,
}

/// In the order in which they are looked for: the more particular first.
const SIGNS: [Sign; 17] = [
    sign(
        &[
            "nameid format does not match",
            "nameid-format does not match",
        ],
        "shown_name_id_format",
        Field::AttributeMappings,
        Basis::Seen,
    ),
    sign(
        &["signature validation failed"],
        "shown_signature",
        Field::NopsX509,
        Basis::Inferred,
    ),
    sign(
        &["invalid issuer in the"],
        "shown_issuer",
        Field::NopsIssuerUrl,
        Basis::Inferred,
    ),
    sign(
        &["is not a valid audience"],
        "shown_audience",
        Field::AwsAudience,
        Basis::Inferred,
    ),
    sign(
        &[
            "the response was received at",
            "a valid subjectconfirmation was not found",
        ],
        "shown_acs",
        Field::AwsAcsUrl,
        Basis::Inferred,
    ),
    sign(
        &["could not validate timestamp", "timing issues"],
        "shown_clock",
        Field::Rehearsal,
        Basis::Inferred,
    ),
    sign(
        &["nameid not found", "empty nameid"],
        "shown_no_name_id",
        Field::AttributeMappings,
        Basis::Inferred,
    ),
    sign(
        &["no attributestatement"],
        "shown_no_attributes",
        Field::AttributeMappings,
        Basis::Inferred,
    ),
    sign(
        &["duplicated name"],
        "shown_attribute_twice",
        Field::AttributeMappings,
        Basis::Inferred,
    ),
    sign(
        &["no signature found"],
        "shown_unsigned",
        Field::NopsX509,
        Basis::Inferred,
    ),
    sign(
        &["you do not have any applications"],
        "shown_no_tile",
        Field::TesterAssigned,
        Basis::Documented,
    ),
    sign(
        &["no access", "forbiddenexception"],
        "shown_no_access",
        Field::TesterAssigned,
        Basis::Documented,
    ),
    sign(
        &["bad input"],
        "shown_bad_input",
        Field::AttributeMappings,
        Basis::Documented,
    ),
    sign(
        &["doesn't compute", "doesn’t compute"],
        "shown_wrong_user",
        Field::Tester,
        Basis::Documented,
    ),
    sign(
        &[
            "it's not you",
            "it’s not you",
            "an unexpected error has occurred",
        ],
        "shown_aws_trouble",
        Field::Tester,
        Basis::Documented,
    ),
    sign(
        &["confirm that sso", "confirmation mail", "confirm your"],
        "shown_confirm_mail",
        Field::ConfirmationMail,
        Basis::Seen,
    ),
    sign(
        &["404", "page not found", "not found"],
        "shown_no_route",
        Field::AwsAcsUrl,
        Basis::Inferred,
    ),
];

const fn sign(
    texts: &'static [&'static str],
    code: &'static str,
    field: Field,
    basis: Basis,
) -> Sign {
    Sign {
        texts,
        code,
        field,
        basis,
    }
}

/// What the shown text means for this door: one finding, or one that says it is not known.
pub fn decode(shown: &str, facts: &Facts, door: Field) -> Vec<Finding> {
    let text = shown.to_lowercase();
    let known = SIGNS
        .iter()
        .find(|sign| sign.texts.iter().any(|part| text.contains(part)));
    let Some(sign) = known else {
        let unknown = Finding::about(door, "shown_unknown", Severity::Warning);
        return vec![
            unknown
                .fix(Fix::Again { field: door })
                .shown_in(Step::Doors),
        ];
    };
    let mut finding = Finding::about(sign.field, sign.code, Severity::Error)
        .basis(sign.basis)
        .fix(fix(sign.field))
        .shown_in(Step::Doors);
    let unassigned = facts.text(Field::TesterAssigned) == Some("unassigned");
    finding = finding
        .with("cause", if unassigned { "unassigned" } else { "unknown" })
        .with(
            "door",
            if door == Field::DoorTile {
                "tile"
            } else {
                "link"
            },
        );
    if let Some((expected, received)) = pair(shown) {
        finding = finding.expected(expected).received(received);
    }
    if proof::standing(facts, Field::Rehearsal) == proof::Standing::Fresh {
        finding = finding.with("rehearsed", "yes");
    } else {
        finding = finding.with("rehearsed", "no");
    }
    vec![finding]
}

/// What nOps itself says it expected and got, where its text has both.
fn pair(shown: &str) -> Option<(String, String)> {
    let between = |start: &str, end: &str| {
        let rest = &shown[shown.find(start)? + start.len()..];
        Some(rest[..rest.find(end)?].trim().to_owned())
    };
    if let (Some(expected), Some(received)) =
        (between("expected ", ", got "), between(", got ", ")"))
    {
        return Some((expected, received));
    }
    let at = between("was received at ", " instead of ")?;
    let rest = &shown[shown.find(" instead of ")? + " instead of ".len()..];
    let wanted = rest
        .split_whitespace()
        .next()?
        .trim_end_matches(['.', ','])
        .to_owned();
    Some((at, wanted))
}

fn fix(field: Field) -> Fix {
    match field {
        Field::NopsX509 => Fix::Copy {
            what: Copyable::CertificatePem,
        },
        Field::NopsIssuerUrl => Fix::Copy {
            what: Copyable::Value {
                field: Field::IdpEntityId,
            },
        },
        Field::AwsAudience => Fix::Copy {
            what: Copyable::Value {
                field: Field::SpEntityId,
            },
        },
        Field::AwsAcsUrl => Fix::Copy {
            what: Copyable::Value {
                field: Field::SpAcsUrl,
            },
        },
        Field::AttributeMappings => Fix::Go {
            step: Step::Mappings,
        },
        Field::TesterAssigned | Field::Rehearsal => Fix::Go {
            step: Step::Rehearsal,
        },
        Field::ConfirmationMail => Fix::Read,
        _ => Fix::Open {
            page: Page::AwsUsers,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shown: &str, code: &str) {
        let found = decode(shown, &Facts::default(), Field::DoorTile);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, code, "{shown}");
    }

    #[test]
    fn what_was_shown_is_told_as_its_cause() {
        check(
            "Signature validation failed. SAML Response rejected",
            "shown_signature",
        );
        check(
            "<pre>Invalid issuer in the Assertion/Response (expected a, got b)</pre>",
            "shown_issuer",
        );
        check(
            "{\"error\":\"https://x is not a valid audience for this Response\"}",
            "shown_audience",
        );
        check(
            "Request nameID format does not match our record",
            "shown_name_id_format",
        );
        check("No access\nYou don't have access", "shown_no_access");
        check("Looks like something doesn't compute", "shown_wrong_user");
        check("HTTP 404: Page not found", "shown_no_route");
        check("the moon is made of cheese", "shown_unknown");
        check("", "shown_unknown");
    }

    #[test]
    fn both_sides_of_a_mismatch_are_taken_from_the_text() {
        let found = decode(
            "Invalid issuer in the Assertion/Response (expected https://a/saml, got https://b)",
            &Facts::default(),
            Field::DoorLink,
        );
        assert_eq!(found[0].expected.as_deref(), Some("https://a/saml"));
        assert_eq!(found[0].received.as_deref(), Some("https://b"));
        let found = decode(
            "The response was received at https://a/?acs instead of https://b/?acs",
            &Facts::default(),
            Field::DoorLink,
        );
        assert_eq!(found[0].expected.as_deref(), Some("https://a/?acs"));
        assert_eq!(found[0].received.as_deref(), Some("https://b/?acs"));
    }
}
