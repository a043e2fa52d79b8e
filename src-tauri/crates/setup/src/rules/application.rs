//! Rules about the AWS application: its type, its status, and whether every value belongs to it.

use identifiers::{
    ApplicationArn, PortalToken,
    link::{self, Link},
};

use super::super::{Basis, Facts, Field, Finding, Fix, Page, Severity, idp};

/// The value of *ApplicationStatus* when AWS no longer lists the application.
pub const GONE: &str = "GONE";

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(kind_and_status(facts));
    found.extend(tokens(facts));
    found.extend(region(facts));
    found.extend(endpoints(facts));
    found
}

fn kind_and_status(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    // Provider names are known only from samples, so SAML metadata is the better evidence.
    let has_metadata = facts.text(Field::IdpMetadataFetched).is_some();
    if let Some(kind) = facts.text(Field::ApplicationKind)
        && kind != "saml"
        && !has_metadata
    {
        found.push(
            Finding::about(Field::ApplicationArn, "application_kind", Severity::Warning)
                .with("kind", kind)
                .with("name", facts.text(Field::ApplicationName).unwrap_or_default())
                .fix(Fix::Open { page: Page::AwsApplications })
                .basis(Basis::Seen),
        );
    }
    if facts.text(Field::ApplicationStatus) == Some("DISABLED") {
        found.push(
            Finding::about(Field::ApplicationStatus, "application_disabled", Severity::Error)
                .with("name", facts.text(Field::ApplicationName).unwrap_or_default())
                .fix(Fix::Open { page: Page::AwsApplication }),
        );
    }
    if facts.text(Field::ApplicationStatus) == Some(GONE) {
        found.push(
            Finding::about(Field::ApplicationArn, "application_gone", Severity::Error)
                .with("name", facts.text(Field::ApplicationName).unwrap_or_default())
                .fix(Fix::Open { page: Page::AwsApplications }),
        );
    }
    if facts.text(Field::ApplicationVisibility) == Some("DISABLED") {
        found.push(
            Finding::about(Field::ApplicationVisibility, "application_hidden", Severity::Warning)
                .with("name", facts.text(Field::ApplicationName).unwrap_or_default())
                .fix(Fix::Open { page: Page::AwsApplication }),
        );
    }
    found
}

/// Checks that every link and document belongs to one application in the connected account.
fn tokens(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    let named = named_applications(facts);
    let arn =
        facts.text(Field::ApplicationArn).and_then(|text| text.parse::<ApplicationArn>().ok());
    let connected = facts.of(Field::AwsCaller).and_then(|_| facts.text(Field::AwsAccountId));
    for (field, token) in &named {
        let account = token.decoded().map(|(account, _)| account.to_string());
        if let (Some(account), Some(connected)) = (&account, connected)
            && account != connected
        {
            found.push(
                Finding::about(*field, "link_of_other_account", Severity::Warning)
                    .expected(connected)
                    .received(account.as_str())
                    .fix(Fix::Again { field: *field })
                    .basis(Basis::Seen),
            );
        } else if let Some(arn) = &arn
            && account.is_some()
            && PortalToken::of(arn) != *token
        {
            found.push(
                Finding::about(*field, "link_of_other_application", Severity::Warning)
                    .expected(PortalToken::of(arn).to_string())
                    .received(token.to_string())
                    .with("name", facts.text(Field::ApplicationName).unwrap_or_default())
                    .fix(Fix::Again { field: *field })
                    .basis(Basis::Seen),
            );
        }
    }
    if arn.is_none()
        && let Some(((_, token), rest)) = named.split_first()
        && let Some((other, received)) = rest.iter().find(|(_, other)| other != token)
    {
        found.push(
            Finding::about(*other, "values_of_two_applications", Severity::Error)
                .expected(token.to_string())
                .received(received.to_string())
                .fix(Fix::Again { field: *other }),
        );
    }
    found
}

/// Returns the application that each known link or document names, best source first.
fn named_applications(facts: &Facts) -> Vec<(Field, PortalToken)> {
    let token = |text: &str| match link::read(text).link {
        Link::Portal(link) if link.whole => Some(link.token),
        _ => None,
    };
    let documents = [Field::IdpMetadataFetched, Field::IdpMetadata]
        .into_iter()
        .filter_map(|field| Some((field, token(&idp::metadata(facts, field)?.entity_id)?)));
    let links = [Field::IdpLink, Field::IdpEntityId, Field::IdpSsoUrl, Field::IdpMetadataUrl]
        .into_iter()
        .filter(|field| stated(facts, *field))
        .filter_map(|field| Some((field, token(facts.text(field)?)?)));
    documents.chain(links).collect()
}

/// Whether the user or AWS provided the value, so that it isn't derived.
fn stated(facts: &Facts, field: Field) -> bool {
    facts.of(field).is_some_and(|fact| !matches!(fact.source, super::super::Source::Derived { .. }))
}

fn region(facts: &Facts) -> Vec<Finding> {
    let Some(region) = facts.text(Field::AwsRegion) else {
        return Vec::new();
    };
    let observed = stated(facts, Field::AwsRegion);
    named_regions(facts)
        .into_iter()
        .filter(|(_, other)| observed && other != region)
        .map(|(field, other)| {
            Finding::about(field, "link_of_other_region", Severity::Warning)
                .expected(region)
                .received(other)
                .fix(Fix::Again { field })
                .basis(Basis::Seen)
        })
        .collect()
}

fn named_regions(facts: &Facts) -> Vec<(Field, String)> {
    [Field::IdpLink, Field::IdpEntityId, Field::IdpSsoUrl, Field::IdpMetadataUrl]
        .into_iter()
        .filter(|field| stated(facts, *field))
        .filter_map(|field| match link::read(facts.text(field)?).link {
            Link::Portal(link) => Some((field, link.region.to_string())),
            _ => None,
        })
        .collect()
}

/// Checks that issuer and endpoint are the same link, if both were given (FACTS: issuer = sign-in
/// URL).
fn endpoints(facts: &Facts) -> Option<Finding> {
    let (issuer, endpoint) = (facts.text(Field::IdpEntityId)?, facts.text(Field::IdpSsoUrl)?);
    let both = stated(facts, Field::IdpEntityId) && stated(facts, Field::IdpSsoUrl);
    let token = |text: &str| match link::read(text).link {
        Link::Portal(link) => Some(link.token),
        _ => None,
    };
    (both && issuer != endpoint && token(issuer) != token(endpoint)).then(|| {
        Finding::about(Field::IdpSsoUrl, "issuer_and_endpoint_differ", Severity::Error)
            .expected(issuer)
            .received(endpoint)
            .fix(Fix::UseValue { field: Field::IdpSsoUrl, value: issuer.to_owned() })
            .basis(Basis::Seen)
    })
}
