//! Runs independent changes concurrently.

use futures_util::{StreamExt, stream::FuturesUnordered};

use super::{ApplyError, Control};
use identity_center::AwsError;

/// The maximum number of concurrent changes. AWS allows 20 calls per second, and a call takes most of a
/// second.
const AT_ONCE: usize = 10;

/// Starts the work for each item, and passes each result to `ended` in order of completion.
///
/// `control` is checked before each item, never during one. After an error, no more items are started, and
/// the error is returned once the running items have ended. Otherwise returns whether all items were
/// processed.
pub async fn run_concurrently<I, W, T>(
    items: impl IntoIterator<Item = I>,
    control: &Control,
    begin: impl Fn(I) -> W,
    mut ended: impl FnMut(T),
) -> Result<bool, ApplyError>
where
    W: Future<Output = Result<T, ApplyError>>,
{
    let mut rest = items.into_iter().peekable();
    let mut under_way = FuturesUnordered::new();
    let mut halt = None;
    let mut left_out = false;
    loop {
        while under_way.len() < AT_ONCE && halt.is_none() && control.may_continue() {
            let Some(item) = rest.next() else { break };
            under_way.push(begin(item));
        }
        match under_way.next().await {
            Some(Ok(done)) => ended(done),
            // The change wasn't made: the user stopped the run while the change waited for AWS's rate limit.
            Some(Err(ApplyError::Aws(AwsError::Throttled))) if control.is_stopped() => {
                left_out = true;
            }
            Some(Err(error)) => halt = halt.or(Some(error)),
            None if halt.is_none()
                && rest.peek().is_some()
                && control.wait_until_resumed().await => {}
            None => break,
        }
    }
    match halt {
        Some(error) => Err(error),
        None => Ok(!left_out && rest.peek().is_none()),
    }
}
