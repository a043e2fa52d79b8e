//! Looking people and group up in AWS, and planning: for the window and the command line alike.

mod directory_lookup;

use std::collections::BTreeSet;

use super::jobs::Planned;
use identity_center::{AwsError, Connection, Principal};
use people::{Group, GroupChoice, People, User, UserIndex, UserMatch};

pub(super) use directory_lookup::LookupResult;
use directory_lookup::UserQuery;

/// What a plan is made for, and how much of AWS has to be seen for it.
pub(super) struct PlanRequest {
    /// The list.
    pub(super) people: People,
    /// The application that the group is assigned to; none where nothing is assigned.
    pub(super) application: Option<String>,
    /// The user name of whoever asks, where it is known.
    pub(super) yourself: Option<String>,
    /// Everyone in the directory and in the group has to be seen, not only the people of the list.
    pub(super) everyone: bool,
    /// How many users the directory is known to have, or more.
    pub(super) users: usize,
}

/// Looks everything up anew, so that the plan is about AWS as it is. `can_create` says of the users that were
/// seen whether further ones can be made here.
pub(super) async fn look_up(
    connection: &Connection,
    store: &str,
    question: PlanRequest,
    can_create: impl FnOnce(&[User]) -> bool,
) -> Result<Planned, AwsError> {
    let PlanRequest { people, application, yourself, everyone, users: at_least } = question;
    let mut wanted: Vec<UserQuery<'_>> = people.rows().iter().map(UserQuery::of).collect();
    wanted.extend(yourself.as_deref().map(UserQuery::named));
    let users = directory_lookup::users(connection, store, &wanted, at_least, everyone).await?;
    let group = group(connection, store, &people.group).await?;
    let members = match &group {
        Some(group) => {
            let index = UserIndex::of(&users.items);
            let known =
                people.rows().iter().filter_map(|person| match index.match_person(person, None) {
                    (UserMatch::Known(user), _) => Some(user.id.as_str()),
                    _ => None,
                });
            let you = yourself.as_deref().and_then(|name| index.named(name));
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
    Ok(Planned { people, application, users, group, members, plan })
}

/// The chosen group: by its id, else by its name.
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
