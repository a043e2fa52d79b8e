//! Runs work that would block the actor on another thread, with a time limit.

use std::time::Duration;

use super::Failure;

/// The time limit for parsing input and for reading or writing files. Both usually take
/// milliseconds.
const LIMIT: Duration = Duration::from_secs(2);

/// Input that can be moved to a parser's thread.
pub(super) trait SuppliedBytes: AsRef<[u8]> + Send + 'static {}
impl<T: AsRef<[u8]> + Send + 'static> SuppliedBytes for T {}

/// Runs a parser of user input on another thread.
///
/// # Errors
/// Returns `reading_too_slow` after two seconds. The thread still ends eventually, because every
/// parser limits its work.
pub(super) async fn on_parser_thread<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    within_limit(read, "reading_too_slow", "reading_failed").await
}

/// Reads or writes the app's files on another thread.
///
/// # Errors
/// Returns `disk_slow` after two seconds, for example if a network drive doesn't respond. The work
/// continues until the disk responds.
pub(super) async fn on_disk<T, E>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    T: Send + 'static,
    E: Into<Failure> + Send + 'static,
{
    within_limit(work, "disk_slow", "disk_failed").await?.map_err(Into::into)
}

/// Reads the user's files or folders on another thread. Returns `None` after two seconds, for
/// example if a network drive doesn't respond.
pub(super) async fn on_user_disk<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    within_limit(read, "disk_slow", "disk_failed").await.ok()
}

async fn within_limit<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    slow: &str,
    failed: &str,
) -> Result<T, Failure> {
    match tokio::time::timeout(LIMIT, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_panicked)) => Err(Failure::new(failed)),
        Err(_late) => Err(Failure::new(slow)),
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Instant};

    use storage::store::StoreError;

    use super::*;

    #[tokio::test]
    async fn slow_reader_times_out() {
        let (end, wait) = mpsc::channel::<()>();
        let began = Instant::now();
        let slow = on_parser_thread(move || wait.recv().is_err()).await;
        assert!(began.elapsed() < 5 * LIMIT);
        assert_eq!(slow.map_err(|failure| failure.code), Err("reading_too_slow".to_owned()));
        drop(end);
        assert_eq!(on_parser_thread(|| 1).await, Ok(1));
    }

    #[tokio::test]
    async fn unresponsive_disk_times_out() {
        let (end, wait) = mpsc::channel::<()>();
        let slow = on_disk(move || {
            let _ended = wait.recv();
            Ok::<_, StoreError>(())
        });
        assert_eq!(slow.await.map_err(|failure| failure.code), Err("disk_slow".to_owned()));
        drop(end);
        let (end, wait) = mpsc::channel::<()>();
        assert_eq!(on_user_disk(move || wait.recv()).await, None);
        drop(end);
        let full = on_disk(|| Err::<(), _>(StoreError::DiskFull)).await;
        assert_eq!(full.map_err(|failure| failure.code), Err("disk_full".to_owned()));
    }
}
