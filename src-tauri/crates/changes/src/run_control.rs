//! Pauses, resumes and stops a run of changes.

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Pauses or stops a run. Clones share one state. The run checks this before each change, but never
/// during a change.
#[derive(Clone, Debug, Default)]
pub struct RunControl {
    stop: CancellationToken,
    paused: watch::Sender<bool>,
}

impl RunControl {
    /// Prevents further changes. A stopped run can't be resumed.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Prevents further changes until [`Self::go_on`] is called.
    pub fn pause(&self) {
        self.paused.send_replace(true);
    }

    pub fn resume(&self) {
        self.paused.send_replace(false);
    }

    pub fn is_paused(&self) -> bool {
        *self.paused.borrow()
    }

    /// Returns a token that is canceled when the run is stopped.
    pub fn stopping(&self) -> CancellationToken {
        self.stop.clone()
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_cancelled()
    }

    pub async fn wait_until_stopped(&self) {
        self.stop.cancelled().await;
    }

    pub(super) fn may_continue(&self) -> bool {
        !self.is_stopped() && !self.is_paused()
    }

    /// Waits while the run is paused. Returns false if the run is stopped.
    pub(super) async fn wait_until_resumed(&self) -> bool {
        let mut paused = self.paused.subscribe();
        tokio::select! {
            biased;
            () = self.wait_until_stopped() => false,
            // `wait_for` doesn't fail, because `self` owns the sender.
            _ = paused.wait_for(|paused| !paused) => true,
        }
    }
}
