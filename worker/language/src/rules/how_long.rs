//! `How long` up to now takes the perfect: `How long have you worked here?`.

use crate::{
    analysis::{Sentence, Tag, time_expressions::TimeKind, words},
    rules::{
        noun_chain::{self, agreeing},
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct HowLong;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
/// Verbs of what goes on; "How long do you stay" asks for a habit or a plan.
const LASTING: &str = "know live work study learn have own teach be love";
const GOING_ON: &str = "learn study live work wait teach";

impl Rule for HowLong {
    fn name(&self) -> &'static str {
        "perfect-with-how-long"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["perfect-how-long"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        find_in(sentence).into_iter().collect()
    }
}

fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let asks = sentence.word(0) == "how" && sentence.word(1) == "long";
    let subject = noun_chain::from(sentence, 3)?;
    let verb = subject.tokens.end;
    let lemma = noun_chain::base_of(sentence, verb)?;
    let other_time =
        sentence.times.iter().any(|time| {
            matches!(time.kind, TimeKind::Habitual | TimeKind::Future | TimeKind::Past)
        }) || sentence
            .tokens
            .iter()
            .any(|token| words::among("per each every day usually week weekend to", &token.lower));
    let own = sentence.original(subject.tokens.clone());
    let have = agreeing("have", subject.person);
    let perfect = match sentence.word(2) {
        "do" | "does" if words::among(LASTING, &lemma) && lemma == sentence.word(verb) => {
            format!("{have} {own} {}", sentence.lexicon.verb_form(&lemma, Tag::Vbn)?)
        }
        "are" | "is" if words::among(GOING_ON, &lemma) && sentence.word(verb).ends_with("ing") => {
            format!("{have} {own} been {}", sentence.word(verb))
        }
        _ => return None,
    };
    if !asks || other_time {
        return None;
    }
    let mut edit = Proposal::new(sentence, 2..verb + 1, &perfect, (TENSE, "perfect-how-long"), 0.9);
    edit.replacement = perfect;
    Some(edit.with_clue("how long"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn what_goes_on_takes_the_perfect() {
        expect(
            &HowLong,
            &[
                ("How long do you work here?", "How long have you worked here?"),
                (
                    "How long does your sister live in Japan?",
                    "How long has your sister lived in Japan?",
                ),
                ("How long are you learning English?", "How long have you been learning English?"),
            ],
        );
    }

    #[test]
    fn habits_and_plans_stay() {
        stays(
            &HowLong,
            "
            How long do you study every day?
            How long does it take?
            How long are you staying?
            ",
        );
    }
}
