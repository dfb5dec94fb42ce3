//! What became of a sentence that the rule pack corrected, when the right sentences are known.

use lexilingo_language::{
    analysis::Sentence,
    confidence::{self, FEATURES},
    rules::{Checked, Finding, RulePack, apply},
};

/// An edit and whether it was right.
pub struct EditOutcome {
    pub rule: &'static str,
    /// The rule's own estimate, in 0..=1.
    pub claim: f64,
    pub is_right: bool,
    pub error: String,
    pub correction: String,
}

/// A corrected sentence and whether it was acceptable as a whole.
pub struct Outcome {
    pub edits: Vec<EditOutcome>,
    pub corrected: String,
    pub is_acceptable: bool,
}

/// Corrects `source`. An edit is right when each of its changes brings the sentence nearer to one of the accepted ones.
pub fn of(pack: &RulePack, source: &str, accepted: &[String]) -> Outcome {
    let Checked { findings, corrected, .. } = pack.check(source);
    let written = |finding: &Finding| in_other_tense(pack, source, finding, accepted);
    let mut accepted = accepted.to_vec();
    accepted.extend(findings.iter().filter_map(written).collect::<Vec<_>>());
    let apart: Vec<usize> = accepted.iter().map(|right| words_apart(&corrected, right)).collect();
    let is_right = |n: usize| {
        let mut others = findings.clone();
        let Finding { replacement, span, .. } = others.remove(n);
        let without = apply(source, &others);
        let made = words_apart(&source[span], &replacement);
        let nears =
            |(right, apart): (&String, &usize)| words_apart(&without, right) == apart + made;
        accepted.iter().zip(&apart).any(nears)
    };
    let edits = findings.iter().enumerate().map(|(n, finding)| EditOutcome {
        rule: finding.rule,
        claim: finding.claim,
        is_right: is_right(n),
        error: source[finding.span.clone()].to_owned(),
        correction: finding.replacement.clone(),
    });
    Outcome { edits: edits.collect(), is_acceptable: apart.contains(&0), corrected }
}

/// Where an edit wrote a verb in one tense and the accepted sentence, at a word that `source` lacks, has the same verb in
/// another: that sentence with the tense of the edit. A single sentence seldom tells which was meant.
fn in_other_tense(
    pack: &RulePack,
    source: &str,
    finding: &Finding,
    accepted: &[String],
) -> Option<String> {
    let lexicon = pack.lexicon();
    let right = accepted.first()?;
    let written = finding.replacement.as_str();
    let progressive = written.ends_with("ing") && written.contains(' ');
    let last = written.rsplit(' ').next()?;
    let verb = verb_of(pack, last);
    let own = pieces(source);
    let is_past = |word: &str| {
        lexicon.past(&verb).as_deref() == Some(word)
            || matches!(word, "was" | "were" | "had" | "did")
    };
    let other = pieces(right).into_iter().find(|word| {
        !own.contains(word)
            && verb_of(pack, word) == verb
            && (progressive || is_past(word) != is_past(last))
    })?;
    let agrees = !matches!(
        (other, last),
        ("was" | "is", "are" | "were") | ("were" | "are", "is" | "was" | "am")
    );
    let at = other.as_ptr() as usize - right.as_ptr() as usize;
    let (before, after) = (&right[..at], &right[at + other.len()..]);
    agrees.then(|| format!("{before}{written}{after}"))
}

impl Outcome {
    /// Leaves out what tells nothing: where an error was put beside a word that stood in `right`, and that word was given
    /// another ending to agree with the error ("The effigies was" → "were"), the sentence became as right as `right`.
    /// What the pack changes in `right` itself is kept.
    pub fn forget_agreements(&mut self, pack: &RulePack, right: &str) {
        let stood = pieces(right);
        let clean = pack.check(right).findings;
        let lexicon = pack.lexicon();
        self.edits.retain(|edit| {
            let (error, correction) = (&edit.error, &edit.correction);
            let inflected = verb_of(pack, error) == verb_of(pack, correction)
                || [lexicon.plural(error), lexicon.singular(error)]
                    .contains(&Some(correction.clone()))
                || matches!(error.as_str(), "this" | "these" | "that" | "those");
            let own = || clean.iter().any(|found| found.replacement == *correction);
            edit.is_right || !inflected || !stood.contains(&error.as_str()) || own()
        });
    }

    /// The features of the whole, with the edits' probabilities as given. None without a word.
    pub fn features(&self, pack: &RulePack, sure: &[f64]) -> Option<[f64; FEATURES.len()]> {
        let sentence = Sentence::new(&self.corrected, pack.lexicon());
        confidence::features(&sentence, pack.counts(), sure)
    }
}

/// The plain form of a verb; any other word as it is.
fn verb_of(pack: &RulePack, word: &str) -> String {
    pack.lexicon().verb_lemma(word).unwrap_or_else(|| word.to_owned())
}

/// Words and marks that must be put in, taken out or exchanged (Levenshtein).
fn words_apart(one: &str, other: &str) -> usize {
    let (one, other) = (pieces(one), pieces(other));
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let exchanged = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}

/// Words with their apostrophes and hyphens, and single marks.
fn pieces(text: &str) -> Vec<&str> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c| !joins(c)).unwrap_or(rest.len());
        let (piece, left) = rest.split_at(word.max(first.len_utf8()));
        pieces.push(piece);
        rest = left.trim_start();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(pack: &RulePack, source: &str, accepted: &str) -> (Vec<bool>, bool) {
        let outcome = of(pack, source, &[accepted.to_owned()]);
        (outcome.edits.iter().map(|edit| edit.is_right).collect(), outcome.is_acceptable)
    }

    #[test]
    fn edits_are_right_where_they_restore_what_was_there() {
        let pack = RulePack::load();
        assert_eq!(
            judged(&pack, "She go to school every day.", "She goes to school every day."),
            (vec![true], true)
        );
        assert_eq!(
            judged(&pack, "She go to school every day.", "She walks to school every day."),
            (vec![false], false)
        );
        assert_eq!(
            judged(&pack, "She go to an school every day.", "She goes to the school every day."),
            (vec![true, false], false)
        );
    }

    #[test]
    fn distance_counts_words_and_marks() {
        assert_eq!(words_apart("I don't go, he said.", "I don't go he says!"), 3);
        assert_eq!(words_apart("", "a b"), 2);
    }
}
