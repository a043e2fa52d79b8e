//! The message catalog, with all text of the window, the command line and the report.
//!
//! Messages are Fluent files in `en/`. They can contain the tags `<b>`, `<kbd>` and `<code>`.
//! Everything else, including variables, is plain text. `<label>` marks a label from an AWS or nOps
//! page, which is never translated because users look for it on that page.

mod cases;
mod markup;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::civil::Date;
use unic_langid::langid;

pub use markup::remove_markup;

/// The name and text of each English file.
const ENGLISH: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/english.rs"));

/// The messages of one language.
#[derive(Clone)]
pub struct MessageCatalog {
    bundle: Arc<FluentBundle<FluentResource>>,
}

/// The catalog, parsed once with markup and once without.
static MARKED: LazyLock<MessageCatalog> =
    LazyLock::new(|| MessageCatalog::with_transform(markup::unlabelled));
static PLAIN: LazyLock<MessageCatalog> =
    LazyLock::new(|| MessageCatalog::with_transform(markup::strip_all_tags));

/// The variables that select a plural form, such as `{ $count -> [one] …`. They are numbers. Every
/// other variable is text, even if it looks like a number, such as an account ID or a group named
/// 2024.
static COUNTS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let texts = ENGLISH.iter().flat_map(|(_, text)| text.split("{ $").skip(1));
    let chosen_by_number = |rest: &'static str| {
        let (name, variants) = rest.split_once(" ->")?;
        let first = variants.trim_start().strip_prefix('[')?;
        let is_number =
            first.starts_with("one]") || first.starts_with(|c: char| c.is_ascii_digit());
        (is_number && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
            .then_some(name)
    };
    texts.filter_map(chosen_by_number).collect()
});

impl MessageCatalog {
    /// Returns the English messages. Leaves out messages that can't be parsed. A test checks that
    /// there are none.
    pub fn english() -> Self {
        MARKED.clone()
    }

    fn with_transform(transform: fn(&str) -> Cow<'_, str>) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
        // Isolation marks would become part of values that users compare and copy.
        bundle.set_use_isolating(false);
        bundle.set_transform(Some(transform));
        for (_, text) in ENGLISH {
            let (Ok(resource) | Err((resource, _))) = FluentResource::try_new((*text).to_owned());
            bundle.add_resource_overriding(resource);
        }
        Self { bundle: Arc::new(bundle) }
    }

    /// Returns the messages without markup. Variables stay unchanged.
    pub fn without_markup(self) -> Self {
        PLAIN.clone()
    }

    /// Formats the message with this key. Shows a missing message as its key in ⟦⟧, and a missing
    /// variable as its name in braces.
    pub fn text(&self, key: &str, params: &BTreeMap<String, String>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        // Errors are ignored, because a missing variable is visible in the text.
        let text = self.bundle.format_pattern(pattern, Some(&variables(params)), &mut Vec::new());
        text.into_owned()
    }

    /// Formats the attribute `name` of the message with this key, if there is one.
    pub fn attribute(
        &self,
        key: &str,
        name: &str,
        params: &BTreeMap<String, String>,
    ) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = message.get_attribute(name)?.value();
        let text = self.bundle.format_pattern(pattern, Some(&variables(params)), &mut Vec::new());
        Some(text.into_owned())
    }

    /// Returns variables for each case of a message: one for each variant of the first variable
    /// that selects its text, or none.
    pub fn cases(&self, key: &str) -> Vec<BTreeMap<String, String>> {
        let message = self.bundle.get_message(key);
        match message.as_ref().and_then(cases::selecting_variable) {
            Some((variable, names)) => {
                let case = |name: &str| [(variable.to_owned(), name.to_owned())].into();
                names.into_iter().map(case).collect()
            }
            None => vec![BTreeMap::new()],
        }
    }

    /// Formats a message without variables.
    pub fn format_plain(&self, key: &str) -> String {
        self.text(key, &BTreeMap::new())
    }

    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// Returns the keys of all messages.
pub fn keys() -> impl Iterator<Item = &'static str> {
    let keys = ENGLISH.iter().flat_map(|(_, text)| text.lines());
    let keys = keys.filter_map(|line| Some(line.split_once(" =")?.0));
    keys.filter(|key| key.starts_with(|first: char| first.is_ascii_lowercase()))
}

fn variables(params: &BTreeMap<String, String>) -> FluentArgs<'_> {
    params.iter().map(|(name, text)| (name.as_str(), variable(name, text))).collect()
}

/// Converts a variable. A count becomes a number, and a date (`2031-01-15`) is formatted as
/// `January 15, 2031`.
fn variable<'a>(name: &str, text: &'a str) -> FluentValue<'a> {
    if COUNTS.contains(name)
        && let Ok(count) = text.parse::<u32>()
    {
        return FluentValue::from(count);
    }
    match text.parse::<Date>() {
        Ok(date) if text.len() == "2031-01-15".len() => {
            date.strftime("%B %-d, %Y").to_string().into()
        }
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
        pairs.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
    }

    fn parse_catalog(text: &str) -> MessageCatalog {
        parse_catalog_with(markup::unlabelled, text)
    }

    fn parse_catalog_with(transform: fn(&str) -> Cow<'_, str>, text: &str) -> MessageCatalog {
        let mut words = MessageCatalog::with_transform(transform);
        let bundle = Arc::get_mut(&mut words.bundle).unwrap();
        bundle.add_resource_overriding(FluentResource::try_new(text.to_owned()).unwrap());
        words
    }

    #[test]
    fn catalog_parses_without_duplicates() {
        assert!(!ENGLISH.is_empty());
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
        for (file, text) in ENGLISH {
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) => resource,
                Err((_, errors)) => panic!("{file}: {errors:?}"),
            };
            if let Err(errors) = bundle.add_resource(resource) {
                panic!("{file} repeats keys of another file: {errors:?}");
            }
        }
    }

    #[test]
    fn counts_choose_plurals_and_ids_stay_text() {
        let words = parse_catalog(
            "n = { $count ->\n    [one] one person\n   *[other] { $count } people\n }\nid = account { $id }",
        );
        assert_eq!(words.text("n", &params([("count", "1")])), "one person");
        assert_eq!(words.text("n", &params([("count", "7100")])), "7100 people");
        assert_eq!(words.text("id", &params([("id", "2024")])), "account 2024");
        assert_eq!(words.text("id", &params([("id", "00123")])), "account 00123");
        for name in ["name", "group", "user_name", "who", "account", "id"] {
            assert!(!COUNTS.contains(name), "{name} is text");
        }
        assert_eq!(words.text("id", &params([("id", "012345678901")])), "account 012345678901");
        assert_eq!(words.text("id", &params([("id", "00000001")])), "account 00000001");
    }

    #[test]
    fn missing_messages_are_visible() {
        let words = parse_catalog("greeting = Hello { $name }\n    .hint = hint");
        assert_eq!(words.format_plain("no-such-key"), "⟦no-such-key⟧");
        assert_eq!(words.format_plain("greeting"), "Hello {$name}");
        assert_eq!(words.attribute("greeting", "hint", &params([])).as_deref(), Some("hint"));
        assert_eq!(words.attribute("greeting", "other", &params([])), None);
        assert!(words.has("greeting") && !words.has("no-such-key"));
    }

    #[test]
    fn cases_are_the_variants_of_the_first_selecting_variable() {
        let words = parse_catalog(
            "plain = text { $a }\nplural = { $n ->\n    [0] none\n    [one] one\n   *[other] more\n }\n\
             many = { $n ->\n    [one] one\n   *[other] more\n } { $kind ->\n    [a] A\n   *[b] B\n }\n    \
             .detail = { $kind ->\n    [c] C\n   *[b] B\n } { $of ->\n    [d] D\n   *[e] E\n }",
        );
        assert_eq!(words.cases("plain"), [params([])]);
        assert_eq!(words.cases("plural"), [params([])]);
        assert_eq!(words.cases("many"), ["a", "b", "c"].map(|kind| params([("kind", kind)])));
        assert_eq!(words.cases("no-such-key"), [params([])]);
    }

    #[test]
    fn page_labels_become_plain_text() {
        let words = parse_catalog("press = Press <label>Submit</label> <b>now</b> in { $place }");
        assert_eq!(
            words.text("press", &params([("place", "<label>x</label>")])),
            "Press Submit <b>now</b> in <label>x</label>"
        );
        assert_eq!(words.format_plain("field-aws_acs_url"), "Application ACS URL");
    }

    #[test]
    fn variables_keep_their_markup() {
        let text = "press = Press <kbd>?</kbd> in <b>{ $place }</b> for <other>";
        let words = parse_catalog_with(markup::strip_all_tags, text);
        assert_eq!(
            words.text("press", &params([("place", "<b>x</b>")])),
            "Press ? in <b>x</b> for <other>"
        );
    }
}
