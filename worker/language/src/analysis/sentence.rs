//! One analysed sentence, the only thing that rules look at.

use crate::{
    analysis::{
        clauses::{self, Clause},
        facts::Facts,
        lexicon::Lexicon,
        lost_predicate,
        noun_phrases::{self, NounPhrase},
        repair,
        subjects::{Finder, Subject},
        tag::{Tag, TokenView},
        terms::Terms,
        time_expressions::{self, TimeExpression},
        token::Token,
        tokenise::{self, Kind},
        variety::Variety,
        verb_groups::{self, Tense, VerbGroup},
        words,
    },
    confusions::{
        decision::{Choice, choices},
        slots,
        view::View,
    },
    counts::Counts,
};
use std::{cell::OnceCell, ops::Range, sync::Arc};

/// A sentence with everything that is known about it.
pub struct Sentence<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub lexicon: &'a Lexicon,
    /// Base noun phrases, in order and apart.
    pub noun_phrases: Vec<NounPhrase>,
    /// In order of their first word.
    pub verb_groups: Vec<VerbGroup>,
    /// In order of their first token; a clause inside another comes after it.
    pub clauses: Vec<Clause>,
    /// In order and apart.
    pub times: Vec<TimeExpression>,
    /// The tense in which the text around it is told (`narrative`); none for a sentence by itself.
    pub narrative: Option<Tense>,
    /// The sentence before, where that only calls for attention: `Look`, `Listen`.
    pub call: Option<String>,
    /// Nothing follows it in the text; false for a sentence by itself.
    pub ends_text: bool,
    /// The byte of the text where it begins; 0 for a sentence by itself.
    pub start: usize,
    /// The spelling that its text keeps to, where that mixes British with American.
    pub variety: Option<Variety>,
    /// The recurring unknown words of its text, where there are any.
    pub terms: Option<Arc<Terms>>,
    /// Corrections that led to it: where there was one, more are likely.
    pub slips: usize,
    /// The subject of each clause.
    subjects: Vec<Option<Subject>>,
    /// By token: its clause, noun phrase and verb group.
    clause_of: Vec<usize>,
    phrase_of: Vec<Option<usize>>,
    group_of: Vec<Option<usize>>,
    choices: OnceCell<Vec<Choice>>,
}

/// The words of a sentence before more is known.
pub(super) struct Words<'t> {
    pub tokens: &'t [Token],
}

impl Words<'_> {
    /// The word at `i + offset` in lower case; empty outside the sentence and for what may not be judged.
    pub(super) fn at(&self, i: usize, offset: isize) -> &str {
        let token = i.checked_add_signed(offset).and_then(|at| self.tokens.get(at));
        token.filter(|token| token.kind != Kind::Opaque).map_or("", |token| &token.lower)
    }
}

impl<'a> Sentence<'a> {
    /// Analyses a text that is one sentence; a text of several is read as one.
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Sentence<'a> {
        let raw = tokenise::tokens(text);
        let mut tokens: Vec<Token> = raw.iter().map(|raw| Token::new(text, raw, lexicon)).collect();
        let views: Vec<TokenView> = tokens.iter().map(|token| token.view(text)).collect();
        let mut tags = lexicon.tagger.tag(&views);
        repair::repair(&views, &mut tags);
        for (token, tag) in tokens.iter_mut().zip(tags) {
            token.tag = tag;
            token.lemma = lexicon.lemma(&token.lower, tag);
        }
        let (mut noun_phrases, mut verb_groups, mut clauses) = layers(&tokens);
        if let Some(verb) = lost_predicate::find(&tokens, &noun_phrases, &verb_groups, &clauses) {
            tokens[verb].tag = repair::finite_tag(tokens[verb].facts);
            tokens[verb].lemma = lexicon.lemma(&tokens[verb].lower, tokens[verb].tag);
            (noun_phrases, verb_groups, clauses) = layers(&tokens);
        }
        let mut times = time_expressions::time_expressions(&Words { tokens: &tokens });
        let mut phrase_of = vec![None; tokens.len()];
        for (number, phrase) in noun_phrases.iter().enumerate() {
            phrase_of[phrase.tokens.clone()].fill(Some(number));
        }
        let mut group_of = vec![None; tokens.len()];
        for (number, group) in verb_groups.iter().enumerate() {
            group.verbs.iter().chain(&group.to).for_each(|i| group_of[*i] = Some(number));
        }
        let mut timed = vec![false; tokens.len()];
        for time in &mut times {
            timed[time.tokens.clone()].fill(true);
            time.clause = clause_dated(&clauses, time);
        }
        let finder = Finder {
            tokens: &tokens,
            phrases: &noun_phrases,
            groups: &verb_groups,
            clauses: &clauses,
            phrase_of: &phrase_of,
            timed: &timed,
        };
        let subjects = finder.all();
        let clauses::Clauses { all: clauses, of_token: clause_of } = clauses;
        Sentence {
            text,
            tokens,
            lexicon,
            noun_phrases,
            verb_groups,
            clauses,
            times,
            narrative: None,
            call: None,
            ends_text: false,
            start: 0,
            variety: None,
            terms: None,
            slips: 0,
            subjects,
            clause_of,
            phrase_of,
            group_of,
            choices: OnceCell::new(),
        }
    }

    /// This sentence in the place of `earlier` in its text, from which so many corrections led to it.
    pub fn in_place_of(self, earlier: &Sentence, slips: usize) -> Sentence<'a> {
        let Sentence { narrative, ends_text, start, variety, .. } = *earlier;
        let (call, terms) = (earlier.call.clone(), earlier.terms.clone());
        Sentence { narrative, call, ends_text, start, variety, terms, slips, ..self }
    }

    /// What the classifiers would choose, worked out when it is first asked for. There is one set of counts.
    pub fn choices(&self, counts: &Counts) -> &[Choice] {
        self.choices.get_or_init(|| {
            let view = View::new(self);
            choices(&view, &slots(&view), counts)
        })
    }

    /// The innermost clause around token `i`.
    pub fn clause_at(&self, i: usize) -> Option<&Clause> {
        self.clause_of.get(i).and_then(|clause| self.clauses.get(*clause))
    }

    /// The noun phrase that token `i` is in.
    pub fn noun_phrase_at(&self, i: usize) -> Option<&NounPhrase> {
        self.phrase_of.get(i).copied().flatten().and_then(|phrase| self.noun_phrases.get(phrase))
    }

    /// The verb group that token `i` is a verb of, or the `to`.
    pub fn verb_group_at(&self, i: usize) -> Option<&VerbGroup> {
        self.group_of.get(i).copied().flatten().and_then(|group| self.verb_groups.get(group))
    }

    /// The predicate of a clause.
    pub fn predicate(&self, clause: &Clause) -> Option<&VerbGroup> {
        self.verb_groups.get(clause.verb?)
    }

    /// The subject of the clause whose predicate has the verb `i`, auxiliaries among its verbs.
    pub fn subject_of(&self, i: usize) -> Option<&Subject> {
        let group = self.group_of.get(i).copied().flatten()?;
        let clause = self.clauses.iter().position(|clause| clause.verb == Some(group))?;
        self.subjects.get(clause)?.as_ref()
    }

    /// The subject of a clause of this sentence.
    pub fn subject_of_clause(&self, clause: &Clause) -> Option<&Subject> {
        let number = self.clauses.iter().position(|other| other == clause)?;
        self.subjects.get(number)?.as_ref()
    }

    /// Every clause that has a predicate, with its subject where one is found.
    pub fn predications(
        &self,
    ) -> impl Iterator<Item = (&Clause, &VerbGroup, Option<&Subject>)> + '_ {
        let pairs = self.clauses.iter().zip(&self.subjects);
        pairs.filter_map(|(clause, subject)| {
            Some((clause, self.predicate(clause)?, subject.as_ref()))
        })
    }

    /// Predicates and their subjects, where a subject is found.
    pub fn predicates_with_subject(&self) -> impl Iterator<Item = (&VerbGroup, &Subject)> + '_ {
        self.predications().filter_map(|(_, group, subject)| Some((group, subject?)))
    }

    /// True where a finite verb group begins at token `i`, or behind one adverb there.
    pub fn finite_begins(&self, i: usize) -> bool {
        let begins = |at: usize| {
            let group = self.verb_group_at(at);
            group.is_some_and(|group| group.is_finite() && group.tokens.start == at)
        };
        begins(i) || self.tagged(i, Tag::is_adverb) && begins(i + 1)
    }

    /// The time expressions that date the clause of token `i`.
    pub fn times_of(&self, i: usize) -> impl Iterator<Item = &TimeExpression> + '_ {
        let clause = self.clause_of.get(i).copied();
        self.times.iter().filter(move |time| Some(time.clause) == clause)
    }

    /// The tense of the clause of token `i`; none where its verb has none.
    pub fn tense_at(&self, i: usize) -> Option<Tense> {
        self.predicate(self.clause_at(i)?)?.tense()
    }

    /// True when no clause of the sentence has a finite verb: "She very happy".
    pub fn is_verbless(&self) -> bool {
        self.verb_groups.iter().all(|group| !group.is_finite())
    }

    /// The word at `i + offset` in lower case; empty outside the sentence and for what may not be judged.
    pub fn at(&self, i: usize, offset: isize) -> &str {
        let token = i.checked_add_signed(offset).and_then(|at| self.tokens.get(at));
        token.filter(|token| token.kind != Kind::Opaque).map_or("", |token| &token.lower)
    }

    pub fn word(&self, i: usize) -> &str {
        self.at(i, 0)
    }

    /// True when all flags are among the readings of word `i`; false outside the sentence.
    pub fn has(&self, i: usize, wanted: Facts) -> bool {
        self.tokens.get(i).is_some_and(|token| token.facts.has(wanted))
    }

    pub fn any(&self, i: usize, wanted: Facts) -> bool {
        self.tokens.get(i).is_some_and(|token| token.facts.any(wanted))
    }

    pub fn tag(&self, i: usize) -> Option<Tag> {
        self.tokens.get(i).map(|token| token.tag)
    }

    /// True when the tag of word `i` is of a class: `sentence.tagged(i, Tag::is_verb)`.
    pub fn tagged(&self, i: usize, class: fn(Tag) -> bool) -> bool {
        self.tokens.get(i).is_some_and(|token| class(token.tag))
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.kind == Kind::Word && !token.foreign)
    }

    pub fn is_capitalised(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.capitalised)
    }

    /// The learner's own characters of tokens `range`; empty outside the sentence.
    pub fn original(&self, range: Range<usize>) -> &str {
        &self.text[self.span(range)]
    }

    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(range.start).map_or(self.text.len(), |token| token.span.start);
        let last = range.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..last.map_or(self.text.len(), |token| token.span.end).max(start)
    }

    /// True when the sentence reads as another language, so that no English rule may judge it.
    pub fn is_foreign(&self) -> bool {
        let words = self.tokens.iter().filter(|token| token.kind == Kind::Word);
        let (mut all, mut foreign, mut unknown, mut english) = (0, 0, 0, 0);
        for word in words {
            all += 1;
            foreign += usize::from(word.foreign);
            english += usize::from(words::is_grammatical(&word.lower));
            unknown +=
                usize::from(!word.facts.has(Facts::KNOWN) && !word.capitalised && !word.foreign);
        }
        // Much misspelt English still has its small words.
        let share = if english >= 2 { (3, 4) } else { (1, 2) };
        foreign * 5 >= all * 2 || all >= 3 && (foreign + unknown) * share.1 > all * share.0
    }
}

fn layers(tokens: &[Token]) -> (Vec<NounPhrase>, Vec<VerbGroup>, clauses::Clauses) {
    let noun_phrases = noun_phrases::noun_phrases(tokens);
    let verb_groups = verb_groups::verb_groups(tokens, &noun_phrases);
    let clauses = clauses::clauses(tokens, &noun_phrases, &verb_groups);
    (noun_phrases, verb_groups, clauses)
}

/// The clause that a time expression dates: the one it stands in; a clause such as "when I was a child" dates the one
/// around it.
fn clause_dated(clauses: &clauses::Clauses, time: &TimeExpression) -> usize {
    let own = clauses.of_token.get(time.tokens.start).copied().unwrap_or(0);
    let whole = clauses
        .all
        .get(own)
        .filter(|clause| clause.tokens.start == time.tokens.start && clause.verb.is_some());
    let clause_of_time = whole.filter(|clause| clause.opener == Some(time.tokens.start));
    clause_of_time.and_then(|clause| clause.parent).unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    #[test]
    fn words_are_looked_up_and_tagged_at_their_bytes() {
        let lexicon = Lexicon::load();
        let sentence = Sentence::new("Anh ấy — she goes to school.", &lexicon);
        let goes = sentence.tokens.iter().position(|token| token.lower == "goes").unwrap();
        assert_eq!(sentence.original(goes..goes + 1), "goes");
        assert_eq!(sentence.tag(goes), Some(Tag::Vbz));
        assert!(sentence.tokens[1].foreign && !sentence.tokens[goes].foreign);
        assert_eq!(sentence.at(0, -1), "");
    }

    #[test]
    fn vietnamese_sentences_are_told_from_english_ones() {
        let lexicon = Lexicon::load();
        for text in ["Tôi đi học mỗi ngày.", "Toi thich nghe nhac va xem phim"] {
            assert!(Sentence::new(text, &lexicon).is_foreign(), "{text}");
        }
        for text in [
            "I like phở very much.",
            "She have 5 book",
            "My freind is hapy.",
            "I recived your mesage yesteday",
        ] {
            assert!(!Sentence::new(text, &lexicon).is_foreign(), "{text}");
        }
    }

    fn word() -> impl Strategy<Value = &'static str> {
        prop::sample::select(&[
            "the",
            "dog",
            "who",
            "that",
            "goes",
            "to",
            "be",
            "and",
            ",",
            "because",
            "I",
            "not",
            "does",
            "is",
            "there",
            "going",
            "gone",
            "yesterday",
            "for",
            "two",
            "years",
            "Lan's",
            "I'm",
            "what",
            "'",
            "(",
            ".",
            "xyzzy",
            "ơi",
        ])
    }

    proptest! {
        #[test]
        fn every_layer_stays_inside_the_sentence(words in prop::collection::vec(word(), 0..40)) {
            static LEXICON: OnceLock<Lexicon> = OnceLock::new();
            let text = words.join(" ");
            let sentence = Sentence::new(&text, LEXICON.get_or_init(Lexicon::load));
            let end = sentence.tokens.len();
            for phrase in &sentence.noun_phrases {
                prop_assert!(phrase.tokens.contains(&phrase.head) && phrase.tokens.end <= end);
            }
            for group in &sentence.verb_groups {
                prop_assert!(group.verbs.is_sorted() && group.main() < end && group.tokens.end <= end);
            }
            for at in 0..end {
                prop_assert!(sentence.clause_at(at).is_some_and(|clause| clause.tokens.contains(&at)));
            }
            for (clause, group, subject) in sentence.predications() {
                prop_assert!(clause.tokens.contains(&group.main()));
                prop_assert!(subject.is_none_or(|subject| subject.tokens.end <= end && !subject.tokens.is_empty()));
            }
            for time in &sentence.times {
                prop_assert!(time.tokens.end <= end && time.clause < sentence.clauses.len());
            }
        }
    }
}
