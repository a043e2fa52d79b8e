//! Whether changes go on, wait or stop.

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What a person says to changes that are being made; all clones say the same. It is looked at before each
/// change, never in the middle of one.
#[derive(Clone, Debug, Default)]
pub struct Control {
    stop: CancellationToken,
    paused: watch::Sender<bool>,
}

impl Control {
    /// Nothing is begun any more, for good.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Nothing is begun until it goes on.
    pub fn pause(&self) {
        self.paused.send_replace(true);
    }

    /// What waits goes on.
    pub fn go_on(&self) {
        self.paused.send_replace(false);
    }

    /// Whether it waits.
    pub fn is_paused(&self) -> bool {
        *self.paused.borrow()
    }

    /// Is canceled when it is stopped.
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Whether it was stopped.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Waits until it is stopped.
    pub async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// Whether the next change may begin now.
    pub(super) fn goes(&self) -> bool {
        !self.is_stopped() && !self.is_paused()
    }

    /// Waits while it is paused; answers whether it goes on then, or was stopped.
    pub(super) async fn wait_until_resumed(&self) -> bool {
        let mut paused = self.paused.subscribe();
        tokio::select! {
            biased;
            () = self.stopped() => false,
            // The sender lives as long as this.
            _ = paused.wait_for(|paused| !paused) => true,
        }
    }
}
