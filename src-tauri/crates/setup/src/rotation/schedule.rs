//! When to replace the certificate.

use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};

use crate::{Facts, Field};

/// The hour at which most users have stopped working.
const EVENING: i8 = 19;

/// The time to prepare: AWS recommends planning an hour.
const NOTICE: SignedDuration = SignedDuration::from_hours(2);

/// Returns when the user plans the minutes in which users can't sign in, while a rotation is under
/// way.
pub fn planned_time(facts: &Facts) -> Option<Timestamp> {
    facts.parsed(Field::GapPlannedAt)
}

/// Suggests a time for the minutes in which users can't sign in: the next evening before a working
/// day, so that people who can help are available the next day. Returns `None` if there is no such
/// evening before `deadline`, so that it's best to start now.
pub fn suggested_time(
    now: Timestamp,
    zone: &TimeZone,
    deadline: Option<Timestamp>,
) -> Option<Timestamp> {
    let earliest = now.checked_add(NOTICE).ok()?;
    let today = zone.to_datetime(now).date();
    let evenings = (0..7).filter_map(|days| {
        let date = today.checked_add(jiff::Span::new().days(days)).ok()?;
        let evening = zone.to_timestamp(date.at(EVENING, 0, 0, 0)).ok()?;
        let precedes_work = matches!(
            date.weekday(),
            Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday
        );
        precedes_work.then_some(evening)
    });
    let found = evenings.into_iter().find(|evening| *evening >= earliest)?;
    deadline.is_none_or(|deadline| found < deadline).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FactValue, Source, rotation::leave};

    #[track_caller]
    fn check(now: &str, deadline: Option<&str>, expect: Option<&str>) {
        let zone = TimeZone::fixed(jiff::tz::offset(-5));
        let deadline = deadline.map(|deadline| deadline.parse().unwrap());
        let found = suggested_time(now.parse().unwrap(), &zone, deadline);
        assert_eq!(found.map(|found| found.to_string()).as_deref(), expect, "{now}");
    }

    #[test]
    fn suggested_time_is_an_evening_before_a_working_day() {
        // 2026-12-01 is a Tuesday. 19:00 is midnight UTC.
        check("2026-12-01T15:00:00Z", None, Some("2026-12-02T00:00:00Z"));
        check("2026-12-01T22:30:00Z", None, Some("2026-12-03T00:00:00Z"));
        // From Friday to Sunday, the next such evening is on Monday.
        check("2026-12-04T15:00:00Z", None, Some("2026-12-08T00:00:00Z"));
        check("2026-12-06T23:59:00Z", None, Some("2026-12-08T00:00:00Z"));
        // On Thursday after 17:00, there's no time to prepare.
        check("2026-12-03T22:30:00Z", None, Some("2026-12-08T00:00:00Z"));
    }

    #[test]
    fn planned_time_is_kept() {
        let mut facts = Facts::default();
        assert_eq!(planned_time(&facts), None);
        let planned: Timestamp = "2026-12-02T00:00:00Z".parse().unwrap();
        let text = FactValue::Text(planned.to_string());
        facts.record(Field::GapPlannedAt, text, Source::Declared, planned);
        assert_eq!(planned_time(&facts), Some(planned));
        assert!(!leave(&facts).contains(&Field::GapPlannedAt), "it lasts until the user returns");
    }

    #[test]
    fn no_time_is_suggested_after_the_deadline() {
        let now = "2026-12-04T15:00:00Z";
        check(now, Some("2026-12-06T00:00:00Z"), None);
        check(now, Some("2026-12-09T00:00:00Z"), Some("2026-12-08T00:00:00Z"));
        check(now, Some("2026-01-01T00:00:00Z"), None);
    }
}
