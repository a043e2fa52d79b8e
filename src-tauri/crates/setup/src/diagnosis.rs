//! Explains an error that AWS or nOps showed: its likely causes and fixes, based on the known facts.

mod causes;
mod patterns;
mod plain_text;

use super::{Facts, Field, Finding, Fix, Step};
use patterns::ERROR_PATTERNS;

/// The longest text to read, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// The maximum number of causes. A longer list wouldn't help the user.
const MOST: usize = 3;

/// Returns the likely causes of a sign-in test's error, the most likely first. An unknown error, or
/// a text longer than [`LONGEST`], gives one finding that says so. The error message may be inside
/// other text, such as HTML, JSON or a log.
pub fn likely_causes(shown: &str, facts: &Facts, sign_in_test: Field) -> Vec<Finding> {
    let shown = if shown.len() > LONGEST { "" } else { shown };
    let plain = plain_text::plain(shown);
    let lower = plain.to_ascii_lowercase();
    let mut found: Vec<&patterns::ErrorPattern> =
        ERROR_PATTERNS.iter().filter(|sign| sign.is_in(&lower)).collect();
    if found.iter().any(|sign| !sign.vague) {
        found.retain(|sign| !sign.vague);
    }
    found.truncate(MOST);
    if found.is_empty() {
        return vec![
            Finding::error(sign_in_test, "shown_unknown")
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
