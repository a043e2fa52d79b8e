//! Compares the published mistakes with the product's findings: whether each mistake is reported,
//! how early, and with which text.

use std::fmt::Write as _;

use messages::MessageCatalog;
use setup::{Field, Finding, Fix, Severity, Side};

/// The earliest moment at which a mistake can be detected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DetectionMoment {
    /// A value is pasted or typed.
    Pasted,
    /// A file is dropped or chosen in the dialog.
    Dropped,
    /// AWS is queried about the current values.
    Asked,
    DryRun,
    /// A sign-in test is run.
    Tested,
    Later,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedFinding {
    pub code: &'static str,
    pub side: Side,
    pub field: Option<Field>,
    /// The kind of fix, such as `use_value`.
    pub fix: &'static str,
}

/// The row for one mistake in the table.
#[derive(Debug, Clone)]
pub struct MistakeResult {
    /// The mistake's published number and the variant of the mistake.
    pub number: String,
    pub what: String,
    pub moment: DetectionMoment,
    pub wanted: WantedFinding,
    /// Whether the finding appeared at the expected moment.
    pub caught: bool,
    /// Whether the finding already existed before the mistake.
    pub said_before: bool,
    /// Whether the side is the expected side and has text.
    pub side: bool,
    /// Whether the field is the expected field and has text.
    pub field: bool,
    /// Whether the fix is the expected fix and has text.
    pub fix: bool,
    /// The findings that appeared instead of the expected finding.
    pub said: Vec<String>,
}

impl MistakeResult {
    /// Compares the findings before and after a mistake with the expected finding.
    pub fn compare(
        number: &str,
        what: &str,
        moment: DetectionMoment,
        wanted: WantedFinding,
        before: &[Finding],
        after: &[Finding],
    ) -> Self {
        let matching = |all: &[Finding]| -> Vec<Finding> {
            let same = |finding: &&Finding| finding.code == wanted.code;
            all.iter().filter(same).cloned().collect()
        };
        let found = matching(after);
        // Several fields can have the same finding, so prefer the finding about the expected field.
        let best = found.iter().find(|finding| finding.field == wanted.field).or(found.first());
        Self {
            number: number.to_owned(),
            what: what.to_owned(),
            moment,
            caught: best.is_some(),
            said_before: best.is_some_and(|best| matching(before).contains(best)),
            side: best.is_some_and(|best| best.side == wanted.side),
            field: best.is_some_and(|best| best.field == wanted.field),
            fix: best
                .is_some_and(|best| fix_name(best) == wanted.fix && has_title_and_next_step(best)),
            said: after.iter().map(shown).collect(),
            wanted,
        }
    }

    pub fn is_perfect(&self) -> bool {
        self.caught && !self.said_before && self.side && self.field && self.fix
    }
}

/// Returns the table as text, with totals.
pub fn table(entries: &[MistakeResult], false_alarms: &[String], silent: usize) -> String {
    let mut text = String::new();
    let tick = |yes: bool| if yes { "yes" } else { "NO" };
    // Writing to a `String` can't fail.
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

/// Returns the kind of a finding's fix.
fn fix_name(finding: &Finding) -> &'static str {
    match &finding.fix {
        Some(Fix::UseValue { .. }) => "use_value",
        Some(Fix::Swap { .. }) => "swap",
        Some(Fix::ReplaceApplication { .. }) => "replace_application",
        Some(Fix::Copy { .. }) => "copy",
        Some(Fix::Open { .. }) => "open",
        Some(Fix::Go { .. }) => "go",
        Some(Fix::Again { .. }) => "again",
        Some(Fix::Look) => "look",
        Some(Fix::Rotate) => "rotate",
        Some(Fix::Read) => "read",
        None => "none",
    }
}

/// Returns whether a finding has a title and a next step. The next step is the label of the fix or
/// the sentence below the title.
fn has_title_and_next_step(finding: &Finding) -> bool {
    let words = MessageCatalog::english().without_markup();
    let key = finding.message_key();
    let params = finding.variables(|key, params| words.text(key, params));
    let title = words.text(&key, &params);
    let says = |attribute| words.attribute(&key, attribute, &params).is_some();
    let speaks = !title.is_empty() && !title.contains('{') && title != key;
    speaks && (says("fix") || (finding.fix == Some(Fix::Read) && says("detail")))
}

/// Formats a finding as one line.
pub fn shown(finding: &Finding) -> String {
    let field = finding.field.map(Field::name).unwrap_or_default();
    format!("{} in {field} ({})", finding.code, fix_name(finding))
}

/// Returns whether a finding needs the user's attention. Informational findings don't.
pub fn needs_attention(finding: &Finding) -> bool {
    finding.severity != Severity::Info
}
