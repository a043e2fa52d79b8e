//! Lists and describes instances of IAM Identity Center.

use aws_sdk_ssoadmin::types::RegionScope;

use super::{AwsError, Connection};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    pub arn: String,
    pub identity_store_id: String,
    /// The account that owns the instance: the management account for an organization instance.
    pub owner_account: String,
    /// `ACTIVE` when usable.
    pub status: String,
    /// The Region where changes are made.
    pub primary_region: Option<String>,
    /// The additional Regions.
    pub other_regions: Vec<String>,
}

/// Details that only `DescribeInstance` returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceDetails {
    /// `ACTIVE` when usable.
    pub status: String,
    /// Why the instance isn't active.
    pub status_reason: Option<String>,
    /// The customer managed KMS key, if any. It also requires `kms:Decrypt`.
    pub kms_key_arn: Option<String>,
}

impl Connection {
    /// Returns all visible instances in all Regions, or only this Region's if AWS rejects the
    /// request for all Regions.
    pub async fn instances(&self) -> Result<Vec<Instance>, AwsError> {
        match self.instances_within(Some(RegionScope::AllRegions)).await {
            Err(AwsError::Validation { .. } | AwsError::Other { .. }) => {
                self.instances_within(None).await
            }
            answer => answer,
        }
    }

    /// Returns the details of an instance.
    pub async fn instance(&self, arn: &str) -> Result<InstanceDetails, AwsError> {
        let answer = self
            .read("sso:DescribeInstance", || self.sso.describe_instance().instance_arn(arn).send())
            .await?;
        Ok(InstanceDetails {
            status: answer.status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
            status_reason: answer.status_reason,
            kms_key_arn: answer
                .encryption_configuration_details
                .and_then(|details| details.kms_key_arn),
        })
    }

    async fn instances_within(
        &self,
        scope: Option<RegionScope>,
    ) -> Result<Vec<Instance>, AwsError> {
        let mut instances = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .read("sso:ListInstances", || {
                    self.sso
                        .list_instances()
                        .set_region_scope(scope.clone())
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            instances.extend(page.instances.unwrap_or_default().into_iter().map(read));
            token = page.next_token;
            if token.is_none() {
                return Ok(instances);
            }
        }
    }
}

fn read(instance: aws_sdk_ssoadmin::types::InstanceMetadata) -> Instance {
    let primary_region = instance.primary_region;
    let other_regions = instance
        .regions
        .unwrap_or_default()
        .into_iter()
        .filter_map(|region| region.region_name)
        .filter(|region| Some(region) != primary_region.as_ref())
        .collect();
    Instance {
        arn: instance.instance_arn.unwrap_or_default(),
        identity_store_id: instance.identity_store_id.unwrap_or_default(),
        owner_account: instance.owner_account_id.unwrap_or_default(),
        status: instance.status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
        primary_region,
        other_regions,
    }
}
