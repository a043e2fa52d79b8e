//! The results as JUnit XML, which monitoring and CI systems read.

use std::fmt::Write as _;

use messages::MessageCatalog;
use session::watch::WatchCheckState;

use super::WatchOutput;

/// Returns one test suite for each setup. The test cases are always the same: one for each check,
/// one for the changed values, and one for the problems.
pub(super) fn xml(outputs: &[WatchOutput], words: &MessageCatalog) -> String {
    let mut suites = String::new();
    for output in outputs {
        suites += &suite(output, words);
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n{suites}</testsuites>\n")
}

fn suite(output: &WatchOutput, words: &MessageCatalog) -> String {
    let changed: Vec<&str> = output.changed.iter().map(|one| one.message.as_str()).collect();
    let problems: Vec<&str> = output.findings.iter().map(|one| one.message.as_str()).collect();
    let lists = [("watch-case-changed", changed), ("watch-case-problems", problems)];
    let count = |state| output.checks.iter().filter(|check| check.state == state).count();
    let mut text = String::new();
    for check in &output.checks {
        let reason = escape(check.reason.as_deref().unwrap_or_default());
        let inner = match check.state {
            WatchCheckState::Checked => String::new(),
            WatchCheckState::Skipped => format!("<skipped message=\"{reason}\"/>"),
            WatchCheckState::Unchecked => format!("<error message=\"{reason}\"/>"),
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
        count(WatchCheckState::Unchecked),
        count(WatchCheckState::Skipped),
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
