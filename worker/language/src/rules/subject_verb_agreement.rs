//! A verb agrees with its subject: `she goes`, `they go`, `the students are`.

use crate::rules::{
    facts::Facts,
    rule::{Proposal, Rule, Stage},
    subject::{Person, Subject, is_finite, subject_of},
    text::{Sentence, Tag},
    words,
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct SubjectVerbAgreement;

const SVA: ErrantType = ErrantType::replacement(Category::VerbSva);

/// Forms for I, he, they.
const AUXILIARIES: &[[&str; 3]] = &[
    ["am", "is", "are"],
    ["was", "was", "were"],
    ["have", "has", "have"],
    ["do", "does", "do"],
    ["don't", "doesn't", "don't"],
    ["haven't", "hasn't", "haven't"],
    ["wasn't", "wasn't", "weren't"],
    ["aren't", "isn't", "aren't"],
];

/// Plurals that describe another noun: `sports clubs`.
const PLURAL_MODIFIERS: &str =
    "sports sales arms savings goods systems communications customs clothes arts women men";

impl Rule for SubjectVerbAgreement {
    fn name(&self) -> &'static str {
        "subject-verb-agreement"
    }

    fn stage(&self) -> Stage {
        Stage::Agreement
    }

    fn messages(&self) -> &'static [&'static str] {
        &["agreement-first", "agreement-plural", "agreement-third"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len())
            .filter_map(|i| inverted(sentence, i).or_else(|| direct(sentence, i)))
            .collect()
    }
}

/// Subject before verb.
fn direct(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let word = sentence.word(verb);
    let row = AUXILIARIES.iter().find(|row| row.contains(&word));
    let finite =
        sentence.any(verb, Facts::BASE | Facts::THIRD) && sentence.has(verb, Facts::USUAL_VERB);
    if row.is_none() && !finite || words::is_modal(word) || sentence.is_capitalised(verb) {
        return None;
    }
    let subject = subject_of(sentence, verb)?;
    if subject.person != Person::Plural && is_hypothetical(sentence, &subject, word) {
        return None;
    }
    let wanted = match row {
        Some(row) => auxiliary_for(row, subject.person)?.to_owned(),
        None => full_verb_for(sentence, verb, &subject)?,
    };
    if wanted == word || !verb_reading_is_sure(sentence, verb, &subject, row.is_some()) {
        return None;
    }
    let confidence = if subject.is_pronoun { 0.96 } else { 0.88 };
    Some(proposal(sentence, verb, &wanted, &subject, confidence))
}

/// `Does you like`, `Do he have`: auxiliary first, at the start of a question.
fn inverted(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let question_word =
        matches!(sentence.at(i, -1), "what" | "where" | "when" | "why" | "how" | "who");
    if i > 0 && !(question_word && i == 1) {
        return None;
    }
    let row = AUXILIARIES.iter().find(|row| row.contains(&word))?;
    let person = match sentence.at(i, 1) {
        "he" | "she" => Person::Third,
        "they" | "we" | "you" => Person::Plural,
        _ => return None,
    };
    // "Were he to come" and "Have you" are right; "Was you" is not.
    let wanted = auxiliary_for(row, person).filter(|wanted| *wanted != word && word != "were")?;
    let subject = Subject { person, tokens: i + 1..i + 2, is_pronoun: true };
    Some(proposal(sentence, i, wanted, &subject, 0.94))
}

fn proposal(
    sentence: &Sentence,
    verb: usize,
    wanted: &str,
    subject: &Subject,
    confidence: f64,
) -> Proposal {
    let message = match subject.person {
        Person::First => "agreement-first",
        Person::Third => "agreement-third",
        Person::Plural | Person::Either => "agreement-plural",
    };
    Proposal::new(sentence, verb..verb + 1, wanted, (SVA, message), confidence)
        .with_clue(sentence.original(subject.tokens.clone()))
}

fn auxiliary_for(row: &[&'static str; 3], person: Person) -> Option<&'static str> {
    let wanted = match person {
        Person::First => row[0],
        Person::Third => row[1],
        Person::Plural => row[2],
        Person::Either => return None,
    };
    // "I aren't" has no single right form.
    (wanted != "aren't" || person == Person::Plural).then_some(wanted)
}

fn full_verb_for(sentence: &Sentence, verb: usize, subject: &Subject) -> Option<String> {
    let word = sentence.word(verb);
    let lexicon = sentence.lexicon;
    if subject.person == Person::Either {
        return None;
    }
    if subject.person == Person::Third {
        // `put`, `read`, `cut` may be the past; `better` and the like are no verbs here.
        let plain = sentence.has(verb, Facts::BASE) && !sentence.has(verb, Facts::PAST);
        let be =
            matches!(word, "be" | "better" | "being" | "self" | "both" | "all" | "each" | "alone");
        return (plain && !be).then(|| lexicon.third(word)).filter(|third| lexicon.knows(third));
    }
    let inflected = sentence.has(verb, Facts::THIRD) && !sentence.has(verb, Facts::BASE);
    inflected.then(|| lexicon.verb_lemma(word)).flatten()
}

/// Guards against verbs that are nouns, adjectives or parts of another clause.
fn verb_reading_is_sure(
    sentence: &Sentence,
    verb: usize,
    subject: &Subject,
    auxiliary: bool,
) -> bool {
    let word = sentence.word(verb);
    let amount = !subject.is_pronoun
        && subject.person == Person::Plural
        && subject.tokens.clone().any(|i| words::is_plural_number(sentence.word(i)));
    if amount && words::is_be(word) {
        return false;
    }
    // A strange capitalised word may be a plural: "Amoebozoa are".
    let name = !subject.is_pronoun
        && subject.tokens == (0..1)
        && subject.person == Person::Third
        && words::is_be(word);
    if auxiliary {
        return !name;
    }
    let tagged_verb = sentence.tag(verb) == Some(Tag::Verb);
    let relative = sentence.word(subject.tokens.end - 1) == "who";
    if relative || subject.is_pronoun && words::is_nominative(sentence.word(subject.tokens.start)) {
        // "He last chose": an adverb that is a verb elsewhere.
        if sentence.has(verb + 1, Facts::PAST)
            && !sentence.any(verb + 1, Facts::BASE | Facts::ADJECTIVE)
        {
            return false;
        }
        return tagged_verb || !sentence.any(verb, Facts::ADVERB | Facts::USUAL_ADJECTIVE);
    }
    let next = sentence.at(verb, 1);
    let complement = words::is_determiner(next)
        || words::is_subject_pronoun(next)
        || matches!(
            next,
            "me" | "him" | "us" | "them" | "to" | "very" | "about" | "well" | "with" | "at" | "in"
        );
    let rather_verb = sentence.has(verb, Facts::RATHER_VERB);
    let noun_like = sentence.any(verb, Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE) && !rather_verb;
    let tagged_verb = tagged_verb || rather_verb && complement;
    let preposition_like = sentence.has(verb, Facts::PREPOSITION) && word != "like";
    let is_name =
        subject.tokens.len() == 1 && subject.person == Person::Third && !subject.is_pronoun;
    let sure =
        if noun_like || is_name { tagged_verb && (complement || !noun_like) } else { tagged_verb };
    // "My sister like pop music": the tagger takes `like` for a preposition; without another verb it is none.
    let like = word == "like" && !complement_is_clause_end(sentence, verb);
    // "My parents works in": a plural hardly ever describes another noun.
    let head = sentence.word(subject.tokens.end - 1);
    let after_plural =
        subject.person == Person::Plural && complement && !words::among(PLURAL_MODIFIERS, head);
    // "The dogs barks.": a sentence that would have no verb otherwise.
    let ends = matches!(next, "" | "." | "!" | "?" | "loudly" | "quickly" | "slowly" | "fast");
    let only_verb = subject.person == Person::Plural
        && subject.tokens.start == 0
        && subject.tokens.len() > 1
        && ends
        && sentence.has(verb, Facts::THIRD | Facts::USUAL_VERB)
        && !words::among(PLURAL_MODIFIERS, head);
    // "My mother work in a hospital": nobody is a kind of work.
    let after_person =
        words::is_person(head) && complement && sentence.has(verb, Facts::USUAL_VERB);
    (sure || after_plural || after_person || only_verb || like || subject.is_pronoun && tagged_verb)
        && !preposition_like
        && !another_verb_follows(sentence, verb)
}

fn complement_is_clause_end(sentence: &Sentence, verb: usize) -> bool {
    let next = sentence.at(verb, 1);
    next.is_empty() || words::ends_clause(next)
}

/// True when the clause has its finite verb further right, so that this word belongs to the subject.
fn another_verb_follows(sentence: &Sentence, verb: usize) -> bool {
    for i in verb + 1..sentence.tokens.len() {
        let word = sentence.word(i);
        if words::ends_clause(word) || word == "to" || words::is_nominative(word) {
            return false;
        }
        if is_finite(sentence, i) {
            return true;
        }
    }
    false
}

/// `If I were`, `I wish he were`, `suggest that she go`: forms that do not agree on purpose.
fn is_hypothetical(sentence: &Sentence, subject: &Subject, verb: &str) -> bool {
    let from = subject.tokens.start.saturating_sub(8);
    let before = || (from..subject.tokens.start).map(|i| sentence.word(i));
    if matches!(verb, "were" | "weren't") {
        return before().any(|w| {
            matches!(w, "if" | "though" | "wish" | "wishes" | "wished" | "suppose" | "whether")
        }) || sentence
            .tokens
            .iter()
            .any(|token| matches!(token.lower.as_str(), "would" | "if" | "wish"));
    }
    before().any(|w| {
        [
            "suggest",
            "recommend",
            "insist",
            "demand",
            "request",
            "propos",
            "requir",
            "advis",
            "essential",
            "vital",
            "crucial",
            "imperative",
            "lest",
            "important",
            "necessary",
            "order",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    }) && !matches!(verb, "have" | "do" | "are" | "don't" | "is")
        || before().any(|w| words::is_do(w) || words::is_modal(w))
            && before().next_back() == Some("not")
}

#[cfg(test)]
mod tests;
