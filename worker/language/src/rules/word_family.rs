//! The member of a word family that the place asks for: `very dangerous`, `the beauty of`, `a successful man`, `want to
//! succeed`, `the development of`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        derivations::{of_adjective, of_noun, of_verb},
        noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct WordFamily;

const MORPH: ErrantType = ErrantType::replacement(Category::Morph);

/// Nouns that take an adjective, not another noun, before them.
const PLAIN_HEADS: &str = "man woman person people girl boy student life animal thing job country city place child \
    children friend teacher way work news day time food idea problem snake dog";
/// Qualities that learners put before such a noun.
const PREPOSED: &str = "fame success danger happiness importance difference difficulty confidence patience honesty kindness \
    beauty health intelligence convenience violence independence";

impl Rule for WordFamily {
    fn name(&self) -> &'static str {
        "word-family"
    }

    /// Before the rules of number and articles, which would take the noun for granted.
    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["family-adjective", "family-noun", "family-verb"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    if !sentence.is_word(i) || sentence.is_capitalised(i) {
        return None;
    }
    let word = sentence.word(i);
    if word.len() < 3 {
        return None;
    }
    adjective_wanted(sentence, i)
        .or_else(|| noun_wanted(sentence, i))
        .or_else(|| verb_wanted(sentence, i))
}

fn proposal(
    sentence: &Sentence,
    i: usize,
    form: &str,
    message: &'static str,
    confidence: f64,
) -> Option<Proposal> {
    let clue = sentence.original(i - 1..i).to_owned();
    (form != sentence.word(i)).then(|| {
        Proposal::new(sentence, i..i + 1, form, (MORPH, message), confidence).with_clue(&clue)
    })
}

/// True where nothing after the word makes a phrase with it.
fn stands_last(sentence: &Sentence, i: usize) -> bool {
    let next = sentence.at(i, 1);
    next.is_empty()
        || sentence.tagged(i + 1, Tag::is_mark)
        || sentence.has(i + 1, Facts::PREPOSITION)
        || matches!(
            next,
            "and"
                | "but"
                | "because"
                | "that"
                | "when"
                | "to"
                | "so"
                | "if"
                | "or"
                | "than"
                | "now"
                | "today"
                | "enough"
        )
}

/// `very danger`, `is success`, `a danger animal`, `a very confidence girl`.
fn adjective_wanted(sentence: &Sentence, i: usize) -> Option<Proposal> {
    if sentence.word(i) == "experience"
        && noun_senses::is_job(sentence.at(i, 1))
        && !words::is_be(sentence.at(i, -1))
    {
        return proposal(sentence, i, "experienced", "family-adjective", 0.9);
    }
    let family = of_noun(sentence.word(i)).filter(|family| family.is_quality)?;
    let adjective = family.adjective?;
    if sentence.has(i, Facts::USUAL_ADJECTIVE) {
        return None;
    }
    let before = sentence.at(i, -1);
    let governor = sentence.at(i, -2);
    let degree = matches!(before, "very" | "so" | "too" | "quite" | "really" | "extremely");
    let linked = words::is_be(governor)
        || matches!(
            governor,
            "feel"
                | "feels"
                | "felt"
                | "look"
                | "looks"
                | "become"
                | "became"
                | "seem"
                | "seems"
                | "not"
                | "also"
                | "always"
                | "i'm"
                | "it's"
                | "he's"
                | "she's"
        );
    let head = sentence.tagged(i + 1, Tag::is_common_noun);
    if degree
        && (linked && stands_last(sentence, i) || matches!(governor, "a" | "an") && head)
        && !(before == "so" && sentence.at(i, 1) == "that" && !linked)
    {
        return proposal(sentence, i, adjective, "family-adjective", 0.94);
    }
    // "It is danger."; "He is success in business."
    let subject = matches!(governor, "he" | "she" | "i" | "they" | "we" | "you");
    let it = governor == "it"
        && matches!(
            sentence.word(i),
            "danger" | "importance" | "difficulty" | "convenience" | "difference" | "harm"
        );
    let state = words::is_be(before)
        && (subject || it)
        && stands_last(sentence, i)
        && sentence.at(i, 1) != "of"
        && !matches!(
            sentence.word(i),
            "life"
                | "peace"
                | "love"
                | "help"
                | "presence"
                | "surprise"
                | "strength"
                | "beauty"
                | "death"
        );
    let state = state && !(subject && sentence.at(i, -3) == "all");
    if state {
        return proposal(sentence, i, adjective, "family-adjective", 0.9);
    }
    // "a danger animal".
    let determined =
        matches!(before, "a" | "an" | "the" | "this" | "that" | "my" | "many" | "some")
            || before == "most" && governor == "the";
    let preposed = head
        && words::among(PREPOSED, sentence.word(i))
        && (words::among(PLAIN_HEADS, sentence.at(i, 1)) || before == "most")
        && determined
        && !(sentence.word(i) == "health"
            && matches!(sentence.at(i, 1), "problem" | "news" | "work" | "food" | "idea"));
    // "beauty shop", "danger man" and the like are compounds.
    let compound = match sentence.word(i) {
        "beauty" => !matches!(sentence.at(i, 1), "girl" | "woman" | "place" | "country" | "city"),
        "danger" => sentence.at(i, 1) == "man",
        _ => false,
    };
    let preposed = preposed && !compound;
    if !preposed {
        return None;
    }
    // The article follows the sound of the new word.
    if matches!(before, "a" | "an") {
        let vowel = adjective.starts_with(['a', 'e', 'i', 'o', 'u']) || adjective == "honest";
        let probe = if vowel { "an" } else { "a" };
        if probe != before {
            let text = format!("{probe} {adjective}");
            let clue = sentence.original(i + 1..i + 2).to_owned();
            return Some(
                Proposal::new(sentence, i - 1..i + 1, &text, (MORPH, "family-adjective"), 0.9)
                    .with_clue(&clue),
            );
        }
    }
    proposal(sentence, i, adjective, "family-adjective", 0.9)
}

/// `the beautiful of`, `the different between`, `a lot of patient`, `my healthy.`, `The develop of`.
fn noun_wanted(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let before = sentence.at(i, -1);
    let next = sentence.at(i, 1);
    let determined =
        matches!(before, "the" | "its" | "their" | "his" | "her" | "our" | "my" | "your");
    // "thanks to the kind of our neighbours": persons are kind, things are of a kind.
    if word == "kind"
        && before == "the"
        && next == "of"
        && matches!(sentence.at(i, -2), "to" | "for" | "by" | "with")
        && words::is_possessive(sentence.at(i, 2))
    {
        return proposal(sentence, i, "kindness", "family-noun", 0.88);
    }
    if let Some(family) = of_adjective(word) {
        if sentence.any(i, Facts::USUAL_NOUN) && !matches!(word, "patient") {
            return None;
        }
        let noun = family.noun;
        let of = determined
            && next == "of"
            && !matches!(
                word,
                "poor"
                    | "rich"
                    | "lost"
                    | "present"
                    | "long"
                    | "dead"
                    | "strong"
                    | "sick"
                    | "weak"
                    | "able"
                    | "real"
                    | "national"
                    | "personal"
                    | "ill"
                    | "equal"
                    | "complex"
                    | "private"
            );
        let between =
            before == "the" && next == "between" && matches!(word, "different" | "similar");
        let owned = words::is_possessive(before) && word == "healthy" && stands_last(sentence, i);
        let much = before == "of"
            && matches!(sentence.at(i, -2), "lot" | "lots")
            && stands_last(sentence, i)
            && family.is_quality;
        if of || between || owned || much {
            return proposal(sentence, i, noun, "family-noun", 0.93);
        }
        // "many difficult in".
        let many = before == "many"
            && matches!(word, "difficult" | "different" | "possible")
            && stands_last(sentence, i)
            && next != "and";
        return many
            .then(|| sentence.lexicon.plural(noun))
            .flatten()
            .and_then(|plural| proposal(sentence, i, &plural, "family-noun", 0.92));
    }
    // "The develop of tourism".
    let family = of_verb(word)?;
    let of = matches!(before, "the" | "economic" | "rapid")
        && next == "of"
        && !sentence.any(i, Facts::USUAL_NOUN);
    of.then(|| proposal(sentence, i, family.noun, "family-noun", 0.93)).flatten()
}

/// `want to success`, `can success`.
fn verb_wanted(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let family = of_noun(sentence.word(i))?;
    let verb = family.verb?;
    if verb == family.noun || sentence.any(i, Facts::BASE | Facts::USUAL_VERB) {
        return None;
    }
    let before = sentence.at(i, -1);
    let governor = sentence.at(i, -2);
    let wanting = before == "to"
        && matches!(
            governor,
            "want"
                | "wants"
                | "wanted"
                | "try"
                | "tries"
                | "tried"
                | "hope"
                | "hopes"
                | "need"
                | "needs"
                | "decide"
                | "decided"
                | "plan"
                | "how"
                | "able"
                | "like"
                | "would"
                | "is"
                | "was"
                | "order"
                | "can"
        );
    let modal = words::is_modal(before)
        && i >= 2
        && (words::is_subject_pronoun(governor) || sentence.tagged(i - 2, Tag::is_noun))
        && (stands_last(sentence, i) || words::is_determiner(sentence.at(i, 1)));
    let object = words::is_determiner(sentence.at(i, 1));
    let followed = stands_last(sentence, i) || object;
    let wanting = wanting || before == "to" && object && sentence.tagged(i - 2, Tag::is_adjective);
    // "what it is to success" hardly occurs; "is to attention" neither.
    ((wanting && followed) || modal)
        .then(|| proposal(sentence, i, verb, "family-verb", 0.92))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_place_decides_on_the_member() {
        expect(
            &WordFamily,
            &[
                ("It is very danger.", "It is very dangerous."),
                ("He is a success man.", "He is a successful man."),
                ("She is very health.", "She is very healthy."),
                ("I love the beautiful of Ha Long Bay.", "I love the beauty of Ha Long Bay."),
                ("This is a danger animal.", "This is a dangerous animal."),
                ("She has a lot of patient.", "She has a lot of patience."),
                ("We should protection our planet.", "We should protect our planet."),
                ("She is an experience teacher.", "She is an experienced teacher."),
                ("I want to success.", "I want to succeed."),
                ("The develop of tourism is fast.", "The development of tourism is fast."),
                ("My sister is a very confidence girl.", "My sister is a very confident girl."),
                (
                    "Thanks to the kind of our neighbours, we are fine.",
                    "Thanks to the kindness of our neighbours, we are fine.",
                ),
                ("He is one of the most fame poets.", "He is one of the most famous poets."),
            ],
        );
    }

    #[test]
    fn members_in_place_stay() {
        stays(
            &WordFamily,
            "
            It is very dangerous.
            The beauty of it is that it works.
            He is a success.
            There is so much danger here.
            The key to success is work.
            She has a lot of patients.
            They live in the present of their dreams.
            a danger zone
            I like the kind of music that he plays.
            ",
        );
    }
}
