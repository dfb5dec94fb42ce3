//! The perfect has a participle: `she has gone`, not `she has went`.

use crate::rules::{
    facts::Facts,
    past_time::{Strength, past_times},
    rule::{Proposal, Rule, Stage},
    text::Sentence,
    words,
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
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let word = sentence.word(verb);
    let past_only = sentence.has(verb, Facts::PAST)
        && !sentence.has(verb, Facts::PARTICIPLE)
        && !words::among(ALSO_PARTICIPLES, word);
    if !past_only && !matches!(word, "was" | "were") {
        return None;
    }
    let base = sentence.lexicon.verb_lemma(word)?;
    let participle =
        if base == "be" { "been" } else { sentence.lexicon.irregular_participle(&base)? };
    let mut before = verb - 1;
    while before > 0
        && (sentence.word(before) == "not" || words::is_middle_adverb(sentence.word(before)))
    {
        before -= 1;
    }
    // "Have you ever went": the subject stands between at the start of a question.
    let asks = before == 1
        && words::is_subject_pronoun(sentence.word(1))
        && words::is_have(sentence.word(0));
    let have = if asks { 0 } else { before };
    let contracted = sentence.word(have).strip_suffix("'ve").is_some_and(words::is_subject_pronoun);
    let subject = have.wrapping_sub(if contracted { 0 } else { 1 });
    let told = (contracted
        || words::is_have(sentence.word(have))
            && words::is_subject_pronoun(sentence.word(subject)))
        // "Everything I have came from them": a clause of its own has to begin with the subject.
        && (subject == 0
            || matches!(
                sentence.at(subject, -1),
                "because" | "when" | "if" | "but" | "so" | "and" | ","
            ));
    if !(asks || told) || participle == word {
        return None;
    }
    let clue = sentence.original(have..have + 1).to_owned();
    // "I have went there yesterday": beside a past time the simple past is meant.
    let simple = told
        && !contracted
        && have + 1 == verb
        && past_times(sentence).iter().any(|time| time.strength == Strength::Strong)
        && base != "be";
    let (from, wanted) = if simple { (have, word) } else { (verb, participle) };
    let edit = Proposal::new(sentence, from..verb + 1, wanted, (FORM, "perfect-participle"), 0.93);
    Some(edit.with_clue(&clue))
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
