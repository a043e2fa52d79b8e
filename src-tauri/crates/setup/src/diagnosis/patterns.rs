//! The error messages that AWS and nOps show.
//!
//! AWS documents its messages on its troubleshooting pages. nOps's are those of python3-saml, which it very
//! likely uses (inferred).

use crate::{Basis, Field, Field::*};

/// An error pattern: the texts to find, the code of the finding, and the field to fix.
pub(super) struct ErrorPattern {
    /// In lowercase, with plain apostrophes and single spaces.
    texts: &'static [&'static str],
    pub(super) code: &'static str,
    pub(super) field: Field,
    pub(super) basis: Basis,
    /// The pattern also matches other errors, so it counts only if no specific pattern matches.
    pub(super) vague: bool,
}

impl ErrorPattern {
    /// Whether the text contains the pattern. The text must be in lowercase.
    pub(super) fn is_in(&self, lower: &str) -> bool {
        self.texts.iter().any(|text| lower.contains(text))
    }
}

use Basis::{Documented, Inferred, Seen};

/// Specific patterns come before vague ones.
pub(super) const ERROR_PATTERNS: [ErrorPattern; 25] = [
    sign(
        &["nameid format does not match", "nameid-format does not match", "invalidnameidpolicy"],
        "shown_name_id_format",
        AttributeMappings,
        Seen,
    ),
    sign(
        &["signature validation failed", "invalid signature"],
        "shown_signature",
        NopsX509,
        Inferred,
    ),
    sign(&["invalid issuer in the"], "shown_issuer", NopsIssuerUrl, Inferred),
    sign(
        &["is not a valid audience", "audience mismatch"],
        "shown_audience",
        AwsAudience,
        Inferred,
    ),
    sign(
        &["the response was received at", "a valid subjectconfirmation was not found"],
        "shown_acs",
        AwsAcsUrl,
        Inferred,
    ),
    sign(
        &[
            "could not validate timestamp",
            "timing issues",
            "the attributes have expired",
            "check system clock",
        ],
        "shown_clock",
        DryRun,
        Inferred,
    ),
    sign(
        &["nameid not found", "empty nameid", "nameid value is empty"],
        "shown_no_name_id",
        AttributeMappings,
        Inferred,
    ),
    sign(&["no attributestatement"], "shown_no_attributes", AttributeMappings, Inferred),
    sign(&["duplicated name"], "shown_attribute_twice", AttributeMappings, Inferred),
    sign(&["is not signed and the sp require it"], "shown_signed_otherwise", DryRun, Inferred),
    sign(&["no signature found"], "shown_unsigned", NopsX509, Inferred),
    sign(
        &["inresponseto of the", "has an inresponseto attribute", "inresponseto is not valid"],
        "shown_other_request",
        TestFromNops,
        Inferred,
    ),
    sign(
        &["must contain 1 assertion", "encryptedassertion", "no private key available"],
        "shown_no_assertion",
        DryRun,
        Inferred,
    ),
    sign(&["status code of the response was not success"], "shown_status", DryRun, Inferred),
    sign(
        &[
            "sso is not set up",
            "sso is not configured",
            "sso is not enabled",
            "sso not configured",
            "sso not enabled",
            "saml is not configured",
            "invalid dict settings",
        ],
        "shown_not_saved",
        NopsSaved,
        Inferred,
    ),
    sign(&["not match the saml-schema", "duplicated id"], "shown_not_saml", DryRun, Inferred),
    sign(
        &["you do not have any applications", "you don't have any applications"],
        "shown_no_tile",
        TesterAssigned,
        Documented,
    ),
    sign(&["no access", "forbiddenexception"], "shown_no_access", TesterAssigned, Documented),
    sign(&["bad input"], "shown_bad_input", AttributeMappings, Documented),
    sign(&["doesn't compute", "does not compute"], "shown_wrong_user", Tester, Documented),
    sign(
        &["it's not you", "an unexpected error has occurred"],
        "shown_aws_trouble",
        Tester,
        Documented,
    ),
    sign(
        &["confirm that sso", "confirmation mail", "confirmation email"],
        "shown_confirm_mail",
        ConfirmationMail,
        Seen,
    ),
    sign(&["clock skew", "not yet valid"], "shown_clock", DryRun, Inferred).low_confidence(),
    sign(&["confirm your"], "shown_confirm_mail", ConfirmationMail, Seen).low_confidence(),
    sign(
        &[
            "page not found",
            "404 not found",
            "http 404",
            "error 404",
            "status 404",
            "404 - ",
            "cannot get /",
            "cannot post /",
        ],
        "shown_no_route",
        AwsAcsUrl,
        Inferred,
    )
    .low_confidence(),
];

impl ErrorPattern {
    const fn low_confidence(self) -> Self {
        Self { vague: true, ..self }
    }
}

const fn sign(
    texts: &'static [&'static str],
    code: &'static str,
    field: Field,
    basis: Basis,
) -> ErrorPattern {
    ErrorPattern { texts, code, field, basis, vague: false }
}
