//! Changes that don't build on each other, under way at the same time.

use futures_util::{StreamExt, stream::FuturesUnordered};

use super::{ApplyError, Control};
use identity_center::AwsError;

/// How many changes are under way at most. AWS takes 20 calls a second, and each takes a good part of one.
const AT_ONCE: usize = 10;

/// Begins the work on each item and hands on what came of it, in the order in which it ends. `control` is
/// looked at before each item, never in the middle of one. After an error nothing is begun any more; it
/// is answered when what is under way has ended. Otherwise answers whether nothing was left out.
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
        while under_way.len() < AT_ONCE && halt.is_none() && control.goes() {
            let Some(item) = rest.next() else { break };
            under_way.push(begin(item));
        }
        match under_way.next().await {
            Some(Ok(done)) => ended(done),
            // It was not made, and waiting for AWS ended because somebody stopped it.
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
