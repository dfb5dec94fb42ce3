//! Agreement where the subject lies far off or is a verb itself: `The man who lives next door works`, `Learning new words is`,
//! `He eats dinner and watches TV`.

use crate::{
    analysis::{
        Clause, ClauseKind, Person, Sentence, Subject, Tag, VerbGroup,
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
    let shown = sentence.tagged(from, |tag| {
        matches!(tag, Tag::Dt | Tag::PrpPossessive | Tag::In | Tag::Prp | Tag::To)
    }) || words::among(LEARNERS_GERUNDS, sentence.word(0))
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
