//! Injects faults into AWS calls. Each run must end with an error message that says what to do. The
//! change history must allow making the remaining changes without repeating any, and undoing all
//! changes.

use std::{path::PathBuf, sync::Arc, time::Duration};

use acceptance::{
    Result,
    proxy::{Fault, Proxy},
};
use changes::{
    self, ApplyError, ApplySummary, History, Plan, RunControl, UncertainResources, UndoResult,
};
use futures_util::{StreamExt, stream::FuturesUnordered};
use identity_center::{ApplicationKind, Connection, Credentials, Principal};
use jiff::Timestamp;
use messages::MessageCatalog;
use nops_sso_practice::{Practice, Settings};
use people::People;
use serde_json::json;
use tempfile::TempDir;
use transport::Network;

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
    hasty: Connection,
    /// A connection without the proxy, used for changes by other clients and for checks.
    others: Connection,
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
        let others = connection(at.aws_endpoint.clone()).await?;
        let instance = others.instances().await?.remove(0);
        let applications = others.applications(&instance.arn, &at.account_id).await?.listed;
        let application = applications
            .into_iter()
            .find(|application| application.kind == ApplicationKind::Saml)
            .ok_or("practice mode lacks a SAML application")?;
        Ok(Self {
            proxy,
            hasty: aws.with_timeout(Duration::from_secs(1))?,
            aws,
            others,
            store: instance.identity_store_id,
            instance: instance.arn,
            application: application.arn,
            folder: TempDir::new()?,
            _world: world,
        })
    }

    /// Returns the connection for a case. If the case times out, the connection has short timeouts.
    fn waiting_for(&self, case: &FaultCase) -> &Connection {
        match case.says {
            "aws-timeout" => &self.hasty,
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
        let users = self.others.users(&self.store, |_| ()).await?;
        let groups = self.others.groups(&self.store).await?;
        let group = groups.iter().find(|group| group.name == GROUP);
        let (members, assigned) = match group {
            None => (Vec::new(), false),
            Some(group) => (
                self.others.members(&self.store, &group.id).await?,
                self.others
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
            UncertainResources::Undo,
            &Timestamp::now,
            |_, _| (),
            &control,
        )
        .await)
    }

    /// Returns the names of everything in the directory and of all assignments.
    async fn shape(&self) -> Result<Vec<String>> {
        let users = self.others.users(&self.store, |_| ()).await?;
        let name = |id: &str| {
            let named = users.iter().find(|user| user.id == id);
            named.map_or("a user without an ID", |user| &user.user_name).to_owned()
        };
        let mut shape: Vec<String> = users.iter().map(|user| user.user_name.clone()).collect();
        let assigned = self.others.assignments(&self.application).await?;
        for group in self.others.groups(&self.store).await? {
            let members = self.others.members(&self.store, &group.id).await?;
            let mut names: Vec<String> = members
                .iter()
                .map(|one| name(one.user_id.as_deref().unwrap_or_default()))
                .collect();
            names.sort();
            let is_assigned = assigned.contains(&Principal::Group(group.id));
            shape.push(format!("{} {names:?} {is_assigned}", group.name));
        }
        shape.sort();
        Ok(shape)
    }
}

/// A fault that makes the run end.
struct FaultCase {
    name: &'static str,
    fault: fn() -> Fault,
    /// The message key of the error that is shown.
    says: &'static str,
    /// Whether the outcome of the change stays unknown.
    open: bool,
}

const CASES: &[FaultCase] = &[
    FaultCase {
        name: "throttled without end",
        fault: || throttled(0),
        says: "aws-throttled",
        open: false,
    },
    FaultCase {
        name: "trouble at AWS",
        fault: || Fault::Refused {
            status: 500,
            kind: "InternalServerException",
            members: json!({}),
        },
        says: "aws-unavailable",
        open: true,
    },
    FaultCase {
        name: "a page of what stands before AWS",
        fault: || Fault::Page { status: 503 },
        says: "aws-unavailable",
        open: true,
    },
    FaultCase {
        name: "a sign-in page of the network",
        fault: || Fault::Page { status: 200 },
        says: "aws-unreadable",
        open: true,
    },
    FaultCase {
        name: "a refusal of the network",
        fault: || Fault::Page { status: 403 },
        says: "aws-unreadable",
        open: true,
    },
    FaultCase { name: "no answer", fault: || Fault::Silence, says: "aws-timeout", open: true },
    FaultCase {
        name: "a reset before AWS heard",
        fault: || Fault::LostRequest,
        says: "aws-unreachable",
        open: true,
    },
    FaultCase {
        name: "a reset after AWS did it",
        fault: || Fault::LostAnswer,
        says: "aws-unreachable",
        open: true,
    },
    FaultCase {
        name: "half an answer",
        fault: || Fault::HalfAnswer,
        says: "aws-unreadable",
        open: true,
    },
    FaultCase {
        name: "expired keys",
        fault: || Fault::refused("ExpiredTokenException"),
        says: "aws-expired",
        open: false,
    },
    FaultCase {
        name: "revoked keys",
        fault: || Fault::refused("UnrecognizedClientException"),
        says: "aws-bad_credentials",
        open: false,
    },
    FaultCase {
        name: "a clock that is off",
        fault: || Fault::Refused {
            status: 400,
            kind: "InvalidSignatureException",
            members: json!({"Message": "Signature expired: 20261124T080000Z is now earlier than 20261124T095500Z"}),
        },
        says: "aws-clock",
        open: false,
    },
    FaultCase {
        name: "a missing permission",
        fault: || Fault::refused("AccessDeniedException"),
        says: "aws-denied",
        open: false,
    },
    FaultCase {
        name: "a used up quota",
        fault: || Fault::refused("ServiceQuotaExceededException"),
        says: "aws-quota",
        open: false,
    },
];

/// All changes that a plan makes.
const WRITES: [&str; 4] =
    ["CreateGroup", "CreateUser", "CreateGroupMembership", "CreateApplicationAssignment"];

/// All changes that undo makes.
const UNDOES: [&str; 4] =
    ["DeleteApplicationAssignment", "DeleteGroupMembership", "DeleteUser", "DeleteGroup"];

fn throttled(seconds: u32) -> Fault {
    Fault::Refused {
        status: 400,
        kind: "ThrottlingException",
        members: json!({"RetryAfterSeconds": seconds}),
    }
}

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
        let desk = FaultFixture::new().await?;
        let before = desk.shape().await?;
        let plan = desk.planned().await?;
        desk.proxy.inject_fault(write, (case.fault)());
        let ended = desk.apply_by(desk.waiting_for(case), plan).await?;
        let error = ended.err().ok_or_else(|| format!("{at} ends the run"))?;
        assert_eq!(error.key(), case.says, "{at}");
        check_words(&error, &at);
        assert_eq!(desk.journal()?.summary().interrupted, case.open, "{at}");
        assert!(!desk.journal()?.summary().applied, "{at}");

        desk.proxy.clear();
        desk.apply(desk.planned().await?).await??;
        assert_eq!(added(&before, &desk.shape().await?), ADDED, "{at}");
        assert_eq!(desk.planned().await?.changes(), 0, "{at}");
        assert!(!desk.journal()?.summary().interrupted, "{at}");
        desk.undo().await??;
        assert_eq!(desk.shape().await?, before, "{at}");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn faulted_undo_resumes_and_completes() -> Result<()> {
    check_every_fault(UNDOES, async |case, write| {
        let at = format!("{} at {write}", case.name);
        let desk = FaultFixture::new().await?;
        let before = desk.shape().await?;
        desk.apply(desk.planned().await?).await??;
        desk.proxy.inject_fault(write, (case.fault)());
        let ended = desk.undo_by(desk.waiting_for(case)).await?;
        let error = ended.err().ok_or_else(|| format!("{at} ends the run"))?;
        assert_eq!(error.key(), case.says, "{at}");
        check_words(&error, &at);
        assert_eq!(desk.journal()?.summary().interrupted, case.open, "{at}");

        desk.proxy.clear();
        let undone = desk.undo().await??;
        assert_eq!((undone.remaining, undone.kept.len()), (0, 0), "{at}");
        assert_eq!(desk.shape().await?, before, "{at}");
        assert!(!desk.journal()?.summary().can_undo, "{at}");
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
    let desk = FaultFixture::new().await?;
    let before = desk.shape().await?;
    for write in WRITES {
        desk.proxy.inject_some(write, 0, 3, throttled(0));
    }
    desk.proxy.inject_some("CreateUser", 3, 1, throttled(1));
    desk.apply(desk.planned().await?).await??;
    assert_eq!(added(&before, &desk.shape().await?), ADDED);

    const LOOKS: [&str; 3] = ["ListUsers", "ListGroups", "ListInstances"];
    let looks = async |fault: Fault| -> Result<()> {
        let desk = FaultFixture::new().await?;
        for look in LOOKS {
            desk.proxy.inject_some(look, 0, 2, fault.clone());
        }
        let aws = match fault {
            Fault::Silence => &desk.hasty,
            _ => &desk.aws,
        };
        assert_eq!(aws.users(&desk.store, |_| ()).await?.len(), 14);
        assert!(!aws.groups(&desk.store).await?.is_empty());
        assert_eq!(aws.instances().await?.len(), 1);
        Ok(())
    };
    let looked = tokio::join!(
        looks(Fault::Silence),
        looks(Fault::LostRequest),
        looks(Fault::LostAnswer),
        looks(Fault::HalfAnswer),
        looks(Fault::Page { status: 503 }),
        looks(throttled(0)),
    );
    looked.0?;
    looked.1?;
    looked.2?;
    looked.3?;
    looked.4?;
    looked.5
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrently_created_resource_is_used_and_kept() -> Result<()> {
    for write in WRITES {
        let desk = FaultFixture::new().await?;
        let before = desk.shape().await?;
        desk.proxy.inject_some(write, 0, 1, Fault::Twice);
        let applied = desk.apply(desk.planned().await?).await??;
        assert_eq!((applied.existed, applied.failed), (1, 0), "{write}");
        assert!(applied.is_complete(), "{write}");
        assert_eq!(desk.planned().await?.changes(), 0, "{write}");
        desk.undo().await??;
        assert_ne!(desk.shape().await?, before, "{write}: others' resources stay");
    }
    Ok(())
}

/// AWS reports a conflict, but the resource can't be found. If the resource is a person, that
/// person is skipped. Otherwise, the run ends.
#[tokio::test(flavor = "multi_thread")]
async fn unresolved_conflict_is_reported() -> Result<()> {
    for write in WRITES {
        let desk = FaultFixture::new().await?;
        desk.proxy.inject_fault(write, Fault::refused("ConflictException"));
        let ended = desk.apply(desk.planned().await?).await?;
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
        let summary = desk.journal()?.summary();
        assert_eq!((summary.applied, summary.interrupted), (false, false), "{write}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn stale_plan_fails_on_deleted_resources() -> Result<()> {
    let desk = FaultFixture::new().await?;
    let stale = desk.planned().await?;
    let known = desk.others.find_user(&desk.store, KNOWN).await?;
    let known = known.ok_or("practice mode lacks the user")?;
    desk.others.delete_user(&desk.store, &known.id).await?;
    let applied = desk.apply(stale).await??;
    assert_eq!((applied.done, applied.failed), (6, 1));
    let rows = desk.journal()?.rows();
    let failed = rows.iter().find(|row| row.error.is_some());
    let failed = failed.ok_or("no failed change in the history")?;
    assert_eq!(failed.subject, KNOWN);
    assert_eq!(failed.error.as_deref(), Some("not_found"));

    // The group's name now belongs to another group.
    let desk = FaultFixture::new().await?;
    let id = desk.others.create_group(&desk.store, GROUP, "by hand").await?;
    let stale = desk.planned().await?;
    desk.others.delete_group(&desk.store, &id).await?;
    desk.others.create_group(&desk.store, GROUP, "another").await?;
    let error = desk.apply(stale).await?.err().ok_or("the group is gone")?;
    assert_eq!(error.key(), "aws-not_found");
    let members = desk.shape().await?;
    assert!(members.contains(&format!("{GROUP} [] false")), "{members:?}");
    Ok(())
}

/// The permission is missing for a check that apply and undo depend on.
#[tokio::test(flavor = "multi_thread")]
async fn denied_read_stops_undo_without_loss() -> Result<()> {
    let looks = [
        ("ListGroups", "identitystore:ListGroups"),
        ("IsMemberInGroups", "identitystore:IsMemberInGroups"),
        ("ListGroupMemberships", "identitystore:ListGroupMemberships"),
    ];
    let desk = FaultFixture::new().await?;
    let before = desk.shape().await?;
    for (operation, action) in looks {
        desk.apply(desk.planned().await?).await??;
        desk.proxy.inject_fault(operation, Fault::refused("AccessDeniedException"));
        let error = desk.undo().await?.err().ok_or("undo succeeded without the read permission")?;
        assert_eq!(error.key(), "aws-denied", "{operation}");
        assert_eq!(error.params()["action"], action);
        desk.proxy.clear();
        desk.undo().await??;
        assert_eq!(desk.shape().await?, before, "{operation}");
    }
    Ok(())
}

/// If undo can't see the assignments of people, it keeps the people, because they may be in use.
/// When a later undo can see the assignments, it removes these people.
#[tokio::test(flavor = "multi_thread")]
async fn undo_keeps_people_with_unseen_assignments() -> Result<()> {
    let desk = FaultFixture::new().await?;
    let before = desk.shape().await?;
    desk.apply(desk.planned().await?).await??;
    let operation = "ListApplicationAssignmentsForPrincipal";
    desk.proxy.inject_fault(operation, Fault::refused("AccessDeniedException"));
    let undone = desk.undo().await??;
    assert!(!undone.kept.is_empty());
    for kept in &undone.kept {
        assert_eq!(kept.reason.code(), "applications_unseen", "{}", kept.subject);
    }
    desk.proxy.clear();
    desk.undo().await??;
    assert_eq!(desk.shape().await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unreachable_aws_leaves_no_open_changes() -> Result<()> {
    let desk = FaultFixture::new().await?;
    let plan = desk.planned().await?;
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
        let journal = desk.journal()?;
        let ended = changes::apply(plan.clone(), &aws, &journal, &Timestamp::now, |_| (), &control);
        let error = ended.await.err().ok_or("AWS is unreachable")?;
        assert_eq!(error.key(), "aws-unreachable");
        check_words(&error, "unreachable");
        assert!(!desk.journal()?.summary().interrupted);
    }
    Ok(())
}

/// The disk fills up during a call to AWS, so the change is made but its outcome can't be recorded.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn full_disk_during_change_is_recoverable() -> Result<()> {
    for write in WRITES {
        let desk = FaultFixture::new().await?;
        let before = desk.shape().await?;
        let (path, aside) = (desk.path(), desk.folder.path().join("aside"));
        let (fills, kept) = (path.clone(), aside.clone());
        let fill = move || {
            std::fs::rename(&fills, &kept)?;
            Ok(std::os::unix::fs::symlink("/dev/full", &fills)?)
        };
        desk.proxy.inject_some(write, 0, 1, Fault::Meanwhile(Arc::new(fill)));
        let error = desk.apply(desk.planned().await?).await?;
        let error = error.err().ok_or("the history can't be written")?;
        assert_eq!(error.key(), "failure-journal_disk_full", "{write}");
        check_words(&error, write);
        std::fs::rename(&aside, &path)?;
        assert!(desk.journal()?.summary().interrupted, "{write}");
        desk.apply(desk.planned().await?).await??;
        assert_eq!(desk.planned().await?.changes(), 0, "{write}");
        desk.undo().await??;
        assert_eq!(desk.shape().await?, before, "{write}");
    }
    Ok(())
}
