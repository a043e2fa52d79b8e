//! What every page and call of one running world shares.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use url::Url;

use crate::{
    saml,
    settings::{Addresses, Switches},
    world::{Application, Identity, SaveError, Store, World},
};

/// Tells the time. Pages never ask the operating system themselves.
pub(crate) type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A handle on the running world; cheap to clone.
#[derive(Clone)]
pub(crate) struct Shared {
    /// Which inferred facts are false.
    pub switches: Arc<Switches>,
    /// Where this world answers.
    pub addresses: Arc<Addresses>,
    clock: Clock,
    world: Arc<Mutex<World>>,
    store: Option<Arc<Store>>,
}

impl Shared {
    /// Puts a world, its settings and its clock together.
    pub fn new(
        world: World,
        switches: Switches,
        addresses: Addresses,
        clock: Clock,
        store: Option<Store>,
    ) -> Self {
        Self {
            switches: Arc::new(switches),
            addresses: Arc::new(addresses),
            clock,
            world: Arc::new(Mutex::new(world)),
            store: store.map(Arc::new),
        }
    }

    /// The time in this world.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Looks at the world.
    pub fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the world and, where it is kept, writes it before answering.
    pub fn change<T>(&self, alter: impl FnOnce(&mut World) -> T) -> Result<T, SaveError> {
        let mut world = self.lock();
        let outcome = alter(&mut world);
        if let Some(store) = &self.store {
            store.save(&world)?;
        }
        Ok(outcome)
    }

    /// As [`Shared::change`], for a change that may be refused; a refused one writes nothing.
    /// `alter` looks before it alters, since what it has altered by then stays altered.
    pub fn try_change<T, E: From<SaveError>>(
        &self,
        alter: impl FnOnce(&mut World) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut world = self.lock();
        let outcome = alter(&mut world)?;
        if let Some(store) = &self.store {
            store.save(&world)?;
        }
        Ok(outcome)
    }

    /// Where a real-shaped link is served: `https://HOST/PATH` becomes
    /// `http://127.0.0.1:PORT/at/HOST/PATH`. The link is read as a browser reads it (spaces around
    /// it, the case of the host and a default port do not matter); what no browser could open by
    /// `http` or `https` has no place here.
    pub fn local(&self, link: &str) -> Option<String> {
        let url = Url::parse(link).ok()?;
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let rest = url.as_str().split_once("://")?.1;
        Some(format!("{}at/{rest}", self.addresses.aws_endpoint))
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The active signing identity of an application or draft, made on first use. The seed of the key
/// and the start of the certificate belong to the application, so the identity is the same
/// whenever it is asked for.
pub(crate) fn signing_identity(
    application: &mut Application,
) -> Result<Identity, saml::IdentityError> {
    if let Some(identity) = application.identities.first() {
        return Ok(identity.clone());
    }
    let identity = saml::new_identity(application.key_seed, application.created_at)?;
    application.identities.push(identity.clone());
    Ok(identity)
}
