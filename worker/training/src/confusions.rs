//! The classifiers' weights from sentences with injected errors.

use crate::{
    corpus,
    corruption::{CLEAN, Change, Gold, corrupt},
    random::Random,
};
use anyhow::{Context, Result};
use lexilingo_language::{
    analysis::{Lexicon, Sentence},
    confusions::{
        BE_FORMS, Kind, PREPOSITIONS, Slot, TO_BASE, TO_ING, base, forms, sets, slots,
        view::View,
        weights::{BITS, UNIT, place, softmax, wrapped},
    },
};
use std::{collections::BTreeMap, fs, path::Path, sync::mpsc, thread};

const EPOCHS: usize = 3;
const RATE: f32 = 0.15;
/// Sentences analysed ahead of the learner.
const BATCH: usize = 256;

/// Weights in training with what Adagrad (Duchi et al. 2011) remembers of each.
struct Model {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

/// A slot with the labels that were right.
struct Example {
    slot: Slot,
    gold: u16,
}

pub fn train(corpus: &Path, out: &Path) -> Result<()> {
    let corpus = corpus::read(corpus)?;
    println!("{} sentences", corpus.training.len());
    let mut model = Model { weights: vec![0.0; 1 << BITS], squares: vec![0.0; 1 << BITS] };
    let total = corpus.training.len() * EPOCHS;
    let mut seen = 0;
    for epoch in 0..EPOCHS {
        analysed(&corpus.training, 31 + epoch as u64, |examples| {
            let rate = RATE * (1.0 - 0.7 * seen as f32 / total as f32);
            seen += 1;
            examples.iter().for_each(|example| model.learn(example, rate));
        });
        println!("epoch {epoch}");
    }
    let byte = |w: &f32| (w / UNIT).round().clamp(-127.0, 127.0) as i8 as u8;
    let bytes: Vec<u8> = model.weights.iter().map(byte).collect();
    println!("{} of {} bytes used", bytes.iter().filter(|b| **b != 0).count(), bytes.len());
    fs::write(out, bytes).with_context(|| format!("writing {}", out.display()))?;
    let mut scores: BTreeMap<Kind, [f32; 3]> = BTreeMap::new();
    analysed(&corpus.held_out, 5, |examples| {
        for example in examples {
            let p = softmax(model.scores(&example.slot));
            let best = (0..p.len()).max_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap_or(0);
            let label = example.slot.labels[best];
            let [all, right, loss] = scores.entry(example.slot.kind).or_default();
            *all += 1.0;
            *right += f32::from(u8::from(example.gold >> label & 1 == 1));
            let likely: f32 = example.gold_share(&p);
            *loss -= likely.max(1e-9).ln();
        }
    });
    for (kind, [all, right, loss]) in scores {
        println!("{:12} {all:8} slots, {:.2} % right, loss {:.4}", kind.name(), 100.0 * right / all, loss / all);
    }
    Ok(())
}

/// Corrupts and analyses every sentence on threads of its own; hands over the examples of each, in a repeatable order.
fn analysed(lines: &[String], seed: u64, mut each: impl FnMut(Vec<Example>)) {
    thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, |n| n.get().min(8));
        let receivers: Vec<mpsc::Receiver<Vec<Vec<Example>>>> = (0..workers)
            .map(|worker| {
                let (sender, receiver) = mpsc::sync_channel(2);
                scope.spawn(move || {
                    let lexicon = Lexicon::load();
                    for (number, batch) in lines.chunks(BATCH).enumerate().skip(worker).step_by(workers) {
                        let mut random = Random::new(seed * 1_000_003 + number as u64);
                        let done = batch.iter().map(|line| examples(line, &lexicon, &mut random)).collect();
                        if sender.send(done).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        for number in 0..lines.len().div_ceil(BATCH) {
            if let Ok(batch) = receivers[number % workers].recv() {
                batch.into_iter().for_each(&mut each);
            }
        }
    });
}

fn examples(line: &str, lexicon: &Lexicon, random: &mut Random) -> Vec<Example> {
    let clean = Sentence::new(line, lexicon);
    let (text, golds) = if random.share() < CLEAN {
        (line.to_owned(), vec![Gold::default(); clean.tokens.len()])
    } else {
        corrupt(&clean, random)
    };
    let sentence = Sentence::new(&text, lexicon);
    if sentence.tokens.len() != golds.len() {
        return Vec::new();
    }
    let view = View::new(&sentence);
    let label = |slot: Slot| Some(Example { gold: gold(&view, &slot, &golds)?, slot });
    slots(&view).into_iter().filter_map(label).collect()
}

/// The labels that were right at a slot, a bit each; none where what stood there is no label.
fn gold(view: &View, slot: &Slot, golds: &[Gold]) -> Option<u16> {
    let gold = &golds[slot.anchor];
    let bit = |label: Option<u8>| label.map(|label| 1 << label);
    let present = !slot.tokens.is_empty();
    let labels = match slot.kind {
        Kind::Article if !present => bit(Some(gold.article)),
        Kind::Article => match &gold.change {
            Change::None => Some(slot.written),
            Change::Inserted => Some(1),
            Change::Replaced(word) => match word.as_str() {
                "a" | "an" => Some(1 << 1),
                "the" => Some(1 << 2),
                _ => None,
            },
        },
        Kind::Preposition if !present => bit(Some(gold.preposition)),
        Kind::Preposition => match &gold.change {
            Change::None => Some(slot.written),
            Change::Inserted => Some(1),
            Change::Replaced(word) => {
                bit(PREPOSITIONS.iter().position(|p| p == word).map(|place| place as u8 + 1))
            }
        },
        Kind::Comma if present => Some(slot.written),
        Kind::Comma => bit(Some(u8::from(gold.comma))),
        Kind::MissingBe if present => Some(if gold.change == Change::Inserted { 1 } else { 2 }),
        Kind::MissingBe => bit(Some(u8::from(gold.be))),
        Kind::Number => match &gold.change {
            Change::None => Some(slot.written),
            Change::Inserted => None,
            Change::Replaced(word) => number_of(view, slot, word),
        },
        Kind::Verb | Kind::BeForm => verb_gold(view, slot, golds),
        Kind::Set => match &gold.change {
            Change::None => Some(slot.written),
            Change::Inserted => None,
            Change::Replaced(word) => {
                bit(sets::SETS[slot.set].iter().position(|member| member == word).map(|p| p as u8))
            }
        },
    }?;
    let possible = slot.labels.iter().fold(0, |mask, label| mask | 1_u16 << label);
    (labels & possible != 0).then_some(labels & possible)
}

fn number_of(view: &View, slot: &Slot, word: &str) -> Option<u16> {
    let token = &view.sentence.tokens[slot.anchor];
    let lexicon = view.sentence.lexicon;
    if slot.is_written(1) && token.lemma == word {
        return Some(1);
    }
    (slot.is_written(0) && lexicon.plural(&token.lower).as_deref() == Some(word)).then_some(2)
}

fn verb_gold(view: &View, slot: &Slot, golds: &[Gold]) -> Option<u16> {
    let token = &view.sentence.tokens[slot.anchor];
    let gold = &golds[slot.anchor];
    let word = match &gold.change {
        Change::None => token.lower.clone(),
        Change::Inserted => return None,
        Change::Replaced(word) => word.clone(),
    };
    let be = slot.kind == Kind::BeForm;
    let (bare, plain, ing) = if be {
        (BE_FORMS.iter().position(|form| *form == word).map_or(0, |place| 1_u16 << place), 5, 7)
    } else {
        let lexicon = view.sentence.lexicon;
        let facts = lexicon.facts(&word);
        let same = word == token.lower || {
            let own = base(view, token);
            word == own || lexicon.verb_lemma(&word).as_deref() == Some(own.as_str())
        };
        (if same { forms(facts) } else { 0 }, 0, 2)
    };
    let to = if slot.after_to { golds[slot.anchor - 1].change != Change::Inserted } else { gold.to };
    Some(if to { (bare >> plain & 1) << TO_BASE | (bare >> ing & 1) << TO_ING } else { bare })
}

impl Example {
    /// The probability of the labels that were right.
    fn gold_share(&self, probabilities: &[f32]) -> f32 {
        let right = |label: &u8| self.gold >> label & 1 == 1;
        let pairs = self.slot.labels.iter().zip(probabilities);
        pairs.filter(|(label, _)| right(label)).map(|(_, p)| *p).sum()
    }
}

impl Model {
    fn scores(&self, slot: &Slot) -> Vec<f32> {
        let mut scores = vec![0.0; slot.labels.len()];
        for feature in &slot.features {
            let start = place(*feature);
            for (score, label) in scores.iter_mut().zip(slot.labels) {
                *score += self.weights[wrapped(start + usize::from(*label))];
            }
        }
        scores
    }

    fn learn(&mut self, example: &Example, rate: f32) {
        let probabilities = softmax(self.scores(&example.slot));
        let share = example.gold_share(&probabilities).max(1e-9);
        for (label, p) in example.slot.labels.iter().zip(&probabilities) {
            let wanted = if example.gold >> label & 1 == 1 { p / share } else { 0.0 };
            let slope = p - wanted;
            if slope.abs() < 0.002 {
                continue;
            }
            for feature in &example.slot.features {
                let at = wrapped(place(*feature) + usize::from(*label));
                self.squares[at] += slope * slope;
                self.weights[at] -= rate * slope / (self.squares[at] + 0.5).sqrt();
            }
        }
    }
}
