//! Reads AWS's state before any change. The results are plain observations that aren't evaluated
//! here.

use people::{Group, User};
use transport::Transport;

use super::{
    Applications, AwsError, CallerIdentity, Connection, Instance, InstanceDetails, Organization,
    metadata,
};

const PROGRESS_STEPS: u32 = 8;

/// The maximum number of pages of users to read. 10 pages show how users are named and provisioned,
/// and take half a second at the rate limit.
const MAX_SAMPLE_PAGES: u32 = 10;

/// A directory's users, up to a maximum number of pages.
#[derive(Clone, Debug)]
pub struct UserSample {
    pub users: Vec<User>,
    /// Whether `users` contains all users.
    pub whole: bool,
}

/// What was read from AWS. An error in one field doesn't affect the others.
#[derive(Clone, Debug)]
pub struct Preflight {
    pub caller: CallerIdentity,
    /// `None` if the account isn't in an organization.
    pub organization: Result<Option<Organization>, AwsError>,
    /// The accounts that are delegated administrators of IAM Identity Center.
    pub delegated_administrators: Result<Vec<String>, AwsError>,
    /// All visible instances.
    pub instances: Result<Vec<Instance>, AwsError>,
    /// The details of [`Self::chosen`], or `None` without an instance.
    pub instance: Option<Result<InstanceDetails, AwsError>>,
    /// The instance's applications in all of its Regions, or `None` without an instance.
    pub applications: Option<Result<Applications, AwsError>>,
    /// The instance's users, up to a maximum number, or `None` without an instance.
    pub users: Option<Result<UserSample, AwsError>>,
    /// The instance's groups, or `None` without an instance.
    pub groups: Option<Result<Vec<Group>, AwsError>>,
    /// The instance that the previous four fields describe. This is the organization's instance, or
    /// the first instance if there is none.
    pub chosen: Option<Instance>,
    /// The TLS certificate of the Region's access portal, in DER. `None` in practice mode, and if
    /// the portal can't be reached.
    pub tls_certificate: Option<Vec<u8>>,
    /// The connection for the chosen instance, for all later calls.
    pub connection: Connection,
}

impl Preflight {
    /// Returns the permissions that are missing.
    pub fn denied(&self) -> Vec<String> {
        let missing = self.errors().filter_map(|error| match error {
            AwsError::Denied { action } => Some(action.clone()),
            _ => None,
        });
        missing.collect()
    }

    /// Returns other denials and KMS key problems, with each cause listed once.
    pub fn blocking_errors(&self) -> Vec<&AwsError> {
        let mut blocked: Vec<&AwsError> = Vec::new();
        for error in self.errors() {
            let is_same = |other: &&AwsError| match (error, other) {
                (AwsError::DeniedBy { denial }, AwsError::DeniedBy { denial: other }) => {
                    denial.has_cause_of(other)
                }
                (error, other) => error == *other,
            };
            let is_blocked = matches!(error, AwsError::DeniedBy { .. } | AwsError::Key { .. });
            if is_blocked && !blocked.iter().any(is_same) {
                blocked.push(error);
            }
        }
        blocked
    }

    fn errors(&self) -> impl Iterator<Item = &AwsError> {
        fn error<T>(answer: Option<&Result<T, AwsError>>) -> Option<&AwsError> {
            answer?.as_ref().err()
        }
        let errors = [
            error(Some(&self.organization)),
            error(Some(&self.delegated_administrators)),
            error(Some(&self.instances)),
            error(self.instance.as_ref()),
            error(self.applications.as_ref()),
            error(self.users.as_ref()),
            error(self.groups.as_ref()),
        ];
        errors.into_iter().flatten()
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Connection({})", self.region)
    }
}

/// Reads everything. `progress` receives the number of completed steps and the total.
///
/// # Errors
///
/// Returns an error only if AWS doesn't identify the caller, or if the connection to the primary
/// Region can't be prepared.
pub async fn preflight(
    connection: &Connection,
    reach: &Transport,
    mut progress: impl FnMut(u32, u32),
) -> Result<Preflight, AwsError> {
    let mut answered = 0;
    let mut step = || {
        answered += 1;
        progress(answered, PROGRESS_STEPS);
    };
    let caller = connection.whoami().await?;
    step();
    let organization = connection.organization().await;
    step();
    let delegated_administrators = connection.delegated_administrators().await;
    step();
    let instances = connection.instances().await;
    step();
    let chosen = choose_instance(&instances, &organization);
    let mut preflight = Preflight {
        caller,
        organization,
        delegated_administrators,
        instances,
        instance: None,
        applications: None,
        users: None,
        groups: None,
        chosen,
        tls_certificate: None,
        connection: connection.clone(),
    };
    let Some(instance) = preflight.chosen.clone() else {
        return Ok(preflight);
    };
    preflight.connection = connection.for_instance(&instance)?;
    let here = preflight.connection.clone();
    preflight.tls_certificate = metadata::tls_certificate(here.region(), reach).await;
    preflight.instance = Some(here.instance(&instance.arn).await);
    step();
    preflight.applications =
        Some(here.applications(&instance.arn, &preflight.caller.account).await);
    step();
    preflight.users = Some(sample_users(&here, &instance.identity_store_id).await);
    step();
    preflight.groups = Some(here.groups(&instance.identity_store_id).await);
    step();
    Ok(preflight)
}

/// Reads the first pages of users in an identity store.
async fn sample_users(connection: &Connection, store: &str) -> Result<UserSample, AwsError> {
    let (mut users, mut token) = (Vec::new(), None);
    for _ in 0..MAX_SAMPLE_PAGES {
        let page = connection.users_page(store, token).await?;
        users.extend(page.items);
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    Ok(UserSample { users, whole: token.is_none() })
}

fn choose_instance(
    instances: &Result<Vec<Instance>, AwsError>,
    organization: &Result<Option<Organization>, AwsError>,
) -> Option<Instance> {
    let instances = instances.as_ref().ok()?;
    let organization = organization.as_ref().ok().and_then(Option::as_ref);
    let management = organization.map(|organization| &organization.management_account);
    instances
        .iter()
        .find(|instance| Some(&instance.owner_account) == management)
        .or(instances.first())
        .cloned()
}
