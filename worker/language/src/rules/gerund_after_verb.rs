//! Some verbs take another verb in -ing: `enjoy swimming`, not `enjoy to swim`; so does `look forward to`.

use crate::{
    analysis::{Sentence, Tag, VerbGroup, verb_groups::Form, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct GerundAfterVerb;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);

/// Verbs after which an infinitive is never right, whatever is meant.
const GERUND_TAKERS: &str = "enjoy suggest avoid finish mind practise practice imagine deny dislike recommend consider keep quit postpone delay resist \
    admit detest tolerate appreciate anticipate contemplate foresee recall mention endure abandon fancy escape risk \
    miss discontinue resent involve";

impl Rule for GerundAfterVerb {
    fn name(&self) -> &'static str {
        "gerund-after-verb"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["gerund-after-verb", "gerund-after-look-forward"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let infinitives =
            sentence.verb_groups.iter().filter(|group| group.form == Form::ToInfinitive);
        infinitives.filter_map(|group| find_in(sentence, group)).collect()
    }
}

fn find_in(sentence: &Sentence, infinitive: &VerbGroup) -> Option<Proposal> {
    let (to, verb) = (infinitive.to?, infinitive.main());
    let before = to.checked_sub(1)?;
    if verb != to + 1 || infinitive.verbs.len() != 1 || infinitive.is_negated() {
        return None;
    }
    let ing = sentence.lexicon.verb_form(&sentence.tokens[verb].lemma, Tag::Vbg)?;
    if sentence.word(before) == "forward" && sentence.tokens[before.checked_sub(1)?].lemma == "look"
    {
        let found = (FORM, "gerund-after-look-forward");
        let edit = Proposal::new(sentence, verb..verb + 1, &ing, found, 0.95);
        return Some(edit.with_clue("look forward to"));
    }
    // "It is considered to be": what is done to the subject is another matter.
    let governor = sentence.verb_group_at(before)?;
    // "admitted to knowing": the preposition `to` with its gerund.
    let preposition =
        sentence.tag(verb) == Some(Tag::Vbg) && sentence.tokens[before].lemma == "admit";
    let governs = governor.main() == before && !governor.is_passive() && !preposition;
    if !governs || !words::among(GERUND_TAKERS, &sentence.tokens[before].lemma) {
        return None;
    }
    let edit = Proposal::new(sentence, to..verb + 1, &ing, (FORM, "gerund-after-verb"), 0.93);
    Some(edit.with_clue(sentence.original(before..before + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn infinitives_become_gerunds() {
        expect(
            &GerundAfterVerb,
            &[
                ("She enjoys to cook for her family.", "She enjoys cooking for her family."),
                ("He admitted to steal the money.", "He admitted stealing the money."),
                ("We avoided to talk about it.", "We avoided talking about it."),
                ("He has finished to read the book.", "He has finished reading the book."),
                ("Would you mind to open the window?", "Would you mind opening the window?"),
                ("I look forward to hear from you.", "I look forward to hearing from you."),
            ],
        );
    }

    #[test]
    fn infinitives_that_are_right_stay() {
        stays(
            &GerundAfterVerb,
            "
            I want to swim in the sea.
            He is considered to be the best player.
            She stopped to buy some milk.
            I enjoy swimming in the sea.
            They finished early to catch the train.
            We look forward to the weekend.
            ",
        );
    }
}
