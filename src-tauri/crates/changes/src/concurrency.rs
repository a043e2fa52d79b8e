//! Runs independent changes concurrently.

use std::collections::{BTreeMap, VecDeque};

use futures_util::{FutureExt, StreamExt, stream::FuturesUnordered};

use super::{ApplyError, RunControl};
use identity_center::AwsError;

/// The maximum number of concurrent changes of one kind. AWS allows 20 calls per second of each
/// kind, and a call takes up to one second.
const AT_ONCE: usize = 20;

/// The changes of one kind.
#[derive(Debug)]
struct ChangeQueue<I> {
    waiting: VecDeque<I>,
    running: usize,
}

impl<I> Default for ChangeQueue<I> {
    fn default() -> Self {
        Self { waiting: VecDeque::new(), running: 0 }
    }
}

/// Starts the work for each item, and passes each result to `ended` in order of completion. `ended`
/// returns the item that had to wait for this item, if any. Each kind of item has its own queue, so
/// that a slow kind doesn't delay the others.
///
/// `control` is checked before each item, but never during an item. After an error, no more items
/// are started, and the error is returned when the running items have ended. Otherwise, returns
/// whether all items were processed.
pub async fn run_concurrently<I, W, T>(
    items: impl IntoIterator<Item = I>,
    kind: impl Fn(&I) -> &'static str,
    control: &RunControl,
    begin: impl Fn(I) -> W,
    mut ended: impl FnMut(T) -> Option<I>,
) -> Result<bool, ApplyError>
where
    W: Future<Output = Result<T, ApplyError>>,
{
    let mut queues: BTreeMap<&str, ChangeQueue<I>> = BTreeMap::new();
    for item in items {
        queues.entry(kind(&item)).or_default().waiting.push_back(item);
    }
    let mut under_way = FuturesUnordered::new();
    let mut halt = None;
    let mut left_out = false;
    loop {
        while halt.is_none()
            && control.may_continue()
            && let Some((kind, item)) = take_next_item(&mut queues)
        {
            under_way.push(begin(item).map(move |result| (kind, result)));
        }
        let Some((of, result)) = under_way.next().await else {
            let waits = halt.is_none() && is_waiting(&queues);
            if waits && control.wait_until_resumed().await {
                continue;
            }
            break;
        };
        queues.entry(of).or_default().running -= 1;
        match result {
            Ok(done) => {
                if let Some(item) = ended(done) {
                    queues.entry(kind(&item)).or_default().waiting.push_back(item);
                }
            }
            // This change wasn't made: the user stopped the run while the change was waiting for
            // AWS's rate limit.
            Err(ApplyError::Aws(AwsError::Throttled)) if control.is_stopped() => left_out = true,
            Err(error) => halt = halt.or(Some(error)),
        }
    }
    match halt {
        Some(error) => Err(error),
        None => Ok(!left_out && !is_waiting(&queues)),
    }
}

/// Takes an item from a queue that can start another item.
fn take_next_item<'a, I>(queues: &mut BTreeMap<&'a str, ChangeQueue<I>>) -> Option<(&'a str, I)> {
    queues.iter_mut().filter(|(_, queue)| queue.running < AT_ONCE).find_map(|(kind, queue)| {
        let item = queue.waiting.pop_front()?;
        queue.running += 1;
        Some((*kind, item))
    })
}

fn is_waiting<I>(queues: &BTreeMap<&str, ChangeQueue<I>>) -> bool {
    queues.values().any(|queue| !queue.waiting.is_empty())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use tokio::{sync::Semaphore, task::yield_now};

    use super::*;

    /// The slow items can't end until all fast items have ended.
    #[tokio::test]
    async fn slow_kind_does_not_delay_others() {
        let (gate, most, running) = (Semaphore::new(0), Cell::new(0), Cell::new(0));
        let items = (0..50).map(|_| "slow").chain((0..50).map(|_| "fast"));
        let begin = async |item: &'static str| {
            if item == "slow" {
                running.set(running.get() + 1);
                most.set(running.get().max(most.get()));
                let _open = gate.acquire().await.unwrap();
                running.set(running.get() - 1);
            }
            yield_now().await;
            Ok(item)
        };
        let mut order = Vec::new();
        let ended = |item| {
            order.push(item);
            if order.iter().filter(|item| **item == "fast").count() == 50 {
                gate.add_permits(1);
            }
            None
        };
        let all = run_concurrently(items, |item| item, &RunControl::default(), begin, ended).await;
        assert!(all.unwrap());
        assert_eq!(order.len(), 100);
        assert!(order[..50].iter().all(|item| *item == "fast"));
        assert_eq!(most.get(), AT_ONCE);
    }

    /// Each item of the first kind starts an item of the second kind, unless the run is stopped
    /// first.
    #[tokio::test]
    async fn dependent_item_starts_immediately() {
        for stop_after in [None, Some(3)] {
            let control = RunControl::default();
            let begin = async |item: (&'static str, u32)| Ok(item);
            let mut order = Vec::new();
            let ended = |(kind, number)| {
                order.push((kind, number));
                if stop_after == Some(order.len()) {
                    control.stop();
                }
                (kind == "user").then_some(("member", number))
            };
            let items = (0..30).map(|number| ("user", number));
            let all = run_concurrently(items, |item| item.0, &control, begin, ended).await.unwrap();
            assert_eq!(all, stop_after.is_none());
            let place = |kind, number| order.iter().position(|item| *item == (kind, number));
            match stop_after {
                None => {
                    assert_eq!(order.len(), 60);
                    assert!((0..30).all(|number| place("user", number) < place("member", number)));
                    assert!(place("member", 0) < place("user", 29), "they run side by side");
                }
                Some(_) => assert!(order.len() <= 2 * AT_ONCE),
            }
        }
    }
}
