//! The verb of a main clause that the tagger took for something else, because much stands between it and its subject: "The
//! food that she cooks always taste better", "The number of tourists who visit our town increase every year".

use crate::analysis::{
    clauses::{ClauseKind, Clauses},
    facts::Facts,
    noun_phrases::NounPhrase,
    tag::Tag,
    token::Token,
    verb_groups::{Form, VerbGroup},
    words,
};

/// The token that must be the verb; none where the main clause has one, or where no word can well be it.
pub(super) fn find(
    tokens: &[Token],
    phrases: &[NounPhrase],
    groups: &[VerbGroup],
    clauses: &Clauses,
) -> Option<usize> {
    if let Some(at) = between_phrases(tokens, phrases, groups) {
        return Some(at);
    }
    let main = clauses.all.first()?;
    let whole = tokens.last().is_some_and(|last| last.tag == Tag::Stop && last.lower == ".");
    let coordinate = clauses.all.iter().any(|clause| clause.kind == ClauseKind::Coordinate);
    if main.kind != ClauseKind::Main || main.verb.is_some() || !whole || coordinate {
        return None;
    }
    let subject = phrases.first().filter(|phrase| phrase.tokens.start == main.tokens.start)?;
    // A relative clause right behind the subject, with its verb.
    let relative = clauses.all.iter().find(|clause| {
        clause.kind == ClauseKind::Relative && clause.opener.is_some() && clause.verb.is_some()
    })?;
    let first = groups.get(relative.verb?).filter(|group| group.form == Form::Finite)?;
    let near = relative.antecedent.and_then(|noun| phrases.get(noun))?;
    let reaches = near.tokens.start <= subject.tokens.end + 1;
    if !reaches {
        return None;
    }
    (first.tokens.end + 1..tokens.len() - 1).find(|at| may_be_verb(tokens, phrases, *at))
}

/// "Tomorrow my class visit the museum": two phrases side by side, the first of which ends in a word that can be a verb,
/// in a stretch without another verb.
fn between_phrases(
    tokens: &[Token],
    phrases: &[NounPhrase],
    groups: &[VerbGroup],
) -> Option<usize> {
    let parts = |token: &Token| {
        token.tag.is_mark()
            || token.tag == Tag::Cc
            || words::opens_clause(&token.lower)
            || matches!(token.tag, Tag::Wp | Tag::Wdt | Tag::Wrb)
    };
    let ends = tokens.last().is_some_and(|last| last.tag == Tag::Stop);
    phrases.iter().map(|phrase| (phrase, phrase.tokens.end - 1)).find_map(|(phrase, at)| {
        let token = &tokens[at];
        let verb = token.facts.has(Facts::BASE | Facts::USUAL_VERB)
            && !token.facts.has(Facts::PLURAL)
            && !token.capitalised
            && token.tag == Tag::Nn;
        let subject = at > phrase.tokens.start + 1
            && tokens[at - 1].tag.is_noun()
            && words::is_possessive(&tokens[phrase.tokens.start].lower);
        let object = tokens
            .get(at + 1)
            .is_some_and(|next| next.tag == Tag::Dt || next.tag == Tag::PrpPossessive);
        let start = tokens[..at].iter().rposition(parts).map_or(0, |mark| mark + 1);
        let end = tokens[at..].iter().position(parts).map_or(tokens.len(), |mark| at + mark);
        let alone = !groups.iter().any(|group| (start..end).contains(&group.main()));
        (ends && verb && subject && object && alone).then_some(at)
    })
}

fn may_be_verb(tokens: &[Token], phrases: &[NounPhrase], at: usize) -> bool {
    let token = &tokens[at];
    let facts = token.facts;
    let reading = facts.any(Facts::BASE | Facts::THIRD) && facts.has(Facts::USUAL_VERB);
    let before = &tokens[at - 1];
    let free = before.tag.is_noun() || before.tag.is_adverb() || before.tag == Tag::Cd;
    let phrase = phrases.iter().find(|phrase| phrase.tokens.contains(&at));
    let heads = phrase.is_none_or(|phrase| {
        phrase.head == at
            && phrase.tokens.end == at + 1
            && before.tag.is_noun()
            && phrase.tokens.start < at
    });
    let next = &tokens[at + 1];
    let goes_on = next.tag == Tag::Dt
        || next.tag.is_adverb()
        || next.tag.is_adjective()
        || next.tag == Tag::PrpPossessive
        || next.tag == Tag::Prp
        || matches!(next.tag, Tag::To | Tag::Stop | Tag::In)
        || words::is_possessive(&next.lower);
    reading && free && heads && goes_on && !token.capitalised && !token.tag.is_verbal()
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Lexicon, Sentence};

    #[test]
    fn the_verb_behind_a_relative_clause_is_found() {
        let lexicon = Lexicon::load();
        for (text, verb) in [
            ("The food that my grandmother cooks always taste better than this.", "taste"),
            ("The number of tourists who visit our town increase every year.", "increase"),
            ("The man who lives next door works at night.", "works"),
            ("The people who live near the lake.", ""),
            ("The shop that sells flowers is closed.", "is"),
        ] {
            let sentence = Sentence::new(text, &lexicon);
            let group = sentence.predicate(&sentence.clauses[0]);
            let found = group.map_or("", |group| sentence.word(group.verbs[0]));
            assert_eq!(found, verb, "{text}");
        }
    }
}
