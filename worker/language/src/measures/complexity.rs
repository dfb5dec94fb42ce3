//! Syntactic complexity after Lu (2010): T-units, clauses and complex nominals, counted on chunks and clauses instead of
//! parse trees.

use crate::analysis::{
    Clause, ClauseKind, Sentence, Tag, noun_phrases::PhraseKind, subjects::SubjectKind,
    verb_groups::Form,
};
use std::ops::AddAssign;

/// What the ratios are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Units {
    pub words: usize,
    /// A main clause with everything that depends on it (Hunt 1965).
    pub t_units: usize,
    /// Parts with a subject and a finite verb.
    pub clauses: usize,
    /// Nouns with an adjective, a possessor, a prepositional phrase or a relative clause; nominal clauses; gerunds and
    /// infinitives as subjects.
    pub complex_nominals: usize,
}

impl AddAssign for Units {
    fn add_assign(&mut self, other: Units) {
        self.words += other.words;
        self.t_units += other.t_units;
        self.clauses += other.clauses;
        self.complex_nominals += other.complex_nominals;
    }
}

/// The ratios of a text with at least one T-unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complexity {
    /// Words per T-unit.
    pub mean_length_of_t_unit: f64,
    /// Words per clause.
    pub mean_length_of_clause: f64,
    pub clauses_per_t_unit: f64,
    pub complex_nominals_per_t_unit: f64,
    pub complex_nominals_per_clause: f64,
}

/// None for a text without a clause.
pub fn complexity(units: &Units) -> Option<Complexity> {
    if units.t_units == 0 || units.clauses == 0 {
        return None;
    }
    let per = |count: usize, of: usize| count as f64 / of as f64;
    Some(Complexity {
        mean_length_of_t_unit: per(units.words, units.t_units),
        mean_length_of_clause: per(units.words, units.clauses),
        clauses_per_t_unit: per(units.clauses, units.t_units),
        complex_nominals_per_t_unit: per(units.complex_nominals, units.t_units),
        complex_nominals_per_clause: per(units.complex_nominals, units.clauses),
    })
}

/// Counts the units of a sentence with `words` words.
pub fn units(sentence: &Sentence, words: usize) -> Units {
    let full = sentence.clauses.iter().filter(|clause| is_full(sentence, clause));
    let (mut t_units, mut clauses, mut complex_nominals) = (0, 0, 0);
    for clause in full {
        clauses += 1;
        t_units += usize::from(is_independent(sentence, clause));
        complex_nominals += usize::from(is_nominal(sentence, clause));
        let subject = sentence.subject_of_clause(clause);
        complex_nominals +=
            usize::from(subject.is_some_and(|subject| subject.kind == SubjectKind::Clausal));
    }
    complex_nominals += complex_phrases(sentence);
    // A fragment with a verb is one T-unit, as Lu counts it.
    Units { words, t_units: t_units.max(usize::from(clauses > 0)), clauses, complex_nominals }
}

/// Has a finite verb and a subject; a second verb of the same subject ("came and sat") makes no clause, a command does.
fn is_full(sentence: &Sentence, clause: &Clause) -> bool {
    let Some(predicate) = sentence.predicate(clause) else { return false };
    let own_subject = sentence
        .subject_of_clause(clause)
        .is_some_and(|subject| subject.tokens.start >= clause.tokens.start);
    let joined = clause.kind == ClauseKind::Coordinate && !own_subject;
    let verbal = predicate.is_finite() || predicate.form == Form::Imperative;
    verbal && !joined
}

/// Depends on no subordinate clause, however it is joined.
fn is_independent(sentence: &Sentence, clause: &Clause) -> bool {
    let mut at = Some(clause);
    // Each step goes to an earlier clause; the bound is for a chain that does not.
    for _ in 0..=sentence.clauses.len() {
        match at {
            None => return true,
            Some(clause)
                if matches!(clause.kind, ClauseKind::Subordinate | ClauseKind::Relative) =>
            {
                return false;
            }
            Some(clause) => at = clause.parent.and_then(|parent| sentence.clauses.get(parent)),
        }
    }
    true
}

/// Stands where a noun phrase could: opened by that, whether, a question word, or by nothing.
fn is_nominal(sentence: &Sentence, clause: &Clause) -> bool {
    let opener = clause.opener.map_or("", |i| sentence.word(i));
    clause.kind == ClauseKind::Subordinate
        && matches!(
            opener,
            "" | "that" | "whether" | "what" | "who" | "where" | "why" | "how" | "which"
        )
}

fn complex_phrases(sentence: &Sentence) -> usize {
    let nominal = sentence.noun_phrases.iter().enumerate().filter(|(_, phrase)| {
        matches!(phrase.kind, PhraseKind::Common | PhraseKind::Name | PhraseKind::Elliptic)
    });
    let complex = nominal.filter(|(number, phrase)| {
        let adjective = phrase.modifiers().any(|i| sentence.tagged(i, Tag::is_adjective));
        let possessor = phrase.determiner.is_some_and(|i| {
            sentence.tag(i) == Some(Tag::PrpPossessive) || sentence.word(i).ends_with("'s")
        });
        // Other prepositions may belong to the verb: "saw a cat in the garden".
        let followed = sentence.word(phrase.tokens.end) == "of";
        let described = sentence.clauses.iter().any(|clause| clause.antecedent == Some(*number));
        adjective || possessor || followed || described
    });
    complex.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;

    fn of(lexicon: &Lexicon, text: &str) -> (usize, usize) {
        let found = units(&Sentence::new(text, lexicon), 5);
        (found.t_units, found.clauses)
    }

    #[test]
    fn t_units_and_clauses_are_counted() {
        let lexicon = Lexicon::load();
        for (text, expected) in [
            ("I like rice.", (1, 1)),
            ("I like rice and she likes fish.", (2, 2)),
            ("I stayed because it rained.", (1, 2)),
            ("I know the man who called.", (1, 2)),
            ("He came in and sat down.", (1, 1)),
            ("When I got home, I slept, but he worked.", (2, 3)),
            ("I think that she is right.", (1, 2)),
            ("Wait for me.", (1, 1)),
            ("A beautiful day.", (0, 0)),
        ] {
            assert_eq!(of(&lexicon, text), expected, "{text}");
        }
    }

    #[test]
    fn complex_nominals_are_told_from_plain_ones() {
        let lexicon = Lexicon::load();
        let count = |text| units(&Sentence::new(text, &lexicon), 5).complex_nominals;
        assert_eq!(count("The dog saw a cat."), 0);
        assert_eq!(count("The old dog saw my cat."), 2);
        assert_eq!(count("The end of the film was sad."), 1);
        assert_eq!(count("I know that he left."), 1);
        assert_eq!(count("The man who called is here."), 1);
    }

    #[test]
    fn a_text_without_clauses_has_no_ratios() {
        assert_eq!(complexity(&Units::default()), None);
        let units = Units { words: 12, t_units: 2, clauses: 3, complex_nominals: 1 };
        let found = complexity(&units).unwrap();
        assert_eq!((found.mean_length_of_t_unit, found.mean_length_of_clause), (6.0, 4.0));
        assert_eq!(found.clauses_per_t_unit, 1.5);
    }
}
