//! Rules about the AWS application: its type, its status, and whether all values belong to it.

use identifiers::{
    AccountId, ApplicationArn, InstanceArn, PortalToken, Region,
    link::{self, Link, PortalLink},
};
use saml::metadata::Metadata;

use crate::{FactValue, Facts, Field, Finding, Fix, Page, RuleBasis, Source, idp};

/// The *ApplicationStatus* value for an application that AWS no longer lists.
pub const GONE: &str = "GONE";

/// The fields that can contain one of the application's links.
const LINKS: [Field; 4] =
    [Field::IdpLink, Field::IdpEntityId, Field::IdpSsoUrl, Field::IdpMetadataUrl];

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = kind_and_status(facts);
    found.extend(other_instance(facts));
    found.extend(tokens(facts));
    let partition = partition(facts);
    if partition.is_empty() {
        found.extend(regions(facts));
        found.extend(check_region(facts));
    }
    found.extend(partition);
    found.extend(endpoints(facts));
    found
}

fn kind_and_status(facts: &Facts) -> Vec<Finding> {
    // Provider names are known only from public samples, so SAML metadata is stronger evidence.
    let has_metadata = facts.text(Field::IdpMetadataFetched).is_some();
    let other_kind =
        facts.text(Field::ApplicationKind).filter(|kind| *kind != "saml" && !has_metadata);
    let is = |field, value, finding: Finding| facts.equals(field, value).then_some(finding);
    [
        other_kind.map(|kind| {
            Finding::warning(Field::ApplicationArn, "application_kind")
                .with("kind", kind)
                .with_page_to_open(Page::AwsApplications)
                .with_basis(RuleBasis::Seen)
        }),
        is(
            Field::ApplicationStatus,
            "DISABLED",
            Finding::error(Field::ApplicationStatus, "application_disabled")
                .with_page_to_open(Page::AwsApplication),
        ),
        is(
            Field::ApplicationStatus,
            GONE,
            Finding::error(Field::ApplicationArn, "application_gone")
                .with_page_to_open(Page::AwsApplications),
        ),
        is(
            Field::ApplicationVisibility,
            "DISABLED",
            Finding::warning(Field::ApplicationVisibility, "application_hidden")
                .with_page_to_open(Page::AwsApplication),
        ),
    ]
    .into_iter()
    .flatten()
    .map(|finding| finding.with("name", name(facts)))
    .collect()
}

/// Checks that the application belongs to the setup's instance.
fn other_instance(facts: &Facts) -> Option<Finding> {
    let application = facts.parsed::<ApplicationArn>(Field::ApplicationArn)?;
    let instance = facts.parsed::<InstanceArn>(Field::InstanceArn)?;
    (application.instance_id() != instance.id()).then(|| {
        Finding::error(Field::ApplicationArn, "application_of_other_instance")
            .with_expected(instance.id())
            .with_received(application.instance_id())
            .with_reentry_fix()
    })
}

/// Returns the application's name, or `none` to select a message without a name.
fn name(facts: &Facts) -> &str {
    facts.non_empty_text(Field::ApplicationName).unwrap_or("none")
}

/// Checks that all links and documents belong to the same application in the connected account.
fn tokens(facts: &Facts) -> Vec<Finding> {
    let named = named_applications(facts);
    let arn = facts.parsed::<ApplicationArn>(Field::ApplicationArn);
    let connected = facts.get(Field::AwsCaller).and_then(|_| facts.text(Field::AwsAccountId));
    let other = |(field, token): &(Field, PortalToken)| {
        let (account, _) = token.decoded()?;
        if let Some(connected) = connected.filter(|connected| *connected != account.as_str()) {
            let finding = Finding::warning(*field, "link_of_other_account");
            let finding = finding.with_expected(connected).with_received(account.as_str());
            return Some(finding.with_reentry_fix().with_basis(RuleBasis::Seen));
        }
        let right = PortalToken::encode(arn.as_ref()?);
        (right != *token).then(|| other_application(facts, *field, &right, token))
    };
    // Metadata from a link that was already reported has the same mistake.
    let is_reported = |(field, token): &&(Field, PortalToken)| {
        let mut links = named.iter().filter(|(other, _)| LINKS.contains(other));
        *field == Field::IdpMetadataFetched && links.any(|(_, linked)| linked == token)
    };
    let mut found: Vec<Finding> =
        named.iter().filter(|one| !is_reported(one)).filter_map(other).collect();
    if arn.is_none()
        && let Some(((_, token), rest)) = named.split_first()
        && let Some((field, received)) = rest.iter().find(|(_, other)| other != token)
    {
        found.push(two_applications(*field, token, received));
    }
    found
}

fn other_application(
    facts: &Facts,
    field: Field,
    known: &PortalToken,
    received: &PortalToken,
) -> Finding {
    let (known, received) = application_names(known, received);
    Finding::warning(field, "link_of_other_application")
        .with_expected(known)
        .with_received(received)
        .with("name", name(facts))
        .with_reentry_fix()
        .with_basis(RuleBasis::Seen)
}

fn two_applications(field: Field, known: &PortalToken, received: &PortalToken) -> Finding {
    let (known, received) = application_names(known, received);
    Finding::error(field, "values_of_two_applications")
        .with_expected(known)
        .with_received(received)
        .with_reentry_fix()
}

/// Returns two applications' IDs as AWS shows them, or the ends of their links if the links can't
/// be decoded.
fn application_names(known: &PortalToken, received: &PortalToken) -> (String, String) {
    let (a, b) = (known.decoded(), received.decoded());
    let text = |token: &PortalToken, decoded: Option<(AccountId, String)>, with_account| {
        decoded.map_or_else(
            || token.as_str().to_owned(),
            |(account, id)| match with_account {
                true => format!("{account}/apl-{id}"),
                false => format!("apl-{id}"),
            },
        )
    };
    let accounts = a.as_ref().zip(b.as_ref());
    let with_account = accounts.is_some_and(|((a, _), (b, _))| a != b);
    (text(known, a, with_account), text(received, b, with_account))
}

/// An application that a value identifies, by its ARN or by the end of a link.
struct IdentifiedApplication {
    token: PortalToken,
    by_arn: bool,
}

impl IdentifiedApplication {
    /// Returns the application that the value identifies, if there is one.
    fn from_value(field: Field, value: &FactValue) -> Option<Self> {
        let linked =
            |text: &str| portal_link(text).filter(|link| link.whole).map(|link| link.token);
        let text = value.text()?;
        let (token, by_arn) = match field {
            Field::ApplicationArn => (PortalToken::encode(&text.parse().ok()?), true),
            Field::IdpMetadata | Field::IdpMetadataFetched => {
                (linked(&Metadata::read(text.as_bytes()).ok()?.entity_id)?, false)
            }
            _ if LINKS.contains(&field) => (linked(text)?, false),
            _ => return None,
        };
        Some(Self { token, by_arn })
    }

    /// Returns whether both are the same application. Returns `None` if a link's end can't be
    /// compared with an ARN.
    fn is_same_as(&self, other: &Self) -> Option<bool> {
        let link = if self.by_arn { other } else { self };
        let is_comparable = self.by_arn == other.by_arn || link.token.decoded().is_some();
        is_comparable.then_some(self.token == other.token)
    }
}

pub(crate) fn names_application(field: Field, value: &FactValue) -> bool {
    IdentifiedApplication::from_value(field, value).is_some()
}

/// Reports that new values belong to a different application than the known one. Ignores the known
/// value in `from`, the field that the user entered the new values into, because the user is
/// replacing it.
pub(crate) fn replaced_application(
    facts: &Facts,
    learned: &[(Field, FactValue, Source)],
    from: Option<Field>,
) -> Option<Finding> {
    // Metadata from AWS shows that the application exists, so even an edited link must not silently
    // replace it.
    let named = [Field::ApplicationArn, Field::IdpMetadataFetched, Field::IdpMetadata];
    let known: Vec<IdentifiedApplication> = named
        .into_iter()
        .chain(LINKS)
        .filter(|field| Some(*field) != from)
        .filter_map(|field| Some((field, facts.get(field)?)))
        .filter(|(_, fact)| !fact.source.is_derived())
        .filter_map(|(field, fact)| IdentifiedApplication::from_value(field, &fact.value))
        .collect();
    let mut applications = learned.iter().filter_map(|(field, value, _)| {
        Some((*field, value.text()?, IdentifiedApplication::from_value(*field, value)?))
    });
    let (field, text, new) = applications.find(|(_, _, new)| {
        let same: Vec<bool> = known.iter().filter_map(|known| new.is_same_as(known)).collect();
        !same.is_empty() && !same.contains(&true)
    })?;
    let right = known.iter().find(|known| new.is_same_as(known) == Some(false))?;
    let box_of = if field == Field::IdpMetadata { field } else { from.unwrap_or(Field::IdpLink) };
    let connected = facts.get(Field::AwsCaller).and_then(|_| facts.text(Field::AwsAccountId));
    let account = new.token.decoded().map(|(account, _)| account);
    let finding = match (connected, account) {
        (Some(connected), Some(account)) if connected != account.as_str() => {
            Finding::warning(box_of, "link_of_other_account")
                .with_expected(connected)
                .with_received(account.as_str())
                .with_reentry_fix()
                .with_basis(RuleBasis::Seen)
        }
        _ if known.iter().any(|known| known.by_arn) => {
            other_application(facts, box_of, &right.token, &new.token)
        }
        _ => two_applications(box_of, &right.token, &new.token),
    };
    Some(match field {
        Field::IdpMetadata => finding,
        _ => finding.with_fix(Fix::ReplaceApplication { value: text.to_owned() }),
    })
}

/// Returns the application in each known link or document, starting with the best source.
fn named_applications(facts: &Facts) -> Vec<(Field, PortalToken)> {
    let token = |text: &str| portal_link(text).filter(|link| link.whole).map(|link| link.token);
    let documents = [Field::IdpMetadataFetched, Field::IdpMetadata]
        .into_iter()
        .filter_map(|field| Some((field, token(&idp::metadata(facts, field)?.entity_id)?)));
    let links =
        LINKS.into_iter().filter_map(|field| Some((field, token(stated_text(facts, field)?)?)));
    documents.chain(links).collect()
}

/// Returns the value if it comes from the user or AWS and isn't derived.
fn stated_text(facts: &Facts, field: Field) -> Option<&str> {
    facts.get(field).filter(|fact| !fact.source.is_derived())?.value.text()
}

fn portal_link(text: &str) -> Option<PortalLink> {
    match link::identify_link(text).link {
        Link::Portal(link) => Some(link),
        _ => None,
    }
}

/// Checks that each link is in the application's Region. If that Region isn't known, checks that
/// each link is in a Region where Identity Center is enabled, because an application can be in any
/// of these Regions.
fn regions(facts: &Facts) -> Vec<Finding> {
    let own = stated_text(facts, Field::ApplicationRegion);
    let Some(possible) = own.map(|own| vec![own]).or_else(|| enabled_regions(facts)) else {
        return Vec::new();
    };
    let other = |field| {
        let other = portal_link(stated_text(facts, field)?)?.region;
        (!possible.contains(&other.as_str())).then(|| {
            Finding::warning(field, "link_of_other_region")
                .with_expected(possible.join(", "))
                .with_received(other.as_str())
                .with("of", if own.is_some() { "application" } else { "instance" })
                .with_reentry_fix()
                .with_basis(RuleBasis::Seen)
        })
    };
    LINKS.into_iter().filter_map(other).collect()
}

/// Returns all Regions in which Identity Center is enabled, if AWS listed them.
fn enabled_regions(facts: &Facts) -> Option<Vec<&str>> {
    let others = stated_text(facts, Field::AwsOtherRegions)?;
    Some(
        [stated_text(facts, Field::AwsRegion)?]
            .into_iter()
            .chain(others.split_whitespace())
            .collect(),
    )
}

/// Checks that all Regions and links are in the same partition as the application's ARN.
fn partition(facts: &Facts) -> Vec<Finding> {
    let Some(arn) = facts.parsed::<ApplicationArn>(Field::ApplicationArn) else {
        return Vec::new();
    };
    let region = |field| stated_text(facts, field)?.parse::<Region>().ok();
    let link = |field| Some(portal_link(stated_text(facts, field)?)?.region);
    let regions = [Field::AwsRegion, Field::ApplicationRegion]
        .map(|field| (field, region(field), RuleBasis::Documented));
    let links = LINKS.map(|field| (field, link(field), RuleBasis::Seen));
    let other = |(field, region, basis): (Field, Option<Region>, RuleBasis)| {
        let partition = region?.partition();
        (partition != *arn.partition()).then(|| {
            Finding::error(field, "other_partition")
                .with_expected(arn.partition().as_str())
                .with_received(partition.as_str())
                .with_reentry_fix()
                .with_basis(basis)
        })
    };
    regions.into_iter().chain(links).filter_map(other).collect()
}

/// If the application isn't in the primary Region, reports which Region the user needs for each
/// kind of change.
fn check_region(facts: &Facts) -> Option<Finding> {
    let primary = stated_text(facts, Field::AwsRegion)?;
    let region = facts.text(Field::ApplicationRegion).filter(|region| *region != primary)?;
    Some(
        Finding::info(Field::ApplicationRegion, "application_in_other_region")
            .with("primary", primary)
            .with("region", region)
            .with_fix(Fix::Read),
    )
}

/// Checks that the issuer and the endpoint are the same link, if both come from the user or AWS. In
/// Identity Center, the issuer is the sign-in URL (public samples).
fn endpoints(facts: &Facts) -> Option<Finding> {
    let issuer = stated_text(facts, Field::IdpEntityId)?;
    let endpoint = stated_text(facts, Field::IdpSsoUrl)?;
    let token = |text| portal_link(text).map(|link| link.token);
    (issuer != endpoint && token(issuer) != token(endpoint)).then(|| {
        Finding::error(Field::IdpSsoUrl, "issuer_and_endpoint_differ")
            .corrected(issuer)
            .with_received(endpoint)
            .with_basis(RuleBasis::Seen)
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use messages::MessageCatalog;

    use super::*;
    use crate::{
        Step,
        input::{ParsedInput, parse_entered, parse_pasted},
    };

    const OWN: &str =
        "arn:aws:sso::123456789012:application/ssoins-b65153f9ece58fe6/apl-931d3e5c113a9080";
    const OTHER: &str =
        "arn:aws:sso::123456789012:application/ssoins-b65153f9ece58fe6/apl-5d0ff381cf6ff4a4";
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn link(arn: &str, kind: &str) -> String {
        let token = PortalToken::encode(&arn.parse().unwrap());
        format!("https://portal.sso.us-east-1.amazonaws.com/saml/{kind}/{}", token.as_str())
    }

    fn metadata(issuer: &str) -> String {
        let pem = include_str!("../../../saml/tests/fixtures/certificate.pem");
        let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        format!(
            "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{issuer}\">\
             <IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
             <KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\">\
             <X509Data><X509Certificate>{base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>\
             <SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" \
             Location=\"{issuer}\"/></IDPSSODescriptor></EntityDescriptor>"
        )
    }

    fn facts_from(known: &[(Field, &str)]) -> Facts {
        let mut facts = Facts::default();
        for (field, text) in known {
            facts.record(*field, FactValue::Text((*text).to_owned()), Source::Entered, NOW);
        }
        facts
    }

    fn add_implied_values(input: ParsedInput, facts: &Facts, from: Option<Field>) -> ParsedInput {
        input.with_implied_values(facts, from, (Step::Application, NOW))
    }

    #[test]
    fn another_application_never_replaces_known_one() {
        let (own, own_metadata) = (link(OWN, "assertion"), link(OWN, "metadata"));
        let (other, other_metadata) = (link(OTHER, "assertion"), link(OTHER, "metadata"));
        for known in [
            (Field::ApplicationArn, OWN),
            (Field::IdpMetadataUrl, own_metadata.as_str()),
            (Field::IdpEntityId, own.as_str()),
        ] {
            let facts = facts_from(&[known]);
            for text in [OTHER, &other, &other_metadata] {
                for from in [Some(Field::IdpLink), None] {
                    let input = match from {
                        Some(field) => parse_entered(field, text, Step::Application, NOW),
                        None => parse_pasted(text, Step::Application, NOW),
                    };
                    let input = add_implied_values(input, &facts, from);
                    assert_eq!(input.learned, [], "{known:?} {text}");
                    let [note] = input.notes.as_slice() else { panic!("{:?}", input.notes) };
                    assert_eq!(note.expected.as_deref(), Some("apl-931d3e5c113a9080"));
                    assert_eq!(note.received.as_deref(), Some("apl-5d0ff381cf6ff4a4"));
                    assert_eq!(note.fix, Some(Fix::ReplaceApplication { value: text.to_owned() }));
                }
            }
            for text in [OWN, &own, &own_metadata] {
                let input = parse_entered(Field::IdpLink, text, Step::Application, NOW);
                let input = add_implied_values(input, &facts, Some(Field::IdpLink));
                assert!(!input.learned.is_empty() && input.notes.is_empty(), "{known:?} {text}");
            }
        }
    }

    #[test]
    fn text_of_same_box_is_replaced() {
        let facts = facts_from(&[(Field::IdpLink, &link(OTHER, "assertion"))]);
        let own = link(OWN, "metadata");
        let input = parse_entered(Field::IdpLink, &own, Step::Application, NOW);
        let input = add_implied_values(input, &facts, Some(Field::IdpLink));
        assert_eq!(input.learned[0].0, Field::IdpMetadataUrl);
        assert_eq!(input.notes, []);
    }

    #[test]
    fn application_seen_in_aws_is_not_replaced_in_its_box() {
        let mut facts = facts_from(&[(Field::IdpLink, &link(OTHER, "assertion"))]);
        let xml = FactValue::Text(metadata(&link(OTHER, "assertion")));
        facts.record(Field::IdpMetadataFetched, xml, Source::Observed, NOW);
        let input = parse_entered(Field::IdpLink, &link(OWN, "metadata"), Step::Application, NOW);
        let input = add_implied_values(input, &facts, Some(Field::IdpLink));
        assert_eq!(input.learned, []);
        assert_eq!(input.notes[0].code, "values_of_two_applications");
    }

    #[test]
    fn accounts_distinguish_equal_application_ids() {
        let other = OWN.replace("123456789012", "210987654321");
        let facts = facts_from(&[(Field::ApplicationArn, OWN)]);
        let input = parse_entered(Field::IdpLink, &other, Step::Application, NOW);
        let input = add_implied_values(input, &facts, Some(Field::IdpLink));
        let [note] = input.notes.as_slice() else { panic!("{:?}", input.notes) };
        assert_eq!(note.expected.as_deref(), Some("123456789012/apl-931d3e5c113a9080"));
        assert_eq!(note.received.as_deref(), Some("210987654321/apl-931d3e5c113a9080"));
    }

    #[test]
    fn wrong_link_and_its_metadata_are_reported_once() {
        let other = link(OTHER, "metadata");
        let mut facts =
            facts_from(&[(Field::ApplicationArn, OWN), (Field::IdpMetadataUrl, &other)]);
        let xml = metadata(&link(OTHER, "assertion"));
        facts.record(Field::IdpMetadataFetched, FactValue::Text(xml), Source::Observed, NOW);
        assert!(idp::metadata(&facts, Field::IdpMetadataFetched).is_some());
        let found = tokens(&facts);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].received.as_deref(), Some("apl-5d0ff381cf6ff4a4"));
    }

    #[test]
    fn messages_do_not_need_the_name() {
        let words = MessageCatalog::english().without_markup();
        for name in [None, Some(""), Some("nOps")] {
            for (field, text) in [
                (Field::ApplicationStatus, "DISABLED"),
                (Field::ApplicationStatus, GONE),
                (Field::ApplicationVisibility, "DISABLED"),
                (Field::ApplicationKind, "oauth"),
                (Field::ApplicationKind, "catalog"),
                (Field::IdpLink, &link(OTHER, "assertion")),
            ] {
                let mut facts = facts_from(&[(Field::ApplicationArn, OWN), (field, text)]);
                if let Some(name) = name {
                    let name = FactValue::Text(name.to_owned());
                    facts.record(Field::ApplicationName, name, Source::Observed, NOW);
                }
                let found = findings(&facts);
                assert!(!found.is_empty(), "{field:?} {text}");
                for finding in found {
                    let key = finding.message_key();
                    let params = finding.variables(|key, params| words.text(key, params));
                    for text in [
                        Some(words.text(&key, &params)),
                        words.attribute(&key, "detail", &params),
                        words.attribute(&key, "fix", &params),
                    ]
                    .into_iter()
                    .flatten()
                    {
                        let is_broken = text.trim() != text
                            || ["  ", " .", " ,", "none"].iter().any(|gap| text.contains(gap));
                        assert!(!is_broken, "{key}: {text}");
                    }
                }
            }
        }
    }
}
