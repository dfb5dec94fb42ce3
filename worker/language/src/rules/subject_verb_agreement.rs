//! A verb agrees with its subject: `she goes`, `they go`, `the students are`.

use crate::{
    analysis::{
        Person, Sentence, Subject, Tag, VerbGroup, facts::Facts, subjects::SubjectKind, words,
    },
    rules::rule::{Proposal, Rule, Stage},
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

/// Verbs and adjectives whose clause has a plain verb: "suggest that he go".
const MANDATIVE: &str = "suggest recommend insist demand request propose require advise essential vital crucial \
    imperative important necessary order";

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
        let predications = sentence.predications();
        predications
            .filter_map(|(_, group, subject)| disagreement(sentence, group, subject?))
            .collect()
    }
}

fn disagreement(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let verb = group.finite()?;
    let word = sentence.word(verb);
    // "…, which makes it easy": it may speak of all that was said.
    let comments = subject.kind == SubjectKind::Antecedent
        && (1..=3)
            .any(|back| sentence.at(verb, -back) == "which" && sentence.at(verb, -back - 1) == ",");
    // "oils in the lungs and liver, that grow": after a mark the noun before need not be the one described.
    let far = sentence.word(subject.tokens.start) == "that" && subject.tokens.len() == 1
        || subject.kind == SubjectKind::Antecedent
            && (1..=3).any(|back| sentence.at(verb, -back) == "that");
    let far = far
        && (0..verb).rev().find(|at| sentence.word(*at) == "that").is_some_and(|at| {
            at.checked_sub(1).is_some_and(|before| sentence.tagged(before, Tag::is_mark))
        });
    // "The teacher as well as his students has come" is right in either number.
    let accompanied = (2..verb).any(|at| {
        sentence.word(at) == "as"
            && sentence.word(at - 1) == "well"
            && sentence.word(at - 2) == "as"
    });
    // "He dare not go."
    let modal = matches!(word, "dare" | "need") && sentence.word(verb + 1) == "not";
    // "Parks was", "Socrates is": a name in -s is no plural.
    let name = subject.person == Person::Plural
        && subject.tokens.len() == 1
        && sentence.tokens[subject.tokens.start].capitalised
        && subject.tokens.start > 0
        && sentence.word(subject.tokens.start).ends_with('s')
        && matches!(word, "is" | "was" | "has");
    if far || accompanied || modal || name {
        return None;
    }
    let judged = subject.is_certain
        && !comments
        && subject.kind != SubjectKind::Existential
        && group.modal().is_none()
        && sentence.tokens[verb].clitic().is_none()
        && !(sentence.is_capitalised(verb) && verb > 0)
        && !is_hypothetical(sentence, verb, subject);
    if !judged || !verb_is_sure(sentence, group, verb, subject) {
        return None;
    }
    let wanted = match AUXILIARIES.iter().find(|row| row.contains(&word)) {
        Some(row) => auxiliary_for(row, subject.person)?.to_owned(),
        None => full_verb_for(sentence, verb, subject.person)?,
    };
    let message = match subject.person {
        Person::First => "agreement-first",
        Person::Third => "agreement-third",
        Person::Plural | Person::Either => "agreement-plural",
    };
    let confidence = if subject.is_pronoun() { 0.96 } else { 0.88 };
    (wanted != word).then(|| {
        Proposal::new(sentence, verb..verb + 1, &wanted, (SVA, message), confidence)
            .with_clue(sentence.original(subject.tokens.clone()))
    })
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

fn full_verb_for(sentence: &Sentence, verb: usize, person: Person) -> Option<String> {
    let word = sentence.word(verb);
    match person {
        Person::Either => None,
        // `put`, `read`, `cut` may be the past.
        Person::Third => (sentence.has(verb, Facts::BASE) && !sentence.has(verb, Facts::PAST))
            .then(|| sentence.lexicon.third(word))
            .filter(|third| sentence.lexicon.knows(third)),
        Person::First | Person::Plural => (sentence.has(verb, Facts::THIRD)
            && !sentence.has(verb, Facts::BASE))
        .then(|| sentence.tokens[verb].lemma.clone()),
    }
}

/// Guards against what only looks like the verb of this subject.
fn verb_is_sure(sentence: &Sentence, group: &VerbGroup, verb: usize, subject: &Subject) -> bool {
    let word = sentence.word(verb);
    let be = words::is_be(word);
    if group.inverted {
        // "Were he to come", "Have you": right as they are. `Here is` has its own rule.
        let opening = verb.checked_sub(1).map_or("", |before| sentence.word(before));
        let asks = !be || subject.is_pronoun() || !matches!(opening, "here" | "where");
        return asks && word != "were" && subject.kind != SubjectKind::Compound;
    }
    let name =
        subject.kind == SubjectKind::Phrase && sentence.tagged(subject.head, Tag::is_proper_noun);
    // A strange capitalised word may be a plural: "Amoebozoa are".
    let strange_name = name
        && (be
            || !sentence.any(subject.head, Facts::KNOWN)
                && ends_like_plural(sentence, subject.head));
    let full = !be && !words::is_do(word) && !words::is_have(word);
    let verb_reading = !full || sentence.has(verb, Facts::USUAL_VERB);
    !strange_name
        && verb_reading
        && !matches!(word, "be" | "better" | "self" | "both" | "all" | "each" | "alone")
}

fn ends_like_plural(sentence: &Sentence, name: usize) -> bool {
    ["s", "men", "fish", "people", "ia", "oa"].iter().any(|end| sentence.word(name).ends_with(end))
}

/// `If I were`, `I wish he were`, `suggest that she go`: forms that do not agree on purpose.
fn is_hypothetical(sentence: &Sentence, verb: usize, subject: &Subject) -> bool {
    let before = || sentence.tokens[..subject.tokens.start].iter().rev().take(8);
    if matches!(sentence.word(verb), "were" | "weren't") && subject.person != Person::Plural {
        return sentence.tokens.iter().any(|token| {
            matches!(
                token.lemma.as_str(),
                "if" | "though" | "wish" | "suppose" | "whether" | "would"
            )
        });
    }
    let mandative =
        before().any(|token| words::among(MANDATIVE, &token.lemma) || token.lower == "lest");
    mandative
        && sentence.tagged(verb, |tag| matches!(tag, Tag::Vb | Tag::Vbp))
        && !words::is_auxiliary(sentence.word(verb))
}

#[cfg(test)]
mod tests;
