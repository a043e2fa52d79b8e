//! Step 2: the connection to AWS.

use session::{
    action::{ConnectionAction, SignInAction},
    view::{
        AccountRow, Connection, ConnectionMethodView, ConnectionState, Keychain, SetupView,
        SignInMethod,
    },
};
use setup::{Field, Page, Step};

use super::{
    Views,
    studio::{HeldCalls, ViewRecorder},
};
use crate::{
    Result,
    proxy::Fault,
    steps::{TESTER, connect},
};

/// Creates views of connecting through a profile, with keys, by hand and to practice mode, and of
/// the problems that can occur.
pub async fn record_connect_views() -> Result<Views> {
    let mut studio = ViewRecorder::open().await?;
    studio.rig.go_to_step(Step::Connect).await?;
    studio.record_view("connect-empty", Step::Connect).await?;

    studio.rig.act(ConnectionAction::ByHand).await?;
    studio.rig.enter(Field::AccessPortalUrl, "https://d-9067f0a1b2.awsapps.com/start").await?;
    studio.rig.declare(Field::IdentitySource, "directory").await?;
    studio.record_view("connect-by-hand", Step::Connect).await?;

    studio.rig.create("Example Corp").await?;
    let held = HeldCalls::default();
    studio.proxy.inject_some("*", 1, 1, held.fault());
    studio.rig.act(ConnectionAction::ConnectPractice).await?;
    let begun = |view: &SetupView| view.job.as_ref().is_some_and(|job| job.done == 1);
    studio.rig.wait_until("the first call", begun).await?;
    studio.record_view("connect-waiting", Step::Connect).await?;
    held.release();
    settled(&studio).await?;
    studio.proxy.clear();

    studio.rig.create("Example Corp").await?;
    studio.proxy.inject_fault("GetCallerIdentity", Fault::refused("ExpiredToken"));
    studio.rig.act(ConnectionAction::ConnectPractice).await?;
    settled(&studio).await?;
    studio.record_view("connect-failed", Step::Connect).await?;
    studio.proxy.clear();

    let other_management = Fault::Altered(|output| {
        output["Organization"]["MasterAccountId"] = "210987654321".into();
    });
    studio.proxy.inject_fault("DescribeOrganization", other_management);
    look(&studio).await?;
    studio.record_view("connect-error", Step::Connect).await?;
    studio.proxy.clear();
    let denied = Fault::refused("AccessDeniedException");
    studio.proxy.inject_fault("ListDelegatedAdministrators", denied);
    look(&studio).await?;
    studio.record_view("connect-finding", Step::Connect).await?;
    studio.proxy.clear();

    look(&studio).await?;
    let practice = studio.practice(Step::Connect).await?;
    studio.put("connect-practice", practice);
    let redirected = |setup: &mut SetupView| {
        setup.unsaved = Some("disk_full".to_owned());
        setup.connection.redirected = Some("http://localhost:4566".to_owned());
    };
    studio.record_with_change("connect-redirected", Step::Connect, redirected).await?;
    let mut keys = studio.shown(Step::Connect).await?;
    keys.view.keychain = Keychain::Locked;
    if let Some(setup) = &mut keys.view.setup {
        setup.connection = Connection {
            way: ConnectionMethodView::Keys,
            label: "AKIAEXAMPLE123456789".to_owned(),
            remembered: true,
            ..setup.connection.clone()
        };
    }
    studio.put("connect-keys", keys);
    Ok(studio.views())
}

/// Creates views of browser sign-in on a computer that has no profiles and no keychain.
pub async fn record_browser_views() -> Result<Views> {
    let mut studio = ViewRecorder::open_without_keychain().await?;
    studio.rig.go_to_step(Step::Connect).await?;
    let bare = |setup: &mut SetupView| setup.connection.profiles.clear();
    studio.record_with_change("connect-no-profiles", Step::Connect, bare).await?;

    let code = begin(&studio).await?;
    studio.record_with_change("connect-browser-code", Step::Connect, bare).await?;
    answer(&studio, &code, "deny").await?;
    studio.rig.wait_until("the refusal", |view| view.job.is_none()).await?;
    studio.record_with_change("connect-browser-denied", Step::Connect, bare).await?;

    begin(&studio).await?;
    studio.minutes_later(11);
    studio.rig.wait_until("the end of the wait", |view| view.job.is_none()).await?;
    studio.record_with_change("connect-browser-lapsed", Step::Connect, bare).await?;
    studio.minutes_later(0);

    let code = begin(&studio).await?;
    answer(&studio, &code, "allow").await?;
    studio
        .rig
        .wait_until("the roles", |view| {
            view.job.is_none() && !view.connection.sign_in.roles.is_empty()
        })
        .await?;
    // Practice mode has only one account with one role, so add more choices to the view.
    let several = |setup: &mut SetupView| {
        setup.connection.profiles.clear();
        let sign_in = &mut setup.connection.sign_in;
        sign_in
            .accounts
            .push(AccountRow { id: "111122223333".to_owned(), name: "Log archive".to_owned() });
    };
    let roles = |setup: &mut SetupView| {
        several(setup);
        setup.connection.sign_in.roles =
            ["AdministratorAccess", "ViewOnlyAccess"].map(str::to_owned).to_vec();
    };
    studio.record_with_change("connect-browser-role", Step::Connect, roles).await?;
    let accounts = |setup: &mut SetupView| {
        several(setup);
        setup.connection.sign_in.account = None;
        setup.connection.sign_in.roles.clear();
    };
    studio.record_with_change("connect-browser-account", Step::Connect, accounts).await?;
    Ok(studio.views())
}

/// Repeats all AWS checks, with or without a connection.
async fn look(studio: &ViewRecorder) -> Result<()> {
    match studio.rig.setup().connection.state {
        ConnectionState::Connected => studio.rig.act(ConnectionAction::Look).await?,
        _ => return connect(&studio.rig).await.or(settled(studio).await),
    }
    settled(studio).await
}

async fn settled(studio: &ViewRecorder) -> Result<()> {
    let settled = |view: &SetupView| {
        view.job.is_none() && view.connection.state != ConnectionState::Connecting
    };
    studio.rig.wait_until("the answer of AWS", settled).await.map(drop)
}

async fn begin(studio: &ViewRecorder) -> Result<String> {
    let proposed = studio.rig.setup().connection.sign_in;
    let sign_in = SignInAction::SignIn {
        start_url: proposed.start_url,
        region: proposed.region,
        answer: SignInMethod::Code,
    };
    studio.rig.act(sign_in).await?;
    let view = studio.rig.wait_until("the code", |view| view.connection.sign_in.waiting).await?;
    view.connection.sign_in.code.ok_or_else(|| "there is no code".into())
}

/// Submits an answer on the browser's authorization page.
async fn answer(studio: &ViewRecorder, code: &str, answer: &str) -> Result<()> {
    let person = studio.rig.person_at(&studio.rig.setup().connection.sign_in.start_url)?;
    person.sign_in(TESTER)?;
    let page = studio.rig.wizard.address(Page::AwsSignIn).await?;
    person.send(&page, &[("user_code", code), ("answer", answer)]).map(drop)
}
