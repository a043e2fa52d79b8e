//! Limits how long secrets may be kept.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Permission to keep secrets. After the lease has ended, secrets are dropped instead of kept, so
/// call [`SecretLease::end`] before removing secrets. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct SecretLease(Arc<AtomicBool>);

impl SecretLease {
    /// Ends the lease, so that no more secrets are kept.
    pub fn end(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub(super) fn has_ended(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
