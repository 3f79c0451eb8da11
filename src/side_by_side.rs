//! Systems taken side by side, a few at a time, so that memory holds what is needed of those few and never of all.
//!
//! A thread that waits for a part of its own system takes up whatever waits, and would begin one system after another
//! while none was done: so the next few are begun when these are.

use rayon::prelude::*;
use std::cmp::Reverse;

/// Takes each of some places, as many at once as there are threads, the largest first. Returns what each came to, in
/// the order of the places.
pub fn a_few_at_a_time<T: Send>(
    mut places: Vec<usize>,
    size: impl Fn(usize) -> usize,
    take: impl Fn(usize) -> T + Sync,
) -> Vec<(usize, T)> {
    places.sort_by_key(|place| (Reverse(size(*place)), *place));
    let mut taken: Vec<(usize, T)> = Vec::with_capacity(places.len());
    for few in places.chunks(rayon::current_num_threads().max(1)) {
        taken.par_extend(few.par_iter().map(|place| (*place, take(*place))));
    }
    taken.sort_by_key(|(place, _)| *place);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// However much a system waits for parts of its own, no more are begun than there are threads; each is taken once,
    /// and told in the order of its place.
    #[test]
    fn no_more_are_under_way_than_there_are_threads() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let take = |place: usize| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            let sum: usize = (0..10_000).into_par_iter().with_max_len(10).map(|part| part % 7 + place).sum();
            now.fetch_sub(1, Ordering::SeqCst);
            sum
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let taken = pool.install(|| a_few_at_a_time((0..20).rev().collect(), |place| place % 5, take));
        assert!(most.into_inner() <= 3);
        assert!(taken.iter().map(|(place, _)| *place).eq(0..20));
    }
}
