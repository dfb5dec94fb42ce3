//! Pronouns that agree with what they stand for: `cut myself`, `I bought two tickets but left them at home`, `My sister
//! lost her phone`, `his success`.

use crate::{
    analysis::{
        ClauseKind, NounPhrase, Sentence, Tag, facts::Facts, noun_phrases::PhraseKind, words,
    },
    rules::{
        derivations, edit, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PronounReference;

const PRON: ErrantType = ErrantType::replacement(Category::Pron);
const DET: ErrantType = ErrantType::replacement(Category::Det);

/// What one does to one's own body or by oneself, by accident or as a habit.
const TO_ONESELF: &str = "hurt cut burn injure introduce enjoy blame";
/// Verbs whose object is a thing that was named before, never the whole situation.
const HANDLING: &str = "leave lose forget put buy sell wear eat drink break wash clean read bring carry keep throw give \
    send show cook drop hide";
/// What everybody has one's own of.
const OWN: &str = "phone bag wallet purse key keys homework hair teeth hands face umbrella passport glasses coat hat \
    leg arm finger hand job ticket notebook";

impl Rule for PronounReference {
    fn name(&self) -> &'static str {
        "pronoun-reference"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["reflexive-pronoun", "them-for-several", "his-or-her", "owner-before-thing"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    match sentence.word(i) {
        "me" | "us" | "him" | "her" | "them" => reflexive(sentence, i)
            .or_else(|| owner(sentence, i))
            .or_else(|| of_gender(sentence, i))
            .or_else(|| of_other_gender(sentence, i)),
        "his" | "he" | "she" => of_gender(sentence, i).or_else(|| of_other_gender(sentence, i)),
        "it" => several(sentence, i).or_else(|| only_several(sentence, i)),
        "ourself" | "theirself" | "theirselves" | "hisself" | "meself" => misformed(sentence, i),
        _ => None,
    }
}

/// True for a word that names a woman or a girl, false for a man or a boy.
pub(super) fn is_female(word: &str) -> Option<bool> {
    match word {
        "she" | "mother" | "mom" | "mum" | "sister" | "daughter" | "grandmother" | "grandma"
        | "aunt" | "niece" | "wife" | "girl" | "woman" | "girlfriend" | "lady"
        | "granddaughter" | "actress" | "waitress" | "princess" | "queen" | "mrs" | "auntie" => {
            Some(true)
        }
        "he" | "father" | "dad" | "brother" | "son" | "grandfather" | "grandpa" | "uncle"
        | "nephew" | "husband" | "boy" | "man" | "boyfriend" | "grandson" | "gentleman"
        | "waiter" | "prince" | "king" | "mr" | "fisherman" | "policeman" | "businessman" => {
            Some(false)
        }
        _ => None,
    }
}

fn head_of_subject<'a>(sentence: &'a Sentence<'_>, verb: usize) -> Option<&'a str> {
    let subject = sentence.subject_of(verb)?;
    Some(sentence.word(subject.head))
}

fn changed(
    sentence: &Sentence,
    i: usize,
    word: &str,
    message: &'static str,
    clue: &str,
) -> Option<Proposal> {
    let edit = Proposal::new(sentence, i..i + 1, word, (PRON, message), 0.88);
    Some(edit.with_clue(clue))
}

/// `ourself`.
fn misformed(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let right = match sentence.word(i) {
        "ourself" => "ourselves",
        "hisself" => "himself",
        "meself" => "myself",
        _ => "themselves",
    };
    changed(sentence, i, right, "reflexive-pronoun", right)
}

/// `I cut me`, `My brother hurt him when he fell`.
fn reflexive(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let verb = i - 1;
    let alone = sentence.noun_phrase_at(i).is_none_or(|phrase| phrase.tokens.len() == 1)
        && !sentence.tagged(i + 1, Tag::is_noun)
        && !sentence.tagged(i + 1, Tag::is_adjective);
    if !alone
        || !sentence.tagged(verb, Tag::is_verb)
        || !words::among(TO_ONESELF, &sentence.tokens[verb].lemma)
    {
        return None;
    }
    let subject = head_of_subject(sentence, verb)?;
    let female = is_female(subject);
    // "when he fell": the accident is the subject's own.
    let own_accident = |pronoun: &str| {
        let when = (i + 1..sentence.tokens.len())
            .find(|at| matches!(sentence.word(*at), "when" | "while"));
        when.is_some_and(|when| sentence.word(when + 1) == pronoun)
    };
    let form = match (subject, sentence.word(i)) {
        ("i", "me") => "myself",
        ("we", "us") => "ourselves",
        (_, "him") if female == Some(false) && own_accident("he") => "himself",
        (_, "her") if female == Some(true) && own_accident("she") => "herself",
        _ => return None,
    };
    changed(sentence, i, form, "reflexive-pronoun", subject)
}

/// `I bought two tickets, but I left it at home`: what was named is several things, and nothing else was.
fn several(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let verb = i - 1;
    let subject = verb.checked_sub(1).filter(|at| words::is_subject_pronoun(sentence.word(*at)))?;
    let joint = subject
        .checked_sub(1)
        .filter(|at| matches!(sentence.word(*at), "but" | "and" | "so" | "because"))?;
    let handled =
        sentence.tagged(verb, Tag::is_verb) && words::among(HANDLING, &sentence.tokens[verb].lemma);
    let closes = sentence.tokens.get(i + 1).is_none_or(|next| {
        matches!(next.tag, Tag::In | Tag::Rb | Tag::Stop | Tag::Comma | Tag::To)
    });
    if !handled || !closes {
        return None;
    }
    let timed = |phrase: &NounPhrase| {
        sentence.times.iter().any(|time| {
            phrase.tokens.start < time.tokens.end && time.tokens.start < phrase.tokens.end
        })
    };
    let named: Vec<&NounPhrase> = sentence
        .noun_phrases
        .iter()
        .filter(|phrase| phrase.tokens.end <= joint && !phrase.is_pronoun() && !timed(phrase))
        .collect();
    let [things] = named[..] else { return None };
    let object = things.kind == PhraseKind::Common
        && things.is_plural()
        && things.tokens.start > 0
        && sentence.tagged(things.tokens.start - 1, Tag::is_verb);
    object
        .then(|| changed(sentence, i, "them", "them-for-several", sentence.word(things.head)))
        .flatten()
}

/// `My sister lost his phone`: nobody else is named whose it could be.
fn of_gender(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let verb = i - 1;
    let female = sentence.word(i) == "her";
    let taken = sentence.tagged(verb, Tag::is_verb)
        && matches!(
            sentence.tokens[verb].lemma.as_str(),
            "lose" | "forget" | "break" | "brush" | "leave" | "drop" | "finish"
        )
        && words::among(OWN, sentence.at(i, 1));
    let subject = head_of_subject(sentence, verb)?;
    let own = taken && is_female(subject) == Some(!female) && sentence.narrative.is_none();
    let other = sentence.tokens.iter().enumerate().any(|(at, token)| {
        at != i && is_female(token.stem()) == Some(female) || token.tag.is_proper_noun()
    });
    let right = if female { "his" } else { "her" };
    (own && !other).then(|| changed(sentence, i, right, "his-or-her", subject)).flatten()
}

/// `My aunt is a lawyer, and he often gives advice`: the only one named so far is of the other sex.
fn of_other_gender(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let female = matches!(word, "she" | "her");
    if !matches!(word, "he" | "she" | "his" | "her" | "him") || sentence.narrative.is_some() {
        return None;
    }
    // Whoever else is named may be meant; what is owned ("her wife") may not.
    let mut named = None;
    for (at, token) in sentence.tokens.iter().enumerate() {
        let lower = token.stem();
        let pronoun =
            matches!(lower, "he" | "she" | "his" | "her" | "him" | "hers" | "himself" | "herself");
        let owned = at > 0 && matches!(sentence.word(at - 1), "his" | "her" | "their");
        if pronoun || owned && at > i || at == i {
            if pronoun && at < i && (lower.starts_with("sh") || lower.starts_with("her")) == female
            {
                return None;
            }
            continue;
        }
        let sex = is_female(lower);
        let person = sex.is_some()
            || token.tag.is_proper_noun() && !is_place(sentence, at)
            || token.tag.is_noun() && !lower_owner(token) && noun_senses::is_human(lower);
        if !person {
            continue;
        }
        // A complement names nobody new: "is a lawyer".
        let complement = sentence.noun_phrase_at(at).is_some_and(|phrase| {
            phrase.tokens.start > 0 && words::is_be(sentence.word(phrase.tokens.start - 1))
        });
        let plural = sentence.has(at, Facts::PLURAL) && sex.is_none();
        match sex {
            Some(sex) if sex != female && named.is_none() && at < i => named = Some(at),
            _ if complement || plural && !token.tag.is_proper_noun() => {}
            _ => return None,
        }
    }
    let named = named?;
    // In one clause somebody else may be meant ("The man in the kitchen knows her", "My brother cut her hair"); a husband
    // or a wife is that of the one named, and what a later clause or a phrase tells is about that one too.
    let spouse = matches!((word, sentence.word(i + 1)), ("her", "wife") | ("his", "husband"));
    let clause = sentence.clause_at(i)?;
    let later = clause.kind != ClauseKind::Relative
        && !clause.tokens.contains(&named)
        && clause.opener.is_some()
        && matches!(word, "he" | "she");
    let told_about = matches!(word, "his" | "her")
        && sentence.tag(i - 1) == Some(Tag::In)
        && sentence.noun_phrase_at(i).is_some_and(|phrase| phrase.tokens.len() > 1);
    if !(spouse || later || told_about) {
        return None;
    }
    let modifies = |at: usize| {
        sentence.noun_phrase_at(at).is_some_and(|phrase| phrase.tokens.contains(&(at + 1)))
    };
    let right = match word {
        "he" => "she",
        "she" => "he",
        "his" => "her",
        "him" => "her",
        _ if modifies(i) => "his",
        _ => "him",
    };
    let mother = sentence.at(named, -1) == "of";
    (!mother).then(|| changed(sentence, i, right, "his-or-her", sentence.word(named))).flatten()
}

/// A name behind a preposition of place: "in Can Tho".
fn is_place(sentence: &Sentence, at: usize) -> bool {
    let start = (0..=at).rev().find(|i| !sentence.tagged(*i, Tag::is_proper_noun));
    start.is_some_and(|i| matches!(sentence.word(i), "in" | "at" | "near" | "from" | "of"))
}

/// "at a children's hospital": whose hospital it is tells of no one.
fn lower_owner(token: &crate::analysis::Token) -> bool {
    token.lower.ends_with("'s") || token.lower.ends_with('\'')
}

/// `The kittens were hungry, so I gave it some milk`: every thing named before is several.
fn only_several(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let verb = i - 1;
    let group = sentence.verb_group_at(verb)?;
    let takes = group.main() == verb
        && sentence.tagged(verb, Tag::is_verb)
        && !words::is_be(sentence.word(verb))
        && !words::among(
            "like love enjoy hate do make say know think mean believe understand find take call get have keep deserve \
             need want regret see feel consider leave try prefer remember forget",
            &sentence.tokens[verb].lemma,
        );
    let next = sentence.tokens.get(i + 1)?;
    let closes = matches!(
        next.tag,
        Tag::In | Tag::Rb | Tag::Stop | Tag::Comma | Tag::To | Tag::Cc | Tag::Dt
    ) && !matches!(next.lower.as_str(), "that" | "as");
    let own = sentence.clause_at(i)?.tokens.start;
    let dated =
        |phrase: &NounPhrase| sentence.times.iter().any(|time| time.tokens.contains(&phrase.head));
    let mut things = None;
    for phrase in sentence.noun_phrases.iter().filter(|phrase| phrase.tokens.end < i) {
        let human = noun_senses::is_human(sentence.word(phrase.head));
        if phrase.is_pronoun() && !matches!(sentence.word(phrase.head), "it" | "this" | "that")
            || dated(phrase)
        {
            continue;
        }
        if phrase.kind != PhraseKind::Common || !phrase.is_plural() {
            if human && phrase.kind == PhraseKind::Common {
                continue;
            }
            return None;
        }
        if !human {
            things = Some(phrase);
        }
    }
    let things = things.filter(|things| things.tokens.end <= own || sentence.word(own) == "and")?;
    // "Many tourists come here because of it".
    (takes && closes)
        .then(|| changed(sentence, i, "them", "them-for-several", sentence.word(things.head)))
        .flatten()
}

/// `the success of him`, `the house of us`.
fn owner(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = i.checked_sub(2).filter(|_| sentence.word(i - 1) == "of")?;
    let the = noun.checked_sub(1).filter(|the| sentence.word(*the) == "the")?;
    let thing = sentence.word(noun);
    let quality = derivations::of_noun(thing).is_some_and(|family| family.is_quality)
        && !matches!(
            thing,
            "love"
                | "fear"
                | "death"
                | "help"
                | "life"
                | "care"
                | "hope"
                | "loss"
                | "surprise"
                | "presence"
        );
    let belongs = (noun_senses::is_belonging(thing) || thing == "homework")
        && !matches!(
            thing,
            "name" | "life" | "opinion" | "help" | "face" | "age" | "favourite" | "favorite"
        );
    let closes = sentence.tokens.get(i + 1).is_none_or(|next| {
        next.tag.is_mark()
            || next.tag.is_finite()
            || next.facts.any(Facts::PAST | Facts::THIRD)
            || next.tag == Tag::In
            || matches!(next.lower.as_str(), "and" | "but")
    });
    let alone = !sentence.tagged(i + 1, Tag::is_noun)
        && !sentence.has(i + 1, Facts::USUAL_NOUN | Facts::SINGULAR);
    if !(quality || belongs) || !closes || !alone {
        return None;
    }
    let whose = match sentence.word(i) {
        "me" => "my",
        "us" => "our",
        "him" => "his",
        "her" => "her",
        _ => "their",
    };
    let text = format!("{whose} {}", sentence.original(noun..noun + 1));
    let edit = edit::rewritten(sentence, the..i + 1, &text, (DET, "owner-before-thing"), 0.88);
    Some(edit.with_clue(sentence.original(i..i + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn pronouns_agree_with_what_they_stand_for() {
        expect(
            &PronounReference,
            &[
                ("I cut me with a knife.", "I cut myself with a knife."),
                ("We enjoyed us at the party.", "We enjoyed ourselves at the party."),
                ("My brother hurt him when he fell.", "My brother hurt himself when he fell."),
                ("We did it ourself.", "We did it ourselves."),
                (
                    "I bought two tickets, but I left it at home.",
                    "I bought two tickets, but I left them at home.",
                ),
                ("My sister lost his phone on the bus.", "My sister lost her phone on the bus."),
                ("The success of him surprised us.", "His success surprised us."),
            ],
        );
    }

    #[test]
    fn other_persons_and_things_stay() {
        stays(
            &PronounReference,
            "
            The boy hurt him.
            The dog hurt him when he played with it.
            My brother cut her hair.
            I bought two tickets and a book, but I left it at home.
            I wrote two letters, and I liked it.
            My sister met a man and lost his phone.
            Tom's sister lost his phone.
            The rest of them stayed.
            The name of him who came is known.
            ",
        );
    }
}
