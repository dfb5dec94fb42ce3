//! A wish that is not true now has the past: `I wish I were taller`, `She wishes she could speak French`; and `Water will
//! boil`, without be.

use crate::{
    analysis::{Clause, ClauseKind, Sentence, VerbGroup, facts::Facts, verb_groups::Tense, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct WishPast;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
const EXTRA: ErrantType = ErrantType::unnecessary(Category::Verb);
/// Verbs that are done to nothing, so that be before them is one verb too many.
const WITHOUT_OBJECT: &str = "boil go arrive happen come fall sleep die live stay rise agree depend appear disappear exist \
    melt freeze work rain snow cry laugh smile wait talk listen";

impl Rule for WishPast {
    fn name(&self) -> &'static str {
        "past-after-wish"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["wish-past", "modal-be-verb"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let wishes =
            sentence.predications().filter_map(|(clause, group, _)| wish(sentence, clause, group));
        let extra = (1..sentence.tokens.len()).filter_map(|be| after_modal(sentence, be));
        wishes.chain(extra).collect()
    }
}

fn wish(sentence: &Sentence, clause: &Clause, group: &VerbGroup) -> Option<Proposal> {
    let that = usize::from(clause.opener.is_some());
    let before = clause.tokens.start.checked_sub(1)?;
    let wished = sentence.tokens[before].lemma == "wish"
        && clause.kind == ClauseKind::Subordinate
        && (that == 0 || sentence.word(clause.tokens.start) == "that")
        && sentence.verb_group_at(before).is_some();
    let verb = group.finite()?;
    let token = &sentence.tokens[verb];
    if !wished || group.inverted || token.clitic().is_some() {
        return None;
    }
    let past = match token.lower.as_str() {
        "am" | "is" | "are" => "were".to_owned(),
        "isn't" | "aren't" => "weren't".to_owned(),
        "can" => "could".to_owned(),
        "can't" => "couldn't".to_owned(),
        "will" => "would".to_owned(),
        "don't" | "doesn't" => "didn't".to_owned(),
        "have" | "has" => "had".to_owned(),
        _ if group.tense() == Some(Tense::Present) && !sentence.has(verb, Facts::PAST) => {
            sentence.lexicon.past(&token.lemma)?
        }
        _ => return None,
    };
    // "I wish it doesn't rain tomorrow" speaks of what may come.
    let future = sentence
        .times
        .iter()
        .any(|time| time.kind == crate::analysis::time_expressions::TimeKind::Future);
    let edit = Proposal::new(sentence, verb..verb + 1, &past, (TENSE, "wish-past"), 0.9);
    (!future).then(|| edit.with_clue(sentence.original(before..before + 1)))
}

/// "will be boil" → "will boil".
fn after_modal(sentence: &Sentence, be: usize) -> Option<Proposal> {
    let modal = be.checked_sub(1)?;
    let verb = be + 1;
    let extra = sentence.word(be) == "be"
        && words::is_modal(sentence.word(modal))
        && words::among(WITHOUT_OBJECT, sentence.word(verb))
        && !sentence.has(verb, Facts::PARTICIPLE);
    let noun = sentence.tagged(verb + 1, crate::analysis::Tag::is_common_noun)
        || words::among("live work", sentence.word(verb))
            && sentence.tagged(verb + 1, |tag| tag.is_mark());
    if !extra || noun {
        return None;
    }
    let own = sentence.word(verb).to_owned();
    let edit = Proposal::new(sentence, be..verb + 1, &own, (EXTRA, "modal-be-verb"), 0.92);
    Some(edit.with_clue(sentence.original(modal..be)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wishes_are_in_the_past() {
        expect(
            &WishPast,
            &[
                ("I wish I am taller.", "I wish I were taller."),
                ("She wishes she can speak French.", "She wishes she could speak French."),
                ("Water will be boil at 100 degrees.", "Water will boil at 100 degrees."),
            ],
        );
    }

    #[test]
    fn other_wishes_stay() {
        stays(
            &WishPast,
            "
            I wish you a happy birthday.
            I wish I were taller.
            I hope he is here.
            The show will be live.
            ",
        );
    }
}
