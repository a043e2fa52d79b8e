//! Tests the whole session with any action, valid or not, and with faults, delayed writes, kills
//! and second windows.

use std::{
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::Duration,
};

use acceptance::{
    Result,
    harness::Harness,
    proxy::{Fault, Proxy},
    secret_scan,
    steps::TESTER,
};
use people::{GroupChoice, csv::ColumnChoice};
use proptest::{
    prelude::*,
    sample::{Index, select},
};
use session::{
    Action, Failure, Secret, Wizard,
    action::{
        ApplicationAction, ColumnAnswer, ConnectionAction, DownloadsAction, DryRunAction,
        JobAction, PeopleAction, SetupAction, SignInAction, SignInTestAction, StepAction,
        ValueAction,
    },
    jobs::JobKind,
    view::{SetupKind, SignInMethod, SignInTestResult},
};
use setup::{Field, Step as Page};

use super::{
    RunCounts,
    base::ReadySetupFolder,
    mistake_report::{HistoryCounts, WRITES},
};

/// A secret that must not be in any file.
const CANARY: &str = "canaryWJalrXUtnFEMIK7MDENGbPxRfiCYzzEXAM";
const PEOPLE: &str = "email,given name,family name\nlena@example.com,Lena,Fischer\n\
                      tom@example.com,Tom,Sato\nsamuel.okafor@example.com,,\n";
const UNCLEAR: &str = "Box 1,Box 2\nlena@example.com,lena@example.net\n";
/// The number of other kinds of actions: those that neither make changes nor determine which setup
/// is open.
const OTHERS: usize = 48;
/// The maximum time that a write is delayed.
const HELD: Duration = Duration::from_secs(20);

/// One step of a sequence. An index selects one of the items that exist when the step runs.
#[derive(Clone, Debug)]
pub enum SessionStep {
    /// Adds a person who isn't on the list yet.
    NewPerson,
    Plan,
    /// Applies the current plan. If `false`, applies a plan that doesn't exist.
    Apply(bool),
    Undo(bool),
    Reconcile,
    Assign,
    Unassign,
    MarkUnknown(Index),
    Look,
    Open(Index),
    Close,
    Create,
    Delete(Index),
    Other(usize, Index, Index),
    Fault(&'static str, FaultKind, u32),
    NoFaults,
    /// Applies a change while AWS takes a long time to respond to the first call.
    Hold,
    Release,
    Settle,
    Quit,
    Kill,
    /// Starts a second instance that acts on the setups.
    SecondWindow(usize),
}

#[derive(Clone, Copy, Debug)]
pub enum FaultKind {
    Denied,
    Throttled,
    LostRequest,
    LostAnswer,
    HalfAnswer,
    Page,
}

impl FaultKind {
    fn fault(self) -> Fault {
        match self {
            Self::Denied => Fault::refused("AccessDeniedException"),
            Self::Throttled => Fault::refused("ThrottlingException"),
            Self::LostRequest => Fault::LostRequest,
            Self::LostAnswer => Fault::LostAnswer,
            Self::HalfAnswer => Fault::HalfAnswer,
            Self::Page => Fault::Page { status: 503 },
        }
    }
}

pub fn step() -> impl Strategy<Value = SessionStep> {
    use FaultKind::{Denied, HalfAnswer, LostAnswer, LostRequest, Page, Throttled};
    let reads = ["ListUsers", "ListGroups", "GetUserId", "ListApplicationAssignments"];
    let operations = [&WRITES[..], &reads[..]].concat();
    let faults = select(vec![Denied, Throttled, LostRequest, LostAnswer, HalfAnswer, Page]);
    let index = any::<Index>;
    prop_oneof![
        3 => Just(SessionStep::NewPerson),
        4 => Just(SessionStep::Plan),
        5 => prop::bool::weighted(0.9).prop_map(SessionStep::Apply),
        3 => any::<bool>().prop_map(SessionStep::Undo),
        2 => Just(SessionStep::Reconcile),
        1 => Just(SessionStep::Assign),
        1 => Just(SessionStep::Unassign),
        1 => index().prop_map(SessionStep::MarkUnknown),
        1 => Just(SessionStep::Look),
        3 => index().prop_map(SessionStep::Open),
        3 => Just(SessionStep::Close),
        1 => Just(SessionStep::Create),
        1 => index().prop_map(SessionStep::Delete),
        12 => (0..OTHERS, index(), index()).prop_map(|(kind, a, b)| SessionStep::Other(kind, a, b)),
        6 => (select(operations), faults, 1..3_u32)
            .prop_map(|(operation, fault, times)| SessionStep::Fault(operation, fault, times)),
        2 => Just(SessionStep::NoFaults),
        4 => Just(SessionStep::Hold),
        2 => Just(SessionStep::Release),
        4 => Just(SessionStep::Settle),
        1 => Just(SessionStep::Quit),
        2 => Just(SessionStep::Kill),
        2 => (0..4_usize).prop_map(SessionStep::SecondWindow),
    ]
}

/// Runs the steps. If a step fails, the error includes the steps so far.
pub async fn run(
    base: &Arc<ReadySetupFolder>,
    steps: &[SessionStep],
    tally: &mut RunCounts,
) -> Result<()> {
    let mut scene = SessionScene::start(base).await?;
    let mut lived = Ok(());
    for step in steps {
        lived = scene.take(step, tally).await;
        if lived.is_err() {
            break;
        }
    }
    if lived.is_ok() {
        lived = scene.end(tally).await;
    }
    scene.release();
    lived.map_err(|problem| format!("{problem}\n{}", scene.done.join("\n")).into())
}

struct SessionScene {
    /// The harness, which is `None` only while it's being replaced.
    rig: Option<Harness>,
    proxy: Proxy,
    ledger: HistoryCounts,
    /// Releases a delayed write when this value is dropped.
    held: Option<mpsc::Sender<()>>,
    people: u32,
    done: Vec<String>,
}

impl SessionScene {
    async fn start(base: &Arc<ReadySetupFolder>) -> Result<Self> {
        let proxy = Proxy::listen().await?;
        let rig = Harness::new_in_home(base.copy()?, proxy.clone())?;
        let ledger = HistoryCounts::of(&rig)?;
        rig.act(SetupAction::Resume { id: base.id.clone() }).await?;
        rig.wait_until("the connection", |view| view.job.is_none()).await?;
        Ok(Self { rig: Some(rig), proxy, ledger, held: None, people: 0, done: Vec::new() })
    }

    fn rig(&self) -> Result<&Harness> {
        self.rig.as_ref().ok_or_else(|| "the wizard has stopped".into())
    }

    async fn take(&mut self, step: &SessionStep, tally: &mut RunCounts) -> Result<()> {
        match step {
            SessionStep::Fault(operation, kind, times) => {
                tally.faults += 1;
                self.done.push(format!("{kind:?} fault: {operation}, {times} times"));
                self.proxy.inject_some(operation, 0, *times, kind.fault());
            }
            SessionStep::NoFaults => self.no_faults(),
            SessionStep::Hold => self.hold(tally).await?,
            SessionStep::Release => self.release(),
            SessionStep::Settle => self.settle().await?,
            SessionStep::Quit => {
                tally.restarts += 1;
                self.release();
                self.settle().await?;
                self.rig()?.wizard.quit(Duration::from_secs(3)).await;
                self.restart().await?;
            }
            SessionStep::Kill => {
                tally.kills += 1;
                self.restart().await?;
            }
            SessionStep::SecondWindow(what) => self.second_window(*what).await?,
            step => {
                let action = self.action(step)?;
                drop(self.act(action, tally).await?);
            }
        }
        self.check()
    }

    fn check(&mut self) -> Result<()> {
        let rig = self.rig.as_ref().ok_or("the wizard has stopped")?;
        self.ledger.check(rig, &self.proxy)
    }

    async fn act(
        &mut self,
        action: Action,
        tally: &mut RunCounts,
    ) -> Result<std::result::Result<(), Failure>> {
        tally.actions += 1;
        tally.see(&action);
        let done = self.rig()?.act(action.clone()).await;
        let told =
            done.as_ref().map_or_else(|failure| failure.code.clone(), |()| "fine".to_owned());
        self.done.push(format!("{action:?}: {told}"));
        match told == "wizard_gone" {
            true => Err("the wizard is gone".into()),
            false => Ok(done),
        }
    }

    /// Adds a new person and applies the plan, with a delay at the first write.
    async fn hold(&mut self, tally: &mut RunCounts) -> Result<()> {
        self.settle().await?;
        self.no_faults();
        for step in [SessionStep::NewPerson, SessionStep::Plan] {
            let action = self.action(&step)?;
            if self.act(action, tally).await?.is_err() {
                return Ok(());
            }
            self.settle().await?;
        }
        let (release, released) = mpsc::channel::<()>();
        let released = Mutex::new(released);
        let wait = move || {
            // Dropping the sender also releases the write.
            let released = released.lock().unwrap_or_else(PoisonError::into_inner);
            let _released = released.recv_timeout(HELD);
            Ok(())
        };
        let before = self.proxy.call_count("CreateUser");
        self.proxy.inject_some("CreateUser", 0, 1, Fault::Meanwhile(Arc::new(wait)));
        let action = self.action(&SessionStep::Apply(true))?;
        if self.act(action, tally).await?.is_err() {
            return Ok(());
        }
        let is_over = tokio::select! {
            called = self.proxy.wait_for_calls_after("CreateUser", before) => called.is_err(),
            over = self.rig()?.wait_until("a write", |view| view.job.is_none()) => over.is_ok(),
        };
        if !is_over {
            tally.held += 1;
            self.held = Some(release);
            self.done.push("AWS takes long to answer CreateUser".to_owned());
        }
        Ok(())
    }

    fn release(&mut self) {
        if self.held.take().is_some() {
            self.done.push("AWS answers".to_owned());
        }
    }

    fn no_faults(&mut self) {
        self.release();
        self.proxy.clear();
        self.done.push("all faults are removed".to_owned());
    }

    /// Releases delayed calls and waits until the running job ends.
    async fn settle(&mut self) -> Result<()> {
        self.release();
        let rig = self.rig()?;
        // If there is no job or no setup, this has no effect.
        let _none = rig.act(JobAction::GoOn).await;
        let name = rig.view().setup.and_then(|setup| setup.job).map(|job| job.name);
        if name.is_some_and(|name| name == JobKind::SignIn) {
            let _none = rig.act(JobAction::Cancel).await;
        }
        if rig.view().setup.is_some() {
            rig.wait_until("the end of the job", |view| view.job.is_none()).await?;
        }
        Ok(())
    }

    /// Restarts the app. A setup can't be opened while a run from before the restart is writing to
    /// it.
    async fn restart(&mut self) -> Result<()> {
        let before = self.rig()?.view();
        let first = before.setups.first().map(|card| card.id.clone());
        let id = before.setup.map(|setup| setup.id).or(first);
        let rig = self.rig.take().ok_or("the wizard has stopped")?;
        let mut rig = rig.restart_without_shutdown()?;
        let mut told = "the app starts again".to_owned();
        if let Some(id) = id {
            if self.held.is_some() {
                let opened = rig.act(SetupAction::Resume { id: id.clone() }).await;
                if opened.is_ok() {
                    return Err("a setup was opened while a run of the last start writes".into());
                }
                self.release();
            }
            rig = rig.resume_when_unlocked(&id).await?;
            told.push_str(" and opens its setup");
        }
        self.rig = Some(rig);
        self.done.push(told);
        self.settle().await
    }

    /// Starts a second instance. It must not change the setup that is open in the first instance.
    async fn second_window(&mut self, what: usize) -> Result<()> {
        let Some(setup) = self.rig()?.view().setup else { return Ok(()) };
        let second: Wizard = self.rig()?.start_second_wizard()?;
        let id = setup.id;
        let action = match what {
            0 => SetupAction::Resume { id },
            1 => SetupAction::Delete { id },
            2 => SetupAction::Rename { id, name: "Renamed elsewhere".to_owned() },
            _ => SetupAction::Resume { id: "nothing".to_owned() },
        };
        self.done.push(format!("a second window: {action:?}"));
        match second.act(action).await {
            Ok(()) => Err("a second window changed a setup that is open here".into()),
            Err(_) => Ok(()),
        }
    }

    /// Runs the final checks: every unknown outcome gets resolved, and no secret is on disk.
    async fn end(&mut self, tally: &mut RunCounts) -> Result<()> {
        self.no_faults();
        self.settle().await?;
        self.check()?;
        tally.records += self.ledger.records();
        let found = secret_scan::files(CANARY, &self.rig()?.folder, &[])?;
        match found.is_empty() {
            true => Ok(()),
            false => Err(format!("a secret is in {found:?}").into()),
        }
    }

    fn action(&mut self, step: &SessionStep) -> Result<Action> {
        let view = self.rig()?.view();
        let ids: Vec<String> = view.setups.iter().map(|card| card.id.clone()).collect();
        let one = |which: &Index| match ids.is_empty() {
            true => "nothing".to_owned(),
            false => which.get(&ids).clone(),
        };
        let people = view.setup.as_ref().map(|setup| &setup.people);
        let plan = people.and_then(|people| Some(people.plan.as_ref()?.id.clone()));
        let rows = people.map_or(0, |people| people.journal.len());
        Ok(match step {
            SessionStep::NewPerson => {
                self.people += 1;
                let number = self.people;
                PeopleAction::AddPerson {
                    given_name: "Lena".to_owned(),
                    family_name: "Fischer".to_owned(),
                    email: format!("lena{number}@example.com"),
                    user_name: None,
                }
                .into()
            }
            SessionStep::Plan => PeopleAction::Plan.into(),
            SessionStep::Apply(true) => {
                PeopleAction::Apply { plan: plan.unwrap_or_else(|| "none".to_owned()) }.into()
            }
            SessionStep::Apply(false) => PeopleAction::Apply { plan: "none".to_owned() }.into(),
            SessionStep::Undo(uncertain) => PeopleAction::Undo { uncertain: *uncertain }.into(),
            SessionStep::Reconcile => PeopleAction::Reconcile.into(),
            SessionStep::Assign => DryRunAction::AssignTester.into(),
            SessionStep::Unassign => DryRunAction::UnassignTester.into(),
            SessionStep::MarkUnknown(which) => {
                PeopleAction::MarkUnknown { number: u32::try_from(which.index(rows + 2))? }.into()
            }
            SessionStep::Look => ConnectionAction::Look.into(),
            SessionStep::Open(which) => SetupAction::Resume { id: one(which) }.into(),
            SessionStep::Close => SetupAction::Close.into(),
            SessionStep::Create if ids.len() < 3 => create("Another"),
            SessionStep::Create => PeopleAction::Plan.into(),
            SessionStep::Delete(which) => SetupAction::Delete { id: one(which) }.into(),
            SessionStep::Other(kind, a, b) => other(*kind, *a, *b, &one(a)),
            other => return Err(format!("{other:?} is no action").into()),
        })
    }
}

fn create(name: &str) -> Action {
    SetupAction::Create {
        name: name.to_owned(),
        world: SetupKind::Practice,
        repair: false,
        aws_role: true,
        nops_role: true,
    }
    .into()
}

fn other(kind: usize, a: Index, b: Index, id: &str) -> Action {
    let texts = [
        "",
        "x",
        "https://app.nops.io/sso/v1/1/?acs",
        "https://app.nops.io/sso/v1/1/metadata",
        "ana@example.com",
        "<a href=\"x\">\u{202e}",
        "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef",
    ];
    let fields = [
        Field::SpAcsUrl,
        Field::SpEntityId,
        Field::IdpLink,
        Field::NopsX509,
        Field::NopsDomain,
        Field::ApplicationArn,
        Field::NopsSaved,
        Field::TestFromPortal,
        Field::TestFromNops,
        Field::DryRun,
        Field::Group,
    ];
    let text = |index: Index| (*index.get(&texts)).to_owned();
    let (field, id) = (*a.get(&fields), id.to_owned());
    let secret = || Secret::new(CANARY.to_owned());
    match kind {
        0 => SetupAction::Rename { id, name: text(b) }.into(),
        1 => StepAction::Go { step: *b.get(Page::ALL) }.into(),
        2 => ValueAction::Enter { field, text: text(b), html: None }.into(),
        3 => ValueAction::Declare { field, value: "true".to_owned() }.into(),
        4 => ValueAction::Keep { field }.into(),
        5 => ValueAction::Clear { field }.into(),
        6 => ValueAction::Choose { id: text(b) }.into(),
        7 => ValueAction::ChooseNone.into(),
        8 => DownloadsAction::WatchDownloads.into(),
        9 => DownloadsAction::LeaveDownloads.into(),
        10 => ValueAction::Swap { a: field, b: *b.get(&fields) }.into(),
        11 => StepAction::Paste {
            text: Secret::new(format!("-----BEGIN PRIVATE KEY-----\n{CANARY}\n")),
            html: None,
        }
        .into(),
        12 => {
            ConnectionAction::ConnectProfile { profile: text(b), region: None, code: None }.into()
        }
        13 => {
            let (region, code) = (Some("us-east-1".to_owned()), Some(secret()));
            ConnectionAction::ConnectProfile { profile: text(b), region, code }.into()
        }
        14 => ConnectionAction::ConnectKeys {
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: secret(),
            session_token: Some(secret()),
            region: "us-east-1".to_owned(),
            remember: b.index(2) == 0,
        }
        .into(),
        15 => SignInAction::SignIn {
            start_url: "https://d-0000000000.awsapps.com/start".to_owned(),
            region: "us-east-1".to_owned(),
            answer: SignInMethod::Code,
        }
        .into(),
        16 => SignInAction::ChooseAccount { account: "123456789012".to_owned() }.into(),
        17 => SignInAction::ConnectRole { role: text(b) }.into(),
        18 => ConnectionAction::ConnectPractice.into(),
        19 => ConnectionAction::ByHand.into(),
        20 => ConnectionAction::Disconnect.into(),
        21 => ConnectionAction::CheckNopsKey { key: secret() }.into(),
        22 => ConnectionAction::ForgetNopsKey.into(),
        23 => ApplicationAction::Watch.into(),
        24 => ApplicationAction::StopWatching.into(),
        25 => ApplicationAction::AskNow.into(),
        26 => ApplicationAction::ChooseApplication { arn: text(b) }.into(),
        27 => ApplicationAction::FetchMetadata.into(),
        28 => DryRunAction::ChooseTester { who: TESTER.to_owned() }.into(),
        29 => DryRunAction::DryRun { response: secret() }.into(),
        30 => DryRunAction::ForgetResponse.into(),
        31 => SignInTestAction::SignInTest {
            test: field,
            result: *b.get(&[
                SignInTestResult::Passed,
                SignInTestResult::Failed,
                SignInTestResult::Untried,
            ]),
            error: Some(secret()),
        }
        .into(),
        32 => PeopleAction::ChooseGroup { group: GroupChoice::New { name: text(b) } }.into(),
        33 => PeopleAction::AddPerson {
            given_name: text(a),
            family_name: "Fischer".to_owned(),
            email: text(b),
            user_name: None,
        }
        .into(),
        34 => PeopleAction::AddPeople { csv: PEOPLE.to_owned() }.into(),
        35 => PeopleAction::AddPeople {
            csv: format!("Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,{CANARY}\n"),
        }
        .into(),
        36 => PeopleAction::RemovePerson { key: format!("p{}", b.index(4)) }.into(),
        37 => PeopleAction::ClearPeople.into(),
        38 => PeopleAction::PasteTeam { text: text(b) }.into(),
        39 => PeopleAction::ForgetTeam.into(),
        40 => JobAction::Cancel.into(),
        41 => JobAction::Pause.into(),
        42 => JobAction::GoOn.into(),
        43 => PeopleAction::AddPeople { csv: UNCLEAR.to_owned() }.into(),
        44 => PeopleAction::ChooseColumns {
            columns: vec![ColumnAnswer {
                number: u32::try_from(a.index(4)).unwrap_or_default(),
                choice: ColumnChoice::Email,
            }],
        }
        .into(),
        45 => PeopleAction::ChooseSheet { sheet: text(b) }.into(),
        46 => PeopleAction::DiscardList.into(),
        _ => StepAction::ClearLast.into(),
    }
}
