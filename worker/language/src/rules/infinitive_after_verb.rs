//! Some verbs take `to` and a plain verb: `plan to go`, not `plan going`; `it takes an hour to find`. Time and money are
//! spent with -ing: `spend an hour reading`.

use crate::{
    analysis::{Sentence, Tag, VerbGroup, verb_groups::Form, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct InfinitiveAfterVerb;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
/// Verbs after which -ing is never right.
const INFINITIVE_TAKERS: &str = "hope decide plan agree refuse promise expect manage offer want afford intend wish choose pretend \
    fail hesitate arrange threaten swear vow seek strive attempt long volunteer aim prepare demand desire appear tend \
    struggle consent happen";

impl Rule for InfinitiveAfterVerb {
    fn name(&self) -> &'static str {
        "infinitive-after-verb"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["infinitive-after-verb", "infinitive-after-take", "gerund-after-spend"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let groups = sentence.verb_groups.iter();
        groups
            .filter_map(|group| into_infinitive(sentence, group).or_else(|| spent(sentence, group)))
            .collect()
    }
}

/// "planning going" → "planning to go"; "it took me an hour finding" → "to find".
fn into_infinitive(sentence: &Sentence, gerund: &VerbGroup) -> Option<Proposal> {
    let verb = gerund.main();
    if gerund.form != Form::Ing || gerund.verbs.len() != 1 || verb == 0 {
        return None;
    }
    let to = format!("to {}", sentence.tokens[verb].lemma);
    let before = verb - 1;
    let governor = sentence.verb_group_at(before);
    let governed = governor
        .is_some_and(|governor| governor.main() == before && !governor.is_passive())
        && words::among(INFINITIVE_TAKERS, &sentence.tokens[before].lemma);
    if governed {
        let why = (FORM, "infinitive-after-verb");
        let edit = Proposal::new(sentence, verb..verb + 1, &to, why, 0.92);
        return Some(edit.with_clue(sentence.original(before..before + 1)));
    }
    let taking = (0..before).find(|at| {
        sentence.tokens[*at].lemma == "take"
            && sentence.tagged(*at, Tag::is_verb)
            && sentence.word(at.wrapping_sub(1)) == "it"
    })?;
    let time = words::among(
        "hour hours minute minutes day days week weeks month months year years time while",
        sentence.word(before),
    );
    let near = before - taking <= 6;
    let edit = Proposal::new(sentence, verb..verb + 1, &to, (FORM, "infinitive-after-take"), 0.9);
    (time && near).then(|| edit.with_clue(sentence.original(taking..taking + 1)))
}

/// "spends three hours to play" → "playing".
fn spent(sentence: &Sentence, infinitive: &VerbGroup) -> Option<Proposal> {
    let to = infinitive.to.filter(|_| infinitive.form == Form::ToInfinitive)?;
    let verb = infinitive.main();
    let spend =
        (to.saturating_sub(8)..to).rev().find(|at| sentence.tokens[*at].lemma == "spend")?;
    let passive = sentence.verb_group_at(spend).is_some_and(VerbGroup::is_passive);
    let plain = verb == to + 1 && infinitive.verbs.len() == 1 && to > spend + 1;
    let it = sentence.at(spend, -1) == "it";
    let apart = sentence.tokens[spend + 1..to]
        .iter()
        .any(|token| token.tag.is_mark() || token.tag.is_verb());
    if it || passive || !plain || apart {
        return None;
    }
    let ing = sentence.lexicon.verb_form(&sentence.tokens[verb].lemma, Tag::Vbg)?;
    let edit = Proposal::new(sentence, to..verb + 1, &ing, (FORM, "gerund-after-spend"), 0.92);
    Some(edit.with_clue(sentence.original(spend..spend + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_verb_before_decides() {
        expect(
            &InfinitiveAfterVerb,
            &[
                ("They decided buying a new house.", "They decided to buy a new house."),
                (
                    "I'm planning going to Hue this summer.",
                    "I'm planning to go to Hue this summer.",
                ),
                ("It took me an hour finding a place.", "It took me an hour to find a place."),
                (
                    "He spends three hours a day to play games.",
                    "He spends three hours a day playing games.",
                ),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &InfinitiveAfterVerb,
            "
            They decided to buy a new house.
            I enjoy going to the cinema.
            He spends three hours a day playing games.
            It took me an hour to find a place.
            The plan going forward is clear.
            I started learning English.
            ",
        );
    }
}
