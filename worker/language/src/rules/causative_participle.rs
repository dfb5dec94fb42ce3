//! What somebody else does for us: `have my hair cut`, `get the car repaired`, with a participle.

use crate::{
    analysis::{Sentence, Tag, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct CausativeParticiple;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);

/// Services; their plain form after the thing is a slip.
const SERVICES: &str = "repair fix check wash clean paint install deliver print dye remove replace service test \
    repairing fixing checking washing cleaning painting cutting";

impl Rule for CausativeParticiple {
    fn name(&self) -> &'static str {
        "causative-participle"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["causative-participle"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (3..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    if !words::among(SERVICES, word) {
        return None;
    }
    let owner = (i.saturating_sub(3)..i - 1)
        .find(|at| words::is_possessive(sentence.word(*at)) || sentence.word(*at) == "the")?;
    let verb = owner.checked_sub(1)?;
    let token = &sentence.tokens[verb];
    let causes = matches!(
        token.lower.as_str(),
        "have" | "has" | "had" | "get" | "got" | "gets" | "having" | "getting"
    );
    let person = words::is_person(sentence.word(i - 1)) || sentence.word(i - 1).ends_with("'s");
    let next = sentence.at(i, 1);
    let ends = next.is_empty()
        || sentence.tagged(i + 1, Tag::is_mark)
        || matches!(
            next,
            "last"
                | "every"
                | "yesterday"
                | "today"
                | "tomorrow"
                | "by"
                | "at"
                | "in"
                | "once"
                | "before"
                | "this"
                | "next"
                | "and"
                | "for"
        );
    if !causes || person || !ends {
        return None;
    }
    let base = sentence.lexicon.verb_lemma(word).unwrap_or_else(|| word.to_owned());
    let participle = sentence.lexicon.verb_form(&base, Tag::Vbn)?;
    let edit = Proposal::new(sentence, i..i + 1, &participle, (FORM, "causative-participle"), 0.88);
    Some(edit.with_clue(sentence.original(verb..i)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn services_are_participles() {
        expect(
            &CausativeParticiple,
            &[
                ("He got his car repair last week.", "He got his car repaired last week."),
                ("I want to have my bike fix.", "I want to have my bike fixed."),
            ],
        );
    }

    #[test]
    fn people_who_do_it_stay() {
        stays(
            &CausativeParticiple,
            "
            I had my brother fix it.
            I had my car washed.
            We have the test in May.
            She got the paint in town.
            ",
        );
    }
}
