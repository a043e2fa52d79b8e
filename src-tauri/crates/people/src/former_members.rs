//! Compares the members of a group with a current list of people: who left.
//!
//! A person who is removed by mistake can't work, so every doubt keeps the person. The match is
//! therefore wider than when people are added.

use std::collections::HashSet;

use super::{
    csv::{self, ListChoices, ListError, SkippedRow},
    list::{key, mailbox},
    matching::User,
    person::{NewPerson, Person, PersonError},
};

/// A list of everyone who may use nOps now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurrentList {
    people: Vec<Person>,
    /// The people whom the list marks as inactive. They left.
    inactive: Vec<NewPerson>,
    unread: Vec<SkippedRow>,
}

/// Why a list can't show who left. The message key is `failure-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum IncompleteList {
    /// Some lines couldn't be read. They may be about members of the group.
    ListHasUnreadRows,
    ListHasNoPeople,
}

impl IncompleteList {
    /// All reasons. A test checks that each has a message.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Why a member isn't a current user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum DepartureReason {
    NotListed,
    /// The list marks the person as inactive.
    Inactive,
}

/// Why a member who isn't on the list is kept, unless the user names the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum ProtectedRole {
    Tester,
    RecoveryAdministrator,
    /// The user of this app.
    CurrentUser,
    /// The list has a person of this name with another address.
    SameName,
}

impl ProtectedRole {
    /// All roles. A test checks that each has a message.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// A member of the group who isn't on the current list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerMember {
    pub user: User,
    pub reason: DepartureReason,
    pub protected: Option<ProtectedRole>,
}

/// The people who must not be removed by accident. Each value is an ID, a user name, or an email
/// address.
#[derive(Clone, Debug, Default)]
pub struct ProtectedPeople {
    pub testers: Vec<String>,
    pub recovery_administrator: Option<String>,
    pub current_user: Option<String>,
}

impl CurrentList {
    /// Reads a list. Unlike a list of people to add, it can name a person twice.
    ///
    /// # Errors
    /// Returns an error if the columns aren't clear.
    pub fn read(text: &str, choices: &ListChoices) -> Result<Self, ListError> {
        let reading = csv::recognize_columns(text, choices)?;
        let mut list = Self::default();
        for row in reading.rows() {
            let who = row.person.as_ref().map(NewPerson::full_name).unwrap_or_default();
            match row.person {
                Ok(person) if row.is_inactive => list.inactive.push(person),
                row_person => match row_person.and_then(|one| one.checked(row.line.to_string())) {
                    Ok(person) => list.people.push(person),
                    Err(reason) => list.unread.push(SkippedRow { line: row.line, reason, who }),
                },
            }
        }
        Ok(list)
    }

    /// Returns the number of people who aren't inactive.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    pub fn inactive(&self) -> usize {
        self.inactive.len()
    }

    /// Returns the lines that couldn't be read.
    pub fn unread(&self) -> &[SkippedRow] {
        &self.unread
    }

    /// Returns whether the columns aren't clear although the list was read.
    pub fn is_unclear(&self) -> bool {
        self.is_empty() && self.unread.iter().any(|row| row.reason == PersonError::Columns)
    }

    /// Returns why the list can't show who left.
    pub fn problem(&self) -> Option<IncompleteList> {
        let unread = self.unread.iter().any(|row| row.reason != PersonError::OnlyHeader);
        match (unread, self.is_empty()) {
            (true, _) => Some(IncompleteList::ListHasUnreadRows),
            (false, true) => Some(IncompleteList::ListHasNoPeople),
            (false, false) => None,
        }
    }
}

/// Returns the members who aren't on the list, sorted by user name. Returns no one if the list can't
/// show who left.
pub fn former_members<'a>(
    list: &CurrentList,
    members: impl IntoIterator<Item = &'a User>,
    protected: &ProtectedPeople,
) -> Vec<FormerMember> {
    if list.problem().is_some() {
        return Vec::new();
    }
    let listed = Keys::of(list.people.iter().map(|one| (&*one.user_name, &*one.email)));
    let inactive = Keys::of(list.inactive.iter().map(|one| (&*one.user_name, &*one.email)));
    let names: HashSet<String> =
        list.people.iter().filter(|one| one.can_be_created()).map(|one| key(&one.name())).collect();
    let mut former: Vec<FormerMember> = members
        .into_iter()
        .filter(|user| !listed.contains(user))
        .map(|user| FormerMember {
            reason: match inactive.contains(user) {
                true => DepartureReason::Inactive,
                false => DepartureReason::NotListed,
            },
            protected: protected.role(user).or_else(|| {
                let own = format!("{} {}", user.given_name, user.family_name);
                let is_named = [&own, &user.display_name].iter().any(|name| {
                    let name = key(name.trim());
                    !name.is_empty() && names.contains(&name)
                });
                is_named.then_some(ProtectedRole::SameName)
            }),
            user: user.clone(),
        })
        .collect();
    former.sort_by(|one, other| one.user.user_name.cmp(&other.user.user_name));
    former
}

impl ProtectedPeople {
    fn role(&self, user: &User) -> Option<ProtectedRole> {
        let is = |name: &String| {
            let name = key(name.trim());
            name == key(&user.id)
                || name == key(&user.user_name)
                || user.email.as_deref().is_some_and(|email| name == key(email))
        };
        if self.testers.iter().any(is) {
            return Some(ProtectedRole::Tester);
        }
        if self.recovery_administrator.as_ref().is_some_and(is) {
            return Some(ProtectedRole::RecoveryAdministrator);
        }
        self.current_user.as_ref().is_some_and(is).then_some(ProtectedRole::CurrentUser)
    }
}

/// The names and addresses of people. Addresses count without their `+tag`.
struct Keys(HashSet<String>);

impl Keys {
    fn of<'a>(people: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let keys = people.flat_map(|(user_name, email)| [user_name, email]);
        Self(keys.filter(|text| !text.trim().is_empty()).map(plain).collect())
    }

    fn contains(&self, user: &User) -> bool {
        let email = user.email.as_deref().unwrap_or_default();
        [user.user_name.as_str(), email].into_iter().any(|text| self.0.contains(&plain(text)))
    }
}

/// Returns the text in the form in which it's compared.
fn plain(text: &str) -> String {
    let text = key(text.trim());
    mailbox(&text).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::UserState;

    fn user(user_name: &str, email: &str, name: &str) -> User {
        let (given_name, family_name) = name.split_once(' ').unwrap_or((name, ""));
        User {
            id: format!("id-{user_name}"),
            user_name: user_name.to_owned(),
            display_name: name.to_owned(),
            given_name: given_name.to_owned(),
            family_name: family_name.to_owned(),
            email: (!email.is_empty()).then(|| email.to_owned()),
            state: UserState::Enabled,
            provisioned_by: None,
        }
    }

    fn list(text: &str) -> CurrentList {
        CurrentList::read(text, &ListChoices::default()).unwrap()
    }

    fn found(text: &str, members: &[User], protected: &ProtectedPeople) -> Vec<String> {
        former_members(&list(text), members, protected)
            .into_iter()
            .map(|one| {
                let (name, reason) = (one.user.user_name, <&str>::from(one.reason));
                let role = one.protected.map_or("", ProtectedRole::code);
                format!("{name} {reason} {role}").trim().to_owned()
            })
            .collect()
    }

    #[test]
    fn only_members_who_are_surely_not_listed_left() {
        let members = [
            user("ana", "ana@example.com", "Ana Lima"),
            user("ben@example.com", "", "Ben Roy"),
            user("Cleo@Example.com", "cleo@example.com", "Cleo Fox"),
            user("dan", "dan+nops@example.com", "Dan Ito"),
            user("eva", "eva@example.com", "Eva Old"),
            user("zoë@example.com", "zoë@example.com", "Zoë Day"),
            user("gone", "gone@example.com", "Gone Girl"),
        ];
        let text = "Email,First name,Last name\nana@example.com,Ana,Lima\nANA@example.com,Ana,Lima\n\
                    ben@example.com,Ben,Roy\ncleo@example.com,Cleo,Fox\ndan@example.com,Dan,Ito\n\
                    eva.new@example.com,Eva,Old\nZOË@example.com,Zoe,Day\n";
        let none = ProtectedPeople::default();
        assert_eq!(found(text, &members, &none), ["eva not_listed same_name", "gone not_listed"]);
    }

    #[test]
    fn inactive_people_left() {
        let members = [user("ana", "ana@example.com", ""), user("ben", "ben@example.com", "")];
        let text = "Email,Status\nana@example.com,active\nben@example.com,inactive\n";
        let none = ProtectedPeople::default();
        assert_eq!(found(text, &members, &none), ["ben inactive"]);
        let twice = format!("{text}ben@example.com,active\n");
        assert_eq!(found(&twice, &members, &none), [""; 0], "one active row is enough");
    }

    #[test]
    fn roles_are_protected() {
        let members = ["tess", "rita", "yuri", "gone"]
            .map(|name| user(name, &format!("{name}@x.example"), ""));
        let protected = ProtectedPeople {
            testers: vec!["id-tess".to_owned()],
            recovery_administrator: Some("RITA@x.example".to_owned()),
            current_user: Some("Yuri".to_owned()),
        };
        assert_eq!(
            found("Email\nother@x.example\n", &members, &protected),
            [
                "gone not_listed",
                "rita not_listed recovery_administrator",
                "tess not_listed tester",
                "yuri not_listed current_user",
            ]
        );
    }

    #[test]
    fn incomplete_list_shows_no_one() {
        let members = [user("gone", "gone@example.com", "")];
        for (text, problem) in [
            ("Email\nana@example.com\nnot an address\n", IncompleteList::ListHasUnreadRows),
            (
                "Email,Name\nana@example.com,Ana\nben@example.com,Ben,x\n",
                IncompleteList::ListHasUnreadRows,
            ),
            ("Email,Name\n", IncompleteList::ListHasNoPeople),
            ("Email,Status\nana@example.com,inactive\n", IncompleteList::ListHasNoPeople),
        ] {
            assert_eq!(list(text).problem(), Some(problem), "{text}");
            assert_eq!(former_members(&list(text), &members, &ProtectedPeople::default()), []);
        }
    }
}
