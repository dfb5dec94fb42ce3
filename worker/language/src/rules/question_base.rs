//! After do, does and did a question has a plain verb, however long its subject: `Did your class win?`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct QuestionBase;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
const EXTRA: ErrantType = ErrantType::unnecessary(Category::Verb);
const VERB: ErrantType = ErrantType::replacement(Category::Verb);

impl Rule for QuestionBase {
    fn name(&self) -> &'static str {
        "question-base-form"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["subject-question", "question-base", "be-before-do", "question-be"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 0..sentence.tokens.len();
        tokens
            .filter_map(|at| {
                after_subject(sentence, at)
                    .or_else(|| of_subject(sentence, at))
                    .or_else(|| adjective(sentence, at))
                    .or_else(|| be_before_do(sentence, at))
            })
            .collect()
    }
}

fn asks(sentence: &Sentence, at: usize) -> bool {
    let question = sentence.tokens.last().is_some_and(|last| last.lower == "?");
    let opens = at == 0
        || at <= 3 && words::among("what where why when how who which", sentence.word(0))
        || sentence.word(at - 1) == ",";
    question && opens && words::among("do does did don't doesn't didn't", sentence.word(at))
}

/// "Did your class won", "Does your brother likes": an inflected verb after a noun.
fn after_subject(sentence: &Sentence, at: usize) -> Option<Proposal> {
    if !asks(sentence, at) {
        return None;
    }
    let whole = sentence.verb_group_at(at).filter(|group| group.inverted && group.verbs.len() == 2);
    if let Some(verb) = whole.map(|group| group.main())
        && sentence.noun_phrase_at(at + 1).is_some_and(|phrase| !phrase.is_pronoun())
        && sentence.tagged(verb, |tag| matches!(tag, Tag::Vbd | Tag::Vbz))
        && sentence.has(verb, Facts::USUAL_VERB)
        && !sentence.has(verb, Facts::BASE)
    {
        let base = sentence.lexicon.verb_lemma(sentence.word(verb))?;
        let edit = Proposal::new(sentence, verb..verb + 1, &base, (FORM, "question-base"), 0.93);
        return Some(edit.with_clue(sentence.original(at..at + 1)));
    }
    let subject = noun_chain::from(sentence, at + 1)?;
    if subject.is_pronoun {
        return None;
    }
    // The phrase may have swallowed the verb: "your brother likes".
    let inflected = |verb: usize| {
        sentence.any(verb, Facts::PAST | Facts::THIRD)
            && sentence.has(verb, Facts::USUAL_VERB)
            && !sentence.has(verb, Facts::BASE)
            && !sentence.is_capitalised(verb)
    };
    let verb = subject.tokens.end;
    let known = sentence.noun_phrase_at(subject.head).is_some_and(|phrase| !phrase.is_bare());
    // "Did the men called Smith come": another verb follows a participle.
    let other = (verb + 1..sentence.tokens.len())
        .any(|i| sentence.tagged(i, |tag| tag == Tag::Vb) && sentence.word(i - 1) != "to");
    // "a point stated in the text".
    let passive = sentence.has(verb, Facts::PARTICIPLE)
        && words::among("in by from as to", sentence.word(verb + 1));
    if !inflected(verb) || !known || other || passive {
        return None;
    }
    let base = sentence.lexicon.verb_lemma(sentence.word(verb))?;
    let edit = Proposal::new(sentence, verb..verb + 1, &base, (FORM, "question-base"), 0.93);
    Some(edit.with_clue(sentence.original(at..at + 1)))
}

/// "Who did invent it?" → "Who invented it?": the question word is the subject.
fn of_subject(sentence: &Sentence, at: usize) -> Option<Proposal> {
    // "How many people do live": the thing asked for may have a noun.
    let counted = sentence.word(0) == "how"
        && matches!(sentence.word(1), "many" | "much")
        && at == 3
        && sentence.tagged(2, Tag::is_common_noun);
    let which = matches!(sentence.word(0), "which" | "what")
        && at == 2
        && sentence.tagged(1, Tag::is_common_noun);
    let asks =
        (at == 1 && matches!(sentence.word(0), "who" | "what" | "which") || counted || which)
            && words::among("do does did", sentence.word(at));
    let verb = at + 1;
    let plain = sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && sentence.tagged(verb, Tag::is_verb)
        && sentence.noun_phrase_at(verb).is_none();
    if !asks || !plain || !sentence.tokens.iter().any(|token| token.lower == "?") {
        return None;
    }
    let lexicon = sentence.lexicon;
    let form = match sentence.word(at) {
        "did" => lexicon.past(sentence.word(verb))?,
        "do" if at > 1 => sentence.word(verb).to_owned(),
        _ => lexicon.third(sentence.word(verb)),
    };
    let edit = Proposal::new(sentence, at..verb + 1, &form, (FORM, "subject-question"), 0.88);
    Some(edit.with_clue(sentence.original(0..1)))
}

/// "Do you tired?", "Does she happy?": an adjective asks for be.
fn adjective(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let past = sentence.word(at) == "did";
    if at > 1 || !asks(sentence, at) || !words::among("do does did", sentence.word(at)) {
        return None;
    }
    let subject = noun_chain::from(sentence, at + 1)?;
    let end = subject.tokens.end;
    let graded = usize::from(words::among("very so too really", sentence.word(end)));
    let word = end + graded;
    let tagged = sentence.tagged(word, Tag::is_adjective);
    let adjective = tagged
        && sentence.has(word, Facts::ADJECTIVE | Facts::USUAL_ADJECTIVE)
        && !sentence.has(word, Facts::USUAL_VERB)
        || words::among(
            "tired busy free hungry thirsty ready afraid ill sick late",
            sentence.word(word),
        ) && (tagged || sentence.tagged(word, |tag| matches!(tag, Tag::Vbn | Tag::Vbd)));
    let next = sentence.tokens.get(word + 1)?;
    let ends = next.tag.is_mark()
        || matches!(next.tag, Tag::In | Tag::To)
        || words::among("today now yesterday tonight tomorrow", &next.lower);
    if !adjective || !ends || !words::is_subject_pronoun(sentence.word(subject.head)) {
        return None;
    }
    let be = noun_chain::agreeing(if past { "was" } else { "be" }, subject.person);
    let edit = Proposal::new(sentence, at..at + 1, be, (VERB, "question-be"), 0.9);
    Some(edit.with_clue(sentence.original(word..word + 1)))
}

/// "We are don't understand": be before the form of do.
fn be_before_do(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let be = words::among("am is are was were", sentence.word(at));
    let negated = words::among("don't doesn't didn't", sentence.at(at, 1))
        || words::among("do does did", sentence.at(at, 1)) && sentence.at(at, 2) == "not";
    let subject = sentence.noun_phrase_at(at.checked_sub(1)?).is_some_and(|phrase| {
        phrase.tokens.end == at && (!phrase.is_bare() || phrase.is_pronoun())
    });
    let verb = at + if sentence.at(at, 2) == "not" { 3 } else { 2 };
    if !be || !negated || !subject || !sentence.has(verb, Facts::BASE) {
        return None;
    }
    // "What they are does not matter".
    let asked = sentence.tokens[..at]
        .iter()
        .any(|token| matches!(token.tag, Tag::Wp | Tag::Wrb | Tag::Wdt));
    if asked {
        return None;
    }
    let own = sentence.original(at + 1..at + 2);
    let edit = Proposal::new(sentence, at..at + 2, own, (EXTRA, "be-before-do"), 0.94);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn questions_have_plain_verbs() {
        expect(
            &QuestionBase,
            &[
                ("Did your class won the game?", "Did your class win the game?"),
                ("Did the boys in your team played well?", "Did the boys in your team play well?"),
                ("Does she happy?", "Is she happy?"),
                ("We are don't understand the lesson.", "We don't understand the lesson."),
            ],
        );
    }

    #[test]
    fn right_questions_stay() {
        stays(
            &QuestionBase,
            "
            Did your class win the game?
            Do you clean your room?
            Does your brother like football?
            What they are does not matter.
            ",
        );
    }
}
