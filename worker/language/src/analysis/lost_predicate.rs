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
