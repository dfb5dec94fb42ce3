//! `go to school`, `come to my house`: verbs that reach their place by `to`.

use crate::{
    analysis::{Sentence, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingPreposition;

const PREP: ErrantType = ErrantType::missing(Category::Prep);

/// Places that one goes to without an article.
const BARE: &str = "school university college church bed class work";
/// Places that need one: "go to the market".
const WITH_ARTICLE: &str = "market supermarket cinema beach zoo park library museum airport";
/// Places after a determiner.
const PLACES: &str = "school university college church class market supermarket cinema beach zoo park library museum \
    airport hospital house office bank restaurant shop store station city village party room hotel";
/// First words of towns and names of countries that learners go to.
const TOWNS: &str = "hanoi saigon vietnam hue da ha nha hoi sai phu vung ho japan china korea america england france \
    thailand singapore london paris";

impl Rule for MissingPreposition {
    fn name(&self) -> &'static str {
        "missing-preposition"
    }

    fn stage(&self) -> Stage {
        Stage::Prepositions
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-preposition"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| going(sentence, i)).collect()
    }
}

fn going(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let word = sentence.word(verb);
    let goes = matches!(word, "go" | "goes" | "went" | "going" | "gone");
    let comes = matches!(word, "come" | "comes" | "came");
    // "have a go"; "the work in going school by school".
    let noun =
        words::is_article(sentence.at(verb, -1)) || sentence.is_capitalised(verb) && verb > 0;
    if !(goes || comes) || noun {
        return None;
    }
    let next = sentence.at(verb, 1);
    let name = sentence.is_capitalised(verb + 1)
        && words::among(TOWNS, next)
        && (next.len() > 3 || next == "hue" || sentence.is_capitalised(verb + 2))
        && goes;
    let determined = (words::is_possessive(next) || next == "the" && goes)
        && words::among(PLACES, sentence.at(verb, 2));
    let bare = goes && words::among(BARE, next);
    let article = goes && words::among(WITH_ARTICLE, next);
    let last = verb + 1 + usize::from(determined);
    if !(name || determined || bare || article) || !name && !place_ends(sentence, last, word) {
        return None;
    }
    let own = sentence.original(verb + 1..verb + 2);
    let with_to = if article { format!("to the {own}") } else { format!("to {own}") };
    Some(proposal(sentence, verb, &with_to))
}

/// False where the place only describes what follows: "go school shopping", "go work out".
fn place_ends(sentence: &Sentence, place: usize, verb: &str) -> bool {
    let next = sentence.at(place, 1);
    let ends = words::ends_clause(next)
        || next.is_empty()
        || matches!(
            next,
            "every"
                | "yesterday"
                | "today"
                | "tomorrow"
                | "last"
                | "by"
                | "with"
                | "at"
                | "in"
                | "on"
                | "late"
                | "early"
                | "now"
                | "to"
                | "again"
                | "together"
                | "next"
                | "this"
                | "because"
                | "after"
        );
    let alone = place + 1 >= sentence.tokens.len();
    let work = sentence.word(place) == "work";
    // "go work with them": a verb.
    (ends || alone)
        && !(work && (matches!(next, "with" | "in" | "on" | "at") || verb == "go" && next == "to"))
}

fn proposal(sentence: &Sentence, verb: usize, with_to: &str) -> Proposal {
    let own = sentence.original(verb + 1..verb + 2);
    let mut edit =
        Proposal::new(sentence, verb + 1..verb + 2, own, (PREP, "missing-preposition"), 0.93);
    edit.replacement = with_to.to_owned();
    edit.with_clue(sentence.original(verb..verb + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &MissingPreposition,
            &[
                ("I go school every day.", "I go to school every day."),
                ("I didn't go school yesterday.", "I didn't go to school yesterday."),
                ("I am going school.", "I am going to school."),
                ("She went the market yesterday.", "She went to the market yesterday."),
                ("We went Da Lat last year.", "We went to Da Lat last year."),
                ("They come my house every day.", "They come to my house every day."),
                ("I go supermarket by bus.", "I go to the supermarket by bus."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &MissingPreposition,
            "
            I go to school every day.
            I go home.
            We go school shopping.
            I have to go work out.
            Have a go.
            Go the extra mile.
            We went there.
            She came home.
            ",
        );
    }
}
