//! Agreement where the subject lies far off or is a verb itself: `The man who lives next door works`, `Learning new words is`,
//! `He eats dinner and watches TV`.

use crate::{
    analysis::{
        Clause, ClauseKind, Person, Sentence, Subject, Tag, VerbGroup, countability,
        facts::Facts,
        subjects::SubjectKind,
        verb_groups::{Aspect, Tense},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct DistantAgreement;

const SVA: ErrantType = ErrantType::replacement(Category::VerbSva);

impl Rule for DistantAgreement {
    fn name(&self) -> &'static str {
        "distant-agreement"
    }

    fn stage(&self) -> Stage {
        Stage::Agreement
    }

    fn messages(&self) -> &'static [&'static str] {
        &["agreement-distant", "agreement-clause", "agreement-joined"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut found: Vec<Proposal> = sentence
            .predications()
            .filter_map(|(clause, group, subject)| {
                let subject = subject.filter(|subject| !subject.is_certain)?;
                after_relative(sentence, clause, group, subject)
                    .or_else(|| of_clause(sentence, clause, group, subject))
            })
            .collect();
        found.extend(at_distance(sentence));
        found.extend(alternative(sentence));
        found.extend(of_gerund(sentence));
        found.extend(joined(sentence));
        found.extend(but_also(sentence));
        found
    }
}

/// The form of a present verb for a person, where it is another than the one that stands.
fn corrected(sentence: &Sentence, group: &VerbGroup, person: Person) -> Option<String> {
    let verb = group.finite()?;
    let word = sentence.word(verb);
    let third = person == Person::Third;
    let form = match (word, third) {
        ("are", true) => "is".to_owned(),
        ("were", true) => "was".to_owned(),
        ("have", true) => "has".to_owned(),
        ("do", true) => "does".to_owned(),
        ("don't", true) => "doesn't".to_owned(),
        ("aren't", true) => "isn't".to_owned(),
        ("is", false) => "are".to_owned(),
        ("was", false) => "were".to_owned(),
        ("has", false) => "have".to_owned(),
        ("does", false) => "do".to_owned(),
        ("doesn't", false) => "don't".to_owned(),
        _ if third && is_plain(sentence, verb) => sentence.lexicon.third(word),
        _ if !third
            && sentence.has(verb, Facts::THIRD | Facts::USUAL_VERB)
            && !sentence.has(verb, Facts::BASE) =>
        {
            sentence.tokens[verb].lemma.clone()
        }
        _ => return None,
    };
    let sure = group.modal().is_none()
        && !group.inverted
        && sentence.tokens[verb].clitic().is_none()
        && !sentence.is_capitalised(verb);
    sure.then_some(form)
}

fn is_plain(sentence: &Sentence, verb: usize) -> bool {
    sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && !sentence.has(verb, Facts::PAST)
        && !words::is_be(sentence.word(verb))
        && !sentence.tokens[verb].is_auxiliary()
}

fn proposal(
    sentence: &Sentence,
    group: &VerbGroup,
    person: Person,
    message: &'static str,
    clue: std::ops::Range<usize>,
) -> Option<Proposal> {
    let verb = group.finite()?;
    let form = corrected(sentence, group, person)?;
    let edit = Proposal::new(sentence, verb..verb + 1, &form, (SVA, message), 0.88);
    Some(edit.with_clue(sentence.original(clue)))
}

/// "The man who lives next to my parents work": one relative clause between the subject and its verb.
fn after_relative(
    sentence: &Sentence,
    clause: &Clause,
    group: &VerbGroup,
    subject: &Subject,
) -> Option<Proposal> {
    let number = subject.phrase?;
    let phrase = sentence.noun_phrases.get(number)?;
    let main = clause.kind == ClauseKind::Main && subject.kind == SubjectKind::Phrase;
    let mut inner = sentence.clauses.iter().filter(|other| {
        other.tokens.start > clause.tokens.start && other.tokens.start < group.tokens.start
    });
    let relative = inner.next()?;
    let between = sentence.predicate(relative)?;
    let direct = relative.antecedent == Some(number)
        && relative.tokens.start == phrase.tokens.end
        && relative.opener.is_some()
        && relative.tokens.end == group.tokens.start
        && inner.next().is_none();
    // "The man who helps my parents work", "who says they are": the verb may be inside.
    let takes_verb = words::among(
        "help make let see hear watch have say think know believe feel tell hope mean want",
        &sentence.tokens[between.main()].lemma,
    );
    let opens = phrase.tokens.start == 0
        || phrase.tokens.start.checked_sub(1).is_some_and(|at| {
            sentence.tagged(at, Tag::is_mark)
                || matches!(sentence.word(at), "because" | "that" | "but" | "and")
        });
    let singular = phrase.determiner.is_some_and(|at| {
        words::among("a an the my your his her our their this every each", sentence.word(at))
    });
    let person = match subject.person {
        Person::Third if singular => Person::Third,
        Person::Plural if phrase.is_plural() => Person::Plural,
        _ => return None,
    };
    if !main
        || !direct
        || takes_verb
        || !opens
        || group.tense() != Some(Tense::Present) && !words::is_be(sentence.word(group.finite()?))
    {
        return None;
    }
    proposal(sentence, group, person, "agreement-distant", phrase.tokens.clone())
}

/// "The list of books that our teacher recommended are", "My aunt, who has two shops, sell": nothing but what describes
/// the subject stands between it and its verb.
fn at_distance(sentence: &Sentence) -> Option<Proposal> {
    let clause = sentence.clauses.first().filter(|clause| clause.kind == ClauseKind::Main)?;
    let group = sentence.predicate(clause).filter(|group| group.is_finite() && !group.inverted)?;
    let verb = group.finite()?;
    // "According to the report, the number of": what stands in front ends with its comma.
    let comma = (1..verb.min(8)).find(|at| sentence.tag(*at) == Some(Tag::Comma)).filter(|comma| {
        matches!(sentence.tag(0), Some(Tag::In | Tag::Rb | Tag::Vbg))
            && sentence.noun_phrase_at(comma + 1).is_some()
    });
    let start = comma.map_or(0, |comma| comma + 1);
    let subject = sentence.noun_phrase_at(start).filter(|phrase| phrase.tokens.start == start)?;
    if subject.tokens.end >= verb
        || subject.is_pronoun()
        || sentence.subject_of(verb).is_some_and(|own| own.is_certain)
    {
        return None;
    }
    let timed = sentence.times.iter().any(|time| time.tokens.contains(&subject.head));
    let in_relative = |at: usize| {
        sentence.clauses.iter().any(|inner| {
            inner.kind == ClauseKind::Relative
                && inner.opener.is_some()
                && inner.tokens.start > 0
                && inner.tokens.start < verb
                && inner.tokens.contains(&at)
        })
    };
    let described = (subject.tokens.end..verb).all(|at| {
        in_relative(at)
            || sentence.tag(at) == Some(Tag::In) && !words::opens_clause(sentence.word(at))
            || sentence.tagged(at, Tag::is_adverb)
            || sentence.tag(at) == Some(Tag::Vbn) && sentence.tag(at + 1) == Some(Tag::In)
            || sentence
                .noun_phrase_at(at)
                .is_some_and(|phrase| phrase.tokens.end <= verb && !phrase.is_pronoun())
            || sentence.tag(at) == Some(Tag::Comma) && (in_relative(at - 1) || in_relative(at + 1))
    });
    let relative = (subject.tokens.end..verb).any(in_relative);
    // Two nouns side by side, or a list: which of them is the subject is open.
    let joined = (start..verb).any(|at| {
        matches!(sentence.word(at), "and" | "or" | "&") && !in_relative(at)
            || sentence.tag(at) == Some(Tag::Comma) && !relative
    });
    let beside = sentence.noun_phrases.windows(2).any(|pair| {
        pair[0].tokens.end == pair[1].tokens.start
            && pair[1].tokens.end <= verb
            && pair[0].tokens.start >= start
            && !in_relative(pair[1].head)
    });
    let of = (sentence.word(subject.tokens.end) == "of")
        .then(|| sentence.noun_phrase_at(subject.tokens.end + 1))
        .flatten();
    let head = sentence.word(subject.head);
    let person = match of {
        Some(of)
            if words::among("most all some half rest part none majority lot lots plenty", head) =>
        {
            if of.is_plural() {
                Person::Plural
            } else if of.is_uncountable() || sentence.has(of.head, Facts::MASS) && of.is_definite()
            {
                Person::Third
            } else {
                return None;
            }
        }
        Some(of) if head == "one" && of.is_plural() => Person::Third,
        _ if head == "number" && sentence.word(start) == "the" => Person::Third,
        _ if subject.number == crate::analysis::noun_phrases::Number::Either
            || countability::is_collective(head) =>
        {
            return None;
        }
        _ if subject.is_plural() => Person::Plural,
        _ if subject.is_definite() || subject.determiner.is_some() => Person::Third,
        _ => return None,
    };
    // A plural subject and a plain verb need certainty that the verb is that of the main clause.
    let near = !relative && of.is_none() && verb - subject.tokens.end > 4;
    let present = group.tense() == Some(Tense::Present) || words::is_be(sentence.word(verb));
    if timed || !described || joined || beside || near || !present || clause.is_doubtful {
        return None;
    }
    proposal(sentence, group, person, "agreement-distant", subject.tokens.clone())
}

/// "Neither my brother nor my sister know": the nearer of two decides.
fn alternative(sentence: &Sentence) -> Option<Proposal> {
    let clause = sentence.clauses.first()?;
    let group = sentence.predicate(clause).filter(|group| group.is_finite() && !group.inverted)?;
    let verb = group.finite()?;
    let link = match sentence.word(0) {
        "neither" => "nor",
        "either" => "or",
        _ => return None,
    };
    let at = (1..verb).find(|at| sentence.word(*at) == link)?;
    let near = sentence.noun_phrase_at(at + 1).filter(|phrase| {
        phrase.tokens.start == at + 1
            && phrase.tokens.end == group.tokens.start
            && phrase.determiner.is_some()
    })?;
    let person = if near.is_plural() { Person::Plural } else { Person::Third };
    let present = group.tense() == Some(Tense::Present) || words::is_be(sentence.word(verb));
    present
        .then(|| proposal(sentence, group, person, "agreement-distant", near.tokens.clone()))
        .flatten()
}

/// "What he said make me sad": a clause is one thing; "What I need are friends" follows what comes after.
fn of_clause(
    sentence: &Sentence,
    clause: &Clause,
    group: &VerbGroup,
    subject: &Subject,
) -> Option<Proposal> {
    let verb = group.finite()?;
    let asked = sentence.tagged(subject.tokens.start, |tag| matches!(tag, Tag::Wp | Tag::Wrb));
    let object = sentence.noun_phrase_at(verb + 1).is_some_and(|phrase| {
        phrase.tokens.start == verb + 1 && (phrase.is_pronoun() || phrase.determiner.is_some())
    });
    let told = subject.kind == SubjectKind::Clausal
        && clause.kind == ClauseKind::Main
        && asked
        && is_plain(sentence, verb)
        && words::among("make help give show surprise mean cause", &sentence.tokens[verb].lemma)
        && object;
    if !told {
        return None;
    }
    proposal(sentence, group, Person::Third, "agreement-clause", subject.tokens.clone())
}

/// "Learning new words are not easy", "Swimming in the sea make me happy": the sentence begins with its subject, a verb.
fn of_gerund(sentence: &Sentence) -> Option<Proposal> {
    let gerund = sentence.verb_groups.first()?;
    let start = gerund.tokens.start;
    let ing = sentence.tagged(0, |tag| tag == Tag::Vbg) && start == 0 && gerund.verbs.len() == 1;
    let to = gerund.to == Some(0);
    if words::among(NO_SUBJECTS, sentence.word(0)) {
        return None;
    }
    let group = sentence.verb_groups.get(1).filter(|group| group.is_finite())?;
    let verb = group.finite()?;
    if !(ing || to) || verb > 9 {
        return None;
    }
    let from = gerund.main() + 1;
    // "Growing children need", "Playing cards are": after -ing a bare noun may be what is described.
    // "Playing video games for many hours make": a plural object behind the tag of a verb is no subject of "make".
    let makes = words::among("make help give cause take cost", &sentence.tokens[verb].lemma);
    let shown = makes
        || sentence.tagged(from, |tag| {
            matches!(tag, Tag::Dt | Tag::PrpPossessive | Tag::In | Tag::Prp | Tag::To)
        })
        || words::among(LEARNERS_GERUNDS, sentence.word(0))
            && (words::among(THEIR_OBJECTS, sentence.word(from))
                || sentence.tagged(from, |tag| tag == Tag::Jj));
    let apart = (from..verb).any(|at| {
        sentence.tagged(at, Tag::is_mark)
            || matches!(sentence.word(at), "and" | "or" | "that" | "who" | "which")
            || sentence.verb_group_at(at).is_some()
    });
    if !shown || apart || group.tense() != Some(Tense::Present) {
        return None;
    }
    proposal(sentence, group, Person::Third, "agreement-clause", 0..verb)
}

/// Forms in -ing that open a condition or say about what.
const NO_SUBJECTS: &str =
    "supposing considering regarding providing assuming including following according concerning";
const LEARNERS_GERUNDS: &str =
    "learning playing reading watching eating doing drinking speaking studying";
const THEIR_OBJECTS: &str = "english languages games sports football books newspapers tv movies films vegetables fruit \
    exercise exercises homework housework water";

/// "He goes home, eats dinner and watch TV": a row of verbs that one third person shares.
fn joined(sentence: &Sentence) -> Option<Proposal> {
    let (clause, group, subject) = sentence.predications().find(|(clause, group, subject)| {
        clause.kind == ClauseKind::Coordinate
            && group.aspect == Aspect::Simple
            && clause.opener.is_some_and(|at| matches!(sentence.word(at), "and" | "but"))
            && subject.is_some_and(|subject| subject.person == Person::Third && !subject.is_certain)
    })?;
    let subject = subject?;
    let verb = group.finite()?;
    let opener = clause.opener?;
    let first = sentence.clauses.get(clause.parent?)?;
    let shared = first.kind == ClauseKind::Main && first.tokens.contains(&subject.head);
    let adverbs = (opener + 1..verb).all(|at| sentence.tagged(at, Tag::is_adverb));
    // Every verb of the row stands in the third person.
    let row: Vec<&VerbGroup> = sentence
        .verb_groups
        .iter()
        .filter(|own| own.is_finite() && first.tokens.contains(&own.main()))
        .collect();
    let third = !row.is_empty()
        && row.iter().all(|own| {
            own.finite().is_some_and(|at| {
                sentence.tagged(at, |tag| tag == Tag::Vbz) && own.is_simple() && !own.inverted
            })
        });
    let objectless = sentence.verb_groups.iter().all(|own| {
        own.is_finite() || own.tokens.start > verb || own.tokens.end < first.tokens.start
    });
    let alone = shared
        && adverbs
        && third
        && objectless
        && is_plain(sentence, verb)
        && sentence.tagged(verb, |tag| matches!(tag, Tag::Vb | Tag::Vbp));
    if !alone {
        return None;
    }
    proposal(sentence, group, Person::Third, "agreement-joined", subject.tokens.clone())
}

/// "She not only sings but also dance": both verbs of the pair agree.
fn but_also(sentence: &Sentence) -> Option<Proposal> {
    let end = sentence.tokens.len().saturating_sub(3);
    let only =
        (1..end).find(|at| sentence.word(*at) == "not" && sentence.word(at + 1) == "only")?;
    let third = sentence.tagged(only + 2, |tag| tag == Tag::Vbz)
        && !sentence.tokens[only + 2].is_auxiliary();
    let but = (only + 3..(only + 12).min(end + 1)).find(|at| sentence.word(*at) == "but")?;
    let verb = but + 1 + usize::from(sentence.word(but + 1) == "also");
    let plain = is_plain(sentence, verb) && sentence.tagged(verb, |tag| tag != Tag::Nns);
    if !third || !plain {
        return None;
    }
    let form = sentence.lexicon.third(sentence.word(verb));
    let kind = (SVA, "agreement-joined");
    let edit = Proposal::new(sentence, verb..verb + 1, &form, kind, 0.9);
    Some(edit.with_clue(sentence.original(only - 1..only)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn far_subjects_agree() {
        expect(
            &DistantAgreement,
            &[
                (
                    "The man who lives next to my parents work in a bank.",
                    "The man who lives next to my parents works in a bank.",
                ),
                (
                    "The book that I bought yesterday are interesting.",
                    "The book that I bought yesterday is interesting.",
                ),
                ("Learning new words are not easy.", "Learning new words is not easy."),
                ("Swimming in the sea make me happy.", "Swimming in the sea makes me happy."),
                (
                    "He goes home, eats dinner and watch TV.",
                    "He goes home, eats dinner and watches TV.",
                ),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &DistantAgreement,
            "
            The people who live here are kind.
            What he saw surprised him.
            Growing children need sleep.
            He helps his mother cook and wash.
            The man who helps my parents work is kind.
            ",
        );
    }
}
