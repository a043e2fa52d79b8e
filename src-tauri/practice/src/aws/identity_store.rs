//! The Identity Store API: users, groups and memberships.

pub(super) mod groups;
pub(super) mod memberships;
pub(super) mod users;

use super::{
    error::Failure,
    input::{Input, null, unfit},
};
use crate::world::World;

/// The most things on one page of any list.
const PAGE: usize = 100;

/// Refuses a call to another identity store than this world's.
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

/// The id of a user, group or membership, which may be given bare or at the end of its ARN.
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

/// Name and value of the unique attribute in `AlternateIdentifier`. Nothing in this world came
/// from outside, so no external id is known.
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

/// The value that the deprecated `Filters` ask for. One filter on one attribute is known.
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
