//! Lists and describes IAM Identity Center instances.

use aws_sdk_ssoadmin::types::{RegionScope, RegionStatus::Adding};

use super::{AwsError, Connection, Page, collect_pages, rate_limit::CallEffect};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    pub arn: String,
    pub identity_store_id: String,
    /// The account that owns the instance: the management account for an organization instance.
    pub owner_account: String,
    /// `ACTIVE` if the instance can be used.
    pub status: String,
    /// The Region where changes are made.
    pub primary_region: Option<String>,
    /// The additional Regions where the instance is enabled. `None` if AWS lists no Regions.
    pub other_regions: Option<Vec<String>>,
}

impl Instance {
    /// Returns all Regions where the instance is known to be enabled, starting with the primary
    /// Region.
    fn regions(&self) -> Vec<String> {
        self.primary_region.iter().chain(self.other_regions.iter().flatten()).cloned().collect()
    }
}

/// Details that only `DescribeInstance` returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceDetails {
    /// `ACTIVE` if the instance can be used.
    pub status: String,
    /// The customer managed KMS key, if there is one. It also requires `kms:Decrypt`.
    pub kms_key_arn: Option<String>,
}

impl Connection {
    /// Returns all visible instances in all Regions. If AWS rejects the request for all Regions,
    /// returns only this Region's instances.
    pub async fn instances(&self) -> Result<Vec<Instance>, AwsError> {
        match self.instances_within(Some(RegionScope::AllRegions)).await {
            Err(AwsError::Validation { .. } | AwsError::Other { .. }) => {
                self.instances_within(None).await
            }
            answer => answer,
        }
    }

    /// Returns a connection for one instance. It uses the instance's primary Region, and all of its
    /// Regions for applications. Both connections share the rate limit.
    pub fn for_instance(&self, instance: &Instance) -> Result<Self, AwsError> {
        let mut own = match &instance.primary_region {
            Some(region) => self.in_region(region)?,
            None => self.clone(),
        };
        own.regions = instance.regions();
        Ok(own)
    }

    pub async fn instance(&self, arn: &str) -> Result<InstanceDetails, AwsError> {
        let answer = self
            .call(CallEffect::Read, "sso:DescribeInstance", || {
                self.sso.describe_instance().instance_arn(arn).send()
            })
            .await?;
        Ok(InstanceDetails {
            status: answer.status.map(|status| status.to_string()).unwrap_or_default(),
            kms_key_arn: answer
                .encryption_configuration_details
                .and_then(|details| details.kms_key_arn),
        })
    }

    async fn instances_within(
        &self,
        scope: Option<RegionScope>,
    ) -> Result<Vec<Instance>, AwsError> {
        let scope = &scope;
        collect_pages(|token| async move {
            let page = self
                .call(CallEffect::Read, "sso:ListInstances", || {
                    self.sso
                        .list_instances()
                        .set_region_scope(scope.clone())
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            Ok(Page::from_response(page.instances.unwrap_or_default(), read, page.next_token))
        })
        .await
    }
}

fn read(instance: aws_sdk_ssoadmin::types::InstanceMetadata) -> Instance {
    let primary_region = instance.primary_region;
    let other_regions = instance.regions.filter(|regions| !regions.is_empty()).map(|regions| {
        // A Region that is being added has no applications yet.
        let enabled = regions.into_iter().filter(|region| region.status != Some(Adding));
        enabled
            .filter_map(|region| region.region_name)
            .filter(|region| Some(region) != primary_region.as_ref())
            .collect()
    });
    Instance {
        arn: instance.instance_arn.unwrap_or_default(),
        identity_store_id: instance.identity_store_id.unwrap_or_default(),
        owner_account: instance.owner_account_id.unwrap_or_default(),
        status: instance.status.map(|status| status.to_string()).unwrap_or_default(),
        primary_region,
        other_regions,
    }
}
