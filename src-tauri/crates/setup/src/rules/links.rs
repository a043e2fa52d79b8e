//! Rules about links: each field accepts one kind of link, and all links of a setup must match.

use identifiers::{
    HostFamily, PortalLinks,
    link::{self, Link, NopsLink, PortalLink, PortalLinkKind, TruncatedLinkKind},
};

use saml::certificate::Certificate;

use crate::{CopyableValue, Facts, Field, Field::*, Finding, Fix, Page, RuleBasis, Severity, idp};

/// The kind of link that a field accepts. The name selects a variant of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display)]
#[strum(serialize_all = "snake_case")]
enum LinkKind {
    NopsAcs,
    NopsEntityId,
    NopsShareable,
    AwsSignIn,
    AwsMetadata,
    AwsPortal,
}

/// The fields that contain a link, and the kind of link that each field accepts. A field that
/// copies a value from the other side is also compared with that value.
const FIELDS: [(Field, LinkKind); 13] = [
    (SpAcsUrl, LinkKind::NopsAcs),
    (SpEntityId, LinkKind::NopsEntityId),
    (SpLoginUrl, LinkKind::NopsShareable),
    (IdpEntityId, LinkKind::AwsSignIn),
    (IdpSsoUrl, LinkKind::AwsSignIn),
    (IdpMetadataUrl, LinkKind::AwsMetadata),
    (AwsAcsUrl, LinkKind::NopsAcs),
    (AwsAudience, LinkKind::NopsEntityId),
    (NopsIssuerUrl, LinkKind::AwsSignIn),
    (NopsSsoEndpoint, LinkKind::AwsSignIn),
    (NopsSavedEndpoint, LinkKind::AwsSignIn),
    (IdpLink, LinkKind::AwsSignIn),
    (AccessPortalUrl, LinkKind::AwsPortal),
];

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    let swapped = find_swapped_fields(facts);
    for (field, kind) in FIELDS {
        let in_swap = swapped.iter().any(|(a, b)| field == *a || field == *b);
        if let Some(text) = facts.text(field)
            && !in_swap
        {
            let against = PastedLink { facts, field, kind, text }.finding();
            found.extend(against.map(|finding| with_page_fix(facts, finding)));
        }
    }
    // If the setup's nOps addresses are swapped, their copies in AWS can't be checked, so report
    // only the first pair.
    if let Some((a, b)) = swapped.first().copied() {
        found.extend(build_swap_findings(facts, a, b));
    }
    found.extend(tenants(facts));
    found.extend(check_copies(facts, &found));
    found
}

/// Changes the fix to the page that shows the value. Editing the setup's copy would only hide the
/// difference.
fn with_page_fix(facts: &Facts, mut finding: Finding) -> Finding {
    let Some(field) = finding.field.filter(|field| field.origin().is_some()) else {
        return finding;
    };
    finding.received = finding.received.or_else(|| facts.text(field).map(str::to_owned));
    match origin(facts, field) {
        Some((field, value)) => finding.with_expected(value).copy(CopyableValue::Value { field }),
        None => finding.with_reentry_fix(),
    }
}

/// Reports two swapped addresses. The user fixes nOps's addresses in the setup, and AWS's copies in
/// AWS.
fn build_swap_findings(facts: &Facts, a: Field, b: Field) -> Vec<Finding> {
    let differ = |code, field, other| {
        error(field, code, facts.text_or_empty(field))
            .with_expected(facts.text_or_empty(other))
            .with("problem", "swapped")
            .with_basis(RuleBasis::Seen)
    };
    if a.origin().is_none() {
        return vec![differ("addresses_swapped", a, b).with_fix(Fix::Swap { a, b })];
    }
    let swapped = |(field, other)| {
        let finding = differ("aws_addresses_swapped", field, other);
        match origin(facts, field) {
            Some(_) => with_page_fix(facts, finding),
            // Each field has the other's value.
            None => finding
                .with_received(facts.text_or_empty(field))
                .copy(CopyableValue::Value { field: other }),
        }
    };
    [(a, b), (b, a)].map(swapped).to_vec()
}

/// The text in a field that accepts links.
#[derive(Clone, Copy)]
struct PastedLink<'a> {
    facts: &'a Facts,
    field: Field,
    kind: LinkKind,
    text: &'a str,
}

impl PastedLink<'_> {
    fn finding(self) -> Option<Finding> {
        let Self { facts, field, kind, text } = self;
        if text.is_empty() {
            return Some(Finding::warning(field, "link_empty").with_reentry_fix());
        }
        let link = link::identify_link(text).link;
        let is_copy = origin(facts, field).is_some();
        match &link {
            Link::NopsAcs(nops) if kind == LinkKind::NopsAcs => {
                // A copied value is compared with its original instead.
                self.check_nops_link(nops).filter(|_| !is_copy)
            }
            Link::NopsEntityId(nops) if kind == LinkKind::NopsEntityId => {
                self.check_nops_link(nops).filter(|_| !is_copy)
            }
            Link::NopsShareable(nops) if kind == LinkKind::NopsShareable => {
                self.check_nops_link(nops)
            }
            Link::Portal(portal) if self.accepts_link(portal) => self.check_portal_link(portal),
            Link::HelpPageSample { placeholder } => {
                Some(self.error("link_sample").with("placeholder", placeholder).with_reentry_fix())
            }
            Link::Cut { of } => Some(self.truncated_finding(*of)),
            Link::Doubled { once } => Some(self.error("link_doubled").corrected(once)),
            Link::Several { .. } => Some(self.error("link_several").with_reentry_fix()),
            Link::Wrapped { host, inside } => {
                Some(self.error("link_wrapped").with("host", host).corrected(inside))
            }
            Link::AccessPortal { .. } if kind == LinkKind::AwsPortal => None,
            Link::InstanceIssuer if kind == LinkKind::AwsSignIn => {
                Some(self.instance_issuer_finding())
            }
            // An organization can customize its portal address.
            Link::OtherUrl { .. } if kind == LinkKind::AwsPortal => {
                Some(Finding { severity: Severity::Warning, ..self.other_kind_finding(&link) })
            }
            // nOps doesn't document the format of the Shareable Link.
            Link::NopsOther { .. } | Link::OtherUrl { .. } if kind == LinkKind::NopsShareable => {
                None
            }
            _ => Some(self.other_kind_finding(&link)),
        }
    }

    fn error(self, code: &str) -> Finding {
        error(self.field, code, self.text)
    }

    fn accepts_link(self, link: &PortalLink) -> bool {
        let kind = match link.kind {
            PortalLinkKind::SignIn => Some(LinkKind::AwsSignIn),
            PortalLinkKind::Metadata => Some(LinkKind::AwsMetadata),
            PortalLinkKind::SignOut => None,
        };
        kind == Some(self.kind) || self.field == IdpLink
    }

    fn truncated_finding(self, of: TruncatedLinkKind) -> Finding {
        let of = match of {
            TruncatedLinkKind::PortalLink => "portal",
            TruncatedLinkKind::Arn => "arn",
            TruncatedLinkKind::NopsLink => "nops",
            TruncatedLinkKind::Other => "other",
        };
        self.error("link_cut").with("of", of).with_reentry_fix().with_basis(RuleBasis::Seen)
    }

    /// Checks a nOps link's scheme and host against the public samples.
    fn check_nops_link(self, link: &NopsLink) -> Option<Finding> {
        let text = self.text;
        let finding = if link.scheme.is_empty() {
            self.error("link_scheme")
                .with("scheme", "none")
                .corrected(&format!("https://{}", text.trim_start_matches('/')))
        } else if link.scheme != "https" {
            let start = format!("{}://", link.scheme);
            self.error("link_scheme")
                .with("scheme", &link.scheme)
                .corrected(&text.replacen(&start, "https://", 1))
        } else if !link.is_usual() {
            Finding::warning(self.field, "link_host")
                .with_received(text)
                .with("host", &link.host)
                .with("usual", NopsLink::USUAL_HOST)
                .corrected(&text.replacen(&link.host, NopsLink::USUAL_HOST, 1))
        } else {
            return None;
        };
        Some(finding.with_basis(RuleBasis::Seen))
    }

    /// Checks that a portal link is complete. For the issuer, also checks the host.
    fn check_portal_link(self, link: &PortalLink) -> Option<Finding> {
        let is_issuer = matches!(self.field, IdpEntityId | NopsIssuerUrl);
        let code = if !link.whole {
            return Some(self.truncated_finding(TruncatedLinkKind::PortalLink));
        } else if is_issuer && link.family == HostFamily::DualStack && !self.is_in_metadata() {
            "issuer_dual_stack"
        } else if !link.exact && self.field != IdpLink {
            "link_not_exact"
        } else {
            return None;
        };
        let right = self.derive_right_link(None).unwrap_or_default();
        Some(self.error(code).corrected(&right).with_basis(RuleBasis::Seen))
    }

    /// Returns whether AWS's metadata has this issuer.
    fn is_in_metadata(self) -> bool {
        [IdpMetadataFetched, IdpMetadata].into_iter().any(|document| {
            idp::metadata(self.facts, document).is_some_and(|found| found.entity_id == self.text)
        })
    }

    /// Reports the instance's *Issuer URL*, because users easily mistake it for the application's
    /// issuer URL.
    fn instance_issuer_finding(self) -> Finding {
        self.error("issuer_of_instance").with_page_to_open(Page::AwsApplication)
    }

    /// Reports a different kind of link, and adds the right link if it can be derived.
    fn other_kind_finding(self, link: &Link) -> Finding {
        let nops = match link {
            Link::NopsStem(nops)
            | Link::NopsAcs(nops)
            | Link::NopsEntityId(nops)
            | Link::NopsShareable(nops) => Some(nops),
            _ => None,
        };
        // Text that isn't a link can't work, so the user can't keep it.
        let document = document_name(self.text);
        let is_link = document.is_none() && *link != Link::NotALink;
        let basis = if is_link { RuleBasis::Seen } else { RuleBasis::Documented };
        let finding = self
            .error("link_kind")
            .with("given", document.unwrap_or_else(|| name(link)))
            .with("wanted", self.wanted_name())
            .with_basis(basis);
        match self.derive_right_link(nops) {
            Some(value) => finding.corrected(&value),
            None => finding.with_reentry_fix(),
        }
    }

    /// Returns the name of what the field accepts. It selects a variant of the message.
    fn wanted_name(self) -> String {
        match self.field {
            IdpLink => "aws_application".to_owned(),
            IdpSsoUrl | NopsSsoEndpoint | NopsSavedEndpoint => "aws_endpoint".to_owned(),
            _ => self.kind.to_string(),
        }
    }

    fn derive_right_link(self, nops: Option<&NopsLink>) -> Option<String> {
        if let Some((_, value)) = origin(self.facts, self.field) {
            return Some(value.to_owned());
        }
        let portal_links = || match link::identify_link(self.text).link {
            Link::Portal(link) if link.whole => {
                Some(PortalLinks::from_token(&link.token, &link.region))
            }
            _ => None,
        };
        let nops_link = |end| {
            let NopsLink { host, tenant, .. } = nops?;
            Some(format!("https://{host}/sso/v1/{tenant}/{end}"))
        };
        match self.kind {
            LinkKind::NopsAcs => nops_link("?acs"),
            LinkKind::NopsEntityId => nops_link("metadata"),
            LinkKind::NopsShareable | LinkKind::AwsPortal => None,
            LinkKind::AwsSignIn => portal_links().map(|links| links.issuer),
            LinkKind::AwsMetadata => portal_links().map(|links| links.metadata),
        }
    }
}

/// Returns a link type's name. It selects a variant of the message.
pub(crate) fn name(link: &Link) -> &'static str {
    match link {
        Link::NopsAcs(_) => "nops_acs",
        Link::NopsEntityId(_) => "nops_entity_id",
        Link::NopsShareable(_) => "nops_shareable",
        Link::NopsStem(_) => "nops_stem",
        Link::NopsOther { .. } => "nops_page",
        Link::Portal(link) => match link.kind {
            PortalLinkKind::SignIn => "aws_sign_in",
            PortalLinkKind::SignOut => "aws_sign_out",
            PortalLinkKind::Metadata => "aws_metadata",
        },
        Link::AccessPortal { .. } => "aws_portal",
        Link::InstanceIssuer => "aws_instance_issuer",
        Link::Console(_) => "aws_console",
        Link::Inbound { .. } => "aws_inbound",
        Link::OtherAws { .. } => "aws_other",
        Link::ApplicationArn { .. } | Link::InstanceArn { .. } | Link::OtherArn { .. } => "arn",
        Link::IdentityStore { .. } | Link::Account { .. } => "id",
        Link::HelpPageSample { .. } => "sample",
        Link::Cut { .. } => "cut",
        Link::OtherUrl { .. } => "other_link",
        Link::Doubled { .. }
        | Link::Several { .. }
        | Link::Wrapped { .. }
        | Link::NotALink
        | Link::Empty => "text",
    }
}

/// Returns the name of a document that the user pasted instead of a link.
fn document_name(text: &str) -> Option<&'static str> {
    let starts_with = |start| text.trim_start().starts_with(start);
    if starts_with("-----BEGIN CERTIFICATE-----") || Certificate::read(text.as_bytes()).is_ok() {
        Some("certificate")
    } else if starts_with("<") && text.contains("EntityDescriptor") {
        Some("metadata")
    } else {
        None
    }
}

/// Returns the field that `field` is copied from and that field's value, if the value is known.
fn origin(facts: &Facts, field: Field) -> Option<(Field, &str)> {
    let origin = field.origin()?;
    Some((origin, facts.non_empty_text(origin)?))
}

/// Returns whether `field` is a copy of a known value but differs from it.
pub(super) fn differs_from_origin(facts: &Facts, field: Field) -> bool {
    origin(facts, field)
        .is_some_and(|(_, value)| facts.non_empty_text(field).is_some_and(|copy| copy != value))
}

/// Returns the pairs of nOps addresses that were entered in each other's fields.
fn find_swapped_fields(facts: &Facts) -> Vec<(Field, Field)> {
    let link = |field| facts.text(field).map(|text| link::identify_link(text).link);
    let is_swapped = |(acs, entity_id): &(Field, Field)| {
        let links = (link(*acs), link(*entity_id));
        matches!(links, (Some(Link::NopsEntityId(_)), Some(Link::NopsAcs(_))))
    };
    let pairs = [(SpAcsUrl, SpEntityId), (AwsAcsUrl, AwsAudience)];
    pairs.into_iter().filter(is_swapped).collect()
}

/// Checks that all nOps addresses have the same tenant ID.
fn tenants(facts: &Facts) -> Vec<Finding> {
    let tenant = |field| {
        let text = facts.text(field)?;
        match link::identify_link(text).link {
            Link::NopsAcs(link)
            | Link::NopsEntityId(link)
            | Link::NopsShareable(link)
            | Link::NopsStem(link) => Some((text, link.tenant)),
            _ => None,
        }
    };
    let Some((reference, first)) = tenant(SpAcsUrl) else {
        return Vec::new();
    };
    let differs = |field| {
        let (text, other) = tenant(field)?;
        (other != first).then(|| {
            error(field, "tenants_differ", text)
                .with_expected(text.replace(other.as_str(), first.as_str()))
                .with("first", &first)
                .with("other", other)
                .with("reference", reference)
                .with_reentry_fix()
                .with_basis(RuleBasis::Seen)
        })
    };
    [SpEntityId, SpLoginUrl].into_iter().filter_map(differs).collect()
}

/// Checks that each copied value is exactly the same as the original.
fn check_copies(facts: &Facts, found: &[Finding]) -> Vec<Finding> {
    FIELDS
        .into_iter()
        .filter_map(|(copy, _)| {
            let ((_, origin), text) = (origin(facts, copy)?, facts.non_empty_text(copy)?);
            let said = found.iter().any(|finding| finding.field == Some(copy));
            (origin != text && !said)
                .then(|| with_page_fix(facts, error(copy, "copy_differs", text)))
        })
        .collect()
}

fn error(field: Field, code: &str, received: &str) -> Finding {
    Finding::error(field, code).with_received(received)
}
