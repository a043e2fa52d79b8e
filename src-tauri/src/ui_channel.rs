//! The page that is on show, told of what happens around it.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tauri::ipc::Channel;

/// Who is told: the page that asked last.
pub struct UiChannel<T>(Mutex<Option<Channel<T>>>);

impl<T> Default for UiChannel<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Serialize> UiChannel<T> {
    /// From now on tells this page, and no other.
    pub fn listens(&self, page: Channel<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
    }

    /// Tells the page. One that is gone does not want to know any more.
    pub fn tell(&self, what: T) {
        let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listener.take_if(|page| page.send(what).is_err());
    }
}
