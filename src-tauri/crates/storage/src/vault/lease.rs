//! How long secrets may be kept.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// The right to keep secrets. What is kept after its end is dropped, so end it first and forget then. Clones end
/// together.
#[derive(Clone, Debug, Default)]
pub struct Lease(Arc<AtomicBool>);

impl Lease {
    /// Nothing more is kept.
    pub fn end(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub(super) fn has_ended(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
