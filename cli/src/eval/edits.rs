//! The edits that turn one sentence of tokens into another, chosen to agree with an annotator's as far as they can
//! (MaxMatch, Dahlmeier and Ng 2012).
//!
//! Over the lattice of all shortest ways from source to correction, neighbouring changes may be merged with a few
//! unchanged words between them; the path with most of the annotator's edits is taken, of those the one with fewest
//! steps.

use std::collections::{BTreeMap, HashMap, HashSet};

/// What the tokens `start..end` of the source become.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    pub start: usize,
    pub end: usize,
    /// Tokens with blanks between them; empty where something is removed.
    pub correction: String,
}

/// Unchanged words that one edit may hold when a correction is scored.
pub const MOST_UNCHANGED: usize = 2;

/// Tokens that are kept around the part in which the sentences differ.
const MARGIN: usize = 6;
/// What a path gains by an edit of the annotator's.
const AGREED: f64 = -1000.0;
/// An edit costs this beside its steps, so that neighbours are merged.
const EDIT: f64 = 0.001;
/// An unchanged word in an edit costs this, so that of equal edits the tighter is taken.
const UNCHANGED: f64 = 1e-6;
/// Differences of cost below this are none.
const EQUAL: f64 = 1e-9;

/// A place in the lattice: tokens of the source and of the correction that are behind it.
type Node = (usize, usize);

/// The edits from `source` to `corrected`, preferring those of `gold`.
pub fn edits(
    source: &[String],
    corrected: &[String],
    gold: &HashSet<Edit>,
    most_unchanged: usize,
) -> Vec<Edit> {
    if source == corrected {
        return Vec::new();
    }
    let same = |(a, b): &(&String, &String)| a == b;
    let before = source.iter().zip(corrected).take_while(same).count();
    let shorter = source.len().min(corrected.len()) - before;
    let behind = source.iter().rev().zip(corrected.iter().rev()).take_while(same).count();
    let skip = before.saturating_sub(MARGIN);
    let drop = behind.min(shorter).saturating_sub(MARGIN);
    let end = source.len() - drop;
    let shifted = |edit: &Edit| Edit {
        start: edit.start - skip,
        end: edit.end - skip,
        correction: edit.correction.clone(),
    };
    let gold = gold.iter().filter(|edit| edit.start >= skip && edit.end <= end).map(shifted);
    let lattice = Lattice::of(&source[skip..end], &corrected[skip..corrected.len() - drop]);
    let found = lattice.best(&gold.collect(), most_unchanged);
    let back = |edit: Edit| Edit { start: edit.start + skip, end: edit.end + skip, ..edit };
    found.into_iter().map(back).collect()
}

struct Lattice<'a> {
    source: &'a [String],
    corrected: &'a [String],
    /// Steps by the place where they begin; `true` for a word that stays.
    steps: BTreeMap<Node, BTreeMap<Node, bool>>,
}

impl<'a> Lattice<'a> {
    /// All shortest ways, once with a substitution as one step and once as two.
    fn of(source: &'a [String], corrected: &'a [String]) -> Self {
        let mut lattice = Lattice { source, corrected, steps: BTreeMap::new() };
        for substitution in [1, 2] {
            lattice.add_ways(substitution);
        }
        lattice
    }

    fn add_ways(&mut self, substitution: usize) {
        let (n, m) = (self.source.len(), self.corrected.len());
        let same = |i: usize, j: usize| self.source[i - 1] == self.corrected[j - 1];
        let mut distance = vec![vec![0; m + 1]; n + 1];
        for i in 0..=n {
            for j in 0..=m {
                distance[i][j] = match (i, j) {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => {
                        let across = if same(i, j) { 0 } else { substitution };
                        (distance[i - 1][j] + 1)
                            .min(distance[i][j - 1] + 1)
                            .min(distance[i - 1][j - 1] + across)
                    }
                };
            }
        }
        let (mut seen, mut open) = (HashSet::new(), vec![(n, m)]);
        let mut found = Vec::new();
        while let Some((i, j)) = open.pop() {
            if !seen.insert((i, j)) {
                continue;
            }
            let here = distance[i][j];
            let mut arrive = |from: Node, stays| {
                found.push((from, (i, j), stays));
                open.push(from);
            };
            if i > 0 && here == distance[i - 1][j] + 1 {
                arrive((i - 1, j), false);
            }
            if j > 0 && here == distance[i][j - 1] + 1 {
                arrive((i, j - 1), false);
            }
            if i > 0 && j > 0 {
                let stays = same(i, j);
                let across = if stays { 0 } else { substitution };
                if here == distance[i - 1][j - 1] + across {
                    arrive((i - 1, j - 1), stays);
                }
            }
        }
        for (from, to, stays) in found {
            self.steps.entry(from).or_default().insert(to, stays);
            self.steps.entry(to).or_default();
        }
    }

    /// The edits of the cheapest path.
    fn best(&self, gold: &HashSet<Edit>, most_unchanged: usize) -> Vec<Edit> {
        let mut costs: HashMap<Node, f64> = HashMap::from([((0, 0), 0.0)]);
        let mut before: HashMap<Node, (Node, Option<Edit>)> = HashMap::new();
        for (from, steps) in &self.steps {
            let Some(cost) = costs.get(from).copied() else { continue };
            let mut reach = |to: Node, cost: f64, edit: Option<Edit>| {
                if costs.get(&to).is_none_or(|known| cost < known - EQUAL) {
                    costs.insert(to, cost);
                    before.insert(to, (*from, edit));
                }
            };
            for (to, _) in steps.iter().filter(|(_, stays)| **stays) {
                reach(*to, cost + 1.0, None);
            }
            for (to, steps) in self.merged(*from, most_unchanged) {
                let correction = self.corrected[from.1..to.1].join(" ");
                if self.source[from.0..to.0] == self.corrected[from.1..to.1] {
                    continue;
                }
                let edit = Edit { start: from.0, end: to.0, correction };
                let weight = if gold.contains(&edit) { AGREED } else { steps + EDIT };
                reach(to, cost + weight, Some(edit));
            }
        }
        let mut found = Vec::new();
        let mut at = (self.source.len(), self.corrected.len());
        while let Some((from, edit)) = before.get(&at) {
            found.extend(edit.clone());
            at = *from;
        }
        found.reverse();
        found
    }

    /// Where edits that begin at `from` can end, and what they cost.
    fn merged(&self, from: Node, most_unchanged: usize) -> BTreeMap<Node, f64> {
        let mut ends: BTreeMap<Node, f64> = BTreeMap::new();
        // Steps only go forward, so that places come in their order.
        let mut open = BTreeMap::from([((from, 0), 0.0)]);
        while let Some(((at, unchanged), steps)) = open.pop_first() {
            if at != from {
                let cost = steps + unchanged as f64 * UNCHANGED;
                let known = ends.entry(at).or_insert(cost);
                *known = known.min(cost);
            }
            for (to, stays) in self.steps.get(&at).into_iter().flatten() {
                let unchanged = unchanged + usize::from(*stays);
                if unchanged <= most_unchanged {
                    let known = open.entry((*to, unchanged)).or_insert(f64::INFINITY);
                    *known = known.min(steps + 1.0);
                }
            }
        }
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn edit(start: usize, end: usize, correction: &str) -> Edit {
        Edit { start, end, correction: correction.to_owned() }
    }

    fn of(source: &str, corrected: &str, gold: &[Edit]) -> Vec<Edit> {
        let gold = gold.iter().cloned().collect();
        edits(&words(source), &words(corrected), &gold, MOST_UNCHANGED)
    }

    #[test]
    fn a_word_that_changes_is_one_edit() {
        assert_eq!(of("I goes home", "I go home", &[]), [edit(1, 2, "go")]);
        assert_eq!(of("I go home", "I go to the home", &[]), [edit(2, 2, "to the")]);
        assert_eq!(of("I go to home", "I go home", &[]), [edit(2, 3, "")]);
    }

    #[test]
    fn the_annotators_way_of_cutting_is_taken() {
        let (source, corrected) = ("he go in school", "he goes to the school");
        let apart = [edit(1, 2, "goes"), edit(2, 3, "to the")];
        assert_eq!(of(source, corrected, &apart), apart);
        let together = [edit(1, 3, "goes to the")];
        assert_eq!(of(source, corrected, &together), together);
    }

    #[test]
    fn an_edit_of_the_annotator_may_hold_unchanged_words() {
        let gold = [edit(0, 3, "some of the")];
        assert_eq!(of("many of people left", "some of the left", &gold), gold);
    }

    #[test]
    fn long_sentences_are_compared_where_they_differ() {
        let source = format!("{} goes {}", "a ".repeat(300), "b ".repeat(300));
        let corrected = source.replace("goes", "go");
        assert_eq!(of(&source, &corrected, &[]), [edit(300, 301, "go")]);
    }
}
