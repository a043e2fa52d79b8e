//! Finds the most likely cause of an error from the known facts, and what the user should paste
//! next to narrow it down.

use identifiers::{AccessDenied, DenialCause};

use super::{patterns::PatternMatch, unknown};
use crate::{
    CopyableValue, Facts, Field,
    Field::*,
    Finding, Fix, MessageCause, Page, RuleBasis, Step,
    idp::{self, IdentityProvider},
    rules::{is_particular, subject_format},
    test_record::{self, ResultState},
};

/// Creates the finding for an error pattern. The finding's parameters `cause`, `kind` and `next_text_to_paste`
/// select a variant of the message.
pub(super) fn finding(
    one: &PatternMatch,
    plain: &str,
    facts: &Facts,
    sign_in_test: Field,
) -> Finding {
    let pattern = one.pattern;
    let page = unknown::page(&plain.to_lowercase());
    let told = match pattern.code {
        "shown_signature" => certificate(facts),
        "shown_issuer" => issuer(plain, facts),
        "shown_audience" => audience(plain, facts),
        "shown_acs" => acs(plain, facts),
        "shown_csrf"
        | "shown_method"
        | "shown_redirect_loop"
        | "shown_no_route"
        | "shown_unreachable" => acs_in_aws(facts),
        "shown_name_id_format" => name_id_format(facts),
        "shown_no_access" => diagnose_no_access(facts, sign_in_test),
        // AWS has no setting for which part is signed.
        "shown_signed_otherwise" => Diagnosis::unknown().with_fix(Fix::Read),
        "shown_cli" => Diagnosis::unknown().with_fix(Fix::Go { step: Step::Connect }),
        _ => Diagnosis::unknown(),
    };
    let is_of_any_page = matches!(
        pattern.code,
        "shown_session_ended"
            | "shown_server_error"
            | "shown_forbidden"
            | "shown_bad_request"
            | "shown_cli"
    );
    let field = match page {
        _ if pattern.kind == "direct" => NopsSsoEndpoint,
        _ if !is_of_any_page => pattern.field,
        "aws" => TestFromPortal,
        "nops" => TestFromNops,
        _ => sign_in_test,
    };
    let which = if sign_in_test == TestFromPortal { "portal" } else { "nops" };
    Finding {
        expected: told.expected,
        received: told.received,
        ..Finding::error(field, pattern.code)
    }
    .with_basis(pattern.basis)
    .with("cause", told.cause)
    .with("kind", pattern.kind)
    .with("provider", if one.provider.is_empty() { "none" } else { one.provider })
    .with("number", &one.number)
    .with("page", page)
    .with("test", which)
    .with("next", next_text_to_paste(facts, sign_in_test, Some(pattern.code)))
    .with_fix(told.fix.unwrap_or_else(|| fix_for_field(field, sign_in_test)))
}

/// Explains a denied AWS request. Offers the policy only if a permission is missing.
pub(super) fn denied(plain: &str) -> Option<Finding> {
    // Federation into an account is part of a sign-in, so this denial isn't about one of the app's
    // requests.
    let denial = AccessDenied::read(plain).filter(|one| one.action != "sts:AssumeRoleWithSAML")?;
    let missing = denial.cause == DenialCause::Missing;
    let (key, fix) = match missing {
        true => ("aws-denied", Fix::Copy { what: CopyableValue::Policy }),
        false => ("aws-denied_by", Fix::Read),
    };
    let field = if missing { DeniedActions } else { BlockedActions };
    let kind: &str = denial.cause.into();
    let finding = Finding::error(field, "shown_denied").with_basis(RuleBasis::Documented);
    Some(
        finding
            .with("kind", kind)
            .with_cause(MessageCause::with(key, denial.params()))
            .with_fix(fix),
    )
}

/// Returns what the user should paste next. The result selects a variant of the message.
fn next_text_to_paste(facts: &Facts, sign_in_test: Field, code: Option<&str>) -> &'static str {
    let unknown = |field| facts.get(field).is_none();
    match code {
        Some("shown_signature") if unknown(NopsX509) => "certificate",
        Some("shown_issuer") if unknown(NopsIssuerUrl) => "issuer",
        Some("shown_name_id_format") if unknown(RequestNameIdFormat) => "request",
        Some("shown_no_access") if sign_in_test == TestFromNops && unknown(RequestNameIdFormat) => {
            "request"
        }
        Some("shown_bad_input" | "shown_no_attributes" | "shown_attribute_twice")
            if unknown(AttributeMappings) =>
        {
            "mappings"
        }
        Some(
            "shown_signed_otherwise"
            | "shown_confirm_mail"
            | "shown_not_saved"
            | "shown_no_tile"
            | "shown_wrong_user"
            | "shown_mfa"
            | "shown_setting"
            | "shown_entra"
            | "shown_okta"
            | "shown_google"
            | "shown_identity_provider"
            | "shown_external_response"
            | "shown_not_linked"
            | "shown_cli",
        ) => "nothing",
        _ if test_record::result_state(facts, DryRun) == ResultState::Fresh => "nothing",
        _ => "response",
    }
}

pub(super) struct Diagnosis {
    pub(super) cause: &'static str,
    expected: Option<String>,
    received: Option<String>,
    fix: Option<Fix>,
}

impl Diagnosis {
    fn unknown() -> Self {
        Self::from_cause("unknown")
    }

    fn from_cause(cause: &'static str) -> Self {
        Self { cause, expected: None, received: None, fix: None }
    }

    fn with_expected_and_received(
        self,
        expected: impl Into<String>,
        received: impl Into<String>,
    ) -> Self {
        Self { expected: Some(expected.into()), received: Some(received.into()), ..self }
    }

    fn with_fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }
}

/// Compares the certificate in nOps with AWS's certificate, if the user pasted nOps's certificate.
pub(super) fn certificate(facts: &Facts) -> Diagnosis {
    let idp = IdentityProvider::from_facts(facts);
    match (idp::certificate(facts, NopsX509), idp.certificate()) {
        _ if facts.non_empty_text(NopsX509).is_none() => Diagnosis::unknown(),
        (None, _) => Diagnosis::from_cause("unreadable"),
        (Some(_), None) => Diagnosis::unknown(),
        (Some(held), _) if idp.certificates.iter().any(|(_, known)| *known == held) => {
            Diagnosis::from_cause("same")
        }
        (Some(held), Some((_, right))) => Diagnosis::from_cause("differs")
            .with_expected_and_received(right.sha256(), held.sha256()),
    }
}

/// Compares the two issuers in nOps's error: the issuer that nOps expects, and the issuer from AWS.
fn issuer(plain: &str, facts: &Facts) -> Diagnosis {
    let Some((held, sent)) =
        text_between(plain, "expected ", ", got ").zip(text_between(plain, ", got ", ")"))
    else {
        return Diagnosis::unknown();
    };
    match IdentityProvider::from_facts(facts).issuer.map(|known| known.value) {
        Some(right) if right == held => Diagnosis::from_cause("other_application")
            .with_expected_and_received(right, sent)
            .with_fix(Fix::Go { step: Step::Application }),
        Some(right) => Diagnosis::from_cause("nops").with_expected_and_received(right, held),
        None => Diagnosis::from_cause("nops").with_expected_and_received(sent, held),
    }
}

/// Compares the audience with nOps's Entity ID, which is in nOps's error.
fn audience(plain: &str, facts: &Facts) -> Diagnosis {
    let own = plain
        .find(" is not a valid audience")
        .and_then(|end| plain[..end].rsplit([' ', '"', '\'']).next())
        .filter(|own| own.contains("://"));
    let (entered, typed) = (facts.non_empty_text(SpEntityId), facts.non_empty_text(AwsAudience));
    let own = match own.or(entered) {
        Some(own) if entered == Some(own) && typed == Some(own) => {
            return Diagnosis::from_cause("same")
                .with_fix(Fix::Open { page: Page::AwsApplication });
        }
        _ => own,
    };
    let Some(own) = own else {
        return Diagnosis::unknown();
    };
    match (entered, typed) {
        (Some(entered), _) if entered != own => Diagnosis::from_cause("differs")
            .with_expected_and_received(own, entered)
            .with_fix(Fix::UseValue { field: SpEntityId, value: own.to_owned() }),
        (_, Some(typed)) if typed != own => {
            Diagnosis::from_cause("typed").with_expected_and_received(own, typed)
        }
        _ => Diagnosis { expected: Some(own.to_owned()), ..Diagnosis::unknown() },
    }
}

/// Compares the ACS URL. nOps's error contains the response's destination and the address that
/// received the response, without its query.
fn acs(plain: &str, facts: &Facts) -> Diagnosis {
    let at = text_between(plain, "was received at ", " instead of ");
    let meant = plain
        .split_once(" instead of ")
        .and_then(|(_, rest)| rest.split([' ', '"', '\'', '}']).next())
        .map(|meant| meant.trim_end_matches(['.', ',']));
    let Some((at, meant)) = at.zip(meant) else {
        return Diagnosis::unknown();
    };
    let right = facts.non_empty_text(SpAcsUrl).filter(|acs| acs.starts_with(&at));
    let cause = if facts.equals(SpEntityId, meant) {
        "swapped"
    } else if facts.equals(SpAcsUrl, meant) {
        "differs"
    } else {
        "unknown"
    };
    Diagnosis::from_cause(cause)
        .with_expected_and_received(right.map_or(at.clone(), str::to_owned), meant)
}

/// Compares the ACS URL that the user copied from AWS with the ACS URL from nOps.
fn acs_in_aws(facts: &Facts) -> Diagnosis {
    match (facts.non_empty_text(SpAcsUrl), facts.non_empty_text(AwsAcsUrl)) {
        (Some(right), Some(typed)) if right == typed => Diagnosis::from_cause("same"),
        (Some(right), Some(typed)) => {
            Diagnosis::from_cause("differs").with_expected_and_received(right, typed)
        }
        _ => Diagnosis::unknown(),
    }
}

/// Compares the NameID format with the format that nOps itself requested.
fn name_id_format(facts: &Facts) -> Diagnosis {
    let (sent, _) = subject_format(facts);
    match facts.text(RequestNameIdFormat) {
        Some(asked) if is_particular(asked) => Diagnosis::from_cause("asked")
            .with_expected_and_received(asked.rsplit(':').next().unwrap_or(asked), sent),
        _ => Diagnosis::unknown(),
    }
}

/// Narrows down why AWS denied access, using the tester's assignment and the NameID format.
fn diagnose_no_access(facts: &Facts, sign_in_test: Field) -> Diagnosis {
    let assigned = facts.text(TesterAssigned);
    let format = name_id_format(facts);
    let other_format = format.expected.is_some() && format.expected != format.received;
    if facts.equals(ApplicationStatus, "DISABLED") {
        Diagnosis::from_cause("disabled").with_fix(Fix::Go { step: Step::Application })
    } else if assigned == Some("unassigned") {
        Diagnosis::from_cause("unassigned")
    } else if sign_in_test == TestFromNops && other_format {
        Diagnosis { cause: "format", ..format }.with_fix(Fix::Go { step: Step::Mappings })
    } else if assigned.is_some() && facts.is_declared(TesterAssigned) {
        Diagnosis::from_cause("declared")
    } else if assigned.is_some() {
        let user = facts.text(TesterUserId);
        Diagnosis::from_cause("assigned").with_fix(Fix::Open {
            page: user.map_or(Page::AwsUsers, |user| Page::AwsUser { user_id: user.to_owned() }),
        })
    } else {
        Diagnosis::unknown()
    }
}

fn text_between(text: &str, start: &str, end: &str) -> Option<String> {
    let (_, rest) = text.split_once(start)?;
    let (inner, _) = rest.split_once(end)?;
    Some(inner.trim().to_owned())
}

fn fix_for_field(field: Field, sign_in_test: Field) -> Fix {
    match field {
        NopsX509 => Fix::Copy { what: CopyableValue::CertificatePem },
        NopsIssuerUrl => copy(IdpEntityId),
        NopsSsoEndpoint => copy(IdpSsoUrl),
        AwsAudience => copy(SpEntityId),
        AwsAcsUrl => copy(SpAcsUrl),
        AttributeMappings => Fix::Go { step: Step::Mappings },
        TesterAssigned | DryRun => Fix::Go { step: Step::DryRun },
        AwsRegion => Fix::Open { page: Page::AwsSettings },
        NopsSaved | SpAcsUrl | SpEntityId | NopsTeam => Fix::Open { page: Page::NopsSso },
        TestFromPortal | TestFromNops => Fix::Again { field: sign_in_test },
        ConfirmationMail | IdentitySource => Fix::Read,
        _ => Fix::Open { page: Page::AwsUsers },
    }
}

fn copy(field: Field) -> Fix {
    Fix::Copy { what: CopyableValue::Value { field } }
}
