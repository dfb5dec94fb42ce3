//! One negative a clause: `I don't have anything`, `had never seen`, `Nobody knew`.

use crate::{
    analysis::{Sentence, VerbGroup, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct NegationOnce;

const OTHER: ErrantType = ErrantType::replacement(Category::Other);
/// Negative words and what stands for them behind another negative.
const NEGATIVES: &[(&str, &str)] = &[
    ("nothing", "anything"),
    ("nobody", "anybody"),
    ("nowhere", "anywhere"),
    ("none", "any"),
    ("never", "ever"),
    ("no", "any"),
];

impl Rule for NegationOnce {
    fn name(&self) -> &'static str {
        "negation-once"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["negation-once"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence.predications().filter_map(|(_, group, _)| find_in(sentence, group)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let negation = group.negation?;
    let word = sentence.word(negation);
    let verb = group.finite()?;
    let edit = |tokens: std::ops::Range<usize>, text: &str, clue: usize| {
        Proposal::new(sentence, tokens, text, (OTHER, "negation-once"), 0.9)
            .with_clue(sentence.original(clue..clue + 1))
    };
    let contracted = word.ends_with("n't");
    // "hadn't never seen" → "had never seen".
    if contracted && sentence.word(negation + 1) == "never" {
        let plain = sentence.tokens[negation].lower.strip_suffix("n't")?;
        let plain = match plain {
            "wo" => "will",
            "ca" => "can",
            "do" | "does" | "did" => return None,
            other => other,
        };
        return Some(edit(negation..negation + 1, plain, negation + 1));
    }
    if !(contracted || word == "not" || word == "never") {
        return None;
    }
    // "Nobody in my class didn't know" → "knew".
    let clause = sentence.clause_at(verb)?;
    let negative =
        |at: usize| matches!(sentence.word(at), "nobody" | "nothing" | "none" | "no-one");
    let subject = sentence.subject_of(verb)?;
    let own = clause.tokens.contains(&subject.head)
        && clause.kind != crate::analysis::ClauseKind::Coordinate;
    if own
        && negative(subject.head)
        && words::is_do(sentence.tokens[verb].stem().trim_end_matches("n't"))
        && group.verbs.len() == 2
    {
        let lemma = &sentence.tokens[group.main()].lemma;
        let form = match sentence.word(verb).trim_end_matches("n't") {
            "did" => sentence.lexicon.past(lemma)?,
            "does" | "do" => sentence.lexicon.third(lemma),
            _ => return None,
        };
        return Some(edit(verb..group.main() + 1, &form, subject.head));
    }
    // "don't have nothing" → "anything"; not "not for nothing", "I can't do nothing but wait".
    let at = group.main() + 1;
    let at = at + usize::from(sentence.tagged(at, |tag| tag == crate::analysis::Tag::In));
    let (_, any) = NEGATIVES.iter().find(|(no, _)| sentence.word(at) == *no && *no != "never")?;
    let one = sentence.word(at) == "no"
        && matches!(sentence.word(at + 1), "one" | "longer" | "more" | "matter");
    let inside = clause.tokens.contains(&at) && sentence.word(at + 1) != "but" && word != "never";
    let for_nothing = sentence.word(at - 1) == "for";
    (inside && !one && !for_nothing).then(|| edit(at..at + 1, any, negation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn one_negative_is_left() {
        expect(
            &NegationOnce,
            &[
                ("I don't have nothing to wear.", "I don't have anything to wear."),
                ("She hadn't never seen snow.", "She had never seen snow."),
                ("Nobody didn't know the answer.", "Nobody knew the answer."),
            ],
        );
    }

    #[test]
    fn single_negatives_stay() {
        stays(
            &NegationOnce,
            "
            I don't have anything to wear.
            Nobody knew the answer.
            It was not for nothing that he came.
            We could do nothing.
            ",
        );
    }
}
