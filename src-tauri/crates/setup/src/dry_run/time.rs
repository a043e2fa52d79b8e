//! Checks the response's validity period against this computer's clock.

use jiff::Timestamp;

use super::{addresses::bearers, row::ResultRow};
use crate::{Field, Finding, Fix, RuleBasis};
use saml::response::{Assertion, Instant};

/// The clock skew that python3-saml, and so very likely nOps, allows, in seconds.
const SKEW: i64 = 300;

pub(super) fn row(assertion: &Assertion, now: Timestamp) -> ResultRow {
    let bearers = || bearers(assertion);
    let starts: Vec<&Instant> = std::iter::once(&assertion.not_before)
        .chain(bearers().map(|confirmation| &confirmation.not_before))
        .flatten()
        .collect();
    let ends: Vec<&Instant> = std::iter::once(&assertion.not_on_or_after)
        .chain(bearers().map(|confirmation| &confirmation.not_on_or_after))
        .flatten()
        .collect();
    let sessions = &assertion.session_ends;
    let unclear =
        starts.iter().chain(&ends).copied().chain(sessions).find(|instant| instant.at.is_none());
    let from = starts.iter().filter_map(|instant| instant.at).max();
    let ended = ends.iter().filter_map(|instant| instant.at).min();
    // python3-saml allows no clock skew at the end of the session.
    let session = sessions.iter().filter_map(|instant| instant.at).min();
    let until = ended.into_iter().chain(session).min();
    let issued = assertion.issued.as_ref().and_then(|instant| instant.at);
    let is_current = from.is_none_or(|from| from <= now) && until.is_none_or(|until| now < until);
    let row = |expected| {
        ResultRow::new("time", expected, "dry-run-received-time")
            .with("now", format_time(Some(now), now))
            .with("issued", format_time(issued, now))
            .with("from", format_time(from, now))
            .with("until", format_time(until, now))
    };
    let row = match is_current {
        true => row("dry-run-expected-time"),
        false => row("dry-run-expected-time-tolerated"),
    };
    let said = |code| {
        Finding::error(Field::DryRun, code)
            .with_basis(RuleBasis::Inferred)
            .with("now", format_time(Some(now), now))
            .with("from", format_time(from, now))
            .with("until", format_time(until, now))
            .with_fix(Fix::Again { field: Field::DryRun })
    };
    let second = now.as_second();
    if let Some(unclear) = unclear {
        row.with_failure(said("dry_run_time").with_received(unclear.text.as_str()))
    } else if from.is_some_and(|from| second + SKEW < from.as_second()) {
        row.with_failure(said("dry_run_too_early"))
    } else if ended.is_some_and(|ended| second - SKEW >= ended.as_second())
        || session.is_some_and(|session| second >= session.as_second())
    {
        row.with_failure(said("dry_run_too_late"))
    } else if ended.is_none() {
        row.with_warning(said("dry_run_endless"))
    } else {
        row
    }
}

/// Returns the time of day, and the date if it isn't today.
fn format_time(at: Option<Timestamp>, now: Timestamp) -> String {
    let Some(at) = at else {
        return "…".to_owned();
    };
    let day = |at: Timestamp| at.strftime("%F").to_string();
    let form = if day(at) == day(now) { "%T" } else { "%F %T" };
    at.strftime(form).to_string()
}
