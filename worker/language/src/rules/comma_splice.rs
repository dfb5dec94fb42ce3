//! Two main clauses need more than a comma, or than nothing: `I was tired. I went home`, not `I was tired, I went home`.

use crate::{
    analysis::{Clause, ClauseKind, Sentence, Tag, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::ops::Range;

pub struct CommaSplice;

const PUNCT: ErrantType = ErrantType::replacement(Category::Punct);
/// More verbs whose object may follow a comma or nothing: "I think, he is right"; "She said he was ill".
const SAYING: &str = "ask reply answer shout remember show explain write add agree admit claim notice decide imagine \
    seem make let remind promise";

/// True where what follows the predicate may be its object.
fn may_take_clause(sentence: &Sentence, verb: usize) -> bool {
    let lemma = &sentence.tokens[verb].lemma;
    words::takes_clause(lemma) || words::among(SAYING, lemma)
}

impl Rule for CommaSplice {
    fn name(&self) -> &'static str {
        "run-on-sentence"
    }

    fn stage(&self) -> Stage {
        Stage::Punctuation
    }

    fn messages(&self) -> &'static [&'static str] {
        &["comma-splice", "run-on"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        // Lists of clauses are a matter of style: "I came, I saw, I conquered".
        let inner = sentence.tokens.split_last().map_or(&[][..], |(_, inner)| inner);
        let commas = inner.iter().filter(|token| token.tag.is_mark()).count();
        let found = match commas {
            1 | 2 if joined_by_adverb(sentence).is_some() => joined_by_adverb(sentence),
            0 => run_on(sentence),
            1 => splice(sentence),
            _ => None,
        };
        found.into_iter().collect()
    }
}

/// A clause that could be a sentence: its own subject, a finite verb, nothing that makes it a part of another.
fn is_whole(sentence: &Sentence, range: Range<usize>) -> bool {
    let opens = sentence.word(range.start);
    let part = words::opens_clause(opens)
        || words::among(
            "since before after as until unless once who which whose whom like whenever and or the-more either neither not only hardly never had were should please let in on at by for from with during",
            opens,
        )
        || sentence.tagged(range.start, |tag| {
            matches!(
                tag,
                Tag::Wp
                    | Tag::Wrb
                    | Tag::Wdt
                    | Tag::Rb
                    | Tag::Vb
                    | Tag::Vbg
                    | Tag::Vbn
                    | Tag::To
                    | Tag::Uh
                    | Tag::Cc
            )
        });
    !part
        && sentence.predications().any(|(clause, group, subject)| {
            let main = matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate);
            let own = subject.is_some_and(|subject| {
                range.contains(&subject.tokens.start) && subject.tokens.end <= group.tokens.start
            });
            main && group.is_finite() && !group.inverted && range.contains(&group.main()) && own
        })
}

/// The main verb of the last finite group of a stretch.
fn says(sentence: &Sentence, range: Range<usize>) -> bool {
    let mut groups = sentence.verb_groups.iter().filter(|group| range.contains(&group.main()));
    groups.next_back().is_none_or(|group| {
        group.tokens.end + 1 >= range.end && may_take_clause(sentence, group.main())
    })
}

fn splice(sentence: &Sentence) -> Option<Proposal> {
    let comma = sentence.tokens.iter().position(|token| token.lower == ",")?;
    let end = sentence.tokens.len();
    let (left, right) = (0..comma, comma + 1..end);
    let subject = comma + 1;
    let begins = words::is_nominative(sentence.word(subject))
        || matches!(sentence.word(subject), "it" | "this" | "there")
        || sentence.tagged(subject, |tag| matches!(tag, Tag::PrpPossessive | Tag::Dt | Tag::Nns))
            && sentence
                .noun_phrase_at(subject)
                .is_some_and(|phrase| sentence.finite_begins(phrase.tokens.end));
    // "You know, he is right", "The sooner we go, the better it is", "He came early, didn't he?"
    let comparative =
        sentence.word(0) == "the" && sentence.tagged(1, |tag| matches!(tag, Tag::Jjr | Tag::Rbr));
    let questions = sentence.tokens.last().is_some_and(|last| last.lower == "?");
    // "All things considered, it was good": a participle, no clause.
    let absolute = sentence.word(0) == "all" && sentence.word(1) == "things";
    if absolute || !begins || comparative || questions || comma < 3 || end - comma < 4 {
        return None;
    }
    // "It is late, I believe".
    let aside = sentence.predications().any(|(_, group, _)| {
        right.contains(&group.main())
            && group.main() + 2 >= end
            && may_take_clause(sentence, group.main())
    });
    // "…, I think I read about it": what is added says how sure the first part is.
    let hedge = sentence.word(subject) == "i"
        && words::among("think believe guess suppose hope mean", sentence.word(subject + 1));
    if aside || hedge {
        return None;
    }
    if says(sentence, left.clone()) && comma < 5
        || !is_whole(sentence, left)
        || !is_whole(sentence, right)
    {
        return None;
    }
    Some(parted(sentence, comma..subject + 1, "comma-splice", 0.82))
}

/// "It saves time, however, you cannot check": an adverb joins no clauses.
fn joined_by_adverb(sentence: &Sentence) -> Option<Proposal> {
    let at = (3..sentence.tokens.len().saturating_sub(4)).find(|at| {
        words::among("however moreover furthermore nevertheless", sentence.word(*at))
            && sentence.at(*at, -1) == ","
    })?;
    let right = at + 1 + usize::from(sentence.word(at + 1) == ",");
    let left = sentence.predications().any(|(clause, group, _)| {
        clause.kind == ClauseKind::Main && group.is_finite() && group.main() < at
    }) && !words::opens_clause(sentence.word(0));
    let whole = left
        && sentence
            .predications()
            .any(|(_, group, _)| group.is_finite() && !group.inverted && group.main() > right);
    let subject = sentence.noun_phrase_at(right).is_some_and(|phrase| {
        phrase.tokens.start == right && sentence.finite_begins(phrase.tokens.end)
    });
    (whole && subject).then(|| parted(sentence, at - 1..at + 1, "comma-splice", 0.85))
}

/// "He likes football he plays it": a pronoun that can only be a subject, with its verb, after a whole clause.
fn run_on(sentence: &Sentence) -> Option<Proposal> {
    let at = (3..sentence.tokens.len().saturating_sub(2)).find(|at| {
        let pronoun = words::is_nominative(sentence.word(*at)) && sentence.finite_begins(at + 1);
        let time =
            sentence.times.iter().any(|time| time.tokens.end == *at && time.tokens.start > 0);
        let object =
            words::among("me him us them it here there home well too", sentence.word(at - 1));
        let again = sentence.tokens[at + 1..]
            .iter()
            .take(5)
            .any(|token| matches!(&*token.lower, "it" | "them"))
            && sentence.noun_phrase_at(at - 1).is_some_and(|phrase| phrase.is_bare());
        // "My phone broke I couldn't call": a verb without object right before, and no verb that takes a clause.
        let done = sentence.verb_group_at(at - 1).is_some_and(|group| {
            group.main() == at - 1
                && group.is_finite()
                && group.is_simple()
                && sentence.tagged(at - 1, |tag| tag == Tag::Vbd)
                && !words::among(SAYING, &sentence.tokens[at - 1].lemma)
        }) && sentence.clauses.first().is_some_and(|clause| clause.verb.is_some());
        pronoun && !sentence.tagged(at - 1, Tag::is_mark) && (time || object || again || done)
    })?;
    let joined = |clause: &Clause| clause.opener.is_some_and(|opener| opener < at);
    let free = !sentence.clauses.iter().any(joined);
    let whole = is_whole(sentence, 0..at);
    (free && whole && !says(sentence, 0..at) && sentence.tagged(0, |tag| tag != Tag::In))
        .then(|| parted(sentence, at - 1..at + 1, "run-on", 0.8))
}

/// The tokens with a full stop between the last two: `dead, I` → `dead. I`.
fn parted(
    sentence: &Sentence,
    tokens: Range<usize>,
    message: &'static str,
    confidence: f64,
) -> Proposal {
    let last = tokens.end - 1;
    let next = sentence.original(last..last + 1);
    let capital: String =
        next.chars().take(1).flat_map(char::to_uppercase).chain(next.chars().skip(1)).collect();
    let first = sentence.original(tokens.start..last);
    let before = if first == "," { "" } else { first };
    let mut edit = Proposal::new(sentence, tokens, "x", (PUNCT, message), confidence);
    edit.replacement = format!("{before}. {capital}");
    edit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn whole_clauses_become_sentences() {
        expect(
            &CommaSplice,
            &[
                (
                    "The battery was dead, I couldn't call you.",
                    "The battery was dead. I couldn't call you.",
                ),
                (
                    "Hanoi is crowded, my hometown is quiet.",
                    "Hanoi is crowded. My hometown is quiet.",
                ),
                (
                    "It was very hot yesterday we stayed at home.",
                    "It was very hot yesterday. We stayed at home.",
                ),
            ],
        );
    }

    #[test]
    fn parts_of_one_sentence_stay() {
        stays(
            &CommaSplice,
            "
            When it rains, I stay at home.
            In 2010, he moved to Hue.
            You know, he is right.
            He said, it was late.
            I was tired, so I went to bed.
            The sooner we leave, the better it is.
            I came, I saw, I conquered.
            It is cold, isn't it?
            However, they came home late.
            I think the man she loves is rich.
            If you come, we will eat.
            Sitting in the garden, he read a book.
            I know the day he was born.
            ",
        );
    }
}
