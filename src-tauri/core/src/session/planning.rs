//! Looking people and group up in AWS, and planning: for the window and the command line alike.

use super::jobs::Planned;
use crate::{
    change,
    identity_center::{AwsError, Connection, Principal},
    people::{GroupChoice, People, User},
};

/// Looks everything up anew, so that the plan is about AWS as it is. `can_create` says of all users whether
/// further ones can be made here.
pub(super) async fn look_up(
    connection: &Connection,
    store: &str,
    people: People,
    application: Option<String>,
    can_create: impl FnOnce(&[User]) -> bool,
) -> Result<Planned, AwsError> {
    let users = connection.users(store, |_| ()).await?;
    let groups = connection.groups(store).await?;
    let group = match &people.group {
        GroupChoice::Existing { id, .. } => Some(id.clone()),
        GroupChoice::New { name } => groups
            .iter()
            .find(|group| group.name == *name)
            .map(|group| group.id.clone()),
    };
    let members = match &group {
        Some(group) => connection.members(store, group).await?,
        None => Vec::new(),
    };
    let assigned = match (&application, group) {
        (Some(application), Some(group)) => connection
            .assignments(application)
            .await?
            .contains(&Principal::Group(group)),
        _ => false,
    };
    let plan = change::plan(
        &people,
        &users,
        &groups,
        &members,
        assigned,
        application.as_deref(),
        store,
        can_create(&users),
    );
    Ok(Planned {
        people,
        application,
        users,
        groups,
        members,
        plan,
    })
}
