//! Addresses of the pages a person needs. Console deep links are seen in public samples only, so
//! each falls back to a page above it.

use crate::names::{ApplicationArn, InstanceArn};

use super::{Basis, Facts, Field, Page};

/// nOps › Organization Settings › SSO.
const NOPS_SSO: &str = "https://app.nops.io/v3/settings?tab=SSO";
/// nOps › Organization Settings › API Key.
const NOPS_API_KEY: &str = "https://app.nops.io/v3/settings?tab=API%20Key";

/// The account in whose console the person works: the connected one, where it can set up applications.
pub fn account(facts: &Facts) -> Option<&str> {
    facts.text(match facts.is_member_account() {
        Some(true) => Field::ManagementAccountId,
        _ => Field::AwsAccountId,
    })
}

/// The address of `page`, given the facts with everything derived, and how sure it is.
pub fn address(facts: &Facts, page: &Page) -> Option<(String, Basis)> {
    let region = facts.text(Field::AwsRegion).unwrap_or("us-east-1");
    let instance = facts
        .text(Field::InstanceArn)
        .and_then(|text| text.parse::<InstanceArn>().ok())
        .map(|arn| arn.hex().to_owned());
    let application =
        facts.text(Field::ApplicationArn).and_then(|text| text.parse::<ApplicationArn>().ok());
    let instance =
        instance.or_else(|| application.as_ref().map(|arn| arn.instance_hex().to_owned()));
    let home = format!("https://{region}.{}/singlesignon/home?region={region}", console(region));
    let inside = |path: &str| match &instance {
        Some(instance) => (format!("{home}#!/instances/{instance}/{path}"), Basis::Seen),
        None => (home.clone(), Basis::Seen),
    };
    let applications = || {
        let list = format!(
            "https://{region}.{}/singlesignon/applications/home?region={region}",
            console(region)
        );
        match &instance {
            Some(instance) => format!("{list}#/instances/{instance}"),
            None => list,
        }
    };
    Some(match page {
        Page::AwsApplications => (applications(), Basis::Seen),
        Page::AwsApplication => match &application {
            Some(arn) => (format!("{}/ins-{}", applications(), arn.application_hex()), Basis::Seen),
            None => (applications(), Basis::Seen),
        },
        Page::AwsUsers => inside("users"),
        Page::AwsUser { user_id } => inside(&format!("users/user-details/{user_id}")),
        Page::AwsGroups => inside("groups"),
        Page::AwsSettings => inside("settings"),
        Page::AwsPortal => (facts.text(Field::AccessPortalUrl)?.to_owned(), Basis::Documented),
        // Known only while somebody signs in.
        Page::AwsSignIn => return None,
        Page::NopsSso => (NOPS_SSO.to_owned(), Basis::Seen),
        Page::NopsLink => (facts.text(Field::SpLoginUrl)?.to_owned(), Basis::Documented),
        Page::NopsApiKey => (NOPS_API_KEY.to_owned(), Basis::Seen),
        Page::PracticeMailbox => {
            ("https://mailbox.practice.example/".to_owned(), Basis::Documented)
        }
    })
}

/// The console's host behind the Region, by partition.
fn console(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "console.amazonaws.cn"
    } else if region.starts_with("us-gov-") {
        "console.amazonaws-us-gov.com"
    } else {
        "console.aws.amazon.com"
    }
}
