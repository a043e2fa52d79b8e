//! A dry-run result as one line of text, so that a tester on another computer only has to send back
//! this line.
//!
//! The line contains a digest of the compared values, so it isn't accepted for other values. The
//! line isn't proof: like a sign-in test's result, it's only what the sender reported.

use std::fmt;

use jiff::Timestamp;

use super::{DryRun, ExpectedValues, RowVerdict};

/// The word that starts the line.
const MARK: &str = "nops-sso-dry-run";

/// A dry-run result, and a digest of the facts that the result depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedResult {
    pub verdict: RowVerdict,
    /// Number of passed checks, including warnings.
    pub passed: u32,
    pub checks: u32,
    /// When AWS issued the response, or when the response was checked, whichever is earlier.
    pub at: Timestamp,
    /// SHA-256 (hex) of the facts that the result depends on.
    pub compared: String,
}

impl SharedResult {
    pub fn from_dry_run(dry_run: &DryRun, expected: &ExpectedValues, at: Timestamp) -> Self {
        let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            verdict: dry_run.verdict,
            passed: size(dry_run.passed_count()),
            checks: size(dry_run.rows.len()),
            at: dry_run.issued.map_or(at, |issued| issued.min(at)),
            compared: expected.digest().to_owned(),
        }
    }

    /// Finds the first shared result in text such as an email.
    pub fn find(text: &str) -> Option<Self> {
        let after = text.split_once(MARK)?.1;
        let mut words = after.split_whitespace();
        let verdict = words.next()?.parse().ok()?;
        let (passed, checks) = words.next()?.split_once('/')?;
        let (passed, checks) = (passed.parse().ok()?, checks.parse().ok()?);
        let at = words.next()?.parse().ok()?;
        let compared: String = words.next()?.chars().take_while(char::is_ascii_hexdigit).collect();
        let whole = compared.len() == 64 && passed <= checks;
        whole.then_some(Self { verdict, passed, checks, at, compared })
    }
}

impl fmt::Display for SharedResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let result = self.verdict.name();
        let at = self.at.strftime("%FT%TZ");
        let Self { passed, checks, compared, .. } = self;
        write!(f, "{MARK} {result} {passed}/{checks} {at} {compared}")
    }
}

impl ExpectedValues {
    /// Returns the SHA-256 (hex) of the facts that the result depends on, in the same format as in
    /// a recorded result.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample_result() -> SharedResult {
        SharedResult {
            verdict: RowVerdict::Pass,
            passed: 10,
            checks: 10,
            at: "2026-11-24T14:00:00Z".parse().unwrap(),
            compared: "0a".repeat(32),
        }
    }

    #[test]
    fn shared_result_is_found_in_other_text() {
        let line = sample_result().to_string();
        for text in [
            line.clone(),
            format!("> Hello,\n> {line}\n> Ana"),
            format!("{{\"receipt\":\"{line}\"}}"),
            line.replacen(' ', "\n", 2),
        ] {
            assert_eq!(SharedResult::find(&text), Some(sample_result()), "{text}");
        }
    }

    #[test]
    fn truncated_or_changed_result_is_ignored() {
        let line = sample_result().to_string();
        for text in [
            "",
            "nops-sso-dry-run",
            &line[..line.len() - 1],
            &line.replace("pass", "passed"),
            &line.replace("10/10", "11/10"),
            &line.replace("2026-11-24T14", "yesterday"),
            &line.replace("0a0a", "xyz"),
        ] {
            assert_eq!(SharedResult::find(text), None, "{text}");
        }
    }
}
