//! After a modal or a form of `do` stands the plain verb: `can swim`, `must go`, `didn't go`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
    vocabulary::levels::Part,
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ModalBaseForm;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);

/// Verbs whose `to` is never a preposition.
const GOVERNORS: &str = "want wants wanted need needs needed hope hopes hoped decide decides decided try tries \
    tried learn learned able have has had plan plans planned";

impl Rule for ModalBaseForm {
    fn name(&self) -> &'static str {
        "modal-base-form"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["do-base", "modal-base", "modal-to", "to-base"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len())
            .filter_map(|i| {
                after_modal(sentence, i)
                    .or_else(|| after_do(sentence, i))
                    .or_else(|| after_to(sentence, i))
            })
            .collect()
    }
}

fn after_modal(sentence: &Sentence, modal: usize) -> Option<Proposal> {
    let word = sentence.word(modal);
    let contracted = word.strip_suffix("'ll").is_some_and(words::is_subject_pronoun);
    if !contracted && (!words::is_modal(word) || !is_auxiliary_use(sentence, modal)) {
        return None;
    }
    let next = skip_adverbs(sentence, modal + 1);
    let clue = sentence.original(modal..modal + 1).to_owned();
    if sentence.word(next) == "to" {
        let base = base_of(sentence, next + 1, true)?;
        let proposal = Proposal::new(sentence, next..next + 2, &base, (FORM, "modal-to"), 0.96);
        return Some(proposal.with_clue(&clue));
    }
    // "We must studying".
    let person = contracted || modal > 0 && words::is_nominative(sentence.at(modal, -1));
    let obliged = matches!(word, "must" | "should" | "could" | "would")
        && sentence.tagged(next, |tag| tag == Tag::Vbg)
        && next == modal + 1;
    if (person || obliged)
        && sentence.has(next, Facts::ING | Facts::USUAL_VERB)
        && !sentence.has(next, Facts::BASE)
    {
        let base = sentence.lexicon.verb_lemma(sentence.word(next))?;
        let edit = Proposal::new(sentence, next..next + 1, &base, (FORM, "modal-base"), 0.88);
        return Some(edit.with_clue(&clue));
    }
    let base = base_of(sentence, next, false)?;
    // "The tool can used" lacks `be`; only a person can have meant the plain verb.
    let past = sentence.has(next, Facts::PAST) && !sentence.has(next, Facts::THIRD);
    if past
        && !(person
            || sentence.lexicon.is_irregular(&base) && !sentence.has(next, Facts::PARTICIPLE))
    {
        return None;
    }
    // "He must went home already": a guess about what is over.
    let over = past
        && words::among("must may might could should", word)
        && (sentence.times_of(next).any(|time| time.is_past())
            || sentence.verb_groups.iter().any(|other| {
                other.tokens.start > next
                    && other.tense() == Some(crate::analysis::verb_groups::Tense::Past)
            })
            || sentence.tokens[next..].iter().take(6).any(|token| token.lower == "already"));
    if over {
        let form = format!("have {}", sentence.lexicon.verb_form(&base, Tag::Vbn)?);
        let edit = Proposal::new(sentence, next..next + 1, &form, (FORM, "modal-base"), 0.86);
        return Some(edit.with_clue(&clue));
    }
    let tagged =
        sentence.tagged(next, Tag::is_verb) || !sentence.has(next, Facts::USUAL_NOUN) || person;
    tagged.then(|| {
        Proposal::new(sentence, next..next + 1, &base, (FORM, "modal-base"), 0.94).with_clue(&clue)
    })
}

/// `didn't went`, `does he likes`, `Did you saw`.
fn after_do(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let asks_modal = words::is_modal(word) && i == 0 && words::is_subject_pronoun(sentence.word(1));
    if !words::is_do(word) && !asks_modal {
        return None;
    }
    let negated = word.ends_with("n't") || sentence.at(i, 1) == "not";
    let mut next = i + 1 + usize::from(sentence.at(i, 1) == "not");
    let question =
        words::is_nominative(sentence.word(next)) || matches!(sentence.word(next), "you" | "it");
    if question
        && (i == 0
            || negated
            || matches!(
                sentence.at(i, -1),
                "what" | "where" | "when" | "why" | "how" | "," | "and" | "but" | "who"
            )
            || i <= 4
                && words::among("what which whose how", sentence.word(0))
                && sentence.tagged(i - 1, |tag| tag.is_noun() || tag.is_adverb()))
    {
        next += 1;
        // "What I did it showed" is no question.
        if sentence.tokens.last().is_none_or(|last| last.lower != "?") && i > 0 {
            return None;
        }
    } else if !negated {
        return None;
    }
    let next = skip_adverbs(sentence, next);
    // "Can you to help me?"
    if asks_modal && next == 2 && sentence.word(next) == "to" {
        let base = base_of(sentence, next + 1, true)?;
        let clue = sentence.original(i..i + 1).to_owned();
        let edit = Proposal::new(sentence, next..next + 2, &base, (FORM, "modal-to"), 0.94);
        return Some(edit.with_clue(&clue));
    }
    let base = base_of(sentence, next, false)?;
    if !sentence.tagged(next, Tag::is_verb) && sentence.has(next, Facts::USUAL_NOUN) {
        return None;
    }
    let clue = sentence.original(i..i + 1).to_owned();
    Some(Proposal::new(sentence, next..next + 1, &base, (FORM, "do-base"), 0.95).with_clue(&clue))
}

/// `want to goes`, `have to went`, `would like to drinks`.
fn after_to(sentence: &Sentence, to: usize) -> Option<Proposal> {
    let governor = sentence.at(to, -1);
    let governs =
        words::among(GOVERNORS, governor) || governor == "like" && sentence.at(to, -2) == "would";
    if sentence.word(to) != "to" || !governs {
        return None;
    }
    let verb = to + 1;
    let gerund = sentence.has(verb, Facts::ING | Facts::USUAL_VERB)
        && !sentence.has(verb, Facts::USUAL_NOUN);
    let base = if gerund && !words::among("going used", governor) {
        sentence.lexicon.verb_lemma(sentence.word(verb))?
    } else {
        base_of(sentence, verb, false)?
    };
    let noun = sentence.any(verb, Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE)
        && !sentence.any(verb, Facts::RATHER_VERB | Facts::THIRD);
    (!noun && base != sentence.word(verb)).then(|| {
        let clue = sentence.original(to - 1..to + 1).to_owned();
        Proposal::new(sentence, verb..verb + 1, &base, (FORM, "to-base"), 0.92).with_clue(&clue)
    })
}

/// `will`, `can`, `might` and `must` are also nouns: "his will to live".
fn is_auxiliary_use(sentence: &Sentence, modal: usize) -> bool {
    let Some(before) = modal.checked_sub(1) else { return false };
    let word = sentence.word(before);
    if words::is_subject_pronoun(word)
        || words::is_indefinite(word)
        || matches!(word, "who" | "which" | "there")
    {
        return true;
    }
    let subject = sentence.has(before, Facts::USUAL_NOUN) && !words::is_possessive(word)
        || sentence.any(before, Facts::PROPER) && sentence.is_capitalised(before);
    let adjective =
        sentence.has(before, Facts::USUAL_ADJECTIVE) && sentence.tagged(before, Tag::is_adjective);
    let nominal =
        matches!(sentence.word(modal), "will" | "can" | "might" | "must" | "may" | "would");
    subject && !adjective && (!nominal || sentence.tag(modal) == Some(Tag::Md))
}

fn skip_adverbs(sentence: &Sentence, from: usize) -> usize {
    let mut next = from;
    while sentence.word(next) == "not" || words::is_middle_adverb(sentence.word(next)) {
        next += 1;
    }
    next
}

/// The plain form of the verb at `i`. With `plain_too`, also of a verb that is plain already.
fn base_of(sentence: &Sentence, i: usize, plain_too: bool) -> Option<String> {
    let word = sentence.word(i);
    if !sentence.is_word(i) || sentence.is_capitalised(i) {
        return None;
    }
    if sentence.has(i, Facts::BASE) {
        let past_of = sentence.lexicon.verb_lemma(word).filter(|base| base != word);
        let levels = &sentence.lexicon.levels;
        // `saw`, `fell`, `left` are plain verbs too, but not a learner's.
        let rather_past = sentence.has(i, Facts::PAST)
            && !levels.lists(word, Part::Verb)
            && past_of.as_ref().is_some_and(|base| levels.lists(base, Part::Verb));
        return match past_of {
            Some(base) if rather_past => Some(base),
            _ => (plain_too && (sentence.has(i, Facts::USUAL_VERB) || word == "be"))
                .then(|| word.to_owned()),
        };
    }
    let finite = sentence.any(i, Facts::THIRD | Facts::PAST) && sentence.has(i, Facts::USUAL_VERB);
    let be = matches!(word, "is" | "are" | "am" | "was" | "were");
    let base = if be { Some("be".to_owned()) } else { sentence.lexicon.verb_lemma(word) };
    (finite || be || matches!(word, "has" | "does" | "had" | "did")).then_some(base).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn what_is_over_takes_the_perfect() {
        expect(
            &ModalBaseForm,
            &[("He must went home already.", "He must have gone home already.")],
        );
    }

    #[test]
    fn the_plain_verb_follows() {
        expect(
            &ModalBaseForm,
            &[
                ("He can to swim.", "He can swim."),
                ("I can to swim very well.", "I can swim very well."),
                ("She must goes home now.", "She must go home now."),
                ("He can speaks English.", "He can speak English."),
                ("I didn't went to school last Monday.", "I didn't go to school last Monday."),
                ("She doesn't likes fish.", "She doesn't like fish."),
                ("You should to study hard.", "You should study hard."),
                ("Did you saw him?", "Did you see him?"),
                ("My brother can plays football.", "My brother can play football."),
                ("We will went there.", "We will go there."),
                ("He cannot to come.", "He cannot come."),
                ("We must studying hard.", "We must study hard."),
                ("Can she speaks French?", "Can she speak French?"),
                ("She would like to drinks tea.", "She would like to drink tea."),
                ("I want to buying a car.", "I want to buy a car."),
                ("Can you helps me?", "Can you help me?"),
                ("I'll goes.", "I'll go."),
                ("Would you to go?", "Would you go?"),
            ],
        );
    }

    #[test]
    fn right_sentences_stay() {
        stays(
            &ModalBaseForm,
            "
            He can swim.
            Did he go home?
            Does he have a dog?
            His will to live is strong.
            He didn't put it here.
            Put the can to the left.
            She might go.
            They had the will to win.
            I did not read it.
            Could you help me?
            You must not cut it.
            What he does helps me.
            I do work hard.
            He could have gone.
            The can holds water.
            Don't tears make you sad?
            Do you like it?
            I want to go to classes.
            He has to feed it.
            She tried to put it back.
            Can you help me?
            I'll call you.
            Would you like to go?
            We'll need to go.
            ",
        );
    }
}
