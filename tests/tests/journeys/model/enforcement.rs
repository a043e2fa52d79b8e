//! Tests *Ready to enforce* while values change, results arrive, and observations contradict
//! results.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use acceptance::Result;
use identifiers::{EmailAddress, EmailDomain};
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};
use session::{
    Action, Secret, Wizard,
    action::{DryRunAction, PeopleAction, SetupAction, SignInTestAction, StepAction, ValueAction},
    config::{self, PracticeServer, PracticeStart, SessionConfig},
    view::{SetupView, SignInTestResult},
};
use setup::{Field, Step as Page};
use storage::vault;
use tempfile::TempDir;
use transport::Network;

use super::{RunCounts, base::ReadySetupFolder, mistake_report::check_ids};

/// The fields that the dry run depends on. Mappings aren't included, because they're compared with
/// the rows at the time of the check.
const DRY_RUN: [Field; 4] =
    [Field::SpAcsUrl, Field::SpEntityId, Field::ApplicationArn, Field::SubjectMapping];
/// The additional fields that the sign-in tests depend on.
const SIGN_IN_TESTS: [Field; 5] = [
    Field::NopsIssuerUrl,
    Field::NopsSsoEndpoint,
    Field::NopsX509,
    Field::NopsSsoType,
    Field::NopsGroupMapping,
];
const TESTS: [Field; 2] = [Field::TestFromPortal, Field::TestFromNops];
const MAPPINGS: &str = "mappings";
/// The allowed difference between clocks that aren't compared with each other.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(300);

/// An action of a generated sequence.
#[derive(Clone, Debug)]
pub enum Step {
    Enter(Field, &'static str),
    /// Restores the initial value.
    Restore(Field),
    Clear(Field),
    Keep(Field),
    Declare(Field, &'static str),
    Swap(Field, Field),
    /// Pastes a shared result, either for these values or for other values. `age` is in minutes.
    SharedResult {
        passed: bool,
        of_these: bool,
        age: i64,
    },
    Test(Field, SignInTestResult),
    /// Waits this many seconds.
    Wait(i64),
    AddPerson,
    ClearPeople,
    Team(&'static str),
    ForgetTeam,
    /// Restarts the app after AWS has reported this application status.
    Restart(Option<&'static str>),
}

pub fn step() -> impl Strategy<Value = Step> {
    let fields = || {
        let mut all = [&DRY_RUN[..], &SIGN_IN_TESTS, &TESTS].concat();
        all.extend([
            Field::AttributeMappings,
            Field::SpLoginUrl,
            Field::NopsDomain,
            Field::RecoveryAdministrator,
            Field::ApplicationStatus,
            Field::NopsSaved,
            Field::NopsTeamChecked,
            Field::DryRun,
        ]);
        select(all)
    };
    let texts = select(vec![
        "x",
        "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs",
        "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata",
        "https://app.nops.io/sso/v1/0a1b2c3d4e5f",
        "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-fedcba9876543210",
        "${user:name}",
        "Subject\t${user:subject}\temailAddress",
        "example.com",
        "example.org",
        "EXAMPLE.com",
        "ops@example.com",
        "ops@Example.COM",
        "ops@example.org",
        "true",
    ]);
    let results = select(vec![
        SignInTestResult::Passed,
        SignInTestResult::Passed,
        SignInTestResult::Failed,
        SignInTestResult::Untried,
    ]);
    let receipt = (prop::bool::weighted(0.8), prop::bool::weighted(0.8), -10..20_i64);
    let declared = select(vec![
        (Field::NopsSaved, "true"),
        (Field::NopsSaved, "false"),
        (Field::NopsGroupMapping, "true"),
        (Field::NopsGroupMapping, "false"),
        (Field::NopsEnforce, "true"),
        (Field::NopsTeamChecked, "true"),
        (Field::NopsTeamChecked, "true"),
        (Field::NopsTeamChecked, "false"),
        (Field::NopsSsoType, "AWS"),
    ]);
    let statuses =
        select(vec![None, Some("ENABLED"), Some("ENABLED"), Some("DISABLED"), Some("GONE")]);
    let waits = prop_oneof![20 => 1..1000_i64, 1 => Just(40 * 365 * 86_400_i64)];
    prop_oneof![
        3 => (fields(), texts).prop_map(|(field, text)| Step::Enter(field, text)),
        5 => fields().prop_map(Step::Restore),
        1 => fields().prop_map(Step::Clear),
        1 => fields().prop_map(Step::Keep),
        2 => declared.prop_map(|(field, value)| Step::Declare(field, value)),
        1 => (fields(), fields()).prop_map(|(a, b)| Step::Swap(a, b)),
        5 => receipt.prop_map(|(passed, of_these, age)| Step::SharedResult { passed, of_these, age }),
        6 => (select(TESTS.to_vec()), results).prop_map(|(test, result)| Step::Test(test, result)),
        2 => waits.prop_map(Step::Wait),
        1 => Just(Step::AddPerson),
        2 => Just(Step::ClearPeople),
        1 => select(vec!["lena@example.com", "lena@example.net", "samuel.okafor@example.com"])
            .prop_map(Step::Team),
        2 => Just(Step::ForgetTeam),
        2 => statuses.prop_map(Step::Restart),
    ]
}

/// Practice mode without a server, because these sequences don't query AWS or nOps.
struct PracticeDenied;

impl config::Practice for PracticeDenied {
    fn start(&self, _folder: PathBuf, _repair: bool) -> PracticeStart {
        Box::pin(async {
            Ok(PracticeServer {
                base: "http://127.0.0.1:1".to_owned(),
                access_key_id: String::new(),
                secret_access_key: String::new().into(),
                region: "us-east-1".to_owned(),
                portal: "https://d-1234567890.awsapps.com/start".to_owned(),
                moved_from: None,
                running: Box::new(()),
            })
        })
    }
}

/// The values that the window shows at one time.
type Values = BTreeMap<String, String>;

/// A result and the values that it applies to.
#[derive(Clone, Debug)]
struct TestResult {
    at: Timestamp,
    values: Values,
}

pub struct EnforcementScene {
    base: Arc<ReadySetupFolder>,
    home: TempDir,
    wizard: Wizard,
    clock: Arc<AtomicI64>,
    start: SetupView,
    /// The values that the dry run and each sign-in test depended on in the last step.
    last: [Values; 3],
    /// The time of the last change of each known value.
    changed: BTreeMap<String, Timestamp>,
    /// The last result that passed, for the dry run and for each sign-in test.
    given: [Option<TestResult>; 3],
    pub was_open: u32,
    pub was_closed: u32,
}

impl EnforcementScene {
    pub async fn start(base: &Arc<ReadySetupFolder>) -> Result<Self> {
        let home = base.copy()?;
        base.edit(&home, |setup| setup["connection_method"] = json!({"kind": "by_hand"}))?;
        let clock = Arc::new(AtomicI64::new(Timestamp::now().as_second() + 5));
        let (wizard, view) = open(base, &home, &clock).await?;
        let (at, last) = (now(&clock), dependency_values(&view));
        let mut changed = BTreeMap::new();
        for (field, fact) in &view.facts {
            let name = match field {
                Field::AttributeMappings => MAPPINGS.to_owned(),
                field => format!("{field:?}"),
            };
            changed.insert(name, fact.at.parse()?);
        }
        let given = last.clone().map(|values| Some(TestResult { at, values }));
        let mut scene = Self {
            base: Arc::clone(base),
            home,
            wizard,
            clock,
            last,
            start: view,
            changed,
            given,
            was_open: 0,
            was_closed: 0,
        };
        if !scene.start.enforcement.open {
            return Err(
                format!("not ready in the beginning: {:#?}", scene.start.enforcement).into()
            );
        }
        scene.check()?;
        Ok(scene)
    }

    pub async fn take(&mut self, step: &Step, tally: &mut RunCounts) -> Result<()> {
        tally.actions += 1;
        self.clock.fetch_add(1, Ordering::Relaxed);
        let at = now(&self.clock);
        let action: Action = match step {
            Step::Enter(field, text) => {
                ValueAction::Enter { field: *field, text: (*text).to_owned(), html: None }.into()
            }
            Step::Restore(Field::AttributeMappings) => ValueAction::Enter {
                field: Field::AttributeMappings,
                text: mappings(&self.start),
                html: None,
            }
            .into(),
            Step::Restore(field) => match self.start.facts.get(field) {
                Some(fact) => {
                    ValueAction::Enter { field: *field, text: fact.value.clone(), html: None }
                        .into()
                }
                None => ValueAction::Clear { field: *field }.into(),
            },
            Step::Clear(field) => ValueAction::Clear { field: *field }.into(),
            Step::Keep(field) => ValueAction::Keep { field: *field }.into(),
            Step::Declare(field, value) => {
                ValueAction::Declare { field: *field, value: (*value).to_owned() }.into()
            }
            Step::Swap(a, b) => ValueAction::Swap { a: *a, b: *b }.into(),
            Step::SharedResult { passed, of_these, age } => {
                let given = at - SignedDuration::from_mins(*age);
                let text = self.receipt(*passed, *of_these, given);
                DryRunAction::DryRun { response: Secret::new(text) }.into()
            }
            Step::Test(test, result) => {
                SignInTestAction::SignInTest { test: *test, result: *result, error: None }.into()
            }
            Step::Wait(seconds) => {
                self.clock.fetch_add(*seconds, Ordering::Relaxed);
                // The current view was computed before the wait, so go to a step to update it.
                StepAction::Go { step: Page::Finish }.into()
            }
            Step::AddPerson => PeopleAction::AddPeople {
                csv: "email,given name,family name\nlena@example.com,Lena,Fischer\n".to_owned(),
            }
            .into(),
            Step::ClearPeople => PeopleAction::ClearPeople.into(),
            Step::Team(text) => PeopleAction::PasteTeam { text: (*text).to_owned() }.into(),
            Step::ForgetTeam => PeopleAction::ForgetTeam.into(),
            Step::Restart(status) => {
                self.restart(*status, at).await?;
                tally.restarts += 1;
                return self.check();
            }
        };
        tally.see(&action);
        if let Err(failure) = self.wizard.act(action).await
            && failure.code == "wizard_gone"
        {
            return Err("the wizard is gone".into());
        }
        self.note(step, at)?;
        self.check()
    }

    fn receipt(&self, passed: bool, of_these: bool, at: Timestamp) -> String {
        let mut words: Vec<String> =
            self.base.shared_result.split(' ').map(str::to_owned).collect();
        if let [_, result, _, given, digest] = &mut words[..] {
            if !passed {
                "fail".clone_into(result);
            }
            *given = at.strftime("%FT%TZ").to_string();
            if !of_these {
                *digest = "0a".repeat(32);
            }
        }
        words.join(" ")
    }

    async fn restart(&mut self, status: Option<&str>, at: Timestamp) -> Result<()> {
        self.wizard.act(SetupAction::Close).await?;
        if let Some(status) = status {
            self.base.edit(&self.home, |setup| {
                let fact = json!({"value": status, "source": {"kind": "observed"}, "at": at});
                if let Value::Object(facts) = &mut setup["facts"] {
                    facts.insert("application_status".to_owned(), fact);
                }
            })?;
        }
        (self.wizard, _) = open(&self.base, &self.home, &self.clock).await?;
        Ok(())
    }

    fn view(&self) -> Result<SetupView> {
        self.wizard.views().borrow().setup.clone().ok_or_else(|| "no setup is open".into())
    }

    /// Records which values changed and which result was received.
    fn note(&mut self, step: &Step, at: Timestamp) -> Result<()> {
        let values = dependency_values(&self.view()?);
        for (now, before) in values.iter().zip(&self.last) {
            for (name, value) in now.iter().filter(|(name, value)| before.get(*name) != Some(value))
            {
                // After a value is cleared, it no longer affects results.
                match value.is_empty() {
                    true => self.changed.remove(name),
                    false => self.changed.insert(name.clone(), at),
                };
            }
        }
        self.last = values;
        let these = |number: usize| Some(TestResult { at, values: self.last[number].clone() });
        let test = |test: &Field| 1 + usize::from(*test == TESTS[1]);
        match step {
            Step::SharedResult { passed, of_these: true, age }
                if self.last[0] == dependency_values(&self.start)[0] =>
            {
                let given = at - SignedDuration::from_mins(*age);
                let depends = |(name, _): &(&String, &Timestamp)| self.last[0].contains_key(*name);
                let changed = self.changed.iter().filter(depends).map(|(_, at)| *at).max();
                // If a result is refused, nothing changes. Because of rounding, one more second is
                // allowed.
                let counts = changed.is_none_or(|changed| {
                    given + TOLERANCE + SignedDuration::from_secs(1) >= changed
                });
                match (passed, counts) {
                    (true, true) => self.given[0] = these(0),
                    (false, true) => self.given[0] = None,
                    (_, false) => {}
                }
            }
            Step::Test(which, SignInTestResult::Passed) => {
                self.given[test(which)] = these(test(which));
            }
            Step::Test(which, _) => self.given[test(which)] = None,
            Step::Clear(Field::DryRun) => self.given[0] = None,
            Step::Clear(which) if TESTS.contains(which) => self.given[test(which)] = None,
            _ => {}
        }
        Ok(())
    }

    /// Returns whether a result that passed still counts.
    fn counts(&self, number: usize) -> bool {
        self.given[number].as_ref().is_some_and(|given| {
            let newest = given.values.keys().filter_map(|name| self.changed.get(name)).max();
            given.values == self.last[number] && newest.is_none_or(|newest| *newest <= given.at)
        })
    }

    fn check(&mut self) -> Result<()> {
        let view = self.wizard.views().borrow().clone();
        check_ids(&serde_json::to_value(&view)?, "view")?;
        let Some(view) = view.setup else { return Err("no setup is open".into()) };
        if !view.enforcement.open {
            self.was_closed += 1;
            return Ok(());
        }
        self.was_open += 1;
        match self.against(&view) {
            None => Ok(()),
            Some(against) => Err(format!("ready to enforce despite: {against}").into()),
        }
    }

    /// Returns a reason not to turn on *Enforce*, if one is known.
    fn against(&self, view: &SetupView) -> Option<String> {
        let text = |field| view.facts.get(&field).map_or("", |fact| fact.value.as_str());
        let says = |is: bool, what: &str| is.then(|| what.to_owned());
        let expiry = view.certificates.iter().filter_map(|one| one.not_after.parse().ok()).min();
        let domain: Option<EmailDomain> = text(Field::NopsDomain).parse().ok();
        let of = |address: &str| {
            address.parse::<EmailAddress>().ok().map(|address| address.domain().clone())
        };
        let tester = text(Field::Tester);
        let team = text(Field::NopsTeam).lines();
        let locked_out = team
            .filter(|member| domain.is_some() && of(member) == domain)
            .any(|member| !member.eq_ignore_ascii_case(tester));
        says(!self.counts(0), "the dry run doesn't count")
            .or_else(|| says(!self.counts(1), "the test from the portal doesn't count"))
            .or_else(|| says(!self.counts(2), "the test from nOps doesn't count"))
            .or_else(|| {
                let status = text(Field::ApplicationStatus);
                says(matches!(status, "DISABLED" | "GONE"), "the application")
            })
            .or_else(|| says(text(Field::NopsSaved) == "false", "nOps isn't saved"))
            .or_else(|| {
                let expired = expiry.is_some_and(|expiry: Timestamp| expiry < now(&self.clock));
                says(expired, "the certificate has expired")
            })
            .or_else(|| says(view.people.total > 0, "people are only listed"))
            .or_else(|| says(locked_out, "a team member would be locked out"))
            .or_else(|| {
                let is_checked = text(Field::NopsTeamChecked) == "true";
                says(text(Field::NopsTeam).is_empty() && !is_checked, "the team isn't checked")
            })
            .or_else(|| says(domain.is_none() || of(tester) != domain, "the domain"))
            .or_else(|| {
                let recovery = of(text(Field::RecoveryAdministrator));
                says(recovery.is_none() || recovery == domain, "the recovery administrator")
            })
    }
}

async fn open(
    base: &ReadySetupFolder,
    home: &TempDir,
    clock: &Arc<AtomicI64>,
) -> Result<(Wizard, SetupView)> {
    let reading = Arc::clone(clock);
    let wizard = Wizard::start(SessionConfig {
        folder: home.path().join("setups"),
        clock: Arc::new(move || now(&reading)),
        zone: jiff::tz::TimeZone::UTC,
        keychain: vault::opener(None),
        downloads: None,
        practice: Arc::new(PracticeDenied),
        network: Network::default(),
    })?;
    wizard.act(SetupAction::Resume { id: base.id.clone() }).await?;
    let view = wizard.views().borrow().setup.clone().ok_or("no setup is open")?;
    Ok((wizard, view))
}

fn now(clock: &AtomicI64) -> Timestamp {
    Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap_or_default()
}

/// Returns the mapping rows as text that can be pasted.
fn mappings(view: &SetupView) -> String {
    let rows = view.mappings.iter();
    let lines = rows.map(|row| format!("{}\t{}\t{}\n", row.attribute, row.value, row.format));
    lines.collect()
}

/// Returns the values that each result depends on: the dry run, the test from the portal, and the
/// test from nOps.
fn dependency_values(view: &SetupView) -> [Values; 3] {
    let values = |fields: &[Field]| -> Values {
        let value = |field: &Field| {
            let fact = view.facts.get(field);
            (format!("{field:?}"), fact.map(|fact| fact.value.clone()).unwrap_or_default())
        };
        fields.iter().map(value).collect()
    };
    let mut dry_run = values(&DRY_RUN);
    let checked = &view.mappings_checked;
    let checked = if checked.is_empty() { String::new() } else { format!("{checked:?}") };
    dry_run.insert(MAPPINGS.to_owned(), checked);
    let with = |fields: &[Field]| dry_run.clone().into_iter().chain(values(fields)).collect();
    let portal = with(&SIGN_IN_TESTS);
    let nops = with(&[&SIGN_IN_TESTS[..], &[Field::SpLoginUrl]].concat());
    [dry_run, portal, nops]
}
