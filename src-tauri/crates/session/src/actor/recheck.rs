//! Checks a setup that isn't open, from the list of setups.

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Actor, Message, Reply};
use crate::{Failure, blocking::on_disk, config::SessionConfig, recheck::FinishedSetup};

/// A running check of a setup that isn't open.
pub(super) struct RunningCheck {
    /// The name of the setup in the list.
    name: String,
    id: Uuid,
    cancel: CancellationToken,
    pub(super) task: JoinHandle<()>,
}

impl Actor {
    /// Checks a setup that isn't open, without credentials for AWS.
    pub(super) fn recheck(
        &mut self,
        id: Uuid,
        name: String,
        setup: Box<FinishedSetup>,
        reply: Reply<()>,
    ) {
        let (ports, letters) = (self.ports.clone(), self.letters.clone());
        let cancel = CancellationToken::new();
        let ended = cancel.clone();
        let task = tokio::spawn(async move {
            let SessionConfig { network, practice, clock, .. } = ports;
            let record = tokio::select! {
                biased;
                () = ended.cancelled() => Err(Failure::new("check_stopped")),
                record = setup.recheck(None, &network, &*practice, &clock) => record,
            };
            // The setup stays locked until the record is saved.
            let result = match record {
                Ok(record) => on_disk(move || setup.save(&record)).await,
                Err(failure) => Err(failure),
            };
            if let Some(letters) = letters.upgrade() {
                let message = Message::Rechecked { result, reply };
                // The actor may be waiting for this task, so don't wait for the actor.
                tokio::spawn(async move { letters.send(message).await });
            }
        });
        self.checks.push(RunningCheck { name, id, cancel, task });
    }

    /// Stops the check of this setup, and waits until the setup is no longer locked. The check of a
    /// copy also locks its original, which has its ID as its name.
    pub(super) async fn end_check(&mut self, name: &str) {
        let is_of = |check: &mut RunningCheck| check.name == name || check.id.to_string() == name;
        for check in self.checks.extract_if(.., is_of).collect::<Vec<_>>() {
            check.cancel.cancel();
            // A task that panicked has ended too.
            let _ended = check.task.await;
        }
    }
}
