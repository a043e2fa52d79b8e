//! Access to AWS accounts, through permission sets or account access manager.

use aws_sdk_accountaccess::types::{
    EntitlementFilter, IdentityCenterPrincipalFilter, PrincipalFilter,
    PrincipalRoleEntitlementFilter,
};

use super::{
    AwsError, Connection, Page, Principal, application::PAGE, collect_pages, rate_limit::CallEffect,
};

impl Connection {
    /// Returns whether a group or a user has access to any AWS account. For a user, permission sets
    /// also count if they are assigned to one of the user's groups, but account access manager
    /// lists only the user's own access.
    pub async fn has_accounts(&self, instance: &str, who: &Principal) -> Result<bool, AwsError> {
        if self.has_permission_set(instance, who).await? {
            return Ok(true);
        }
        for region in self.regions() {
            if self.in_known_region(&region)?.has_entitlement(who).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn has_permission_set(&self, instance: &str, who: &Principal) -> Result<bool, AwsError> {
        let mut token = None;
        loop {
            let page = self
                .call(CallEffect::Read, "sso:ListAccountAssignmentsForPrincipal", || {
                    self.sso
                        .list_account_assignments_for_principal()
                        .instance_arn(instance)
                        .principal_id(who.id())
                        .principal_type(who.kind())
                        .max_results(PAGE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            if !page.account_assignments.unwrap_or_default().is_empty() {
                return Ok(true);
            }
            token = page.next_token;
            if token.is_none() {
                return Ok(false);
            }
        }
    }

    /// Returns whether account access manager in this connection's Region grants the principal
    /// access to a role.
    async fn has_entitlement(&self, who: &Principal) -> Result<bool, AwsError> {
        for application in self.access_managers().await? {
            let mut token = None;
            loop {
                let page = self
                    .call(CallEffect::Read, "account-access:ListEntitlements", || {
                        self.account_access
                            .list_entitlements()
                            .application_arn(&application)
                            .filter(entitlements_of(who))
                            .set_next_token(token.clone())
                            .send()
                    })
                    .await?;
                if !page.entitlements.is_empty() {
                    return Ok(true);
                }
                token = page.next_token;
                if token.is_none() {
                    break;
                }
            }
        }
        Ok(false)
    }

    /// Returns the ARNs of the account access manager applications in this connection's Region.
    async fn access_managers(&self) -> Result<Vec<String>, AwsError> {
        collect_pages(|token| async move {
            let page = self
                .call(CallEffect::Read, "account-access:ListApplications", || {
                    self.account_access.list_applications().set_next_token(token.clone()).send()
                })
                .await?;
            Ok(Page::from_response(
                page.applications,
                |listed| listed.application_arn,
                page.next_token,
            ))
        })
        .await
    }
}

fn entitlements_of(who: &Principal) -> EntitlementFilter {
    let principal = match who {
        Principal::User(id) => IdentityCenterPrincipalFilter::UserId(id.clone()),
        Principal::Group(id) => IdentityCenterPrincipalFilter::GroupId(id.clone()),
    };
    let of_principal = PrincipalRoleEntitlementFilter::builder()
        .principal(PrincipalFilter::IdentityCenter(principal))
        .build();
    EntitlementFilter::builder().principal_role(of_principal).build()
}
