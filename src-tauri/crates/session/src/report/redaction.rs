//! Masks people's names and email addresses in text.

use super::ReportedPeople;
use crate::view::{HistoryRow, SetupView};
use identifiers::without_addresses;
use setup::Field;

/// How people in text are redacted.
pub(super) enum Redactor {
    Off,
    /// Masks email addresses and these names, longest first.
    Masked(Vec<String>),
}

impl Redactor {
    pub(super) fn new(view: &SetupView, people: ReportedPeople<'_>) -> Self {
        match people {
            ReportedPeople::Listed(_) => Self::Off,
            ReportedPeople::Counted => Self::Masked(people_names(view)),
        }
    }

    pub(super) fn masks_people(&self) -> bool {
        matches!(self, Self::Masked(_))
    }

    /// Returns the name of a colleague, or `none` if it's unknown or people are masked.
    pub(super) fn redact_name(&self, name: Option<&str>) -> String {
        name.filter(|_| !self.masks_people()).unwrap_or("none").to_owned()
    }

    /// Returns the text with people masked.
    pub(super) fn redact(&self, text: &str) -> String {
        match self {
            Self::Off => text.to_owned(),
            Self::Masked(names) => {
                let text = without_addresses(text);
                names.iter().fold(text, |text, name| without_name(&text, name))
            }
        }
    }
}

/// Returns the names of the setup's people, except names that are email addresses.
fn people_names(view: &SetupView) -> Vec<String> {
    let fact = |field: Field| view.facts.get(&field).map(|fact| fact.value.clone());
    let caller = fact(Field::AwsCaller).and_then(|arn| session_name(&arn));
    let tester =
        view.tester.iter().flat_map(|tester| [tester.name.clone(), tester.user_name.clone()]);
    let journal = view.people.journal.iter().filter(|row| is_about_a_named_person(row));
    let mut names: Vec<String> = [fact(Field::Tester), fact(Field::TesterUserId), caller]
        .into_iter()
        .chain(
            [Field::RecoveryAdministrator, Field::ConfigurationSaved, Field::MappingsSaved]
                .map(fact),
        )
        .flatten()
        .chain(tester)
        .chain(journal.map(|row| row.subject.clone()))
        .filter(|name| name.chars().count() > 1 && !name.contains('@'))
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    names
}

fn is_about_a_named_person(row: &HistoryRow) -> bool {
    !row.change.ends_with("_group")
}

/// Returns the last part of the ARN of a user or role session, which identifies the person.
fn session_name(arn: &str) -> Option<String> {
    let (kind, name) = arn.rsplit_once('/')?;
    (kind.contains(":user") || kind.contains(":assumed-role/")).then(|| name.to_owned())
}

/// Replaces `Priya Raman` with `P…` where the name is a separate word.
fn without_name(text: &str, name: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        hidden.push_str(before);
        let inside =
            before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        match name.chars().next() {
            Some(first) if !inside => {
                hidden.push(first);
                hidden.push('…');
            }
            _ => hidden.push_str(name),
        }
        rest = after;
    }
    hidden.push_str(rest);
    hidden
}

#[cfg(test)]
mod tests {
    use super::Redactor;

    #[test]
    fn people_are_masked_and_rest_stays() {
        let redactor = Redactor::Masked(vec!["Priya Raman".to_owned(), "praman".to_owned()]);
        for (text, expect) in [
            ("dana.whitfield@example.com", "d…@example.com"),
            (
                "mail to <ops+sso@example.net>, or José@example.com",
                "mail to <o…@example.net>, or J…@example.com",
            ),
            (
                "arn:aws:sts::123456789012:assumed-role/Admin/ana@example.com",
                "arn:aws:sts::123456789012:assumed-role/Admin/a…@example.com",
            ),
            ("Priya Raman (praman)", "P… (p…)"),
            ("opraman1", "opraman1"),
            ("@example.com", "@example.com"),
            ("https://app.nops.io/sso/v1/t/?acs", "https://app.nops.io/sso/v1/t/?acs"),
            ("a@@b", "a@@b"),
            ("", ""),
        ] {
            assert_eq!(redactor.redact(text), expect, "{text}");
        }
        assert_eq!(Redactor::Off.redact("dana@example.com"), "dana@example.com");
    }
}
