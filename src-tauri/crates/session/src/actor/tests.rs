use std::{path::PathBuf, sync::Mutex};

use jiff::Timestamp;

use super::*;
use crate::{
    Secret,
    action::{ConnectionAction, DryRunAction, PeopleAction, SignInAction, StepAction, ValueAction},
    config::{Practice, PracticeServer, PracticeStart},
    jobs::{JobOutcome, JobUpdate, SignInOutcome, SignInResult},
    setup_session::ConnectError,
    view::{ConnectionState, Keychain, SignInMethod},
};
use identifiers::AccessPortal;
use identity_center::{
    Application, ApplicationKind, Applications, Profile, Profiles, sign_in::SignInToken,
};
use setup::{FactValue, Field, Source};
use storage::{
    store::ConnectionMethod,
    vault::{SecretLocation, opener},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use transport::Network;

struct UnavailablePractice;

impl Practice for UnavailablePractice {
    fn start(&self, _folder: PathBuf, _repair: bool) -> PracticeStart {
        Box::pin(async { Err(Failure::new("practice_port")) })
    }
}

fn create(name: &str) -> Action {
    SetupAction::Create {
        name: name.to_owned(),
        world: SetupKind::Real,
        repair: false,
        aws_role: true,
        nops_role: true,
    }
    .into()
}

fn profile(name: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        region: None,
        portal: None,
        command: None,
        mfa_device: None,
        problem: None,
        hints: Vec::new(),
    }
}

fn sign_in_token() -> SignInToken {
    let token = r#"{"access":"a","refresh":"b","expires":"2026-11-24T10:00:00Z","client_id":"c","client_secret":"d","client_expires":"2026-11-24T10:00:00Z"}"#;
    SignInToken::from_secret(&token.to_owned().into()).unwrap()
}

fn report(opening: u32, name: &str) -> Message {
    let profiles = Profiles { listed: vec![profile(name)], ..Profiles::default() };
    Message::Job { opening, report: JobReport::Profiles(profiles) }
}

fn start_actor(folder: &std::path::Path) -> (Actor, watch::Receiver<View>) {
    actor_at(folder, Arc::new(Timestamp::now))
}

fn actor_at(
    folder: &std::path::Path,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
) -> (Actor, watch::Receiver<View>) {
    let (letters, _inbox) = mpsc::channel(8);
    let (show, views) = watch::channel(View::default());
    let ports = SessionConfig {
        folder: folder.to_owned(),
        clock,
        zone: jiff::tz::TimeZone::UTC,
        keychain: opener(None),
        downloads: None,
        practice: Arc::new(UnavailablePractice),
        network: Network::default(),
    };
    (Actor::new(ports, letters.downgrade(), show).unwrap(), views)
}

#[tokio::test]
async fn query_publishes_no_view() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, views) = start_actor(folder.path());
    let (reply, created) = oneshot::channel();
    let action = Box::new(create("One customer"));
    actor.handle_message(Message::Act { action, reply }).await;
    created.await.unwrap().unwrap();
    let shown = views.borrow().revision;
    assert_eq!(shown, 1, "an action shows one view");
    let (reply, answered) = oneshot::channel();
    let (offset, limit) = (0, 25);
    let question = Message::People { offset, limit, reply };
    actor.handle_message(question).await;
    answered.await.unwrap().unwrap();
    assert_eq!(views.borrow().revision, shown);
}

#[tokio::test(start_paused = true)]
async fn certificate_expires_without_activity() {
    let folder = tempfile::tempdir().unwrap();
    let now = Arc::new(Mutex::new("2030-12-01T12:00:00Z".parse::<Timestamp>().unwrap()));
    let clock = Arc::clone(&now);
    let (mut actor, mut views) = actor_at(folder.path(), Arc::new(move || *clock.lock().unwrap()));
    actor.act(create("One customer")).await.unwrap();
    let text = include_str!("../../../saml/tests/fixtures/certificate.pem").to_owned();
    let html = None;
    actor
        .act(ValueAction::Enter { field: Field::IdpCertificate, text, html }.into())
        .await
        .unwrap();
    let (letters, inbox) = mpsc::channel(8);
    let running = tokio::spawn(actor.run(inbox));
    let expired = |view: &View| {
        let findings = &view.setup.as_ref().unwrap().findings;
        findings.iter().any(|finding| finding.code == "certificate_expired")
    };
    // After the view with the keychain's state, no other view is published until something happens.
    let settled = views.wait_for(|view| view.keychain != Keychain::Unknown).await.unwrap();
    assert!(!expired(&settled));
    drop(settled);
    assert!(timeout(3 * TICK, views.changed()).await.is_err(), "nothing changed");

    *now.lock().unwrap() = "2031-02-01T12:00:00Z".parse().unwrap();
    timeout(2 * TICK, views.changed()).await.unwrap().unwrap();
    assert!(expired(&views.borrow_and_update()));
    drop(letters);
    running.await.unwrap();
}

#[tokio::test]
async fn copied_file_becomes_separate_setup() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    let original = actor.open.as_ref().unwrap().cx.held.name();
    actor.act(SetupAction::Close.into()).await.unwrap();
    let copy = |name: &str| {
        let file = folder.path().join(format!("{original}.json"));
        std::fs::copy(file, folder.path().join(format!("{name}.json"))).unwrap();
    };
    let listed = async |actor: &mut Actor| {
        actor.list_setups().await;
        actor.publish().await;
        let view = views.borrow();
        view.setups.iter().map(|card| (card.id.clone(), card.duplicate)).collect::<Vec<_>>()
    };
    copy("conflicted copy");
    let both = listed(&mut actor).await;
    assert!(both.contains(&(original.clone(), false)));
    assert!(both.contains(&("conflicted copy".to_owned(), true)));

    actor.act(SetupAction::Resume { id: "conflicted copy".to_owned() }.into()).await.unwrap();
    let own = actor.open.as_ref().unwrap().cx.held.name();
    assert_ne!(own, original);
    assert!(listed(&mut actor).await.iter().all(|(_, copied)| !copied));

    copy("another copy");
    actor.act(SetupAction::Delete { id: "another copy".to_owned() }.into()).await.unwrap();
    assert!(actor.is_open(&own), "another setup was deleted");
    let left = listed(&mut actor).await;
    assert_eq!(left.len(), 2);
    assert!(left.contains(&(original, false)));
}

#[tokio::test]
async fn setup_open_elsewhere_keeps_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    let id = actor.open.as_ref().unwrap().cx.id();
    actor.close();
    let key = || vec![(SecretName::NopsApiKey, "key".to_owned().into())];
    actor.vault.store_secrets(id, key(), &SecretLease::default()).await;
    let elsewhere = Store::open(folder.path()).unwrap().load_and_open(id).unwrap();
    let (reply, deleted) = oneshot::channel();
    let action = Box::new(SetupAction::Delete { id: id.to_string() }.into());
    actor.handle_message(Message::Act { action, reply }).await;
    assert_eq!(deleted.await.unwrap().unwrap_err().code, "setup_held");
    assert!(actor.vault.read_secrets(id, [SecretName::NopsApiKey]).await.is_ok());
    drop(elsewhere);
}

#[tokio::test]
async fn report_of_closed_setup_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, views) = start_actor(folder.path());
    let listed = async |actor: &mut Actor| {
        actor.publish().await;
        let view = views.borrow();
        view.setup.as_ref().unwrap().connection.profiles.len()
    };
    actor.act(create("One customer")).await.unwrap();
    let first = actor.openings;
    actor.act(create("Another customer")).await.unwrap();
    actor.handle_message(report(first, "one-customer")).await;
    assert_eq!(listed(&mut actor).await, 0, "the report of a closed setup is dropped");
    let second = actor.openings;
    actor.handle_message(report(second, "another-customer")).await;
    assert_eq!(listed(&mut actor).await, 1, "reports of the open setup are handled");
}

#[tokio::test]
async fn late_response_of_ended_watch_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    let opening = actor.openings;
    let watched = |ended: &CancellationToken| {
        let application = Application {
            arn:
                "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef"
                    .to_owned(),
            name: "nOps".to_owned(),
            kind: ApplicationKind::Oauth,
            account: "123456789012".to_owned(),
            enabled: true,
            visible: true,
            created: None,
            region: "us-east-1".to_owned(),
        };
        let applications = Ok(Applications { listed: vec![application], unseen: Vec::new() });
        let ended = ended.clone();
        Message::Job { opening, report: JobReport::Watched { applications, number: 0, ended } }
    };
    let is_known = |actor: &Actor| {
        let facts = &actor.open.as_ref().unwrap().cx.held.setup.facts;
        facts.get(Field::ApplicationArn).is_some()
    };
    let watch = |actor: &mut Actor| {
        let ended = CancellationToken::new();
        actor.open.as_mut().unwrap().application.cancel = Some(ended.clone());
        ended
    };
    let first = watch(&mut actor);
    actor.act(ConnectionAction::Disconnect.into()).await.unwrap();
    actor.handle_message(watched(&first)).await;
    assert!(!is_known(&actor), "the response of an ended connection is dropped");
    let second = watch(&mut actor);
    actor.handle_message(watched(&first)).await;
    assert!(!is_known(&actor), "a late response is also dropped while another watch runs");
    actor.handle_message(watched(&second)).await;
    assert!(is_known(&actor), "a response to a running watch is used");
}

/// Writes a setup file with this profile, as if it came from another computer.
fn write_received_setup(folder: &std::path::Path, profile: &str) -> Uuid {
    let id = Uuid::new_v4();
    let mut setup = Setup::new(id, "From elsewhere", SetupKind::Real, Timestamp::now());
    setup.connection_method = ConnectionMethod::Profile { name: profile.to_owned(), region: None };
    std::fs::write(folder.join(format!("{id}.json")), setup.to_json().unwrap()).unwrap();
    id
}

fn connect_profile(profile: &str) -> Action {
    let profile = profile.to_owned();
    ConnectionAction::ConnectProfile { profile, region: None, code: None }.into()
}

/// Returns whether the open setup waits for consent, and whether it's connecting.
fn waits_or_connects(actor: &Actor) -> (bool, bool) {
    let open = actor.open.as_ref().unwrap();
    (open.aws.unconfirmed, open.cx.job.is_some())
}

#[tokio::test]
async fn profile_from_another_computer_needs_consent() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    let id = write_received_setup(folder.path(), "no-such-profile");
    let resume = |id: &str| Action::from(SetupAction::Resume { id: id.to_owned() });
    actor.act(resume(&id.to_string())).await.unwrap();
    assert_eq!(waits_or_connects(&actor), (true, false));
    let looked = actor.act(ConnectionAction::Look.into()).await.unwrap_err();
    assert_eq!(looked.code, "connection_unconfirmed");
    assert_eq!(waits_or_connects(&actor), (true, false));

    actor.act(connect_profile("no-such-profile")).await.unwrap();
    assert_eq!(waits_or_connects(&actor), (false, true));
    actor.act(SetupAction::Close.into()).await.unwrap();
    actor.act(resume(&id.to_string())).await.unwrap();
    assert_eq!(waits_or_connects(&actor), (false, true), "local profiles need no consent");
    actor.act(SetupAction::Close.into()).await.unwrap();

    let file = |name: &str| folder.path().join(name);
    std::fs::copy(file(&format!("{id}.json")), file("copy.json")).unwrap();
    actor.act(resume("copy")).await.unwrap();
    assert_eq!(waits_or_connects(&actor), (true, false), "a copied file needs consent");
}

#[tokio::test]
async fn region_of_same_profile_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    let id = write_received_setup(folder.path(), "no-such-profile");
    actor.act(SetupAction::Resume { id: id.to_string() }.into()).await.unwrap();
    fn method(actor: &mut Actor) -> &mut ConnectionMethod {
        &mut actor.open.as_mut().unwrap().cx.held.setup.connection_method
    }
    let of = |name: &str, region: Option<&str>| ConnectionMethod::Profile {
        name: name.to_owned(),
        region: region.map(str::to_owned),
    };
    *method(&mut actor) = of("no-such-profile", Some("eu-west-1"));
    actor.act(connect_profile("no-such-profile")).await.unwrap();
    assert_eq!(*method(&mut actor), of("no-such-profile", Some("eu-west-1")));
    actor.act(ConnectionAction::Disconnect.into()).await.unwrap();
    *method(&mut actor) = of("no-such-profile", Some("eu-west-1"));
    actor.act(connect_profile("another-profile")).await.unwrap();
    assert_eq!(*method(&mut actor), of("another-profile", None));
}

#[tokio::test]
async fn refused_connection_keeps_the_current_one() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    actor.act(connect_profile("first")).await.unwrap();
    let keys = ConnectionAction::ConnectKeys {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned()),
        session_token: None,
        region: "us-east-1".to_owned(),
        remember: true,
    };
    for action in [connect_profile("second"), keys.into()] {
        assert_eq!(actor.act(action).await.unwrap_err().code, "busy");
        let open = actor.open.as_ref().unwrap();
        let first = ConnectionMethod::Profile { name: "first".to_owned(), region: None };
        assert_eq!(open.cx.held.setup.connection_method, first);
        assert_eq!(open.aws.label, "first");
    }
}

#[tokio::test]
async fn late_results_of_ended_connection_are_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    actor.act(connect_profile("first")).await.unwrap();
    let reports = || {
        let job = 1;
        let update = |what| JobReport::JobUpdate { job, what };
        let address = "https://example.com/".to_owned();
        [
            update(JobUpdate::Label("late".to_owned())),
            update(JobUpdate::Kept(SecretLocation::InKeychain)),
            update(JobUpdate::Redirected(Some("http://127.0.0.1:1".to_owned()))),
            JobReport::Invited { job, address, code: None },
            JobReport::Ended {
                job,
                outcome: JobOutcome::Connection(Some(Err(ConnectError::NotSignedIn))),
            },
        ]
    };
    let shown = |actor: &Actor| {
        let aws = &actor.open.as_ref().unwrap().aws;
        let (redirected, page) = (aws.redirected.clone(), aws.sign_in_page());
        (aws.label.clone(), aws.kept, redirected, page, aws.state == ConnectionState::Failed)
    };
    actor.act(ConnectionAction::Disconnect.into()).await.unwrap();
    let disconnected = shown(&actor);
    for report in reports() {
        actor.handle_message(Message::Job { opening: actor.openings, report }).await;
        assert_eq!(shown(&actor), disconnected);
    }
    actor.act(connect_profile("second")).await.unwrap();
    for report in reports() {
        actor.handle_message(Message::Job { opening: actor.openings, report }).await;
        let open = actor.open.as_ref().unwrap();
        assert!(open.cx.job.is_some() && open.aws.label == "second", "the second one goes on");
    }
}

#[tokio::test]
async fn sign_in_that_ends_after_disconnect_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    let aws = TcpListener::bind("127.0.0.1:0").await.unwrap();
    actor.open.as_mut().unwrap().cx.practice = Some(PracticeServer {
        base: format!("http://{}", aws.local_addr().unwrap()),
        access_key_id: String::new(),
        secret_access_key: String::new().into(),
        region: "us-east-1".to_owned(),
        portal: String::new(),
        moved_from: None,
        running: Box::new(()),
    });
    let signed_in = SignInResult {
        portal: AccessPortal {
            start_url: "https://d-1234567890.awsapps.com/start".to_owned(),
            region: "us-east-1".to_owned(),
        },
        token: sign_in_token(),
        accounts: Vec::new(),
    };
    let outcome = JobOutcome::SignIn(SignInOutcome::SignedIn(Some(Ok(Box::new(signed_in)))));
    let report = JobReport::Ended { job: 1, outcome };
    actor.handle_message(Message::Job { opening: actor.openings, report }).await;
    let call = timeout(Duration::from_secs(20), aws.accept());
    let (call, _) = call.await.expect("no call arrived").unwrap();
    let mut request = [0; 12];
    let read = loop {
        call.readable().await.unwrap();
        match call.try_read(&mut request) {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            read => break read.unwrap(),
        }
    };
    assert_eq!(&request[..read], b"POST /logout");
}

#[tokio::test]
async fn ended_connection_keeps_no_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    let token = sign_in_token();
    let open = actor.open.as_ref().unwrap();
    let (id, vault) = (open.cx.id(), Arc::clone(&actor.vault));
    let is_kept = async |name: SecretName| vault.read_secrets(id, [name]).await.is_ok();
    let keep = open.aws.keep_renewed(&open.cx);
    keep(&token);
    tokio::task::yield_now().await;
    assert!(is_kept(SecretName::SignInToken).await, "a renewed token is kept");
    actor.act(ConnectionAction::Disconnect.into()).await.unwrap();
    tokio::task::yield_now().await;
    assert!(!is_kept(SecretName::SignInToken).await, "its secrets are removed");
    keep(&token);
    tokio::task::yield_now().await;
    assert!(!is_kept(SecretName::SignInToken).await, "a late token is dropped");

    let late = actor.open.as_ref().unwrap().aws.nops_lease.clone();
    actor.act(ConnectionAction::ForgetNopsKey.into()).await.unwrap();
    tokio::task::yield_now().await;
    vault.store_secrets(id, vec![(SecretName::NopsApiKey, "late".to_owned().into())], &late).await;
    assert!(!is_kept(SecretName::NopsApiKey).await, "a late key is dropped");
}

#[tokio::test]
async fn disconnect_removes_profile_from_another_computer() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    let id = write_received_setup(folder.path(), "no-such-profile");
    actor.act(SetupAction::Resume { id: id.to_string() }.into()).await.unwrap();
    actor.act(ConnectionAction::Disconnect.into()).await.unwrap();
    assert_eq!(waits_or_connects(&actor), (false, false));
    actor.act(SetupAction::Close.into()).await.unwrap();
    actor.act(SetupAction::Resume { id: id.to_string() }.into()).await.unwrap();
    assert_eq!(waits_or_connects(&actor), (false, false), "the setup no longer names a profile");
}

#[tokio::test]
async fn secret_in_profile_command_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    let id = write_received_setup(folder.path(), "partner");
    actor.act(SetupAction::Resume { id: id.to_string() }.into()).await.unwrap();
    for (command, shown) in [
        ("broker --role Admin", "broker --role Admin"),
        ("broker --key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "broker"),
    ] {
        let profile = Profile { command: Some(command.to_owned()), ..profile("partner") };
        let profiles = Profiles { listed: vec![profile], ..Profiles::default() };
        let report = JobReport::Profiles(profiles);
        actor.handle_message(Message::Job { opening: actor.openings, report }).await;
        let open = actor.open.as_ref().unwrap();
        let unconfirmed = open.aws.unconfirmed_profile(&open.cx).unwrap();
        assert_eq!(unconfirmed.command.as_deref(), Some(shown));
    }
}

#[tokio::test]
async fn unsafe_addresses_are_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    for (link, is_safe) in [
        ("https://app.nops.io/sso/v1/0/", true),
        ("http://app.nops.io/sso/v1/0/", false),
        ("https://ana@app.nops.io/", false),
        ("http://127.0.0.1:8080/", false),
        ("file:///etc/passwd", false),
        ("nothing", false),
    ] {
        let facts = &mut actor.open.as_mut().unwrap().cx.held.setup.facts;
        let value = FactValue::Text(link.to_owned());
        facts.record(Field::SpLoginUrl, value, Source::Entered, Timestamp::now());
        let (reply, address) = oneshot::channel();
        actor.handle_message(Message::Address { page: Page::NopsLink, reply }).await;
        let address = address.await.unwrap().map_err(|failure| failure.code);
        let refused = Err("address_not_opened".to_owned());
        assert_eq!(address, if is_safe { Ok(link.to_owned()) } else { refused });
    }
}

#[tokio::test]
async fn late_secret_of_deleted_setup_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    let open = actor.open.as_ref().unwrap();
    let (id, late) = (open.cx.id(), open.aws.lease.clone());
    actor.act(SetupAction::Close.into()).await.unwrap();
    let key = || vec![(SecretName::SignInToken, "late".to_owned().into())];
    actor.vault.store_secrets(id, key(), &late).await;
    assert!(
        actor.vault.read_secrets(id, [SecretName::SignInToken]).await.is_ok(),
        "a closed setup keeps its secrets"
    );
    drop(actor.act(SetupAction::Delete { id: id.to_string() }.into()).await.unwrap());
    actor.vault.remove_secrets(id, SecretName::ALL).await.unwrap();
    actor.vault.store_secrets(id, key(), &late).await;
    assert!(actor.vault.read_secrets(id, [SecretName::SignInToken]).await.is_err());
}

#[tokio::test]
async fn long_texts_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create(&"a".repeat(4096))).await.unwrap();
    let long = || "a".repeat(4097);
    let page = || "a".repeat((1 << 20) + 1);
    let keys = ConnectionAction::ConnectKeys {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: Secret::new(long()),
        session_token: None,
        region: "us-east-1".to_owned(),
        remember: false,
    };
    let sign_in = SignInAction::SignIn {
        start_url: format!("https://{}.awsapps.com/start", long()),
        region: "us-east-1".to_owned(),
        answer: SignInMethod::Code,
    };
    let paste =
        StepAction::Paste { text: Secret::new(String::new()), html: Some(Secret::new(page())) };
    let enter = ValueAction::Enter {
        field: Field::AttributeMappings,
        text: String::new(),
        html: Some(page()),
    };
    for action in [
        create(&long()),
        connect_profile(&long()),
        DryRunAction::ChooseTester { who: long() }.into(),
        PeopleAction::ChooseGroup { group: people::GroupChoice::New { name: long() } }.into(),
        ValueAction::Declare { field: Field::PeopleNeededBy, value: long() }.into(),
        keys.into(),
        sign_in.into(),
        paste.into(),
        enter.into(),
    ] {
        assert_eq!(actor.act(action).await.unwrap_err().code, "text_too_long");
    }
}

#[tokio::test]
async fn secrets_in_names_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let (mut actor, _views) = start_actor(folder.path());
    actor.act(create("One customer")).await.unwrap();
    let key = || "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned();
    let person = |given_name, email| {
        PeopleAction::AddPerson {
            given_name,
            family_name: "Lima".to_owned(),
            email,
            user_name: None,
        }
        .into()
    };
    let id = actor.open.as_ref().unwrap().cx.held.name();
    for action in [
        create(&key()),
        SetupAction::Rename { id, name: format!("Example {}", key()) }.into(),
        ValueAction::Declare { field: Field::PeopleNeededBy, value: key() }.into(),
        DryRunAction::ChooseTester { who: key() }.into(),
        PeopleAction::ChooseGroup { group: people::GroupChoice::New { name: key() } }.into(),
        connect_profile(&key()),
        person(key(), "ana@example.com".to_owned()),
        person("Ana".to_owned(), format!("{}@example.com", key())),
        PeopleAction::AddPeople { csv: format!("Ana,{},{}", "AKIAIOSFODNN7EXAMPLE", key()) }.into(),
    ] {
        let refused = actor.act(action).await.unwrap_err();
        assert_eq!(refused.code, "secret");
    }
    let setup = actor.open.as_ref().unwrap().cx.held.setup.to_json().unwrap();
    assert!(!String::from_utf8(setup).unwrap().contains("wJalr"));
}
