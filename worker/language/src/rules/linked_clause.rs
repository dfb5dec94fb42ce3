//! A conjunction opens a clause, a preposition a noun: `although she studied`, `despite the rain`; and the pairs of
//! connectives, `both … and`, `so … that`, `the reason is that`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct LinkedClause;

const LINK: ErrantType = ErrantType::replacement(Category::Conj);
/// What may be so strong that something follows from it; "very important that" states.
const GRADED: &str = "hot cold tired hungry heavy big small expensive difficult hard fast busy late dark loud crowded \
    rich poor tall strong weak sick shy noisy thirsty boring";

impl Rule for LinkedClause {
    fn name(&self) -> &'static str {
        "linked-clause"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &[
            "clause-after-preposition",
            "noun-after-conjunction",
            "reason-that",
            "so-that",
            "paired-connective",
        ]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let inside = (0..sentence.tokens.len()).filter_map(|at| {
            clause(sentence, at).or_else(|| reason(sentence, at)).or_else(|| so(sentence, at))
        });
        inside.chain(noun(sentence)).chain(pair(sentence)).collect()
    }
}

/// "In spite of she studied", "because of the shop closes": a preposition before a clause.
fn clause(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let (length, conjunction) =
        match (sentence.word(at), sentence.word(at + 1), sentence.word(at + 2)) {
            ("in", "spite", "of") => (3, "although"),
            ("despite", "of", _) => (2, "although"),
            ("despite", _, _) => (1, "although"),
            ("because", "of", _) | ("due", "to", _) => (2, "because"),
            ("during", _, _) => (1, "while"),
            _ => return None,
        };
    let subject = noun_chain::from(sentence, at + length)?;
    let mut verb = subject.tokens.end;
    while words::is_middle_adverb(sentence.word(verb)) {
        verb += 1;
    }
    let finite = sentence.verb_group_at(verb).is_some_and(|group| group.finite() == Some(verb));
    let pronoun = words::is_nominative(sentence.word(subject.head))
        || matches!(sentence.word(subject.head), "it" | "you");
    // "because of the changes made", "because of the time she spends".
    let sure = words::is_be(sentence.word(verb))
        || sentence.tagged(verb, |tag| tag == Tag::Md)
        || words::is_do(sentence.word(verb)) && sentence.word(verb) != "do"
        || sentence.any(verb, Facts::THIRD | Facts::PAST)
            && !sentence.any(verb, Facts::PARTICIPLE | Facts::USUAL_NOUN);
    // A verb behind a noun may belong to a subject before: "Those who died because of the war were".
    let finite_before = sentence
        .verb_groups
        .iter()
        .filter(|group| group.is_finite() && group.tokens.end <= at)
        .count();
    let finite_after =
        sentence.verb_groups.iter().any(|group| group.is_finite() && group.tokens.start > verb + 1);
    let own = if at == 0 {
        finite_after && sentence.tokens[verb..].iter().any(|token| token.tag == Tag::Comma)
    } else {
        finite_before == 1
            && sentence
                .clauses
                .iter()
                .all(|clause| clause.antecedent.is_none() || clause.tokens.start > at)
            && (!finite_after || sentence.word(at - 1) == ",")
    };
    if !finite || !(pronoun || sure && own) || sentence.word(subject.head) == "that" {
        return None;
    }
    let kind = (LINK, "clause-after-preposition");
    let edit = Proposal::new(sentence, at..at + length, conjunction, kind, 0.9);
    Some(edit.with_clue(sentence.original(at..at + length)))
}

/// "Although the rain, we went out": a conjunction before a noun alone.
fn noun(sentence: &Sentence) -> Option<Proposal> {
    let preposition = match sentence.word(0) {
        "although" | "though" => "despite",
        "because" => "because of",
        "while" => "during",
        _ => return None,
    };
    let chain = noun_chain::from(sentence, 1)?;
    let definite = sentence
        .noun_phrase_at(1)
        .is_some_and(|phrase| !phrase.is_pronoun() && phrase.is_definite() && !phrase.is_name());
    let comma = sentence.word(chain.tokens.end) == ",";
    let main = sentence.predications().any(|(_, group, subject)| {
        group.is_finite()
            && subject.is_some_and(|subject| subject.tokens.start == chain.tokens.end + 1)
    });
    if !definite || !comma || !main {
        return None;
    }
    let kind = (LINK, "noun-after-conjunction");
    let edit = Proposal::new(sentence, 0..1, preposition, kind, 0.9);
    Some(edit.with_clue(sentence.original(1..chain.tokens.end)))
}

/// "The reason is because" → "that".
fn reason(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let stated = sentence.word(at) == "because"
        && sentence.word(at + 1) != "of"
        && matches!(sentence.at(at, -1), "is" | "was")
        && at < 9
        && sentence.tokens[..at].iter().any(|token| token.lower == "reason")
        && matches!(sentence.word(0), "the" | "my" | "one" | "another" | "this" | "his" | "her");
    let edit = Proposal::new(sentence, at..at + 1, "that", (LINK, "reason-that"), 0.9);
    stated.then(|| edit.with_clue("reason"))
}

/// "very hot that we could not sleep" → "so hot that".
fn so(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let graded = sentence.word(at) == "very"
        && words::among(GRADED, sentence.word(at + 1))
        && sentence.word(at + 2) == "that"
        && at > 0
        && sentence.tagged(at - 1, Tag::is_verb);
    if !graded {
        return None;
    }
    let subject = noun_chain::from(sentence, at + 3)?;
    let result = sentence.verb_group_at(subject.tokens.end).is_some();
    let edit = Proposal::new(sentence, at..at + 1, "so", (LINK, "so-that"), 0.9);
    result.then(|| edit.with_clue(sentence.original(at + 1..at + 3)))
}

/// "Both my father or my mother", "Either you and I".
fn pair(sentence: &Sentence) -> Option<Proposal> {
    let (wrong, right) = match sentence.word(0) {
        "both" => ("or", "and"),
        "either" => ("and", "or"),
        _ => return None,
    };
    // The phrase may hold the first word itself: "both my father".
    let first = sentence.noun_phrase_at(1)?;
    let joint = first.tokens.end;
    let second =
        sentence.noun_phrase_at(joint + 1).filter(|phrase| phrase.tokens.start == joint + 1)?;
    let verb = sentence.verb_group_at(second.tokens.end).is_some();
    let edit = Proposal::new(sentence, joint..joint + 1, right, (LINK, "paired-connective"), 0.92);
    (sentence.word(joint) == wrong && verb).then(|| edit.with_clue(sentence.original(0..1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn clauses_and_nouns_are_linked() {
        expect(
            &LinkedClause,
            &[
                (
                    "In spite of she studied hard, she failed.",
                    "Although she studied hard, she failed.",
                ),
                (
                    "We went home because of the shop closes early.",
                    "We went home because the shop closes early.",
                ),
                ("Although the rain, we went out.", "Despite the rain, we went out."),
                (
                    "It was very hot that we could not sleep.",
                    "It was so hot that we could not sleep.",
                ),
                ("Either you and I must go.", "Either you or I must go."),
                ("The reason is because I was ill.", "The reason is that I was ill."),
            ],
        );
    }

    #[test]
    fn right_links_stay() {
        stays(
            &LinkedClause,
            "
            Because of the rain, we stayed at home.
            Those who died because of the war were young.
            We went out despite the rain.
            Although tired, he worked.
            It is very important that you come.
            The best day during the week was Monday.
            ",
        );
    }
}
