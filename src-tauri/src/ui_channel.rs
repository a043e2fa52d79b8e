//! Sends events to the current page.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tauri::ipc::Channel;

/// The channel of the page that subscribed last.
pub struct UiChannel<T>(Mutex<Option<Channel<T>>>);

impl<T> Default for UiChannel<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Serialize> UiChannel<T> {
    /// Replaces the page that receives events.
    pub fn set_receiver(&self, page: Channel<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
    }

    /// Sends an event. Drops the channel if the page was closed.
    pub fn send(&self, what: T) {
        let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listener.take_if(|page| page.send(what).is_err());
    }
}
