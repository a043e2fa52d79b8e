//! Everything AWS can tell before anything is done: plain observations, judged elsewhere.

use people::{Group, User};
use transport::Transport;

use super::{
    Application, AwsError, Caller, Connection, Instance, InstanceDetails, Organization, metadata,
};

/// How many questions the preflight asks, for its progress.
const QUESTIONS: u32 = 8;

/// How many pages of users are read: enough to tell how people are named and who keeps them, at half a second
/// of the calls that AWS takes.
const GLANCE: u32 = 10;

/// The users of a directory, as far as they were looked at.
#[derive(Clone, Debug)]
pub struct UserSample {
    /// Those who were seen.
    pub users: Vec<User>,
    /// These are all.
    pub whole: bool,
}

/// What AWS told. An error beside one answer leaves the others standing.
#[derive(Clone, Debug)]
pub struct Preflight {
    /// Who the credentials belong to.
    pub caller: Caller,
    /// The organization; none when the account is in none.
    pub organization: Result<Option<Organization>, AwsError>,
    /// The accounts that administer IAM Identity Center by delegation.
    pub delegated_administrators: Result<Vec<String>, AwsError>,
    /// All instances that can be seen.
    pub instances: Result<Vec<Instance>, AwsError>,
    /// What is known about the instance of [`Self::chosen`]; none without one.
    pub instance: Option<Result<InstanceDetails, AwsError>>,
    /// Its applications; none without an instance.
    pub applications: Option<Result<Vec<Application>, AwsError>>,
    /// Its users, the first of them where there are many; none without an instance.
    pub users: Option<Result<UserSample, AwsError>>,
    /// Its groups; none without an instance.
    pub groups: Option<Result<Vec<Group>, AwsError>>,
    /// The instance that the last four are about: the organization's, else the only one.
    pub chosen: Option<Instance>,
    /// The certificate that is shown for the Region's access portal, in DER; none in practice, and where the portal
    /// can't be reached.
    pub shown: Option<Vec<u8>>,
    /// The connection in the chosen instance's primary Region, for everything that follows.
    pub connection: Connection,
}

impl Preflight {
    /// Permissions that AWS refused.
    pub fn denied(&self) -> Vec<String> {
        let errors = [
            self.organization.as_ref().err(),
            self.delegated_administrators.as_ref().err(),
            self.instances.as_ref().err(),
            self.instance.as_ref().and_then(|answer| answer.as_ref().err()),
            self.applications.as_ref().and_then(|answer| answer.as_ref().err()),
            self.users.as_ref().and_then(|answer| answer.as_ref().err()),
            self.groups.as_ref().and_then(|answer| answer.as_ref().err()),
        ];
        errors
            .into_iter()
            .flatten()
            .filter_map(|error| match error {
                AwsError::Denied { action } => Some(action.clone()),
                _ => None,
            })
            .collect()
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Connection({})", self.region)
    }
}

/// Asks everything. `progress` hears how many of how many questions are answered. Fails only when
/// AWS does not even say who we are.
pub async fn preflight(
    connection: &Connection,
    reach: &Transport,
    mut progress: impl FnMut(u32, u32),
) -> Result<Preflight, AwsError> {
    let mut answered = 0;
    let mut step = || {
        answered += 1;
        progress(answered, QUESTIONS);
    };
    let caller = connection.whoami().await?;
    step();
    let organization = connection.organization().await;
    step();
    let delegated_administrators = connection.delegated_administrators().await;
    step();
    let instances = connection.instances().await;
    step();
    let chosen = chosen(&instances, &organization);
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
        shown: None,
        connection: connection.clone(),
    };
    let Some(instance) = preflight.chosen.clone() else {
        return Ok(preflight);
    };
    if let Some(region) = &instance.primary_region {
        preflight.connection = connection.in_region(region)?;
    }
    let here = preflight.connection.clone();
    preflight.shown = metadata::shown(here.region(), reach).await;
    preflight.instance = Some(here.instance(&instance.arn).await);
    step();
    preflight.applications =
        Some(here.applications(&instance.arn, &preflight.caller.account).await);
    step();
    preflight.users = Some(glance(&here, &instance.identity_store_id).await);
    step();
    preflight.groups = Some(here.groups(&instance.identity_store_id).await);
    step();
    Ok(preflight)
}

/// The users of a store, page by page, as far as a glance goes.
async fn glance(connection: &Connection, store: &str) -> Result<UserSample, AwsError> {
    let (mut users, mut token) = (Vec::new(), None);
    for _ in 0..GLANCE {
        let page = connection.users_page(store, token).await?;
        users.extend(page.items);
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    Ok(UserSample { users, whole: token.is_none() })
}

fn chosen(
    instances: &Result<Vec<Instance>, AwsError>,
    organization: &Result<Option<Organization>, AwsError>,
) -> Option<Instance> {
    let instances = instances.as_ref().ok()?;
    let management = organization
        .as_ref()
        .ok()
        .and_then(Option::as_ref)
        .map(|organization| organization.management_account.as_str());
    instances
        .iter()
        .find(|instance| Some(instance.owner_account.as_str()) == management)
        .or(instances.first())
        .cloned()
}
