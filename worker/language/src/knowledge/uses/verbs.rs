//! Uses that verb groups show: tenses, aspects, modals, the passive, negation, infinitives.

use crate::{
    analysis::{
        Sentence, Tag, VerbGroup,
        verb_groups::{Aspect, Form, Tense},
        words,
    },
    knowledge::uses::Use,
};

/// Verbs and prepositions before a gerund are looked for this near.
const ADJECTIVE_WITHIN: usize = 3;

pub fn uses(sentence: &Sentence) -> Vec<Use> {
    let mut found = Vec::new();
    for group in &sentence.verb_groups {
        let mut add = |concept| found.push(Use { concept, tokens: group.tokens.clone() });
        match group.form {
            Form::Finite => of_finite(sentence, group, &mut add),
            Form::Imperative => add("imperatives"),
            Form::ToInfinitive => add("infinitives"),
            Form::Ing if follows_preposition(sentence, group) => add("gerunds"),
            Form::Ing
                if follows_any(sentence, group, "suggest avoid consider deny practise keep") =>
            {
                add("gerund-or-infinitive");
            }
            Form::Ing if follows_any(sentence, group, "enjoy finish mind like love hate") => {
                add("gerunds")
            }
            Form::Ing | Form::BareInfinitive | Form::Participle => {}
        }
        if group.is_negated() {
            add("negation");
        }
        if group.form == Form::ToInfinitive
            && follows_any(sentence, group, "promise refuse agree offer manage decide")
        {
            add("gerund-or-infinitive");
        }
    }
    found
}

fn of_finite(sentence: &Sentence, group: &VerbGroup, add: &mut impl FnMut(&'static str)) {
    let lemma = |i: usize| sentence.tokens.get(i).map_or("", |token| token.lemma.as_str());
    let main = group.main();
    let is_be =
        lemma(main) == "be" || group.is_simple() && sentence.tokens[main].clitic().is_some();
    if group.auxiliaries().iter().any(|i| lemma(*i) == "do") {
        add("do-support");
    }
    if group.inverted {
        add("questions");
    }
    if group.is_passive() {
        let compound = group.modal().is_some() || group.aspect != Aspect::Simple;
        add(if compound { "passive-forms" } else { "passive-voice" });
    }
    match (group.tense(), group.aspect) {
        (Some(Tense::Present), Aspect::Simple) if is_be => add("be-present"),
        (Some(Tense::Present), Aspect::Simple) if !group.is_passive() => add("present-simple"),
        (Some(Tense::Present), Aspect::Progressive) => add("present-continuous"),
        (Some(Tense::Present), Aspect::Perfect) => add("present-perfect"),
        (Some(Tense::Present), Aspect::PerfectProgressive) => add("present-perfect-continuous"),
        (Some(Tense::Past), Aspect::Simple) => {
            add("past-simple");
            let irregular = sentence.tag(main) == Some(Tag::Vbd)
                && !is_be
                && sentence.lexicon.is_irregular(lemma(main));
            if irregular {
                add("irregular-forms");
            }
        }
        (Some(Tense::Past), Aspect::Progressive) => add("past-continuous"),
        (Some(Tense::Past), _) => add("past-perfect"),
        (Some(Tense::Future), Aspect::Simple) => add("future-forms"),
        (Some(Tense::Future), _) => add("future-perfect-continuous"),
        (Some(Tense::Modal), Aspect::Perfect | Aspect::PerfectProgressive) => add("modal-perfect"),
        (Some(Tense::Modal), _) => add(match group.modal().map_or("", lemma) {
            "can" | "ca" | "cannot" => "can-ability",
            "must" => "must-have-to",
            _ => "modal-verbs",
        }),
        (None | Some(Tense::Present), _) => {}
    }
    if lemma(main) == "have" && group.is_simple() && sentence.at(main, 1) != "to" {
        add("have-possession");
    }
    let described = (main + 1..=main + ADJECTIVE_WITHIN)
        .find(|i| !sentence.tagged(*i, Tag::is_adverb))
        .is_some_and(|i| sentence.tagged(i, Tag::is_adjective));
    if is_be && described {
        add("missing-be");
    }
    if lemma(main) == "wish" {
        add("wishes");
    }
}

fn follows_preposition(sentence: &Sentence, group: &VerbGroup) -> bool {
    let before = group.tokens.start.checked_sub(1);
    before.is_some_and(|i| sentence.tag(i) == Some(Tag::In) || sentence.word(i) == "to")
}

fn follows_any(sentence: &Sentence, group: &VerbGroup, verbs: &str) -> bool {
    let before = group.tokens.start.checked_sub(1).and_then(|i| sentence.tokens.get(i));
    before.is_some_and(|token| token.tag.is_verb() && words::among(verbs, &token.lemma))
}
