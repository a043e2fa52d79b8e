//! AWS Organizations.

use serde_json::json;

use super::{
    input::{Input, unfit},
    operation::{Answer, Context},
    paging::page,
};
use crate::world::World;

/// `DescribeOrganization`.
pub(super) fn describe(world: &World, _: &Input, _: &Context<'_>) -> Answer {
    let organization = &world.organization;
    let (id, account) = (&organization.id, &organization.management_account);
    Ok(json!({
        "Organization": {
            "Id": id,
            "Arn": format!("arn:aws:organizations::{account}:organization/{id}"),
            "FeatureSet": "ALL",
            "MasterAccountArn": format!("arn:aws:organizations::{account}:account/{id}/{account}"),
            "MasterAccountId": account,
            "MasterAccountEmail": organization.management_email,
            "AvailablePolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}],
        }
    }))
}

/// `ListDelegatedAdministrators`. The practice organization has none.
pub(super) fn list_delegated_administrators(_: &World, input: &Input, _: &Context<'_>) -> Answer {
    input.bounded_text("ServicePrincipal", 128)?;
    if input.max_results()?.is_some_and(|most| most > 20) {
        return Err(unfit("MaxResults", "Member must have value less than or equal to 20"));
    }
    page(input, "DelegatedAdministrators", 20, [])
}
