//! Closed word classes that several rules ask for. Words are in lower case with a straight apostrophe.

/// True when `word` is one of the words of a list written with spaces between.
pub fn among(list: &str, word: &str) -> bool {
    // By bytes: searching each short word for its end as a text takes several times as long.
    let mut listed = list.as_bytes().split(|byte| *byte == b' ');
    !word.is_empty() && listed.any(|listed| listed == word.as_bytes())
}

/// Verbs whose object may be a clause without `that`: "I think my brother is right". Asks for a lemma.
pub fn takes_clause(lemma: &str) -> bool {
    among(
        "think know say believe hope guess mean feel wish suppose hear see tell find realize understand",
        lemma,
    )
}

pub fn is_modal(word: &str) -> bool {
    matches!(
        word,
        "can"
            | "could"
            | "will"
            | "would"
            | "shall"
            | "should"
            | "may"
            | "might"
            | "must"
            | "cannot"
            | "can't"
            | "couldn't"
            | "won't"
            | "wouldn't"
            | "shouldn't"
            | "mustn't"
            | "mightn't"
            | "shan't"
            | "needn't"
    )
}

pub fn is_do(word: &str) -> bool {
    matches!(word, "do" | "does" | "did" | "don't" | "doesn't" | "didn't")
}

pub fn is_be(word: &str) -> bool {
    matches!(
        word,
        "am" | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "isn't"
            | "aren't"
            | "wasn't"
            | "weren't"
    )
}

pub fn is_have(word: &str) -> bool {
    matches!(word, "have" | "has" | "had" | "haven't" | "hasn't" | "hadn't" | "having")
}

/// Any auxiliary that may stand before the subject of a question.
pub fn is_auxiliary(word: &str) -> bool {
    is_modal(word) || is_do(word) || is_be(word) || is_have(word)
}

/// Words that hold English sentences together and hardly occur in another language.
pub fn is_grammatical(word: &str) -> bool {
    is_subject_pronoun(word)
        || is_possessive(word)
        || is_auxiliary(word)
        || matches!(
            word,
            "the" | "an" | "of" | "and" | "with" | "because" | "very" | "this" | "that"
        )
}

/// Nouns for people, singular; they hardly ever describe another noun.
pub fn is_person(word: &str) -> bool {
    among(PERSONS, word)
}

const PERSONS: &str = "mother father mom mum dad brother sister son daughter grandmother grandfather \
    grandma grandpa uncle aunt cousin nephew niece husband wife parent child kid baby boy girl man woman \
    friend classmate roommate neighbor neighbour teacher student pupil doctor nurse engineer worker farmer \
    driver singer actor actress artist writer player boss manager colleague tourist visitor customer stranger guest passenger policeman lady guy";

/// Pronouns that can only be subjects; `you` and `it` may be objects too.
pub fn is_nominative(word: &str) -> bool {
    matches!(word, "i" | "he" | "she" | "we" | "they")
}

pub fn is_subject_pronoun(word: &str) -> bool {
    is_nominative(word) || matches!(word, "you" | "it")
}

/// Pronouns of one person that take the verb's third person.
pub fn is_indefinite(word: &str) -> bool {
    matches!(
        word,
        "everyone"
            | "everybody"
            | "someone"
            | "somebody"
            | "nobody"
            | "anyone"
            | "anybody"
            | "everything"
            | "something"
            | "nothing"
    )
}

pub fn is_possessive(word: &str) -> bool {
    matches!(word, "my" | "your" | "his" | "her" | "its" | "our" | "their")
}

pub fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the")
}

/// Words that open a noun phrase and say that its head is one thing.
pub fn is_singular_determiner(word: &str) -> bool {
    matches!(word, "a" | "an" | "this" | "each" | "every" | "another")
}

pub fn is_determiner(word: &str) -> bool {
    is_article(word)
        || is_possessive(word)
        || matches!(
            word,
            "this"
                | "that"
                | "these"
                | "those"
                | "each"
                | "every"
                | "another"
                | "some"
                | "any"
                | "no"
                | "many"
                | "most"
                | "all"
                | "several"
                | "few"
                | "both"
        )
}

/// Adverbs that stand between a subject and its verb.
pub fn is_middle_adverb(word: &str) -> bool {
    matches!(
        word,
        "always"
            | "usually"
            | "often"
            | "sometimes"
            | "never"
            | "rarely"
            | "seldom"
            | "also"
            | "really"
            | "just"
            | "still"
            | "only"
            | "even"
            | "already"
            | "ever"
            | "hardly"
            | "probably"
            | "certainly"
            | "definitely"
            | "actually"
            | "normally"
            | "generally"
            | "frequently"
            | "occasionally"
            | "now"
            | "finally"
            | "suddenly"
            | "first"
    )
}

/// Words after which a new clause with its own subject may begin.
pub fn opens_clause(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "because"
            | "when"
            | "if"
            | "while"
            | "although"
            | "though"
            | "but"
            | "so"
            | "where"
            | "how"
            | "why"
            | "what"
            | "whether"
            | "unless"
            | "whenever"
            | "wherever"
    )
}

/// Words that end the stretch in which a subject and a time expression belong together.
pub fn ends_clause(word: &str) -> bool {
    opens_clause(word)
        || matches!(
            word,
            "," | ";"
                | ":"
                | "."
                | "!"
                | "?"
                | "("
                | ")"
                | "-"
                | "–"
                | "—"
                | "and"
                | "or"
                | "who"
                | "which"
                | "whom"
                | "whose"
                | "until"
                | "till"
                | "than"
                | "as"
        )
}

/// Two or more: `two`, `12`, `fifty`. Years and decimals are no counts.
pub fn is_plural_number(word: &str) -> bool {
    let digits = !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    digits && word.trim_start_matches('0').parse::<u32>().is_ok_and(|n| n > 1)
        || matches!(
            word,
            "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "ten"
                | "eleven"
                | "twelve"
                | "thirteen"
                | "fourteen"
                | "fifteen"
                | "sixteen"
                | "seventeen"
                | "eighteen"
                | "nineteen"
                | "twenty"
                | "thirty"
                | "forty"
                | "fifty"
                | "sixty"
                | "seventy"
                | "eighty"
                | "ninety"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_from_years_and_one() {
        assert!(is_plural_number("5") && is_plural_number("two") && is_plural_number("100"));
        assert!(!is_plural_number("1") && !is_plural_number("2010") && !is_plural_number("2.5"));
        assert!(!is_plural_number("") && !is_plural_number("01"));
    }
}
