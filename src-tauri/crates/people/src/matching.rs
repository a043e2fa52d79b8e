//! Matches listed people to users in the directory, and reports what would prevent them from
//! signing in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use identifiers::EmailDomain;
use setup::Severity;

use super::person::{Person, domain_of};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    Enabled,
    Disabled,
    /// The directory doesn't report the status.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: String,
    pub user_name: String,
    pub display_name: String,
    pub given_name: String,
    pub family_name: String,
    /// The primary email address.
    pub email: Option<String>,
    pub state: UserState,
    /// The issuer of the external ID, if another system provisions the user.
    pub provisioned_by: Option<String>,
}

impl User {
    /// Returns whether the user has the person's user name or email address, ignoring case.
    pub fn matches_person(&self, person: &Person) -> bool {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let email = self.email.as_deref();
        same(&self.user_name, &person.user_name)
            || email.is_some_and(|email| same(email, &person.email))
    }

    /// Returns whether an external identity provider provisions the user over SCIM. The issuer's
    /// prefix is known from public samples.
    pub fn is_provisioned(&self) -> bool {
        let issuer = self.provisioned_by.as_deref();
        issuer.is_some_and(|issuer| issuer.starts_with("https://scim.aws.com/"))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub id: String,
    pub name: String,
    pub description: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// `None` for a nested group or another member that isn't a user. Identity Center doesn't
    /// resolve nested groups.
    pub user_id: Option<String>,
}

/// A finding about a person. The message key is `person-<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonIssue {
    /// A stable code such as `no_email`.
    pub code: &'static str,
    pub severity: Severity,
    pub params: BTreeMap<String, String>,
}

/// All codes of [`PersonIssue`]. A test checks that each has a message.
pub const ISSUE_CODES: [&str; 12] = [
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserMatch<'a> {
    Known(&'a User),
    /// The directory has no such user, and the user can be created.
    New,
    /// The user can't be created, or the match is ambiguous.
    LeftOut,
}

pub struct UserIndex<'a> {
    by_user_name: HashMap<String, &'a User>,
    by_email: HashMap<String, Vec<&'a User>>,
}

impl<'a> UserIndex<'a> {
    pub fn new(users: &'a [User]) -> Self {
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

    /// Finds a user by user name, ignoring case.
    pub fn find_by_user_name(&self, user_name: &str) -> Option<&'a User> {
        self.by_user_name.get(&user_name.to_lowercase()).copied()
    }

    /// Looks up a person by user name, then by email address. Returns the match and its issues,
    /// worst first.
    pub fn match_person(
        &self,
        person: &Person,
        usual_domain: Option<&EmailDomain>,
    ) -> (UserMatch<'a>, Vec<PersonIssue>) {
        let mut remarks = Vec::new();
        let recognition = self.find_match(person, &mut remarks);
        let email = match &recognition {
            UserMatch::Known(user) => user.email.as_deref(),
            _ => Some(person.email.as_str()),
        };
        if let (Some(domain), Some(usual)) = (email.and_then(domain_of), usual_domain)
            && domain != *usual
        {
            remarks.push(
                PersonIssue::new("other_domain", Severity::Warning)
                    .with("domain", domain)
                    .with("usual", usual),
            );
        }
        remarks.sort_by_key(|remark| std::cmp::Reverse(remark.severity));
        (recognition, remarks)
    }

    fn find_match(&self, person: &Person, remarks: &mut Vec<PersonIssue>) -> UserMatch<'a> {
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
                let issue = PersonIssue::new("several_users", Severity::Error);
                remarks.push(issue.with("count", ids.len()));
                UserMatch::LeftOut
            }
            (Some(user), _) | (None, &[user]) => {
                add_existing_user_issues(person, user, remarks);
                UserMatch::Known(user)
            }
            (None, &[]) => match_new_person(person, remarks),
        }
    }
}

/// Reports what prevents an existing user from signing in. If a user has no primary email address,
/// the access portal shows "No access" (IAM Identity Center User Guide, troubleshooting).
fn add_existing_user_issues(person: &Person, user: &User, remarks: &mut Vec<PersonIssue>) {
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

fn match_new_person<'a>(person: &Person, remarks: &mut Vec<PersonIssue>) -> UserMatch<'a> {
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
    /// Returns whether AWS would reject this person's sign-in.
    pub fn refuses_sign_in(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Creates the issue for a person who isn't in the directory when only another system can
    /// create users.
    pub fn managed_user() -> Self {
        Self::new("created_elsewhere", Severity::Error)
    }

    /// Creates the issue for a user who isn't in the group when only another system can add
    /// members.
    pub fn managed_group() -> Self {
        Self::new("member_elsewhere", Severity::Error)
    }

    fn new(code: &'static str, severity: Severity) -> Self {
        Self { code, severity, params: BTreeMap::new() }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
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

    /// Returns the match as `ID code code…`. For a new person, the ID is `new`; for an excluded
    /// person, it is `out`.
    fn format_match(given_name: &str, email: &str, user_name: &str) -> String {
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
            UserIndex::new(&users).match_person(&person, "example.com".parse().ok().as_ref());
        let who = match recognition {
            UserMatch::Known(user) => user.id.as_str(),
            UserMatch::New => "new",
            UserMatch::LeftOut => "out",
        };
        let codes: Vec<&str> = remarks.iter().map(|remark| remark.code).collect();
        for code in &codes {
            assert!(ISSUE_CODES.contains(code), "{code} is missing from ISSUE_CODES");
        }
        format!("{who} {}", codes.join(" ")).trim().to_owned()
    }

    #[test]
    fn people_are_matched_with_their_issues() {
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
            assert_eq!(format_match(name, email, user_name), expected, "{email} {user_name}");
        }
    }
}
