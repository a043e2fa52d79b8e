//! Applications and their assignments.

use std::collections::BTreeMap;

use aws_sdk_ssoadmin::types::{
    ApplicationAssignmentForPrincipal, ListApplicationsFilter, PortalOptions, PrincipalType,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AwsError, Connection, Page, every_page, rate_limit::Effect, timestamp};

/// AWS's maximum page size.
const PAGE: i32 = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub arn: String,
    pub name: String,
    pub kind: ApplicationKind,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
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
        self.into()
    }

    fn of_provider(arn: Option<String>) -> Self {
        match arn.unwrap_or_default().split_once("applicationProvider/") {
            Some((_, "custom-saml")) => Self::Saml,
            Some((_, "custom")) => Self::Oauth,
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub application: String,
    pub principal: Principal,
}

/// Builds an [`Application`] from either of the two SDK types that describe one.
macro_rules! application {
    ($answer:ident) => {
        Application {
            arn: $answer.application_arn.unwrap_or_default(),
            name: $answer.name.unwrap_or_default(),
            kind: ApplicationKind::of_provider($answer.application_provider_arn),
            account: $answer.application_account.unwrap_or_default(),
            enabled: $answer.status.is_some_and(|status| status.as_str() == "ENABLED"),
            visible: is_visible($answer.portal_options.as_ref()),
            created: $answer.created_date.as_ref().and_then(timestamp),
            created_from: $answer.created_from,
        }
    };
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
        let (all, own) = match (all, own) {
            (Err(error), Err(_)) => return Err(error),
            (all, own) => (all.unwrap_or_default(), own.unwrap_or_default()),
        };
        let by_arn: BTreeMap<String, Application> = all
            .into_iter()
            .chain(own)
            .map(|application| (application.arn.clone(), application))
            .collect();
        Ok(by_arn.into_values().collect())
    }

    pub async fn application(&self, arn: &str) -> Result<Application, AwsError> {
        let answer = self
            .call(Effect::Read, "sso:DescribeApplication", || {
                self.sso.describe_application().application_arn(arn).send()
            })
            .await?;
        Ok(application!(answer))
    }

    pub async fn assign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        self.call(Effect::Write, "sso:CreateApplicationAssignment", || {
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

    pub async fn unassign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        self.call(Effect::Write, "sso:DeleteApplicationAssignment", || {
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
        every_page(|token| async move {
            let page = self
                .call(Effect::Read, "sso:ListApplicationAssignments", || {
                    self.sso
                        .list_application_assignments()
                        .application_arn(application)
                        .max_results(PAGE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            Ok(Page::of(
                page.application_assignments.unwrap_or_default(),
                |listed| principal(&listed.principal_type, listed.principal_id),
                page.next_token,
            ))
        })
        .await
    }

    /// Returns all assignments of a group, or of a user directly and through groups.
    pub async fn assignments_for(
        &self,
        instance: &str,
        who: &Principal,
    ) -> Result<Vec<Assignment>, AwsError> {
        every_page(|token| async move {
            let page = self
                .call(Effect::Read, "sso:ListApplicationAssignmentsForPrincipal", || {
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
            let assignment = |listed: ApplicationAssignmentForPrincipal| {
                let id = listed.principal_id.unwrap_or_else(|| who.id().to_owned());
                let kind = listed.principal_type.unwrap_or_else(|| who.kind());
                Assignment {
                    application: listed.application_arn.unwrap_or_default(),
                    principal: principal(&kind, id),
                }
            };
            let listed = page.application_assignments.unwrap_or_default();
            Ok(Page::of(listed, assignment, page.next_token))
        })
        .await
    }

    /// Returns whether a group, or a user directly or through groups, has access to any AWS
    /// account.
    pub async fn has_accounts(&self, instance: &str, who: &Principal) -> Result<bool, AwsError> {
        let mut token = None;
        loop {
            let page = self
                .call(Effect::Read, "sso:ListAccountAssignmentsForPrincipal", || {
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
        let filter = &filter;
        every_page(|token| async move {
            let page = self
                .call(Effect::Read, "sso:ListApplications", || {
                    self.sso
                        .list_applications()
                        .instance_arn(instance)
                        .set_filter(filter.clone())
                        .max_results(PAGE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            let listed = page.applications.unwrap_or_default();
            Ok(Page::of(listed, |listed| application!(listed), page.next_token))
        })
        .await
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
            assert_eq!(
                ApplicationKind::of_provider(Some(arn.to_owned())).as_str(),
                expected,
                "{arn}"
            );
        }
    }
}
