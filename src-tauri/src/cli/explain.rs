//! `explain`: explains a finding by its code.

use std::collections::BTreeMap;

use messages::MessageCatalog;
use serde::Serialize;

use super::{CommandResult, output};

/// How alike an unknown code and a suggested code are at least, from 0 to 1.
const ALIKE: f64 = 0.6;
const MOST_SUGGESTIONS: usize = 3;

/// The JSON output.
#[derive(Serialize)]
struct ExplainOutput {
    findings: Vec<Explanation>,
}

#[derive(Serialize)]
struct Explanation {
    code: &'static str,
    /// What the finding can say. Values that differ from setup to setup are shown as `…`.
    cases: Vec<Case>,
}

#[derive(PartialEq, Eq, Serialize)]
struct Case {
    title: String,
    detail: Option<String>,
    fix: Option<String>,
    /// How certain the rule is, if AWS or nOps doesn't document it.
    basis: Option<String>,
}

pub(super) fn run(code: &str, as_json: bool) -> Result<CommandResult, String> {
    let words = MessageCatalog::english().without_markup();
    let wanted = code.trim().to_lowercase();
    let findings: Vec<_> = finding_keys()
        .filter(|key| *key == wanted || reason(key) == wanted)
        .map(|key| explanation(key, &words))
        .collect();
    if findings.is_empty() {
        let similar = similar_codes(&wanted);
        let codes = if similar.is_empty() { "none".to_owned() } else { similar.join(", ") };
        let params = [("code", wanted), ("codes", codes)];
        let params = params.map(|(name, value)| (name.to_owned(), value)).into();
        return Err(words.text("failure-explain_unknown", &params));
    }
    match as_json {
        true => output::line(&ExplainOutput { findings })?,
        false => output::bytes(text(&findings, &words).as_bytes())?,
    }
    Ok(CommandResult::Fine)
}

/// Returns the message keys of all findings.
fn finding_keys() -> impl Iterator<Item = &'static str> {
    let readers = ["reading-", "response-"];
    messages::keys().filter(move |key| {
        let of_reader = readers.iter().find_map(|prefix| key.strip_prefix(prefix));
        key.starts_with("finding-") || of_reader.is_some_and(|reason| !reason.contains('-'))
    })
}

/// Returns the code without the part that names the reader. `inspect` prints it as the reason.
fn reason(key: &'static str) -> &'static str {
    key.split_once('-').map_or(key, |(_, reason)| reason)
}

fn explanation(key: &'static str, words: &MessageCatalog) -> Explanation {
    let mut cases: Vec<Case> = Vec::new();
    for params in words.cases(key) {
        let attribute = |name| words.attribute(key, name, &params).map(|text| shorten(&text));
        let case = Case {
            title: title(&words.text(key, &params), words),
            detail: attribute("detail"),
            fix: attribute("fix"),
            basis: attribute("know"),
        };
        if !cases.contains(&case) {
            cases.push(case);
        }
    }
    Explanation { code: key.strip_prefix("finding-").unwrap_or(key), cases }
}

/// Shortens a title. A variable at its start becomes a word, so that lists can be read and sorted.
fn title(text: &str, words: &MessageCatalog) -> String {
    let variable = text.strip_prefix("{$").and_then(|inside| inside.split_once('}'));
    match variable {
        Some((variable, rest)) => {
            let params = [("variable".to_owned(), variable.to_owned())].into();
            words.text("explain-start", &params) + &shorten(rest)
        }
        None => shorten(text),
    }
}

/// Shows missing variables, such as `{$until}`, as `…`.
fn shorten(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (_, after))) =
        rest.split_once("{$").and_then(|(before, inside)| Some((before, inside.split_once('}')?)))
    {
        short.push_str(before);
        short.push('…');
        rest = after;
    }
    short + rest
}

fn text(findings: &[Explanation], words: &MessageCatalog) -> String {
    let mut lines = Vec::new();
    for finding in findings {
        lines.push(finding.code.to_owned());
        for Case { title, detail, fix, basis } in &finding.cases {
            lines.push(format!("\n{title}"));
            let next = fix.as_ref().map(|fix| {
                words.text("report-fix", &BTreeMap::from([("fix".to_owned(), fix.clone())]))
            });
            let more = [detail, &next, basis].into_iter().flatten();
            lines.extend(more.map(|line| format!("  {line}")));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

/// Returns the codes that are most like `code`, best first.
fn similar_codes(code: &str) -> Vec<&'static str> {
    let alike = |known: &str| strsim::normalized_damerau_levenshtein(code, known);
    let mut codes: Vec<_> = finding_keys()
        .map(|key| {
            let known = key.strip_prefix("finding-").unwrap_or(key);
            (alike(known).max(alike(reason(key))), known)
        })
        .filter(|(score, known)| *score >= ALIKE || (code.len() > 3 && known.contains(code)))
        .collect();
    codes.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    codes.into_iter().map(|(_, known)| known).take(MOST_SUGGESTIONS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No explanation shows a missing message or a variable.
    #[test]
    fn every_finding_is_explained() {
        let words = MessageCatalog::english().without_markup();
        let all: Vec<_> = finding_keys().map(|key| explanation(key, &words)).collect();
        assert!(all.len() > 200, "only {} findings", all.len());
        let text = text(&all, &words);
        for unexplained in ["⟦", "{$", "{ $", "<b>", "<label>"] {
            assert!(!text.contains(unexplained), "{unexplained}");
        }
        let titles = all.iter().flat_map(|one| &one.cases).map(|case| &case.title);
        assert_eq!(titles.filter(|title| title.starts_with('…')).collect::<Vec<_>>(), [""; 0]);
        let cases = |code: &str| all.iter().find(|one| one.code == code).unwrap().cases.len();
        assert_eq!((cases("shown_acs"), cases("sign_in_no_account")), (3, 1));
        assert!(cases("link_kind") > 10);
    }

    #[test]
    fn only_missing_variables_are_shortened() {
        for (text, expected) in [
            ("until {$until} ({$days} days)", "until … (… days)"),
            ("${user:email} {x} {$open", "${user:email} {x} {$open"),
        ] {
            assert_eq!(shorten(text), expected);
        }
    }
}
