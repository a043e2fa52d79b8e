//! The caller's identity and its organization.

use super::{AwsError, Connection};

/// The service principal of IAM Identity Center.
const SERVICE: &str = "sso.amazonaws.com";

/// The account and identity that the credentials belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
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
    /// Returns whose credentials these are. The call needs no permission.
    ///
    /// # Errors
    ///
    /// [`AwsError::Root`] for root credentials.
    pub async fn whoami(&self) -> Result<Caller, AwsError> {
        let answer =
            self.read("sts:GetCallerIdentity", || self.sts.get_caller_identity().send()).await?;
        let caller = Caller {
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
            .read("organizations:DescribeOrganization", || {
                self.organizations.describe_organization().send()
            })
            .await;
        match answer {
            Ok(answer) => Ok(answer.organization.map(|organization| Organization {
                id: organization.id.unwrap_or_default(),
                management_account: organization.master_account_id.unwrap_or_default(),
                features: organization
                    .feature_set
                    .map(|features| features.as_str().to_owned())
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
        let mut accounts = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .read("organizations:ListDelegatedAdministrators", || {
                    self.organizations
                        .list_delegated_administrators()
                        .service_principal(SERVICE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            let administrators = page.delegated_administrators.unwrap_or_default();
            accounts.extend(administrators.into_iter().filter_map(|account| account.id));
            token = page.next_token;
            if token.is_none() {
                return Ok(accounts);
            }
        }
    }
}
