//! Applications, and who is assigned to them.

use std::collections::BTreeMap;

use aws_sdk_ssoadmin::types::{ListApplicationsFilter, PortalOptions, PrincipalType};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AwsError, Connection, timestamp};

/// The largest page AWS gives.
const PAGE: i32 = 100;

/// An application of IAM Identity Center.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: ApplicationKind,
    /// The account it belongs to.
    pub account: String,
    /// It is enabled.
    pub enabled: bool,
    /// The access portal shows its tile.
    pub visible: bool,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// The Region where it was created.
    pub created_from: Option<String>,
}

/// What kind of application it is, told by its provider's ARN: `…/custom-saml` and `…/custom` are
/// seen in public samples, `…/catalog/NAME` is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationKind {
    /// A customer managed SAML 2.0 application.
    Saml,
    /// A customer managed OAuth 2.0 application.
    Oauth,
    /// One of AWS's catalogue, or of an AWS service.
    Catalogue,
}

impl ApplicationKind {
    /// `saml`, `oauth` or `catalogue`.
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

/// A user or a group, by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Principal {
    /// A user.
    User(String),
    /// A group.
    Group(String),
}

impl Principal {
    /// Its id.
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

/// Somebody's assignment to an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The application.
    pub application: String,
    /// Who.
    pub principal: Principal,
}

impl Connection {
    /// All applications of an instance. Callers in a member account must name the account, and whether
    /// a delegated administrator must is not documented: so AWS is asked both ways and the answers are
    /// merged. Fails only when both ways fail.
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

    /// One application.
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

    /// Assigns somebody to an application.
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

    /// Takes an assignment back.
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

    /// Everybody who is assigned to an application.
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

    /// Every assignment of a user (its own and through groups) or of a group.
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

    /// Whether a user (itself or through groups) or a group may use any AWS account.
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

/// A tile is shown unless the options hide it.
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
    fn the_provider_tells_the_kind() {
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
