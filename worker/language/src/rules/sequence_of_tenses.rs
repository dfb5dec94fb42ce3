//! Verbs that tell one story share the past: `She opened the door, looked around and started to cry`; `When we arrived, it
//! was late`; `since he moved`.

use crate::{
    analysis::{
        Clause, ClauseKind, Person, Sentence, Subject, Tag, VerbGroup,
        facts::Facts,
        time_expressions::TimeKind,
        verb_groups::{Aspect, Tense},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct SequenceOfTenses;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
/// Verbs that tell of what holds, not of what happens: "I met a man who likes tea".
const STATES: &str = "be have like love hate know think believe want need mean live work cost belong seem look \
    contain say tell hope prefer understand remember feel expect suppose guess present agree";

impl Rule for SequenceOfTenses {
    fn name(&self) -> &'static str {
        "sequence-of-tenses"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["past-beside-past"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let predications: Vec<_> = sentence.predications().collect();
        let mut found = Vec::new();
        for (at, (clause, group, subject)) in predications.iter().enumerate() {
            let before = predications[..at].iter().rev();
            let after = predications[at + 1..].iter();
            let told = before.chain(after).find(|(other, verbs, _)| {
                in_past(verbs)
                    && (shares_story(sentence, (other, verbs), (clause, group))
                        || disagrees(sentence, group, *subject)
                            && tells_on(sentence, (other, verbs), (clause, group)))
            });
            let Some((_, told, _)) = told else { continue };
            found.extend(into_past(sentence, clause, group, *subject, told));
        }
        let listed = (3..sentence.tokens.len()).filter_map(|at| in_list(sentence, at));
        for edit in listed {
            if found.iter().all(|other| other.tokens != edit.tokens) {
                found.push(edit);
            }
        }
        found.sort_by_key(|edit| edit.tokens.start);
        found
    }
}

/// "She put on her coat, open the door and walk out": a plain verb in a row of deeds whose first is past.
fn in_list(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let mut joint = at - 1;
    while joint > 0 && matches!(sentence.word(joint), "then" | "suddenly" | "quickly") {
        joint -= 1;
    }
    if !matches!(sentence.word(joint), "and" | "," | "then") || sentence.is_capitalised(at) {
        return None;
    }
    let token = &sentence.tokens[at];
    let next = sentence.tokens.get(at + 1)?;
    let goes_on = words::is_determiner(&next.lower)
        || matches!(next.tag, Tag::In | Tag::Rp | Tag::To | Tag::Prp | Tag::Rb)
        || words::among("me him her us them it", &next.lower)
        || words::among("home away out back off up down over", &next.lower);
    let plain = token.facts.has(Facts::BASE | Facts::USUAL_VERB)
        && !token.facts.any(Facts::PAST | Facts::PREPOSITION)
        && !token.is_auxiliary()
        && (token.tag.is_verb()
            || token.facts.has(Facts::RATHER_VERB)
            || words::is_determiner(&next.lower) && !token.facts.has(Facts::USUAL_ADJECTIVE));
    let before = sentence.verb_groups.iter().filter(|group| group.tokens.end <= joint);
    let last = before.clone().next_back()?;
    let told = |group: &VerbGroup| {
        group.tense() == Some(Tense::Past)
            && group.aspect == Aspect::Simple
            && group.voice == crate::analysis::verb_groups::Voice::Active
            && group.is_simple()
            && !words::is_be(sentence.word(group.main()))
    };
    // What hangs on another verb or stands in a clause inside is no deed of the row.
    let governs = words::among(
        "make let help see hear watch feel have want decide start begin try",
        &sentence.tokens[last.main()].lemma,
    );
    let inside = sentence.tokens[..at].iter().any(|token| {
        token.tag == Tag::To && sentence.verb_group_at(token_place(sentence, token) + 1).is_some()
            || matches!(token.tag, Tag::Md | Tag::Wdt | Tag::Wp)
            || words::among("that if", &token.lower)
    });
    let unsure = sentence.tokens[at..]
        .iter()
        .take(8)
        .any(|token| words::among("now usually often always every will", &token.lower));
    let event = !words::among(STATES, &token.lower);
    if !plain || !goes_on || !told(last) || governs || inside || unsure || !event {
        return None;
    }
    let past = sentence.lexicon.past(&token.lower).filter(|past| *past != token.lower)?;
    let kind = (TENSE, "past-beside-past");
    let edit = Proposal::new(sentence, at..at + 1, &past, kind, 0.85);
    Some(edit.with_clue(sentence.original(last.main()..last.main() + 1)))
}

fn token_place(sentence: &Sentence, token: &crate::analysis::Token) -> usize {
    sentence.tokens.partition_point(|other| other.span.start < token.span.start)
}

fn in_past(group: &VerbGroup) -> bool {
    let perfect = group.tense() == Some(Tense::Present) && group.aspect == Aspect::Perfect;
    perfect
        || group.tense() == Some(Tense::Past)
            && matches!(group.aspect, Aspect::Simple | Aspect::Progressive)
}

/// True where the second clause tells of the same time as the first, which is in the past.
fn shares_story(
    sentence: &Sentence,
    (first, past): (&Clause, &VerbGroup),
    (second, group): (&Clause, &VerbGroup),
) -> bool {
    let opener = second.opener.map_or("", |opener| sentence.word(opener));
    let has_past_time = sentence
        .times
        .iter()
        .any(|time| time.is_past() && sentence.clauses.get(time.clause) == Some(first));
    let event = !words::among(STATES, &sentence.tokens[group.main()].lemma);
    let perfect = past.is_perfect();
    match second.kind {
        // "… and then start": joined to a clause that stands before.
        ClauseKind::Coordinate => {
            let joined = matches!(opener, "and" | "so" | "but" | "then" | "");
            // "the ideas which they gave us and use": the verb may go on with something else.
            let main = matches!(first.kind, ClauseKind::Main | ClauseKind::Coordinate);
            joined
                && main
                && group.is_simple()
                && !perfect
                && past.tokens.end <= group.tokens.start
                && (event || past_list(sentence, second))
                && (has_past_time || parallel(sentence, group) || past_list(sentence, second))
        }
        // "I have not seen her since he move".
        ClauseKind::Subordinate if opener == "since" => perfect,
        _ if perfect => false,
        // "We were late when they come".
        ClauseKind::Subordinate => {
            let main = matches!(first.kind, ClauseKind::Main | ClauseKind::Coordinate);
            let temporal =
                matches!(opener, "when" | "until" | "before" | "after" | "while" | "that");
            main && event
                && (temporal && (opener != "that" || has_past_time)
                    || opener == "because" && has_past_time)
        }
        // "When we arrived, it is late": a past clause in front.
        ClauseKind::Main => {
            let opened = first.opener.map_or("", |opener| sentence.word(opener));
            matches!(opened, "when" | "while" | "after") && past.tokens.end <= group.tokens.start
                || matches!(opened, "when") && group.aspect == Aspect::Progressive
        }
        ClauseKind::Relative => false,
    }
}

/// "opened the box, looks inside, and then begins": one verb of a row that shares its subject, or what comes `then`.
fn past_list(sentence: &Sentence, second: &Clause) -> bool {
    let Some(group) = sentence.predicate(second) else { return false };
    let from = second.opener.map_or(second.tokens.start, |opener| opener + 1);
    let bare = (from..group.tokens.start)
        .all(|at| sentence.tagged(at, |tag| tag.is_adverb() || tag == Tag::Comma));
    let then = (from..group.tokens.start)
        .any(|at| matches!(sentence.word(at), "then" | "suddenly" | "immediately"));
    bare && (second.opener.is_none() || then)
}

/// True for a verb without its ending after a subject of one person, and for one that shares the subject of a verb in
/// the past: it agrees with nothing, so it tells the story.
fn parallel(sentence: &Sentence, group: &VerbGroup) -> bool {
    let Some(verb) = group.finite() else { return false };
    sentence.has(verb, Facts::BASE) && !sentence.has(verb, Facts::THIRD)
}

/// "My mother open": a plain verb after one person, which is no present.
fn disagrees(sentence: &Sentence, group: &VerbGroup, subject: Option<&Subject>) -> bool {
    group.is_simple()
        && parallel(sentence, group)
        && subject.is_some_and(|subject| subject.person == Person::Third && subject.is_certain)
}

/// "My mother open the door and saw": the verb before or after it, or that of a clause of time, is past.
fn tells_on(
    sentence: &Sentence,
    (first, past): (&Clause, &VerbGroup),
    (second, group): (&Clause, &VerbGroup),
) -> bool {
    let opener = |clause: &Clause| clause.opener.map_or("", |opener| sentence.word(opener));
    let main = |clause: &Clause| matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate);
    let temporal = |clause: &Clause| {
        let soon = clause.opener.is_some_and(|at| sentence.at(at, -1) == "soon");
        clause.kind == ClauseKind::Subordinate
            && (matches!(opener(clause), "when" | "while" | "after" | "before" | "until") || soon)
    };
    let simple = past.tense() == Some(Tense::Past) && past.aspect != Aspect::Perfect;
    let joined = main(first)
        && main(second)
        && matches!(opener(first), "and" | "then" | "so" | "")
        && matches!(opener(second), "and" | "then" | "so" | "")
        && past.main() != group.main();
    simple && (joined || temporal(first) && main(second) || main(first) && temporal(second))
}

fn into_past(
    sentence: &Sentence,
    clause: &Clause,
    group: &VerbGroup,
    subject: Option<&Subject>,
    told: &VerbGroup,
) -> Option<Proposal> {
    let verb = group.finite()?;
    let token = &sentence.tokens[verb];
    let going_on = group.aspect == Aspect::Progressive && group.verbs.len() == 2;
    let plain = group.tense() == Some(Tense::Present)
        && (group.is_simple() || going_on)
        && !group.inverted
        && (!sentence.has(verb, Facts::PAST)
            || sentence.lexicon.past(&token.lemma).is_some_and(|past| past != token.lower))
        && token.clitic().is_none()
        && !clause.is_doubtful;
    // "… but now I live here", "and I still play".
    let now = clause.tokens.clone().any(|i| {
        words::among(
            "now still always usually often never today tomorrow every nowadays still will",
            sentence.word(i),
        )
    }) || sentence.times.iter().any(|time| {
        sentence.clauses.get(time.clause) == Some(clause)
            && matches!(time.kind, TimeKind::Present | TimeKind::Habitual | TimeKind::Future)
    });
    // "since we last met" has no verb `last`; "when it comes to" is a fixed phrase.
    let fixed = sentence.word(verb) == "last"
        || token.lemma == "come"
            && sentence.at(verb, -1) == "it"
            && sentence.word(verb + 1) == "to";
    // "When you travel …" speaks of everybody; "and to make" has lost its subject.
    let anybody = subject.is_some_and(|subject| sentence.word(subject.head) == "you");
    let infinitive = sentence.at(verb, -1) == "to";
    if !plain || now || fixed || anybody || infinitive {
        return None;
    }
    let word = sentence.word(verb);
    let person = subject.map(|subject| subject.person);
    let past = match (word, person) {
        ("am" | "is", _) => "was".to_owned(),
        ("are", Some(Person::Third)) => "was".to_owned(),
        ("are", _) => "were".to_owned(),
        ("don't" | "doesn't", _) => "didn't".to_owned(),
        _ => sentence.lexicon.past(&token.lemma).filter(|past| past != word)?,
    };
    let edit = Proposal::new(sentence, verb..verb + 1, &past, (TENSE, "past-beside-past"), 0.85);
    let clue = told.finite().unwrap_or_else(|| told.main());
    Some(edit.with_clue(sentence.original(clue..clue + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn a_story_stays_in_the_past() {
        expect(
            &SequenceOfTenses,
            &[
                (
                    "Last weekend my cousins visited us and we cook a big dinner.",
                    "Last weekend my cousins visited us and we cooked a big dinner.",
                ),
                (
                    "When they lived in Hue, they have a small dog.",
                    "When they lived in Hue, they had a small dog.",
                ),
                (
                    "She opened the door and then start to cry.",
                    "She opened the door and then started to cry.",
                ),
                (
                    "My mother open the door and saw a stranger.",
                    "My mother opened the door and saw a stranger.",
                ),
                (
                    "When the teacher came in, the students are talking.",
                    "When the teacher came in, the students were talking.",
                ),
                (
                    "We were very tired when we arrive at the station.",
                    "We were very tired when we arrived at the station.",
                ),
            ],
        );
    }

    #[test]
    fn what_holds_now_stays() {
        stays(
            &SequenceOfTenses,
            "
            I lived in Hue when I was small, but now I live in Hanoi.
            He told me that he likes tea.
            She bought a phone that takes good photos.
            I studied English at school and I still speak it every day.
            When I was young, I learned that water is heavy.
            They visited us last week and we are happy.
            ",
        );
    }
}
