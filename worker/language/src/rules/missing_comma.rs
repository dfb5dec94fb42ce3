//! Commas that separate: after what opens a sentence (`However, …`, `When it rains, …`), before a `but` that begins a
//! new clause with its own subject (`…, but he …`), before a `which` that adds something.

use crate::{
    analysis::{ClauseKind, Sentence, Tag, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingComma;

const PUNCT: ErrantType = ErrantType::missing(Category::Punct);
/// Adverbs that open a sentence and comment on all of it.
const ADVERBS: &str = "however therefore moreover furthermore firstly secondly thirdly finally \
    additionally consequently unfortunately fortunately hence thus lastly similarly likewise personally obviously \
    generally actually indeed overall meanwhile nevertheless surprisingly luckily sadly hopefully first second third \
    also";
/// Phrases that open a sentence in the same way.
const PHRASES: &[&str] = &[
    "in conclusion",
    "in addition",
    "for example",
    "for instance",
    "on the other hand",
    "on the one hand",
    "as a result",
    "first of all",
    "in my opinion",
    "in my view",
    "in my point of view",
    "from my point of view",
    "in fact",
    "in general",
    "in contrast",
    "in other words",
    "in summary",
    "in short",
    "in particular",
    "in this case",
    "in this way",
    "to sum up",
    "to begin with",
    "last but not least",
    "of course",
    "after all",
    "at the same time",
    "for this reason",
    "because of this",
    "in the past",
    "in the future",
    "on the contrary",
    "in brief",
    "all in all",
    "as a consequence",
    "by the way",
    "after that",
    "in that case",
    "in the end",
    "at first",
    "in today's world",
    "in the beginning",
];
/// Conjunctions that open a clause in front of its main clause.
const OPENERS: &str =
    "if when although though because since while after before unless whenever once as";
/// More verbs after which a clause may be their object: "if I think he is", "if it is he who came".
const BEFORE_CLAUSE: &str = "be do have";
const PREPOSITIONS: &str = "in on at for as without after before during by with from to despite because among under \
    unlike due thanks instead throughout since until over";
/// Tokens of the longest phrase in front.
const LONGEST: usize = 10;
/// Words of the first clause before a conjunction needs its comma.
const LEAST: usize = 4;

impl Rule for MissingComma {
    fn name(&self) -> &'static str {
        "missing-comma"
    }

    fn stage(&self) -> Stage {
        Stage::Punctuation
    }

    fn messages(&self) -> &'static [&'static str] {
        &["comma-after-opening", "comma-before-clause"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut found: Vec<Proposal> = Vec::new();
        let opening = after_words(sentence)
            .or_else(|| after_clause(sentence))
            .or_else(|| after_phrase(sentence));
        found.extend(opening.map(|at| comma(sentence, at, "comma-after-opening")));
        let joined = (LEAST..sentence.tokens.len()).filter(|at| opens_clause(sentence, *at));
        found.extend(joined.map(|at| comma(sentence, at - 1, "comma-before-clause")));
        found
    }
}

/// A comma after token `at`.
fn comma(sentence: &Sentence, at: usize, message: &'static str) -> Proposal {
    let own = sentence.original(at..at + 1);
    let mut edit = Proposal::new(sentence, at..at + 1, own, (PUNCT, message), 0.85);
    edit.replacement = format!("{own},");
    edit
}

/// Connectives after which any beginning of a clause is set apart.
const STRONG: &str =
    "however therefore moreover furthermore consequently hence thus additionally nevertheless";

/// True where a phrase with a preposition or "even" begins after a connective: "Hence from the beginning …".
fn opens_strongly(sentence: &Sentence, next: usize) -> bool {
    sentence.word(next) == "even"
        || sentence.tagged(next, |tag| tag == Tag::In)
            && !words::among("than of", sentence.word(next))
}

/// The last token of words that open the sentence, where a clause with its subject follows at once.
fn after_words(sentence: &Sentence) -> Option<usize> {
    let from = usize::from(matches!(sentence.at(0, 0), "and" | "but" | "so"));
    let adverb = words::among(ADVERBS, sentence.word(from)).then_some(1);
    let phrase = || {
        PHRASES
            .iter()
            .find(|phrase| {
                phrase.split(' ').enumerate().all(|(i, word)| sentence.word(from + i) == word)
            })
            .map(|phrase| phrase.split(' ').count())
    };
    let length = phrase().or(adverb)?;
    let next = from + length;
    // "First they …" is good too; "Second thoughts", "The first students": only a pronoun or "there" shows a clause.
    let weak = words::among("first second third also", sentence.word(from));
    let strong = words::among(STRONG, sentence.word(from));
    let subject = strong && opens_strongly(sentence, next)
        || sentence.tagged(next, |tag| matches!(tag, Tag::Prp | Tag::Ex))
        || words::is_nominative(sentence.word(next))
        || (!weak || sentence.word(from) == "also")
            && sentence.tagged(next, |tag| {
                matches!(tag, Tag::Dt | Tag::PrpPossessive | Tag::Nns | Tag::Nnp)
            })
        || !weak && words::among("if when because although", sentence.word(next));
    (subject && sentence.predications().any(|(_, group, _)| group.tokens.start > next))
        .then(|| next - 1)
}

/// The last token of a clause in front of its main clause, where the main clause begins with a pronoun.
fn after_clause(sentence: &Sentence) -> Option<usize> {
    let from = usize::from(matches!(sentence.at(0, 0), "and" | "but" | "so"));
    if !words::among(OPENERS, sentence.word(from)) {
        return None;
    }
    let front = sentence.clauses.iter().find(|clause| clause.opener == Some(from))?;
    let verb = sentence.predicate(front)?;
    let marks = |range: std::ops::Range<usize>| {
        sentence.tokens[range].iter().any(|token| token.tag.is_mark())
    };
    (verb.tokens.end..sentence.tokens.len()).find_map(|at| {
        let before = sentence.tag(at - 1)?;
        let pronoun = words::is_nominative(sentence.word(at))
            || matches!(sentence.word(at), "you" | "it" | "there");
        let verb_next = sentence.finite_begins(at + 1);
        // What stands before must be able to end a clause: "if I know you are", "because of what he".
        let closes = matches!(
            before,
            Tag::Nn
                | Tag::Nns
                | Tag::Nnp
                | Tag::Rb
                | Tag::Jj
                | Tag::Cd
                | Tag::Rp
                | Tag::Vbn
                | Tag::Vbg
                | Tag::Prp
        ) || at == verb.tokens.end
            && !words::takes_clause(&sentence.tokens[verb.main()].lemma)
            && !words::among(BEFORE_CLAUSE, &sentence.tokens[verb.main()].lemma);
        let closes = closes
            && !words::opens_clause(sentence.word(at - 1))
            && !words::among("and or than as not then", sentence.word(at - 1))
            && sentence.clause_at(at - 1).is_none_or(|clause| clause.opener != Some(at - 1));
        let relative =
            sentence.clause_at(at).is_some_and(|clause| clause.kind == ClauseKind::Relative);
        (pronoun && verb_next && closes && !relative && !marks(from..at)).then_some(at - 1)
    })
}

/// The last token of a phrase with a preposition that opens the sentence, where a pronoun and its verb follow: "In such
/// cases we wait".
fn after_phrase(sentence: &Sentence) -> Option<usize> {
    let from = usize::from(matches!(sentence.at(0, 0), "and" | "but" | "so" | "then"));
    let from = from + usize::from(matches!(sentence.word(from), "even" | "only" | "just" | "then"));
    if !words::among(PREPOSITIONS, sentence.word(from)) {
        return None;
    }
    let end = sentence.tokens.len().min(from + LONGEST);
    let at = (from + 2..end).find(|at| {
        words::is_nominative(sentence.word(*at))
            || matches!(sentence.word(*at), "you" | "there")
            || sentence.slips > 0 && sentence.word(*at) == "it"
    })?;
    let verb = sentence.finite_begins(at + 1);
    let plain = (from + 1..at).all(|i| {
        sentence.tagged(i, |tag| {
            tag.is_noun()
                || tag.is_adjective()
                || matches!(tag, Tag::Dt | Tag::PrpPossessive | Tag::Cd | Tag::In | Tag::Pdt)
        }) && !words::opens_clause(sentence.word(i))
    });
    let ends = sentence.tagged(at - 1, |tag| tag.is_noun() || tag == Tag::Cd);
    // Short phrases may stand without a comma: "In 2010 he moved".
    let long = at - from >= 4 || sentence.slips > 0;
    (verb && plain && ends && long).then_some(at - 1)
}

/// True where `but`, `so` or `and` at `at` begins a clause with a pronoun and its verb, after a whole clause.
fn opens_clause(sentence: &Sentence, at: usize) -> bool {
    let conjunction = sentence.word(at);
    if sentence.tagged(at - 1, Tag::is_mark) {
        return false;
    }
    if conjunction == "which" {
        return adds(sentence, at);
    }
    let subject = match conjunction {
        // Good writers leave these out as well: only where there are slips the comma is asked for.
        "but" if sentence.slips > 0 => sentence
            .tagged(at + 1, |tag| matches!(tag, Tag::Prp | Tag::Ex | Tag::PrpPossessive | Tag::Dt)),
        "so" if sentence.slips > 0 => {
            words::is_nominative(sentence.word(at + 1))
                || matches!(sentence.word(at + 1), "it" | "there")
        }
        _ => false,
    };
    if !subject {
        return false;
    }
    let own = sentence.clauses.iter().find(|clause| {
        clause.opener == Some(at) && clause.kind == ClauseKind::Coordinate && clause.verb.is_some()
    });
    let Some(own) = own else { return false };
    // "Both he and I went", "she and I are": the subject before must have its own verb in a main clause.
    let Some(before) = own.parent.and_then(|parent| sentence.clauses.get(parent)) else {
        return false;
    };
    let main = matches!(before.kind, ClauseKind::Main | ClauseKind::Coordinate);
    let finite =
        sentence.predicate(before).is_some_and(|group| group.is_finite() && group.tokens.end <= at);
    let subject = sentence.subject_of_clause(before).is_some();
    let length = at - before.tokens.start;
    main && finite && subject && length >= LEAST
}

/// True where `which` at `at` adds something about all that was said: a verb follows it, and a noun or an adverb that
/// is no complement of a preposition stands before.
fn adds(sentence: &Sentence, at: usize) -> bool {
    let verb =
        words::among("is was means makes made has had will can would could", sentence.word(at + 1));
    let Some(phrase) = sentence.noun_phrase_at(at - 1) else { return false };
    let name = phrase.is_name();
    let definite = phrase.is_definite()
        && !words::among("the that those this these", sentence.word(phrase.tokens.start));
    verb && (name || definite)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn what_opens_a_sentence_is_set_apart() {
        expect(
            &MissingComma,
            &[
                ("However I still like my job.", "However, I still like my job."),
                ("Also the work is hard.", "Also, the work is hard."),
                ("Hence from the beginning they learn.", "Hence, from the beginning they learn."),
                (
                    "In my opinion students need more sleep.",
                    "In my opinion, students need more sleep.",
                ),
                ("When it rains I stay at home.", "When it rains, I stay at home."),
                (
                    "If you are tired you should go to bed.",
                    "If you are tired, you should go to bed.",
                ),
            ],
        );
    }

    #[test]
    fn a_new_clause_is_set_apart() {
        expect(
            &MissingComma,
            &[(
                "I wants to go with them but my mother was ill.",
                "I want to go with them, but my mother was ill.",
            )],
        );
    }

    #[test]
    fn what_belongs_together_stays() {
        stays(
            &MissingComma,
            "
            However hard you try, it will not open.
            First impressions are important.
            He is poor but happy.
            He is so tired that he sleeps.
            She knows what he and I did.
            I stay at home when it rains.
            After school we play football.
            If only I knew!
            ",
        );
    }
}
