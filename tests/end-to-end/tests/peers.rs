//! Tests with third-party software: boto3 and python3-saml call a new practice server, our adapter
//! calls moto's simulated AWS, and botocore's models validate our AWS calls.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use acceptance::{
    Result,
    corpus::configurations,
    peer::{self, Peer},
    proxy::Proxy,
};
use changes::{self, History, RunControl, UncertainResources};
use identity_center::{
    Connection, Credentials, EventName, PolicyResources, Principal, Profiles, event_history_policy,
    policy, preflight,
};
use jiff::{SignedDuration, Timestamp};
use nops_sso_practice::{Practice, RateLimit, Settings, Switches};
use people::{People, Person};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use serde_json::{Value, json};
use session::{Document, export::export};
use setup::{FactValue, Field, Source};
use storage::store::{Setup, SetupKind};
use tempfile::TempDir;
use transport::{Network, Transport};
use uuid::Uuid;

const GROUP: &str = "nOps users";
const REGION: &str = "us-east-1";

/// The rate limit of the practice server that limits calls. It's lower than boto3's call rate on a
/// busy machine.
const CALLS_PER_SECOND: u32 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn boto3_accepts_practice_api() -> Result<()> {
    let later = Arc::new(AtomicI64::new(0));
    let by = Arc::clone(&later);
    let clock = move || Timestamp::now() + SignedDuration::from_secs(by.load(Ordering::Relaxed));
    let world = Practice::start_with_clock(Settings::default(), Arc::new(clock)).await?;
    let rate_limit = Some(RateLimit { calls_per_second: CALLS_PER_SECOND, is_shared: false });
    let limited = Practice::start(Settings { rate_limit, ..Settings::default() }).await?;
    let arguments = [
        &world.addresses().aws_endpoint,
        &limited.addresses().aws_endpoint,
        &CALLS_PER_SECOND.to_string(),
    ];
    peer::run("boto3_practice.py", &arguments.map(String::as_str), "")?;
    // CloudTrail shows events only after a delay.
    later.store(60, Ordering::Relaxed);
    peer::run("boto3_practice.py", &[&world.addresses().aws_endpoint, "events"], "")
}

#[tokio::test(flavor = "multi_thread")]
async fn python3_saml_agrees_with_practice() -> Result<()> {
    let world = Practice::start(Settings::default()).await?;
    let assertion_only = Practice::start(Settings {
        switches: Switches { sign_assertion_only: true, ..Switches::default() },
        ..Settings::default()
    })
    .await?;
    let worlds = [
        &serde_json::to_string(world.addresses())?,
        &serde_json::to_string(assertion_only.addresses())?,
    ];
    peer::run("python3_saml_practice.py", &worlds.map(String::as_str), "")
}

/// Sends each kind of request that we make to AWS once, and records practice mode's responses.
#[tokio::test(flavor = "multi_thread")]
async fn botocore_models_match_our_traffic() -> Result<()> {
    let world = Practice::start(Settings::default()).await?;
    let at = world.addresses();
    let proxy = Proxy::in_front_of(&at.aws_endpoint).await?;
    let aws = connection(&proxy.base_url(), &at.access_key_id, &at.secret_access_key).await?;

    let found = preflight(&aws, &Transport::Practice { port: 1 }, |_, _| ()).await?;
    let instance = found.chosen.ok_or("practice mode lacks an instance")?;
    let applications = found.applications.ok_or("no applications")??.listed;
    let application = &applications.first().ok_or("no application")?.arn;
    let mut people = People::default();
    people.add_csv(&unusual_people());
    assert_eq!(people.skipped_rows().len(), 0, "{:?}", people.skipped_rows());
    let store = &instance.identity_store_id;
    let plan = changes::plan(&people, &[], &[], &[], false, Some(application), store, true);
    let folder = TempDir::new()?;
    let journal = History::open(folder.path().join("setup.journal"))?;
    let control = RunControl::default();
    let applied = changes::apply(plan, &aws, &journal, &Timestamp::now, |_| (), &control).await?;
    assert_eq!((applied.failed, applied.remaining), (0, 0));
    look_at_everything(&aws, store, &instance.arn, application, &people.rows()[0]).await;
    // Apply the same plan again, so that AWS reports conflicts.
    let again = changes::plan(&people, &[], &[], &[], false, Some(application), store, true);
    let other = History::open(folder.path().join("other.journal"))?;
    changes::apply(again, &aws, &other, &Timestamp::now, |_| (), &control).await?;
    let undone = changes::undo(
        &aws,
        &instance.arn,
        &journal,
        (changes::UndoScope::Everything, UncertainResources::Leave),
        &Timestamp::now,
        |_, _| (),
        &control,
    )
    .await?;
    assert_eq!((undone.remaining, undone.kept.len()), (0, 0));

    let operations: BTreeSet<String> =
        proxy.calls().into_iter().map(|call| call.operation).collect();
    let asked: BTreeSet<String> = actions()?
        .iter()
        // The proxy records only calls with a target or a form.
        .filter(|action| !is_account_access(action))
        .filter_map(|action| action.split(':').nth(1))
        .map(str::to_owned)
        .chain(["GetCallerIdentity".to_owned()])
        .collect();
    assert_eq!(operations, asked, "every action of the policy was used");
    let mut lines = String::new();
    for call in proxy.calls() {
        let line = json!({
            "target": call.target,
            "input": call.input,
            "status": call.status,
            "output": call.output,
        });
        lines.push_str(&format!("{line}\n"));
    }
    peer::run("wire.py", &["-"], &lines)
}

/// Compares the change history with the users, groups and memberships in moto's simulated AWS.
#[tokio::test(flavor = "multi_thread")]
async fn moto_matches_change_history() -> Result<()> {
    let mut moto = Peer::start("moto_world.py")?;
    let up =
        moto.send_and_read(&format!("{}\n\n", one_line(&policy(PolicyResources::default()))?))?;
    let store = text(&up["store"])?;
    let (user, endpoint) = (&up["users"][0], text(&up["endpoint"])?);
    let aws = connection(&endpoint, &text(&user["key"])?, &text(&user["secret"])?).await?;
    assert!(aws.whoami().await?.arn.ends_with(":user/user0"));

    let before = moto.send_and_read("look\n")?;
    assert_eq!(before, json!({"users": [], "groups": {}}));
    let mut people = People::default();
    people.add_csv(
        "email,given name,family name\nana@example.com,Ana,Lima\nben@example.com,Ben,Roy\n",
    );
    let folder = TempDir::new()?;
    let journal = History::open(folder.path().join("setup.journal"))?;
    let control = RunControl::default();
    let planned = async || -> Result<changes::Plan> {
        let users = aws.users(&store, |_| ()).await?;
        let groups = aws.groups(&store).await?;
        let members = match groups.iter().find(|group| group.name == GROUP) {
            Some(group) => aws.members(&store, &group.id).await?,
            None => Vec::new(),
        };
        Ok(changes::plan(&people, &users, &groups, &members, false, None, &store, true))
    };
    let applied =
        changes::apply(planned().await?, &aws, &journal, &Timestamp::now, |_| (), &control).await?;
    assert_eq!((applied.done, applied.is_complete()), (5, true));
    let made = moto.send_and_read("look\n")?;
    let expected = json!({
        "users": [
            ["ana@example.com", "Ana Lima", "Ana", "Lima", ["ana@example.com"]],
            ["ben@example.com", "Ben Roy", "Ben", "Roy", ["ben@example.com"]],
        ],
        "groups": {GROUP: ["ana@example.com", "ben@example.com"]},
    });
    assert_eq!(made, expected);
    assert_eq!(planned().await?.changes(), 0, "a second run makes no writes");

    // If AWS doesn't respond when a user is created, the user is found in AWS afterward.
    let found = aws.find_user(&store, "ana@example.com").await?;
    let found = found.ok_or("moto doesn't find the user by name")?;
    assert_eq!(found.email.as_deref(), Some("ana@example.com"));
    let group = aws.find_group(&store, GROUP).await?.ok_or("no group")?;
    let groups = std::slice::from_ref(&group.id);
    assert_eq!(aws.is_member(&store, &found.id, groups).await?, groups);
    assert!(aws.membership_id(&store, &group.id, &found.id).await?.is_some());
    Ok(())
}

/// moto's IAM checks signatures and permissions. With the basic policy, only the optional action is
/// denied. If one action is removed from the policies, only the calls that need this action are
/// denied.
#[tokio::test(flavor = "multi_thread")]
async fn policy_has_exactly_the_needed_actions() -> Result<()> {
    // moto doesn't support account access manager.
    let mut actions = actions()?;
    actions.retain(|action| !is_account_access(action));
    let mut policies = one_line(&policy(PolicyResources::default()))? + "\n";
    for left_out in &actions {
        let rest: Vec<&String> = actions.iter().filter(|action| *action != left_out).collect();
        let policy = json!({
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": rest, "Resource": "*"},
        });
        policies.push_str(&format!("{policy}\n"));
    }
    let mut moto = Peer::start("moto_world.py")?;
    let up = moto.send_and_read(&(policies + "\n"))?;
    let (endpoint, store) = (text(&up["endpoint"])?, text(&up["store"])?);
    let users = up["users"].as_array().ok_or("users")?;

    let mut looks = tokio::task::JoinSet::new();
    for (user, left_out) in users.iter().zip([None].into_iter().chain(actions.iter().map(Some))) {
        let (key, secret) = (text(&user["key"])?, text(&user["secret"])?);
        let (endpoint, store) = (endpoint.clone(), store.clone());
        let left_out = left_out.cloned();
        looks.spawn(async move {
            let denied = denied_by(&endpoint, &store, &key, &secret).await;
            (left_out, denied.map_err(|error| error.to_string()))
        });
    }
    while let Some(looked) = looks.join_next().await {
        let (left_out, denied) = looked?;
        let expected = match &left_out {
            Some(action) => vec![action.clone()],
            None => actions_of(&event_history_policy())?,
        };
        let expected: BTreeSet<String> = expected.into_iter().collect();
        assert_eq!(denied?, expected, "without {left_out:?}");
    }
    Ok(())
}

/// Makes all calls with these keys. Returns the permissions that moto reports as missing. Reads the
/// permissions from the raw responses, because moto's errors don't have AWS's format.
async fn denied_by(
    endpoint: &str,
    store: &str,
    key: &str,
    secret: &str,
) -> Result<BTreeSet<String>> {
    const INSTANCE: &str = "arn:aws:sso:::instance/ssoins-0123456789abcdef";
    const APPLICATION: &str =
        "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef";
    let proxy = Proxy::in_front_of(endpoint).await?;
    let aws = connection(&proxy.base_url(), key, secret).await?;
    let mut people = People::default();
    people.add_csv("email,given name,family name\nana@example.com,Ana,Lima\n");
    let ana = &people.rows()[0];
    look_at_everything(&aws, store, INSTANCE, APPLICATION, ana).await;
    change_everything(&aws, store, APPLICATION, ana).await;
    let mut denied = BTreeSet::new();
    for call in proxy.calls() {
        if let Some((_, rest)) = call.output.split_once("is not authorized to perform: ") {
            let action = rest.split('<').next().unwrap_or_default();
            denied.insert(action.to_owned());
        } else if call.output.contains("SignatureDoesNotMatch") {
            return Err(format!("{}: {}", call.operation, call.output).into());
        }
    }
    Ok(denied)
}

/// Makes every read call that we use. moto checks permissions first, even for operations that it
/// doesn't implement.
async fn look_at_everything(
    aws: &Connection,
    store: &str,
    instance: &str,
    application: &str,
    person: &Person,
) {
    let user = "0123456789-01234567-89ab-4cde-8f01-23456789abcd";
    let _answers = (
        aws.whoami().await,
        aws.organization().await,
        aws.delegated_administrators().await,
        aws.instances().await,
        aws.instance(instance).await,
        aws.applications(instance, "123456789012").await,
        aws.application(application).await,
        aws.assignments(application).await,
        aws.assignments_for(instance, &Principal::User(user.to_owned())).await,
        aws.has_accounts(instance, &Principal::User(user.to_owned())).await,
        aws.find_user(store, &person.user_name).await,
        aws.user(store, user).await,
        aws.users(store, |_| ()).await,
        aws.find_group(store, GROUP).await,
        aws.group(store, user).await,
        aws.groups(store).await,
        aws.members(store, user).await,
    );
    let _more = (
        aws.is_member(store, user, &[user.to_owned()]).await,
        aws.membership_id(store, user, user).await,
        aws.logged_events(EventName::Federate, Timestamp::UNIX_EPOCH, 1).await,
    );
}

/// Makes every change that we use.
async fn change_everything(aws: &Connection, store: &str, application: &str, person: &Person) {
    let unknown = "0123456789-01234567-89ab-4cde-8f01-23456789abcd";
    let principal = Principal::Group(unknown.to_owned());
    let _answers = (
        aws.create_user(store, person).await,
        aws.create_group(store, GROUP, "made by a test").await,
        aws.add_member(store, unknown, unknown).await,
        aws.assign(application, &principal).await,
        aws.unassign(application, &principal).await,
        aws.remove_member(store, unknown).await,
        aws.delete_user(store, unknown).await,
        aws.delete_group(store, unknown).await,
    );
}

async fn connection(endpoint: &str, key: &str, secret: &str) -> Result<Connection> {
    let credentials = Credentials::Practice {
        endpoint: endpoint.to_owned(),
        access_key_id: key.to_owned(),
        secret_access_key: secret.to_owned().into(),
    };
    Ok(Connection::open(&credentials, Some(REGION), &Network::default()).await?)
}

/// Returns people with the most unusual names that we accept: names of the maximum length, letters
/// of other scripts, and symbols.
fn unusual_people() -> String {
    let (user_name, name) = ("x".repeat(128), "Ñ".repeat(511));
    format!(
        "email,given name,family name,user name\nlong@example.com,{name},{name},{user_name}\n\
         o'brien+nops@example.com,\"Seán, Jr.\",O’Brien,\n\
         ana_lima-1@example.com,Ana 🙂,d’Ávila (ops),李雷\n"
    )
}

/// Returns the actions that both policies contain.
fn actions() -> Result<Vec<String>> {
    let mut actions = actions_of(&policy(PolicyResources::default()))?;
    actions.extend(actions_of(&event_history_policy())?);
    Ok(actions)
}

fn actions_of(policy: &str) -> Result<Vec<String>> {
    let policy: Value = serde_json::from_str(policy)?;
    let statements = policy["Statement"].as_array().ok_or("no statements in the policy")?;
    let lists = statements.iter().filter_map(|one| one["Action"].as_array());
    lists.flatten().map(text).collect()
}

fn is_account_access(action: &str) -> bool {
    action.starts_with("account-access:")
}

fn one_line(json: &str) -> Result<String> {
    Ok(serde_json::from_str::<Value>(json)?.to_string())
}

fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().ok_or("no text")?.to_owned())
}

/// Every profile that botocore lists and can use must also be one of our profiles, with the same
/// Region. The configurations are the reported ones and their neighbors.
#[tokio::test(flavor = "multi_thread")]
async fn botocore_profiles_are_ours() -> Result<()> {
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    let sso = "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n";
    let session = "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://d-1234567890.awsapps.com/start\n";
    let role = "role_arn = arn:aws:iam::123456789012:role/Admin\n";
    let command = r#"credential_process = printf '{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"s"}'"#;
    let neighbors = [
        (String::new(), String::new()),
        (
            "[default]\n  region = us-east-1\n  output = json\n".to_owned(),
            format!("[default]\n{keys}"),
        ),
        ("  [default]\n  region = us-east-1\n".to_owned(), format!("\t[default]\n{keys}")),
        (
            "[default]\rregion: us-east-1\r".to_owned(),
            format!("[default]\r{}", keys.replace('\n', "\r")),
        ),
        (
            format!(
                "[profile \"with space\"]\n{keys}[profile 'x']\n{keys}[profile a/b+c@d.e]\n{keys}"
            ),
            String::new(),
        ),
        (
            format!("[profile o\\'neil]\n{keys}[default] # mine\nregion = us-west-2\n{keys}"),
            String::new(),
        ),
        (
            format!("[naked]\n{keys}[profile two words]\n{keys}[preview]\na = b\n"),
            format!("[profile late]\n{keys}[a b]\n{keys}"),
        ),
        (format!("[profile s]\n{sso}{session}"), format!("[s]\n{keys}")),
        (
            format!("[profile r]\n{role}source_profile = s\n[profile s]\n{sso}{session}"),
            String::new(),
        ),
        (
            format!(
                "[profile own]\n{role}source_profile = own\nmfa_serial = arn:aws:iam::123456789012:mfa/ana\n"
            ),
            format!("[own]\n{keys}"),
        ),
        (
            format!(
                "[profile a]\n{role}source_profile = b\n[profile b]\n{role}source_profile = a\n"
            ),
            format!("[b]\n{keys}"),
        ),
        (
            format!("[profile p]\n{command}\n[profile q]\n{role}source_profile = p\n"),
            format!("[q2]\n{keys}"),
        ),
        (
            format!(
                "[profile w]\n{role}web_identity_token_file = /tmp/token\n[profile e]\n{role}credential_source = Ec2InstanceMetadata\n"
            ),
            String::new(),
        ),
        (
            format!(
                "[profile half]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n[profile gone]\n{role}source_profile = nowhere\n[profile cut]\n{sso}"
            ),
            String::new(),
        ),
        (
            format!(
                "[DEFAULT]\nregion = eu-west-1\n[default]\n{keys}s3 =\n  addressing_style = path\n[profile n]\n{keys}services = local\n[services local]\nsts =\n  endpoint_url = http://localhost:1\n"
            ),
            String::new(),
        ),
    ];
    let folder = TempDir::new()?;
    let reported = configurations::cases();
    let all =
        neighbors.iter().map(|(config, credentials)| (config.as_bytes(), credentials.as_bytes()));
    let all = all.chain(reported.iter().map(|case| (&*case.config, &*case.credentials)));
    let mut cases = Vec::new();
    for (number, (config, credentials)) in all.enumerate() {
        let case = folder.path().join(number.to_string());
        std::fs::create_dir(&case)?;
        std::fs::write(case.join("config"), config)?;
        std::fs::write(case.join("credentials"), credentials)?;
        let path = |name: &str| case.join(name).display().to_string();
        let variables =
            [("AWS_CONFIG_FILE", "config"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials")];
        let variables = variables.map(|(variable, name)| (variable.to_owned(), path(name)));
        let profiles = Profiles::read(variables.into()).await;
        let ours: BTreeMap<String, Value> = profiles
            .listed
            .into_iter()
            .map(|one| (one.name, json!({"usable": one.problem.is_none(), "region": one.region})))
            .collect();
        cases.push(json!({"folder": case, "profiles": ours}));
    }
    peer::run("botocore_profiles.py", &[], &Value::from(cases).to_string())
}

/// icalendar and vobject read our calendar files. Each later file replaces the earlier event.
#[test]
fn calendars_are_read_and_replaced() -> Result<()> {
    let long = "Zoë’s 🙂 Company, Inc.; \\n \"quoted\" ".repeat(4);
    let mut cases = Vec::new();
    for ((year, month, day), saved, name) in [
        ((2031, 1, 15), "2026-11-24T10:00:00Z", "Example Corp"),
        ((2031, 2, 28), "2026-11-24T10:01:00Z", long.trim()),
        ((2036, 2, 29), "2031-01-10T10:00:00Z", "\r\nEND:VEVENT"),
    ] {
        let now: Timestamp = saved.parse()?;
        let mut setup = Setup::new(Uuid::from_u128(7), name, SetupKind::Real, now);
        let mut certificate = CertificateParams::default();
        certificate.not_after = date_time_ymd(year, month, day);
        let certificate = certificate.self_signed(&KeyPair::generate()?)?.pem();
        setup.facts.record(
            Field::IdpCertificate,
            FactValue::Text(certificate),
            Source::Entered,
            now,
        );
        setup.facts.record(
            Field::ApplicationName,
            FactValue::Text(long.clone()),
            Source::Observed,
            now,
        );
        setup.report_file = Some("Zoë, 2026/report; final.html".to_owned());
        let (_, file) = export(&setup.to_json()?, Document::Calendar, now)?;
        let name = name.replace('\r', "");
        cases.push(json!({
            "file": String::from_utf8(file)?,
            "uid": setup.id,
            "day": format!("{year}-{month:02}-{day:02}"),
            "title": format!("Replace the AWS certificate for nOps: {name}"),
            "part": format!("open the application {long} and"),
        }));
    }
    peer::run("calendars.py", &[], &Value::from(cases).to_string())
}
