//! The caller's identity and its organization.

use super::{AwsError, Connection, Page, collect_pages, rate_limit::CallEffect};

/// The service principal of IAM Identity Center in AWS Organizations.
const SERVICE: &str = "sso.amazonaws.com";

/// The account and identity that the credentials belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerIdentity {
    pub account: String,
    /// The ARN of the user or role.
    pub arn: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Starts with `o-`.
    pub id: String,
    pub management_account: String,
    /// `ALL` or `CONSOLIDATED_BILLING`.
    pub features: String,
}

impl Connection {
    /// Returns the account and identity that the credentials belong to. The call needs no
    /// permission.
    ///
    /// # Errors
    ///
    /// Returns [`AwsError::Root`] for root credentials.
    pub async fn whoami(&self) -> Result<CallerIdentity, AwsError> {
        let answer = self
            .call(CallEffect::Read, "sts:GetCallerIdentity", || {
                self.sts.get_caller_identity().send()
            })
            .await?;
        let caller = CallerIdentity {
            account: answer.account.unwrap_or_default(),
            arn: answer.arn.unwrap_or_default(),
        };
        match caller.arn.ends_with(":root") {
            true => Err(AwsError::Root),
            false => Ok(caller),
        }
    }

    /// Returns the organization, or `None` if the account isn't in one.
    pub async fn organization(&self) -> Result<Option<Organization>, AwsError> {
        let answer = self
            .call(CallEffect::Read, "organizations:DescribeOrganization", || {
                self.organizations.describe_organization().send()
            })
            .await;
        match answer {
            Ok(answer) => Ok(answer.organization.map(|organization| Organization {
                id: organization.id.unwrap_or_default(),
                management_account: organization.master_account_id.unwrap_or_default(),
                features: organization
                    .feature_set
                    .map(|features| features.to_string())
                    .unwrap_or_default(),
            })),
            Err(AwsError::Other { code }) if code == "AWSOrganizationsNotInUseException" => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the accounts that are delegated administrators of IAM Identity Center.
    pub async fn delegated_administrators(&self) -> Result<Vec<String>, AwsError> {
        collect_pages(|token| async move {
            let page = self
                .call(CallEffect::Read, "organizations:ListDelegatedAdministrators", || {
                    self.organizations
                        .list_delegated_administrators()
                        .service_principal(SERVICE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            let listed = page.delegated_administrators.unwrap_or_default();
            let ids = listed.into_iter().filter_map(|account| account.id);
            Ok(Page::from_response(ids, |id| id, page.next_token))
        })
        .await
    }
}
