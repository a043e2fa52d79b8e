//! Injects faults into AWS calls. Each run must end with an error message that says what to do. The
//! change history must allow making the remaining changes without repeating any, and undoing all
//! changes.

mod cases;

use std::{path::PathBuf, time::Duration};

use acceptance::{
    Result,
    proxy::{Fault, Proxy},
};
use changes::{
    self, ApplyError, ApplySummary, History, Plan, RunControl, UncertainResources, UndoResult,
    UndoScope,
};
use futures_util::{StreamExt, stream::FuturesUnordered};
use identity_center::{ApplicationKind, Connection, Credentials, Principal};
use jiff::Timestamp;
use messages::MessageCatalog;
use nops_sso_practice::{Practice, Settings};
use people::People;
use tempfile::TempDir;
use transport::Network;

use self::cases::{CASES, FaultCase, throttled};

const GROUP: &str = "nOps users";
/// A user on the list who exists in the directory from the start.
const KNOWN: &str = "samuel.okafor@example.com";

/// Two new people, and one person who already exists in practice mode.
const PEOPLE: &str = "email,given name,family name\n\
                      lena@example.com,Lena,Fischer\n\
                      tom@example.com,Tom,Sato\n\
                      samuel.okafor@example.com,,\n";

/// The entries that the list adds to the directory.
const ADDED: [&str; 3] = [
    "lena@example.com",
    r#"nOps users ["lena@example.com", "samuel.okafor@example.com", "tom@example.com"] true"#,
    "tom@example.com",
];

/// A practice server, connections to it with and without a proxy, and a change history.
struct FaultFixture {
    proxy: Proxy,
    /// A connection that uses the proxy.
    aws: Connection,
    /// A connection that uses the proxy and has short timeouts.
    impatient: Connection,
    /// A connection without the proxy, used for changes by other clients and for checks.
    direct: Connection,
    store: String,
    instance: String,
    application: String,
    folder: TempDir,
    _world: Practice,
}

impl FaultFixture {
    async fn new() -> Result<Self> {
        let world = Practice::start(Settings::default()).await?;
        let at = world.addresses();
        let proxy = Proxy::in_front_of(&at.aws_endpoint).await?;
        let connection = async |endpoint: String| {
            let credentials = Credentials::Practice {
                endpoint,
                access_key_id: at.access_key_id.clone(),
                secret_access_key: at.secret_access_key.clone().into(),
            };
            Connection::open(&credentials, Some(&at.region), &Network::default()).await
        };
        let aws = connection(proxy.base_url()).await?;
        let direct = connection(at.aws_endpoint.clone()).await?;
        let instance = direct.instances().await?.remove(0);
        let applications = direct.applications(&instance.arn, &at.account_id).await?.listed;
        let application = applications
            .into_iter()
            .find(|application| application.kind == ApplicationKind::Saml)
            .ok_or("practice mode lacks a SAML application")?;
        Ok(Self {
            proxy,
            impatient: aws.with_timeout(Duration::from_secs(1))?,
            aws,
            direct,
            store: instance.identity_store_id,
            instance: instance.arn,
            application: application.arn,
            folder: TempDir::new()?,
            _world: world,
        })
    }

    /// Returns the connection for a case. If the case times out, the connection has short timeouts.
    fn connection_for(&self, case: &FaultCase) -> &Connection {
        match case.says {
            "aws-timeout" => &self.impatient,
            _ => &self.aws,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("setup.journal")
    }

    /// Opens the change history that is on disk.
    fn journal(&self) -> Result<History> {
        Ok(History::open(self.path())?)
    }

    /// Lists users and groups without the proxy and makes a plan.
    async fn planned(&self) -> Result<Plan> {
        let mut people = People::default();
        people.add_csv(PEOPLE);
        let users = self.direct.users(&self.store, |_| ()).await?;
        let groups = self.direct.groups(&self.store).await?;
        let group = groups.iter().find(|group| group.name == GROUP);
        let (members, assigned) = match group {
            None => (Vec::new(), false),
            Some(group) => (
                self.direct.members(&self.store, &group.id).await?,
                self.direct
                    .assignments(&self.application)
                    .await?
                    .contains(&Principal::Group(group.id.clone())),
            ),
        };
        let application = Some(self.application.as_str());
        Ok(changes::plan(
            &people,
            &users,
            &groups,
            &members,
            assigned,
            application,
            &self.store,
            true,
        ))
    }

    async fn apply(&self, plan: Plan) -> Result<std::result::Result<ApplySummary, ApplyError>> {
        self.apply_by(&self.aws, plan).await
    }

    async fn apply_by(
        &self,
        aws: &Connection,
        plan: Plan,
    ) -> Result<std::result::Result<ApplySummary, ApplyError>> {
        let control = RunControl::default();
        let journal = self.journal()?;
        Ok(changes::apply(plan, aws, &journal, &Timestamp::now, |_| (), &control).await)
    }

    async fn undo(&self) -> Result<std::result::Result<UndoResult, ApplyError>> {
        self.undo_by(&self.aws).await
    }

    async fn undo_by(
        &self,
        aws: &Connection,
    ) -> Result<std::result::Result<UndoResult, ApplyError>> {
        let control = RunControl::default();
        let (journal, instance) = (self.journal()?, &self.instance);
        Ok(changes::undo(
            aws,
            instance,
            &journal,
            (UndoScope::Everything, UncertainResources::Undo),
            &Timestamp::now,
            |_, _| (),
            &control,
        )
        .await)
    }

    /// Returns the names of everything in the directory and of all assignments.
    async fn directory(&self) -> Result<Vec<String>> {
        let users = self.direct.users(&self.store, |_| ()).await?;
        let name = |id: &str| {
            let named = users.iter().find(|user| user.id == id);
            named.map_or("a user without an ID", |user| &user.user_name).to_owned()
        };
        let mut directory: Vec<String> = users.iter().map(|user| user.user_name.clone()).collect();
        let assigned = self.direct.assignments(&self.application).await?;
        for group in self.direct.groups(&self.store).await? {
            let members = self.direct.members(&self.store, &group.id).await?;
            let mut names: Vec<String> = members
                .iter()
                .map(|one| name(one.user_id.as_deref().unwrap_or_default()))
                .collect();
            names.sort();
            let is_assigned = assigned.contains(&Principal::Group(group.id));
            directory.push(format!("{} {names:?} {is_assigned}", group.name));
        }
        directory.sort();
        Ok(directory)
    }
}

/// All changes that a plan makes.
const WRITES: [&str; 4] =
    ["CreateGroup", "CreateUser", "CreateGroupMembership", "CreateApplicationAssignment"];

/// All changes that undo makes.
const UNDOES: [&str; 4] =
    ["DeleteApplicationAssignment", "DeleteGroupMembership", "DeleteUser", "DeleteGroup"];

/// Checks that the message says what to do: it must have more than one sentence, and all its
/// variables must have values.
fn check_words(error: &ApplyError, case: &str) {
    let text = MessageCatalog::english().text(&error.key(), &error.params());
    let sentences = text.matches(". ").count() + usize::from(text.ends_with('.'));
    assert!(sentences >= 2, "{case}: {text}");
    assert!(!text.contains(['⟦', '{', '}']), "{case}: {text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn faulted_apply_resumes_without_duplicates() -> Result<()> {
    check_every_fault(WRITES, async |case, write| {
        let at = format!("{} at {write}", case.name);
        let fixture = FaultFixture::new().await?;
        let before = fixture.directory().await?;
        let plan = fixture.planned().await?;
        fixture.proxy.inject_fault(write, (case.fault)());
        let ended = fixture.apply_by(fixture.connection_for(case), plan).await?;
        let error = ended.err().ok_or_else(|| format!("{at} ends the run"))?;
        assert_eq!(error.key(), case.says, "{at}");
        check_words(&error, &at);
        assert_eq!(fixture.journal()?.summary().interrupted, case.open, "{at}");
        assert!(!fixture.journal()?.summary().applied, "{at}");

        fixture.proxy.clear();
        fixture.apply(fixture.planned().await?).await??;
        assert_eq!(added(&before, &fixture.directory().await?), ADDED, "{at}");
        assert_eq!(fixture.planned().await?.changes(), 0, "{at}");
        assert!(!fixture.journal()?.summary().interrupted, "{at}");
        fixture.undo().await??;
        assert_eq!(fixture.directory().await?, before, "{at}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn faulted_undo_resumes_and_completes() -> Result<()> {
    check_every_fault(UNDOES, async |case, write| {
        let at = format!("{} at {write}", case.name);
        let fixture = FaultFixture::new().await?;
        let before = fixture.directory().await?;
        fixture.apply(fixture.planned().await?).await??;
        fixture.proxy.inject_fault(write, (case.fault)());
        let ended = fixture.undo_by(fixture.connection_for(case)).await?;
        let error = ended.err().ok_or_else(|| format!("{at} ends the run"))?;
        assert_eq!(error.key(), case.says, "{at}");
        check_words(&error, &at);
        assert_eq!(fixture.journal()?.summary().interrupted, case.open, "{at}");

        fixture.proxy.clear();
        let undone = fixture.undo().await??;
        assert_eq!((undone.remaining, undone.kept.len()), (0, 0), "{at}");
        assert_eq!(fixture.directory().await?, before, "{at}");
        assert!(!fixture.journal()?.summary().can_undo, "{at}");
        Ok(())
    })
    .await
}

/// Checks every case at every change in parallel. Each check has its own practice server and spends
/// most of its time waiting.
async fn check_every_fault(
    writes: [&'static str; 4],
    check: impl AsyncFn(&'static FaultCase, &'static str) -> Result<()>,
) -> Result<()> {
    let mut checks = FuturesUnordered::new();
    for case in CASES {
        for write in writes {
            checks.push(check(case, write));
        }
    }
    while let Some(checked) = checks.next().await {
        checked?;
    }
    Ok(())
}

fn added(before: &[String], after: &[String]) -> Vec<String> {
    let is_new = |name: &&String| !before.contains(name);
    after.iter().filter(is_new).cloned().collect()
}

/// Reads are retried as long as a retry may help, so the user doesn't notice short problems.
#[tokio::test(flavor = "multi_thread")]
async fn transient_errors_and_throttling_are_retried() -> Result<()> {
    let fixture = FaultFixture::new().await?;
    let before = fixture.directory().await?;
    for write in WRITES {
        fixture.proxy.inject_some(write, 0, 3, throttled(0));
    }
    fixture.proxy.inject_some("CreateUser", 3, 1, throttled(1));
    fixture.apply(fixture.planned().await?).await??;
    assert_eq!(added(&before, &fixture.directory().await?), ADDED);

    const READS: [&str; 3] = ["ListUsers", "ListGroups", "ListInstances"];
    let reads = async |fault: Fault| -> Result<()> {
        let fixture = FaultFixture::new().await?;
        for read in READS {
            fixture.proxy.inject_some(read, 0, 2, fault.clone());
        }
        let aws = match fault {
            Fault::Silence => &fixture.impatient,
            _ => &fixture.aws,
        };
        assert_eq!(aws.users(&fixture.store, |_| ()).await?.len(), 14);
        assert!(!aws.groups(&fixture.store).await?.is_empty());
        assert_eq!(aws.instances().await?.len(), 1);
        Ok(())
    };
    let results = tokio::join!(
        reads(Fault::Silence),
        reads(Fault::LostRequest),
        reads(Fault::LostAnswer),
        reads(Fault::HalfAnswer),
        reads(Fault::Page { status: 503 }),
        reads(throttled(0)),
    );
    results.0?;
    results.1?;
    results.2?;
    results.3?;
    results.4?;
    results.5
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrently_created_resource_is_used_and_kept() -> Result<()> {
    for write in WRITES {
        let fixture = FaultFixture::new().await?;
        let before = fixture.directory().await?;
        fixture.proxy.inject_some(write, 0, 1, Fault::Twice);
        let applied = fixture.apply(fixture.planned().await?).await??;
        assert_eq!((applied.existed, applied.failed), (1, 0), "{write}");
        assert!(applied.is_complete(), "{write}");
        assert_eq!(fixture.planned().await?.changes(), 0, "{write}");
        fixture.undo().await??;
        assert_ne!(fixture.directory().await?, before, "{write}: direct' resources stay");
    }
    Ok(())
}

/// AWS reports a conflict, but the resource can't be found. If the resource is a person, that
/// person is skipped. Otherwise, the run ends.
#[tokio::test(flavor = "multi_thread")]
async fn unresolved_conflict_is_reported() -> Result<()> {
    for write in WRITES {
        let fixture = FaultFixture::new().await?;
        fixture.proxy.inject_fault(write, Fault::refused("ConflictException"));
        let ended = fixture.apply(fixture.planned().await?).await?;
        match write {
            "CreateUser" => {
                assert_eq!(ended?.failed, 4, "expected two users and their memberships")
            }
            "CreateGroupMembership" => assert_eq!(ended?.failed, 3),
            _ => {
                let error = ended.err().ok_or("a group conflict must end the run")?;
                assert_eq!(error.key(), "aws-conflict", "{write}");
                check_words(&error, write);
            }
        }
        let summary = fixture.journal()?.summary();
        assert_eq!((summary.applied, summary.interrupted), (false, false), "{write}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn stale_plan_fails_on_deleted_resources() -> Result<()> {
    let fixture = FaultFixture::new().await?;
    let stale = fixture.planned().await?;
    let known = fixture.direct.find_user(&fixture.store, KNOWN).await?;
    let known = known.ok_or("practice mode lacks the user")?;
    fixture.direct.delete_user(&fixture.store, &known.id).await?;
    let applied = fixture.apply(stale).await??;
    assert_eq!((applied.done, applied.failed), (6, 1));
    let rows = fixture.journal()?.rows();
    let failed = rows.iter().find(|row| row.error.is_some());
    let failed = failed.ok_or("no failed change in the history")?;
    assert_eq!(failed.subject, KNOWN);
    assert_eq!(failed.error.as_deref(), Some("not_found"));

    // The group's name now belongs to another group.
    let fixture = FaultFixture::new().await?;
    let id = fixture.direct.create_group(&fixture.store, GROUP, "by hand").await?;
    let stale = fixture.planned().await?;
    fixture.direct.delete_group(&fixture.store, &id).await?;
    fixture.direct.create_group(&fixture.store, GROUP, "another").await?;
    let error = fixture.apply(stale).await?.err().ok_or("the group is gone")?;
    assert_eq!(error.key(), "aws-not_found");
    let members = fixture.directory().await?;
    assert!(members.contains(&format!("{GROUP} [] false")), "{members:?}");
    Ok(())
}

/// The permission is missing for a check that apply and undo depend on.
#[tokio::test(flavor = "multi_thread")]
async fn denied_read_stops_undo_without_loss() -> Result<()> {
    let reads = [
        ("ListGroups", "identitystore:ListGroups"),
        ("IsMemberInGroups", "identitystore:IsMemberInGroups"),
        ("ListGroupMemberships", "identitystore:ListGroupMemberships"),
    ];
    let fixture = FaultFixture::new().await?;
    let before = fixture.directory().await?;
    for (operation, action) in reads {
        fixture.apply(fixture.planned().await?).await??;
        fixture.proxy.inject_fault(operation, Fault::refused("AccessDeniedException"));
        let error =
            fixture.undo().await?.err().ok_or("undo succeeded without the read permission")?;
        assert_eq!(error.key(), "aws-denied", "{operation}");
        assert_eq!(error.params()["action"], action);
        fixture.proxy.clear();
        fixture.undo().await??;
        assert_eq!(fixture.directory().await?, before, "{operation}");
    }
    Ok(())
}

/// If undo can't see the assignments of people, it keeps the people, because they may be in use.
/// When a later undo can see the assignments, it removes these people.
#[tokio::test(flavor = "multi_thread")]
async fn undo_keeps_people_with_unseen_assignments() -> Result<()> {
    let fixture = FaultFixture::new().await?;
    let before = fixture.directory().await?;
    fixture.apply(fixture.planned().await?).await??;
    let operation = "ListApplicationAssignmentsForPrincipal";
    fixture.proxy.inject_fault(operation, Fault::refused("AccessDeniedException"));
    let undone = fixture.undo().await??;
    assert!(!undone.kept.is_empty());
    for kept in &undone.kept {
        assert_eq!(kept.reason.code(), "applications_unseen", "{}", kept.subject);
    }
    fixture.proxy.clear();
    fixture.undo().await??;
    assert_eq!(fixture.directory().await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unreachable_aws_leaves_no_open_changes() -> Result<()> {
    let fixture = FaultFixture::new().await?;
    let plan = fixture.planned().await?;
    let nowhere = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let endpoint = format!("http://{}", nowhere.local_addr()?);
    drop(nowhere);
    // A port that is closed, and a name that no DNS server resolves (RFC 6761, 6.4).
    for endpoint in [endpoint, "http://aws.invalid".to_owned()] {
        let credentials = Credentials::Practice {
            endpoint,
            access_key_id: "AKIAPRACTICE00000000".to_owned(),
            secret_access_key: "secret".to_owned().into(),
        };
        let aws = Connection::open(&credentials, None, &Network::default()).await?;
        let control = RunControl::default();
        let journal = fixture.journal()?;
        let ended = changes::apply(plan.clone(), &aws, &journal, &Timestamp::now, |_| (), &control);
        let error = ended.await.err().ok_or("AWS is unreachable")?;
        assert_eq!(error.key(), "aws-unreachable");
        check_words(&error, "unreachable");
        assert!(!fixture.journal()?.summary().interrupted);
    }
    Ok(())
}

/// The disk fills up during a call to AWS, so the change is made but its outcome can't be recorded.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn full_disk_during_change_is_recoverable() -> Result<()> {
    for write in WRITES {
        let fixture = FaultFixture::new().await?;
        let before = fixture.directory().await?;
        let (path, aside) = (fixture.path(), fixture.folder.path().join("aside"));
        let (fills, kept) = (path.clone(), aside.clone());
        let fill = move || {
            std::fs::rename(&fills, &kept)?;
            Ok(std::os::unix::fs::symlink("/dev/full", &fills)?)
        };
        fixture.proxy.inject_some(write, 0, 1, Fault::Meanwhile(std::sync::Arc::new(fill)));
        let error = fixture.apply(fixture.planned().await?).await?;
        let error = error.err().ok_or("the history can't be written")?;
        assert_eq!(error.key(), "failure-journal_disk_full", "{write}");
        check_words(&error, write);
        std::fs::rename(&aside, &path)?;
        assert!(fixture.journal()?.summary().interrupted, "{write}");
        fixture.apply(fixture.planned().await?).await??;
        assert_eq!(fixture.planned().await?.changes(), 0, "{write}");
        fixture.undo().await??;
        assert_eq!(fixture.directory().await?, before, "{write}");
    }
    Ok(())
}
