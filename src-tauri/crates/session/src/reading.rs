//! Reads what a person supplied beside the actor, and not for long.

use std::time::Duration;

use super::Failure;

/// Ordinary files take milliseconds.
const LIMIT: Duration = Duration::from_secs(2);

/// Bytes that a reader takes with it to its thread.
pub(super) trait SuppliedBytes: AsRef<[u8]> + Send + 'static {}
impl<T: AsRef<[u8]> + Send + 'static> SuppliedBytes for T {}

/// What `read` returns, from a thread of its own.
///
/// # Errors
/// A failure that says so when it takes longer than two seconds. The thread then ends by itself: every reader has a
/// budget.
pub(super) async fn off_actor<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    match tokio::time::timeout(LIMIT, tokio::task::spawn_blocking(read)).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(_panicked)) => Err(Failure::new("reading_failed")),
        Err(_late) => Err(Failure::new("reading_too_slow")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn slow_reader_is_given_up() {
        let (end, wait) = mpsc::channel::<()>();
        let slow = off_actor(move || wait.recv().is_err()).await;
        assert_eq!(slow.map_err(|failure| failure.code), Err("reading_too_slow".to_owned()));
        drop(end);
        assert_eq!(off_actor(|| 1).await, Ok(1));
    }
}
