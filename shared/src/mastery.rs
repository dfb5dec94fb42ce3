//! Mastery of one concept: right and wrong uses, forgetting, and when to review.
//!
//! The estimate of accuracy is a Beta posterior, and forgetting follows a half-life that grows with evidence, in the form
//! of half-life regression (Settles & Meeder 2016) with coefficients set by hand:
//!
//! - accuracy `a = (R + 1) / (R + W + 2)`, with `R`, `W` the right and wrong uses, older ones faded by half with every
//!   half-memory of uses, so that a learner can leave a bad start behind: before new uses are added, both are multiplied
//!   by `0.5 ^ (new / 20)`;
//! - half-life in days `h = 2 ^ (1 + √R / 1.5 − √W / 1.5)`, between 1 and 180;
//! - recall after `t` days `p = 2 ^ (−t / h)`;
//! - mastery `m = 0.5 + (a − 0.5) · p` where `a > 0.5`, else `a`: what is forgotten becomes unsure, not wrong.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// New uses after which older ones count half.
const HALF_MEMORY: f64 = 20.0;
/// Bounds of the half-life, in days.
const SHORTEST: f64 = 1.0;
const LONGEST: f64 = 180.0;
/// Uses of one text that count at most: an essay of forty articles is one piece of evidence, not forty.
const MOST_OF_A_TEXT: u32 = 5;
/// Recall at which a review is due.
const REVIEW_AT: f64 = 0.7;
const DAY: f64 = 86_400.0;

/// From this mastery on a concept counts as known.
pub const MASTERED: f64 = 0.6;

/// What is remembered of a learner and a concept. Small enough to lie in a document beside hundreds of others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mastery {
    /// Faded numbers of uses.
    pub right: f64,
    pub wrong: f64,
    /// All uses since the beginning.
    pub right_uses: u64,
    pub wrong_uses: u64,
    pub last_used: Timestamp,
}

impl Mastery {
    /// Nothing is known yet: mastery 0.5.
    pub fn new(now: Timestamp) -> Mastery {
        Mastery { right: 0.0, wrong: 0.0, right_uses: 0, wrong_uses: 0, last_used: now }
    }

    /// With the uses of one more text. Evidence of an earlier text than the last moves no time backwards.
    pub fn with(self, right: u32, wrong: u32, now: Timestamp) -> Mastery {
        let used = right.saturating_add(wrong);
        if used == 0 {
            return self;
        }
        let scale = f64::from(used.min(MOST_OF_A_TEXT)) / f64::from(used);
        let (new_right, new_wrong) = (f64::from(right) * scale, f64::from(wrong) * scale);
        let faded = 0.5f64.powf((new_right + new_wrong) / HALF_MEMORY);
        Mastery {
            right: self.right * faded + new_right,
            wrong: self.wrong * faded + new_wrong,
            right_uses: self.right_uses.saturating_add(u64::from(right)),
            wrong_uses: self.wrong_uses.saturating_add(u64::from(wrong)),
            last_used: self.last_used.max(now),
        }
    }

    /// Share of right uses to be expected while the concept is fresh, in 0..=1.
    pub fn accuracy(&self) -> f64 {
        (self.right + 1.0) / (self.right + self.wrong + 2.0)
    }

    /// Days after which recall has fallen to a half.
    pub fn half_life(&self) -> f64 {
        let exponent = 1.0 + (self.right.max(0.0).sqrt() - self.wrong.max(0.0).sqrt()) / 1.5;
        exponent.exp2().clamp(SHORTEST, LONGEST)
    }

    /// Mastery now, in 0..=1.
    pub fn at(&self, now: Timestamp) -> f64 {
        let accuracy = self.accuracy();
        let days = now.since(self.last_used).as_secs_f64() / DAY;
        let recall = (-days / self.half_life()).exp2();
        if accuracy > 0.5 { 0.5 + (accuracy - 0.5) * recall } else { accuracy }
    }

    /// When the concept should be met again: when recall falls to 0.7.
    pub fn due(&self) -> Timestamp {
        let days = -REVIEW_AT.log2() * self.half_life();
        self.last_used.plus(Duration::from_secs_f64(days * DAY))
    }
}

/// The concepts whose review is due, the longest overdue first, of a learner's masteries by concept.
pub fn due<'m>(
    masteries: impl IntoIterator<Item = (&'m str, &'m Mastery)>,
    now: Timestamp,
) -> Vec<&'m str> {
    let mut waiting: Vec<(Timestamp, &str)> = masteries
        .into_iter()
        .map(|(concept, mastery)| (mastery.due(), concept))
        .filter(|(due, _)| *due <= now)
        .collect();
    waiting.sort_unstable();
    waiting.into_iter().map(|(_, concept)| concept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn days(count: u64) -> Timestamp {
        START.plus(Duration::from_secs(count * 86_400))
    }

    #[test]
    fn nobody_knows_anything_of_a_new_concept() {
        assert_eq!(Mastery::new(START).at(days(100)), 0.5);
        let same = Mastery::new(START).with(0, 0, days(3));
        assert_eq!(same, Mastery::new(START));
    }

    #[test]
    fn right_uses_raise_and_wrong_ones_lower() {
        let good = Mastery::new(START).with(3, 0, START);
        let bad = Mastery::new(START).with(0, 3, START);
        assert!(good.at(START) > 0.7 && bad.at(START) < 0.3);
        assert!(good.half_life() > bad.half_life());
    }

    #[test]
    fn what_is_not_used_becomes_unsure_but_not_wrong() {
        let good = Mastery::new(START).with(4, 0, START);
        assert!(good.at(days(2)) < good.at(START) && good.at(days(1000)) >= 0.5);
        let bad = Mastery::new(START).with(0, 4, START);
        assert_eq!(bad.at(days(1000)), bad.at(START));
    }

    #[test]
    fn a_bad_start_is_left_behind() {
        let mut mastery = Mastery::new(START).with(0, 5, START);
        for day in 1..=12 {
            mastery = mastery.with(5, 0, days(day));
        }
        assert!(mastery.at(days(12)) > 0.85, "{}", mastery.at(days(12)));
    }

    #[test]
    fn one_essay_is_not_forty_pieces_of_evidence() {
        let essay = Mastery::new(START).with(40, 0, START);
        let texts = Mastery::new(START).with(5, 0, START);
        assert_eq!((essay.right, essay.due()), (texts.right, texts.due()));
        assert_eq!(essay.right_uses, 40);
    }

    #[test]
    fn reviews_come_later_the_better_a_concept_is_known() {
        let weak = Mastery::new(START).with(1, 2, START);
        let strong = Mastery::new(START).with(5, 0, START).with(5, 0, START);
        assert!(weak.due() < strong.due());
        let both = [("strong", &strong), ("weak", &weak)];
        assert_eq!(due(both, days(1)), ["weak"]);
        assert_eq!(due(both, days(400)), ["weak", "strong"]);
        assert!(due(both, START).is_empty());
    }

    proptest! {
        #[test]
        fn mastery_stays_in_its_bounds(uses in proptest::collection::vec((0u32..50, 0u32..50, 0u64..40), 0..30)) {
            let mut mastery = Mastery::new(START);
            let mut day = 0;
            for (right, wrong, later) in uses {
                day += later;
                mastery = mastery.with(right, wrong, days(day));
                let now = mastery.at(days(day + 3));
                prop_assert!((0.0..=1.0).contains(&now));
                prop_assert!((SHORTEST..=LONGEST).contains(&mastery.half_life()));
                prop_assert!(mastery.due() > mastery.last_used);
            }
        }
    }
}
