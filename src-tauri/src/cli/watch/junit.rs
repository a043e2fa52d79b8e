//! The results as JUnit XML, which monitoring and CI systems read.

use std::fmt::Write as _;

use jiff::Timestamp;
use messages::MessageCatalog;
use session::recheck::SubjectState;

use super::WatchOutput;

/// Returns one test suite for each setup, with its file if it couldn't be checked. The test cases of
/// a setup are always the same: one for each check, one for the changed values, and one for the
/// problems. A setup that couldn't be checked has only the test case with its error.
pub(super) fn xml(
    outputs: &[(String, Result<WatchOutput, String>)],
    now: Timestamp,
    words: &MessageCatalog,
) -> String {
    let mut suites = String::new();
    for (file, checked) in outputs {
        suites += &match checked {
            Ok(output) => suite(output, words),
            Err(sentence) => unchecked_suite(file, sentence, now, words),
        };
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n{suites}</testsuites>\n")
}

fn unchecked_suite(file: &str, sentence: &str, now: Timestamp, words: &MessageCatalog) -> String {
    let error = format!("<error message=\"{}\"/>", escape(sentence));
    format!(
        "<testsuite name=\"{}\" timestamp=\"{now}\" tests=\"1\" failures=\"0\" errors=\"1\" \
         skipped=\"0\">\n{}</testsuite>\n",
        escape(file),
        case(file, &words.format_plain("recheck-case-setup"), &error),
    )
}

fn suite(output: &WatchOutput, words: &MessageCatalog) -> String {
    let changed: Vec<&str> = output.changed.iter().map(|one| one.message.as_str()).collect();
    let problems: Vec<&str> = output.findings.iter().map(|one| one.message.as_str()).collect();
    let lists = [("recheck-case-changed", changed), ("recheck-case-problems", problems)];
    let count = |state| output.checks.iter().filter(|check| check.state == state).count();
    let mut text = String::new();
    for check in &output.checks {
        let reason = escape(check.reason.as_deref().unwrap_or_default());
        let inner = match check.state {
            SubjectState::Checked => String::new(),
            SubjectState::Skipped => format!("<skipped message=\"{reason}\"/>"),
            SubjectState::Unchecked => format!("<error message=\"{reason}\"/>"),
        };
        text += &case(&output.setup, &check.title, &inner);
    }
    let mut failures = 0;
    for (title, lines) in lists {
        let inner = lines.first().map(|first| {
            failures += 1;
            let all = escape(&lines.join("\n"));
            format!("<failure message=\"{}\">{all}</failure>", escape(first))
        });
        text += &case(&output.setup, &words.format_plain(title), &inner.unwrap_or_default());
    }
    let mut suite = String::new();
    // Writing to a string never fails.
    let _written = writeln!(
        suite,
        "<testsuite name=\"{}\" timestamp=\"{}\" tests=\"{}\" failures=\"{failures}\" \
         errors=\"{}\" skipped=\"{}\">\n{text}</testsuite>",
        escape(&output.setup),
        escape(&output.at),
        output.checks.len() + 2,
        count(SubjectState::Unchecked),
        count(SubjectState::Skipped),
    );
    suite
}

fn case(setup: &str, title: &str, inner: &str) -> String {
    let (setup, title) = (escape(setup), escape(title));
    format!("<testcase classname=\"{setup}\" name=\"{title}\">{inner}</testcase>\n")
}

/// Escapes text for elements and attributes, and replaces characters that XML doesn't allow.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' => escaped += "&#10;",
            '\t' => escaped += "&#9;",
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            control if control.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(
            escape("<a b=\"c\">&\n\u{0}\u{ffff}"),
            "&lt;a b=&quot;c&quot;&gt;&amp;&#10;\u{fffd}\u{fffd}"
        );
    }
}
