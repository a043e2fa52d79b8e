//! The addresses of pages that the app opens. Deep links into the console are known only from
//! public samples, so each deep link has its parent page as a fallback.

use url::Url;

use identifiers::{ApplicationArn, InstanceArn, Region};

use super::{Facts, Field, Page, RuleBasis};

/// nOps › Organization Settings › SSO.
const NOPS_SSO: &str = "https://app.nops.io/v3/settings?tab=SSO";
/// nOps › Organization Settings › API Key.
const NOPS_API_KEY: &str = "https://app.nops.io/v3/settings?tab=API%20Key";

/// Returns the account whose console the user needs. This is the connected account, or the
/// management account if the connected account is a member account.
pub fn account(facts: &Facts) -> Option<&str> {
    facts.text(match facts.is_member_account() {
        Some(true) => Field::ManagementAccountId,
        _ => Field::AwsAccountId,
    })
}

/// Returns the address of `page`, and how certain it is. `facts` contains all facts, including
/// derived facts.
pub fn address(facts: &Facts, page: &Page) -> Option<(String, RuleBasis)> {
    let primary = facts.text(Field::AwsRegion).unwrap_or("us-east-1");
    // An application is managed in its own Region, and everything else in the primary Region.
    let managed = facts.text(Field::ApplicationRegion).unwrap_or(primary);
    let application = facts.parsed::<ApplicationArn>(Field::ApplicationArn);
    let instance = facts
        .parsed::<InstanceArn>(Field::InstanceArn)
        .or_else(|| Some(application.as_ref()?.instance()));
    let home = format!("{}/home?region={primary}", console_url_start(primary));
    let list = format!("{}/applications/home?region={managed}", console_url_start(managed));
    let (home, list) = match instance.as_ref().map(InstanceArn::id) {
        Some(id) => (format!("{home}#!/instances/{id}/"), format!("{list}#/instances/{id}")),
        None => (home, list),
    };
    let inside = |path: &str| match instance {
        Some(_) => format!("{home}{path}"),
        None => home.clone(),
    };
    let address = match page {
        Page::AwsApplications => list,
        Page::AwsApplication => match &application {
            Some(arn) => format!("{list}/ins-{}", arn.application_id()),
            None => list,
        },
        Page::AwsUsers => inside("users"),
        Page::AwsUser { user_id } => inside(&format!("users/user-details/{user_id}")),
        Page::AwsGroups => inside("groups"),
        Page::AwsSettings => inside("settings"),
        // This address is known only during a sign-in.
        Page::AwsSignIn => return None,
        Page::NopsSso => NOPS_SSO.to_owned(),
        Page::NopsApiKey => NOPS_API_KEY.to_owned(),
        Page::AwsPortal => {
            return Some((facts.text(Field::AccessPortalUrl)?.to_owned(), RuleBasis::Documented));
        }
        Page::PracticeMailbox => {
            return Some(("https://mailbox.practice.example/".to_owned(), RuleBasis::Documented));
        }
    };
    Some((address, RuleBasis::Seen))
}

/// Returns the start of Identity Center's console addresses for a Region.
fn console_url_start(region: &str) -> String {
    let partition = region.parse::<Region>().ok().map(|region| region.partition());
    let domain = partition.and_then(|partition| partition.console_domain());
    format!("https://{region}.{}/singlesignon", domain.unwrap_or("console.aws.amazon.com"))
}

/// Returns the normalized address if it's safe to open in a browser. It must be HTTPS without user
/// info, or a page in practice mode at `practice`. Addresses can come from pasted text.
pub fn normalize_safe_address(address: &str, practice: Option<&str>) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_practice = practice
        .and_then(|base| Url::parse(base).ok())
        .is_some_and(|base| base.origin().is_tuple() && base.origin() == url.origin());
    let is_plain = url.username().is_empty() && url.password().is_none();
    let is_safe = is_plain && url.has_host() && (url.scheme() == "https" || is_practice);
    is_safe.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FactValue, Source};

    const PRACTICE: Option<&str> = Some("http://127.0.0.1:4100");

    #[test]
    fn console_pages_follow_region_and_partition() {
        let check = |region: &str, own: &str, users: &str, application: &str| {
            let mut facts = Facts::default();
            for (field, text) in [
                (Field::AwsRegion, region),
                (Field::ApplicationRegion, own),
                (Field::InstanceArn, "arn:aws:sso:::instance/ssoins-0123456789abcdef"),
            ] {
                let now = jiff::Timestamp::UNIX_EPOCH;
                facts.record(field, FactValue::Text(text.to_owned()), Source::Observed, now);
            }
            let at = |page| address(&facts, &page).unwrap().0;
            let users = format!("https://{users}#!/instances/0123456789abcdef/users");
            assert_eq!(at(Page::AwsUsers), users);
            let application = format!("https://{application}#/instances/0123456789abcdef");
            assert_eq!(at(Page::AwsApplications), application);
        };
        let page = |region: &str, domain: &str, path: &str| {
            format!("{region}.{domain}/singlesignon/{path}home?region={region}")
        };
        for (primary, own, domain) in [
            ("us-east-1", "us-east-1", "console.aws.amazon.com"),
            ("us-east-1", "eu-west-1", "console.aws.amazon.com"),
            ("us-gov-west-1", "us-gov-east-1", "console.amazonaws-us-gov.com"),
            ("cn-north-1", "cn-north-1", "console.amazonaws.cn"),
            ("eusc-de-east-1", "eusc-de-east-1", "console.amazonaws-eusc.eu"),
        ] {
            check(primary, own, &page(primary, domain, ""), &page(own, domain, "applications/"));
        }
    }

    #[test]
    fn https_and_own_practice_pages_are_safe() {
        for (address, practice) in [
            ("https://app.nops.io/sso/v1/x/?acs", None),
            ("https://d-1234567890.awsapps.com:8443/start#/", PRACTICE),
            ("http://127.0.0.1:4100/at/app.nops.io/v3/settings?tab=SSO", PRACTICE),
        ] {
            assert_eq!(normalize_safe_address(address, practice).as_deref(), Some(address));
        }
        let odd = normalize_safe_address("  HTTPS:\\\\App.nops.io\\sso ", None);
        assert_eq!(odd.as_deref(), Some("https://app.nops.io/sso"), "the address is normalized");
    }

    #[test]
    fn unsafe_addresses_are_rejected() {
        for (address, practice) in [
            ("http://127.0.0.1:1@evil.example/", PRACTICE),
            ("http://127.0.0.1:4100@evil.example/", PRACTICE),
            ("http://127.0.0.1:4101/", PRACTICE),
            ("http://127.0.0.1:4100/", None),
            ("http://127.0.0.1:41000/", PRACTICE),
            ("http://localhost:4100/", PRACTICE),
            ("http://ana:secret@127.0.0.1:4100/", PRACTICE),
            ("https://ana@app.nops.io/", None),
            ("https://:secret@app.nops.io/", None),
            ("http://app.nops.io/", PRACTICE),
            ("file:///etc/passwd", PRACTICE),
            ("javascript:alert(1)", PRACTICE),
            ("data:text/html,hello", Some("data:text/html,hello")),
            ("https:", None),
            ("app.nops.io", None),
            ("", None),
        ] {
            assert_eq!(normalize_safe_address(address, practice), None, "{address}");
        }
    }
}
