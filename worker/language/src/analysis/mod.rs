//! One linguistic analysis per sentence, which every rule queries: no rule reads the text again.
//!
//! [`Sentence::new`] makes it in one pass a layer, each in its file: tokens (`tokenise`, `token`), tags (`tagger`, second
//! thoughts in `repair`), lemmas (`lemma`), noun phrases, verb groups, clauses, time expressions, subjects. Every layer
//! keeps learners' slips in place of refusing them: "She go", "didn't went" and "They playing" have a predicate each,
//! and `Subject::is_certain` says whether it may be relied upon.
//!
//! A rule reads like grammar. This one finds a verb without its ending:
//!
//! ```
//! use lexilingo_language::analysis::{Lexicon, Person, Sentence, Tag, verb_groups::Tense};
//!
//! let lexicon = Lexicon::load();
//! let sentence = Sentence::new("My sister go to school every day.", &lexicon);
//! let mut found = Vec::new();
//! for (clause, group, subject) in sentence.predications() {
//!     let Some((verb, subject)) = group.finite().zip(subject) else { continue };
//!     if subject.person == Person::Third && sentence.tokens[verb].tag == Tag::Vbp {
//!         assert_eq!(group.tense(), Some(Tense::Present));
//!         assert!(clause.opener.is_none());
//!         found.push(lexicon.verb_form(&sentence.tokens[verb].lemma, Tag::Vbz));
//!     }
//! }
//! assert_eq!(found, [Some("goes".to_owned())]);
//!
//! // He is teacher: a countable singular without a determiner.
//! let sentence = Sentence::new("He is teacher.", &lexicon);
//! let complement = sentence.noun_phrase_at(2).unwrap();
//! assert!(complement.is_countable_singular() && complement.is_bare());
//! ```
//!
//! | question | answer |
//! |---|---|
//! | every clause with predicate and subject | `sentence.predications()` |
//! | the subject of a verb | `sentence.subject_of(verb)`: `person`, `kind`, `tokens`, `head`, `is_certain` |
//! | what a token is | `sentence.tokens[i]`: `tag`, `lemma`, `facts`, `clitic()`, `is_negation()`, `is_auxiliary()` |
//! | around a token | `clause_at`, `noun_phrase_at`, `verb_group_at`, `times_of`, `tense_at` |
//! | a verb group | `finite()`, `main()`, `auxiliaries()`, `modal()`, `tense()`, `aspect`, `voice`, `form`, `to`, `negation` |
//! | a noun phrase | `head`, `determiner`, `quantifier`, `number`, `is_countable_singular()`, `is_bare()`, `is_definite()` |
//! | a clause | `kind`, `opener`, `parent`, `antecedent`; `sentence.predicate(clause)`, `sentence.subject_of_clause(clause)` |
//! | another form | `lexicon.verb_form(base, Tag::Vbd)`, `plural`, `singular`, `graded`, `lemma` |
//! | the text around | `sentence.narrative`, `ends_text`, `variety`, `terms` |
//!
//! [`Text`] holds the analyses of a whole text, for everything that is asked of more than one sentence.

pub mod british;
mod clauses;
pub mod countability;
pub mod dictionary;
pub mod facts;
pub mod inflect;
mod irregular_verbs;
pub mod lemma;
pub mod lexicon;
mod lost_predicate;
pub mod narrative;
pub mod noun_phrases;
mod opaque;
pub mod person;
mod repair;
pub mod sentence;
pub mod subjects;
pub mod tag;
pub mod terms;
pub mod text;
pub mod time_expressions;
pub mod token;
pub mod tokenise;
pub mod variety;
pub mod verb_groups;
pub mod vietnamese_syllable;
pub mod words;

pub use clauses::{Clause, ClauseKind};
pub use lexicon::Lexicon;
pub use noun_phrases::NounPhrase;
pub use person::Person;
pub use sentence::Sentence;
pub use subjects::Subject;
pub use tag::Tag;
pub use text::Text;
pub use time_expressions::TimeExpression;
pub use token::Token;
pub use verb_groups::VerbGroup;
