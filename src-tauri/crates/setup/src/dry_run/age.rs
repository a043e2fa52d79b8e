//! Calculates a result's age from when the response or the shared result was created, not from when
//! it was pasted.

use jiff::{SignedDuration, Timestamp};

use crate::{Facts, Field, Finding, Severity, test_record};

/// The tolerance when the difference between two clocks is unknown.
pub const TOLERANCE: SignedDuration = SignedDuration::from_secs(300);

/// The tolerance for a known clock offset: AWS's `Date` header contains whole seconds, and the
/// response takes time to arrive.
const ROUNDING: SignedDuration = SignedDuration::from_secs(2);

/// The clock that set a result's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// AWS's clock, with a known offset from this computer's clock.
    ByAws {
        /// AWS's time minus this computer's time. Negative if AWS's clock is behind.
        ahead: SignedDuration,
    },
    /// A clock whose offset from this computer's clock is unknown.
    ByUnknownClock,
    /// A value changed after the response was pasted. The response is older, whatever its time is.
    BeforeChange,
}

/// When a result was created, according to this computer's clock, and a remark if that time isn't
/// exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultAge {
    pub at: Timestamp,
    /// Set if the result is accepted only because of [`TOLERANCE`].
    pub remark: Option<Finding>,
}

/// Returns when a dry-run result was made, if it's newer than every fact that it depends on.
///
/// # Errors
///
/// Returns the finding that explains why the result isn't accepted: it has no time, or it's older
/// than such a fact.
pub fn age(
    facts: &Facts,
    issued: Option<Timestamp>,
    dated: TimeSource,
    now: Timestamp,
) -> Result<ResultAge, Box<Finding>> {
    let field = Field::DryRun;
    let about = |code, severity| Finding::about(field, code, severity).with_reentry_fix();
    let issued = issued.ok_or_else(|| Box::new(about("dry_run_undated", Severity::Error)))?;
    let (ahead, known) = match dated {
        TimeSource::ByAws { ahead } => (ahead, ROUNDING),
        TimeSource::ByUnknownClock => (SignedDuration::ZERO, TOLERANCE),
        TimeSource::BeforeChange => (SignedDuration::ZERO, SignedDuration::ZERO),
    };
    let at = issued.saturating_sub(ahead).unwrap_or(issued).min(now);
    let Some(changed) = test_record::last_dependency_change(facts, field) else {
        return Ok(ResultAge { at, remark: None });
    };
    // The clock was set back after this fact was stored, so the fact's exact time isn't known.
    let (changed, tolerance) = if changed > now { (now, TOLERANCE) } else { (changed, known) };
    let dates = |finding: Finding| {
        finding
            .with("at", at)
            .with("changed", changed)
            .with("minutes", (tolerance.as_secs() / 60).to_string())
    };
    let behind = changed.duration_since(at);
    if dated == TimeSource::BeforeChange || behind > tolerance {
        Err(Box::new(dates(about("dry_run_older", Severity::Error))))
    } else if behind > ROUNDING {
        let remark = dates(about("dry_run_tolerated", Severity::Info));
        Ok(ResultAge { at, remark: Some(remark) })
    } else {
        Ok(ResultAge { at, remark: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FactValue, Source};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    /// Checks a result that was issued at second `issued` and pasted at second 10,000. A value
    /// changed at second `changed`.
    #[track_caller]
    fn check(changed: i64, issued: Option<i64>, ahead: Option<i64>, expect: &str) {
        let mut facts = Facts::default();
        let value = FactValue::Text("https://app.nops.io/sso/v1/a/?acs".to_owned());
        facts.record(Field::SpAcsUrl, value, Source::Entered, at(changed));
        let dated = ahead.map_or(TimeSource::ByUnknownClock, |ahead| TimeSource::ByAws {
            ahead: SignedDuration::from_secs(ahead),
        });
        let told = match age(&facts, issued.map(at), dated, at(10_000)) {
            Ok(ResultAge { remark: None, .. }) => "counts".to_owned(),
            Ok(ResultAge { remark: Some(remark), .. }) => remark.code,
            Err(refused) => refused.code,
        };
        assert_eq!(told, expect, "changed {changed}, issued {issued:?}, ahead {ahead:?}");
    }

    #[test]
    fn result_before_last_change_is_rejected() {
        check(5_000, Some(9_000), None, "counts");
        check(9_000, Some(5_000), None, "dry_run_older");
        check(9_000, Some(5_000), Some(0), "dry_run_older");
        check(9_000, None, None, "dry_run_undated");
        // A response from the future is treated as issued now.
        check(9_000, Some(20_000), None, "counts");
    }

    #[test]
    fn unknown_clock_offset_allows_five_minutes() {
        check(9_000, Some(8_700), None, "dry_run_tolerated");
        check(9_000, Some(8_699), None, "dry_run_older");
        check(9_000, Some(8_999), None, "counts");
    }

    #[test]
    fn known_clock_offset_needs_no_tolerance() {
        // AWS's clock is one hour ahead, so 12,600 on that clock is 9,000 on ours.
        check(9_000, Some(12_600), Some(3_600), "counts");
        check(9_000, Some(12_590), Some(3_600), "dry_run_older");
        check(9_000, Some(5_400), Some(-3_600), "counts");
        check(9_000, Some(8_900), Some(0), "dry_run_older");
    }

    /// AWS's times have no fractions of a second, so a response can seem to be from after a change
    /// that followed it immediately.
    #[test]
    fn response_from_before_a_change_never_counts() {
        let mut facts = Facts::default();
        let value = FactValue::Text("https://app.nops.io/sso/v1/a/?acs".to_owned());
        facts.record(Field::SpAcsUrl, value, Source::Entered, at(9_000));
        for (dated, is_accepted) in [
            (TimeSource::ByAws { ahead: SignedDuration::ZERO }, true),
            (TimeSource::BeforeChange, false),
        ] {
            for issued in [8_999, 9_000, 9_001] {
                let found = age(&facts, Some(at(issued)), dated, at(10_000));
                assert_eq!(found.is_ok(), is_accepted, "{dated:?} {issued}");
            }
        }
    }

    #[test]
    fn clock_set_back_does_not_block_new_results() {
        check(12_000, Some(9_990), Some(0), "dry_run_tolerated");
        check(12_000, Some(9_000), Some(0), "dry_run_older");
    }

    #[test]
    fn unchanged_value_does_not_outdate_results() {
        let mut facts = Facts::default();
        for second in [1_000, 9_000] {
            let value = FactValue::Text("https://app.nops.io/sso/v1/a/?acs".to_owned());
            facts.record(Field::SpAcsUrl, value, Source::Observed, at(second));
        }
        let found = age(&facts, Some(at(5_000)), TimeSource::ByUnknownClock, at(10_000));
        assert_eq!(found.unwrap().at, at(5_000));
    }
}
