//! The published mistakes against what the product says: caught, how early, and with which words.

use std::fmt::Write as _;

use messages::Words;
use setup::{Field, Finding, Fix, Severity, Side};

/// When a mistake can be known at the earliest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// A value is pasted or typed.
    Pasted,
    /// A file is dropped or chosen.
    Dropped,
    /// AWS is asked.
    Asked,
    /// A dry run is done.
    DryRun,
    /// A sign-in is tried.
    Tested,
    /// It is looked at again later.
    Later,
}

/// What has to be said about a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The finding's code.
    pub code: &'static str,
    /// The side on which it is mended.
    pub side: Side,
    /// The field in which it is mended.
    pub field: Option<Field>,
    /// The kind of fix, such as `use_value`.
    pub fix: &'static str,
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The number under which the mistake was published, and its variant.
    pub number: String,
    /// What was done.
    pub what: String,
    /// When it can be known.
    pub moment: Moment,
    /// What was wanted.
    pub wanted: Wanted,
    /// Whether it was said at that moment.
    pub caught: bool,
    /// Whether it had been said already before.
    pub said_before: bool,
    /// Whether side, field and fix are those wanted, and have words.
    pub side: bool,
    /// See `side`.
    pub field: bool,
    /// See `side`.
    pub fix: bool,
    /// What was said instead.
    pub said: Vec<String>,
}

impl Entry {
    /// Compares what was said before and after the mistake with what is wanted.
    pub fn of(
        number: &str,
        what: &str,
        moment: Moment,
        wanted: Wanted,
        before: &[Finding],
        after: &[Finding],
    ) -> Self {
        let matching = |all: &[Finding]| -> Vec<Finding> {
            let same = |finding: &&Finding| finding.code == wanted.code;
            all.iter().filter(same).cloned().collect()
        };
        let found = matching(after);
        // The same code may be said of several fields; the one that is wanted counts.
        let best = found.iter().find(|finding| finding.field == wanted.field).or(found.first());
        Self {
            number: number.to_owned(),
            what: what.to_owned(),
            moment,
            caught: best.is_some(),
            said_before: best.is_some_and(|best| matching(before).contains(best)),
            side: best.is_some_and(|best| best.side == wanted.side),
            field: best.is_some_and(|best| best.field == wanted.field),
            fix: best.is_some_and(|best| fix_name(best) == wanted.fix && has_words(best)),
            said: after.iter().map(shown).collect(),
            wanted,
        }
    }

    /// Whether nothing is missing.
    pub fn is_perfect(&self) -> bool {
        self.caught && !self.said_before && self.side && self.field && self.fix
    }
}

/// The table as text, with its sums.
pub fn table(entries: &[Entry], false_alarms: &[String], silent: usize) -> String {
    let mut text = String::new();
    let tick = |yes: bool| if yes { "yes" } else { "NO" };
    // Writing to a String does not fail.
    let _infallible = writeln!(
        text,
        "{:<5}{:<46}{:<10}{:<30}{:<8}{:<7}{:<6}{:<7}fix",
        "row", "mistake", "moment", "said", "caught", "early", "side", "field"
    );
    for entry in entries {
        let _infallible = writeln!(
            text,
            "{:<5}{:<46.45}{:<10}{:<30.29}{:<8}{:<7}{:<6}{:<7}{}",
            entry.number,
            entry.what,
            format!("{:?}", entry.moment),
            entry.wanted.code,
            tick(entry.caught),
            tick(entry.caught && !entry.said_before),
            tick(entry.side),
            tick(entry.field),
            tick(entry.fix),
        );
        if !entry.is_perfect() {
            let _infallible =
                writeln!(text, "     wanted {:?}, said {:?}", entry.wanted, entry.said);
        }
    }
    let perfect = entries.iter().filter(|entry| entry.is_perfect()).count();
    let _infallible = writeln!(
        text,
        "{perfect} of {} with side, field and fix; {} false alarms in {silent} valid variants",
        entries.len(),
        false_alarms.len()
    );
    text
}

/// The kind of a finding's fix.
fn fix_name(finding: &Finding) -> &'static str {
    match &finding.fix {
        Some(Fix::UseValue { .. }) => "use_value",
        Some(Fix::Swap { .. }) => "swap",
        Some(Fix::Copy { .. }) => "copy",
        Some(Fix::Open { .. }) => "open",
        Some(Fix::Go { .. }) => "go",
        Some(Fix::Again { .. }) => "again",
        Some(Fix::Look) => "look",
        Some(Fix::Read) => "read",
        None => "none",
    }
}

/// A title, and one thing to do: the fix's label, or the sentence below the title.
fn has_words(finding: &Finding) -> bool {
    let words = Words::english().without_markup();
    let key = finding.words();
    let params = finding.variables(|key, params| words.text(key, params));
    let title = words.text(&key, &params);
    let says = |attribute| words.attribute(&key, attribute, &params).is_some();
    let speaks = !title.is_empty() && !title.contains('{') && title != key;
    speaks && (says("fix") || (finding.fix == Some(Fix::Read) && says("detail")))
}

/// A finding in one line.
pub fn shown(finding: &Finding) -> String {
    let field = finding.field.map(Field::name).unwrap_or_default();
    format!("{} in {field} ({})", finding.code, fix_name(finding))
}

/// Whether a finding disturbs: information does not.
pub fn disturbs(finding: &Finding) -> bool {
    finding.severity != Severity::Info
}
