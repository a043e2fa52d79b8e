//! Adds people without a window, with the same lookup, plan, changes and change history as in the
//! window.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;

use super::{jobs::PlannedChanges, planning};
use changes::{
    self, ApplyError, ApplySummary, History, HistoryEntry, HistoryError, Plan, Progress, RunControl,
};
use identifiers::ApplicationArn;
use identity_center::{AwsError, Connection, Credentials, Instance};
use people::{
    People, User,
    former_members::{CurrentList, FormerMember, ProtectedPeople, former_members},
};
use setup::{Facts, Field, derive::derive};
use storage::store::{FileLock, StoreError};
use transport::Network;

/// A plan for a list of people, based on the current state of AWS.
#[derive(Debug)]
pub struct ProvisionPlan {
    pub plan: Plan,
    /// Everyone in the directory was read. Otherwise, people were looked up individually, so users
    /// whose names are capitalized differently in the list may not have been found.
    pub whole: bool,
    /// The members who aren't on the list: those whom the plan removes, and those whom it keeps.
    pub former: FormerMembers,
    connection: Connection,
}

/// The members who aren't on the list.
#[derive(Debug, Default)]
pub struct FormerMembers {
    pub removed: Vec<FormerMember>,
    /// The members who are kept because of their role.
    pub kept: Vec<FormerMember>,
}

/// How to remove members who aren't on the list.
#[derive(Debug)]
pub struct Removal {
    pub list: CurrentList,
    /// The user names of members to remove despite their role.
    pub named: Vec<String>,
}

impl ProvisionPlan {
    /// Reads AWS and plans for `people`, without changing anything. `facts` provides the Region,
    /// the identity store and the application. If `facts` contains an account, the credentials must
    /// belong to that account. If it contains no identity store, the instance's identity store is
    /// used. If it contains no application, nothing is assigned.
    pub async fn plan(
        credentials: &Credentials,
        network: &Network,
        facts: &Facts,
        people: People,
        removal: Option<&Removal>,
    ) -> Result<Self, ProvisionError> {
        let known = |field| facts.text(field).filter(|text| !text.is_empty());
        let application = match known(Field::ApplicationArn).map(str::parse::<ApplicationArn>) {
            Some(Err(_)) => return Err(ProvisionError::Application),
            Some(Ok(arn)) => Some(arn),
            None => None,
        };
        let connection = Connection::open(credentials, known(Field::AwsRegion), network).await?;
        let caller = connection.whoami().await?;
        if let Some(named) = known(Field::AwsAccountId)
            && caller.account != named
        {
            return Err(ProvisionError::OtherAccount {
                named: named.to_owned(),
                caller: caller.account,
            });
        }
        let (connection, store) = match known(Field::IdentityStoreId) {
            Some(store) => (connection, store.to_owned()),
            None => {
                let instances = connection.instances().await?;
                let of_application = application.as_ref().map(|arn| arn.instance().to_string());
                let named = known(Field::InstanceArn).or(of_application.as_deref());
                let instance = choose_instance(instances, named)?;
                (connection.for_instance(&instance)?, instance.identity_store_id)
            }
        };
        let application = application.map(|arn| arn.to_string());
        if let Some(arn) = &application {
            match derive(facts, Timestamp::UNIX_EPOCH).text(Field::ApplicationRegion) {
                Some(region) => connection.remember_region(arn, region),
                None => connection.find_application(arn).await?,
            }
        }
        let can_create = |users: &[User]| !users.iter().any(User::is_provisioned);
        let question = planning::PlanRequest {
            people,
            application,
            current_user: None,
            everyone: removal.is_some(),
            users: 0,
        };
        let planned =
            planning::look_up_directory(&connection, &store, question, can_create).await?;
        let whole = planned.users.whole;
        let former = removal.map(|removal| find_former(removal, facts, &planned)).transpose()?;
        let former = former.unwrap_or_default();
        let plan = planned.plan.with_removals(former.removed.iter().map(|one| &one.user));
        Ok(Self { plan, whole, former, connection })
    }

    /// Makes the planned changes. `progress` is called after each completed change. `control` is
    /// checked between changes.
    pub async fn apply(
        self,
        journal: &LockedHistory,
        clock: &(dyn Fn() -> Timestamp + Send + Sync),
        progress: impl FnMut(Progress) + Send,
        control: &RunControl,
    ) -> Result<ApplySummary, ProvisionError> {
        let Self { plan, connection, .. } = self;
        Ok(changes::apply(plan, &connection, &journal.journal, clock, progress, control).await?)
    }
}

/// Returns the members who aren't on the list. Those with a role are kept unless they are named.
fn find_former(
    removal: &Removal,
    facts: &Facts,
    planned: &PlannedChanges,
) -> Result<FormerMembers, ProvisionError> {
    let text = |field| facts.text(field).map(str::to_owned);
    let protected = ProtectedPeople {
        testers: text(Field::Tester).into_iter().collect(),
        recovery_administrator: text(Field::RecoveryAdministrator),
        current_user: None,
    };
    let members = planned.members.items.iter();
    let ids: BTreeSet<&str> = members.filter_map(|member| member.user_id.as_deref()).collect();
    let users = planned.users.items.iter().filter(|user| ids.contains(user.id.as_str()));
    let former = former_members(&removal.list, users, &protected);
    if former.iter().any(|one| one.user.is_provisioned()) {
        return Err(ProvisionError::Managed);
    }
    let is_named = |one: &FormerMember| {
        removal.named.iter().any(|name| name.eq_ignore_ascii_case(&one.user.user_name))
    };
    let (removed, kept) =
        former.into_iter().partition(|one| one.protected.is_none() || is_named(one));
    Ok(FormerMembers { removed, kept })
}

/// Returns the instance with this ARN. If no ARN is given, returns the only instance.
fn choose_instance(
    instances: Vec<Instance>,
    named: Option<&str>,
) -> Result<Instance, ProvisionError> {
    let mut fitting =
        instances.into_iter().filter(|instance| named.is_none_or(|arn| instance.arn == arn));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(ProvisionError::SeveralInstances),
        (None, _) => Err(ProvisionError::NoInstance),
    }
}

/// A change history in its own file, locked so that only one run can write it.
#[derive(Debug)]
pub struct LockedHistory {
    journal: History,
}

impl LockedHistory {
    /// Opens the change history in `file`. The file is created with the first change. The lock file
    /// is `FILE.lock`, next to the file that a link points to.
    pub fn open(file: &Path) -> Result<Self, ProvisionError> {
        let file =
            resolve(file).map_err(|error| HistoryError::from(StoreError::from_io(&error, file)))?;
        let mut lock = file.clone().into_os_string();
        lock.push(".lock");
        let lock = FileLock::acquire(Path::new(&lock)).map_err(|error| {
            if matches!(error, StoreError::InUse) {
                return ProvisionError::Held;
            }
            HistoryError::from(error).into()
        })?;
        Ok(Self { journal: History::open_with_write_guard(file, Arc::new(lock))? })
    }

    /// Returns every change, oldest first.
    pub fn rows(&self) -> Vec<HistoryEntry> {
        self.journal.rows()
    }
}

/// Returns the one path that all paths of this file lead to. The file can be missing.
fn resolve(file: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let file = std::path::absolute(file)?;
            match (file.parent(), file.file_name()) {
                (Some(folder), Some(name)) => Ok(fs::canonicalize(folder)?.join(name)),
                _ => Ok(file),
            }
        }
        found => found,
    }
}

/// Why people weren't added.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// An error from AWS or the change history ended the run.
    #[error(transparent)]
    Halted(#[from] ApplyError),
    /// The application value isn't an application ARN.
    #[error("this is no application's ARN")]
    Application,
    /// The credentials don't belong to the specified account.
    #[error("the credentials are those of account {caller}, not {named}")]
    OtherAccount { named: String, caller: String },
    /// The credentials can't see any instance, or can't see the specified instance.
    #[error("no such instance is seen")]
    NoInstance,
    /// The credentials can see several instances, but none is specified.
    #[error("several instances are seen")]
    SeveralInstances,
    /// Another run is writing the change history.
    #[error("another run writes the journal")]
    Held,
    /// Another system manages the group's members.
    #[error("another system manages the members")]
    Managed,
}

impl ProvisionError {
    /// Returns the message key.
    pub fn key(&self) -> String {
        match self {
            Self::Halted(error) => error.key(),
            Self::Application => "failure-provision_application".to_owned(),
            Self::OtherAccount { .. } => "failure-provision_other_account".to_owned(),
            Self::NoInstance => "failure-provision_no_instance".to_owned(),
            Self::SeveralInstances => "failure-provision_several_instances".to_owned(),
            Self::Held => "failure-provision_held".to_owned(),
            Self::Managed => "failure-provision_managed".to_owned(),
        }
    }

    /// Returns the variables of the message.
    pub fn params(&self) -> BTreeMap<String, String> {
        match self {
            Self::Halted(error) => error.params(),
            Self::OtherAccount { named, caller } => BTreeMap::from([
                ("named".to_owned(), named.clone()),
                ("caller".to_owned(), caller.clone()),
            ]),
            Self::Application
            | Self::NoInstance
            | Self::SeveralInstances
            | Self::Held
            | Self::Managed => BTreeMap::new(),
        }
    }
}

impl From<AwsError> for ProvisionError {
    fn from(error: AwsError) -> Self {
        ApplyError::from(error).into()
    }
}

impl From<HistoryError> for ProvisionError {
    fn from(error: HistoryError) -> Self {
        ApplyError::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance(arn: &str) -> Instance {
        Instance {
            arn: arn.to_owned(),
            identity_store_id: "d-1234567890".to_owned(),
            owner_account: "123456789012".to_owned(),
            status: "ACTIVE".to_owned(),
            primary_region: None,
            other_regions: None,
        }
    }

    #[test]
    fn named_or_only_instance_is_chosen() {
        let choose = |seen: &[&str], named| {
            choose_instance(seen.iter().map(|arn| instance(arn)).collect(), named)
                .map(|instance| instance.arn)
                .map_err(|error| error.key())
        };
        assert_eq!(choose(&["a"], None).unwrap(), "a");
        assert_eq!(choose(&["a", "b"], Some("b")).unwrap(), "b");
        let none = "failure-provision_no_instance";
        assert_eq!(choose(&["a"], Some("b")).unwrap_err(), none);
        assert_eq!(choose(&[], None).unwrap_err(), none);
        assert_eq!(choose(&["a", "b"], None).unwrap_err(), "failure-provision_several_instances");
    }

    #[test]
    fn second_run_cannot_open_history() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people.csv.journal");
        let first = LockedHistory::open(&file).unwrap();
        let second = LockedHistory::open(&file).unwrap_err();
        assert_eq!(second.key(), "failure-provision_held");
        drop(first);
        assert_eq!(LockedHistory::open(&file).unwrap().rows(), Vec::new());
    }

    #[cfg(unix)]
    #[test]
    fn linked_history_has_one_lock() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("real")).unwrap();
        symlink(at("real"), at("linked")).unwrap();
        let first = LockedHistory::open(&at("real/journal")).unwrap();
        assert!(LockedHistory::open(&at("linked/journal")).is_err());
        drop(first);
        fs::write(at("real/journal"), "").unwrap();
        symlink(at("real/journal"), at("link")).unwrap();
        let first = LockedHistory::open(&at("link")).unwrap();
        let second = LockedHistory::open(&at("real/journal")).unwrap_err();
        assert_eq!(second.key(), "failure-provision_held");
        drop(first);
    }
}
