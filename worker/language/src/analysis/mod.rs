//! One linguistic analysis per sentence, which every rule queries.

mod clauses;
pub mod countability;
pub mod facts;
pub mod inflect;
mod irregular_verbs;
pub mod lemma;
pub mod lexicon;
pub mod noun_phrases;
mod opaque;
mod repair;
pub mod sentence;
pub mod subjects;
pub mod tag;
pub mod time_expressions;
pub mod token;
pub mod tokenise;
pub mod verb_groups;
pub mod vietnamese_syllable;
pub mod words;

pub use clauses::{Clause, ClauseKind};
pub use lexicon::Lexicon;
pub use noun_phrases::NounPhrase;
pub use sentence::Sentence;
pub use subjects::{Person, Subject};
pub use tag::Tag;
pub use time_expressions::TimeExpression;
pub use token::Token;
pub use verb_groups::VerbGroup;
