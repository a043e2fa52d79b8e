//! Reads an AWS console page's address, and reports which values it contains and which are missing.

use crate::{FactValue, Facts, Field, Finding, Fix, Source, Step};
use identifiers::{
    AccountId, ApplicationArn, InstanceArn, Partition, PortalLinks, Region, link::ConsolePage,
};

/// Returns the values that a console page implies, given the known facts. `box_of` is the field
/// that the user pasted the address into, if any.
pub(super) fn read_console_page(
    page: &ConsolePage,
    known: &Facts,
    box_of: Option<Field>,
    step: Step,
) -> (Vec<(Field, FactValue, Source)>, Option<Finding>) {
    let account = page.account.clone().or_else(|| known.parsed(Field::AwsAccountId));
    let application = account.as_ref().and_then(|account| application(page, account));
    let mut learned = Vec::new();
    let metadata = application.as_ref().zip(page.region.as_ref());
    let metadata = metadata.map(|(arn, region)| PortalLinks::derive(arn, region).metadata);
    for (field, value, source) in [
        (Field::AwsRegion, page.region.as_ref().map(Region::to_string), Source::Entered),
        (Field::AwsAccountId, page.account.as_ref().map(AccountId::to_string), Source::Entered),
        (Field::InstanceArn, instance(page).map(|arn| arn.to_string()), Source::Entered),
        (Field::IdpMetadataUrl, metadata, Source::Derived { from: Field::ApplicationArn }),
    ] {
        // Values from AWS and values entered for this field take precedence over a console address.
        if let Some(value) = value
            && known.get(field).is_none_or(|fact| fact.source.is_derived())
        {
            learned.push((field, FactValue::Text(value), source));
        }
    }
    if let Some(arn) = &application {
        learned.push((Field::ApplicationArn, FactValue::Text(arn.to_string()), Source::Entered));
    }
    let lacks = match (&application, &page.application_id) {
        (Some(_), _) => None,
        // Step 2 needs only the account.
        _ if step == Step::Connect && page.account.is_some() => None,
        (None, Some(_)) => Some("account"),
        (None, None) if step == Step::Connect => Some("account"),
        (None, None) => Some("application"),
    };
    let field = box_of.unwrap_or(Field::IdpLink);
    let code = "console_link_lacks";
    let note = match lacks {
        Some(lacks) => Some(Finding::warning(field, code).with("lacks", lacks).with_reentry_fix()),
        None if learned.is_empty() => {
            Some(Finding::info(field, code).with("lacks", "news").with_fix(Fix::Read))
        }
        None => None,
    };
    (learned, note.map(|note| note.with_step(step)))
}

fn instance(page: &ConsolePage) -> Option<InstanceArn> {
    let hex = page.instance_id.as_ref()?;
    format!("arn:{}:sso:::instance/ssoins-{hex}", partition(page)).parse().ok()
}

fn application(page: &ConsolePage, account: &AccountId) -> Option<ApplicationArn> {
    let (instance, application) = (page.instance_id.as_ref()?, page.application_id.as_ref()?);
    let partition = partition(page);
    let arn =
        format!("arn:{partition}:sso::{account}:application/ssoins-{instance}/apl-{application}");
    arn.parse().ok()
}

fn partition(page: &ConsolePage) -> Partition {
    page.region.as_ref().map_or_else(Partition::aws, |region| region.partition())
}
