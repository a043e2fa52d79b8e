//! The state that all pages and API calls share.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::Timestamp;
use url::Url;

use crate::{
    aws::Permissions,
    saml,
    settings::{Addresses, Switches},
    world::{Application, Identity, PracticeState, Store, StoreError},
};

/// Returns the current time. All pages use this clock, so tests can set the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A handle to the shared state, which is cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub switches: Arc<Switches>,
    pub addresses: Arc<Addresses>,
    pub permissions: Permissions,
    clock: Clock,
    world: Arc<Mutex<PracticeState>>,
    store: Option<Arc<Store>>,
}

impl AppState {
    pub fn new(
        world: PracticeState,
        switches: Switches,
        addresses: Addresses,
        clock: Clock,
        store: Option<Store>,
    ) -> Self {
        Self {
            switches: Arc::new(switches),
            addresses: Arc::new(addresses),
            permissions: Permissions::default(),
            clock,
            world: Arc::new(Mutex::new(world)),
            store: store.map(Arc::new),
        }
    }

    pub fn with_permissions(self, permissions: Permissions) -> Self {
        Self { permissions, ..self }
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Calls `look` with the locked state.
    pub fn read<T>(&self, look: impl FnOnce(&PracticeState) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state. If there is a store, saves the new state before returning.
    pub fn change<T>(&self, alter: impl FnOnce(&mut PracticeState) -> T) -> Result<T, StoreError> {
        self.try_change(|world| Ok(alter(world)))
    }

    /// Same as [`AppState::change`], but the change can fail. A failed change isn't saved. `alter`
    /// must check everything before it changes anything, because there is no rollback.
    pub fn try_change<T, E: From<StoreError>>(
        &self,
        alter: impl FnOnce(&mut PracticeState) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut world = self.lock();
        let outcome = alter(&mut world)?;
        if let Some(store) = &self.store {
            store.save(&world)?;
        }
        Ok(outcome)
    }

    /// Returns the local address for a real link: `https://HOST/PATH` becomes
    /// `http://127.0.0.1:PORT/at/HOST/PATH`. Parses the link like a browser and ignores surrounding
    /// spaces, the case of the host, and a default port. Returns `None` for links that aren't
    /// `http` or `https`.
    pub fn local(&self, link: &str) -> Option<String> {
        let url = Url::parse(link).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let rest = url.as_str().split_once("://")?.1;
        Some(format!("{}at/{rest}", self.addresses.aws_endpoint))
    }

    fn lock(&self) -> MutexGuard<'_, PracticeState> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets handlers take the state as a parameter.
impl FromRequestParts<Self> for AppState {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &Self) -> Result<Self, Infallible> {
        Ok(state.clone())
    }
}

/// Returns the active signing identity of an application or draft, and creates it on first use. The
/// application determines the seed of the key and the start date of the certificate, so the
/// identity doesn't depend on when it's first used.
pub fn signing_identity(application: &mut Application) -> Result<Identity, saml::SigningError> {
    if let Some(identity) = application.identities.first() {
        return Ok(identity.clone());
    }
    let shape = if application.other_certificate { saml::OTHER } else { saml::AWS };
    let identity = saml::new_identity(application.key_seed, application.created_at, &shape)?;
    application.identities.push(identity.clone());
    Ok(identity)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::world::Provider;

    /// Returns the seeded state with its clock set to the start of 1970.
    pub fn seeded_state(switches: Switches) -> AppState {
        let addresses = Addresses {
            aws_endpoint: "http://127.0.0.1:4321/".to_owned(),
            console: String::new(),
            portal: String::new(),
            metadata: String::new(),
            nops: String::new(),
            nops_api: String::new(),
            mailbox: String::new(),
            region: String::new(),
            account_id: String::new(),
            access_key_id: String::new(),
            secret_access_key: String::new(),
            moved_from: None,
        };
        let clock: Clock = Arc::new(|| Timestamp::UNIX_EPOCH);
        AppState::new(PracticeState::seeded(0), switches, addresses, clock, None)
    }

    #[test]
    fn real_link_maps_to_local_address() {
        let shared = seeded_state(Switches::default());
        let check = |link: &str, local: Option<&str>| {
            assert_eq!(shared.local(link).as_deref(), local, "{link:?}");
        };
        let acs = Some("http://127.0.0.1:4321/at/app.nops.io/sso/v1/1/?acs");
        check("https://app.nops.io/sso/v1/1/?acs", acs);
        check(" https://APP.nops.io:443/sso/v1/1/?acs\n", acs);
        check("http://app.nops.io/sso/v1/1/?acs", acs);
        let other_port = Some("http://127.0.0.1:4321/at/app.nops.io:8443/");
        check("https://app.nops.io:8443", other_port);
        check("app.nops.io/sso/v1/1/?acs", None);
        check("javascript:alert(1)", None);
        check("", None);
    }

    #[test]
    fn each_application_keeps_its_own_identity() {
        let mut world = PracticeState::seeded(0);
        let now = Timestamp::constant(1_772_442_000, 0);
        let mut one = world.new_application(Provider::CustomSaml, &Switches::default(), now);
        let mut other = world.new_application(Provider::CustomSaml, &Switches::default(), now);
        let identity = signing_identity(&mut one).unwrap();
        assert_eq!(signing_identity(&mut one).unwrap(), identity);
        assert_eq!(one.identities, std::slice::from_ref(&identity));
        assert_ne!(signing_identity(&mut other).unwrap(), identity);
    }

    #[test]
    fn only_successful_changes_are_saved() {
        #[derive(Debug)]
        struct PolicyDenied;
        impl From<StoreError> for PolicyDenied {
            fn from(_: StoreError) -> Self {
                Self
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let kept = || Store::open(folder.path()).unwrap().1;
        let (store, _) = Store::open(folder.path()).unwrap();
        let shared = AppState { store: Some(Arc::new(store)), ..seeded_state(Switches::default()) };
        let refused: Result<(), PolicyDenied> = shared.try_change(|_| Err(PolicyDenied));
        assert!(refused.is_err());
        assert_eq!(kept(), None);
        shared.change(|world| world.users.clear()).unwrap();
        assert_eq!(kept(), Some(shared.read(PracticeState::clone)));
    }
}
