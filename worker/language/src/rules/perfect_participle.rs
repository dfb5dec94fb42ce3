//! The perfect has a participle: `she has gone`, not `she has went`.

use crate::{
    analysis::{Sentence, Subject, VerbGroup, facts::Facts, subjects::SubjectKind, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PerfectParticiple;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);

/// Pasts that many speakers use as participles too.
const ALSO_PARTICIPLES: &str = "forgot got bit hid beat showed spoke";

impl Rule for PerfectParticiple {
    fn name(&self) -> &'static str {
        "perfect-participle"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["perfect-participle"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let pairs = sentence.predicates_with_subject();
        pairs.filter_map(|(group, subject)| find_in(sentence, group, subject)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let (have, verb) = (group.finite()?, group.main());
    let word = sentence.word(verb);
    let past_only = sentence.has(verb, Facts::PAST)
        && !sentence.has(verb, Facts::PARTICIPLE)
        && !words::among(ALSO_PARTICIPLES, word);
    // "Everything I have came from them": a clause that describes a noun may end with have.
    let plain =
        subject.is_pronoun() || subject.kind == SubjectKind::Phrase && subject.tokens.end == have;
    let told = plain && subject.is_certain && group.is_perfect() && group.verbs.len() == 2;
    if !told || !past_only && !matches!(word, "was" | "were") {
        return None;
    }
    let base = sentence.tokens[verb].lemma.as_str();
    let participle =
        if base == "be" { "been" } else { sentence.lexicon.irregular_participle(base)? };
    let glued = sentence.tokens[have].clitic().is_some();
    // "I have went there yesterday": beside a past time the simple past is meant.
    let past_time = sentence.times_of(verb).any(|time| time.is_past());
    let simple = past_time && !group.inverted && !glued && have + 1 == verb && base != "be";
    let (from, wanted) = if simple { (have, word) } else { (verb, participle) };
    let edit = Proposal::new(sentence, from..verb + 1, wanted, (FORM, "perfect-participle"), 0.93);
    (participle != word).then(|| edit.with_clue(sentence.original(have..have + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &PerfectParticiple,
            &[
                ("She has went home.", "She has gone home."),
                ("I have wrote a letter.", "I have written a letter."),
                ("I've saw it.", "I've seen it."),
                ("Have you ever went to Hue?", "Have you ever gone to Hue?"),
                ("She have went.", "She has gone."),
                ("I have went there yesterday.", "I went there yesterday."),
                ("He has not came.", "He has not come."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &PerfectParticiple,
            "
            She has gone home.
            Everything I have came from them.
            I have had lunch.
            He had left.
            I have forgot it.
            We have put it there.
            I have a saw.
            ",
        );
    }
}
