//! The member of a word family that grammar and counts both ask for: `played good`, `an important decide`, `smells
//! deliciously`, `a touched story`. The place says which part of speech stands there; the counts say whether the word
//! that is formed is usual in it.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    confusions::view::View,
    counts::Counts,
    hash,
    rules::{
        degree, derivations, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::sync::Arc;

pub struct LikelierForm {
    pub counts: Arc<Counts>,
}

const MORPH: ErrantType = ErrantType::replacement(Category::Morph);
/// By how many natural log units the sentence must be likelier, by the part of speech that is formed.
const ADVERB: f32 = -1.0;
const ADJECTIVE: f32 = 1.2;
const NOUN: f32 = 0.5;

/// How much of the difference between the words' own frequencies is taken out of the comparison.
const COMMONNESS: f32 = 0.7;

/// Nouns whose adjective says what something has to do with.
const RELATIONS: &str = "economy environment society culture tradition nation history education profession politics science \
    nature person emotion agriculture finance psychology";

/// Verbs that an adjective completes, behind themselves or behind their object.
const LINKING: &str = "be seem become look feel sound smell taste get turn grow stay remain keep appear go come fall lie \
    stand sit die run return wake arrive rest loom";
/// Of those, the ones that also tell what somebody does, where the adverb is meant all the same.
const ALSO_DONE: &str = "look run sit lie stand return wake die grow";
/// Verbs whose object an adjective completes: "made me happy", "left the door open".
const COMPLETED: &str = "make find consider call leave paint keep hold think believe prove want like prefer get set drive \
    render declare deem see feel turn cut wash serve have buy sell cook eat drink play take sleep bring imagine be seem \
    become look sound smell taste stay remain appear come go";
/// Manners that are meant even after those.
const MANNERS: &str =
    "good careful slow quick quiet angry beautiful bad clear loud polite fluent correct";

impl Rule for LikelierForm {
    fn name(&self) -> &'static str {
        "likelier-form"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["adverb-for-adjective", "adjective-for-adverb", "family-noun", "family-adjective"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut view = None;
        let candidates = (0..sentence.tokens.len()).filter(|i| {
            sentence.is_word(*i)
                && (*i == 0 || !sentence.is_capitalised(*i))
                && sentence.word(*i).len() > 2
        });
        candidates
            .filter_map(|i| {
                let (form, message, least) = adverb_wanted(sentence, i)
                    .map(|form| (form, "adverb-for-adjective", ADVERB))
                    .or_else(|| {
                        adjective_wanted(sentence, i)
                            .map(|form| (form, "adjective-for-adverb", ADJECTIVE))
                    })
                    .or_else(|| noun_wanted(sentence, i).map(|form| (form, "family-noun", NOUN)))
                    .or_else(|| {
                        quality_wanted(sentence, i)
                            .map(|form| (form, "family-adjective", ADJECTIVE))
                    })?;
                let view = view.get_or_insert_with(|| View::new(sentence));
                let compound = message == "family-adjective"
                    && view
                        .words
                        .get(i + 1)
                        .is_some_and(|next| self.counts.knows_pair(view.words[i], *next));
                if compound {
                    return None;
                }
                let gain = fit(&self.counts, &view.words, i, &form);
                (gain >= least).then(|| {
                    Proposal::new(sentence, i..i + 1, &form, (MORPH, message), 0.85)
                        .with_clue(sentence.original(i.saturating_sub(1)..i.max(1)))
                })
            })
            .collect()
    }
}

/// By how much better `form` fits between its neighbours than the word that stands there, in natural log units: how
/// usual either word is by itself counts little, since learners replace usual words by rare ones and the other way.
pub(super) fn fit(counts: &Counts, keys: &[u64], at: usize, form: &str) -> f32 {
    let key = hash::word(form);
    let alone = |key: u64| counts.vocabulary.log_prob(key).unwrap_or(-15.5);
    counts.change(keys, at..at + 1, &[key]) - COMMONNESS * (alone(key) - alone(keys[at]))
}

/// True where the phrase or clause is over before token `i`.
fn closes(sentence: &Sentence, i: usize) -> bool {
    let next = sentence.word(i);
    next.is_empty()
        || sentence.tagged(i, Tag::is_mark)
        || sentence.tag(i) == Some(Tag::In)
        || words::opens_clause(next)
        || sentence.times.iter().any(|time| time.tokens.start == i)
        || words::among(
            "and but or so than then too as enough to together all every both each again",
            next,
        )
}

/// `played good in the first half`, `can't see clear without glasses`, `looked at me angry`.
fn adverb_wanted(sentence: &Sentence, i: usize) -> Option<String> {
    if i == 0
        || sentence.any(i, Facts::PREPOSITION)
        || words::among("according wrong right", sentence.word(i))
    {
        return None;
    }
    let word = sentence.word(i);
    let adjective = sentence.has(i, Facts::ADJECTIVE | Facts::LISTED)
        && !sentence.any(
            i,
            Facts::ADVERB
                | Facts::COMPARATIVE
                | Facts::SUPERLATIVE
                | Facts::ING
                | Facts::PARTICIPLE,
        )
        || matches!(
            word,
            "good" | "bad" | "clear" | "slow" | "quiet" | "loud" | "happy" | "heavy" | "real"
        );
    let adverb = degree::adverb(sentence.lexicon, word).filter(|_| adjective)?;
    let graded =
        matches!(sentence.at(i, -1), "very" | "so" | "too" | "really" | "quite" | "more" | "as");
    let before = i - usize::from(graded);
    // "really interested": a degree of what follows.
    if word == "real" && sentence.tagged(i + 1, Tag::is_adjective) {
        return Some("really".to_owned());
    }
    if !closes(sentence, i + 1) {
        return None;
    }
    let group = sentence.verb_groups.iter().rev().find(|group| group.main() < before)?;
    let verb = group.main();
    let lemma = sentence.tokens[verb].lemma.as_str();
    let passive = group.voice == crate::analysis::verb_groups::Voice::Passive;
    let linking = words::among(LINKING, lemma) && !passive;
    let done = words::among(ALSO_DONE, lemma);
    let direct = verb + 1 == before;
    // The object, a particle or a phrase between verb and adverb.
    let between = (verb + 1..before).all(|at| {
        sentence.noun_phrase_at(at).is_some_and(|phrase| phrase.tokens.end <= before)
            || sentence.tag(at) == Some(Tag::In) && !words::opens_clause(sentence.word(at))
            || sentence.tag(at) == Some(Tag::Rp)
    });
    let noun_takes = sentence.noun_phrase_at(i).is_some_and(|phrase| phrase.tokens.end > i + 1);
    // "did something wrong", "anything new": the adjective describes the pronoun.
    let pronoun =
        words::is_indefinite(sentence.word(before - 1)) || sentence.word(before - 1) == "anything";
    let degree = words::among("wrong right fine well free open alone asleep awake alive", word);
    let possessed = words::among("have need want show lack give own", lemma);
    let completed = words::among(COMPLETED, lemma) || possessed;
    let manner = words::among(MANNERS, word);
    let fits = match direct {
        true if passive && completed || possessed => false,
        true => !linking || done && manner,
        false => between && !pronoun && (!completed || lemma == "look" && manner),
    };
    // "knows better", "two coffees black": after an object only what is plainly a manner.
    let glued = sentence.tokens[verb].clitic().is_some();
    (fits && !glued && !degree && !noun_takes && !words::is_be(sentence.word(verb)))
        .then_some(adverb)
}

/// `smells deliciously`, `be carefully`, `is so beautifully`.
fn adjective_wanted(sentence: &Sentence, i: usize) -> Option<String> {
    let adjective = degree::adjective(sentence.lexicon, sentence.word(i))?;
    let before = (0..i)
        .rev()
        .take(3)
        .find(|at| !sentence.tagged(*at, Tag::is_adverb) && sentence.word(*at) != "not")?;
    let group = sentence.verb_group_at(before).filter(|group| group.main() == before)?;
    let linking = words::among(
        "be seem become look feel sound smell taste get",
        &sentence.tokens[before].lemma,
    ) && group.tokens.end <= i;
    let certain = !words::among(
        "really probably certainly exactly nearly only early mainly mostly simply clearly finally usually \
         definitely obviously actually friendly lovely well daily weekly monthly currently recently",
        sentence.word(i),
    );
    let joined = matches!(sentence.at(i, 1), "and" | "or" | "but");
    (linking && certain && !joined && closes(sentence, i + 1)).then_some(adjective)
}

/// `an important decide`, `his arrive`, `the tall of`, `need confident`.
fn noun_wanted(sentence: &Sentence, i: usize) -> Option<String> {
    if i == 0 {
        return None;
    }
    let word = sentence.word(i);
    if sentence.any(i, Facts::PLURAL | Facts::ING | Facts::USUAL_NOUN)
        || sentence.has(i, Facts::SINGULAR | Facts::MASS)
    {
        return None;
    }
    let owner =
        |at: usize| words::is_possessive(sentence.word(at)) || words::is_article(sentence.word(at));
    let determined = owner(i - 1);
    let described = i > 1 && sentence.tagged(i - 1, Tag::is_adjective) && owner(i - 2);
    let needed =
        words::among("need have show lack give gain improve", &sentence.tokens[i - 1].lemma)
            && sentence.tagged(i - 1, Tag::is_verb);
    let ends = closes(sentence, i + 1)
        || sentence.tagged(i + 1, Tag::is_finite)
        || words::is_auxiliary(sentence.at(i, 1));
    // "the rich and the poor", "the old".
    let people =
        sentence.at(i, -1) == "the" && sentence.at(i, 1) != "of" && sentence.at(i, 1) != "to";
    if !ends || people || !(determined || described || needed) {
        return None;
    }
    let adjective = sentence.has(i, Facts::ADJECTIVE);
    let family = if adjective {
        derivations::of_adjective(word)
    } else {
        derivations::of_verb(word).filter(|_| !needed)
    };
    family.map(|family| family.noun.to_owned())
}

/// `Success people`: a quality before a noun that is no compound with it.
fn quality_wanted(sentence: &Sentence, i: usize) -> Option<String> {
    let family = derivations::of_noun(sentence.word(i))
        .filter(|family| family.is_quality || words::among(RELATIONS, family.noun))?;
    let head = sentence.tagged(i + 1, Tag::is_common_noun) && !sentence.tagged(i + 2, Tag::is_noun);
    let opens = i == 0
        || matches!(sentence.tag(i - 1), Some(Tag::Dt | Tag::PrpPossessive | Tag::Rb | Tag::Jj));
    // "a danger zone": things make compounds, persons do not.
    let relation = words::among(RELATIONS, family.noun);
    let head = head && (relation || noun_senses::is_human(sentence.word(i + 1)));
    (head && opens).then(|| family.adjective.map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    fn rule() -> LikelierForm {
        LikelierForm { counts: Arc::new(Counts::load()) }
    }

    #[test]
    fn the_form_that_the_place_asks_for_is_chosen() {
        expect(
            &rule(),
            &[
                (
                    "He made an important decide last week.",
                    "He made an important decision last week.",
                ),
                (
                    "I can't see clear without my glasses.",
                    "I can't see clearly without my glasses.",
                ),
            ],
        );
    }

    #[test]
    fn adjectives_that_complete_a_verb_stay() {
        stays(
            &rule(),
            "
            She made me happy.
            He kept the room clean.
            The leaves turn brown in autumn.
            The rich help the poor.
            He did nothing wrong.
            They arrived home safe and sound.
            I find it difficult to sleep.
            ",
        );
    }
}
