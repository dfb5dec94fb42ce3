//! Nobody is suggested to do something: `She suggested that I eat less`.

use crate::{
    analysis::{Sentence, VerbGroup, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ThatAfterSuggest;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);

impl Rule for ThatAfterSuggest {
    fn name(&self) -> &'static str {
        "that-after-suggest"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["that-after-suggest", "to-after-want-that"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let groups = sentence.verb_groups.iter();
        groups
            .filter_map(|group| suggested(sentence, group).or_else(|| wanted(sentence, group)))
            .collect()
    }
}

/// "suggested me to eat" → "suggested that I eat".
fn suggested(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let governor = group.main();
    let suggests = words::among("suggest recommend", &sentence.tokens[governor].lemma);
    let object = sentence
        .noun_phrase_at(governor + 1)
        .filter(|phrase| phrase.tokens.start == governor + 1)?;
    let end = object.tokens.end;
    let head = sentence.word(object.head);
    let to = sentence.word(end) == "to";
    let verb = end + usize::from(to);
    let bare = !to && object.is_pronoun() && sentence.has(verb, Facts::USUAL_VERB);
    let plain = sentence.has(verb, Facts::BASE) || sentence.word(verb) == "be";
    let person = object.is_pronoun() && head != "it"
        || words::is_person(sentence.tokens[object.head].lemma.as_str())
        || words::among("people students children everyone", head);
    if !suggests || group.is_passive() || !plain || !(to || bare) || !person {
        return None;
    }
    let nominative = subject_form(head);
    // "I suggest you rest" is right: only to is taken out, and that makes it clear.
    if !to && nominative.is_none_or(|nominative| nominative == head) {
        return None;
    }
    let own = sentence.original(object.tokens.clone());
    let subject = nominative.unwrap_or(own);
    let corrected = format!("that {subject} {}", sentence.word(verb));
    let kind = (FORM, "that-after-suggest");
    let mut edit = Proposal::new(sentence, governor + 1..verb + 1, &corrected, kind, 0.9);
    edit.replacement = corrected;
    Some(edit.with_clue(sentence.original(governor..governor + 1)))
}

fn subject_form(object: &str) -> Option<&'static str> {
    Some(match object {
        "me" => "I",
        "him" => "he",
        "her" => "she",
        "us" => "we",
        "them" => "they",
        "you" => "you",
        _ => return None,
    })
}

/// "want that you come" → "want you to come".
fn wanted(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let governor = group.main();
    let that = governor + 1;
    let subject =
        sentence.noun_phrase_at(that + 1).filter(|phrase| phrase.tokens.start == that + 1)?;
    let verb = subject.tokens.end;
    let wants = sentence.tokens[governor].lemma == "want"
        && sentence.word(that) == "that"
        && sentence.any(verb, Facts::BASE | Facts::THIRD)
        && sentence.any(verb, Facts::USUAL_VERB)
        && sentence.verb_group_at(verb).is_some_and(VerbGroup::is_simple);
    let object = match sentence.word(subject.head) {
        "i" => "me",
        "he" => "him",
        "she" => "her",
        "we" => "us",
        "they" => "them",
        _ => sentence.original(subject.tokens.clone()),
    };
    if !wants {
        return None;
    }
    let base = crate::rules::noun_chain::base_of(sentence, verb)?;
    let corrected = format!("{object} to {base}");
    let kind = (FORM, "to-after-want-that");
    let mut edit = Proposal::new(sentence, that..verb + 1, &corrected, kind, 0.9);
    edit.replacement = corrected;
    Some(edit.with_clue(sentence.original(governor..governor + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn a_clause_follows() {
        expect(
            &ThatAfterSuggest,
            &[
                (
                    "My doctor suggested me to eat less sugar.",
                    "My doctor suggested that I eat less sugar.",
                ),
                ("She suggested my brother to rest.", "She suggested that my brother rest."),
                ("I want that you come to my party.", "I want you to come to my party."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &ThatAfterSuggest,
            "
            I suggest you rest.
            I want that book.
            She recommended the film to me.
            ",
        );
    }
}
