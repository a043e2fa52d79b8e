//! The progress of a run of changes.

use std::collections::BTreeMap;

/// The number of processed changes and the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u32,
    pub total: u32,
    /// The number of processed changes of the kind that will end last, and the total of that kind.
    /// The kinds run concurrently, so this kind determines when the run ends.
    pub slowest_done: u32,
    pub slowest_total: u32,
}

impl Progress {
    /// Returns the progress of a run that has only one kind of change.
    pub fn single_kind(done: u32, total: u32) -> Self {
        Self { done, total, slowest_done: done, slowest_total: total }
    }
}

/// Counts the processed changes of each kind.
#[derive(Debug, Default)]
pub(super) struct Counter {
    kinds: BTreeMap<&'static str, (u32, u32)>,
}

impl Counter {
    pub(super) fn from_planned(planned: impl Iterator<Item = &'static str>) -> Self {
        let mut counter = Self::default();
        for kind in planned {
            counter.kinds.entry(kind).or_default().1 += 1;
        }
        counter
    }

    pub(super) fn count(&mut self, kind: &'static str) {
        self.kinds.entry(kind).or_default().0 += 1;
    }

    pub(super) fn progress(&self) -> Progress {
        let kinds = || self.kinds.values().copied();
        let (done, total) = kinds().fold((0, 0), |sum, kind| (sum.0 + kind.0, sum.1 + kind.1));
        // The pace of a kind that hasn't started isn't known.
        let started = kinds().filter(|(done, _)| *done > 0);
        let left = |(done, total): (u32, u32)| f64::from(total - done) / f64::from(done);
        let slowest = started.max_by(|one, other| left(*one).total_cmp(&left(*other)));
        let (slowest_done, slowest_total) = slowest.unwrap_or((0, total));
        Progress { done, total, slowest_done, slowest_total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_reports_kind_with_most_left() {
        let kinds = [("user", 10), ("member", 100), ("assign", 1)];
        let planned =
            || kinds.into_iter().flat_map(|(kind, count)| std::iter::repeat_n(kind, count));
        let mut counter = Counter::from_planned(planned());
        let check = |counter: &Counter, done, slowest| {
            let progress = counter.progress();
            assert_eq!((progress.done, progress.total), (done, 111));
            assert_eq!((progress.slowest_done, progress.slowest_total), slowest);
        };
        check(&counter, 0, (0, 111));
        counter.count("user");
        check(&counter, 1, (1, 10));
        for _ in 0..9 {
            counter.count("user");
            counter.count("member");
        }
        check(&counter, 19, (9, 100));
        for _ in 0..91 {
            counter.count("member");
        }
        counter.count("assign");
        let Progress { done, total, slowest_done, slowest_total } = counter.progress();
        assert_eq!((done, slowest_done), (total, slowest_total));
    }
}
