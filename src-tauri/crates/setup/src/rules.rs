//! The rules are functions that return findings for facts and a time. Each file contains the rules for
//! one area.

mod application;
mod attribute_mappings;
mod certificates;
mod connect;
mod links;
mod nops_settings;
mod request;
mod sign_in_tests;
mod tester;

use jiff::Timestamp;

pub use application::GONE;
pub use attribute_mappings::matches_wanted;
pub use certificates::{WRONG_CERTIFICATE_CODES, days};
pub(crate) use links::name as link_name;
pub(crate) use nops_settings::domain;
pub(crate) use request::{is_particular, subject_format};

use super::{Basis, Facts, Finding, Fix, Severity, Source, derive::derive};

/// Returns all findings about these facts, sorted by step and then by severity, the worst first.
pub fn findings(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let all = derive(facts, now);
    let mut found = Vec::new();
    found.extend(connect::findings(&all));
    found.extend(links::findings(&all));
    found.extend(application::findings(&all));
    found.extend(certificates::findings(&all, now));
    found.extend(attribute_mappings::findings(&all));
    found.extend(tester::findings(&all));
    found.extend(nops_settings::findings(&all));
    found.extend(request::findings(&all));
    found.extend(sign_in_tests::findings(&all));
    for finding in &mut found {
        let fact = finding.field.and_then(|field| facts.of(field));
        let inferred = finding.basis != Basis::Documented;
        finding.kept = inferred && fact.is_some_and(|fact| fact.kept);
        if finding.kept {
            finding.severity = Severity::Info;
        }
        finding.can_keep = inferred
            && finding.severity > Severity::Info
            && fact.is_some_and(|fact| is_given(&fact.source));
        let on_page = matches!(finding.fix, Some(Fix::Copy { .. } | Fix::Open { .. }));
        finding.recheck = finding.field.filter(|field| on_page && field.is_seen_on_page());
    }
    found.sort_by_key(|finding| (finding.step, std::cmp::Reverse(finding.severity)));
    found
}

/// Returns whether the user provided the value. If so, the user can confirm that the page shows it.
fn is_given(source: &Source) -> bool {
    matches!(source, Source::Entered | Source::Imported { .. } | Source::Declared)
}
