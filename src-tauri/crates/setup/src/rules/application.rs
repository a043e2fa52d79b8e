//! Rules about the AWS application: its type, its status, and whether all values belong to it.

use identifiers::{
    ApplicationArn, InstanceArn, PortalToken, Region,
    link::{self, Link, PortalLink},
};

use crate::{Basis, Facts, Field, Finding, Fix, Page, idp};

/// The value of *ApplicationStatus* if AWS no longer lists the application.
pub const GONE: &str = "GONE";

/// The fields that can contain a link of the application.
const LINKS: [Field; 4] =
    [Field::IdpLink, Field::IdpEntityId, Field::IdpSsoUrl, Field::IdpMetadataUrl];

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = kind_and_status(facts);
    found.extend(other_instance(facts));
    found.extend(tokens(facts));
    let partition = partition(facts);
    if partition.is_empty() {
        found.extend(regions(facts));
        found.extend(in_other_region(facts));
    }
    found.extend(partition);
    found.extend(endpoints(facts));
    found
}

fn kind_and_status(facts: &Facts) -> Vec<Finding> {
    // Provider names are known only from public samples, so SAML metadata is better evidence.
    let has_metadata = facts.text(Field::IdpMetadataFetched).is_some();
    let other_kind =
        facts.text(Field::ApplicationKind).filter(|kind| *kind != "saml" && !has_metadata);
    let is = |field, value, finding: Finding| facts.is(field, value).then_some(finding);
    [
        other_kind.map(|kind| {
            Finding::warning(Field::ApplicationArn, "application_kind")
                .with("kind", kind)
                .open(Page::AwsApplications)
                .basis(Basis::Seen)
        }),
        is(
            Field::ApplicationStatus,
            "DISABLED",
            Finding::error(Field::ApplicationStatus, "application_disabled")
                .open(Page::AwsApplication),
        ),
        is(
            Field::ApplicationStatus,
            GONE,
            Finding::error(Field::ApplicationArn, "application_gone").open(Page::AwsApplications),
        ),
        is(
            Field::ApplicationVisibility,
            "DISABLED",
            Finding::warning(Field::ApplicationVisibility, "application_hidden")
                .open(Page::AwsApplication),
        ),
    ]
    .into_iter()
    .flatten()
    .map(|finding| finding.with("name", facts.or_empty(Field::ApplicationName)))
    .collect()
}

/// Checks that the application belongs to the instance of the setup.
fn other_instance(facts: &Facts) -> Option<Finding> {
    let application = facts.parsed::<ApplicationArn>(Field::ApplicationArn)?;
    let instance = facts.parsed::<InstanceArn>(Field::InstanceArn)?;
    (application.instance_id() != instance.id()).then(|| {
        Finding::error(Field::ApplicationArn, "application_of_other_instance")
            .expected(instance.id())
            .received(application.instance_id())
            .ask_again()
    })
}

/// Checks that all links and documents belong to the same application in the connected account.
fn tokens(facts: &Facts) -> Vec<Finding> {
    let named = named_applications(facts);
    let arn = facts.parsed::<ApplicationArn>(Field::ApplicationArn);
    let connected = facts.of(Field::AwsCaller).and_then(|_| facts.text(Field::AwsAccountId));
    let other = |(field, token): &(Field, PortalToken)| {
        let (account, _) = token.decoded()?;
        let differs = |code, expected: &str, received: &str| {
            let finding = Finding::warning(*field, code).expected(expected).received(received);
            finding.ask_again().basis(Basis::Seen)
        };
        if let Some(connected) = connected.filter(|connected| *connected != account.as_str()) {
            return Some(differs("link_of_other_account", connected, account.as_str()));
        }
        let right = PortalToken::of(arn.as_ref()?);
        (right != *token).then(|| {
            differs("link_of_other_application", right.as_str(), token.as_str())
                .with("name", facts.or_empty(Field::ApplicationName))
        })
    };
    let mut found: Vec<Finding> = named.iter().filter_map(other).collect();
    if arn.is_none()
        && let Some(((_, token), rest)) = named.split_first()
        && let Some((field, received)) = rest.iter().find(|(_, other)| other != token)
    {
        found.push(
            Finding::error(*field, "values_of_two_applications")
                .expected(token.as_str())
                .received(received.as_str())
                .ask_again(),
        );
    }
    found
}

/// Returns the application in each known link or document, the best source first.
fn named_applications(facts: &Facts) -> Vec<(Field, PortalToken)> {
    let token = |text: &str| portal_link(text).filter(|link| link.whole).map(|link| link.token);
    let documents = [Field::IdpMetadataFetched, Field::IdpMetadata]
        .into_iter()
        .filter_map(|field| Some((field, token(&idp::metadata(facts, field)?.entity_id)?)));
    let links = LINKS.into_iter().filter_map(|field| Some((field, token(stated(facts, field)?)?)));
    documents.chain(links).collect()
}

/// Returns the value if it comes from the user or AWS, and isn't derived.
fn stated(facts: &Facts, field: Field) -> Option<&str> {
    facts.of(field).filter(|fact| !fact.source.is_derived())?.value.text()
}

fn portal_link(text: &str) -> Option<PortalLink> {
    match link::read(text).link {
        Link::Portal(link) => Some(link),
        _ => None,
    }
}

/// Checks that each link is in the application's Region or, if that isn't known, in a Region where Identity
/// Center is enabled. An application can be in any of them.
fn regions(facts: &Facts) -> Vec<Finding> {
    let own = stated(facts, Field::ApplicationRegion);
    let Some(possible) = own.map(|own| vec![own]).or_else(|| enabled_regions(facts)) else {
        return Vec::new();
    };
    let other = |field| {
        let other = portal_link(stated(facts, field)?)?.region;
        (!possible.contains(&other.as_str())).then(|| {
            Finding::warning(field, "link_of_other_region")
                .expected(possible.join(", "))
                .received(other.as_str())
                .with("of", if own.is_some() { "application" } else { "instance" })
                .ask_again()
                .basis(Basis::Seen)
        })
    };
    LINKS.into_iter().filter_map(other).collect()
}

/// Returns all Regions where Identity Center is enabled, if AWS listed them.
fn enabled_regions(facts: &Facts) -> Option<Vec<&str>> {
    let others = stated(facts, Field::AwsOtherRegions)?;
    Some([stated(facts, Field::AwsRegion)?].into_iter().chain(others.split_whitespace()).collect())
}

/// Checks that every Region and link is in the partition that the application's ARN names.
fn partition(facts: &Facts) -> Vec<Finding> {
    let Some(arn) = facts.parsed::<ApplicationArn>(Field::ApplicationArn) else {
        return Vec::new();
    };
    let region = |field| stated(facts, field)?.parse::<Region>().ok();
    let link = |field| Some(portal_link(stated(facts, field)?)?.region);
    let regions = [Field::AwsRegion, Field::ApplicationRegion]
        .map(|field| (field, region(field), Basis::Documented));
    let links = LINKS.map(|field| (field, link(field), Basis::Seen));
    let other = |(field, region, basis): (Field, Option<Region>, Basis)| {
        let partition = region?.partition();
        (partition != *arn.partition()).then(|| {
            Finding::error(field, "other_partition")
                .expected(arn.partition().as_str())
                .received(partition.as_str())
                .ask_again()
                .basis(basis)
        })
    };
    regions.into_iter().chain(links).filter_map(other).collect()
}

/// Reports which Region each kind of change is made in, if the application isn't in the primary Region.
fn in_other_region(facts: &Facts) -> Option<Finding> {
    let primary = stated(facts, Field::AwsRegion)?;
    let region = facts.text(Field::ApplicationRegion).filter(|region| *region != primary)?;
    Some(
        Finding::info(Field::ApplicationRegion, "application_in_other_region")
            .with("primary", primary)
            .with("region", region)
            .fix(Fix::Read),
    )
}

/// Checks that issuer and endpoint are the same link, if both come from the user or AWS. In Identity
/// Center, the issuer is the sign-in URL (public samples).
fn endpoints(facts: &Facts) -> Option<Finding> {
    let issuer = stated(facts, Field::IdpEntityId)?;
    let endpoint = stated(facts, Field::IdpSsoUrl)?;
    let token = |text| portal_link(text).map(|link| link.token);
    (issuer != endpoint && token(issuer) != token(endpoint)).then(|| {
        Finding::error(Field::IdpSsoUrl, "issuer_and_endpoint_differ")
            .corrected(issuer)
            .received(endpoint)
            .basis(Basis::Seen)
    })
}
