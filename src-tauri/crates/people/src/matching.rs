//! Who of the list is in the directory already, and what speaks against a sign-in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use identifiers::EmailDomain;
use setup::Severity;

use super::person::{Person, domain_of};

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// Yes.
    Enabled,
    /// No.
    Disabled,
    /// The directory does not say.
    Unknown,
}

/// A user of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The id.
    pub id: String,
    /// The user name.
    pub user_name: String,
    /// The name shown.
    pub display_name: String,
    /// The given name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// The primary email address.
    pub email: Option<String>,
    /// Whether the user may sign in.
    pub state: UserState,
    /// Where the user is kept, if another system provisions it: the issuer of its external id.
    pub provisioned_by: Option<String>,
}

impl User {
    /// Whether it goes by the person's user name or email address, whatever their capital letters.
    pub fn is_of(&self, person: &Person) -> bool {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let email = self.email.as_deref();
        same(&self.user_name, &person.user_name)
            || email.is_some_and(|email| same(email, &person.email))
    }

    /// Whether an external identity provider keeps the user by SCIM (seen in public samples).
    pub fn is_provisioned(&self) -> bool {
        let issuer = self.provisioned_by.as_deref();
        issuer.is_some_and(|issuer| issuer.starts_with("https://scim.aws.com/"))
    }
}

/// A group of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// What it is for.
    pub description: String,
}

/// A membership in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The user's id; none where the member is something else, such as a group, which Identity Center does not
    /// look into.
    pub user_id: Option<String>,
}

/// Something worth knowing about a person. Its words are under `person-<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonIssue {
    /// A stable code such as `no_email`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Variables of its words.
    pub params: BTreeMap<String, String>,
}

/// All codes of remarks, for whoever checks that each has words.
pub const REMARKS: [&str; 12] = [
    "created_elsewhere",
    "member_elsewhere",
    "two_users",
    "several_users",
    "disabled",
    "no_email",
    "new_no_email",
    "new_no_name",
    "email_differs",
    "other_domain",
    "need_password",
    "user_name_differs",
];

/// What became of looking a person up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserMatch<'a> {
    /// The directory has the user.
    Known(&'a User),
    /// The directory has no such user, and one can be created.
    New,
    /// No such user, and none can be created, or it can't be told which one is meant.
    LeftOut,
}

/// The users of a directory, found by user name and by email address.
pub struct UserIndex<'a> {
    by_user_name: HashMap<String, &'a User>,
    by_email: HashMap<String, Vec<&'a User>>,
}

impl<'a> UserIndex<'a> {
    /// An index over all users of a directory.
    pub fn of(users: &'a [User]) -> Self {
        let mut by_email: HashMap<String, Vec<&User>> = HashMap::new();
        for user in users {
            if let Some(email) = &user.email {
                by_email.entry(email.to_lowercase()).or_default().push(user);
            }
        }
        Self {
            by_user_name: users.iter().map(|user| (user.user_name.to_lowercase(), user)).collect(),
            by_email,
        }
    }

    /// The user with this user name, whatever its capital letters.
    pub fn named(&self, user_name: &str) -> Option<&'a User> {
        self.by_user_name.get(&user_name.to_lowercase()).copied()
    }

    /// Looks a person up, by user name first and by email address second, and says what was found, worst first.
    pub fn match_person(
        &self,
        person: &Person,
        usual_domain: Option<&EmailDomain>,
    ) -> (UserMatch<'a>, Vec<PersonIssue>) {
        let mut remarks = Vec::new();
        let recognition = self.look_up(person, &mut remarks);
        let email = match &recognition {
            UserMatch::Known(user) => user.email.as_deref(),
            _ => Some(person.email.as_str()),
        };
        if let (Some(domain), Some(usual)) = (email.and_then(domain_of), usual_domain)
            && domain != *usual
        {
            remarks.push(
                PersonIssue::new("other_domain", Severity::Warning)
                    .with("domain", domain.to_string())
                    .with("usual", usual.to_string()),
            );
        }
        remarks.sort_by_key(|remark| std::cmp::Reverse(remark.severity));
        (recognition, remarks)
    }

    fn look_up(&self, person: &Person, remarks: &mut Vec<PersonIssue>) -> UserMatch<'a> {
        let by_user_name = self.by_user_name.get(&person.user_name.to_lowercase()).copied();
        let by_email = match person.email.as_str() {
            "" => &[],
            email => self.by_email.get(&email.to_lowercase()).map_or(&[][..], Vec::as_slice),
        };
        let ids: BTreeSet<&str> = by_email.iter().map(|user| user.id.as_str()).collect();
        match (by_user_name, by_email) {
            (Some(named), &[mailed]) if named.id != mailed.id => {
                remarks.push(
                    PersonIssue::new("two_users", Severity::Error)
                        .with("user_name", &named.user_name)
                        .with("other", &mailed.user_name),
                );
                UserMatch::LeftOut
            }
            (None, &[_, _, ..]) => {
                let count = ids.len().to_string();
                remarks
                    .push(PersonIssue::new("several_users", Severity::Error).with("count", count));
                UserMatch::LeftOut
            }
            (Some(user), _) | (None, &[user]) => {
                remark_known(person, user, remarks);
                UserMatch::Known(user)
            }
            (None, &[]) => remark_new(person, remarks),
        }
    }
}

/// What speaks against the sign-in of a user that exists. A user without a primary email address
/// is told "No access" (IAM Identity Center, User guide: troubleshooting).
fn remark_known(person: &Person, user: &User, remarks: &mut Vec<PersonIssue>) {
    if user.state == UserState::Disabled {
        remarks.push(PersonIssue::new("disabled", Severity::Error));
    }
    match &user.email {
        None => remarks.push(PersonIssue::new("no_email", Severity::Error)),
        Some(email)
            if !person.email.is_empty() && email.to_lowercase() != person.email.to_lowercase() =>
        {
            remarks.push(
                PersonIssue::new("email_differs", Severity::Warning)
                    .with("given", &person.email)
                    .with("email", email),
            );
        }
        Some(_) => {}
    }
    if user.user_name != person.user_name {
        remarks.push(
            PersonIssue::new("user_name_differs", Severity::Info)
                .with("given", &person.user_name)
                .with("user_name", &user.user_name),
        );
    }
}

fn remark_new<'a>(person: &Person, remarks: &mut Vec<PersonIssue>) -> UserMatch<'a> {
    if person.email.is_empty() {
        remarks.push(
            PersonIssue::new("new_no_email", Severity::Error).with("user_name", &person.user_name),
        );
    } else if !person.can_be_created() {
        remarks.push(PersonIssue::new("new_no_name", Severity::Error));
    } else {
        remarks.push(PersonIssue::new("need_password", Severity::Info));
        return UserMatch::New;
    }
    UserMatch::LeftOut
}

impl PersonIssue {
    /// AWS would refuse this person's sign-in.
    pub fn refuses_sign_in(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The person is not in the directory, and only another system creates people there.
    pub fn created_elsewhere() -> Self {
        Self::new("created_elsewhere", Severity::Error)
    }

    /// The user is not in the group, and only another system adds people to it.
    pub fn member_elsewhere() -> Self {
        Self::new("member_elsewhere", Severity::Error)
    }

    fn new(code: &'static str, severity: Severity) -> Self {
        Self { code, severity, params: BTreeMap::new() }
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NewPerson;

    fn user(id: &str, user_name: &str, email: Option<&str>, state: UserState) -> User {
        User {
            id: id.to_owned(),
            user_name: user_name.to_owned(),
            display_name: user_name.to_owned(),
            given_name: String::new(),
            family_name: String::new(),
            email: email.map(str::to_owned),
            state,
            provisioned_by: None,
        }
    }

    /// What is found about a person: `id code code…`, with `new` or `out` in place of an id.
    fn found(given_name: &str, email: &str, user_name: &str) -> String {
        use UserState::{Disabled, Enabled};
        let users = [
            user("u1", "ana@example.com", Some("ana@example.com"), Enabled),
            user("u2", "praman", None, Enabled),
            user("u3", "tortega", Some("tomas@example.com"), Disabled),
            user("u4", "marcus@partner.example", Some("marcus@partner.example"), Enabled),
            user("u5", "one", Some("shared@example.com"), Enabled),
            user("u6", "two", Some("shared@example.com"), Enabled),
        ];
        let person = NewPerson {
            given_name: given_name.to_owned(),
            family_name: given_name.to_owned(),
            email: email.to_owned(),
            user_name: user_name.to_owned(),
        }
        .checked("p1".to_owned())
        .unwrap();
        let (recognition, remarks) =
            UserIndex::of(&users).match_person(&person, "example.com".parse().ok().as_ref());
        let who = match recognition {
            UserMatch::Known(user) => user.id.as_str(),
            UserMatch::New => "new",
            UserMatch::LeftOut => "out",
        };
        let codes: Vec<&str> = remarks.iter().map(|remark| remark.code).collect();
        for code in &codes {
            assert!(REMARKS.contains(code), "{code} is listed");
        }
        format!("{who} {}", codes.join(" ")).trim().to_owned()
    }

    #[test]
    fn people_are_recognised_and_what_speaks_against_them_is_said() {
        let cases = [
            (("", "ana@example.com", ""), "u1"),
            (("", "ANA@example.com", ""), "u1 user_name_differs"),
            (("", "", "praman"), "u2 no_email"),
            (("", "tomas@example.com", ""), "u3 disabled user_name_differs"),
            (("", "t@example.com", "tortega"), "u3 disabled email_differs"),
            (("", "marcus@partner.example", ""), "u4 other_domain"),
            (("", "ana@example.com", "tortega"), "out two_users"),
            (("", "shared@example.com", ""), "out several_users"),
            (("", "shared@example.com", "one"), "u5"),
            (("New", "new@example.com", ""), "new need_password"),
            (("New", "new@example.net", ""), "new other_domain need_password"),
            (("", "new@example.com", ""), "out new_no_name"),
            (("New", "", "new"), "out new_no_email"),
        ];
        for ((name, email, user_name), expected) in cases {
            assert_eq!(found(name, email, user_name), expected, "{email} {user_name}");
        }
    }
}
