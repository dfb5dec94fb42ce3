//! Precision, recall and F0.5 of corrections against annotators' edits (MaxMatch, Dahlmeier and Ng 2012).

use super::edits::{Edit, MOST_UNCHANGED, edits};
use std::{
    collections::{BTreeMap, HashSet},
    ops::AddAssign,
};

/// An edit of an annotator, with the corrections that count as the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldEdit {
    pub start: usize,
    pub end: usize,
    pub kind: String,
    pub corrections: Vec<String>,
}

/// A sentence with the edits of each annotator, by the annotator's number; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    pub source: Vec<String>,
    pub annotators: BTreeMap<usize, Vec<GoldEdit>>,
}

/// Edits that were right, proposed, and wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub right: usize,
    pub proposed: usize,
    pub wanted: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.right += other.right;
        self.proposed += other.proposed;
        self.wanted += other.wanted;
    }
}

impl Counts {
    /// 1 when nothing was proposed.
    pub fn precision(&self) -> f64 {
        share(self.right, self.proposed)
    }

    /// 1 when nothing was wanted.
    pub fn recall(&self) -> f64 {
        share(self.right, self.wanted)
    }

    /// Precision weighs twice as much as recall.
    pub fn f_half(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            1.25 * precision * recall / (0.25 * precision + recall)
        } else {
            0.0
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// How the corrections of a set were judged.
#[derive(Debug, Default)]
pub struct Judged {
    pub total: Counts,
    /// Hits and edits wanted, by the annotators' types.
    pub by_kind: BTreeMap<String, (usize, usize)>,
    /// Sentence by sentence: the edits that were proposed, and whether each was right.
    pub proposed: Vec<Vec<(Edit, bool)>>,
}

/// Judges corrections, one for each sentence. Of several annotators the one counts with whom the running F0.5 is best.
pub fn judge(sentences: &[Annotated], corrected: &[Vec<String>]) -> Judged {
    let mut judged = Judged::default();
    for (sentence, corrected) in sentences.iter().zip(corrected) {
        let mut best: Option<(Key, Against<'_>)> = None;
        for gold in sentence.annotators.values() {
            let against = Against::of(&sentence.source, corrected, gold);
            let mut total = judged.total;
            total += against.counts();
            let size = total.proposed as f64 + 0.25 * total.wanted as f64;
            let key = Key { f_half: total.f_half(), right: total.right, size };
            if best.as_ref().is_none_or(|(known, _)| key.is_better(known)) {
                best = Some((key, against));
            }
        }
        let Some((_, against)) = best else { continue };
        judged.total += against.counts();
        for (n, gold) in against.gold.iter().enumerate() {
            let (hits, wanted) = judged.by_kind.entry(gold.kind.clone()).or_default();
            *hits += usize::from(against.hits.contains(&n));
            *wanted += 1;
        }
        judged.proposed.push(against.proposed);
    }
    judged
}

struct Key {
    f_half: f64,
    right: usize,
    size: f64,
}

impl Key {
    /// The better score, then more right edits, then fewer edits.
    fn is_better(&self, other: &Key) -> bool {
        let order = self.f_half.total_cmp(&other.f_half);
        let order = order.then(self.right.cmp(&other.right));
        order.then(other.size.total_cmp(&self.size)).is_gt()
    }
}

/// A correction held against one annotator.
struct Against<'a> {
    proposed: Vec<(Edit, bool)>,
    gold: &'a [GoldEdit],
    hits: HashSet<usize>,
}

impl<'a> Against<'a> {
    fn of(source: &[String], corrected: &[String], gold: &'a [GoldEdit]) -> Against<'a> {
        let wanted = gold.iter().flat_map(|gold| {
            let edit = |correction: &String| Edit {
                start: gold.start,
                end: gold.end,
                correction: correction.clone(),
            };
            gold.corrections.iter().map(edit)
        });
        let found = edits(source, corrected, &wanted.collect(), MOST_UNCHANGED);
        let mut hits = HashSet::new();
        let mut judge = |edit: Edit| {
            let hit = gold.iter().enumerate().find(|(n, gold)| {
                !hits.contains(n)
                    && (gold.start, gold.end) == (edit.start, edit.end)
                    && gold.corrections.contains(&edit.correction)
            });
            let hit = hit.map(|(n, _)| n);
            hits.extend(hit);
            (edit, hit.is_some())
        };
        let proposed = found.into_iter().map(&mut judge).collect();
        Against { proposed, gold, hits }
    }

    fn counts(&self) -> Counts {
        Counts { right: self.hits.len(), proposed: self.proposed.len(), wanted: self.gold.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn gold(start: usize, end: usize, correction: &str) -> GoldEdit {
        let corrections = vec![correction.to_owned()];
        GoldEdit { start, end, kind: "R:VERB".to_owned(), corrections }
    }

    fn annotated(source: &str, annotators: &[&[GoldEdit]]) -> Annotated {
        let annotators = annotators.iter().map(|edits| edits.to_vec()).enumerate().collect();
        Annotated { source: words(source), annotators }
    }

    #[test]
    fn edits_are_counted_against_one_annotator() {
        let sentence = annotated("he go to the home", &[&[gold(1, 2, "goes"), gold(2, 4, "")]]);
        let judged = judge(&[sentence], &[words("he goes to a home")]);
        assert_eq!(judged.total, Counts { right: 1, proposed: 2, wanted: 2 });
        assert_eq!(judged.by_kind["R:VERB"], (1, 2));
        assert_eq!(judged.total.f_half(), 0.5);
    }

    #[test]
    fn of_several_annotators_the_kindest_counts() {
        let sentence = annotated("he go home", &[&[gold(1, 2, "went")], &[gold(1, 2, "goes")]]);
        let judged = judge(&[sentence], &[words("he goes home")]);
        assert_eq!(judged.total, Counts { right: 1, proposed: 1, wanted: 1 });
    }

    #[test]
    fn an_untouched_sentence_that_needs_nothing_is_perfect() {
        let judged = judge(&[annotated("he goes home", &[&[]])], &[words("he goes home")]);
        assert_eq!(judged.total, Counts::default());
        assert_eq!((judged.total.precision(), judged.total.recall()), (1.0, 1.0));
    }

    #[test]
    fn f_half_weighs_precision_more() {
        let counts = Counts { right: 1, proposed: 1, wanted: 2 };
        assert!((counts.f_half() - 1.25 * 0.5 / (0.25 + 0.5)).abs() < 1e-12);
    }
}
