//! Reads the address of an AWS console page: what it identifies, and what is missing.

use crate::{Facts, Field, Finding, Fix, Severity, Source, Step, Value};
use identifiers::{
    AccountId, ApplicationArn, InstanceArn, Partition, PortalLinks, link::ConsolePage,
};

/// Returns the values that a console page implies, given the known facts. `box_of` is the field it
/// was pasted into, if any.
pub(super) fn read(
    page: &ConsolePage,
    known: &Facts,
    box_of: Option<Field>,
    step: Step,
) -> (Vec<(Field, Value, Source)>, Option<Finding>) {
    let account = page.account.clone().or_else(|| known.text(Field::AwsAccountId)?.parse().ok());
    let instance = instance(page);
    let application = account.as_ref().and_then(|account| application(page, account));
    let mut learned = Vec::new();
    let mut learn = |field: Field, text: String, source: Source| {
        // Values from AWS or entered for this field take precedence over a console address.
        if known.of(field).is_none_or(|fact| matches!(fact.source, Source::Derived { .. })) {
            learned.push((field, Value::Text(text), source));
        }
    };
    if let Some(region) = &page.region {
        learn(Field::AwsRegion, region.to_string(), Source::Entered);
    }
    if let Some(account) = &page.account {
        learn(Field::AwsAccountId, account.to_string(), Source::Entered);
    }
    if let Some(instance) = &instance {
        learn(Field::InstanceArn, instance.to_string(), Source::Entered);
    }
    if let (Some(arn), Some(region)) = (&application, &page.region) {
        let links = PortalLinks::derive(arn, region);
        let source = Source::Derived { from: Field::ApplicationArn };
        learn(Field::IdpMetadataUrl, links.metadata, source);
    }
    if let Some(arn) = &application {
        learned.push((Field::ApplicationArn, Value::Text(arn.to_string()), Source::Entered));
    }
    let lacks = match (&application, &page.application_hex) {
        (Some(_), _) => None,
        // Step 2 needs only the account.
        _ if step == Step::Connect && page.account.is_some() => None,
        (None, Some(_)) => Some("account"),
        (None, None) if step == Step::Connect => Some("account"),
        (None, None) => Some("application"),
    };
    let field = box_of.unwrap_or(Field::IdpLink);
    let about = |lacks, severity, fix| {
        let finding = Finding::about(field, "console_link_lacks", severity);
        finding.with("lacks", lacks).fix(fix).shown_in(step)
    };
    let note = match lacks {
        Some(lacks) => Some(about(lacks, Severity::Warning, Fix::Again { field })),
        None if learned.is_empty() => Some(about("news", Severity::Info, Fix::Read)),
        None => None,
    };
    (learned, note)
}

fn instance(page: &ConsolePage) -> Option<InstanceArn> {
    let hex = page.instance_hex.as_ref()?;
    format!("arn:{}:sso:::instance/ssoins-{hex}", partition(page)).parse().ok()
}

fn application(page: &ConsolePage, account: &AccountId) -> Option<ApplicationArn> {
    let (instance, application) = (page.instance_hex.as_ref()?, page.application_hex.as_ref()?);
    let partition = partition(page);
    let arn =
        format!("arn:{partition}:sso::{account}:application/ssoins-{instance}/apl-{application}");
    arn.parse().ok()
}

fn partition(page: &ConsolePage) -> Partition {
    page.region.as_ref().map_or_else(Partition::standard, |region| region.partition())
}
