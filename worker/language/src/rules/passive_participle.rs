//! The passive has a participle: `was written`, not `was wrote`; `is made by`, not `is make by`; and it has be: `The
//! house was built in 1990`.

use crate::{
    analysis::{ClauseKind, Sentence, Tag, countability, facts::Facts, verb_groups::Form, words},
    rules::{
        be_form, edit, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PassiveParticiple;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
const MISSING: ErrantType = ErrantType::missing(Category::VerbForm);

/// Verbs whose past after be is no passive, and pasts that are adjectives.
const NO_PASSIVE: &str = "go come become fall lie rise arise swim run sink be broke";
/// Verbs that things undergo, in the plain form that learners write after be; none is an adjective.
const UNDERGONE: &str = "make build write send speak hold do take give sell buy teach pay eat drink steal find keep \
    invent discover produce publish use call locate destroy design paint create establish celebrate damage \
    cook repair wash serve bring grow tell show know see choose drive throw deliver cause pollute prepare \
    organize organise cancel complete return respect protect solve improve punish allow ban reduce \
    recycle replace check remove share treat follow consider control finish book fix update postpone print sign deny";
/// Verbs that only take things as subjects in the passive: `The house built in 1990` lacks its be.
const ONLY_UNDERGONE: &str = "build make write locate invent discover produce publish situate establish \
    celebrate name destroy damage steal hold create compose surround";

impl Rule for PassiveParticiple {
    fn name(&self) -> &'static str {
        "passive-participle"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["passive-participle", "missing-be-passive"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len();
        tokens
            .filter_map(|i| {
                past_after_be(sentence, i)
                    .or_else(|| base_after_be(sentence, i))
                    .or_else(|| without_be(sentence, i))
                    .or_else(|| name_after(sentence, i))
                    .or_else(|| undergone(sentence, i))
                    .or_else(|| several_undergo(sentence, i))
            })
            .collect()
    }
}

/// The form of be that governs token `i`, an adverb between.
fn governing_be(sentence: &Sentence, i: usize) -> Option<usize> {
    let before = i.checked_sub(1)?;
    let at = if sentence.tagged(before, Tag::is_adverb) && !words::is_be(sentence.word(before)) {
        before.checked_sub(1)?
    } else {
        before
    };
    words::is_be(sentence.word(at)).then_some(at)
}

/// `was wrote`, `is broke by`.
fn past_after_be(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let token = &sentence.tokens[i];
    let past_only =
        token.facts.has(Facts::PAST) && !token.facts.any(Facts::PARTICIPLE | Facts::BASE);
    if !past_only || !sentence.is_word(i) {
        return None;
    }
    let be = governing_be(sentence, i)?;
    let by = matches!(sentence.at(i, 1), "by" | "from");
    let base = sentence.lexicon.verb_lemma(&token.lower)?;
    if words::among(NO_PASSIVE, &base) || token.lower == "broke" && !by {
        return None;
    }
    let participle =
        sentence.lexicon.irregular_participle(&base).filter(|form| *form != token.lower)?;
    let edit = Proposal::new(sentence, i..i + 1, participle, (FORM, "passive-participle"), 0.94);
    Some(edit.with_clue(sentence.original(be..be + 1)))
}

/// `is make by`, `will be hold on`, `is speak all over`.
fn base_after_be(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let base = sentence.word(i);
    let token = &sentence.tokens[i];
    if !token.facts.has(Facts::BASE)
        || token.facts.has(Facts::PARTICIPLE)
        || !words::among(UNDERGONE, base)
    {
        return None;
    }
    let be = governing_be(sentence, i)?;
    let next = sentence.at(i, 1);
    let by = next == "by";
    let infinitive =
        matches!(sentence.at(be, -1), "is" | "was" | "to") && sentence.word(be) == "be";
    let obliged = sentence.word(be) == "be"
        && sentence.at(be, -1) == "to"
        && matches!(
            sentence.at(be, -2),
            "has" | "have" | "had" | "need" | "needs" | "needed" | "going"
        );
    let modal = obliged
        || sentence.word(be) == "be" && be > 0 && sentence.tagged(be - 1, |tag| tag == Tag::Md);
    let thing = be > 0
        && sentence.noun_phrase_at(be - 1).is_some_and(|phrase| {
            !phrase.is_pronoun() && !words::is_person(sentence.word(phrase.head))
                || sentence.word(be - 1) == "it"
        });
    let ends = next.is_empty() || sentence.tagged(i + 1, Tag::is_mark);
    let followed = ends
        || matches!(
            next,
            "in" | "at"
                | "on"
                | "from"
                | "to"
                | "with"
                | "for"
                | "all"
                | "every"
                | "yesterday"
                | "last"
                | "into"
                | "as"
                | "before"
                | "after"
                | "until"
                | "this"
                | "next"
                | "tomorrow"
                | "today"
                | "soon"
                | "again"
                | "because"
                | "when"
                | "and"
                | "if"
        );
    let noun = token.facts.any(Facts::USUAL_NOUN | Facts::ADJECTIVE)
        && !by
        && !(modal
            && token.facts.has(Facts::USUAL_VERB)
            && !token.facts.has(Facts::USUAL_ADJECTIVE));
    // "The plan is to make", "all he does is make": the plain form may stand there without `to`.
    let does = sentence.tokens[..be]
        .iter()
        .any(|token| words::is_do(&token.lower) || token.lower == "what");
    if !(by || (modal || thing) && followed) || noun || infinitive && !obliged || does {
        return None;
    }
    let participle = sentence.lexicon.verb_form(base, Tag::Vbn)?;
    let edit = Proposal::new(sentence, i..i + 1, &participle, (FORM, "passive-participle"), 0.9);
    Some(edit.with_clue(sentence.original(be..be + 1)))
}

/// `The house built in 1990.`: the only verb of the sentence, of a thing, without an object.
fn without_be(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let token = &sentence.tokens[i];
    if !token.facts.has(Facts::PAST | Facts::PARTICIPLE) || !sentence.is_word(i) {
        return None;
    }
    let next = sentence.at(i, 1);
    let placed = matches!(next, "in" | "by" | "at" | "on" | "near" | "from" | "of" | "to")
        || sentence.word(i) == "surrounded" && next == "by";
    let base = sentence
        .lexicon
        .verb_lemma(&token.lower)
        .filter(|base| placed && words::among(ONLY_UNDERGONE, base))?;
    let phrase = sentence.noun_phrase_at(i - 1).filter(|phrase| phrase.tokens == (0..i))?;
    let thing = phrase.determiner.is_some()
        && !words::is_person(sentence.word(phrase.head))
        && !phrase.is_pronoun();
    let alone = sentence
        .verb_groups
        .iter()
        .all(|group| group.verbs.contains(&i) || !matches!(group.form, Form::Finite))
        && !sentence.tokens.iter().any(|token| words::is_auxiliary(&token.lower));
    let closes = matches!(sentence.word(sentence.tokens.len() - 1), "." | "!");
    if !thing || !alone || !closes {
        return None;
    }
    let state =
        matches!(base.as_str(), "locate" | "situate" | "surround") || matches!(next, "of" | "from");
    let person = be_form::person_before(sentence, i)?;
    let be = be_form::of(person, !state)?;
    let edit = edit::inserted(sentence, i, be, (MISSING, "missing-be-passive"), 0.88);
    Some(edit.with_clue(sentence.original(phrase.tokens.clone())))
}

/// `This song wrote by a musician`, `My car is repairing`, `The problem must solve as soon as possible`: a thing does none of
/// this, and nothing follows that it could do it to.
fn undergone(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let group = sentence.verb_group_at(i).filter(|group| group.main() == i && group.is_finite())?;
    let subject =
        sentence.subject_of(i).filter(|subject| subject.tokens.end <= group.tokens.start)?;
    let head = sentence.word(subject.head);
    let told = sentence.clause_at(i).is_some_and(|clause| {
        matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate)
            && clause.antecedent.is_none()
    });
    let thing = told
        && !subject.is_pronoun()
        && sentence.tagged(subject.head, Tag::is_common_noun)
        && !noun_senses::is_human(head)
        && !noun_senses::is_animal(head)
        && !countability::is_collective(head)
        && !words::among(
            "company school city country factory machine computer robot law government hospital",
            head,
        );
    let lemma = sentence.tokens[i].lemma.as_str();
    let done = words::among(UNDERGONE, lemma)
        || words::among(ONLY_UNDERGONE, lemma)
        || words::among("break paint fix", lemma);
    let next = sentence.tokens.get(i + 1);
    let closes = next.is_none_or(|next| {
        next.tag.is_mark()
            || matches!(
                next.lower.as_str(),
                "by" | "as"
                    | "at"
                    | "next"
                    | "last"
                    | "soon"
                    | "yesterday"
                    | "before"
                    | "in"
                    | "because"
                    | "now"
                    | "again"
            )
            || sentence.times.iter().any(|time| time.tokens.start == i + 1)
    });
    let by = next.is_some_and(|next| next.lower == "by");
    if !thing || !done || !closes || group.voice == crate::analysis::verb_groups::Voice::Passive {
        return None;
    }
    let participle = sentence.lexicon.verb_form(lemma, Tag::Vbn)?;
    let verb = group.finite()?;
    let plural = subject.person == crate::analysis::Person::Plural;
    let text = match group.verbs.len() {
        1 if by && sentence.tagged(i, |tag| tag == Tag::Vbd) => {
            format!("{} {participle}", if plural { "were" } else { "was" })
        }
        2 if group.modal().is_some()
            && !words::among("break sell close open cook dry burn improve return", lemma) =>
        {
            format!("be {participle}")
        }
        2 if words::is_be(sentence.word(verb))
            && sentence.tag(i) == Some(Tag::Vbg)
            && words::among(
                "repair build paint wash clean fix construct renovate print sell decorate",
                lemma,
            ) =>
        {
            format!("being {participle}")
        }
        _ => return None,
    };
    let edit = Proposal::new(sentence, i..i + 1, &text, (FORM, "missing-be-passive"), 0.87);
    Some(edit.with_clue(sentence.original(subject.tokens.clone())))
}

/// `Two hundred trees were plant along the canal`: several things are no one thing, so that the word is the verb.
fn several_undergo(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let be = i
        .checked_sub(1)
        .filter(|be| matches!(sentence.word(*be), "are" | "were" | "been" | "be"))?;
    let group = sentence.verb_group_at(be)?;
    let subject = sentence.subject_of(group.finite()?)?;
    let head = sentence.word(subject.head);
    let things = subject.person == crate::analysis::Person::Plural
        && subject.tokens.end <= group.tokens.start
        && sentence.has(subject.head, Facts::PLURAL)
        && !noun_senses::is_human(head)
        && !noun_senses::is_animal(head);
    let facts = sentence.tokens[i].facts;
    let verb = facts.has(Facts::BASE | Facts::USUAL_VERB)
        && !facts
            .any(Facts::PAST | Facts::PARTICIPLE | Facts::ADJECTIVE | Facts::MASS | Facts::ADVERB)
        && !words::among("fun part like home", sentence.word(i));
    let next = sentence.tokens.get(i + 1)?;
    let closes = next.tag.is_mark()
        || matches!(next.tag, Tag::In | Tag::Rb) && !matches!(next.lower.as_str(), "of" | "for")
        || sentence.times.iter().any(|time| time.tokens.start == i + 1);
    // "has been reject": whoever it is.
    let been = sentence.word(be) == "been" && group.main() <= be + 1;
    if !(things || been) || !verb || !closes {
        return None;
    }
    let participle = sentence.lexicon.verb_form(sentence.word(i), Tag::Vbn)?;
    let edit = Proposal::new(sentence, i..i + 1, &participle, (FORM, "passive-participle"), 0.87);
    Some(edit.with_clue(sentence.original(be..i)))
}

/// `Our school name after Chu Van An`.
fn name_after(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let named = matches!(sentence.word(i), "name" | "names")
        && sentence.at(i, 1) == "after"
        && sentence.is_capitalised(i + 2);
    let place = matches!(
        sentence.word(i - 1),
        "school"
            | "street"
            | "road"
            | "university"
            | "city"
            | "park"
            | "hospital"
            | "bridge"
            | "airport"
            | "street's"
    );
    (named && place).then(|| {
        let kind = (MISSING, "missing-be-passive");
        let edit = edit::rewritten(sentence, i..i + 1, "is named", kind, 0.88);
        edit.with_clue(sentence.original(i - 1..i))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn passives_are_completed() {
        expect(
            &PassiveParticiple,
            &[
                (
                    "This song was wrote by a famous singer.",
                    "This song was written by a famous singer.",
                ),
                ("The cake is make by my mother.", "The cake is made by my mother."),
                ("The window was broke by the boys.", "The window was broken by the boys."),
                ("English is speak all over the world.", "English is spoken all over the world."),
                ("My bike was stole last night.", "My bike was stolen last night."),
                ("The meeting will be hold on Monday.", "The meeting will be held on Monday."),
                ("The house built in 1990.", "The house was built in 1990."),
                (
                    "My computer has to be repair before Monday.",
                    "My computer has to be repaired before Monday.",
                ),
                ("Our school name after Chu Van An.", "Our school is named after Chu Van An."),
            ],
        );
    }

    #[test]
    fn other_verbs_stay() {
        stays(
            &PassiveParticiple,
            "
            The song was written by a singer.
            I was broke last month.
            The house built in 1990 collapsed.
            The house built in 1990
            All he does is make noise.
            The boys ran to school.
            This is the house built by my father.
            The plan is to build in May.
            The ship sank in the storm.
            He has to be back before Monday.
            ",
        );
    }
}
