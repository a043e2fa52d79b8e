//! Applications and their assignments.

use std::{collections::BTreeMap, sync::PoisonError};

use aws_sdk_ssoadmin::types::{
    ApplicationAssignmentForPrincipal, ListApplicationsFilter, PortalOptions, PrincipalType,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AwsError, Connection, Page, collect_pages, rate_limit::CallEffect, timestamp};

/// AWS's maximum page size.
pub(super) const PAGE: i32 = 100;

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
    /// The Region in which the application and its assignments are managed.
    pub region: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applications {
    /// Sorted by ARN.
    pub listed: Vec<Application>,
    /// The Regions that didn't list their applications, each with the error.
    pub unseen: Vec<(String, AwsError)>,
}

/// An application's type, based on its provider's ARN. `…/custom-saml` and `…/custom` were seen in
/// public samples; `…/catalog/NAME` is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ApplicationKind {
    /// A customer managed SAML 2.0 application.
    Saml,
    /// A customer managed OAuth 2.0 application.
    Oauth,
    /// An application from AWS's catalog, or one that belongs to an AWS service.
    Catalog,
}

impl ApplicationKind {
    /// Returns `saml`, `oauth` or `catalog`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    fn from_provider_arn(arn: Option<String>) -> Self {
        match arn.unwrap_or_default().split_once("applicationProvider/") {
            Some((_, "custom-saml")) => Self::Saml,
            Some((_, "custom")) => Self::Oauth,
            _ => Self::Catalog,
        }
    }
}

/// A user or a group, identified by its ID.
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

    pub(super) fn kind(&self) -> PrincipalType {
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
    ($answer:ident, $region:expr) => {
        Application {
            arn: $answer.application_arn.unwrap_or_default(),
            name: $answer.name.unwrap_or_default(),
            kind: ApplicationKind::from_provider_arn($answer.application_provider_arn),
            account: $answer.application_account.unwrap_or_default(),
            enabled: $answer.status.is_some_and(|status| status.as_str() == "ENABLED"),
            visible: is_visible($answer.portal_options.as_ref()),
            created: $answer.created_date.as_ref().and_then(timestamp),
            // Without `CreatedFrom`, use the Region that returned the application.
            region: $answer.created_from.unwrap_or_else(|| $region.to_owned()),
        }
    };
}

impl Connection {
    /// Returns an instance's applications in all of its Regions, because each Region lists only its
    /// own applications (user guide, *IAM Identity Center service APIs supported in additional
    /// Regions*).
    ///
    /// # Errors
    ///
    /// Returns the primary Region's error if no Region lists its applications.
    pub async fn applications(
        &self,
        instance: &str,
        account: &str,
    ) -> Result<Applications, AwsError> {
        let mut by_arn = BTreeMap::new();
        let mut unseen = Vec::new();
        let regions = self.regions();
        for region in &regions {
            match self.in_known_region(region)?.applications_here(instance, account).await {
                Ok(listed) => by_arn.extend(listed.into_iter().map(|one| (one.arn.clone(), one))),
                Err(error) => unseen.push((region.clone(), error)),
            }
        }
        if unseen.len() == regions.len() {
            return Err(unseen.swap_remove(0).1);
        }
        for application in by_arn.values() {
            self.remember_region(&application.arn, &application.region);
        }
        Ok(Applications { listed: by_arn.into_values().collect(), unseen })
    }

    /// Records an application's Region for later calls about the application.
    pub fn remember_region(&self, application: &str, region: &str) {
        let mut placed = self.shared.placed.lock().unwrap_or_else(PoisonError::into_inner);
        placed.insert(application.to_owned(), region.to_owned());
    }

    /// Finds an application's Region by asking each of the instance's Regions, if there are
    /// several. Changes nothing if no Region knows the application.
    pub async fn find_application(&self, application: &str) -> Result<(), AwsError> {
        let regions = self.regions();
        if regions.len() == 1 {
            return Ok(());
        }
        for region in regions {
            let described = self.in_known_region(&region)?.application_here(application).await;
            match described {
                Ok(found) => {
                    self.remember_region(application, &found.region);
                    return Ok(());
                }
                Err(AwsError::NotFound | AwsError::Denied { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Returns this connection in the application's Region, or unchanged if that Region isn't
    /// known.
    fn in_region_of_application(&self, application: &str) -> Result<Self, AwsError> {
        let placed = self.shared.placed.lock().unwrap_or_else(PoisonError::into_inner);
        let region = placed.get(application).cloned();
        drop(placed);
        self.in_known_region(region.as_deref().unwrap_or(&self.region))
    }

    pub(super) fn in_known_region(&self, region: &str) -> Result<Self, AwsError> {
        if region == self.region { Ok(self.clone()) } else { self.in_region(region) }
    }

    /// Returns all Regions that can contain the instance's applications.
    pub(super) fn regions(&self) -> Vec<String> {
        if self.regions.is_empty() { vec![self.region.clone()] } else { self.regions.clone() }
    }

    /// Returns the applications that this connection's Region lists.
    ///
    /// A caller in a member account must specify the account. AWS doesn't document whether a
    /// delegated administrator must specify it too. So this requests the list with and without the
    /// account, and merges the results.
    ///
    /// # Errors
    ///
    /// Returns an error only if both requests fail.
    async fn applications_here(
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
        Ok(all.into_iter().chain(own).collect())
    }

    pub async fn application(&self, arn: &str) -> Result<Application, AwsError> {
        self.in_region_of_application(arn)?.application_here(arn).await
    }

    async fn application_here(&self, arn: &str) -> Result<Application, AwsError> {
        let answer = self
            .call(CallEffect::Read, "sso:DescribeApplication", || {
                self.sso.describe_application().application_arn(arn).send()
            })
            .await?;
        Ok(application!(answer, self.region))
    }

    pub async fn assign(&self, application: &str, principal: &Principal) -> Result<(), AwsError> {
        let own = self.in_region_of_application(application)?;
        own.call(CallEffect::Write, "sso:CreateApplicationAssignment", || {
            own.sso
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
        let own = self.in_region_of_application(application)?;
        own.call(CallEffect::Write, "sso:DeleteApplicationAssignment", || {
            own.sso
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
        let own = &self.in_region_of_application(application)?;
        collect_pages(|token| async move {
            let page = own
                .call(CallEffect::Read, "sso:ListApplicationAssignments", || {
                    own.sso
                        .list_application_assignments()
                        .application_arn(application)
                        .max_results(PAGE)
                        .set_next_token(token.clone())
                        .send()
                })
                .await?;
            Ok(Page::from_response(
                page.application_assignments.unwrap_or_default(),
                |listed| read_principal(&listed.principal_type, listed.principal_id),
                page.next_token,
            ))
        })
        .await
    }

    /// Returns all assignments of a group, or a user's direct and group assignments, in all of the
    /// instance's Regions.
    ///
    /// # Errors
    ///
    /// Returns an error if any Region doesn't list them.
    pub async fn assignments_for(
        &self,
        instance: &str,
        who: &Principal,
    ) -> Result<Vec<Assignment>, AwsError> {
        let mut all = Vec::new();
        for region in self.regions() {
            all.extend(self.in_known_region(&region)?.assignments_here(instance, who).await?);
        }
        Ok(all)
    }

    async fn assignments_here(
        &self,
        instance: &str,
        who: &Principal,
    ) -> Result<Vec<Assignment>, AwsError> {
        collect_pages(|token| async move {
            let page = self
                .call(CallEffect::Read, "sso:ListApplicationAssignmentsForPrincipal", || {
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
                    principal: read_principal(&kind, id),
                }
            };
            let listed = page.application_assignments.unwrap_or_default();
            Ok(Page::from_response(listed, assignment, page.next_token))
        })
        .await
    }

    async fn applications_with(
        &self,
        instance: &str,
        filter: Option<ListApplicationsFilter>,
    ) -> Result<Vec<Application>, AwsError> {
        let filter = &filter;
        collect_pages(|token| async move {
            let page = self
                .call(CallEffect::Read, "sso:ListApplications", || {
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
            Ok(Page::from_response(
                listed,
                |listed| application!(listed, self.region),
                page.next_token,
            ))
        })
        .await
    }
}

/// Returns whether the access portal shows the tile. It does by default.
fn is_visible(options: Option<&PortalOptions>) -> bool {
    options.is_none_or(|options| options.visibility.as_str() != "DISABLED")
}

fn read_principal(kind: &PrincipalType, id: String) -> Principal {
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
            ("arn:aws:sso::aws:applicationProvider/catalog/Slack", "catalog"),
            ("arn:aws:sso::aws:applicationProvider/sso", "catalog"),
            ("", "catalog"),
        ];
        for (arn, expected) in cases {
            assert_eq!(
                ApplicationKind::from_provider_arn(Some(arn.to_owned())).as_str(),
                expected,
                "{arn}"
            );
        }
    }
}
