//! What the app shows for AWS configurations, pasted keys, AWS's answers and error texts from
//! public reports. Prints a table with `--nocapture`.
//!
//! The app's own tests have the reported window states, because only the app reads them.

mod answers;
mod computers;
mod configurations;
mod pasted_keys;
mod texts;

use std::collections::BTreeMap;

use acceptance::Result;
use messages::MessageCatalog;
use setup::Finding;

/// How well the app explains a report. A report that is explained wrongly fails the test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judgment {
    /// The explanation names the right cause and the right fix.
    Right,
    /// The explanation suggests a helpful check but doesn't name the cause.
    Poor,
    /// The app shows something other than expected.
    Wrong,
}

/// A report and what the app shows for it.
struct Row {
    /// The repository and number, or the page, of the public report. A case without a public
    /// report starts with `guess: `.
    source: &'static str,
    judgment: Judgment,
    /// The expected message keys.
    expected: String,
    /// The keys of the messages that the app shows.
    found: String,
    /// Words that the explanation must contain to deserve its judgment.
    holds: Vec<&'static str>,
    shown: String,
}

impl Row {
    fn has_source(&self) -> bool {
        let source = self.source;
        let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let has_page =
            |host: &str| source.split_once(host).is_some_and(|(site, _)| site.contains('.'));
        source.starts_with("guess: ")
            || source.split_once('#').is_some_and(|(_, issue)| number(issue))
            || ["/", ", page ", ", article "].into_iter().any(has_page)
    }

    fn judgment(&self) -> Judgment {
        let has_title_and_next_step = self.holds.iter().all(|words| self.shown.contains(words));
        let is_as_expected = self.found == self.expected && has_title_and_next_step;
        // A window that shows markup, a missing message or an email address is always wrong.
        let leaks = ["⟦", "<code>&", "ana@example.com", "wJalrXUtnFEMI"];
        let is_clean = !leaks.iter().any(|leak| self.shown.contains(leak));
        if is_as_expected && is_clean { self.judgment } else { Judgment::Wrong }
    }
}

/// The message catalog, as plain text.
struct Words(MessageCatalog);

impl Words {
    fn finding(&self, finding: &Finding) -> String {
        let params = finding.variables(|key, params| self.0.text(key, params));
        let key = finding.message_key();
        let detail = self.0.attribute(&key, "detail", &params).unwrap_or_default();
        format!("{}. {detail}", self.0.text(&key, &params))
    }

    fn text(&self, key: &str, params: &[(&'static str, String)]) -> String {
        let params: BTreeMap<String, String> =
            params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.0.text(key, &params)
    }
}

#[test]
fn unexpected_words_are_wrong() {
    let row = |found: &str, shown: &str| Row {
        source: "",
        judgment: Judgment::Right,
        expected: "shown_okta/policy".to_owned(),
        found: found.to_owned(),
        holds: vec!["sign-on policy"],
        shown: shown.to_owned(),
    };
    let judged = |found, shown| row(found, shown).judgment() == Judgment::Right;
    assert!(judged("shown_okta/policy", "Check the sign-on policy."));
    assert!(!judged("shown_okta/policy", "Check the policy."));
    assert!(!judged("shown_okta/other", "Check the sign-on policy."));
    assert!(!judged("shown_okta/policy", "Check the sign-on policy of ana@example.com."));
}

#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::print_stdout, reason = "the table is the test's result")]
async fn reports_are_explained() -> Result<()> {
    let words = Words(MessageCatalog::english().without_markup());
    let mut rows = configurations::rows(&words).await?;
    rows.extend(pasted_keys::rows(&words));
    rows.extend(texts::rows(&words));
    rows.extend(answers::rows(&words).await?);
    rows.extend(computers::rows(&words).await?);
    let mut wrong = Vec::new();
    let mut poor = 0;
    for row in &rows {
        let judgment = match row.judgment() {
            Judgment::Right => "right",
            Judgment::Poor => "poor",
            Judgment::Wrong => "WRONG",
        };
        let line =
            format!("{judgment} | {} | {} | {}", row.source, row.found.trim(), row.shown.trim());
        println!("{line}");
        match row.judgment() {
            Judgment::Right => {}
            Judgment::Poor => poor += 1,
            Judgment::Wrong => {
                wrong.push(format!("{line}; not {} with {:?}", row.expected, row.holds));
            }
        }
    }
    let guesses = rows.iter().filter(|row| row.source.starts_with("guess: ")).count();
    println!("{} reports, {poor} poor, {} wrong, {guesses} guesses", rows.len(), wrong.len());
    let unsourced: Vec<_> =
        rows.iter().filter(|row| !row.has_source()).map(|row| row.source).collect();
    assert_eq!(unsourced, Vec::<&str>::new());
    assert_eq!(wrong, Vec::<String>::new());
    assert!(poor * 5 <= rows.len(), "{poor} of {} are poor", rows.len());
    assert!(rows.len() > 180, "{} reports", rows.len());
    Ok(())
}
