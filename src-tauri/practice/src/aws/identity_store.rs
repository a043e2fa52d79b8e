//! The Identity Store API: users, groups and memberships.

pub mod groups;
pub mod memberships;
pub mod users;

use serde_json::{Value, json};

use super::{ApiError, CallInput, Result, constraint_error, null};
use crate::world::PracticeState;

/// The maximum page size of all lists.
const PAGE: usize = 100;
/// The maximum length of most attributes.
const LONG: usize = 1024;

/// Rejects a call for any identity store except the practice instance's.
fn check_store(world: &PracticeState, input: &CallInput) -> Result<()> {
    let id = last_segment(input.text("IdentityStoreId")?);
    if !id.starts_with("d-") {
        return Err(constraint_error(
            "IdentityStoreId",
            "Member must be the id of an identity store",
        ));
    }
    if id != world.instance.identity_store_id {
        return Err(ApiError::missing("IDENTITY_STORE", id));
    }
    Ok(())
}

/// Rejects a user or group name that AWS reserves.
fn check_not_reserved(member: &str, name: &str) -> Result<()> {
    match name {
        "Administrator" | "AWSAdministrators" => {
            Err(constraint_error(member, "Member must not be a reserved name"))
        }
        _ => Ok(()),
    }
}

/// Reads the ID of a user, group or membership from an ID or an ARN.
pub fn bare_id<'i>(input: &'i CallInput, member: &str) -> Result<&'i str> {
    let id = last_segment(input.text(member)?);
    let uuid = match id.split_once('-') {
        Some((store, uuid)) if store.len() == 10 => uuid,
        _ => id,
    };
    if uuid.len() != 36 || uuid::Uuid::try_parse(uuid).is_err() {
        return Err(constraint_error(member, "Member must be an id of the identity store"));
    }
    Ok(id)
}

/// Returns the ID at the end of an ARN. Returns a plain ID unchanged.
fn last_segment(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// Adds the identity store, ID and ARN of a `User`, `Group` or `Membership` to an output.
fn with_ids(world: &PracticeState, kind: &str, id: &str, mut output: Value) -> Value {
    let arn = format!(
        "arn:{}:identitystore:::{}/{id}",
        world.instance.partition.name(),
        kind.to_lowercase()
    );
    output["IdentityStoreId"] = json!(world.instance.identity_store_id);
    output[format!("{kind}Id")] = json!(id);
    output[format!("{kind}Arn")] = json!(arn);
    output
}

/// Reads the name and value of the unique attribute from `AlternateIdentifier`. A lookup by
/// external ID finds nothing, because practice mode has no external directory.
fn unique_attribute(input: &CallInput) -> Result<(String, String)> {
    let alternate = input.structure("AlternateIdentifier")?;
    if let Some(external) = alternate.optional_structure("ExternalId")? {
        let id = external.text("Id")?;
        return Err(ApiError::not_found(format!("Nothing has the external id {id}.")));
    }
    let attribute = alternate
        .optional_structure("UniqueAttribute")?
        .ok_or_else(|| null("AlternateIdentifier"))?;
    Ok((attribute.text("AttributePath")?.to_owned(), attribute.text("AttributeValue")?.to_owned()))
}

/// Reads the value from the deprecated `Filters`. Supports only one filter, on `attribute`.
fn filter(input: &CallInput, attribute: &str) -> Result<Option<String>> {
    match input.structures("Filters")?.as_slice() {
        [] => Ok(None),
        [filter] if filter.text("AttributePath")? == attribute => {
            Ok(Some(filter.text("AttributeValue")?.to_owned()))
        }
        _ => Err(ApiError::validation(format!("Filters takes one {attribute}."))),
    }
}
