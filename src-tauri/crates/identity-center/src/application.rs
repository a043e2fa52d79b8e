//! Applications and their assignments.

use std::collections::BTreeMap;

use aws_sdk_ssoadmin::types::{ListApplicationsFilter, PortalOptions, PrincipalType};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AwsError, Connection, timestamp};

/// The largest page size of AWS.
const PAGE: i32 = 100;

/// An application of IAM Identity Center.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub arn: String,
    pub name: String,
    pub kind: ApplicationKind,
    /// The account that the application belongs to.
    pub account: String,
    pub enabled: bool,
    /// Whether the access portal shows the application's tile.
    pub visible: bool,
    pub created: Option<Timestamp>,
    /// The Region where the application was created.
    pub created_from: Option<String>,
}

/// The kind of an application, based on its provider's ARN. `…/custom-saml` and `…/custom` were
/// seen in public samples; `…/catalog/NAME` is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationKind {
    /// A customer managed SAML 2.0 application.
    Saml,
    /// A customer managed OAuth 2.0 application.
    Oauth,
    /// An application from AWS's catalog or of an AWS service.
    Catalogue,
}

impl ApplicationKind {
    /// Returns `saml`, `oauth` or `catalogue`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Saml => "saml",
            Self::Oauth => "oauth",
            Self::Catalogue => "catalogue",
        }
    }

    fn of_provider(arn: &str) -> Self {
        match arn.split_once("applicationProvider/").map(|(_, name)| name) {
            Some("custom-saml") => Self::Saml,
            Some("custom") => Self::Oauth,
            _ => Self::Catalogue,
        }
    }
}

/// A user or a group, by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Principal {
    User(String),
    Group(String),
}

impl Principal {
    pub fn id(&self) -> &str {
        match self {
            Self::User(id) | Self::Group(id) => id,
        }
    }

    fn kind(&self) -> PrincipalType {
        match self {
            Self::User(_) => PrincipalType::User,
            Self::Group(_) => PrincipalType::Group,
        }
    }
}

/// An assignment of a user or group to an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The application's ARN.
    pub application: String,
    pub principal: Principal,
}

impl Connection {
    /// Returns all applications of an instance, sorted by ARN.
    ///
    /// Callers in a member account must name their account. It isn't documented whether a
    /// delegated administrator must do so too. So this lists with and without the account, and
    /// merges the results.
    ///
    /// # Errors
    ///
    /// Only if both requests fail.
    pub async fn applications(
        &self,
        instance: &str,
        account: &str,
    ) -> Result<Vec<Application>, AwsError> {
        let filter = ListApplicationsFilter::builder().application_account(account).build();
        let all = self.applications_with(instance, None).await;
        let own = self.applications_with(instance, Some(filter)).await;
        let lists = match (all, own) {
            (Err(error), Err(_)) => return Err(error),
            (all, own) => [all.unwrap_or_default(), own.unwrap_or_default()],
        };
        let by_arn: BTreeMap<String, Application> = lists
            .into_iter()
            .flatten()
            .map(|application| (application.arn.clone(), application))
            .collect();
        Ok(by_arn.into_values().collect())
    }

    pub async fn application(&self, arn: &str) -> Result<Application, AwsError> {
        let answer = self
            .read("sso:DescribeApplication", || {
                self.sso.describe_application().application_arn(arn).send()
            })
            .await?;
        Ok(Application {
            arn: answer.application_arn.unwrap_or_else(|| arn.to_owned()),
            name: answer.name.unwrap_or_default(),
            kind: ApplicationKind::of_provider(
                &answer.application_provider_arn.unwrap_or_default(),
            ),
            account: answer.application_account.unwrap_or_default(),
            enabled: answer.status.is_some_and(|status| status.as_str() == "ENABLED"),
            visible: is_visible(answer.portal_options.as_ref()),
            created: answer.created_date.as_ref().and_then(timestamp),
            created_from: answer.created_from,
        })
    }

    /// Assigns a user or group to an application.
    pub async fn assign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        self.write("sso:CreateApplicationAssignment", || {
            self.sso
                .create_application_assignment()
                .application_arn(application)
                .principal_id(principal.id())
                .principal_type(principal.kind())
                .send()
        })
        .await
        .map(drop)
    }

    /// Removes an assignment.
    pub async fn unassign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        self.write("sso:DeleteApplicationAssignment", || {
            self.sso
                .delete_application_assignment()
                .application_arn(application)
                .principal_id(principal.id())
                .principal_type(principal.kind())
                .send()
        })
        .await
        .map(drop)
    }

    /// Returns all users and groups that are assigned to an application.
    pub async fn assignments(&self, application: &str) -> Result<Vec<Principal>, AwsError> {
        let mut principals = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .read("sso:ListApplicationAssignments", || {
                    self.sso
                        .list_application_assignments()
                        .application_arn(application)
                        .max_results(PAGE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            let assignments = page.application_assignments.unwrap_or_default();
            principals.extend(
                assignments.into_iter().map(|assignment| {
                    principal(&assignment.principal_type, assignment.principal_id)
                }),
            );
            token = page.next_token;
            if token.is_none() {
                return Ok(principals);
            }
        }
    }

    /// Returns all assignments of a group, or of a user directly and through groups.
    pub async fn assignments_for(
        &self,
        instance: &str,
        who: &Principal,
    ) -> Result<Vec<Assignment>, AwsError> {
        let mut assignments = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .read("sso:ListApplicationAssignmentsForPrincipal", || {
                    self.sso
                        .list_application_assignments_for_principal()
                        .instance_arn(instance)
                        .principal_id(who.id())
                        .principal_type(who.kind())
                        .max_results(PAGE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            for assignment in page.application_assignments.unwrap_or_default() {
                let id = assignment.principal_id.unwrap_or_else(|| who.id().to_owned());
                let kind = assignment.principal_type.unwrap_or_else(|| who.kind());
                assignments.push(Assignment {
                    application: assignment.application_arn.unwrap_or_default(),
                    principal: principal(&kind, id),
                });
            }
            token = page.next_token;
            if token.is_none() {
                return Ok(assignments);
            }
        }
    }

    /// Returns whether a group, or a user directly or through groups, has access to any AWS
    /// account.
    pub async fn has_accounts(&self, instance: &str, who: &Principal) -> Result<bool, AwsError> {
        let mut token = None;
        loop {
            let page = self
                .read("sso:ListAccountAssignmentsForPrincipal", || {
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

    async fn applications_with(
        &self,
        instance: &str,
        filter: Option<ListApplicationsFilter>,
    ) -> Result<Vec<Application>, AwsError> {
        let mut applications = Vec::new();
        let mut token = None;
        loop {
            let page = self
                .read("sso:ListApplications", || {
                    self.sso
                        .list_applications()
                        .instance_arn(instance)
                        .set_filter(filter.clone())
                        .max_results(PAGE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            applications.extend(page.applications.unwrap_or_default().into_iter().map(read));
            token = page.next_token;
            if token.is_none() {
                return Ok(applications);
            }
        }
    }
}

fn read(application: aws_sdk_ssoadmin::types::Application) -> Application {
    Application {
        arn: application.application_arn.unwrap_or_default(),
        name: application.name.unwrap_or_default(),
        kind: ApplicationKind::of_provider(
            &application.application_provider_arn.unwrap_or_default(),
        ),
        account: application.application_account.unwrap_or_default(),
        enabled: application.status.is_some_and(|status| status.as_str() == "ENABLED"),
        visible: is_visible(application.portal_options.as_ref()),
        created: application.created_date.as_ref().and_then(timestamp),
        created_from: application.created_from,
    }
}

/// Returns whether the tile is shown, which is the default.
fn is_visible(options: Option<&PortalOptions>) -> bool {
    options.is_none_or(|options| options.visibility.as_str() != "DISABLED")
}

fn principal(kind: &PrincipalType, id: String) -> Principal {
    match kind {
        PrincipalType::Group => Principal::Group(id),
        _ => Principal::User(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provider_arn_determines_kind() {
        let cases = [
            ("arn:aws:sso::aws:applicationProvider/custom-saml", "saml"),
            ("arn:aws-us-gov:sso::aws:applicationProvider/custom-saml", "saml"),
            ("arn:aws:sso::aws:applicationProvider/custom", "oauth"),
            ("arn:aws:sso::aws:applicationProvider/catalog/Slack", "catalogue"),
            ("arn:aws:sso::aws:applicationProvider/sso", "catalogue"),
            ("", "catalogue"),
        ];
        for (arn, expected) in cases {
            assert_eq!(ApplicationKind::of_provider(arn).as_str(), expected, "{arn}");
        }
    }
}
