//! One HTTP server on loopback that plays every host.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri},
    response::{Html, IntoResponse, Redirect, Response},
    routing,
};
use jiff::Timestamp;
use maud::html;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    aws, console, mailbox, nops, pages, portal,
    settings::{Addresses, Settings},
    shared::{Clock, Shared},
    world::{
        LoadError, NOPS_API_HOST, NOPS_HOST, OTHER_NOPS_HOST, REGION, SaveError, Store, World,
    },
};

/// How long calls under way may take when a world ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running practice world. It ends when it is stopped or dropped.
#[derive(Debug)]
pub struct Practice {
    addresses: Addresses,
    /// The server ends in good order when this is dropped.
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
}

/// Why a practice world could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port is taken, or loopback can't be used.
    #[error("the practice world can't listen on 127.0.0.1 port {port}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The kept world could not be read; it stays as it is.
    #[error("the kept practice world can't be used")]
    State(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Practice {
    /// Starts a practice world on loopback, inside the tokio runtime of the caller. With a state
    /// folder it goes on where the world that is kept there ended, whatever the seed.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        Self::start_at(settings, Arc::new(Timestamp::now)).await
    }

    async fn start_at(settings: Settings, clock: Clock) -> Result<Self, StartError> {
        let (store, world) = open(&settings)?;
        let listen = |source| StartError::Listen {
            port: settings.port,
            source,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port))
            .await
            .map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let addresses = addresses(address, &world);
        let shared = Shared::new(world, settings.switches, addresses.clone(), clock, store);
        let app = app(shared, settings.rate_limit);
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            axum::serve(listener, app)
                .with_graceful_shutdown(async { stopped.await.unwrap_or_default() })
                .await
        });
        Ok(Self {
            addresses,
            stop: Some(stop),
            serving,
        })
    }

    /// Where this world answers.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Ends this world: calls under way are answered, then nothing listens at its port. A call
    /// that is not over after two seconds is cut off.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        let ended = tokio::time::timeout(PATIENCE, &mut self.serving).await;
        if ended.is_err() {
            self.serving.abort();
        }
    }
}

fn open(settings: &Settings) -> Result<(Option<Store>, World), StartError> {
    let Some(folder) = &settings.state else {
        return Ok((None, World::seeded(settings.seed)));
    };
    let (store, kept) =
        Store::open(folder).map_err(|error: LoadError| StartError::State(error.into()))?;
    let world = match kept {
        Some(world) => world,
        None => {
            let world = World::seeded(settings.seed);
            store
                .save(&world)
                .map_err(|error: SaveError| StartError::State(error.into()))?;
            world
        }
    };
    Ok((Some(store), world))
}

fn addresses(listening: SocketAddr, world: &World) -> Addresses {
    let root = format!("http://{listening}/");
    let at = |rest: String| format!("{root}at/{rest}");
    Addresses {
        console: at(format!(
            "{REGION}.console.aws.amazon.com/singlesignon/home?region={REGION}"
        )),
        portal: at(format!("{}/start", world.portal_host())),
        metadata: at(format!("portal.sso.{REGION}.amazonaws.com/saml/metadata/")),
        nops: at(format!("{NOPS_HOST}/v3/settings?tab=SSO")),
        nops_api: at(format!("{NOPS_API_HOST}/v1")),
        mailbox: format!("{root}mailbox"),
        aws_endpoint: root,
        region: REGION.to_owned(),
        account_id: world.organization.management_account.clone(),
        access_key_id: "AKIAPRACTICE00000000".to_owned(),
        secret_access_key: "practice-secret-access-key".to_owned(),
    }
}

fn app(shared: Shared, rate_limit: Option<u32>) -> Router {
    let mut app = Router::new()
        .route("/", routing::get(index).merge(aws::route(rate_limit)))
        .route("/at/{host}", routing::any(nothing_here))
        .merge(pages::routes())
        .merge(mailbox::routes());
    for (name, routes) in hosts(&shared) {
        app = app.nest(&format!("/at/{name}"), routes);
    }
    app.fallback(nothing_here).with_state(shared)
}

/// Every host of this world with its pages.
fn hosts(shared: &Shared) -> Vec<(String, Router<Shared>)> {
    let newest = Router::new().route("/saml/metadata/", routing::get(newest_metadata));
    let mut hosts = vec![
        (
            format!("{REGION}.console.aws.amazon.com"),
            console::routes(),
        ),
        (
            format!("portal.sso.{REGION}.amazonaws.com"),
            portal::saml_routes().merge(newest),
        ),
        (shared.read(World::portal_host), portal::routes()),
        (NOPS_HOST.to_owned(), nops::routes()),
        (NOPS_API_HOST.to_owned(), nops::api_routes()),
    ];
    if shared.switches.other_nops_host {
        hosts.push((OTHER_NOPS_HOST.to_owned(), nops::sso_routes()));
    }
    hosts
}
/// The first page: where everything is.
async fn index(State(shared): State<Shared>) -> Html<String> {
    let addresses = &shared.addresses;
    let places = [
        (
            &addresses.console,
            "IAM Identity Center console",
            "for the AWS administrator",
        ),
        (
            &addresses.portal,
            "AWS access portal",
            "where people sign in and find their tiles",
        ),
        (
            &addresses.nops,
            "nOps SSO settings",
            "for the nOps administrator",
        ),
        (
            &addresses.mailbox,
            "Mailbox",
            "every mail that this world has sent",
        ),
    ];
    pages::page(
        "Practice",
        html! {
            p {
                "Everything here is made up and runs on this computer alone: an AWS account, its "
                "access portal and a nOps organization. Nothing that you do reaches AWS or nOps."
            }
            ul {
                @for (address, name, purpose) in places {
                    li { a href=(address) { (name) } ", " (purpose) }
                }
            }
            p { "The AWS API answers at " code { (addresses.aws_endpoint) } "." }
        },
    )
}

/// The metadata of the SAML application that was made last.
async fn newest_metadata(State(shared): State<Shared>) -> Response {
    let link = shared.read(|world| {
        let newest = world.applications.iter().rev();
        newest
            .filter(|application| application.provider.is_saml())
            .max_by_key(|application| application.made_in_console)
            .map(|application| application.metadata_link())
    });
    match link.and_then(|link| shared.local(&link)) {
        Some(address) => Redirect::temporary(&address).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a browser shows for an address that leads nowhere.
async fn nothing_here(State(shared): State<Shared>, uri: Uri) -> Response {
    let host = uri
        .path()
        .strip_prefix("/at/")
        .map(|rest| rest.split('/').next().unwrap_or_default());
    let text = match host {
        Some(host) if !is_known(&shared, host) => {
            format!("Practice has no host {host}. Your browser would not find this address.")
        }
        Some(host) => format!("{host} has no page at this address."),
        None => "Practice has no page at this address.".to_owned(),
    };
    let page = pages::page("Nothing here", html! { p { (text) } });
    (StatusCode::NOT_FOUND, page).into_response()
}

fn is_known(shared: &Shared, host: &str) -> bool {
    hosts(shared).iter().any(|(known, _)| known == host)
}
