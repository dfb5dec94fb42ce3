//! A question with a full verb needs do: `Where do you live?`, not `Where you live?`.

use crate::{
    analysis::{Person, Sentence, Tag, facts::Facts, verb_groups::Tense, words},
    rules::{
        noun_chain, question_order,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct QuestionWithoutDo;

const MISSING: ErrantType = ErrantType::missing(Category::Verb);

impl Rule for QuestionWithoutDo {
    fn name(&self) -> &'static str {
        "question-without-do"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["question-without-do"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let questions = question_order::questions(sentence);
        let mut found: Vec<Proposal> = questions
            .iter()
            .filter_map(|question| find_in(sentence, question.start, question.end))
            .collect();
        if found.is_empty() {
            found.extend(alone(sentence));
        }
        found
    }
}

/// Questions that a sentence is the whole of.
fn alone(sentence: &Sentence) -> Option<Proposal> {
    None.or_else(|| meaning(sentence)).or_else(|| yes_or_no(sentence)).or_else(|| ever(sentence))
}

/// "What you want is rest" is no question, so only one that ends with its mark is looked at.
fn find_in(sentence: &Sentence, from: usize, end: usize) -> Option<Proposal> {
    let last = sentence.tokens.len().checked_sub(1)?;
    if !words::among("what why where when how", sentence.word(from)) || sentence.word(last) != "?" {
        return None;
    }
    // "What time", "How much", "How often".
    let asked = match (sentence.word(from), sentence.word(from + 1)) {
        ("what" | "which" | "whose", _) if sentence.tagged(from + 1, Tag::is_common_noun) => 1,
        ("how", "many" | "much") if sentence.tagged(from + 2, Tag::is_common_noun) => 2,
        ("how", more) => usize::from(words::among("much many often long far old fast well", more)),
        _ => 0,
    };
    // "How many languages your teacher": the two phrases may be taken for one.
    let first = from + 1 + asked;
    let subject = sentence.noun_phrase_at(first)?;
    if subject.tokens.start != first && asked == 0 {
        return None;
    }
    let inside = |group: &crate::analysis::VerbGroup| (from..end).contains(&group.main());
    let (_, group, found) = sentence.predications().find(|(_, group, _)| inside(group))?;
    let verb = group.finite()?;
    let adverbs = subject.tokens.end..verb;
    let token = sentence.tokens.get(verb)?;
    let direct = verb >= subject.tokens.end
        && adverbs.clone().all(|at| words::is_middle_adverb(sentence.word(at)))
        && (words::is_subject_pronoun(sentence.word(subject.head)) || subject.is_definite());
    let full =
        group.is_simple() && !token.is_auxiliary() && !group.inverted && token.clitic().is_none();
    // "What he said is true?" has a second main verb.
    let rest = sentence.predications().filter(|(_, group, _)| inside(group)).skip(1);
    let others = rest.into_iter().all(|(clause, ..)| {
        clause
            .opener
            .is_some_and(|opener| opener > verb && !sentence.tagged(opener, |tag| tag == Tag::Cc))
    });
    let apart = sentence.tokens[from..end - 1].iter().any(|token| token.lower == ",");
    if !direct || !full || !others || apart {
        return None;
    }
    let person = found?.person;
    let do_form = match (group.tense()?, person) {
        (Tense::Past, _) => "did",
        (Tense::Present, Person::Third) => "does",
        (Tense::Present, Person::First | Person::Plural) => "do",
        _ => return None,
    };
    let own = sentence.original(first..verb);
    let corrected = format!("{do_form} {own} {}", token.lemma);
    let tokens = first..verb + 1;
    let mut edit =
        Proposal::new(sentence, tokens, &corrected, (MISSING, "question-without-do"), 0.93);
    edit.replacement = corrected;
    Some(edit.with_clue(sentence.original(from..first)))
}

/// "You like tea?" → "Do you like tea?"; what is only echoed keeps its order ("You know what?").
fn yes_or_no(sentence: &Sentence) -> Option<Proposal> {
    let last = sentence.tokens.last()?;
    let pronoun = sentence.word(0);
    let (_, group, subject) = sentence.predications().next()?;
    let verb = group.finite()?;
    let plain = group.is_simple()
        && group.tense() == Some(Tense::Present)
        && !sentence.tokens[verb].is_auxiliary()
        && sentence.tokens[verb].clitic().is_none()
        && (1..verb).all(|at| words::is_middle_adverb(sentence.word(at)));
    // "You free on Sunday?" lacks be.
    let quality = sentence.has(verb, Facts::USUAL_ADJECTIVE);
    let plain = plain && !quality;
    let echo = words::among(
        "know mean think see want understand say remember",
        &sentence.tokens[verb].lemma,
    );
    let comma = sentence.tokens.iter().any(|token| token.tag == Tag::Comma);
    if last.lower != "?"
        || !words::is_subject_pronoun(pronoun)
        || pronoun == "i"
        || !plain
        || echo
        || comma
    {
        return None;
    }
    let aux = noun_chain::agreeing("do", subject?.person);
    let own = sentence.original(0..verb).to_lowercase();
    let text = format!("{aux} {own} {}", sentence.tokens[verb].lemma);
    let edit = Proposal::new(sentence, 0..verb + 1, &text, (MISSING, "question-without-do"), 0.85);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// "You have ever been to Hue?" → "Have you ever been".
fn ever(sentence: &Sentence) -> Option<Proposal> {
    let asks = sentence.tokens.last().is_some_and(|last| last.lower == "?")
        && words::is_subject_pronoun(sentence.word(0))
        && matches!(sentence.word(1), "have" | "has")
        && sentence.word(2) == "ever";
    let text = format!("{} {}", sentence.word(1), sentence.word(0));
    let kind = (ErrantType::replacement(Category::Wo), "question-without-do");
    asks.then(|| Proposal::new(sentence, 0..2, &text, kind, 0.9).with_clue(sentence.original(2..3)))
}

/// "What means this word?" → "What does this word mean?".
fn meaning(sentence: &Sentence) -> Option<Proposal> {
    let asks = sentence.word(0) == "what" && words::among("mean means", sentence.word(1));
    let subject = noun_chain::from(sentence, 2)?;
    // "in Vietnamese" belongs to the verb.
    let first = sentence.noun_phrase_at(2)?.tokens.end;
    let end = if sentence.word(first) == "in" { first } else { subject.tokens.end };
    if !asks || !matches!(sentence.word(end), "?" | "in") {
        return None;
    }
    let do_form = noun_chain::agreeing("do", subject.person);
    let corrected = format!("{do_form} {} mean", sentence.original(2..end));
    let kind = (MISSING, "question-without-do");
    let mut edit = Proposal::new(sentence, 1..end, &corrected, kind, 0.93);
    edit.replacement = corrected;
    Some(edit.with_clue(sentence.original(0..1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn do_is_added() {
        expect(
            &QuestionWithoutDo,
            &[
                ("Where you live?", "Where do you live?"),
                ("Where she works?", "Where does she work?"),
                ("What means this word?", "What does this word mean?"),
                ("When they arrived?", "When did they arrive?"),
            ],
        );
    }

    #[test]
    fn other_sentences_stay() {
        stays(
            &QuestionWithoutDo,
            "
            Where do you live?
            What you want is rest.
            Where can we go?
            How are you?
            When you come, who will cook?
            ",
        );
    }
}
