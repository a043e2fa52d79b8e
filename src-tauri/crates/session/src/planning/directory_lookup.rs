//! Reads as much of a directory as a list of people needs, with few calls.
//!
//! People can be looked up individually, with one or more calls each, or listed in pages of 100
//! users. AWS doesn't report in advance how many users or members there are. So pages are read
//! until they have cost as many calls as looking up the people who haven't been found. Then the
//! remaining people are looked up. The total is at most twice the cost of the cheaper method (the
//! ski rental problem, solved with break-even).

use std::collections::{BTreeSet, HashMap};

use futures_util::{TryStreamExt, stream::FuturesUnordered};

use identity_center::{AwsError, Connection, UserAttribute};
use people::{Membership, Person, User};

/// The number of users that AWS lists per page.
const PAGE: usize = 100;
/// The number of calls to look up one person: one for the user name, and one for the email address
/// or the user.
const LOOK_UP: usize = 2;

/// The items read from a directory or a group.
#[derive(Debug)]
pub(crate) struct LookupResult<T> {
    /// Everyone who was listed, and everyone who was looked up and exists.
    pub(crate) items: Vec<T>,
    /// Everyone was listed.
    pub(crate) whole: bool,
    pub(crate) listed: usize,
}

impl<T> Default for LookupResult<T> {
    /// An empty result counts as complete.
    fn default() -> Self {
        Self { items: Vec::new(), whole: true, listed: 0 }
    }
}

/// A person to look for.
#[derive(Clone, Copy, Debug)]
pub(super) struct UserQuery<'a> {
    user_name: &'a str,
    email: &'a str,
}

impl<'a> UserQuery<'a> {
    pub(super) fn for_person(person: &'a Person) -> Self {
        Self { user_name: &person.user_name, email: &person.email }
    }

    /// Creates a query by user name only.
    pub(super) fn for_user_name(user_name: &'a str) -> Self {
        Self { user_name, email: "" }
    }

    /// Returns whether a user with the same user name must be this person, because the email
    /// address matches or isn't known.
    fn is_settled_by(&self, user: &User) -> bool {
        let email = user.email.as_deref().unwrap_or_default();
        self.email.is_empty() || email.to_lowercase() == self.email.to_lowercase()
    }
}

/// Returns the directory's users: all users, or at least the wanted ones. `at_least` is a known
/// lower bound of the number of users.
pub(super) async fn users(
    connection: &Connection,
    store: &str,
    wanted: &[UserQuery<'_>],
    at_least: usize,
    everyone: bool,
) -> Result<LookupResult<User>, AwsError> {
    let mut missing: HashMap<String, &UserQuery<'_>> =
        wanted.iter().map(|one| (one.user_name.to_lowercase(), one)).collect();
    let mut sight = LookupResult { whole: false, ..LookupResult::default() };
    let (mut token, mut pages) = (None, 0);
    // Always read the first page, because it shows whether another system manages the users.
    let mut lists = everyone || at_least.div_ceil(PAGE) <= (missing.len() * LOOK_UP).max(1);
    while lists {
        let page = connection.users_page(store, token).await?;
        pages += 1;
        for user in &page.items {
            let name = user.user_name.to_lowercase();
            if missing.get(&name).is_some_and(|one| one.is_settled_by(user)) {
                missing.remove(&name);
            }
        }
        sight.items.extend(page.items);
        token = page.next;
        sight.whole = token.is_none();
        lists = !sight.whole && (everyone || pages < missing.len() * LOOK_UP);
    }
    sight.listed = sight.items.len();
    if sight.whole {
        return Ok(sight);
    }
    let seen = ListedUsers::new(&sight.items);
    let look_ups = FuturesUnordered::new();
    for one in missing.into_values() {
        look_ups.push(find_unlisted_users(connection, store, *one, &seen));
    }
    let found: Vec<Vec<User>> = look_ups.try_collect().await?;
    let mut ids: BTreeSet<String> = sight.items.iter().map(|user| user.id.clone()).collect();
    let new = found.into_iter().flatten();
    sight.items.extend(new.filter(|user| ids.insert(user.id.clone())));
    Ok(sight)
}

/// The listed users, indexed by the attributes to look up.
struct ListedUsers<'a> {
    by_name: HashMap<String, &'a User>,
    emails: BTreeSet<String>,
}

impl<'a> ListedUsers<'a> {
    fn new(users: &'a [User]) -> Self {
        let emails = users.iter().filter_map(|user| user.email.as_deref());
        Self {
            by_name: users.iter().map(|user| (user.user_name.to_lowercase(), user)).collect(),
            emails: emails.map(str::to_lowercase).collect(),
        }
    }
}

/// Returns unlisted users with this person's user name or email address.
async fn find_unlisted_users(
    connection: &Connection,
    store: &str,
    wanted: UserQuery<'_>,
    seen: &ListedUsers<'_>,
) -> Result<Vec<User>, AwsError> {
    let by = |attribute, value| connection.user_by(store, attribute, value);
    let mut found = Vec::new();
    let listed = seen.by_name.get(&wanted.user_name.to_lowercase());
    if listed.is_none() {
        found.extend(by(UserAttribute::UserName, wanted.user_name).await?);
    }
    let settled = found.iter().any(|user| wanted.is_settled_by(user));
    if !settled && !wanted.email.is_empty() && !seen.emails.contains(&wanted.email.to_lowercase()) {
        found.extend(by(UserAttribute::Email, wanted.email).await?);
    }
    Ok(found)
}

/// Returns the group's members: all members, or at least those among the given users. Always reads
/// at least one page, because it shows whether the group has members that aren't users.
pub(super) async fn members(
    connection: &Connection,
    store: &str,
    group: &str,
    mut asked: BTreeSet<&str>,
    everyone: bool,
) -> Result<LookupResult<Membership>, AwsError> {
    let mut sight = LookupResult { whole: false, ..LookupResult::default() };
    let (mut token, mut pages) = (None, 0);
    loop {
        let page = connection.members_page(store, group, token).await?;
        pages += 1;
        let ids = page.items.iter().filter_map(|one| one.user_id.as_deref());
        for id in ids {
            asked.remove(id);
        }
        sight.items.extend(page.items);
        token = page.next;
        sight.whole = token.is_none();
        if sight.whole || (!everyone && pages >= asked.len()) {
            break;
        }
    }
    sight.listed = sight.items.len();
    if sight.whole {
        return Ok(sight);
    }
    let of = [group.to_owned()];
    let questions = FuturesUnordered::new();
    for user in asked {
        let question = connection.is_member(store, user, &of);
        questions.push(async move { Ok::<_, AwsError>((user, question.await?)) });
    }
    let answers: Vec<(&str, Vec<String>)> = questions.try_collect().await?;
    for (user, member_of) in answers {
        if !member_of.is_empty() {
            let user_id = Some(user.to_owned());
            sight.items.push(Membership { user_id });
        }
    }
    Ok(sight)
}
