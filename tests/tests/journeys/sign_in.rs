//! Browser sign-in at practice mode's access portal, both with a code and with a redirect.

use std::{fs, sync::Arc};

use acceptance::{
    Result, harness::Harness, person::ScriptedPerson, steps::request_plan, wait::wait_until,
};
use keyring_core::{CredentialStore, mock};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{ConnectionAction, JobAction, PeopleAction, SignInAction},
    view::{ConnectionMethodView, ConnectionState, CurrentUserStatus, SetupView, SignInMethod},
};
use setup::{CopyableValue, Field, Page};

const ADMINISTRATOR: &str = "dana.whitfield@example.com";
pub(super) const ROLE: &str = "AdministratorAccess";

#[tokio::test(flavor = "multi_thread")]
async fn code_sign_in_survives_restart() -> Result<()> {
    let keychain: Arc<CredentialStore> = mock::Store::new()?;
    let rig = Harness::start_with(Switches::default(), Some(keychain)).await?;
    let view = begin(&rig, SignInMethod::Code).await?;
    let code = view.connection.sign_in.code.ok_or("no code to compare")?;
    let person = signed_in_person(&rig)?;
    let address = rig.wizard.address(Page::AwsSignIn).await?;
    let page = person.open(&address)?;
    assert_eq!(page.element("user-code")?, code, "the page shows the same code");
    assert!(page.body.contains("nOps SSO Setup"), "the page names the app that asks");
    let fields = [("user_code", code.as_str()), ("answer", "allow")];
    assert_eq!(person.send(&address, &fields)?.heading(), "Request approved");

    let view = connect_role(&rig).await?;
    assert_eq!(view.connection.way, ConnectionMethodView::Role);
    assert!(view.connection.remembered, "the token is in the keychain");
    let caller = rig.fact(Field::AwsCaller).ok_or("AWS returned no caller")?;
    assert!(caller.contains(&format!("_{ROLE}_")), "{caller}");
    request_plan(&rig).await?;
    let you = rig.setup().people.current_user.ok_or("AWS returns no caller")?;
    assert_eq!(you.user_name, ADMINISTRATOR);
    assert_eq!(you.standing, CurrentUserStatus::Missing, "and is in no group for nOps");
    let csv = format!("Email\n{ADMINISTRATOR}\n");
    rig.act(PeopleAction::AddPeople { csv }).await?;
    request_plan(&rig).await?;
    let you = rig.setup().people.current_user.map(|you| you.standing);
    assert_eq!(you, Some(CurrentUserStatus::Listed));
    for entry in fs::read_dir(&rig.folder)? {
        let path = entry?.path();
        if path.is_file() {
            let text = fs::read_to_string(&path)?;
            assert!(!text.contains("client_secret"), "{} has the token", path.display());
        }
    }

    let rig = rig.restart().await?;
    let view = rig
        .wait_until("the connection", |view| view.connection.state == ConnectionState::Connected)
        .await?;
    assert_eq!(view.connection.way, ConnectionMethodView::Role, "no new sign-in needed");

    rig.act(ConnectionAction::Disconnect).await?;
    assert_eq!(rig.setup().connection.state, ConnectionState::Off);
    assert_eq!(rig.setup().connection.sign_in.accounts, []);
    Ok(())
}

/// Disconnecting removes the token from the keychain and ends the sign-in at AWS.
#[tokio::test(flavor = "multi_thread")]
async fn disconnect_ends_sign_in() -> Result<()> {
    let keychain: Arc<CredentialStore> = mock::Store::new()?;
    let rig = Harness::start_with(Switches::default(), Some(Arc::clone(&keychain))).await?;
    allow_by_code(&rig).await?;
    let view = connect_role(&rig).await?;
    let entry = format!("{}/aws-sign-in-token", view.id);
    let entry = keychain.build("nops-sso-setup", &entry, None)?;
    let token: serde_json::Value = serde_json::from_slice(&entry.get_secret()?)?;
    let token = token["access"].as_str().ok_or("no access token")?;
    let portal = rig.wizard.text(CopyableValue::Value { field: Field::AccessPortalUrl }).await?;
    let (base, _) = portal.split_once("/at/").ok_or("no practice address")?;
    let is_valid = || {
        let accounts = ureq::get(format!("{base}/assignment/accounts?max_result=1"));
        accounts.header("x-amz-sso_bearer_token", token).call().is_ok()
    };
    assert!(is_valid());

    rig.act(ConnectionAction::Disconnect).await?;
    // The next use of the keychain waits for the removal.
    let key = Secret::new("4021.practice".to_owned());
    rig.act(ConnectionAction::CheckNopsKey { key }).await?;
    rig.wait_until("the check", |view| view.job.is_none()).await?;
    assert!(matches!(entry.get_secret(), Err(keyring_core::Error::NoEntry)));
    wait_until("the end of the sign-in", || Ok((!is_valid()).then_some(())))
}

#[tokio::test(flavor = "multi_thread")]
async fn redirect_sign_in_ends_without_keychain() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let view = begin(&rig, SignInMethod::Redirect).await?;
    assert_eq!(view.connection.sign_in.code, None);
    let person = signed_in_person(&rig)?;
    let address = rig.wizard.address(Page::AwsSignIn).await?;
    let asked = person.open(&address)?;
    let fields = [("user_code", asked.element("user-code")?), ("answer", "allow".to_owned())];
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let device = "https://device.sso.us-east-1.amazonaws.com/";
    let page = person.send(device, &fields)?;
    assert!(page.body.contains("You’re signed in."), "{}", page.body);
    let view = connect_role(&rig).await?;
    assert!(!view.connection.remembered, "there is no keychain");

    let rig = rig.restart().await?;
    let view = rig
        .wait_until("the failed connection", |view| {
            view.connection.state == ConnectionState::Failed
        })
        .await?;
    let finding = view.findings.iter().find(|finding| finding.code == "connection_failed");
    let cause =
        finding.and_then(|finding| finding.cause.as_ref()).ok_or("no finding with a cause")?;
    assert_eq!(cause.key, "failure-not_signed_in");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn denial_and_cancel_end_sign_in() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let view = begin(&rig, SignInMethod::Code).await?;
    let code = view.connection.sign_in.code.ok_or("no code to compare")?;
    let person = signed_in_person(&rig)?;
    let address = rig.wizard.address(Page::AwsSignIn).await?;
    person.send(&address, &[("user_code", code.as_str()), ("answer", "deny")])?;
    let view = rig.wait_until("the refusal", |view| view.job.is_none()).await?;
    let finding = view.findings.iter().find(|finding| finding.code == "sign_in_failed");
    let cause =
        finding.and_then(|finding| finding.cause.as_ref()).ok_or("no finding with a cause")?;
    assert_eq!(cause.key, "aws-sign_in_denied");

    begin(&rig, SignInMethod::Redirect).await?;
    rig.act(JobAction::Cancel).await?;
    let view = rig.wait_until("the end", |view| view.job.is_none()).await?;
    assert!(!view.connection.sign_in.waiting);
    assert!(rig.wizard.address(Page::AwsSignIn).await.is_err());
    Ok(())
}

/// If a sign-in is about to end and only the user can renew it, a warning appears. The warning
/// disappears when the user disconnects.
#[tokio::test(flavor = "multi_thread")]
async fn expiring_sign_in_causes_a_warning() -> Result<()> {
    for (short, told) in [(true, true), (false, false)] {
        let rig = Harness::start(Switches { short_sign_in: short, ..Switches::default() }).await?;
        allow_by_code(&rig).await?;
        connect_role(&rig).await?;
        let says = |view: &SetupView| {
            let mut findings = view.findings.iter();
            findings.any(|finding| finding.code == "access_ends_soon")
        };
        if told {
            rig.wait_until("the word", says).await?;
        }
        rig.act(ConnectionAction::Look).await?;
        let view = rig.wait_until("another look", |view| view.job.is_none()).await?;
        assert!(!says(&view) || told, "{:#?}", view.findings);
        rig.act(ConnectionAction::Disconnect).await?;
        assert!(!says(&rig.setup()), "no warning after disconnecting");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_portal_is_reported() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let elsewhere = |start_url: &str, region: &str| SignInAction::SignIn {
        start_url: start_url.to_owned(),
        region: region.to_owned(),
        answer: SignInMethod::Code,
    };
    let refused = rig.act(elsewhere("d-1234567890", "us-east-1")).await;
    assert_eq!(refused.unwrap_err().code, "portal_address");
    let refused = rig.act(elsewhere("https://d-1234567890.awsapps.com/start", "Ohio")).await;
    assert_eq!(refused.unwrap_err().code, "region_unknown");
    rig.act(elsewhere("https://d-1234567890.awsapps.com/start", "us-east-1")).await?;
    let view = rig.wait_until("the refusal", |view| view.job.is_none()).await?;
    let finding = view.findings.iter().find(|finding| finding.code == "sign_in_failed");
    let cause =
        finding.and_then(|finding| finding.cause.as_ref()).ok_or("no finding with a cause")?;
    assert_eq!(cause.params["address"], "https://d-1234567890.awsapps.com/start");
    Ok(())
}

/// With account access manager, the portal lists no accounts. The wizard describes the possible
/// causes and offers another way to connect.
#[tokio::test(flavor = "multi_thread")]
async fn sign_in_without_account_is_explained() -> Result<()> {
    let switches = Switches { account_access_manager: true, ..Switches::default() };
    let rig = Harness::start(switches).await?;
    allow_by_code(&rig).await?;
    let view = rig.wait_until("the end", |view| view.job.is_none()).await?;
    let codes: Vec<&str> = view.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["sign_in_no_account"]);
    assert_eq!(view.connection.state, ConnectionState::Failed);
    assert_eq!(view.connection.sign_in.accounts, []);
    let refused = rig.act(SignInAction::ConnectRole { role: ROLE.to_owned() }).await;
    assert_eq!(refused.err().map(|failure| failure.code).as_deref(), Some("not_signed_in"));
    Ok(())
}

/// Starts a sign-in at the portal that practice mode suggests, and waits until the page opens.
async fn begin(rig: &Harness, answer: SignInMethod) -> Result<SetupView> {
    let proposed = rig.setup().connection.sign_in;
    rig.act(SignInAction::SignIn {
        start_url: format!("{}/#/", proposed.start_url),
        region: proposed.region,
        answer,
    })
    .await?;
    rig.wait_until("the page", |view| view.connection.sign_in.waiting).await
}

/// Signs in with a code, which a person allows in the browser.
pub(super) async fn allow_by_code(rig: &Harness) -> Result<()> {
    let view = begin(rig, SignInMethod::Code).await?;
    let code = view.connection.sign_in.code.ok_or("no code to compare")?;
    let person = signed_in_person(rig)?;
    let address = rig.wizard.address(Page::AwsSignIn).await?;
    person.send(&address, &[("user_code", code.as_str()), ("answer", "allow")])?;
    Ok(())
}

/// Chooses a role. Practice mode has only one account, which is selected automatically.
async fn connect_role(rig: &Harness) -> Result<SetupView> {
    let view =
        rig.wait_until("the roles", |view| !view.connection.sign_in.roles.is_empty()).await?;
    assert_eq!(view.connection.sign_in.accounts.len(), 1);
    let unknown = rig.act(SignInAction::ConnectRole { role: "Other".to_owned() }).await;
    let refusal = unknown.err().map(|failure| failure.code);
    assert_eq!(refusal.as_deref(), Some("not_signed_in"));
    rig.act(SignInAction::ConnectRole { role: ROLE.to_owned() }).await?;
    rig.wait_until("the connection", |view| view.connection.state == ConnectionState::Connected)
        .await
}

/// Returns a person who is signed in to the portal in a browser.
fn signed_in_person(rig: &Harness) -> Result<ScriptedPerson> {
    let portal = rig.setup().connection.sign_in.start_url;
    let person = rig.person_at(&portal)?;
    person.sign_in(ADMINISTRATOR)?;
    Ok(person)
}
