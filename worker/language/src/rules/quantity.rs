//! How much of what: `a little water`, `too much coffee`, `a few friends`; and `such a nice day`, `so nice`, `too heavy`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    confusions::decision::indefinite,
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct Quantity;

const DET: ErrantType = ErrantType::replacement(Category::Det);
const ADV: ErrantType = ErrantType::replacement(Category::Adv);

/// Substances and abstracts that are never counted in everyday senses.
const MASS: &str = "water milk rice coffee tea bread sugar salt meat beef pork cheese butter food fuel petrol gas oil air \
    snow rain energy noise love luck sand dust \
    blood smoke patience happiness fun juice soup beer wine money";
/// Qualities that in excess keep somebody from doing something.
const EXCESS: &str = "cold hot tired old young heavy late dark weak busy small shy lazy";

impl Rule for Quantity {
    fn name(&self) -> &'static str {
        "quantity"
    }

    /// Before the rules of number, which would make a plural of "many coffee".
    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &[
            "much-uncounted",
            "little-uncounted",
            "few-counted",
            "such-a-noun",
            "so-adjective",
            "too-much-adjective",
            "most-not-almost",
            "everyone-not-every-people",
            "lives-of-many",
            "very-not-too",
            "too-for-excess",
        ]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    match sentence.word(i) {
        "many" | "few" => of_mass(sentence, i),
        "little" => of_counted(sentence, i),
        "almost" => most(sentence, i),
        "every" => every_people(sentence, i),
        "life" => lives(sentence, i),
        "so" => such(sentence, i),
        "such" => so(sentence, i),
        "too" => very(sentence, i),
        "very" => in_excess(sentence, i),
        "much" => before_adjective(sentence, i).or_else(|| much_of_mass(sentence, i)),
        _ => None,
    }
}

fn mass_at(sentence: &Sentence, noun: usize) -> bool {
    let next = sentence.word(noun + 1);
    words::among(MASS, sentence.word(noun))
        && sentence.is_word(noun)
        && !sentence.tagged(noun + 1, Tag::is_common_noun)
        && (!matches!(next, "-" | "and" | "or" | "," | "/")
            || next == "and" && words::is_auxiliary(sentence.word(noun + 2)))
}

/// `many coffee`, `a few water`.
fn of_mass(sentence: &Sentence, i: usize) -> Option<Proposal> {
    // "don't have many time": no times are counted.
    let time = sentence.at(i, 1) == "time"
        && sentence.word(i) == "many"
        && !sentence.tagged(i + 2, Tag::is_noun)
        && i > 0
        && (matches!(sentence.at(i, -1), "so" | "too")
            || sentence.at(i, -1) == "have"
                && sentence.tokens[..i]
                    .iter()
                    .rev()
                    .take(3)
                    .any(crate::analysis::Token::is_negation));
    if !mass_at(sentence, i + 1) && !time {
        return None;
    }
    let before = i.checked_sub(1).map_or("", |before| sentence.word(before));
    let noun = sentence.original(i + 1..i + 2);
    let message = if sentence.word(i) == "many" { "much-uncounted" } else { "little-uncounted" };
    let wanted = match sentence.word(i) {
        "few" => "little",
        _ if matches!(before, "so" | "too" | "how" | "as" | "very" | "not") => "much",
        _ if before == "a" => return None,
        _ if sentence.tokens[..i].iter().rev().take(4).any(crate::analysis::Token::is_negation) => {
            "much"
        }
        _ => "a lot of",
    };
    Some(Proposal::new(sentence, i..i + 1, wanted, (DET, message), 0.92).with_clue(noun))
}

/// What is measured: in the plural it is still measured.
pub(super) fn is_measured(plural: &str) -> bool {
    plural.strip_suffix('s').is_some_and(|one| words::among(MASS, one))
}

/// `too much salts`.
fn much_of_mass(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = sentence.at(i, 1);
    let one = noun.strip_suffix('s').filter(|_| is_measured(noun))?;
    let kind = ErrantType::replacement(Category::NounNum);
    let edit = Proposal::new(sentence, i + 1..i + 2, one, (kind, "much-uncounted"), 0.9);
    Some(edit.with_clue(one))
}

/// `almost people`, `almost young students`.
fn most(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let described = usize::from(
        sentence.tagged(i + 1, Tag::is_adjective)
            && !matches!(sentence.at(i, 1), "all" | "many" | "several"),
    );
    let noun = i + 1 + described;
    let plural = sentence.tag(noun) == Some(Tag::Nns)
        && (sentence.has(noun, Facts::PLURAL | Facts::USUAL_NOUN)
            && !sentence.has(noun, Facts::THIRD | Facts::USUAL_VERB)
            || matches!(sentence.word(noun), "people" | "students" | "children"));
    let number = sentence.tag(i + 1) == Some(Tag::Cd);
    let person = sentence.word(noun).strip_suffix('s').is_some_and(words::is_person)
        || matches!(sentence.word(noun), "people" | "children" | "men" | "women");
    (plural && !number && (i == 0 || person) && sentence.is_word(noun)).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "most", (DET, "most-not-almost"), 0.9);
        edit.with_clue(sentence.original(noun..noun + 1))
    })
}

/// `every people thinks`.
fn every_people(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let fits = matches!(sentence.at(i, 1), "people" | "peoples")
        && !matches!(sentence.at(i, 2), "of" | "'s");
    fits.then(|| {
        let edit =
            Proposal::new(sentence, i..i + 2, "everyone", (DET, "everyone-not-every-people"), 0.88);
        edit.with_clue("every")
    })
}

/// `enjoy their life`: many people have many lives.
fn lives(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let owners = matches!(sentence.at(i, -1), "their" | "our");
    let verb = i >= 2
        && matches!(
            sentence.tokens[i - 2].lemma.as_str(),
            "enjoy" | "live" | "spend" | "risk" | "lose" | "improve"
        );
    let kind = ErrantType::replacement(Category::NounNum);
    (owners
        && verb
        && sentence.tagged(i - 2, Tag::is_verb)
        && !sentence.tagged(i + 1, Tag::is_noun))
    .then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "lives", (kind, "lives-of-many"), 0.85);
        edit.with_clue(sentence.original(i - 1..i))
    })
}

/// `was very cold to swim in`: so cold that one did not.
fn in_excess(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let be = i.checked_sub(1).filter(|be| words::is_be(sentence.word(*be)))?;
    let infinitive = sentence.at(i, 2) == "to" && sentence.has(i + 3, Facts::BASE);
    let excess = words::among(EXCESS, sentence.at(i, 1));
    let object = matches!(sentence.at(i, 3), "touch" | "hear" | "see" | "say" | "be" | "have");
    (excess && infinitive && !object).then(|| {
        let kind = (ErrantType::replacement(Category::Adv), "too-for-excess");
        let edit = Proposal::new(sentence, i..i + 1, "too", kind, 0.85);
        edit.with_clue(sentence.original(be..be + 1))
    })
}

/// `a little friends`.
fn of_counted(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = i + 1;
    let counted = sentence.has(noun, Facts::PLURAL | Facts::USUAL_NOUN)
        && !sentence.has(noun, Facts::SINGULAR)
        || matches!(sentence.word(noun), "people" | "children");
    let article = i.checked_sub(1).filter(|a| sentence.word(*a) == "a")?;
    let only = sentence.at(article, -1) != "of";
    (counted && only && sentence.is_word(noun)).then(|| {
        Proposal::new(sentence, i..i + 1, "few", (DET, "few-counted"), 0.92)
            .with_clue(sentence.original(noun..noun + 1))
    })
}

/// `so beautiful day`, `so a good film`, `so nice people`.
fn such(sentence: &Sentence, so: usize) -> Option<Proposal> {
    let before = so.checked_sub(1).map_or("", |before| sentence.word(before));
    let linked = words::is_be(before)
        || words::is_have(before)
        || so > 0 && matches!(sentence.tokens[so - 1].lemma.as_str(), "have" | "be");
    if !linked {
        return None;
    }
    let article = usize::from(matches!(sentence.at(so, 1), "a" | "an"));
    let adjective = so + 1 + article;
    let noun = adjective + 1;
    let quality = sentence.has(adjective, Facts::USUAL_ADJECTIVE)
        && sentence.tagged(adjective, Tag::is_adjective)
        && !matches!(
            sentence.word(adjective),
            "many" | "much" | "few" | "little" | "called" | "far" | "long" | "most" | "other"
        );
    let thing = sentence.tagged(noun, Tag::is_common_noun)
        && sentence.has(noun, Facts::USUAL_NOUN)
        && !sentence.tagged(noun + 1, Tag::is_common_noun)
        && !matches!(
            sentence.word(noun),
            "today" | "yesterday" | "tomorrow" | "tonight" | "lot" | "bit" | "times" | "people's"
        );
    if !quality || !thing {
        return None;
    }
    let plural = sentence.tag(noun) == Some(Tag::Nns);
    let mass = sentence.has(noun, Facts::MASS) || words::among(MASS, sentence.word(noun));
    let mass = mass && !matches!(sentence.word(noun), "day" | "film" | "place" | "book");
    let followed = sentence.tokens[noun..].iter().take(8).any(|token| token.lower == "that");
    if article == 0 && mass && !plural && !followed {
        return None;
    }
    let first = sentence.original(adjective..adjective + 1);
    let text = if plural || mass && article == 0 {
        format!("such {first}")
    } else {
        format!("such {} {first}", indefinite(&sentence.tokens[adjective]))
    };
    let kind = (ADV, "such-a-noun");
    let edit = edit::rewritten(sentence, so..adjective + 1, &text, kind, 0.9);
    Some(edit.with_clue(sentence.original(noun..noun + 1)))
}

/// `is such beautiful.`
fn so(sentence: &Sentence, such: usize) -> Option<Proposal> {
    let be = such.checked_sub(1).is_some_and(|before| words::is_be(sentence.word(before)));
    let adjective = such + 1;
    let next = sentence.word(adjective + 1);
    let ends = adjective + 1 >= sentence.tokens.len()
        || matches!(next, "." | "!" | "," | "that" | "and")
        || sentence.has(adjective + 1, Facts::PREPOSITION)
            && !sentence.tagged(adjective + 1, Tag::is_noun);
    let quality = sentence.any(adjective, Facts::USUAL_ADJECTIVE | Facts::ADJECTIVE)
        && !sentence.any(adjective, Facts::PLURAL)
        && (sentence.tagged(adjective, Tag::is_adjective)
            || sentence.has(adjective, Facts::PARTICIPLE)
            || !sentence.has(adjective, Facts::USUAL_NOUN));
    (be && ends && quality).then(|| {
        let edit = Proposal::new(sentence, such..such + 1, "so", (ADV, "so-adjective"), 0.92);
        edit.with_clue(sentence.original(adjective..adjective + 1))
    })
}

/// `is too delicious`: praise, where `too` would be blame.
fn very(sentence: &Sentence, too: usize) -> Option<Proposal> {
    let be = too.checked_sub(1).is_some_and(|before| words::is_be(sentence.word(before)));
    let praise = matches!(
        sentence.at(too, 1),
        "delicious" | "wonderful" | "excellent" | "amazing" | "beautiful" | "fantastic"
    );
    let next = sentence.at(too, 2);
    let ends = matches!(next, "." | "!" | "," | "and" | "so");
    (be && praise
        && ends
        && !sentence.tokens[..too].iter().any(crate::analysis::Token::is_negation))
    .then(|| {
        let edit = Proposal::new(sentence, too..too + 1, "very", (ADV, "very-not-too"), 0.88);
        edit.with_clue(sentence.original(too + 1..too + 2))
    })
}

/// `too much heavy`, `very much happy`.
fn before_adjective(sentence: &Sentence, much: usize) -> Option<Proposal> {
    let degree =
        much.checked_sub(1).filter(|at| matches!(sentence.word(*at), "too" | "so" | "very"))?;
    let adjective = much + 1;
    let quality = sentence.has(adjective, Facts::USUAL_ADJECTIVE)
        && !sentence.any(
            adjective,
            Facts::COMPARATIVE | Facts::USUAL_NOUN | Facts::ADVERB | Facts::PARTICIPLE,
        );
    let next = sentence.word(adjective + 1);
    let ends = adjective + 1 >= sentence.tokens.len()
        || matches!(
            next,
            "." | "!" | "," | "for" | "to" | "that" | "because" | "and" | "when" | "in" | "so"
        );
    let linked = degree.checked_sub(1).is_some_and(|be| {
        words::is_be(sentence.word(be))
            || matches!(sentence.word(be), "i'm" | "it's" | "feel" | "felt")
    });
    if !quality
        || !ends
        || !linked
        || matches!(sentence.word(adjective), "alive" | "alike" | "aware" | "afraid" | "due")
    {
        return None;
    }
    let edit = edit::removed(
        sentence,
        much..much + 1,
        (ErrantType::unnecessary(Category::Adv), "too-much-adjective"),
        0.92,
    )?;
    Some(edit.with_clue(sentence.original(degree..degree + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn quantities_fit_their_nouns() {
        expect(
            &Quantity,
            &[
                ("I have a few water.", "I have a little water."),
                ("He drinks too many coffee.", "He drinks too much coffee."),
                ("I have a little friends here.", "I have a few friends here."),
                ("It is so beautiful day.", "It is such a beautiful day."),
                ("Almost people like music.", "Most people like music."),
                ("Every people has a dream.", "Everyone has a dream."),
                ("They enjoy their life here.", "They enjoy their lives here."),
                ("The coffee here is too delicious.", "The coffee here is very delicious."),
                ("They are so nice people.", "They are such nice people."),
                ("My suitcase is too much heavy.", "My suitcase is too heavy."),
                ("The soup was very hot to eat.", "The soup was too hot to eat."),
                ("We don't have many time.", "We don't have much time."),
            ],
        );
    }

    #[test]
    fn right_quantities_stay() {
        stays(
            &Quantity,
            "
            I have a little money.
            Almost all people like music.
            She enjoys her life.
            We waited almost two hours.
            There are so many people.
            It is so hot today.
            It is too much.
            She is so much better.
            many coffee shops
            a little boy
            It is such a nice day.
            many water bottles
            It is very cold today.
            I was very happy to meet you.
            We saw it many times.
            ",
        );
    }
}
