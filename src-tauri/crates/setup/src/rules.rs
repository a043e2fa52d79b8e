//! The rules: functions of the facts and `now`. One file per area; none names a particular mistake.

mod application;
mod certificates;
mod connect;
mod details;
mod links;
mod request;
mod rows;
mod sign_in_tests;
mod testers;

use jiff::Timestamp;

pub use application::GONE;
pub use certificates::days;
pub(crate) use details::domain;
pub(crate) use request::{is_particular, subject_format};
pub(crate) use rows::distance;
pub use rows::fits;

use super::{Basis, Facts, Finding, Severity, derive::derive};

/// Everything that can be said against these facts, the worst first within each step.
pub fn findings(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let all = derive(facts, now);
    let mut found = Vec::new();
    found.extend(connect::findings(&all));
    found.extend(links::findings(&all));
    found.extend(application::findings(&all));
    found.extend(certificates::findings(&all, now));
    found.extend(rows::findings(&all));
    found.extend(testers::findings(&all));
    found.extend(details::findings(&all));
    found.extend(request::findings(&all));
    found.extend(sign_in_tests::findings(&all));
    for finding in &mut found {
        finding.kept = finding.basis != Basis::Documented
            && finding.field.and_then(|field| facts.of(field)).is_some_and(|fact| fact.kept);
        if finding.kept {
            finding.severity = Severity::Info;
        }
    }
    found.sort_by_key(|finding| (finding.step, std::cmp::Reverse(finding.severity)));
    found
}
