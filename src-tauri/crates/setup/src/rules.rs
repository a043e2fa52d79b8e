//! A rule is a function that returns findings for facts and a time. Each file contains the rules
//! for one area.

mod application;
mod attribute_mappings;
mod certificates;
mod connect;
mod links;
mod metadata;
mod nops_settings;
mod request;
mod sign_in_tests;
mod tester;

use jiff::Timestamp;

pub use application::GONE;
pub(crate) use application::{names_application, replaced_application};
pub use attribute_mappings::matches_wanted;
pub use certificates::{WRONG_CERTIFICATE_CODES, days_until_expiry};
pub use connect::is_aws_web_issuer;
pub(crate) use links::name as link_name;
pub(crate) use nops_settings::domain;
pub(crate) use request::{is_particular, subject_format};
pub use tester::tester_has_signed_in;

use super::{Facts, Finding, Fix, RuleBasis, Severity, Source, derive::derive};

/// Returns all findings about these facts, sorted by step and then by severity, the worst first.
pub fn findings(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let all = derive(facts, now);
    let mut found = Vec::new();
    found.extend(connect::findings(&all));
    found.extend(links::findings(&all));
    found.extend(application::findings(&all));
    found.extend(certificates::findings(&all, now));
    found.extend(metadata::findings(&all, now));
    found.extend(attribute_mappings::findings(&all));
    found.extend(tester::findings(&all));
    found.extend(nops_settings::findings(&all));
    found.extend(request::findings(&all));
    found.extend(sign_in_tests::findings(&all));
    for finding in &mut found {
        let fact = finding.field.and_then(|field| facts.get(field));
        // A value that differs from its original is wrong, even if its page shows it.
        let differs = finding.field.is_some_and(|field| links::differs_from_origin(&all, field));
        let inferred = finding.basis != RuleBasis::Documented && !differs;
        finding.kept = inferred && fact.is_some_and(|fact| fact.kept);
        if finding.kept {
            finding.severity = Severity::Info;
        }
        finding.can_keep = inferred
            && finding.severity > Severity::Info
            && fact.is_some_and(|fact| is_from_user(&fact.source));
        let on_page = matches!(finding.fix, Some(Fix::Copy { .. } | Fix::Open { .. }));
        finding.recheck = finding.field.filter(|field| on_page && field.is_seen_on_page());
    }
    found.sort_by_key(|finding| (finding.step, std::cmp::Reverse(finding.severity)));
    found
}

/// Returns whether the user provided the value. If so, the user can confirm that the page shows
/// this value.
fn is_from_user(source: &Source) -> bool {
    matches!(source, Source::Entered | Source::Imported { .. } | Source::Declared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FactValue, Field};

    const SIGN_OUT: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/logout/\
        MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm";
    const SIGN_IN: &str = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
        MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm";

    #[test]
    fn only_unproven_findings_can_be_kept() {
        let can_keep = |facts: &[(Field, &str)], field: Field| {
            let mut all = Facts::default();
            for (field, text) in facts {
                let text = FactValue::Text((*text).to_owned());
                all.record(*field, text, Source::Entered, Timestamp::UNIX_EPOCH);
            }
            all.confirm_value(field);
            let found = findings(&all, Timestamp::UNIX_EPOCH);
            let found = found.into_iter().find(|finding| finding.field == Some(field));
            let found = found.expect("a finding about this field");
            assert!(!(found.kept && found.can_keep), "{found:?}");
            found.kept
        };
        let endpoint = Field::NopsSsoEndpoint;
        assert!(can_keep(&[(endpoint, SIGN_OUT)], endpoint));
        let both = [(endpoint, SIGN_OUT), (Field::IdpSsoUrl, SIGN_IN)];
        assert!(!can_keep(&both, endpoint), "it differs from AWS's endpoint");
        assert!(!can_keep(&[(endpoint, "hello")], endpoint), "text can't be an endpoint");
    }
}
