//! Verbs with an object and a second verb: `made my brother study`, `let her go`, `want you to help`, `asked us to write`.

use crate::{
    analysis::{NounPhrase, Sentence, Tag, VerbGroup, facts::Facts, verb_groups::Form, words},
    rules::{
        noun_chain, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ObjectBase;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
/// After their object the plain verb.
const PLAIN: &str = "make let";
/// After their object to and the plain verb.
const WITH_TO: &str =
    "want ask tell allow force advise encourage order persuade remind teach require warn enable";
/// Groups of persons that are made or told to do something.
const GROUPS: &str = "class team family people person children students kids workers everyone everybody someone \
    audience staff";

impl Rule for ObjectBase {
    fn name(&self) -> &'static str {
        "verb-after-object"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["plain-after-object", "to-after-object"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence.verb_groups.iter().filter_map(|group| find_in(sentence, group)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let governor = group.main();
    let lemma = sentence.tokens[governor].lemma.as_str();
    let (plain, with_to) = (words::among(PLAIN, lemma), words::among(WITH_TO, lemma));
    if matches!(lemma, "have" | "get") {
        return causative(sentence, group, governor);
    }
    if !(plain || with_to) || group.is_passive() {
        return None;
    }
    // "made all of us to cry".
    let of = words::among("all both most some many", sentence.word(governor + 1))
        && sentence.word(governor + 2) == "of";
    let first = if of { governor + 3 } else { governor + 1 };
    let object = sentence
        .noun_phrase_at(first)
        .filter(|phrase| phrase.tokens.start == first || of && phrase.tokens.contains(&first))?;
    // The tagger may take "my father stop" for one phrase.
    let swallowed = (object.tokens.start..object.tokens.end - 1).find(|at| {
        words::is_person(sentence.word(*at))
            && words::among(
                "stop start go come do drink take quit play study",
                sentence.word(at + 1),
            )
            && with_to
    });
    let verb = swallowed.map_or(object.tokens.end, |at| at + 1);
    let clue = sentence.original(governor..governor + 1);
    let head = sentence.word(swallowed.unwrap_or(object.head));
    let person = swallowed.is_some() || is_person(sentence, object);
    if !person {
        return None;
    }
    if plain && sentence.word(verb) == "to" {
        let own = verb + 1;
        // "make him to order", "made the children to our image": a verb alone.
        let base = sentence.tagged(own, |tag| tag == Tag::Vb) && sentence.has(own, Facts::BASE);
        let edit = Proposal::new(
            sentence,
            verb..own + 1,
            sentence.word(own),
            (FORM, "plain-after-object"),
            0.93,
        );
        return base.then(|| edit.with_clue(clue));
    }
    let next = sentence.tokens.get(verb)?;
    let inflected = next.facts.any(Facts::THIRD | Facts::PAST)
        && next.facts.has(Facts::USUAL_VERB)
        && !next.facts.any(Facts::BASE | Facts::USUAL_ADJECTIVE | Facts::PREPOSITION)
        && !next.capitalised
        && next.tag.is_verb()
        && sentence.verb_group_at(verb).is_none_or(|own| own.verbs.len() == 1);
    // "The teacher who made my sister cried": a clause around may go on.
    let clause = sentence
        .clauses
        .iter()
        .any(|clause| clause.antecedent.is_some() && clause.tokens.contains(&governor));
    let participle = next.facts.has(Facts::PARTICIPLE)
        && lemma == "make"
        && words::among("known heard understood felt called made", &next.lower);
    if plain && inflected && !clause && !participle && !next.is_auxiliary() {
        let base = sentence.lexicon.verb_lemma(&next.lower)?;
        let kind = (FORM, "plain-after-object");
        let edit = Proposal::new(sentence, verb..verb + 1, &base, kind, 0.9);
        return Some(edit.with_clue(clue));
    }
    // "makes me feeling nervous".
    let going_on = lemma == "make"
        && next.tag == Tag::Vbg
        && words::among("me him us them you", head)
        && next.facts.has(Facts::ING | Facts::USUAL_VERB)
        && !next.facts.has(Facts::USUAL_ADJECTIVE);
    if going_on {
        let base = sentence.lexicon.verb_lemma(&next.lower)?;
        let kind = (FORM, "plain-after-object");
        let edit = Proposal::new(sentence, verb..verb + 1, &base, kind, 0.9);
        return Some(edit.with_clue(clue));
    }
    let object_form = words::among("me him us them her", head);
    let wanted = with_to
        && (noun_chain::is_base_verb(sentence, verb) && next.tag.is_verb()
            || words::among("stop start go come do drink take", &next.lower) && !object.is_bare())
        && (next.tag.is_verb() || !object.is_bare())
        && !clause
        // "I told you people like it": what is told may be a clause.
        && (object_form || head == "you" && lemma == "want" || !object.is_pronoun() && !object.is_bare()
            || words::among("people students children everyone everybody others citizens", head)
                && words::among("encourage allow force advise persuade require want remind", lemma))
        && (head != "her" || !sentence.tagged(verb, Tag::is_common_noun))
        && !(next.is_auxiliary() && next.lower != "be" && next.lower != "have")
        && sentence.verb_group_at(verb).is_none_or(|own| own.verbs.len() == 1 && own.form != Form::Imperative);
    if !wanted {
        return None;
    }
    let to = format!("to {}", next.lower);
    let edit = Proposal::new(sentence, verb..verb + 1, &to, (FORM, "to-after-object"), 0.9);
    Some(edit.with_clue(clue))
}

/// "had the mechanic to repair it" → "repair"; "got her husband carry it" → "to carry": who is made to do something to
/// something else.
fn causative(sentence: &Sentence, group: &VerbGroup, governor: usize) -> Option<Proposal> {
    let object = sentence.noun_phrase_at(governor + 1).filter(|phrase| {
        phrase.tokens.start == governor + 1 || phrase.tokens.contains(&governor)
    })?;
    let all = words::among("all both most some", sentence.word(governor + 1))
        && sentence.word(governor + 2) == "of";
    let object = if all { sentence.noun_phrase_at(governor + 3)? } else { object };
    let known = object.is_definite() || object.is_name() || object.is_pronoun();
    let person = is_person(sentence, object)
        || noun_senses::is_human(sentence.word(object.head))
        || object.is_name();
    let end = object.tokens.end;
    let to = sentence.word(end) == "to";
    let verb = end + usize::from(to);
    let theme = |at: usize| {
        words::is_determiner(sentence.word(at))
            || words::among("it me him her us them", sentence.word(at))
    };
    let acts = noun_chain::is_base_verb(sentence, verb)
        && sentence.tagged(verb, Tag::is_verb)
        && (theme(verb + 1) || sentence.tagged(verb + 1, Tag::is_noun));
    let causes = sentence.tokens[governor].lemma == "have";
    if !known || !person || !acts || causes != to || !group.is_simple() && group.modal().is_none() {
        return None;
    }
    let own = sentence.word(verb);
    let (message, text) = match causes {
        true => ("plain-after-object", own.to_owned()),
        false => ("to-after-object", format!("to {own}")),
    };
    let edit = Proposal::new(sentence, end..verb + 1, &text, (FORM, message), 0.88);
    Some(edit.with_clue(sentence.original(governor..governor + 1)))
}

fn is_person(sentence: &Sentence, object: &NounPhrase) -> bool {
    let head = sentence.word(object.head);
    let lemma = sentence.tokens[object.head].lemma.as_str();
    words::among("me him us them her you", head)
        || words::is_person(lemma)
        || words::among(GROUPS, head)
        || words::among("worker child parent", lemma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_second_verb_has_its_form() {
        expect(
            &ObjectBase,
            &[
                (
                    "My parents made my brother to study medicine.",
                    "My parents made my brother study medicine.",
                ),
                ("The film made my little sister cried.", "The film made my little sister cry."),
                (
                    "My mother doesn't let my sister goes out.",
                    "My mother doesn't let my sister go out.",
                ),
                ("I want you help me.", "I want you to help me."),
                ("My teacher asked us write an essay.", "My teacher asked us to write an essay."),
                (
                    "The doctor told my father stop smoking.",
                    "The doctor told my father to stop smoking.",
                ),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &ObjectBase,
            "
            He made plans to leave.
            It made him known to everyone.
            She told me people are kind.
            They let us go home.
            I want you to come.
            ",
        );
    }
}
