//! Counts tests from the output of the test runners.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestCount {
    pub passed: u64,
    pub failed: u64,
    /// The number of stages that can't run on this machine.
    pub skipped: u64,
}

impl AddAssign for TestCount {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Parses `test result: ok. 3 passed; 0 failed; 0 ignored; …`, which cargo prints once per test
/// program.
pub fn cargo(line: &str) -> Option<TestCount> {
    let line = strip_colors(line);
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = counts.split("; ");
    count(counts.next()?, counts.next()?)
}

/// Parses the number of tests that arguments left out: `test result: ok. …; 2 filtered out; …`.
pub fn left_out(line: &str) -> Option<i64> {
    let line = strip_colors(line);
    let counts = line.strip_prefix("test result: ")?;
    counts.split("; ").find_map(|count| count.strip_suffix(" filtered out")?.parse().ok())
}

/// Parses `Tests  1 failed | 12 passed (13)`, which vitest prints once per run.
pub fn vitest(line: &str) -> Option<TestCount> {
    let line = strip_colors(line);
    let (counts, _all) = line.trim().strip_prefix("Tests ")?.rsplit_once('(')?;
    let find = |word| counts.split('|').find(|count| count.trim().ends_with(word));
    count(find("passed").unwrap_or("0 passed"), find("failed").unwrap_or("0 failed"))
}

/// Parses `boto3_practice: 310 passed, 0 failed`, which each peer prints once.
pub fn parse_peer_line(line: &str) -> Option<TestCount> {
    let (name, counts) = line.split_once(": ")?;
    let (passed, failed) = counts.split_once(", ")?;
    let is_word = !name.is_empty() && !name.contains(' ');
    count(passed, failed).filter(|_| is_word)
}

fn count(passed: &str, failed: &str) -> Option<TestCount> {
    let number = |text: &str, word| text.trim().strip_suffix(word)?.trim().parse().ok();
    Some(TestCount {
        passed: number(passed, "passed")?,
        failed: number(failed, "failed")?,
        skipped: 0,
    })
}

fn strip_colors(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        let end = part.split_once(|end: char| end.is_ascii_alphabetic());
        plain + end.unwrap_or_default().1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(read: fn(&str) -> Option<TestCount>, line: &str, expect: Option<(u64, u64)>) {
        let expect = expect.map(|(passed, failed)| TestCount { passed, failed, skipped: 0 });
        assert_eq!(read(line), expect, "{line:?}");
    }

    #[test]
    fn parses_cargo_summary() {
        let rest = "0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        check(cargo, &format!("test result: ok. 3 passed; 0 failed; {rest}"), Some((3, 0)));
        assert_eq!(left_out("test result: ok. 3 passed; 0 failed; 2 filtered out"), Some(2));
        assert_eq!(left_out("test people::reads_a_list ... ok"), None);
        check(cargo, &format!("test result: FAILED. 17 passed; 2 failed; {rest}"), Some((17, 2)));
        check(
            cargo,
            "test result: \u{1b}[32mok\u{1b}[m. 3 passed; 0 failed; 0 ignored",
            Some((3, 0)),
        );
        check(cargo, "test people::reads_a_list ... ok", None);
        check(cargo, "3 passed; 0 failed", None);
    }

    #[test]
    fn parses_vitest_summary() {
        check(vitest, "      Tests  12 passed (12)", Some((12, 0)));
        check(vitest, "      Tests  1 failed | 12 passed (13)", Some((12, 1)));
        check(
            vitest,
            "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m4 passed\u{1b}[39m\u{1b}[22m\u{1b}[90m (4)\u{1b}[39m",
            Some((4, 0)),
        );
        check(vitest, " Test Files  2 passed (2)", None);
    }

    #[test]
    fn parses_peer_summary() {
        check(parse_peer_line, "boto3_practice: 310 passed, 0 failed", Some((310, 0)));
        check(parse_peer_line, "310 passed, 0 failed", None);
        check(parse_peer_line, "all of them: 310 passed, 0 failed", None);
    }
}
