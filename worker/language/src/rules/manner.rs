//! Adverbs say how something is done: `speaks English fluently`, `drive carefully`, `works hard`, `extremely hot`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        degree,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct Manner;

const MORPH: ErrantType = ErrantType::replacement(Category::Morph);
const ADV: ErrantType = ErrantType::replacement(Category::Adv);

/// Verbs that are done in some manner and have no adjective as complement.
const ACTIONS: &str = "speak run drive sing dance write work walk play swim talk behave move listen study learn explain \
    answer read cook draw sleep breathe smile shout act perform teach treat dress do paint ride finish fight \
    communicate pronounce solve think live train practise practice translate type understand know";
/// Verbs of change, which go on in some manner.
const CHANGES: &str =
    "increase decrease rise fall grow change improve drop decline develop spread expand";
/// Adjectives of manner.
const MANNERS: &str = "fluent careful quick beautiful bad perfect easy happy clear quiet nice good serious correct regular \
    polite soft brave dangerous wise safe effective angry sad patient careless slow nervous excellent professional \
    wonderful terrible proper confident independent creative honest efficient comfortable different successful \
    skillful gentle";
const CHANGE_MANNERS: &str = "rapid significant dramatic gradual steady slight sharp quick considerable continuous sudden \
    slow constant";
const LANGUAGES: &str = "english vietnamese french chinese japanese korean german spanish it";
/// Adjectives that learners put for the adverb of degree.
const DEGREES: &str = "extreme complete total absolute incredible";

impl Rule for Manner {
    fn name(&self) -> &'static str {
        "adverb-of-manner"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["adverb-for-adjective", "adverb-of-degree", "hard-not-hardly"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut found = Vec::new();
        for i in 0..sentence.tokens.len() {
            let token = &sentence.tokens[i];
            let verb = token.facts.any(Facts::BASE | Facts::THIRD | Facts::PAST | Facts::ING);
            if verb && token.tag.is_verb() {
                found.extend(after_action(sentence, i).or_else(|| hardly(sentence, i)));
            }
            found.extend(before_verb(sentence, i));
            found.extend(of_degree(sentence, i).or_else(|| never_formed(sentence, i)));
        }
        found
    }
}

/// True where a clause or its core ends before token `i`.
fn closes(sentence: &Sentence, i: usize) -> bool {
    let next = sentence.word(i);
    next.is_empty()
        || sentence.tagged(i, Tag::is_mark)
        || matches!(
            next,
            "and"
                | "but"
                | "because"
                | "when"
                | "so"
                | "than"
                | "in"
                | "at"
                | "on"
                | "with"
                | "every"
                | "now"
                | "today"
                | "yesterday"
                | "if"
                | "before"
                | "after"
                | "during"
                | "since"
                | "over"
                | "too"
                | "as"
                | "for"
                | "while"
                | "enough"
                | "together"
        )
}

/// `speaks English fluent`, `drive careful`, `sings very beautiful`.
fn after_action(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let lemma = sentence.tokens[verb].lemma.as_str();
    let change = words::among(CHANGES, lemma);
    if !change && !words::among(ACTIONS, lemma) {
        return None;
    }
    let mut at = verb + 1;
    let mut object = false;
    if words::among(LANGUAGES, sentence.word(at))
        || matches!(sentence.word(at), "me" | "him" | "them" | "us")
    {
        at += 1;
        object = true;
    } else if let Some(phrase) = sentence
        .noun_phrase_at(at)
        .filter(|phrase| phrase.tokens.start == at && phrase.tokens.len() <= 3)
    {
        let name = phrase.is_name()
            || phrase.is_pronoun()
            || phrase.tokens.len() == 1 && words::among(MANNERS, sentence.word(at));
        if sentence.tagged(phrase.head, Tag::is_noun)
            && !name
            && phrase.kind != crate::analysis::noun_phrases::PhraseKind::Indefinite
        {
            // "plays football very good": the noun may have taken the adjective along.
            at = phrase.tokens.end;
            object = true;
        }
    }
    let graded = matches!(sentence.word(at), "very" | "so" | "too" | "really" | "quite" | "more");
    let adjective = at + usize::from(graded);
    let word = sentence.word(adjective);
    let manner =
        if change { words::among(CHANGE_MANNERS, word) } else { words::among(MANNERS, word) };
    if !manner || !closes(sentence, adjective + 1) {
        return None;
    }
    // "play safe", "write clear and simple sentences", "know better", "do good", "slow" after some verbs.
    let next = sentence.word(adjective + 1);
    let joined =
        matches!(next, "and" | "," | "but") && sentence.tagged(adjective + 2, Tag::is_adjective);
    let bare_good = word == "good"
        && !graded
        && !object
        && !matches!(
            lemma,
            "sing" | "dance" | "swim" | "drive" | "sleep" | "cook" | "speak" | "run" | "work"
        );
    let doing = matches!(
        lemma,
        "do" | "know"
            | "understand"
            | "act"
            | "move"
            | "finish"
            | "dress"
            | "type"
            | "learn"
            | "read"
    ) && !(object && graded)
        && !(object && lemma != "do" && lemma != "learn" && lemma != "read");
    let colloquial = matches!(
        word,
        "safe"
            | "slow"
            | "loud"
            | "nice"
            | "easy"
            | "different"
            | "clear"
            | "happy"
            | "sad"
            | "angry"
            | "comfortable"
    ) && !graded
        && !(object && matches!(word, "clear" | "slow"));
    let colloquial = colloquial && !(lemma == "live" && word == "happy");
    let of_object = object
        && matches!(
            lemma,
            "paint" | "cook" | "treat" | "teach" | "train" | "write" | "draw" | "sing"
        )
        && !graded
        && word != "good"
        && word != "careful";
    if joined || bare_good || doing || colloquial || of_object || words::is_be(sentence.word(verb))
    {
        return None;
    }
    let adverb = degree::adverb(sentence.lexicon, word)?;
    let edit = Proposal::new(
        sentence,
        adjective..adjective + 1,
        &adverb,
        (MORPH, "adverb-for-adjective"),
        0.92,
    );
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// `He quick ran away`, `and final passed`.
fn before_verb(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let listed = matches!(
        word,
        "quick"
            | "easy"
            | "careful"
            | "sudden"
            | "final"
            | "usual"
            | "general"
            | "careless"
            | "gradual"
            | "immediate"
            | "recent"
            | "exact"
            | "actual"
            | "probable"
            | "certain"
            | "serious"
    );
    let before = i.checked_sub(1)?;
    if !listed {
        return None;
    }
    let subject = words::is_nominative(sentence.word(before))
        && !(before > 0 && words::is_auxiliary(sentence.word(before - 1)))
        || words::is_modal(sentence.word(before))
        || sentence.word(before) == "and"
            && sentence.tag(i + 1) == Some(Tag::Vbd)
            && !sentence.tagged(before.wrapping_sub(1), Tag::is_adjective);
    let verb = sentence.any(i + 1, Facts::BASE | Facts::PAST | Facts::THIRD)
        && sentence.tagged(i + 1, Tag::is_verb)
        && !words::is_auxiliary(sentence.word(i + 1));
    let adverb = degree::adverb(sentence.lexicon, word).filter(|_| subject && verb)?;
    let edit = Proposal::new(sentence, i..i + 1, &adverb, (MORPH, "adverb-for-adjective"), 0.9);
    Some(edit.with_clue(sentence.original(i + 1..i + 2)))
}

/// `works very hardly`.
fn hardly(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let works = matches!(
        sentence.tokens[verb].lemma.as_str(),
        "work" | "study" | "try" | "rain" | "train" | "learn" | "practise" | "practice" | "fight"
    );
    let graded = matches!(sentence.word(verb + 1), "very" | "so" | "too" | "really" | "more");
    let at = verb + 1 + usize::from(graded);
    let next = sentence.word(at + 1);
    let ends = at + 1 >= sentence.tokens.len()
        || sentence.tagged(at + 1, Tag::is_mark)
        || sentence.has(at + 1, Facts::PREPOSITION)
        || matches!(next, "to" | "all" | "every" | "and" | "because" | "so" | "when");
    (works
        && sentence.word(at) == "hardly"
        && ends
        && next != "any"
        && !(next == "at" && sentence.word(at + 2) == "all"))
        .then(|| {
            let edit = Proposal::new(sentence, at..at + 1, "hard", (ADV, "hard-not-hardly"), 0.93);
            edit.with_clue(sentence.original(verb..verb + 1))
        })
}

/// `is extreme hot`.
fn of_degree(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let before = i.checked_sub(1).map_or("", |before| sentence.word(before));
    let linked = words::is_be(before)
        || matches!(before, "become" | "feel" | "looks" | "look" | "became" | "felt");
    if !linked || !words::among(DEGREES, word) {
        return None;
    }
    let quality = sentence.has(i + 1, Facts::USUAL_ADJECTIVE)
        && !sentence.has(i + 1, Facts::USUAL_NOUN)
        && sentence.tagged(i + 1, Tag::is_adjective)
        && (!sentence.tagged(i + 2, Tag::is_noun)
            || sentence.times.iter().any(|time| time.tokens.contains(&(i + 2))));
    let adverb = degree::adverb(sentence.lexicon, word).filter(|_| quality)?;
    let edit = Proposal::new(sentence, i..i + 1, &adverb, (MORPH, "adverb-of-degree"), 0.9);
    Some(edit.with_clue(sentence.original(i + 1..i + 2)))
}

/// `fastly`, `goodly`: no such words.
fn never_formed(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let right = match sentence.word(i) {
        "fastly" => "fast",
        "goodly" if sentence.tag(i) == Some(Tag::Rb) => "well",
        "longly" => "long",
        _ => return None,
    };
    Some(
        Proposal::new(sentence, i..i + 1, right, (ADV, "adverb-for-adjective"), 0.95)
            .with_clue(right),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn manner_is_an_adverb() {
        expect(
            &Manner,
            &[
                ("She speaks English fluent.", "She speaks English fluently."),
                ("Please drive careful.", "Please drive carefully."),
                ("She sings very beautiful.", "She sings very beautifully."),
                ("He plays football very good.", "He plays football very well."),
                ("He works very hardly.", "He works very hard."),
                ("She drives fastly.", "She drives fast."),
                ("It is extreme hot today.", "It is extremely hot today."),
                ("He quick ran away.", "He quickly ran away."),
                ("They live happy together.", "They live happily together."),
                ("The number increased rapid.", "The number increased rapidly."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &Manner,
            "
            She speaks English well.
            He looks happy.
            He looked carefully at the picture.
            They hardly work.
            I cook good food.
            She wrote a very beautiful song.
            He runs a successful company.
            She speaks good English.
            ",
        );
    }
}
