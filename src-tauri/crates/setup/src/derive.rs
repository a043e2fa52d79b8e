//! Derives facts from stored facts. Derived facts are shown but never stored.

use jiff::Timestamp;

use identifiers::{
    AccessPortal, ApplicationArn, InstanceArn, Region,
    link::{self, Link},
};

use super::{
    FactValue, Facts, Field, Source,
    idp::{IdentityProvider, metadata},
    test_record::{self, ResultState},
};

/// Adds derived facts. Known facts take precedence over derived facts.
pub fn derive(facts: &Facts, now: Timestamp) -> Facts {
    let mut all = facts.clone();
    let idp = IdentityProvider::from_facts(facts);
    let mut learn = |field: Field, value: Option<String>, source: Source| {
        if let Some(value) = value
            && all.get(field).is_none()
        {
            all.derive(field, FactValue::Text(value), source, now);
        }
    };
    for (field, known) in [
        (Field::IdpEntityId, &idp.issuer),
        (Field::IdpSsoUrl, &idp.endpoint),
        (Field::IdpMetadataUrl, &idp.metadata_url),
    ] {
        if let Some(known) = known {
            learn(field, Some(known.value.clone()), known.source.clone());
        }
    }
    let (account, region, from) = account_and_region(facts);
    learn(Field::AwsAccountId, account, Source::Derived { from });
    learn(Field::ApplicationRegion, region.clone(), Source::Derived { from });
    learn(Field::AwsRegion, region, Source::Derived { from });
    learn(Field::AccessPortalUrl, portal(facts), Source::Derived { from: Field::IdentityStoreId });
    // The dry run confirms the AWS values only if its result is still fresh.
    if test_record::result_state(facts, Field::DryRun) == ResultState::Fresh {
        let dry_run = Source::Derived { from: Field::DryRun };
        let same = |field| facts.text(field).map(str::to_owned);
        learn(Field::AwsAcsUrl, same(Field::SpAcsUrl), dry_run.clone());
        learn(Field::AwsAudience, same(Field::SpEntityId), dry_run);
    }
    all
}

/// Returns the access portal's address, if the partition is known.
fn portal(facts: &Facts) -> Option<String> {
    let store = facts.parsed(Field::IdentityStoreId)?;
    let (_, linked, _) = account_and_region(facts);
    let region: Option<Region> = facts.parsed(Field::AwsRegion).or_else(|| linked?.parse().ok());
    let of_arn = || {
        let application = facts.parsed::<ApplicationArn>(Field::ApplicationArn);
        let instance = facts.parsed::<InstanceArn>(Field::InstanceArn);
        let of_instance = instance.map(|arn| arn.partition().clone());
        application.map(|arn| arn.partition().clone()).or(of_instance)
    };
    let partition = region.as_ref().map(Region::partition).or_else(of_arn)?;
    AccessPortal::derive_start_url(&store, &partition, region.as_ref())
}

/// Returns the account and Region from the application's ARN or a link, and the field that contains
/// the ARN or link.
fn account_and_region(facts: &Facts) -> (Option<String>, Option<String>, Field) {
    let links = [Field::IdpLink, Field::IdpEntityId, Field::IdpSsoUrl, Field::IdpMetadataUrl]
        .into_iter()
        .filter_map(|field| Some((field, link::identify_link(facts.text(field)?).link)));
    let documents =
        [Field::IdpMetadataFetched, Field::IdpMetadata].into_iter().filter_map(|field| {
            Some((field, link::identify_link(&metadata(facts, field)?.entity_id).link))
        });
    for (field, link) in links.chain(documents) {
        if let Link::Portal(link) = link {
            let account = link.token.decoded().map(|(account, _)| account.to_string());
            return (account, Some(link.region.to_string()), field);
        }
    }
    let arn = facts.parsed::<ApplicationArn>(Field::ApplicationArn);
    (arn.map(|arn| arn.account().to_string()), None, Field::ApplicationArn)
}
