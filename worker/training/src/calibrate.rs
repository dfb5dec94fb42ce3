//! Fits the confidences of `worker/language/src/confidence/` to what became of sentences whose right form is known.

use crate::{
    corpus,
    corruption::corrupt,
    logistic::{Observation, Prior, fitted},
    outcome::{self, Outcome},
    random::Random,
    slips,
};
use anyhow::{Context, Result};
use lexilingo_language::{
    analysis::Sentence,
    confidence::{self, FEATURES, log_odds, probability},
    rules::{
        RulePack,
        rule::{Rule, Stage},
    },
};
use std::{
    collections::{BTreeMap, HashSet},
    fmt::Write as _,
    fs::{self, read_to_string},
    path::Path,
};

/// Share of the sentences that stay as they are.
const CLEAN: f32 = 0.5;
/// Times that each held-out sentence is seen, each time with other errors.
const TIMES: usize = 3;
/// One sentence of the training in so many is seen, once.
const EVERY: usize = 3;
/// Share of the sentences with errors that get a slip beside those of `corruption.rs`.
const SLIPPED: f32 = 0.6;
/// How often a learner's sentence counts: it tells more than an injected error.
const LEARNER_COUNTS: f64 = 10.0;
/// A rule's bias is believed to be nought as if so many edits had shown it (at even odds, four times as many).
const RULE_PRIOR: f64 = 3.0;
/// Bins of the calibration error, equally wide.
const BINS: usize = 10;

/// One sentence with what became of it.
struct Case {
    /// Which half it is in; the same sentence with other errors is in the same one.
    half: usize,
    times: f64,
    /// True where its correction as a whole tells something.
    is_whole: bool,
    outcome: Outcome,
}

struct Weights {
    rules: BTreeMap<&'static str, usize>,
    edit: Vec<f64>,
    sentence: Vec<f64>,
}

/// Fits both models on all cases and writes them; prints their error when fitted on one half and measured on the other.
/// `pairs` has a learner's sentence and its accepted corrections on each line, parted by tabs; the corrected sentence as
/// its own source follows on the next line.
pub fn train(corpus: &Path, pairs: &Path, out: &Path) -> Result<()> {
    let pack = RulePack::load();
    let mut cases = injected(&pack, corpus)?;
    let text = read_to_string(pairs).with_context(|| format!("reading {}", pairs.display()))?;
    cases.extend(of_learners(&pack, &text));
    let halves = [0, 1].map(|half| Weights::fitted(&pack, &cases, |case| case.half != half));
    report("edits as the rules claim", &edits(&cases, |_, claim, _| claim));
    report(
        "edits, held-out halves",
        &edits(&cases, |rule, claim, half| halves[half].edit(rule, claim)),
    );
    let claimed =
        |case: &Case| Some(case.outcome.edits.iter().map(|edit| edit.claim).product::<f64>() * 0.9);
    report("sentences as the rules claim", &sentences(&cases, claimed));
    let sure = |case: &Case| halves[case.half].sentence(&pack, &case.outcome);
    report("sentences, held-out halves", &sentences(&cases, sure));
    let weights = Weights::fitted(&pack, &cases, |_| true);
    by_rule(&cases, |rule, claim| weights.edit(rule, claim));
    fs::write(out, weights.table()).with_context(|| format!("writing {}", out.display()))
}

/// Prints the errors of the embedded weights on `pairs`.
pub fn evaluate(pairs: &Path) -> Result<()> {
    let pack = RulePack::load();
    let text = read_to_string(pairs).with_context(|| format!("reading {}", pairs.display()))?;
    let cases = of_learners(&pack, &text);
    report("edits as the rules claim", &edits(&cases, |_, claim, _| claim));
    report("edits", &edits(&cases, |rule, claim, _| confidence::of_edit(rule, claim)));
    let sure = |case: &Case| {
        let edits = case.outcome.edits.iter();
        let sure: Vec<f64> = edits.map(|edit| confidence::of_edit(edit.rule, edit.claim)).collect();
        let features = case.outcome.features(&pack, &sure)?;
        Some(confidence::of_features(&features))
    };
    report("sentences", &sentences(&cases, sure));
    by_rule(&cases, confidence::of_edit);
    Ok(())
}

/// Right sentences with injected errors. Those that the tables were trained on tell nothing of the rules that are
/// made of these tables, nor of whole sentences.
fn injected(pack: &RulePack, folder: &Path) -> Result<Vec<Case>> {
    let mut random = Random::new(23);
    let statistical: HashSet<&str> = pack
        .rules()
        .filter(|rule| matches!(rule.stage(), Stage::Spelling | Stage::Choices))
        .map(Rule::name)
        .collect();
    let mut cases = Vec::new();
    for (n, (right, is_held_out)) in corpus::unquoted(folder)?.into_iter().enumerate() {
        let sentence = Sentence::new(&right, pack.lexicon());
        for _ in 0..if is_held_out { TIMES } else { usize::from(n % EVERY == 0) } {
            let source = match () {
                () if random.share() < CLEAN => right.clone(),
                () => with_errors(&sentence, &mut random),
            };
            let mut outcome = outcome::of(pack, &source, std::slice::from_ref(&right));
            outcome.forget_agreements(pack, &right);
            if !is_held_out {
                outcome.edits.retain(|edit| !statistical.contains(edit.rule));
            }
            cases.push(Case { half: n / 100 % 2, times: 1.0, is_whole: is_held_out, outcome });
        }
    }
    Ok(cases)
}

fn with_errors(sentence: &Sentence, random: &mut Random) -> String {
    let mut corrupted = corrupt(sentence, random).0;
    // An article put in the place of another has the form that the next word asks for.
    for vowel in ['a', 'e', 'i', 'o'] {
        corrupted = corrupted.replace(&format!(" a {vowel}"), &format!(" an {vowel}"));
    }
    let slipped = (random.share() < SLIPPED).then(|| slips::slip(&corrupted, random));
    slipped.flatten().unwrap_or(corrupted)
}

fn of_learners(pack: &RulePack, text: &str) -> Vec<Case> {
    let case = |(n, line): (usize, &str)| {
        let (source, accepted) = line.split_once('\t')?;
        let accepted: Vec<String> = accepted.split('\t').map(str::to_owned).collect();
        let outcome = outcome::of(pack, source, &accepted);
        Some(Case { half: n / 2 % 2, times: LEARNER_COUNTS, is_whole: true, outcome })
    };
    text.lines().enumerate().filter_map(case).collect()
}

impl Weights {
    fn fitted(pack: &RulePack, cases: &[Case], seen: impl Fn(&Case) -> bool) -> Weights {
        let seen: Vec<&Case> = cases.iter().filter(|case| seen(case)).collect();
        let mut rules = BTreeMap::new();
        for edit in seen.iter().flat_map(|case| &case.outcome.edits) {
            rules.insert(edit.rule, 0);
        }
        rules.values_mut().enumerate().for_each(|(n, index)| *index = n + 2);
        let mut weights = Weights { rules, edit: Vec::new(), sentence: Vec::new() };
        let edits = seen.iter().flat_map(|case| {
            case.outcome.edits.iter().map(|edit| Observation {
                features: weights.features(edit.rule, edit.claim),
                came_true: edit.is_right,
                times: case.times,
            })
        });
        let mut priors =
            vec![Prior { mean: 1.0, strength: 10.0 }, Prior { mean: 0.0, strength: 0.1 }];
        priors.resize(weights.rules.len() + 2, Prior { mean: 0.0, strength: RULE_PRIOR });
        weights.edit = fitted(&edits.collect::<Vec<_>>(), &priors);
        let whole = seen.iter().filter(|case| case.is_whole).filter_map(|case| {
            let features = weights.sentence_features(pack, &case.outcome)?;
            let features = features.into_iter().enumerate().collect();
            let came_true = case.outcome.is_acceptable;
            Some(Observation { features, came_true, times: case.times })
        });
        let prior = Prior { mean: 0.0, strength: 1.0 };
        weights.sentence = fitted(&whole.collect::<Vec<_>>(), &[prior; FEATURES.len()]);
        weights
    }

    /// Slope, common bias, the rule's bias.
    fn features(&self, rule: &str, claim: f64) -> Vec<(usize, f64)> {
        let own = self.rules.get(rule).map(|index| (*index, 1.0));
        [(0, log_odds(claim)), (1, 1.0)].into_iter().chain(own).collect()
    }

    fn edit(&self, rule: &str, claim: f64) -> f64 {
        let sum = |(index, value): (usize, f64)| self.edit[index] * value;
        probability(self.features(rule, claim).into_iter().map(sum).sum())
    }

    fn sentence_features(
        &self,
        pack: &RulePack,
        outcome: &Outcome,
    ) -> Option<[f64; FEATURES.len()]> {
        let sure: Vec<f64> =
            outcome.edits.iter().map(|edit| self.edit(edit.rule, edit.claim)).collect();
        outcome.features(pack, &sure)
    }

    fn sentence(&self, pack: &RulePack, outcome: &Outcome) -> Option<f64> {
        let features = self.sentence_features(pack, outcome)?;
        Some(probability(features.iter().zip(&self.sentence).map(|(f, w)| f * w).sum()))
    }

    fn table(&self) -> String {
        let mut table = "# Weights of the confidence models; written by `lexilingo-train calibrate`, not by hand.\n".to_owned();
        let names = ["slope", "bias"].into_iter().chain(self.rules.keys().copied());
        let edit = names.zip(&self.edit).map(|(name, weight)| ("edit", name, weight));
        let sentence =
            FEATURES.iter().zip(&self.sentence).map(|(name, weight)| ("sentence", *name, weight));
        for (model, name, weight) in edit.chain(sentence) {
            let _ = writeln!(table, "{model}\t{name}\t{weight:.3}");
        }
        table
    }
}

/// Probability, whether it came true, how often it counts.
type Told = (f64, bool, f64);

fn edits(cases: &[Case], sure: impl Fn(&str, f64, usize) -> f64) -> Vec<Told> {
    let told = |case: &Case| {
        let of = |edit: &outcome::EditOutcome| {
            (sure(edit.rule, edit.claim, case.half), edit.is_right, case.times)
        };
        case.outcome.edits.iter().map(of).collect::<Vec<_>>()
    };
    cases.iter().flat_map(told).collect()
}

fn sentences(cases: &[Case], sure: impl Fn(&Case) -> Option<f64>) -> Vec<Told> {
    let told = |case: &Case| Some((sure(case)?, case.outcome.is_acceptable, case.times));
    cases.iter().filter(|case| case.is_whole).filter_map(told).collect()
}

/// Prints how many there were, the share that came true, the expected calibration error and the Brier score, each case
/// counting as often as in the fit; all cases first, then those of learners alone.
fn report(name: &str, told: &[Told]) {
    let learners: Vec<Told> = told.iter().filter(|(.., times)| *times > 1.0).copied().collect();
    for (whose, told) in [("all", told), ("learners", &learners)] {
        let mean = |of: fn(&Told) -> f64| {
            let sum: f64 = told.iter().map(|one| one.2 * of(one)).sum();
            sum / weight(told)
        };
        let came_true = mean(|(_, came, _)| f64::from(u8::from(*came)));
        let brier = mean(|(sure, came, _)| (sure - f64::from(u8::from(*came))).powi(2));
        let (count, error) = (told.len(), calibration_error(told));
        println!(
            "{name}, {whose}: {count}, {came_true:.3} right, calibration error {error:.3}, Brier {brier:.3}"
        );
    }
}

fn weight(told: &[Told]) -> f64 {
    told.iter().map(|(.., times)| times).sum::<f64>().max(1.0)
}

/// The expected calibration error (Naeini et al. 2015): the mean distance, over equally wide bins, of what was said from
/// what came true.
fn calibration_error(told: &[Told]) -> f64 {
    let mut bins = [(0.0, 0.0); BINS];
    for (sure, came, times) in told {
        let bin = &mut bins[((sure * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += times * sure;
        bin.1 += times * f64::from(u8::from(*came));
    }
    bins.iter().map(|(said, came)| (said - came).abs()).sum::<f64>() / weight(told)
}

/// Prints, for each rule, its edits, how many were right, and the mean confidence before and after.
fn by_rule(cases: &[Case], calibrated: impl Fn(&str, f64) -> f64) {
    let mut rules: BTreeMap<&str, [f64; 4]> = BTreeMap::new();
    for edit in cases.iter().flat_map(|case| &case.outcome.edits) {
        let sums = rules.entry(edit.rule).or_default();
        let of = [
            1.0,
            f64::from(u8::from(edit.is_right)),
            edit.claim,
            calibrated(edit.rule, edit.claim),
        ];
        sums.iter_mut().zip(of).for_each(|(sum, value)| *sum += value);
    }
    for (rule, [count, right, claim, sure]) in rules {
        let [right, claim, sure] = [right, claim, sure].map(|sum| sum / count);
        println!("{rule}\t{count}\tright {right:.2}\tclaimed {claim:.2}\tcalibrated {sure:.2}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calibration_error_is_the_distance_of_what_was_said_from_what_came_true() {
        let told = |sure, right: usize, of: usize| {
            (0..of).map(move |n| (sure, n < right, 1.0)).collect::<Vec<Told>>()
        };
        assert!(calibration_error(&told(0.75, 75, 100)) < 1e-9);
        assert!((calibration_error(&told(0.75, 50, 100)) - 0.25).abs() < 1e-9);
        let both = [told(0.2, 20, 100), told(0.9, 50, 100)].concat();
        assert!((calibration_error(&both) - 0.2).abs() < 1e-9);
    }
}
