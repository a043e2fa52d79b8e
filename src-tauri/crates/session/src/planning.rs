//! Looks up people and the group in AWS and plans the changes, for the window and the command line.

mod directory_lookup;

use std::collections::BTreeSet;

use super::jobs::PlannedChanges;
use identity_center::{AwsError, Connection, Principal};
use people::{Group, GroupChoice, People, User, UserIndex, UserMatch};

pub(super) use directory_lookup::LookupResult;
use directory_lookup::UserQuery;

/// The input for a plan, and how much of AWS to read.
pub(super) struct PlanRequest {
    pub(super) people: People,
    /// The application to assign the group to. If it is `None`, nothing is assigned.
    pub(super) application: Option<String>,
    /// The user name of the app's user, if known.
    pub(super) current_user: Option<String>,
    /// Read everyone in the directory and in the group, not only the people on the list.
    pub(super) everyone: bool,
    /// The number of users in the directory, or a lower bound.
    pub(super) users: usize,
}

/// Looks up everything again, so that the plan reflects the current state of AWS. `can_create`
/// decides whether users can be created, based on the users that were read.
pub(super) async fn look_up_directory(
    connection: &Connection,
    store: &str,
    question: PlanRequest,
    can_create: impl FnOnce(&[User]) -> bool,
) -> Result<PlannedChanges, AwsError> {
    let PlanRequest { people, application, current_user, everyone, users: at_least } = question;
    let mut wanted: Vec<UserQuery<'_>> = people.rows().iter().map(UserQuery::for_person).collect();
    wanted.extend(current_user.as_deref().map(UserQuery::for_user_name));
    let users = directory_lookup::users(connection, store, &wanted, at_least, everyone).await?;
    let group = group(connection, store, &people.group).await?;
    let members = match &group {
        Some(group) => {
            let index = UserIndex::new(&users.items);
            let known =
                people.rows().iter().filter_map(|person| match index.match_person(person, None) {
                    (UserMatch::Known(user), _) => Some(user.id.as_str()),
                    _ => None,
                });
            let you = current_user.as_deref().and_then(|name| index.find_by_user_name(name));
            let asked: BTreeSet<&str> = known.chain(you.map(|user| user.id.as_str())).collect();
            directory_lookup::members(connection, store, &group.id, asked, everyone).await?
        }
        None => LookupResult::default(),
    };
    let assigned = match (&application, &group) {
        (Some(application), Some(group)) => {
            connection.assignments(application).await?.contains(&Principal::Group(group.id.clone()))
        }
        _ => false,
    };
    let plan = changes::plan(
        &people,
        &users.items,
        group.as_slice(),
        &members.items,
        assigned,
        application.as_deref(),
        store,
        can_create(&users.items),
    );
    Ok(PlannedChanges { people, application, users, group, members, plan })
}

/// Returns the chosen group. Finds the group by its ID, or else by its name.
async fn group(
    connection: &Connection,
    store: &str,
    choice: &GroupChoice,
) -> Result<Option<Group>, AwsError> {
    if let GroupChoice::Existing { id, .. } = choice {
        match connection.group(store, id).await {
            Err(AwsError::NotFound) => {}
            found => return found.map(Some),
        }
    }
    connection.find_group(store, choice.name()).await
}
