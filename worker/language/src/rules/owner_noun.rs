//! A person or an animal before what it owns has 's, wherever counts do not know the two as a compound: `the teacher voice`,
//! `my grandfather eightieth birthday`, `the dog tail`.

use crate::{
    analysis::{NounPhrase, Sentence, Tag, facts::Facts, words},
    confusions::view::View,
    counts::Counts,
    rules::{
        likelier_form::fit,
        noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::sync::Arc;

pub struct OwnerNoun {
    pub counts: Arc<Counts>,
}

const POSS: ErrantType = ErrantType::missing(Category::NounPoss);
/// Natural log units by which the possessive must be likelier than a compound that is known.
const LEAST: f32 = 0.0;
/// What such a noun makes a compound with.
const COMPOUNDS: &str = "card loan training union labour labor care food sitter leader member player team council fee fees \
    body movement rights life support number population group teacher helper writer volunteer owner lover park show \
    friend friends nurse doctor engineer student worker experience service services club card course program programme bus tea meeting tour uniform loan job jobs work satisfaction base data education \
    school center centre association organisation organization community visa exchange accommodation dormitory";

impl Rule for OwnerNoun {
    fn name(&self) -> &'static str {
        "owner-noun"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["possessive-s"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let phrases = sentence.noun_phrases.iter();
        phrases.filter_map(|phrase| self.find_in(sentence, phrase)).collect()
    }
}

impl OwnerNoun {
    fn find_in(&self, sentence: &Sentence, phrase: &NounPhrase) -> Option<Proposal> {
        let owner = owner_in(sentence, phrase)?;
        // "my little sister scream and run": the noun is the verb where there is no other.
        let verb = sentence.has(owner + 1, Facts::BASE | Facts::USUAL_VERB)
            && !sentence.tokens[owner + 2..]
                .iter()
                .take_while(|token| !token.tag.is_mark())
                .any(|token| token.tag.is_finite());
        if verb || sentence.any(owner, Facts::COMPARATIVE) {
            return None;
        }
        let plural = sentence.has(owner, Facts::PLURAL) && !sentence.has(owner, Facts::SINGULAR);
        let word = sentence.word(owner);
        let ending = if plural && word.ends_with('s') { "'" } else { "'s" };
        let form = format!("{word}{ending}");
        let view = View::new(sentence);
        let gain = fit(&self.counts, &view.words, owner, &form);
        let keys = &view.words;
        let compound = self.counts.knows_pair(keys[owner], keys[phrase.head]);
        (!compound || gain >= LEAST).then(|| {
            let own = sentence.original(owner..owner + 1);
            let edit = Proposal {
                tokens: owner..owner + 1,
                replacement: format!("{own}{ending}"),
                errant: POSS,
                message: "possessive-s",
                clue: String::new(),
                confidence: 0.85,
            };
            edit.with_clue(sentence.original(phrase.head..phrase.head + 1))
        })
    }
}

/// The owner inside a definite phrase: a person or an animal between determiner and head.
fn owner_in(sentence: &Sentence, phrase: &NounPhrase) -> Option<usize> {
    let determiner = phrase.determiner.filter(|at| {
        words::is_possessive(sentence.word(*at))
            || matches!(sentence.word(*at), "the" | "that" | "this")
    })?;
    let own = |at: usize| {
        let word = sentence.word(at);
        let one = sentence.tokens[at].lemma.as_str();
        let person = words::is_person(one) || noun_senses::is_relative(one);
        let known = words::is_possessive(sentence.word(determiner))
            && noun_senses::is_human(word)
            && !words::among(
                "volunteer student tourist customer player driver worker police family team class staff",
                one,
            );
        (person && one != "baby" && one != "customer" && one != "student" && one != "child"
            || known
            || noun_senses::is_animal(word))
            && sentence.tagged(at, Tag::is_common_noun)
    };
    // "the school bus driver strike": of several nouns it is open which one owns.
    let alone = |at: usize| (determiner + 1..at).all(|i| sentence.tagged(i, Tag::is_adjective));
    let owner = (determiner + 1..phrase.head).find(|at| own(*at) && alone(*at))?;
    let head = sentence.word(phrase.head);
    let described = (owner + 1..phrase.head).all(|at| sentence.tagged(at, Tag::is_adjective));
    let thing = sentence.tagged(phrase.head, Tag::is_common_noun)
        && sentence.has(phrase.head, Facts::USUAL_NOUN | Facts::LISTED)
        && !noun_senses::is_job(head)
        && !words::among(COMPOUNDS, head)
        && !sentence.any(phrase.head, Facts::ING);
    // "my brother books tickets", "had my brother fix it", "that my brother rest": the second word may be the verb.
    let before = determiner.checked_sub(1).map_or("", |at| sentence.tokens[at].lemma.as_str());
    let governed =
        words::among("have make let help see hear watch feel suggest recommend that", before);
    let object = sentence
        .noun_phrase_at(phrase.head + 1)
        .is_some_and(|next| next.tokens.start == phrase.head + 1);
    let verb = sentence.any(phrase.head, Facts::BASE | Facts::THIRD)
        && (governed
            || object
            || sentence.clause_at(phrase.head).is_none_or(|clause| clause.verb.is_none()));
    let given = determiner > 0
        && words::among(
            "give send buy show tell teach lend offer make bring get cook ask owe pay call name",
            &sentence.tokens[determiner - 1].lemma,
        );
    (described && thing && !verb && !given).then_some(owner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    fn rule() -> OwnerNoun {
        OwnerNoun { counts: Arc::new(Counts::load()) }
    }

    #[test]
    fn owners_get_their_ending() {
        expect(
            &rule(),
            &[
                ("The teacher voice was soft.", "The teacher's voice was soft."),
                ("The dog tail is very short.", "The dog's tail is very short."),
            ],
        );
    }

    #[test]
    fn compounds_stay() {
        stays(
            &rule(),
            "
            She forgot her student card.
            My brother plays the guitar.
            I gave my sister flowers.
            The police officer was kind.
            ",
        );
    }
}
