//! The rules engine: finds the errors of learners of English and explains them. Pure: no IO, no clock.

mod be_form;
mod degree;
mod derivations;
mod edit;
mod edit_distance;
pub mod explanations;
pub mod finding;
mod noun_chain;
mod noun_senses;
pub mod pack;
#[cfg(test)]
mod proof;
mod revision;
pub mod rule;
mod speller;
mod veto;

mod adjective_for_adverb;
mod adjective_place;
mod adverb_place;
mod article_form;
mod bare_singular;
mod born_without_be;
mod capital_letter;
mod causative_participle;
mod choice;
mod comma_splice;
mod comparison;
mod condition_clause;
mod counted_noun;
mod definite_article;
mod distant_agreement;
mod do_with_modal;
mod double_comparative;
mod double_subject;
mod doubled_connective;
mod embedded_question;
mod end_mark;
mod extra_article;
mod extra_be;
mod feeling_participle;
mod first_time;
mod future_time;
mod gerund_after_phrase;
mod gerund_after_verb;
mod going_on_now;
mod here_be;
mod how_long;
mod infinitive_after_verb;
mod irregular_plural;
mod likelier_form;
mod linked_clause;
mod manner;
mod measure_compound;
mod missing_be;
mod missing_be_progressive;
mod missing_comma;
mod missing_do;
mod missing_infinitive;
mod missing_preposition;
mod missing_to;
mod missing_who;
mod modal_base_form;
mod modal_ending;
mod much_many;
mod negation_once;
mod noun_number;
mod object_base;
mod object_infinitive;
mod over_graded;
mod owner_noun;
mod parallel_verbs;
mod participle_alone;
mod passive_participle;
mod past_tense;
mod perfect_base;
mod perfect_order;
mod perfect_participle;
mod perfect_with_past_time;
mod phrases;
mod possessive_s;
mod present_since;
mod pronoun_case;
mod pronoun_reference;
mod quantity;
mod question_base;
mod question_order;
mod question_without_do;
mod relative_clause;
mod reported_will;
mod sentence_capital;
mod sequence_of_tenses;
mod spelling;
mod spelling_variety;
mod stative_progressive;
mod subject_verb_agreement;
mod tag_question;
mod that_after_suggest;
mod there_be;
mod this_these;
mod uncountable_noun;
mod unreal_condition;
mod verb_after_preposition;
mod verbless_clause;
mod very_before_verb;
mod wish_past;
mod word_family;

pub use choice::edit as choice_edit;
pub use finding::{Checked, Finding, apply};
pub use pack::{RulePack, VERSION};

/// Every rule; they run by stage, within a stage in this order.
fn registry(speller: std::sync::Arc<speller::Speller>) -> Vec<Box<dyn rule::Rule>> {
    let counts = speller.counts.clone();
    let mut rules: Vec<Box<dyn rule::Rule>> = vec![
        Box::new(irregular_plural::IrregularPlural),
        Box::new(adjective_place::AdjectivePlace),
        Box::new(article_form::ArticleForm),
        Box::new(capital_letter::CapitalLetter),
        Box::new(sentence_capital::SentenceCapital),
        Box::new(end_mark::EndMark),
        Box::new(missing_comma::MissingComma),
        Box::new(over_graded::OverGraded),
        Box::new(double_comparative::DoubleComparative),
        Box::new(do_with_modal::DoWithModal),
        Box::new(modal_ending::ModalEnding),
        Box::new(missing_do::MissingDo),
        Box::new(perfect_participle::PerfectParticiple),
        Box::new(missing_to::MissingTo),
        Box::new(question_base::QuestionBase),
        Box::new(modal_base_form::ModalBaseForm),
        Box::new(uncountable_noun::UncountableNoun),
        Box::new(much_many::MuchMany),
        Box::new(this_these::ThisThese),
        Box::new(noun_number::NounNumber),
        Box::new(participle_alone::ParticipleAlone),
        Box::new(past_tense::PastTense),
        Box::new(spelling::Spelling { speller }),
        Box::new(spelling_variety::SpellingVariety),
        Box::new(perfect_order::PerfectOrder),
        Box::new(perfect_base::PerfectBase),
        Box::new(how_long::HowLong),
        Box::new(first_time::FirstTime),
        Box::new(stative_progressive::StativeProgressive),
        Box::new(tag_question::TagQuestion),
        Box::new(condition_clause::ConditionClause),
        Box::new(wish_past::WishPast),
        Box::new(distant_agreement::DistantAgreement),
        Box::new(linked_clause::LinkedClause),
        Box::new(subject_verb_agreement::SubjectVerbAgreement),
        Box::new(there_be::ThereBe),
        Box::new(here_be::HereBe),
        Box::new(missing_preposition::MissingPreposition),
        Box::new(gerund_after_verb::GerundAfterVerb),
        Box::new(infinitive_after_verb::InfinitiveAfterVerb),
        Box::new(verb_after_preposition::VerbAfterPreposition),
        Box::new(object_infinitive::ObjectInfinitive),
        Box::new(object_base::ObjectBase),
        Box::new(that_after_suggest::ThatAfterSuggest),
        Box::new(gerund_after_phrase::GerundAfterPhrase),
        Box::new(missing_infinitive::MissingInfinitive),
        Box::new(parallel_verbs::ParallelVerbs),
        Box::new(double_subject::DoubleSubject),
        Box::new(phrases::Phrases::load(true)),
        Box::new(phrases::Phrases::load(false)),
        Box::new(doubled_connective::DoubledConnective),
        Box::new(born_without_be::BornWithoutBe),
        Box::new(question_without_do::QuestionWithoutDo),
        Box::new(missing_be_progressive::MissingBeProgressive),
        Box::new(passive_participle::PassiveParticiple),
        Box::new(feeling_participle::FeelingParticiple),
        Box::new(causative_participle::CausativeParticiple),
        Box::new(extra_be::ExtraBe),
        Box::new(word_family::WordFamily),
        Box::new(pronoun_case::PronounCase),
        Box::new(pronoun_reference::PronounReference),
        Box::new(possessive_s::PossessiveS),
        Box::new(owner_noun::OwnerNoun { counts: counts.clone() }),
        Box::new(missing_who::MissingWho),
        Box::new(relative_clause::RelativeClause),
        Box::new(measure_compound::MeasureCompound),
        Box::new(quantity::Quantity),
        Box::new(adverb_place::AdverbPlace),
        Box::new(question_order::QuestionOrder),
        Box::new(manner::Manner),
        Box::new(adjective_for_adverb::AdjectiveForAdverb),
        Box::new(likelier_form::LikelierForm { counts: counts.clone() }),
        Box::new(comparison::Comparison),
        Box::new(bare_singular::BareSingular),
        Box::new(definite_article::DefiniteArticle),
        Box::new(counted_noun::CountedNoun { counts: counts.clone() }),
        Box::new(extra_article::ExtraArticle),
        Box::new(negation_once::NegationOnce),
        Box::new(missing_be::MissingBe),
        Box::new(verbless_clause::VerblessClause),
        Box::new(very_before_verb::VeryBeforeVerb),
        Box::new(embedded_question::EmbeddedQuestion),
        Box::new(present_since::PresentSince),
        Box::new(comma_splice::CommaSplice),
        Box::new(perfect_with_past_time::PerfectWithPastTime),
        Box::new(unreal_condition::UnrealCondition),
        Box::new(future_time::FutureTime),
        Box::new(going_on_now::GoingOnNow),
        Box::new(reported_will::ReportedWill),
        Box::new(sequence_of_tenses::SequenceOfTenses),
    ];
    for kind in choice::KINDS {
        rules.push(Box::new(choice::ChoiceRule { kind, counts: counts.clone() }));
    }
    rules
}
