//! What a new setup takes over from another organization's setup: names and choices, but no values
//! of the organization, no people and no evidence.

use jiff::Timestamp;

use super::{Facts, Field, Source};

/// The names and choices that don't belong to one organization.
const CHOICES: [Field; 5] = [
    Field::AwsDisplayName,
    Field::SubjectMapping,
    Field::NopsDefaultRole,
    Field::Group,
    Field::NewPeoplePassword,
];

/// Returns the user's own names and choices. What AWS or nOps reported is left out.
pub fn copied_choices(facts: &Facts, now: Timestamp) -> Facts {
    let mut copied = Facts::default();
    for field in CHOICES {
        if let Some(fact) = facts.get(field)
            && (matches!(fact.source, Source::Entered | Source::Declared) || field == Field::Group)
        {
            // The group's name was chosen by the user, even if AWS confirmed that the group exists.
            let source = match &fact.source {
                Source::Observed => Source::Entered,
                source => source.clone(),
            };
            copied.record(field, fact.value.clone(), source, now);
        }
    }
    copied
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::FactValue;

    fn now() -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    #[test]
    fn only_names_and_choices_are_copied() {
        let fields = messages::keys().filter_map(|key| key.strip_prefix("field-"));
        let fields: Vec<Field> =
            fields.filter_map(|name| serde_json::from_value(json!(name)).ok()).collect();
        assert!(fields.len() > 40, "only {} fields", fields.len());
        let facts_from = |source: Source| {
            let mut facts = Facts::default();
            for field in &fields {
                let text = FactValue::Text("quixote".to_owned());
                facts.record(*field, text, source.clone(), now());
            }
            copied_choices(&facts, now())
        };
        let names = |facts: Facts| facts.iter().map(|(field, _)| field.name()).collect::<Vec<_>>();
        let mut all = CHOICES.map(Field::name).to_vec();
        all.sort_unstable();
        for source in [Source::Entered, Source::Declared] {
            let mut copied = names(facts_from(source));
            copied.sort_unstable();
            assert_eq!(copied, all);
        }
        assert_eq!(names(facts_from(Source::Observed)), ["group"]);
        assert_eq!(names(facts_from(Source::imported(None))), ["group"]);
    }
}
