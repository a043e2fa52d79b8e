//! Rules about links: each field takes one kind of link, and all links of a setup must agree.

use identifiers::{
    HostFamily,
    link::{self, Link, NopsLink, PortalLinkKind, TruncatedLinkKind},
};

use super::super::{Basis, Copyable, Facts, Field, Finding, Fix, Severity};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Acs,
    EntityId,
    Shareable,
    SignIn,
    Metadata,
    AccessPortal,
}

/// The fields that hold a link, with the kind each one takes. A field that copies a value from the
/// other side is also compared with it.
const FIELDS: [(Field, Kind); 12] = [
    (Field::SpAcsUrl, Kind::Acs),
    (Field::SpEntityId, Kind::EntityId),
    (Field::SpLoginUrl, Kind::Shareable),
    (Field::IdpEntityId, Kind::SignIn),
    (Field::IdpSsoUrl, Kind::SignIn),
    (Field::IdpMetadataUrl, Kind::Metadata),
    (Field::AwsAcsUrl, Kind::Acs),
    (Field::AwsAudience, Kind::EntityId),
    (Field::NopsIssuerUrl, Kind::SignIn),
    (Field::NopsSsoEndpoint, Kind::SignIn),
    (Field::IdpLink, Kind::SignIn),
    (Field::AccessPortalUrl, Kind::AccessPortal),
];

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    let swapped = swapped(facts);
    for (field, kind) in FIELDS {
        let in_swap = swapped.iter().any(|(a, b)| field == *a || field == *b);
        if let Some(text) = facts.text(field)
            && !in_swap
        {
            let against = of_kind(facts, field, kind, text);
            found.extend(against.into_iter().map(|finding| fixed_on_its_page(facts, finding)));
        }
    }
    // If our own nOps addresses are swapped, the copies in AWS can't be checked, so report only the
    // first pair.
    if let Some((a, b)) = swapped.first().copied() {
        found.extend(swap(facts, a, b));
    }
    found.extend(tenants(facts));
    found.extend(repeated(facts, &found));
    found
}

/// Makes the fix a change on the page that shows the value. Editing our copy would only hide the
/// difference.
fn fixed_on_its_page(facts: &Facts, finding: Finding) -> Finding {
    let Some(field) = finding.field.filter(|field| field.origin().is_some()) else {
        return finding;
    };
    let fix = match origin(facts, field) {
        Some((origin, _)) => Fix::Copy { what: Copyable::Value { field: origin } },
        None => again(field),
    };
    let known = origin(facts, field).map(|(_, value)| value.to_owned());
    let expected = known.or_else(|| finding.expected.clone());
    let received = finding.received.clone().or_else(|| facts.text(field).map(str::to_owned));
    Finding { expected, received, ..finding }.fix(fix)
}

/// Reports two swapped addresses. The nOps addresses are swapped here, and the AWS ones are fixed
/// in AWS.
fn swap(facts: &Facts, a: Field, b: Field) -> Vec<Finding> {
    let text = |field| facts.text(field).unwrap_or_default();
    if a.origin().is_none() {
        return vec![
            error(a, "addresses_swapped", text(a))
                .expected(text(b))
                .fix(Fix::Swap { a, b })
                .basis(Basis::Seen),
        ];
    }
    [(a, b), (b, a)]
        .into_iter()
        .map(|(field, other)| {
            let finding = error(field, "aws_addresses_swapped", text(field))
                .expected(text(other))
                .with("field", field.name())
                .basis(Basis::Seen);
            fixed_on_its_page(facts, finding)
        })
        .collect()
}

/// Returns the findings about `text` as a link of `kind`.
fn of_kind(facts: &Facts, field: Field, kind: Kind, text: &str) -> Vec<Finding> {
    if text.is_empty() {
        let code = "link_empty";
        return vec![Finding::about(field, code, Severity::Warning).fix(Fix::Again { field })];
    }
    let any_portal_link = field == Field::IdpLink;
    match link::read(text).link {
        // A copied value is compared with its origin instead.
        Link::NopsAcs(_) if kind == Kind::Acs && origin(facts, field).is_some() => Vec::new(),
        Link::NopsEntityId(_) if kind == Kind::EntityId && origin(facts, field).is_some() => {
            Vec::new()
        }
        Link::NopsAcs(link) if kind == Kind::Acs => nops_form(field, text, &link),
        Link::NopsEntityId(link) if kind == Kind::EntityId => nops_form(field, text, &link),
        Link::NopsShareable(link) if kind == Kind::Shareable => nops_form(field, text, &link),
        Link::Portal(link) if Some(link.kind) == portal_kind(kind) || any_portal_link => {
            portal_form(facts, field, kind, &link)
        }
        Link::HelpPageSample { placeholder } => vec![
            error(field, "link_sample", text).with("placeholder", placeholder).fix(again(field)),
        ],
        Link::Cut { of } => {
            let code = "link_cut";
            let of = match of {
                TruncatedLinkKind::PortalLink => "portal",
                TruncatedLinkKind::Arn => "arn",
                TruncatedLinkKind::NopsLink => "nops",
                TruncatedLinkKind::Other => "other",
            };
            vec![error(field, code, text).with("of", of).fix(again(field)).basis(Basis::Seen)]
        }
        Link::Doubled { once } => vec![
            error(field, "link_doubled", text)
                .expected(once.clone())
                .fix(Fix::UseValue { field, value: once }),
        ],
        Link::Several { .. } => vec![error(field, "link_several", text).fix(again(field))],
        Link::Wrapped { host, inside } => vec![
            error(field, "link_wrapped", text)
                .expected(inside.clone())
                .with("host", host)
                .fix(Fix::UseValue { field, value: inside }),
        ],
        Link::NopsStem(link) => vec![wrong(facts, field, kind, text, "nops_stem", Some(&link))],
        Link::NopsAcs(link) => vec![wrong(facts, field, kind, text, "nops_acs", Some(&link))],
        Link::NopsEntityId(link) => {
            vec![wrong(facts, field, kind, text, "nops_entity_id", Some(&link))]
        }
        Link::NopsShareable(link) => {
            // The form of the Shareable Link isn't documented, so a link of that form may still be
            // correct here.
            vec![wrong(facts, field, kind, text, "nops_shareable", Some(&link))]
        }
        Link::Portal(link) => {
            let given = match link.kind {
                PortalLinkKind::SignIn => "aws_sign_in",
                PortalLinkKind::SignOut => "aws_sign_out",
                PortalLinkKind::Metadata => "aws_metadata",
            };
            vec![wrong(facts, field, kind, text, given, None)]
        }
        Link::AccessPortal { .. } if kind == Kind::AccessPortal => Vec::new(),
        // An organization can have a custom portal address.
        Link::OtherUrl { .. } if kind == Kind::AccessPortal => vec![Finding {
            severity: Severity::Warning,
            ..wrong(facts, field, kind, text, "other_link", None)
        }],
        Link::AccessPortal { .. } => vec![wrong(facts, field, kind, text, "aws_portal", None)],
        Link::Console(_) => vec![wrong(facts, field, kind, text, "aws_console", None)],
        Link::ApplicationArn { .. } | Link::InstanceArn { .. } | Link::OtherArn { .. } => {
            vec![wrong(facts, field, kind, text, "arn", None)]
        }
        Link::IdentityStore { .. } | Link::Account { .. } => {
            vec![wrong(facts, field, kind, text, "id", None)]
        }
        Link::Inbound { .. } => vec![wrong(facts, field, kind, text, "aws_inbound", None)],
        Link::OtherAws { .. } => vec![wrong(facts, field, kind, text, "aws_other", None)],
        Link::NopsOther { .. } | Link::OtherUrl { .. } if kind == Kind::Shareable => Vec::new(),
        Link::NopsOther { .. } => vec![wrong(facts, field, kind, text, "nops_page", None)],
        Link::OtherUrl { .. } => vec![wrong(facts, field, kind, text, "other_link", None)],
        Link::NotALink | Link::Empty => vec![wrong(facts, field, kind, text, "text", None)],
    }
}

/// Checks the scheme and host of a nOps link against the public samples.
fn nops_form(field: Field, text: &str, link: &NopsLink) -> Vec<Finding> {
    let mut found = Vec::new();
    if link.scheme != "https" {
        let https = match link.scheme.as_str() {
            "" => format!("https://{}", text.trim_start_matches('/')),
            scheme => text.replacen(&format!("{scheme}://"), "https://", 1),
        };
        found.push(
            error(field, "link_scheme", text)
                .expected(https.clone())
                .with(
                    "scheme",
                    match link.scheme.as_str() {
                        "" => "none",
                        scheme => scheme,
                    },
                )
                .fix(Fix::UseValue { field, value: https })
                .basis(Basis::Seen),
        );
    } else if !link.is_usual() {
        let usual = text.replacen(&link.host, NopsLink::USUAL_HOST, 1);
        found.push(
            Finding::about(field, "link_host", Severity::Warning)
                .expected(usual.clone())
                .received(text)
                .with("host", link.host.as_str())
                .with("usual", NopsLink::USUAL_HOST)
                .fix(Fix::UseValue { field, value: usual })
                .basis(Basis::Seen),
        );
    }
    found
}

/// Checks that a portal link is complete and, for the issuer, has the right host.
fn portal_form(facts: &Facts, field: Field, kind: Kind, link: &link::PortalLink) -> Vec<Finding> {
    let text = facts.text(field).unwrap_or_default();
    if !link.whole {
        let code = "link_cut";
        return vec![
            error(field, code, text).with("of", "portal").fix(again(field)).basis(Basis::Seen),
        ];
    }
    let issuer_field = matches!(field, Field::IdpEntityId | Field::NopsIssuerUrl);
    if issuer_field && link.family == HostFamily::DualStack {
        let classic = wanted(facts, field, kind, None).unwrap_or_default();
        return vec![
            error(field, "issuer_dual_stack", text)
                .expected(classic.clone())
                .fix(Fix::UseValue { field, value: classic })
                .basis(Basis::Seen),
        ];
    }
    if !link.exact && field != Field::IdpLink {
        let right = wanted(facts, field, kind, None).unwrap_or_default();
        return vec![
            error(field, "link_not_exact", text)
                .expected(right.clone())
                .fix(Fix::UseValue { field, value: right })
                .basis(Basis::Seen),
        ];
    }
    Vec::new()
}

/// Reports a link of the wrong kind, with the right link if it can be derived.
fn wrong(
    facts: &Facts,
    field: Field,
    kind: Kind,
    text: &str,
    given: &str,
    nops: Option<&NopsLink>,
) -> Finding {
    let finding = error(field, "link_kind", text)
        .with("given", given)
        .with("wanted", kind_name(kind))
        .basis(Basis::Seen);
    match wanted(facts, field, kind, nops) {
        Some(value) => finding.expected(value.clone()).fix(Fix::UseValue { field, value }),
        None => finding.fix(again(field)),
    }
}

/// Returns the field that `field` is a copy of, and its value, if known.
fn origin(facts: &Facts, field: Field) -> Option<(Field, &str)> {
    let origin = field.origin()?;
    Some((origin, facts.text(origin).filter(|text| !text.is_empty())?))
}

/// Derives the right link for `field` from the known facts.
fn wanted(facts: &Facts, field: Field, kind: Kind, nops: Option<&NopsLink>) -> Option<String> {
    if let Some((_, value)) = origin(facts, field) {
        return Some(value.to_owned());
    }
    match kind {
        Kind::Acs | Kind::EntityId => {
            let link = nops?;
            let end = if kind == Kind::Acs { "?acs" } else { "metadata" };
            Some(format!("https://{}/sso/v1/{}/{end}", link.host, link.tenant))
        }
        Kind::Shareable | Kind::AccessPortal => None,
        Kind::SignIn | Kind::Metadata => {
            let text = facts.text(field)?;
            let Link::Portal(link) = link::read(text).link else {
                return None;
            };
            let links = identifiers::PortalLinks::of_token(&link.token, &link.region);
            link.whole.then_some(if kind == Kind::SignIn { links.issuer } else { links.metadata })
        }
    }
}

/// Returns the pairs of nOps addresses that are in each other's field.
fn swapped(facts: &Facts) -> Vec<(Field, Field)> {
    let kind_of = |field: Field| facts.text(field).map(|text| link::read(text).link);
    [(Field::SpAcsUrl, Field::SpEntityId), (Field::AwsAcsUrl, Field::AwsAudience)]
        .into_iter()
        .filter(|(acs, entity)| {
            matches!(kind_of(*acs), Some(Link::NopsEntityId(_)))
                && matches!(kind_of(*entity), Some(Link::NopsAcs(_)))
        })
        .collect()
}

/// Checks that all nOps addresses have the same tenant id.
fn tenants(facts: &Facts) -> Vec<Finding> {
    let tenant = |field: Field| {
        let text = facts.text(field)?;
        match link::read(text).link {
            Link::NopsAcs(link)
            | Link::NopsEntityId(link)
            | Link::NopsShareable(link)
            | Link::NopsStem(link) => Some((text.to_owned(), link.tenant.to_string())),
            _ => None,
        }
    };
    let Some((first_text, first)) = tenant(Field::SpAcsUrl) else {
        return Vec::new();
    };
    [Field::SpEntityId, Field::SpLoginUrl]
        .into_iter()
        .filter_map(|field| {
            let (text, other) = tenant(field)?;
            (other != first).then(|| {
                error(field, "tenants_differ", &text)
                    .expected(text.replace(&other, &first))
                    .with("first", first.as_str())
                    .with("other", other)
                    .with("reference", first_text.as_str())
                    .fix(again(field))
                    .basis(Basis::Seen)
            })
        })
        .collect()
}

/// Checks that each copied value exactly matches its origin.
fn repeated(facts: &Facts, found: &[Finding]) -> Vec<Finding> {
    FIELDS
        .into_iter()
        .filter_map(|(copy, _)| {
            let ((_, origin), text) = (origin(facts, copy)?, facts.text(copy)?);
            let said = found.iter().any(|finding| finding.field == Some(copy));
            let differs = origin != text && !said && !text.is_empty();
            differs.then(|| fixed_on_its_page(facts, error(copy, "copy_differs", text)))
        })
        .collect()
}

fn error(field: Field, code: &str, received: &str) -> Finding {
    Finding::about(field, code, Severity::Error).received(received)
}

fn again(field: Field) -> Fix {
    Fix::Again { field }
}

/// Returns the kind of portal link, if it is an AWS one.
fn portal_kind(kind: Kind) -> Option<PortalLinkKind> {
    match kind {
        Kind::SignIn => Some(PortalLinkKind::SignIn),
        Kind::Metadata => Some(PortalLinkKind::Metadata),
        Kind::Acs | Kind::EntityId | Kind::Shareable | Kind::AccessPortal => None,
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Acs => "nops_acs",
        Kind::EntityId => "nops_entity_id",
        Kind::Shareable => "nops_shareable",
        Kind::SignIn => "aws_sign_in",
        Kind::Metadata => "aws_metadata",
        Kind::AccessPortal => "aws_portal",
    }
}
