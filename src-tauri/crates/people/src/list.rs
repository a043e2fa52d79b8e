//! The list of people and the group they go into.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use specta::Type;

use identifiers::EmailDomain;

use super::{
    person::{NewPerson, Person, Refusal},
    sheet::{self, Unread},
};

/// The name proposed for a new group.
pub const PROPOSED_GROUP: &str = "nOps users";

/// The group for nOps's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GroupChoice {
    /// A new group.
    New {
        /// Its name.
        name: String,
    },
    /// A group that exists.
    Existing {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
}

impl GroupChoice {
    /// The group's name.
    pub fn name(&self) -> &str {
        match self {
            Self::New { name } | Self::Existing { name, .. } => name,
        }
    }
}

impl Default for GroupChoice {
    fn default() -> Self {
        Self::New { name: PROPOSED_GROUP.to_owned() }
    }
}

/// The people of a setup. No two rows share a user name or an email address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// The group they go into.
    pub group: GroupChoice,
    rows: Vec<Person>,
    unread: Vec<Unread>,
    revision: u32,
    next: u32,
}

impl People {
    /// The rows, in the order they came.
    pub fn rows(&self) -> &[Person] {
        &self.rows
    }

    /// The lines of the last CSV text that were not taken.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Grows with every change of the rows.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The row with this key.
    pub fn row(&self, key: &str) -> Option<&Person> {
        self.rows.iter().find(|row| row.key == key)
    }

    /// Adds one person and answers the key of the row.
    pub fn add(&mut self, new: NewPerson) -> Result<String, Refusal> {
        let mut taken = self.taken();
        self.add_unless(new, &mut taken)
    }

    /// Adds everyone a CSV text names and answers how many. Lines that were not taken are in [`Self::unread`].
    pub fn add_sheet(&mut self, text: &str) -> u32 {
        let mut added = 0;
        self.unread.clear();
        self.revision += 1;
        let mut taken = self.taken();
        for row in sheet::read(text) {
            let added_as = row.person.and_then(|person| self.add_unless(person, &mut taken));
            match added_as {
                Ok(_) => added += 1,
                Err(reason) => self.unread.push(Unread { line: row.line, reason }),
            }
        }
        added
    }

    /// Takes a person off the list; whether there was such a row.
    pub fn remove(&mut self, key: &str) -> bool {
        let before = self.rows.len();
        self.rows.retain(|row| row.key != key);
        let removed = self.rows.len() != before;
        if removed {
            self.revision += 1;
        }
        removed
    }

    /// Takes everyone off the list.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.unread.clear();
        self.revision += 1;
    }

    /// The domain that most people's addresses have, where more than half share one.
    pub fn usual_domain(&self) -> Option<EmailDomain> {
        let mut counts: HashMap<EmailDomain, usize> = HashMap::new();
        for domain in self.rows.iter().filter_map(Person::domain) {
            *counts.entry(domain).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let usual = counts.into_iter().find(|(_, count)| count * 2 > all);
        usual.map(|(domain, _)| domain)
    }

    fn add_unless(&mut self, new: NewPerson, taken: &mut Taken) -> Result<String, Refusal> {
        let person = new.checked(format!("p{}", self.next + 1))?;
        if taken.has(&person) {
            return Err(Refusal::Duplicate);
        }
        taken.take(&person);
        let key = person.key.clone();
        self.next += 1;
        self.revision += 1;
        self.rows.push(person);
        Ok(key)
    }

    fn taken(&self) -> Taken {
        let mut taken = Taken::default();
        for row in &self.rows {
            taken.take(row);
        }
        taken
    }
}

/// The user names and email addresses of a list, in lower case.
#[derive(Default)]
struct Taken {
    user_names: HashSet<String>,
    emails: HashSet<String>,
}

impl Taken {
    fn has(&self, person: &Person) -> bool {
        self.user_names.contains(&person.user_name.to_lowercase())
            || self.emails.contains(&person.email.to_lowercase())
    }

    fn take(&mut self, person: &Person) {
        self.user_names.insert(person.user_name.to_lowercase());
        if !person.email.is_empty() {
            self.emails.insert(person.email.to_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(email: &str) -> NewPerson {
        NewPerson { email: email.to_owned(), ..NewPerson::default() }
    }

    #[test]
    fn the_same_person_is_taken_once() {
        let mut people = People::default();
        people.add(person("ana@example.com")).unwrap();
        assert_eq!(people.add(person("ANA@example.com")), Err(Refusal::Duplicate));
        let by_user_name =
            NewPerson { user_name: "Ana@Example.com".to_owned(), ..NewPerson::default() };
        assert_eq!(people.add(by_user_name), Err(Refusal::Duplicate));
        assert_eq!(people.rows().len(), 1);
    }

    #[test]
    fn keys_are_never_used_again() {
        let mut people = People::default();
        let first = people.add(person("ana@example.com")).unwrap();
        assert!(people.remove(&first));
        assert!(!people.remove(&first), "it is gone");
        let second = people.add(person("ana@example.com")).unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn a_sheet_says_line_by_line_what_was_not_taken() {
        let mut people = People::default();
        let added = people.add_sheet(
            "First name,Last name,Email\nAna,Lima,ana@example.com\nBen,Roy,ben.example.com\n\nAna,Lima,ANA@example.com\n",
        );
        assert_eq!(added, 1);
        let expected = [
            Unread { line: 3, reason: Refusal::EmailShape },
            Unread { line: 5, reason: Refusal::Duplicate },
        ];
        assert_eq!(people.unread(), expected);
    }

    #[test]
    fn the_usual_domain_needs_a_majority() {
        let mut people = People::default();
        people.add(person("ana@example.com")).unwrap();
        people.add(person("ben@example.net")).unwrap();
        assert_eq!(people.usual_domain(), None);
        people.add(person("cleo@EXAMPLE.com")).unwrap();
        assert_eq!(people.usual_domain(), "example.com".parse().ok());
    }
}
