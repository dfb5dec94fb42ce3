//! The owner of a thing has 's: `my brother's house`, `Lan's mother`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PossessiveS;

const POSS: ErrantType = ErrantType::missing(Category::NounPoss);

impl Rule for PossessiveS {
    fn name(&self) -> &'static str {
        "possessive-s"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["possessive-s"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let owner = sentence.word(i);
    if let Some(form) =
        of_plural(sentence, i).or_else(|| of_feast(sentence, i)).or_else(|| of_time(sentence, i))
    {
        let edit = Proposal {
            tokens: i..i + 1,
            replacement: form,
            errant: POSS,
            message: "possessive-s",
            clue: String::new(),
            confidence: 0.9,
        };
        return Some(edit.with_clue(sentence.original(i + 1..i + 2)));
    }
    if owner.len() < 2 || owner.ends_with('s') || !sentence.is_word(i) {
        return None;
    }
    let fits = of_relative(sentence, i) || of_name(sentence, i);
    fits.then(|| {
        let own = sentence.original(i..i + 1);
        let edit = Proposal {
            tokens: i..i + 1,
            replacement: format!("{own}'s"),
            errant: POSS,
            message: "possessive-s",
            clue: String::new(),
            confidence: 0.92,
        };
        edit.with_clue(sentence.original(i + 1..i + 2))
    })
}

/// `my brother house`, `my best friend name`.
fn of_relative(sentence: &Sentence, i: usize) -> bool {
    if !noun_senses::is_relative(sentence.word(i)) || !noun_senses::is_belonging(sentence.at(i, 1))
    {
        return false;
    }
    let described = usize::from(matches!(
        sentence.at(i, -1),
        "best" | "older" | "younger" | "little" | "old" | "new" | "big" | "elder" | "close"
    ));
    let owned = i > described && words::is_possessive(sentence.at(i, -1 - described as isize));
    // "my friend Lan", "I gave my brother books", "help my mother cook": another reading of the second word.
    let thing = sentence.at(i, 1);
    let next = i + 2;
    let verbal = sentence.tagged(i + 1, Tag::is_verb)
        || matches!(thing, "help" | "work" | "phone" | "name" | "dream" | "face" | "hand")
            && (words::is_determiner(sentence.word(next))
                || words::is_subject_pronoun(sentence.word(next))
                || matches!(
                    sentence.word(next),
                    "him" | "her" | "me" | "with" | "in" | "for" | "hard"
                ));
    let given = described + 2 <= i
        && matches!(
            sentence.tokens[i - described - 2].lemma.as_str(),
            "give"
                | "send"
                | "buy"
                | "show"
                | "tell"
                | "teach"
                | "lend"
                | "offer"
                | "make"
                | "bring"
                | "get"
                | "cook"
                | "ask"
                | "owe"
        );
    let plural_thing = sentence.has(i + 1, Facts::PLURAL)
        || matches!(thing, "money" | "help" | "advice" | "clothes" | "food" | "hair" | "work");
    // "my teacher friend", "her mother language": one names what the other is.
    let apposed = matches!(
        (sentence.word(i), thing),
        (
            "teacher" | "boss" | "friend",
            "friend" | "friends" | "wife" | "husband" | "mother" | "father"
        )
    ) && sentence.word(i) != "friend"
        || matches!(thing, "class" | "school" | "age") && sentence.word(i) == "teacher";
    let new_name = sentence.word(i) == "friend" && thing == "family";
    let given_things = given && plural_thing;
    owned && !verbal && !given_things && !apposed && !new_name
}

/// `my friends house`, `my parents room`.
fn of_plural(sentence: &Sentence, i: usize) -> Option<String> {
    let owner = sentence.word(i);
    let singular = owner
        .strip_suffix('s')
        .filter(|one| noun_senses::is_relative(one) || matches!(*one, "parent" | "grandparent"))?;
    let thing = matches!(
        sentence.at(i, 1),
        "house"
            | "name"
            | "car"
            | "room"
            | "birthday"
            | "wife"
            | "husband"
            | "bike"
            | "computer"
            | "bag"
            | "hair"
    );
    let closes = sentence.tokens.get(i + 2).is_none_or(|next| {
        next.tag.is_mark() || next.tag.is_finite() || matches!(next.tag, Tag::In)
    });
    let owned = i > 0 && words::is_possessive(sentence.at(i, -1));
    if !thing || !closes || !owned {
        return None;
    }
    let own = sentence.original(i..i + 1);
    Some(if matches!(singular, "parent" | "grandparent") {
        format!("{own}'")
    } else {
        format!("{}'s", own.strip_suffix('s').unwrap_or(own))
    })
}

/// `yesterday newspaper`, `ten minutes walk`.
fn of_time(sentence: &Sentence, i: usize) -> Option<String> {
    let own = sentence.original(i..i + 1);
    let thing = sentence.at(i, 1);
    match sentence.word(i) {
        "yesterday" | "today" | "tomorrow" => {
            let placed = matches!(
                sentence.at(i, -1),
                "in" | "of"
                    | "for"
                    | "at"
                    | "about"
                    | "after"
                    | "during"
                    | "with"
                    | "read"
                    | "finish"
            );
            let noun = sentence.tag(i + 1) == Some(Tag::Nn)
                && sentence.has(i + 1, Facts::SINGULAR | Facts::USUAL_NOUN)
                && !matches!(
                    thing,
                    "morning" | "afternoon" | "evening" | "night" | "lunch" | "midnight" | "noon"
                )
                && !sentence.tagged(i + 2, Tag::is_common_noun);
            (placed && noun).then(|| format!("{own}'s"))
        }
        "todays" | "yesterdays" | "tomorrows" => sentence
            .has(i + 1, Facts::USUAL_NOUN)
            .then(|| own.strip_suffix('s').map(|day| format!("{day}'s")))
            .flatten(),
        "minutes" | "hours" | "days" | "weeks" => {
            let counted = i > 0
                && words::is_plural_number(sentence.at(i, -1))
                && !matches!(sentence.at(i, -2), "a" | "the");
            let lasts = matches!(
                thing,
                "walk" | "drive" | "ride" | "journey" | "flight" | "notice" | "holiday" | "rest"
            );
            let noun = sentence
                .tokens
                .get(i + 2)
                .is_none_or(|next| next.tag.is_mark() || matches!(next.tag, Tag::In | Tag::Cc));
            (counted && lasts && noun).then(|| format!("{own}'"))
        }
        "children" => {
            let owned =
                i > 0 && (words::is_possessive(sentence.at(i, -1)) || sentence.at(i, -1) == "the");
            let room = matches!(
                thing,
                "room"
                    | "bedroom"
                    | "names"
                    | "toys"
                    | "clothes"
                    | "school"
                    | "teacher"
                    | "parents"
                    | "hospital"
            );
            let closes = sentence.tokens.get(i + 2).is_none_or(|next| {
                next.tag.is_mark() || next.tag.is_finite() || next.tag == Tag::In
            });
            (owned && room && closes).then(|| format!("{own}'s"))
        }
        _ => None,
    }
}

/// `Women Day`, `Teacher Day`.
fn of_feast(sentence: &Sentence, i: usize) -> Option<String> {
    let ending = match sentence.word(i) {
        "women" | "woman" | "mother" | "father" | "men" | "children" => "'s",
        "teacher" => "s'",
        _ => return None,
    };
    let day =
        sentence.at(i, 1) == "day" && sentence.is_capitalised(i + 1) && sentence.is_capitalised(i);
    let own = sentence.original(i..i + 1);
    day.then(|| if own == "Woman" { "Women's".to_owned() } else { format!("{own}{ending}") })
}

/// `Lan mother`: a name before a relative.
fn of_name(sentence: &Sentence, i: usize) -> bool {
    let name = sentence.tag(i) == Some(Tag::Nnp) && sentence.is_capitalised(i);
    let relative = matches!(
        sentence.at(i, 1),
        "mother"
            | "father"
            | "brother"
            | "sister"
            | "husband"
            | "wife"
            | "parents"
            | "family"
            | "house"
            | "birthday"
            | "room"
    );
    let kin = !matches!(sentence.at(i, 1), "family" | "house" | "room");
    let begins = i == 0
        || matches!(
            sentence.at(i, -1),
            "," | "and"
                | "to"
                | "with"
                | "in"
                | "at"
                | "is"
                | "was"
                | "because"
                | "that"
                | "but"
                | "for"
                | "of"
                | "from"
                | "know"
                | "met"
                | "visit"
                | "visited"
        );
    let known = sentence.has(i, Facts::USUAL_NOUN | Facts::LISTED)
        || matches!(
            sentence.word(i),
            "god"
                | "mr"
                | "mrs"
                | "miss"
                | "dr"
                | "grand"
                | "vietnam"
                | "america"
                | "holy"
                | "big"
                | "step"
        );
    name && relative
        && kin
        && begins
        && !known
        && !sentence.tagged(i + 2, Tag::is_proper_noun)
        && !sentence.is_capitalised(i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn owners_get_their_ending() {
        expect(
            &PossessiveS,
            &[
                ("My brother house is big.", "My brother's house is big."),
                ("My friend name is Lan.", "My friend's name is Lan."),
                ("My friends house is near here.", "My friend's house is near here."),
                ("We met on Women Day.", "We met on Women's Day."),
                ("I borrowed my sister bike.", "I borrowed my sister's bike."),
                ("Lan mother is a nurse.", "Lan's mother is a nurse."),
                (
                    "I have never met my best friend parents.",
                    "I have never met my best friend's parents.",
                ),
                ("I read it in yesterday newspaper.", "I read it in yesterday's newspaper."),
                ("It is ten minutes walk from here.", "It is ten minutes' walk from here."),
                ("The children room is big.", "The children's room is big."),
                ("My grandparents house is old.", "My grandparents' house is old."),
            ],
        );
    }

    #[test]
    fn other_pairs_stay() {
        stays(
            &PossessiveS,
            "
            My brother's house is big.
            I gave my brother books.
            My mother tongue is Vietnamese.
            I help my mother cook.
            My friend Lan is here.
            My parents work hard.
            We met at ten yesterday morning.
            The children play in the room.
            After ten minutes walk to the left.
            Today people live longer.
            ",
        );
    }
}
