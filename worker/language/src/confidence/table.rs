//! The fitted weights: a line each, with model, name and weight.

use std::{collections::HashMap, sync::LazyLock};

const TABLE: &str = include_str!("../../data/calibration.tsv");

static WEIGHTS: LazyLock<HashMap<(&str, &str), f64>> = LazyLock::new(|| lines().collect());

/// A weight by model (`edit`, `sentence`) and name; None for what the table does not know.
pub fn weight(model: &'static str, name: &str) -> Option<f64> {
    WEIGHTS.get(&(model, name)).copied()
}

fn lines() -> impl Iterator<Item = ((&'static str, &'static str), f64)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (model, rest) = line.split_once('\t')?;
        let (name, weight) = rest.split_once('\t')?;
        Some(((model, name), weight.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{confidence::FEATURES, rules::RulePack};

    #[test]
    fn every_line_is_a_weight_of_a_rule_or_of_a_feature_that_there_is() {
        let pack = RulePack::load();
        let rules: Vec<&str> = pack.rules().map(|rule| rule.name()).collect();
        let written = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines().count(), written);
        for ((model, name), weight) in lines() {
            let known = match model {
                "edit" => ["slope", "bias"].contains(&name) || rules.contains(&name),
                "sentence" => FEATURES.contains(&name),
                _ => false,
            };
            assert!(known && weight.abs() < 10.0, "{model} {name} {weight}");
        }
        assert!(FEATURES.iter().all(|name| weight("sentence", name).is_some()));
    }
}
