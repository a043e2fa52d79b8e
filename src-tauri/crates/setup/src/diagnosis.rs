//! The error decoder: what AWS or nOps showed, told as cause and fix, given what is known already.

mod causes;
mod patterns;
mod plain_text;

use super::{Facts, Field, Finding, Fix, Severity, Step};
use patterns::SIGNS;

/// The longest text that is read.
pub const LONGEST: usize = 64 * 1024;

/// More causes than this are no help.
const MOST: usize = 3;

/// What the shown text means for this sign-in test: the causes, the likeliest first, or one finding that says
/// it is not known, as of a text over [`LONGEST`]. Any text may stand around the sign: a page's markup, JSON, a log.
pub fn decode(shown: &str, facts: &Facts, sign_in_test: Field) -> Vec<Finding> {
    let shown = if shown.len() > LONGEST { "" } else { shown };
    let plain = plain_text::plain(shown);
    let lower = plain.to_ascii_lowercase();
    let mut found: Vec<&patterns::ErrorPattern> =
        SIGNS.iter().filter(|sign| sign.is_in(&lower)).collect();
    if found.iter().any(|sign| !sign.vague) {
        found.retain(|sign| !sign.vague);
    }
    found.truncate(MOST);
    if found.is_empty() {
        return vec![
            Finding::about(sign_in_test, "shown_unknown", Severity::Error)
                .with("next", causes::next(facts, sign_in_test, None))
                .fix(Fix::Again { field: sign_in_test })
                .shown_in(Step::SignInTests),
        ];
    }
    found
        .into_iter()
        .map(|sign| causes::finding(sign, &plain, facts, sign_in_test).shown_in(Step::SignInTests))
        .collect()
}

#[cfg(test)]
mod tests;
