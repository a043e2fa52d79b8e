//! Starts and stops practice mode: one HTTP server on loopback.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use jiff::Timestamp;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    made_by_hand, router,
    settings::{Addresses, Settings},
    state::{AppState, Clock},
    world::{NOPS_API_HOST, NOPS_HOST, PracticeState, Store, StoreError, console_host, saml_host},
};

/// The maximum time that requests in progress can continue after the server starts to stop.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running practice server. It stops when this value is dropped.
#[derive(Debug)]
pub struct Practice {
    addresses: Addresses,
    /// Shuts the server down gracefully when dropped.
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<io::Result<()>>,
}

/// The reason why practice mode couldn't start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port is in use, or loopback isn't available.
    #[error("practice mode can't listen on 127.0.0.1 port {port}")]
    Listen { port: u16, source: io::Error },
    /// The saved state can't be used, or the state folder isn't writable.
    #[error("the saved practice mode can't be used")]
    State(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A certificate of the setup that was made by hand couldn't be created.
    #[error("practice mode can't create a certificate")]
    Certificate(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self::State(error.into())
    }
}

impl Practice {
    /// Starts practice mode on loopback, in the caller's tokio runtime. If a state folder is given
    /// and has a saved state, continues from that state and ignores the seed.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        Self::start_with_clock(settings, Arc::new(Timestamp::now)).await
    }

    /// Same as [`Practice::start`], but uses the given clock instead of the system clock.
    pub async fn start_with_clock(settings: Settings, clock: Clock) -> Result<Self, StartError> {
        let (store, world) = open(&settings)?;
        let kept = store.as_ref().and_then(Store::port).filter(|_| settings.port == 0);
        let (listener, address) = listen(kept, settings.port)
            .await
            .map_err(|source| StartError::Listen { port: settings.port, source })?;
        if let Some(store) = store.as_ref().filter(|_| kept != Some(address.port())) {
            store.save_port(address.port())?;
        }
        let moved_from = kept.filter(|port| *port != address.port());
        let addresses = Addresses { moved_from, ..addresses(address, &world) };
        let shared = AppState::new(world, settings.switches, addresses.clone(), clock, store)
            .with_permissions(settings.permissions);
        let app = router::app(shared, settings.rate_limit);
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            axum::serve(listener, app)
                .with_graceful_shutdown(async { stopped.await.unwrap_or_default() })
                .await
        });
        Ok(Self { addresses, stop: Some(stop), serving })
    }

    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Stops the server when the requests in progress are done, and frees its port. Requests that
    /// take more than two seconds are aborted.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        let ended = tokio::time::timeout(PATIENCE, &mut self.serving).await;
        if ended.is_err() {
            self.serving.abort();
        }
    }
}

/// Listens on the port from the last start, so that open browser tabs keep working. If another
/// program is using that port, listens on `wanted`. A port of 0 means any free port.
async fn listen(kept: Option<u16>, wanted: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let ports = kept.into_iter().chain([wanted]);
    let addresses: Vec<_> = ports.map(|port| (Ipv4Addr::LOCALHOST, port).into()).collect();
    // `bind` tries the addresses in order.
    let listener = TcpListener::bind(addresses.as_slice()).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

fn initial_state(settings: &Settings) -> Result<PracticeState, StartError> {
    let mut world = PracticeState::seeded(settings.seed)
        .with_partition(&settings.switches)
        .with_instance_id(&settings.switches)
        .with_further_users(settings.further_users);
    if settings.made_by_hand {
        made_by_hand::add_setup(&mut world, &settings.switches)
            .map_err(|error| StartError::Certificate(error.into()))?;
    }
    Ok(world)
}

fn open(settings: &Settings) -> Result<(Option<Store>, PracticeState), StartError> {
    let Some(folder) = &settings.state else {
        return Ok((None, initial_state(settings)?));
    };
    let (store, saved) = Store::open(folder)?;
    if let Some(world) = saved {
        return Ok((Some(store), world));
    }
    let world = initial_state(settings)?;
    store.save(&world)?;
    Ok((Some(store), world))
}

fn addresses(listening: SocketAddr, world: &PracticeState) -> Addresses {
    let root = format!("http://{listening}/");
    let region = world.region();
    let at = |rest: String| format!("{root}at/{rest}");
    Addresses {
        console: at(format!("{}/singlesignon/home?region={region}", console_host(region))),
        portal: at(world.portal_address()),
        metadata: at(format!("{}/saml/metadata/", saml_host(region))),
        nops: at(format!("{NOPS_HOST}/v3/settings?tab=SSO")),
        nops_api: at(format!("{NOPS_API_HOST}/v1")),
        mailbox: format!("{root}mailbox"),
        aws_endpoint: root,
        region: region.to_owned(),
        account_id: world.organization.management_account.clone(),
        access_key_id: "AKIAPRACTICE00000000".to_owned(),
        secret_access_key: "practice-secret-access-key".to_owned(),
        moved_from: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(address: String) -> (u16, String) {
        tokio::task::spawn_blocking(move || {
            let mut answer =
                ureq::get(&address).config().http_status_as_error(false).build().call().unwrap();
            let text = answer.body_mut().read_to_string().unwrap();
            (answer.status().as_u16(), text)
        })
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn requests_for_other_hosts_are_refused() {
        let practice = Practice::start(Settings::default()).await.unwrap();
        let endpoint = practice.addresses().aws_endpoint.clone();
        let status = |host: &'static str| {
            let endpoint = endpoint.clone();
            tokio::task::spawn_blocking(move || {
                let call = ureq::get(&endpoint).header("host", host);
                let answer = call.config().http_status_as_error(false).build().call().unwrap();
                answer.status().as_u16()
            })
        };
        for (host, expected) in [
            ("127.0.0.1", 200),
            ("127.0.0.1:8080", 200),
            ("LocalHost:1", 200),
            ("evil.example", 421),
            ("127.0.0.1.evil.example", 421),
            ("evil.example:127", 421),
        ] {
            assert_eq!(status(host).await.unwrap(), expected, "{host}");
        }
    }

    async fn call(
        practice: &Practice,
        target: &'static str,
        body: serde_json::Value,
    ) -> serde_json::Value {
        let endpoint = practice.addresses().aws_endpoint.clone();
        tokio::task::spawn_blocking(move || {
            let mut answer = ureq::post(&endpoint)
                .header("x-amz-target", target)
                .header("authorization", "AWS4-HMAC-SHA256 Credential=practice")
                .config()
                .http_status_as_error(false)
                .build()
                .send(body.to_string())
                .unwrap();
            serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
        })
        .await
        .unwrap()
    }

    #[tokio::test]
    async fn two_instances_run_side_by_side() {
        let one = Practice::start(Settings::default()).await.unwrap();
        let other = Practice::start(Settings::default()).await.unwrap();
        for practice in [&one, &other] {
            let endpoint = &practice.addresses().aws_endpoint;
            assert!(endpoint.starts_with("http://127.0.0.1:"), "{endpoint}");
            let (status, page) = get(endpoint.clone()).await;
            assert_eq!(status, 200);
            assert!(page.contains(&practice.addresses().console), "{page}");
        }
        assert_ne!(one.addresses().aws_endpoint, other.addresses().aws_endpoint);
    }

    #[tokio::test]
    async fn error_names_the_taken_port() {
        let taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let settings = Settings { port, ..Settings::default() };
        let refusal = Practice::start(settings).await.unwrap_err();
        assert!(refusal.to_string().contains(&port.to_string()), "{refusal}");
    }

    #[tokio::test]
    async fn stopped_server_refuses_connections() {
        let practice = Practice::start(Settings::default()).await.unwrap();
        let endpoint = practice.addresses().aws_endpoint.clone();
        get(endpoint.clone()).await;
        practice.stop().await;
        let refused = tokio::task::spawn_blocking(move || ureq::get(&endpoint).call());
        assert!(refused.await.unwrap().is_err());
    }

    #[tokio::test]
    async fn dropped_server_refuses_connections() {
        let practice = Practice::start(Settings::default()).await.unwrap();
        let endpoint = practice.addresses().aws_endpoint.clone();
        let address = endpoint["http://".len()..].trim_end_matches('/').to_owned();
        drop(practice);
        let refused = async {
            while tokio::net::TcpStream::connect(&address).await.is_ok() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, refused).await.unwrap();
    }

    #[tokio::test]
    async fn saved_state_survives_restart_with_other_seed() {
        let folder = tempfile::tempdir().unwrap();
        let settings =
            |seed| Settings { seed, state: Some(folder.path().to_owned()), ..Settings::default() };
        let practice = Practice::start(settings(1)).await.unwrap();
        let instances =
            call(&practice, "SWBExternalService.ListInstances", "{}".parse().unwrap()).await;
        let store = &instances["Instances"][0]["IdentityStoreId"];
        let group = serde_json::json!({"IdentityStoreId": store, "DisplayName": "nOps users"});
        let made = call(&practice, "AWSIdentityStore.CreateGroup", group).await;
        practice.stop().await;

        let again = Practice::start(settings(2)).await.unwrap();
        let group = serde_json::json!({"IdentityStoreId": store, "GroupId": made["GroupId"]});
        let found = call(&again, "AWSIdentityStore.DescribeGroup", group).await;
        assert_eq!(found["DisplayName"], "nOps users", "{found}");
    }

    fn settings_in(folder: &tempfile::TempDir) -> Settings {
        Settings { state: Some(folder.path().to_owned()), ..Settings::default() }
    }

    #[tokio::test]
    async fn saved_state_keeps_its_addresses() {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(settings_in(&folder)).await.unwrap();
        let before = practice.addresses().clone();
        practice.stop().await;
        let again = Practice::start(settings_in(&folder)).await.unwrap();
        assert_eq!(*again.addresses(), before);
    }

    #[tokio::test]
    async fn open_form_can_be_sent_after_restart() {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(settings_in(&folder)).await.unwrap();
        let portal = practice.addresses().portal.clone();
        let (_, form) = get(portal.clone()).await;
        let action = form.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        practice.stop().await;

        let _again = Practice::start(settings_in(&folder)).await.unwrap();
        let target = url::Url::parse(&portal).unwrap().join(&action.replace("&amp;", "&")).unwrap();
        let sent = tokio::task::spawn_blocking(move || {
            let request = ureq::post(target.as_str()).config().http_status_as_error(false).build();
            request.send_form([("user_name", "unknown")]).unwrap().status().as_u16()
        });
        assert!(sent.await.unwrap() < 500);
    }

    #[tokio::test]
    async fn server_moves_from_taken_port_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(settings_in(&folder)).await.unwrap();
        let url = url::Url::parse(&practice.addresses().aws_endpoint).unwrap();
        let port = url.port().unwrap();
        practice.stop().await;

        let _taken = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let moved = Practice::start(settings_in(&folder)).await.unwrap();
        assert_eq!(moved.addresses().moved_from, Some(port));
        let (_, page) = get(moved.addresses().aws_endpoint.clone()).await;
        assert!(page.contains(&format!("port {port}")), "{page}");
        let there = moved.addresses().aws_endpoint.clone();
        moved.stop().await;

        // The new port was saved, so the port stays the same at the next start.
        let again = Practice::start(settings_in(&folder)).await.unwrap();
        assert_eq!((again.addresses().moved_from, &again.addresses().aws_endpoint), (None, &there));
    }

    #[tokio::test]
    async fn unknown_addresses_return_not_found() {
        let practice = Practice::start(Settings::default()).await.unwrap();
        let root = &practice.addresses().aws_endpoint;
        let unknown = "Practice has no host app.nops.example.";
        for (path, text) in [
            ("at/app.nops.example/sso/v1/x/?acs", unknown),
            ("at/app.nops.example", unknown),
            ("at/app.nops.io/coffee", "app.nops.io has no page at this address."),
            ("coffee", "Practice has no page at this address."),
        ] {
            let (status, page) = get(format!("{root}{path}")).await;
            assert_eq!(status, 404, "{path}");
            assert!(page.contains(text), "{path}: {page}");
        }
    }
}
