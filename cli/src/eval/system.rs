//! The rule pack as a corrector of many sentences, on all cores.

use lexilingo_language::{
    fluency,
    rules::{Checked, RulePack},
    vocabulary,
};
use std::{num::NonZero, panic, thread};

/// Applies `work` to every item; answers in the order of the items.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(cores).max(1);
    let work = &work;
    thread::scope(|scope| {
        let parts: Vec<_> = items
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()))
            .collect();
        let joined = parts.into_iter().flat_map(|part| match part.join() {
            Ok(answers) => answers,
            Err(panicked) => panic::resume_unwind(panicked),
        });
        joined.collect()
    })
}

pub fn checked(pack: &RulePack, texts: &[String]) -> Vec<Checked> {
    on_all_cores(texts, |text| pack.check(text))
}

/// 0..=1, as `lexilingo check --fluency` writes it: with four digits.
pub fn fluency(pack: &RulePack, texts: &[String]) -> Vec<f64> {
    on_all_cores(texts, |text| {
        let read = pack.read(text);
        let score = fluency::score(pack.counts(), &read, &pack.correct(&read).findings);
        (score * 10_000.0).round() / 10_000.0
    })
}

/// Mean level of the words, 1 to 6; 0 without a word that is known.
pub fn difficulty(pack: &RulePack, texts: &[String]) -> Vec<f64> {
    on_all_cores(texts, |text| vocabulary::profile(&pack.read(text)).difficulty.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..101).collect();
        assert_eq!(
            on_all_cores(&items, |n| n * 2),
            items.iter().map(|n| n * 2).collect::<Vec<_>>()
        );
        assert!(on_all_cores(&[], |n: &usize| *n).is_empty());
    }
}
