//! IAM Identity Center instances. Practice mode has one, in one Region.

use serde_json::{Map, Value, json};

use super::{
    super::{
        input::{Input, unfit},
        operation::{Answer, Context, time},
        paging::page,
    },
    identity_store_arn, instance,
};
use crate::world::{REGION, World};

/// Account that owns the instance if it isn't the management account.
const OTHER_ACCOUNT: &str = "210987654321";

/// `ListInstances`. One endpoint serves all Regions, so the scope has no effect.
pub(in crate::aws) fn list(world: &World, input: &Input, context: &Context<'_>) -> Answer {
    match input.optional_text("RegionScope")? {
        None | Some("CURRENT_REGION" | "ALL_REGIONS") => {}
        Some(_) => {
            let scopes = "Member must satisfy enum value set: [ALL_REGIONS, CURRENT_REGION]";
            return Err(unfit("RegionScope", scopes));
        }
    }
    page(input, "Instances", 10, [Value::Object(metadata(world, context))])
}

/// `DescribeInstance`.
pub(in crate::aws) fn describe(world: &World, input: &Input, context: &Context<'_>) -> Answer {
    instance(world, input)?;
    let mut description = metadata(world, context);
    description.insert(
        "EncryptionConfigurationDetails".to_owned(),
        json!({"KeyType": "AWS_OWNED_KMS_KEY", "EncryptionStatus": "ENABLED"}),
    );
    description.insert("PermissionSetsEnabled".to_owned(), json!(true));
    Ok(Value::Object(description))
}

fn metadata(world: &World, context: &Context<'_>) -> Map<String, Value> {
    let owner = match context.switches.other_instance_owner {
        true => OTHER_ACCOUNT,
        false => world.organization.management_account.as_str(),
    };
    let created = time(world.instance.created_at);
    let members = [
        ("InstanceArn", json!(world.instance.arn())),
        ("IdentityStoreId", json!(world.instance.identity_store_id)),
        ("IdentityStoreArn", json!(identity_store_arn(world))),
        ("OwnerAccountId", json!(owner)),
        ("CreatedDate", created.clone()),
        ("Status", json!("ACTIVE")),
        ("PrimaryRegion", json!(REGION)),
        (
            "Regions",
            json!([{
                "RegionName": REGION,
                "Status": "ACTIVE",
                "AddedDate": created,
                "IsPrimaryRegion": true,
            }]),
        ),
    ];
    members.into_iter().map(|(member, value)| (member.to_owned(), value)).collect()
}
