//! The Identity Store API: users, groups and memberships.

pub(super) mod groups;
pub(super) mod memberships;
pub(super) mod users;

use super::{
    error::Failure,
    input::{Input, null, unfit},
};
use crate::world::World;

/// Maximum page size of all lists.
const PAGE: usize = 100;

/// Refuses a call to an unknown identity store.
fn check_store(world: &World, input: &Input) -> Result<(), Failure> {
    let given = input.text("IdentityStoreId")?;
    let id = given.rsplit('/').next().unwrap_or(given);
    if !id.starts_with("d-") {
        return Err(unfit("IdentityStoreId", "Member must be the id of an identity store"));
    }
    if id != world.instance.identity_store_id {
        return Err(Failure::missing("IDENTITY_STORE", id));
    }
    Ok(())
}

/// Reads the id of a user, group or membership, given as an id or as an ARN.
pub(super) fn bare_id<'i>(input: &'i Input, member: &str) -> Result<&'i str, Failure> {
    let given = input.text(member)?;
    let id = given.rsplit('/').next().unwrap_or(given);
    let uuid = match id.split_once('-') {
        Some((store, uuid)) if store.len() == 10 => uuid,
        _ => id,
    };
    if uuid.len() != 36 || uuid::Uuid::try_parse(uuid).is_err() {
        return Err(unfit(member, "Member must be an id of the identity store"));
    }
    Ok(id)
}

/// `arn:aws:identitystore:::KIND/ID`.
fn arn(kind: &str, id: &str) -> String {
    format!("arn:aws:identitystore:::{kind}/{id}")
}

/// Reads the unique attribute's name and value from `AlternateIdentifier`. External ids are never
/// found: practice mode has no external directory.
fn unique_attribute(input: &Input) -> Result<(String, String), Failure> {
    let alternate = input.structure("AlternateIdentifier")?;
    if let Some(external) = alternate.optional_structure("ExternalId")? {
        return Err(Failure::not_found(format!(
            "Nothing has the external id {}.",
            external.text("Id")?
        )));
    }
    let attribute = alternate
        .optional_structure("UniqueAttribute")?
        .ok_or_else(|| null("AlternateIdentifier"))?;
    Ok((attribute.text("AttributePath")?.to_owned(), attribute.text("AttributeValue")?.to_owned()))
}

/// Reads the value of the deprecated `Filters`. Supports one filter on `attribute`.
fn filter(input: &Input, attribute: &str) -> Result<Option<String>, Failure> {
    let filters = input.structures("Filters")?;
    match filters.as_slice() {
        [] => Ok(None),
        [filter] if filter.text("AttributePath")? == attribute => {
            Ok(Some(filter.text("AttributeValue")?.to_owned()))
        }
        _ => Err(Failure::validation(format!("Filters takes one {attribute}."))),
    }
}
