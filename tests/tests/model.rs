//! Random actions, faults, restarts and kills against practice mode, and what must hold whatever happens.
//!
//! `cargo xtask soak MINUTES` runs it for longer. A failure names the seed of its world: `MODEL_SEED` runs it again.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env, fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use acceptance::{
    Result, canary,
    proxy::{Fault, Proxy},
    rig::Rig,
    steps::{self, TESTER},
};
use people::GroupChoice;
use serde_json::{Value, json};
use session::{
    Action, Secret,
    view::{SignInAnswer, SignInTestResult, World},
};
use setup::{Field, Step};

/// How long the run takes as part of the tests.
const SHORT: Duration = Duration::from_secs(15);
/// Worlds at the same time: they mostly wait for their turn at AWS.
const WORLDS: u64 = 6;
/// Actions in one sequence. Then the app ends, or is killed, and starts again.
const ACTIONS: usize = 10;
/// Sequences in one world.
const SEQUENCES: usize = 12;
/// Must be found in no file.
const CANARY: &str = "canary-wJalrXUtnFEMIK7MDENGbPxRfiCYzz";

static PANICS: AtomicU32 = AtomicU32::new(0);

/// What was tried.
#[derive(Default)]
struct Tally {
    sequences: u32,
    actions: u32,
    faults: u32,
    kills: u32,
    records: usize,
    kinds: BTreeSet<String>,
}

/// A small generator of numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> Option<T> {
        choices.get(self.below(choices.len())).cloned()
    }
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "a soak says how much it tried")]
async fn nothing_is_lost_or_done_twice() -> Result<()> {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(panic);
    }));
    let minutes: Option<u64> =
        env::var("SOAK_MINUTES").ok().map(|text| text.parse()).transpose()?;
    let end = Instant::now() + minutes.map_or(SHORT, |minutes| Duration::from_secs(60 * minutes));
    let first: u64 = match env::var("MODEL_SEED") {
        Ok(seed) => seed.parse()?,
        Err(_) => 1,
    };
    let worlds = (0..WORLDS).map(|number| async move {
        let mut tally = Tally::default();
        let mut seed = first + number;
        while Instant::now() < end {
            let lived = live(seed, end, &mut tally).await;
            lived.map_err(|problem| format!("MODEL_SEED={seed}: {problem}"))?;
            seed += WORLDS;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(tally)
    });
    let mut all = Tally::default();
    for tally in futures_util::future::join_all(worlds).await {
        let tally = tally.map_err(|problem| problem.to_string())?;
        all.sequences += tally.sequences;
        all.actions += tally.actions;
        all.faults += tally.faults;
        all.kills += tally.kills;
        all.records += tally.records;
        all.kinds.extend(tally.kinds);
    }
    println!(
        "{} sequences, {} actions of {} kinds, {} faults, {} kills, {} records",
        all.sequences,
        all.actions,
        all.kinds.len(),
        all.faults,
        all.kills,
        all.records
    );
    assert_eq!(PANICS.load(Ordering::Relaxed), 0, "something panicked");
    assert!(all.faults > 0 && all.kills > 0 && all.records > 0);
    assert!(all.kinds.len() >= 45, "{:?}", all.kinds);
    Ok(())
}

/// One practice mode with what happens in it.
async fn live(
    seed: u64,
    end: Instant,
    tally: &mut Tally,
) -> std::result::Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let lived = world(seed, end, tally).await;
    lived.map_err(|problem| problem.to_string().into())
}

async fn world(seed: u64, end: Instant, tally: &mut Tally) -> Result<()> {
    let mut random = Random(seed);
    let proxy = Proxy::listen().await?;
    let mut rig = Rig::start_behind(proxy.clone()).await?;
    let mut ledger = Ledger::default();
    steps::connect(&rig).await?;
    rig.act(Action::AddPeople { csv: PEOPLE.to_owned() }).await?;
    rig.act(Action::ChooseTester { who: TESTER.to_owned() }).await?;
    for _ in 0..SEQUENCES {
        if Instant::now() > end {
            break;
        }
        tally.sequences += 1;
        for _ in 0..ACTIONS {
            if random.one_in(3) {
                befall(&mut random, &proxy);
                tally.faults += 1;
            }
            let action = action(&mut random, &rig);
            tally.actions += 1;
            tally.kinds.insert(kind(&action));
            if let Err(failure) = rig.act(action.clone()).await
                && failure.code == "wizard_gone"
            {
                return Err(format!("the wizard is gone after {action:?}").into());
            }
            ledger.check(&rig, &proxy)?;
            if random.one_in(3) {
                settle(&rig).await?;
                ledger.check(&rig, &proxy)?;
            }
            if random.one_in(4) {
                proxy.clear();
            }
        }
        let id = rig.view().shelf.first().map(|card| card.id.clone());
        let kill = random.one_in(2);
        tally.kills += u32::from(kill);
        if !kill {
            settle(&rig).await?;
            rig.wizard.quit(Duration::from_secs(3)).await;
        }
        rig = rig.abandon()?;
        if let Some(id) = id {
            rig = rig.resumed(&id).await?;
        }
        ledger.check(&rig, &proxy)?;
    }
    settle(&rig).await?;
    ledger.check(&rig, &proxy)?;
    tally.records += ledger.records();
    let found = canary::files(CANARY, &rig.folder, &[])?;
    if !found.is_empty() {
        return Err(format!("a secret is in {found:?}").into());
    }
    Ok(())
}

const PEOPLE: &str = "email,given name,family name\nlena@example.com,Lena,Fischer\n\
                      tom@example.com,Tom,Sato\nsamuel.okafor@example.com,,\n";

/// Lets what runs come to its end.
async fn settle(rig: &Rig) -> Result<()> {
    // Without a job, or a setup, there's nothing to go on with.
    let _none = rig.act(Action::GoOn).await;
    let name = rig.view().setup.and_then(|setup| setup.job).map(|job| job.name);
    if name.is_some_and(|name| name == "sign_in") {
        let _none = rig.act(Action::Cancel).await;
    }
    if rig.view().setup.is_some() {
        rig.until("the end of the job", |view| view.job.is_none()).await?;
    }
    Ok(())
}

const WRITES: [&str; 8] = [
    "CreateGroup",
    "CreateUser",
    "CreateGroupMembership",
    "CreateApplicationAssignment",
    "DeleteApplicationAssignment",
    "DeleteGroupMembership",
    "DeleteUser",
    "DeleteGroup",
];

fn befall(random: &mut Random, proxy: &Proxy) {
    let fault = match random.below(6) {
        0 => Fault::refused("AccessDeniedException"),
        1 => Fault::refused("ThrottlingException"),
        2 => Fault::LostRequest,
        3 => Fault::LostAnswer,
        4 => Fault::HalfAnswer,
        _ => Fault::Page { status: 503 },
    };
    let reads = ["ListUsers", "ListGroups", "GetUserId", "ListApplicationAssignments"];
    let operations = [&WRITES[..], &reads[..]].concat();
    if let Some(operation) = random.of(&operations) {
        proxy.befall_some(operation, 0, 1 + random.below(2) as u32, fault);
    }
}

/// The kind of an action. A secret is in none of these words.
fn kind(action: &Action) -> String {
    let shown = format!("{action:?}");
    shown.split([' ', '(']).next().unwrap_or_default().to_owned()
}

/// Anything that can be asked for: half of the time what changes AWS, valid or not.
fn action(random: &mut Random, rig: &Rig) -> Action {
    let view = rig.view();
    let shelf: Vec<String> = view.shelf.iter().map(|card| card.id.clone()).collect();
    let setup = view.setup;
    let id = random.of(&shelf).unwrap_or_else(|| "nothing".to_owned());
    if setup.is_none() {
        return match shelf.is_empty() {
            true => create("Another"),
            false => Action::Resume { id },
        };
    }
    let plan = setup.as_ref().and_then(|setup| setup.people.plan.as_ref());
    let plan = plan.map_or_else(|| "none".to_owned(), |plan| plan.id.clone());
    let rows = setup.as_ref().map_or(0, |setup| setup.people.journal.len());
    if random.one_in(2) {
        return match random.below(9) {
            0 | 1 => Action::Plan,
            2..=4 => Action::Apply { plan },
            5 => Action::Undo { uncertain: random.one_in(2) },
            6 => Action::Reconcile,
            7 => Action::Look,
            _ => Action::AssignTester,
        };
    }
    let text = |random: &mut Random| {
        let texts = [
            "",
            "x",
            "https://app.nops.io/sso/v1/1/?acs",
            "https://app.nops.io/sso/v1/1/metadata",
            "ana@example.com",
            "<a href=\"x\">\u{202e}",
            "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef",
        ];
        random.of(&texts).unwrap_or_default().to_owned()
    };
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
    let field = random.of(&fields).unwrap_or(Field::SpAcsUrl);
    let secret = || Secret::new(CANARY.to_owned());
    match random.below(48) {
        0 if shelf.len() < 3 => create("Another"),
        0 | 1 => Action::Resume { id },
        2 => Action::Close,
        3 => Action::Rename { id, name: text(random) },
        4 if shelf.len() > 1 => Action::Delete { id },
        4 | 5 => Action::Go { step: random.of(&Step::ALL).unwrap_or(Step::People) },
        6 => Action::Enter { field, text: text(random), html: None },
        7 => Action::Declare { field, value: "true".to_owned() },
        8 => Action::Keep { field },
        9 => Action::Clear { field },
        10 => Action::Choose { id: text(random) },
        11 => Action::ChooseNone,
        12 => Action::WatchDownloads,
        13 => Action::LeaveDownloads,
        14 => Action::Swap { a: field, b: Field::SpEntityId },
        15 => Action::Paste {
            text: Secret::new(format!("-----BEGIN PRIVATE KEY-----\n{CANARY}\n")),
            html: None,
        },
        16 => Action::ConnectProfile { profile: text(random) },
        17 => Action::ConnectProfileWithCode { profile: text(random), code: secret() },
        18 => Action::ConnectKeys {
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: secret(),
            session_token: Some(secret()),
            region: "us-east-1".to_owned(),
            remember: random.one_in(2),
        },
        19 => Action::SignIn {
            start_url: "https://d-0000000000.awsapps.com/start".to_owned(),
            region: "us-east-1".to_owned(),
            answer: SignInAnswer::Code,
        },
        20 => Action::ChooseAccount { account: "123456789012".to_owned() },
        21 => Action::ConnectRole { role: text(random) },
        22 | 23 => Action::ConnectPractice,
        24 => Action::ByHand,
        25 => Action::Disconnect,
        26 => Action::CheckNopsKey { key: secret() },
        27 => Action::ForgetNopsKey,
        28 => Action::Watch,
        29 => Action::StopWatching,
        30 => Action::AskNow,
        31 => Action::ChooseApplication { arn: text(random) },
        32 => Action::FetchMetadata,
        33 => Action::ChooseTester { who: TESTER.to_owned() },
        34 => Action::UnassignTester,
        35 => Action::DryRun { response: secret() },
        36 => Action::ForgetResponse,
        37 => Action::SignInTest {
            test: field,
            result: random
                .of(&[SignInTestResult::Passed, SignInTestResult::Failed])
                .unwrap_or(SignInTestResult::Untried),
            error: None,
        },
        38 => Action::ChooseGroup { group: GroupChoice::New { name: text(random) } },
        39 => Action::AddPerson {
            given_name: text(random),
            family_name: "Fischer".to_owned(),
            email: text(random),
            user_name: None,
        },
        40 => Action::AddPeople { csv: PEOPLE.to_owned() },
        41 => Action::RemovePerson { key: format!("p{}", random.below(4)) },
        42 => match random.one_in(4) {
            true => Action::ClearPeople,
            false => Action::ForgetTeam,
        },
        43 => Action::PasteTeam { text: text(random) },
        44 => Action::Cancel,
        45 => Action::Pause,
        46 => Action::GoOn,
        _ => Action::MarkUnknown { number: random.below(rows + 2) as u32 },
    }
}

fn create(name: &str) -> Action {
    Action::Create {
        name: name.to_owned(),
        world: World::Practice,
        repair: false,
        aws_role: true,
        nops_role: true,
    }
}

/// What was seen so far, and must never be lost.
#[derive(Default)]
struct Ledger {
    /// The whole lines of each change history.
    histories: HashMap<PathBuf, Vec<u8>>,
    /// Changes that were intended, by history; those of a deleted setup count too.
    intended: HashMap<PathBuf, usize>,
    /// Calls that may have changed AWS.
    writes: usize,
    /// Calls seen and calls counted.
    seen: usize,
    counted: usize,
}

impl Ledger {
    fn check(&mut self, rig: &Rig, proxy: &Proxy) -> Result<()> {
        let view = rig.view();
        // Calls seen at the last check have their answers by now, if they ever get one.
        let calls = proxy.calls();
        let seen = std::mem::replace(&mut self.seen, calls.len());
        let news = calls.iter().take(seen).skip(self.counted);
        self.counted = seen;
        self.writes += news
            .filter(|call| WRITES.contains(&call.operation.as_str()))
            .filter(|call| !call.output.contains("ThrottlingException"))
            .count();
        let mut outcomes = BTreeMap::new();
        for entry in fs::read_dir(&rig.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "journal") {
                let settled = self.history(&path)?;
                outcomes.insert(path.file_stem().map(|stem| stem.to_owned()), settled);
            }
        }
        self.histories.retain(|path, _| path.exists());
        let intended: usize = self.intended.values().sum();
        if self.writes > intended {
            return Err(format!("{} calls for {intended} changes", self.writes).into());
        }
        check_ids(&serde_json::to_value(&view)?, "view")?;
        let Some(setup) = view.setup else { return Ok(()) };
        let known = outcomes.get(&Some(setup.id.clone().into()));
        for row in &setup.people.journal {
            let is_settled = !matches!(row.outcome.as_str(), "intended" | "interrupted");
            if is_settled && !known.is_some_and(|known| known.contains(&row.number)) {
                return Err(format!("the record of {row:?} is lost").into());
            }
        }
        let contrary = setup.findings.iter().find(|finding| CONTRARY.contains(&&*finding.code));
        match contrary {
            Some(finding) if setup.gate.open => {
                Err(format!("ready to enforce despite {}", finding.code).into())
            }
            _ => Ok(()),
        }
    }

    /// Checks a change history, and says which changes in it have an outcome.
    fn history(&mut self, path: &Path) -> Result<BTreeSet<u32>> {
        let Ok(bytes) = fs::read(path) else { return Ok(BTreeSet::new()) };
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let whole = &bytes[..end];
        let before = self.histories.get(path).map(Vec::as_slice).unwrap_or_default();
        if !whole.starts_with(before) {
            return Err(format!("{} lost lines", path.display()).into());
        }
        let (mut intended, mut settled) = (BTreeSet::new(), BTreeSet::new());
        for line in whole.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: Value = serde_json::from_slice(line)
                .map_err(|_| format!("not a record: {}", String::from_utf8_lossy(line)))?;
            let number = line["number"].as_u64().or(line["of"].as_u64()).unwrap_or_default() as u32;
            match line["line"].as_str().unwrap_or_default() {
                "intended" if !intended.insert(number) => {
                    return Err(format!("change {number} is intended twice").into());
                }
                "done" | "existed" | "found" | "unknown" | "failed"
                    if !intended.contains(&number) || !settled.insert(number) =>
                {
                    return Err(format!("change {number} ends twice or never began").into());
                }
                // What stays has an entry of its own.
                "kept" => {
                    let own = intended.len() as u32 + 1;
                    intended.insert(own);
                    settled.insert(own);
                }
                _ => {}
            }
        }
        self.intended.insert(path.to_owned(), intended.len());
        self.histories.insert(path.to_owned(), whole.to_vec());
        Ok(settled)
    }

    fn records(&self) -> usize {
        self.intended.values().sum()
    }
}

/// Findings that are known to stand against *Enforce*.
const CONTRARY: [&str; 3] = ["application_disabled", "application_gone", "certificate_expired"];

/// Every list whose items have an id has no id twice.
fn check_ids(value: &Value, at: &str) -> Result<()> {
    match value {
        Value::Array(items) => {
            for key in ["id", "number"] {
                let mut ids = BTreeSet::new();
                for id in items.iter().filter_map(|item| item.get(key)) {
                    if *id != json!(null) && !ids.insert(id.to_string()) {
                        return Err(format!("{at} has {key} {id} twice").into());
                    }
                }
            }
            items.iter().try_for_each(|item| check_ids(item, at))
        }
        Value::Object(members) => {
            members.iter().try_for_each(|(name, member)| check_ids(member, name))
        }
        _ => Ok(()),
    }
}
