//! The rules engine: finds the errors of learners of English and explains them. Pure: no IO, no clock.

pub mod explanations;
pub mod facts;
pub mod finding;
pub mod inflect;
mod irregular;
pub mod lexicon;
mod opaque;
pub mod pack;
mod past_time;
#[cfg(test)]
mod proof;
mod revision;
pub mod rule;
mod speller;
mod subject;
pub mod text;
pub mod tokenise;
mod vietnamese_syllable;
mod words;

mod article_form;
mod capital_letter;
mod double_comparative;
mod missing_to;
mod modal_base_form;
mod noun_number;
mod past_tense;
mod spelling;
mod subject_verb_agreement;
mod there_be;
mod uncountable_noun;

pub use finding::{Checked, Finding, apply};
pub use pack::{RulePack, VERSION};

/// Every rule; they run by stage, within a stage in this order.
fn registry(speller: std::sync::Arc<speller::Speller>) -> Vec<Box<dyn rule::Rule>> {
    vec![
        Box::new(article_form::ArticleForm),
        Box::new(capital_letter::CapitalLetter),
        Box::new(double_comparative::DoubleComparative),
        Box::new(missing_to::MissingTo),
        Box::new(modal_base_form::ModalBaseForm),
        Box::new(uncountable_noun::UncountableNoun),
        Box::new(noun_number::NounNumber),
        Box::new(past_tense::PastTense),
        Box::new(spelling::Spelling { speller }),
        Box::new(subject_verb_agreement::SubjectVerbAgreement),
        Box::new(there_be::ThereBe),
    ]
}
