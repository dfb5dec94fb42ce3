//! Second thoughts about tags where a learner's slip misled the tagger: "My sister like music", "My mother work in a
//! hospital". Only readings that the dictionary has are given.

use crate::analysis::{
    facts::Facts,
    tag::{Tag, TokenView},
    words,
};

/// Plurals that describe another noun: `sports clubs`.
const PLURAL_MODIFIERS: &str =
    "sports sales arms savings goods systems communications customs clothes arts women men";

/// Places that one goes "to" without an article; as verbs they are rare.
const BARE_PLACES: &str = "school bed church college university class town prison hospital";

/// Retags verbs that were taken for something else, one clause at a time. Cost is linear.
pub(super) fn repair(tokens: &[TokenView], tags: &mut [Tag]) {
    for (token, tag) in tokens.iter().zip(tags.iter_mut()) {
        // Only `to` is that; "wrote" and "stole" are verbs whatever stands around them.
        if *tag == Tag::To && token.lower != "to" && token.facts.any(Facts::BASE | Facts::PAST) {
            *tag = finite_tag(token.facts);
        }
    }
    let mut start = 0;
    for at in 0..=tokens.len() {
        let ends = at == tokens.len() || ends_stretch(tokens, tags, at);
        if ends {
            if start < at {
                stretch(tokens, tags, start, at);
            }
            start = at + 1;
        }
    }
}

fn ends_stretch(tokens: &[TokenView], tags: &[Tag], at: usize) -> bool {
    tags[at].is_mark() || words::opens_clause(tokens[at].lower) && tokens[at].lower != "that"
}

/// A stretch without marks and conjunctions: where it has a subject and no finite verb, the word after the subject is
/// the verb.
fn stretch(tokens: &[TokenView], tags: &mut [Tag], start: usize, end: usize) {
    for at in start..end {
        // "who calls me", "one who majors in art".
        let facts = tokens[at].facts;
        let after_who = at > start && tokens[at - 1].lower == "who" && tags[at].is_common_noun();
        if after_who && facts.any(Facts::THIRD | Facts::BASE) && facts.has(Facts::USUAL_VERB) {
            tags[at] = finite_tag(facts);
        }
        // "whose lives were lost": what follows is owned.
        let owned = at > 0 && tokens[at - 1].lower == "whose" && tags[at].is_verb();
        if owned && facts.any(Facts::PLURAL | Facts::SINGULAR) {
            tags[at] = if facts.has(Facts::PLURAL) { Tag::Nns } else { Tag::Nn };
        }
        if let Some(tag) = after_subject_pronoun(tokens, tags, start, at) {
            tags[at] = tag;
        }
        if let Some(tag) = beside_verbs(tokens, tags, start, at) {
            tags[at] = tag;
        }
    }
    noun_before_verb(tokens, tags, start, end);
    let finite = |tags: &[Tag], at: usize| tags[at].is_finite() || glued(tokens[at].lower);
    if (start..end).any(|at| finite(tags, at)) {
        return;
    }
    let Some(verb) = (start + 1..end).find(|at| follows_phrase(tokens, tags, start, *at, end))
    else {
        return;
    };
    tags[verb] = finite_tag(tokens[verb].facts);
}

/// "They were not reading", "went home and eat", "what he said surprised me": the verbs before say which form it is.
fn beside_verbs(tokens: &[TokenView], tags: &[Tag], start: usize, at: usize) -> Option<Tag> {
    let before = (start..at).rev().take(3).find(|i| !tags[*i].is_adverb())?;
    let word = tokens[before].lower;
    let facts = tokens[at].facts;
    let next = tags.get(at + 1);
    match tags[at] {
        Tag::Nn if facts.has(Facts::ING) && (words::is_be(word) || glued(word)) => {
            (!next.is_some_and(|tag| tag.is_noun())).then_some(Tag::Vbg)
        }
        Tag::Vb if matches!(word, "and" | "or") => {
            let governs =
                |i: usize| matches!(tags[i], Tag::To | Tag::Md) || words::is_do(tokens[i].lower);
            let finite = (start..before).any(|i| tags[i].is_finite());
            (finite && !(start..before).any(governs)).then_some(Tag::Vbp)
        }
        // "go to school".
        Tag::Vb if word == "to" && words::among(BARE_PLACES, tokens[at].lower) => Some(Tag::Nn),
        // "I gone": after a subject it is a verb, though the dictionary has an adjective too.
        Tag::Jj
            if facts.has(Facts::PARTICIPLE) && words::is_nominative(word) && before + 1 == at =>
        {
            let asks = before > start && words::is_auxiliary(tokens[before - 1].lower);
            (!asks).then_some(Tag::Vbn)
        }
        Tag::Vbn | Tag::Jj if facts.has(Facts::PAST) && next == Some(&Tag::Prp) => {
            let verb = tags[before].is_finite() && !words::is_auxiliary(word);
            (verb && before + 1 == at).then_some(Tag::Vbd)
        }
        _ => None,
    }
}

/// "The bus stop near my house is", "The spider bite got infected": a noun in front of the true verb.
fn noun_before_verb(tokens: &[TokenView], tags: &mut [Tag], start: usize, end: usize) {
    let Some(first) = (start + 1..end).find(|at| tags[*at].is_finite()) else { return };
    let facts = tokens[first].facts;
    let after_noun = tags[first - 1].is_noun() && !(tags[first - 1].is_proper_noun());
    let noun = matches!(tags[first], Tag::Vbp | Tag::Vbz)
        && facts.any(Facts::SINGULAR | Facts::PLURAL)
        && (tags[first] == Tag::Vbp) != tokens[first - 1].facts.has(Facts::PLURAL);
    let next = (first + 1..end).find(|at| !tags[*at].is_adverb());
    let stands_free = next
        .is_some_and(|next| tags[next].is_finite() || tokens[next].facts.has(Facts::PREPOSITION));
    let another = (first + 1..end).any(|at| tags[at].is_finite());
    let no_subject = !(first + 1..end).any(|at| words::is_nominative(tokens[at].lower));
    if after_noun && noun && stands_free && another && no_subject {
        tags[first] = if facts.has(Facts::SINGULAR) { Tag::Nn } else { Tag::Nns };
    }
}

fn glued(lower: &str) -> bool {
    lower.split_once('\'').is_some_and(|(stem, end)| words::is_subject_pronoun(stem) && end != "t")
}

pub(super) fn finite_tag(facts: Facts) -> Tag {
    match () {
        () if facts.has(Facts::BASE) => Tag::Vbp,
        () if facts.has(Facts::THIRD) => Tag::Vbz,
        () => Tag::Vbd,
    }
}

/// "He like", "They always love": a pronoun that can only be a subject, adverbs, and a word that can be a verb.
fn after_subject_pronoun(
    tokens: &[TokenView],
    tags: &[Tag],
    start: usize,
    at: usize,
) -> Option<Tag> {
    let facts = tokens[at].facts;
    let can_be =
        facts.any(Facts::BASE | Facts::THIRD | Facts::PAST) && facts.has(Facts::USUAL_VERB);
    if tags[at].is_verbal() || !can_be {
        return None;
    }
    let subject = (start..at).rev().take(3).find(|i| !tags[*i].is_adverb())?;
    let word = tokens[subject].lower;
    let first = subject == start;
    let nominative = words::is_nominative(word)
        || first && (words::is_indefinite(word) || matches!(word, "you" | "it"));
    let like = tokens[at].lower == "like";
    let other = facts.any(Facts::ADVERB | Facts::USUAL_ADJECTIVE)
        && !facts.has(Facts::RATHER_VERB)
        && !like;
    let inverted = subject > 0 && words::is_auxiliary(tokens[subject - 1].lower);
    let verb_next =
        tags.get(at + 1).is_some_and(|tag| matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Md));
    (nominative && !other && !inverted && !verb_next).then(|| finite_tag(facts))
}

/// The first word after the subject phrase that can be its verb and has something of a complement behind it.
fn follows_phrase(tokens: &[TokenView], tags: &[Tag], start: usize, at: usize, end: usize) -> bool {
    let token = &tokens[at];
    let facts = token.facts;
    let verb = facts.any(Facts::BASE | Facts::THIRD) && facts.has(Facts::USUAL_VERB);
    let head = &tokens[at - 1];
    let noun_before = tags[at - 1].is_noun() && head.facts.any(Facts::USUAL_NOUN | Facts::PROPER)
        || tags[at - 1].is_proper_noun();
    if !verb || !noun_before || tags[at] == Tag::Vbg || token.own.starts_with(char::is_uppercase) {
        return false;
    }
    let determined = (start..at).any(|i| {
        matches!(tags[i], Tag::Dt | Tag::PrpPossessive | Tag::Cd) || tags[i].is_proper_noun()
    }) || at == start + 1 && head.facts.has(Facts::PLURAL);
    let next = tokens.get(at + 1).filter(|_| at + 1 < end);
    let person = words::is_person(head.lower) || tags[at - 1].is_proper_noun();
    let complement = next.is_some_and(|next| {
        person && tags[at + 1].is_common_noun()
            || words::is_determiner(next.lower)
            || words::is_subject_pronoun(next.lower)
            || matches!(
                next.lower,
                "me" | "him"
                    | "us"
                    | "them"
                    | "to"
                    | "very"
                    | "about"
                    | "well"
                    | "with"
                    | "at"
                    | "in"
                    | "on"
                    | "for"
                    | "hard"
                    | "near"
                    | "from"
                    | "into"
                    | "every"
                    | "beside"
            )
    });
    let like = token.lower == "like" && next.is_some();
    let plural = head.facts.has(Facts::PLURAL) && !head.facts.has(Facts::SINGULAR);
    let ends = next.is_none();
    // "The dogs barks.": a sentence that would have no verb otherwise; not "the sports clubs".
    let whole = start == 0
        && ends
        && plural
        && at > 1
        && facts.has(Facts::THIRD)
        && !words::among(PLURAL_MODIFIERS, head.lower);
    let rather =
        facts.has(Facts::RATHER_VERB) || !facts.any(Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE);
    determined
        && (like
            || whole
            || complement && (rather || person || plural)
            || ends
                && rather
                && at + 1 == tokens.len().min(end)
                && (plural || person)
                && facts.has(Facts::THIRD))
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Lexicon, Sentence, Tag};

    fn verbs(lexicon: &Lexicon, text: &str) -> String {
        let sentence = Sentence::new(text, lexicon);
        let finite = sentence.verb_groups.iter().filter_map(|group| group.finite());
        finite.map(|verb| sentence.word(verb)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn verbs_without_their_ending_are_found() {
        let lexicon = Lexicon::load();
        for (text, verb) in [
            ("My sister like pop music.", "like"),
            ("My mother work in a hospital.", "work"),
            ("He like fish.", "like"),
            ("Lan live in Hue.", "live"),
            ("They always love their dog.", "love"),
            ("My parents works in a factory.", "works"),
        ] {
            assert_eq!(verbs(&lexicon, text), verb, "{text}");
        }
    }

    #[test]
    fn one_goes_to_places_and_wants_to_do_things() {
        let lexicon = Lexicon::load();
        let tag = |text: &str, at: usize| Sentence::new(text, &lexicon).tokens[at].tag;
        assert_eq!(tag("My sister go to school every day.", 4), Tag::Nn);
        assert_eq!(tag("They went to bed early.", 3), Tag::Nn);
        assert_eq!(tag("They want to work early.", 3), Tag::Vb);
    }

    #[test]
    fn other_readings_are_kept() {
        let lexicon = Lexicon::load();
        for text in
            ["She very happy.", "My house near the river.", "the sports clubs", "like my brother"]
        {
            assert_eq!(verbs(&lexicon, text), "", "{text}");
        }
        assert_eq!(verbs(&lexicon, "The bus stop is near my house."), "is");
        assert_eq!(verbs(&lexicon, "He last chose it."), "chose");
    }
}
