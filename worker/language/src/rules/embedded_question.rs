//! A question inside a sentence has the order of a statement: `I don't know what his name is`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        edit,
        noun_chain::{self, NounChain},
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct EmbeddedQuestion;

const ORDER: ErrantType = ErrantType::replacement(Category::Wo);
const ASKERS: &str = "know wonder tell ask remember understand explain forget show say discover check imagine guess \
    realize realise";
/// Verbs that may tell or ask somebody: "asked the driver how long".
const TOLD: &str = "ask tell show teach inform remind";

impl Rule for EmbeddedQuestion {
    fn name(&self) -> &'static str {
        "embedded-question-order"
    }

    fn stage(&self) -> Stage {
        Stage::Prepositions
    }

    fn messages(&self) -> &'static [&'static str] {
        &["embedded-question"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len();
        tokens.filter_map(|at| find_in(sentence, at).or_else(|| whether(sentence, at))).collect()
    }
}

fn find_in(sentence: &Sentence, question: usize) -> Option<Proposal> {
    let asks = |i: usize| {
        words::among(ASKERS, &sentence.tokens[i].lemma) && sentence.verb_group_at(i).is_some()
            || matches!(sentence.word(i), "idea" | "sure")
    };
    // "tell me where …"
    let object = words::among("me him her us them you", sentence.word(question - 1));
    let person = sentence.noun_phrase_at(question - 1).and_then(|phrase| {
        let verb = phrase.tokens.start.checked_sub(1)?;
        let told = words::among(TOLD, &sentence.tokens[verb].lemma);
        (told && phrase.tokens.end == question && sentence.tagged(verb, Tag::is_verb))
            .then_some(verb)
    });
    let depends = |i: usize| sentence.tokens[i].lemma == "depend";
    let about = matches!(sentence.word(question - 1), "about" | "on" | "of")
        && question >= 2
        && (asks(question - 2) || depends(question - 2));
    // "asked him whether could he help".
    let doubted = matches!(sentence.word(question), "if" | "whether")
        && words::is_auxiliary(sentence.word(question + 1))
        && words::is_subject_pronoun(sentence.word(question + 2));
    let asked = asks(question - 1)
        || object && question >= 2 && asks(question - 2)
        || person.is_some()
        || about;
    let asker = words::among("what where when why how who which", sentence.word(question));
    if !asked || !asker && !doubted {
        return None;
    }
    let auxiliary = asked_words(sentence, question);
    if let Some(edit) = of_subject(sentence, question, auxiliary) {
        return Some(edit);
    }
    // "where is the bus stop": after a form of be the noun is no verb.
    let whole = noun_chain::from(sentence, auxiliary + 1).filter(|chain| {
        words::is_be(sentence.word(auxiliary))
            && sentence.tag(chain.tokens.end).is_none_or(Tag::is_mark)
    });
    let subject = whole.or_else(|| noun_chain::before_verb(sentence, auxiliary + 1))?;
    let subject = with_verb(sentence, subject, auxiliary);
    let verb = subject.tokens.end;
    let edit = without_do(sentence, auxiliary, &subject)
        .or_else(|| swapped(sentence, question, auxiliary, &subject, verb))?;
    Some(edit.with_clue(sentence.original(question..auxiliary)))
}

/// "asked me did I finish" → "if I finished": a question without a question word.
fn whether(sentence: &Sentence, auxiliary: usize) -> Option<Proposal> {
    let before = auxiliary - 1;
    let object = words::among("me him her us them", sentence.word(before));
    let verb = if object { before.checked_sub(1)? } else { before };
    let asked = matches!(&*sentence.tokens[verb].lemma, "ask" | "wonder")
        && sentence.verb_group_at(verb).is_some_and(|group| group.main() == verb);
    let past = sentence.tag(verb) == Some(Tag::Vbd);
    let subject = auxiliary + 1;
    let asks = words::is_nominative(sentence.word(subject)) || sentence.word(subject) == "you";
    let own = sentence.word(auxiliary);
    let main = auxiliary + 2;
    if !asked || !asks || !words::is_auxiliary(own) || own.ends_with("n't") {
        return None;
    }
    let base = sentence.has(main, Facts::BASE) && sentence.tagged(main, Tag::is_verb);
    let (end, form) = match own {
        "do" | "does" | "did" if base => {
            let third = matches!(sentence.word(subject), "he" | "she" | "it");
            let form = match own {
                "did" => sentence.lexicon.past(sentence.word(main))?,
                _ if past => sentence.lexicon.past(sentence.word(main))?,
                _ if third => sentence.lexicon.third(sentence.word(main)),
                _ => sentence.word(main).to_owned(),
            };
            (main + 1, form)
        }
        "do" | "does" | "did" => return None,
        "can" if past => (main, "could".to_owned()),
        "will" if past => (main, "would".to_owned()),
        "am" | "is" if past => (main, "was".to_owned()),
        "are" if past => (main, "were".to_owned()),
        _ => (main, own.to_owned()),
    };
    let shown = sentence.original(subject..subject + 1);
    let text = format!("if {shown} {form}");
    let kind = (ORDER, "embedded-question");
    let mut edit = Proposal::new(sentence, auxiliary..end, &text, kind, 0.86);
    edit.replacement = text;
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// "who did break the window" → "who broke": the question word is the subject.
fn of_subject(sentence: &Sentence, question: usize, auxiliary: usize) -> Option<Proposal> {
    let verb = auxiliary + 1;
    let asks = words::among("who what", sentence.word(question)) && auxiliary == question + 1;
    let plain = sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && sentence.tagged(verb, Tag::is_verb)
        && sentence.noun_phrase_at(verb).is_none();
    let form = match sentence.word(auxiliary) {
        "did" => sentence.lexicon.past(sentence.word(verb)),
        "does" | "do" => Some(sentence.lexicon.third(sentence.word(verb))),
        _ => None,
    };
    let form = form.filter(|_| asks && plain)?;
    let kind = (ORDER, "embedded-question");
    let edit = Proposal::new(sentence, auxiliary..verb + 1, &form, kind, 0.88);
    Some(edit.with_clue(sentence.original(question..auxiliary)))
}

/// A subject that has swallowed its verb in the middle of what hangs on it, "this bag cost in the shop", without it.
fn with_verb(sentence: &Sentence, subject: NounChain, auxiliary: usize) -> NounChain {
    let asks = words::is_do(sentence.word(auxiliary)) || words::is_modal(sentence.word(auxiliary));
    let verb = subject.tokens.clone().skip(1).find(|at| {
        sentence.has(*at, Facts::BASE | Facts::USUAL_VERB)
            && sentence.tagged(at - 1, Tag::is_noun)
            && sentence.noun_phrase_at(*at).is_some_and(|own| own.tokens.end == at + 1)
            && !sentence.is_capitalised(*at)
    });
    match verb.filter(|at| asks && at + 1 < subject.tokens.end) {
        Some(verb) => NounChain {
            tokens: subject.tokens.start..verb,
            head: subject.head.min(verb - 1),
            ..subject
        },
        None => subject,
    }
}

/// The token after `where`, `what time`, `how much`, `how many books`.
fn asked_words(sentence: &Sentence, question: usize) -> usize {
    let next = question + 1;
    let measured = sentence.word(question) == "how"
        && (words::among(
            "much many long often far old fast big tall high well",
            sentence.word(next),
        ) || sentence.tagged(next, Tag::is_adjective));
    let noun = |at: usize| usize::from(sentence.tagged(at, Tag::is_common_noun));
    match sentence.word(question) {
        "how" if measured => next + 1 + noun(next + 1),
        "what" | "which" => next + noun(next),
        _ => next,
    }
}

/// "how long will the meeting last" → "how long the meeting will last".
fn swapped(
    sentence: &Sentence,
    question: usize,
    auxiliary: usize,
    subject: &NounChain,
    verb: usize,
) -> Option<Proposal> {
    let word = sentence.word(auxiliary);
    let tag = sentence.tag(verb);
    let known = subject.is_pronoun
        || sentence
            .noun_phrase_at(subject.head)
            .is_some_and(|phrase| phrase.is_definite() || phrase.is_name() || phrase.is_plural());
    let joined = matches!(sentence.word(verb), "and" | "or" | "but" | "so");
    let ends = tag.is_none_or(Tag::is_mark) || joined;
    let nominative = words::is_subject_pronoun(sentence.word(subject.head));
    let be = words::among("is are was were", word)
        && (ends
            && !matches!(sentence.word(question), "which")
            && (sentence.word(question) != "who" || subject.is_pronoun)
            || tag == Some(Tag::Vbg)
            || nominative && auxiliary == question + 1
            || tag == Some(Tag::In)
                && sentence.word(question) == "how"
                && auxiliary > question + 1
            || tag.is_some_and(Tag::is_adjective)
                && words::among("why how when", sentence.word(question)));
    let rather = sentence.has(verb, Facts::BASE | Facts::RATHER_VERB);
    let base =
        rather || sentence.has(verb, Facts::BASE) && tag.is_some_and(|tag| !tag.is_common_noun());
    let modal = words::among("will would can could should must may might", word)
        && (base || subject.is_pronoun && ends);
    let perfect = matches!(word, "have" | "has") && matches!(tag, Some(Tag::Vbn | Tag::Vbd));
    if !known || !(be || modal || perfect) {
        return None;
    }
    let parts = [subject.tokens.clone(), auxiliary..auxiliary + 1];
    edit::reordered(sentence, &parts, (ORDER, "embedded-question"), 0.9)
}

/// "where does he live" → "where he lives".
fn without_do(sentence: &Sentence, auxiliary: usize, subject: &NounChain) -> Option<Proposal> {
    let tag = match sentence.word(auxiliary) {
        "do" => Tag::Vbp,
        "does" => Tag::Vbz,
        "did" => Tag::Vbd,
        _ => return None,
    };
    let verb = subject.tokens.end;
    let token = sentence.tokens.get(verb)?;
    let base = sentence.has(verb, Facts::BASE) && (token.lower == "have" || !token.is_auxiliary());
    if !base {
        return None;
    }
    let form = sentence.lexicon.verb_form(&token.lower, tag)?;
    let corrected = format!("{} {form}", sentence.original(subject.tokens.clone()));
    let mut edit =
        Proposal::new(sentence, auxiliary..verb + 1, &corrected, (ORDER, "embedded-question"), 0.9);
    edit.replacement = corrected;
    Some(edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_verb_goes_behind_its_subject() {
        expect(
            &EmbeddedQuestion,
            &[
                ("Tell me where is the station.", "Tell me where the station is."),
                (
                    "Could you tell me how much does a ticket to Hue cost?",
                    "Could you tell me how much a ticket to Hue costs?",
                ),
                (
                    "I wonder how long will the meeting last.",
                    "I wonder how long the meeting will last.",
                ),
                (
                    "I don't understand why are they angry.",
                    "I don't understand why they are angry.",
                ),
                ("Do you know what are their names?", "Do you know what their names are?"),
                (
                    "Can you tell me where is the nearest bus stop?",
                    "Can you tell me where the nearest bus stop is?",
                ),
                ("I asked him whether could he help me.", "I asked him whether he could help me."),
                (
                    "It depends on how much money do you have.",
                    "It depends on how much money you have.",
                ),
            ],
        );
    }

    #[test]
    fn questions_and_statements_stay() {
        stays(
            &EmbeddedQuestion,
            "
            Where is the station?
            I know what is wrong.
            Tell me what is in the box.
            She asked where the station was.
            It depends on what you want.
            I asked him whether he could help.
            Ask me if you need help.
            I don't know if is a verb.
            We talked about where to go.
            ",
        );
    }
}
