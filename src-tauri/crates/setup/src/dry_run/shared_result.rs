//! A result as a line that can be sent: a tester elsewhere runs a dry run on another computer and sends back
//! nothing else.
//!
//! The line names what was compared by a digest, so that it is never taken for a result on other values.
//! It proves nothing to a third person: whoever sends it says so, as with the sign-in tests.

use std::fmt;

use jiff::Timestamp;

use super::{DryRun, Expected, RowVerdict};

/// How the line begins.
const MARK: &str = "nops-sso-dry-run";

/// A result, and on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedResult {
    /// The result.
    pub verdict: RowVerdict,
    /// How many checks passed, warnings included.
    pub passed: u32,
    /// How many there were.
    pub checks: u32,
    /// How old it is: when AWS made the response, or when it was judged if that was earlier.
    pub at: Timestamp,
    /// SHA-256 (hex) over what a right response had to hold.
    pub compared: String,
}

impl SharedResult {
    /// The receipt of a dry run.
    pub fn of(dry_run: &DryRun, expected: &Expected, at: Timestamp) -> Self {
        let size = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            verdict: dry_run.verdict,
            passed: size(dry_run.passed()),
            checks: size(dry_run.rows.len()),
            at: dry_run.issued.map_or(at, |issued| issued.min(at)),
            compared: expected.digest().to_owned(),
        }
    }

    /// The first receipt in a text, such as a mail that it was sent in.
    pub fn find(text: &str) -> Option<Self> {
        let after = text.split_once(MARK)?.1;
        let mut words = after.split_whitespace();
        let verdict = match words.next()? {
            "pass" => RowVerdict::Pass,
            "warn" => RowVerdict::Warn,
            "unchecked" => RowVerdict::Unchecked,
            "fail" => RowVerdict::Fail,
            _ => return None,
        };
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
        let verdict = self.verdict.name();
        let at = self.at.strftime("%FT%TZ");
        let Self { passed, checks, compared, .. } = self;
        write!(f, "{MARK} {verdict} {passed}/{checks} {at} {compared}")
    }
}

impl Expected {
    /// SHA-256 (hex) over what the result depends on: the same as that of the proof kept for it.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> SharedResult {
        SharedResult {
            verdict: RowVerdict::Pass,
            passed: 10,
            checks: 10,
            at: "2026-11-24T14:00:00Z".parse().unwrap(),
            compared: "0a".repeat(32),
        }
    }

    #[test]
    fn a_receipt_is_found_wherever_it_was_sent() {
        let line = receipt().to_string();
        for text in [
            line.clone(),
            format!("> Hello,\n> {line}\n> Ana"),
            format!("{{\"receipt\":\"{line}\"}}"),
            line.replacen(' ', "\n", 2),
        ] {
            assert_eq!(SharedResult::find(&text), Some(receipt()), "{text}");
        }
    }

    #[test]
    fn what_is_cut_or_changed_is_none() {
        let line = receipt().to_string();
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
