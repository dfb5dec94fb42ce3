//! The probability that one edit is right.

use crate::confidence::{log_odds, probability, table::weight};

/// The probability in 0..=1 that an edit of this rule is right, from what the rule claims:
/// `σ(slope · logit(claim) + bias + bias of the rule)`. The slope is the same for all rules, so that a rule's or a
/// classifier's margins keep their order; a rule that the table does not know has the common bias alone.
pub fn of_edit(rule: &str, claim: f64) -> f64 {
    let of = |name, otherwise| weight("edit", name).unwrap_or(otherwise);
    let own = weight("edit", rule).unwrap_or(0.0);
    probability(of("slope", 1.0) * log_odds(claim) + of("bias", 0.0) + own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    proptest! {
        #[test]
        fn a_higher_claim_is_never_less_sure(one in 0.0f64..1.0, other in 0.0f64..1.0) {
            let (low, high) = (one.min(other), one.max(other));
            for rule in ["spelling", "article-choice", "a-rule-of-tomorrow"] {
                prop_assert!(of_edit(rule, low) <= of_edit(rule, high));
                prop_assert!((0.0..=1.0).contains(&of_edit(rule, low)));
            }
        }
    }
}
