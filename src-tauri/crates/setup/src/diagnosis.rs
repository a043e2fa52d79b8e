//! Explains an error from AWS or nOps: its likely causes and how to fix them, based on the known
//! facts.

mod causes;
mod patterns;
mod plain_text;
mod unknown;

use super::{Facts, Field, Finding, FindingItem, Step};

/// The maximum length of the error text, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// The maximum number of causes. A longer list wouldn't help the user.
const MOST: usize = 3;

/// Returns the likely causes of a sign-in test's error, starting with the most likely. The error
/// message may be inside other text, such as HTML, JSON or a log. For an unknown error or text
/// longer than [`LONGEST`], returns one finding that says so and suggests the next check.
pub fn likely_causes(shown: &str, facts: &Facts, sign_in_test: Field) -> Vec<Finding> {
    let shown = if shown.len() > LONGEST { "" } else { shown };
    let plain = plain_text::to_plain_text(shown, false);
    let lower = plain.to_lowercase();
    let mut found: Vec<Finding> = causes::denied(&plain).into_iter().collect();
    if found.is_empty() {
        let matches = patterns::find(&lower, !facts.equals(Field::IdentitySource, "directory"));
        let finding = |one| causes::finding(&one, &plain, facts, sign_in_test);
        found = matches.into_iter().map(finding).collect();
    }
    if found.is_empty() {
        // Microsoft's pages contain the error message inside a script.
        let scripts = plain_text::to_plain_text(shown, true).to_lowercase();
        let entra = patterns::find_entra(&scripts);
        found.extend(entra.map(|one| causes::finding(&one, &plain, facts, sign_in_test)));
    }
    if found.is_empty() {
        found.push(unknown::finding(&lower, facts, sign_in_test));
    }
    found.truncate(MOST);
    let test = |finding: Finding| finding.with_item(FindingItem::Test { field: sign_in_test });
    found.into_iter().map(|finding| test(finding).with_step(Step::SignInTests)).collect()
}

#[cfg(test)]
mod tests;
