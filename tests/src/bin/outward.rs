//! Runs a real setup with a profile from the AWS configuration files, using the network that this
//! process's environment describes. When AWS has responded or timed out, prints the setup as the
//! window would show it.
//!
//! Usage:
//! - `outward connect PROFILE [LINK]`: connects. Pastes the link in step 4, if there is one, and
//!   waits for its metadata.
//! - `outward warn [PROFILE]`: connects with the profile, if there is one. Prints the first setup
//!   that shows custom endpoints, even if AWS hasn't responded.
//! - `outward sign-in PROFILE PORTAL`: connects, and signs in at the portal. Prints the first setup
//!   that shows other custom endpoints.
//! - `outward doctor REGION`: prints the state of each AWS host, without connecting.
//! - `outward disconnect PROFILE`: connects, disconnects, and waits until no custom endpoints are
//!   shown.

use std::{
    env,
    io::{Write, stdout},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use acceptance::Result;
use jiff::Timestamp;
use session::{
    Failure, View, Wizard,
    action::{ConnectionAction, SetupAction, SignInAction, ValueAction},
    config::{Practice, PracticeStart, SessionConfig},
    doctor::doctor,
    view::{ConnectionState, SetupKind, SetupView, SignInMethod},
};
use setup::Field;
use storage::vault;
use tokio::sync::watch;
use transport::Network;

/// A time limit that is longer than all timeouts involved.
const DEADLINE: Duration = Duration::from_secs(50);

/// Returns an error instead of starting practice mode, because this program runs only real setups.
struct NoPractice;

impl Practice for NoPractice {
    fn start(&self, _folder: PathBuf, _repair: bool) -> PracticeStart {
        Box::pin(async { Err(Failure::new("practice_port")) })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let told = async {
        writeln!(stdout(), "{}", run_outward(env::args().skip(1)).await?).map_err(Into::into)
    };
    match Box::pin(told).await as Result<()> {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // If stderr is closed, the exit code is the only way to report the problem.
            let _gone = writeln!(std::io::stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run_outward(mut arguments: impl Iterator<Item = String>) -> Result<String> {
    let command = arguments.next().ok_or("expected a command")?;
    let name = arguments.next();
    let network = Network {
        certificates: env::var_os("AWS_CA_BUNDLE").map(PathBuf::from),
        system_certificates: env::var_os("SSL_CERT_FILE").map(PathBuf::from),
        system_proxy: env::var_os("SYSTEM_PROXY").map(|_| system_proxy as _),
    };
    if command == "doctor" {
        let checks = doctor(name.as_deref(), &network).await?.hosts;
        return Ok(serde_json::to_string(&checks)?);
    }
    let folder = tempfile::tempdir()?;
    let wizard = Wizard::start(SessionConfig {
        folder: folder.path().join("setups"),
        clock: Arc::new(Timestamp::now),
        zone: jiff::tz::TimeZone::UTC,
        keychain: vault::opener(None),
        downloads: None,
        practice: Arc::new(NoPractice),
        network,
    })?;
    let mut views = wizard.views();
    wizard
        .act(SetupAction::Create {
            name: "Example Corp".to_owned(),
            world: SetupKind::Real,
            repair: false,
            aws_role: true,
            nops_role: true,
        })
        .await?;
    if let Some(profile) = name {
        let connect = ConnectionAction::ConnectProfile { profile, region: None, code: None };
        wizard.act(connect).await?;
    }
    let has_ended = |setup: &SetupView| {
        let state = setup.connection.state;
        state == ConnectionState::Connected || state == ConnectionState::Failed
    };
    let setup = match (command.as_str(), arguments.next()) {
        ("connect", None) => wait_until(&mut views, has_ended).await?,
        ("connect", Some(text)) => {
            wait_until(&mut views, has_ended).await?;
            let field = Field::IdpLink;
            wizard.act(ValueAction::Enter { field, text, html: None }).await?;
            wait_until(&mut views, |setup| {
                let fetched = setup.facts.contains_key(&Field::IdpMetadataFetched);
                let mut codes = setup.findings.iter().map(|finding| &finding.code);
                fetched || codes.any(|code| code == "metadata_unreachable")
            })
            .await?
        }
        ("warn", None) => {
            let is_shown = |setup: &SetupView| setup.connection.redirected.is_some();
            wait_until(&mut views, |setup| is_shown(setup) || has_ended(setup)).await?
        }
        ("sign-in", Some(start_url)) => {
            let connected = wait_until(&mut views, has_ended).await?;
            let (region, answer) = (String::new(), SignInMethod::Code);
            wizard.act(SignInAction::SignIn { start_url, region, answer }).await?;
            let before = connected.connection.redirected;
            wait_until(&mut views, |setup| {
                setup.connection.redirected != before || setup.job.is_none()
            })
            .await?
        }
        ("disconnect", None) => {
            wait_until(&mut views, has_ended).await?;
            wizard.act(ConnectionAction::Disconnect).await?;
            wait_until(&mut views, |setup| setup.connection.redirected.is_none()).await?
        }
        _ => return Err("unknown command".into()),
    };
    Ok(serde_json::to_string(&setup)?)
}

/// Returns the proxy from the desktop settings of the simulated company.
fn system_proxy(_address: &str) -> Option<String> {
    env::var("SYSTEM_PROXY").ok()
}

async fn wait_until(
    views: &mut watch::Receiver<View>,
    mut wanted: impl FnMut(&SetupView) -> bool,
) -> Result<SetupView> {
    let seen = views.wait_for(|view| view.setup.as_ref().is_some_and(&mut wanted));
    let seen = tokio::time::timeout(DEADLINE, seen).await;
    let setup = seen.map_err(|_| "nothing came of it")??.setup.clone();
    Ok(setup.ok_or("no setup is open")?)
}
