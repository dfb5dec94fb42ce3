//! Be before another full verb: `I agree`, not `I am agree`; `She lives`, not `She is live`; `I went`, not `I was went`.

use crate::{
    analysis::{Person, Sentence, Tag, facts::Facts, words},
    rules::{
        be_form, edit, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ExtraBe;

const EXTRA: ErrantType = ErrantType::unnecessary(Category::Verb);

/// Verbs of being and thinking, and verbs without an object: a form of be before them is always too much.
const STATES: &str = "agree disagree depend want need know believe belong own prefer hate understand remember forget \
    seem hope mean contain consist exist happen appear think live study learn work go come get eat drink play \
    help visit speak teach enjoy decide become have begin start sleep stay arrive spend wear buy bring listen \
    travel watch wake see look feel meet";
/// Verbs of the list that are nouns or adjectives as well; they are verbs after a person.
const DOUBTFUL: &str = "live need study work help visit start sleep stay travel play drink watch wake look hope hate own \
    feel spend mean get";
/// Verbs that take no object, so that be and their past are no passive.
const INTRANSITIVE: &str =
    "go come happen occur appear disappear die arrive exist belong consist fall sleep";

impl Rule for ExtraBe {
    fn name(&self) -> &'static str {
        "extra-be"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["extra-be"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let found = |i| two_verbs(sentence, i).or_else(|| find_at(sentence, i));
        (0..sentence.tokens.len()).filter_map(found).collect()
    }
}

/// What is done to nothing, so that be and the past of it are no passive.
const WITHOUT_PASSIVE: &str = "happen occur appear disappear die arrive exist belong laugh cry smile sleep go come fall \
    agree seem become stay remain sit wait walk work live";

/// `is connects`, `was laughed`, `Children are go to school`: be beside a verb that is finite by itself, at any distance
/// from the subject.
fn two_verbs(sentence: &Sentence, be: usize) -> Option<Proposal> {
    if !matches!(sentence.word(be), "am" | "is" | "are" | "was" | "were") || be == 0 {
        return None;
    }
    let past = matches!(sentence.word(be), "was" | "were");
    let verb = be + 1;
    let token = sentence.tokens.get(verb)?;
    let facts = token.facts;
    let asked = sentence.tokens[..be].iter().any(|token| {
        matches!(token.tag, Tag::Wp) || words::among("all thing things only", &token.lower)
    });
    let inverted = sentence.verb_group_at(be).is_some_and(|group| group.inverted);
    if asked || inverted || token.capitalised || !sentence.is_word(verb) || token.is_auxiliary() {
        return None;
    }
    let third = !past
        && token.tag == Tag::Vbz
        && facts.has(Facts::THIRD | Facts::USUAL_VERB)
        && (!facts.has(Facts::PLURAL) || facts.has(Facts::RATHER_VERB));
    let undone = past
        && facts.has(Facts::PAST)
        && token.tag.is_verb()
        && words::among(WITHOUT_PASSIVE, &token.lemma)
        && !matches!(sentence.word(verb + 1), "on" | "in" | "at" | "by" | "to" | "with" | "upon");
    let Some(subject) = sentence.subject_of(be) else {
        let edit = edit::rewritten(sentence, be..verb + 1, &token.lower, (EXTRA, "extra-be"), 0.88);
        return (third && sentence.clause_at(be).is_some_and(|clause| clause.opener.is_none()))
            .then(|| edit.with_clue(sentence.original(verb..verb + 1)));
    };
    let person = subject.is_pronoun() && sentence.word(subject.head) != "it"
        || noun_senses::is_human(sentence.word(subject.head));
    let base = facts.has(Facts::BASE | Facts::USUAL_VERB)
        && !facts.any(Facts::PAST | Facts::PARTICIPLE | Facts::USUAL_ADJECTIVE)
        && (matches!(token.tag, Tag::Vb | Tag::Vbp)
            || token.tag == Tag::Nn && facts.has(Facts::RATHER_VERB) && subject.is_pronoun())
        && (facts.has(Facts::RATHER_VERB) || !facts.has(Facts::USUAL_NOUN))
        && person
        && subject.tokens.end <= be
        && !words::among(
            "call name locate make do let suppose allow use marry worry concern interest tire bore force ask tell invite give teach require expect schedule oblige",
            &token.lower,
        )
        && sentence.word(verb + 1) != "by";
    let lexicon = sentence.lexicon;
    let form = match (third || undone, past) {
        (true, _) => token.lower.clone(),
        (false, _) if !base => return None,
        (false, true) => lexicon.past(&token.lower)?,
        (false, false) if subject.person == Person::Third => lexicon.third(&token.lower),
        (false, false) => token.lower.clone(),
    };
    let edit = edit::rewritten(sentence, be..verb + 1, &form, (EXTRA, "extra-be"), 0.88);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

fn find_at(sentence: &Sentence, be: usize) -> Option<Proposal> {
    let glued = matches!(sentence.word(be), "i'm" | "we're" | "they're" | "you're");
    let word = sentence.word(be);
    if !(glued || matches!(word, "am" | "is" | "are" | "was" | "were")) {
        return None;
    }
    let subject = if glued { be } else { be.checked_sub(1)? };
    let pronoun = glued
        || words::is_nominative(sentence.word(subject))
        || matches!(sentence.word(subject), "it" | "you");
    let person = if glued {
        if word == "i'm" { Person::First } else { Person::Plural }
    } else {
        be_form::person_before(sentence, be)?
    };
    let whole = sentence.subject_of(be).filter(|subject| subject.tokens.start == 0);
    let person = whole.map_or(person, |subject| subject.person);
    let opens = pronoun && (subject == 0 || !words::is_auxiliary(sentence.at(subject, -1)))
        || sentence.noun_phrase_at(subject).is_some_and(|phrase| phrase.tokens.start == 0)
        || whole.is_some();
    let negated = sentence.word(be + 1) == "not";
    let adverb = usize::from(words::is_middle_adverb(sentence.word(be + 1)) || negated);
    let verb = be + 1 + adverb;
    if !opens || !sentence.is_word(verb) {
        return None;
    }
    let past = matches!(word, "was" | "were");
    if let Some(form) = finite_after(sentence, verb, past) {
        return plain(sentence, be, verb, glued, adverb, negated, &form);
    }
    let base = sentence.word(verb);
    // "This song is make me think": nobody is between be and a plain verb with its object.
    let object = matches!(sentence.word(verb + 1), "me" | "us" | "him" | "them")
        && matches!(
            base,
            "make"
                | "give"
                | "help"
                | "let"
                | "tell"
                | "show"
                | "bring"
                | "keep"
                | "teach"
                | "allow"
        )
        && !sentence.tokens[..be].iter().any(|token| {
            words::is_do(&token.lower)
                || matches!(token.lower.as_str(), "what" | "all" | "thing" | "things")
        });
    if object {
        let lexicon = sentence.lexicon;
        let form = match (past, person == Person::Third) {
            (true, _) => lexicon.past(base)?,
            (false, true) => lexicon.third(base),
            (false, false) => base.to_owned(),
        };
        return plain(sentence, be, verb, glued, adverb, false, &form);
    }
    let certain = pronoun
        || subject_is_person(sentence, subject)
        || matches!(base, "depend" | "consist" | "belong");
    let doubtful = words::among(DOUBTFUL, base);
    let followed = follows_verb(sentence, verb, base);
    if !words::among(STATES, base)
        || doubtful
            && !(pronoun && followed
                || certain
                    && (matches!(base, "live")
                        || matches!(base, "work" | "study") && person == Person::Third)
                    && followed)
        || !certain
        || !followed
    {
        return None;
    }
    let third = person == Person::Third;
    let lexicon = sentence.lexicon;
    let form = match (past, third) {
        (true, _) => lexicon.past(base)?,
        (false, true) => lexicon.third(base),
        (false, false) => base.to_owned(),
    };
    plain(sentence, be, verb, glued, adverb, false, &form)
}

fn plain(
    sentence: &Sentence,
    be: usize,
    verb: usize,
    glued: bool,
    adverb: usize,
    negated: bool,
    form: &str,
) -> Option<Proposal> {
    if negated {
        return None;
    }
    let own = if glued { format!("{} ", pronoun_of(sentence.word(be))) } else { String::new() };
    let between = if adverb > 0 { format!("{} ", sentence.word(be + 1)) } else { String::new() };
    let words = format!("{own}{between}{form}");
    let edit = edit::rewritten(sentence, be..verb + 1, &words, (EXTRA, "extra-be"), 0.92);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

fn pronoun_of(glued: &str) -> &'static str {
    match glued {
        "i'm" => "I",
        "we're" => "we",
        "they're" => "they",
        _ => "you",
    }
}

/// `was went`, `is has`, `are wants`, `was happened`: the second verb is finite by itself.
fn finite_after(sentence: &Sentence, verb: usize, past: bool) -> Option<String> {
    let token = &sentence.tokens[verb];
    let word = token.lower.as_str();
    let base = sentence.lexicon.verb_lemma(word)?;
    let past_only =
        token.facts.has(Facts::PAST) && !token.facts.any(Facts::PARTICIPLE | Facts::BASE);
    let gone = past && past_only && words::among(INTRANSITIVE, &base);
    let happened = token.facts.has(Facts::PAST)
        && words::among("happen occur appear disappear die arrive exist belong consist", &base)
        && !matches!(word, "dead");
    let has = !past
        && matches!(
            word,
            "has" | "wants" | "likes" | "goes" | "knows" | "needs" | "lives" | "agrees"
        )
        && sentence.tag(verb).is_some_and(|tag| tag.is_verb());
    let fits = gone || happened || has;
    fits.then(|| word.to_owned())
}

/// What stands after the verb is what would follow it, and it is no noun or adjective here.
fn follows_verb(sentence: &Sentence, verb: usize, base: &str) -> bool {
    let next = sentence.word(verb + 1);
    let ends = verb + 1 >= sentence.tokens.len() || sentence.tagged(verb + 1, Tag::is_mark);
    match base {
        "agree" | "disagree" => true,
        "depend" | "consist" | "belong" => matches!(next, "on" | "upon" | "of" | "to"),
        "live" | "work" | "study" | "stay" => {
            matches!(next, "in" | "at" | "with" | "near" | "for" | "very" | "hard" | "as")
        }
        "own" => false,
        "have" | "get" | "wear" | "buy" | "visit" | "play" | "help" | "spend" | "watch"
        | "bring" | "see" | "meet" | "speak" | "teach" | "enjoy" | "eat" | "drink" | "know"
        | "understand" | "remember" | "forget" | "hate" | "prefer" | "believe" | "mean"
        | "contain" => {
            !ends
                && !matches!(
                    next,
                    "by" | "of" | "in" | "at" | "on" | "for" | "that" | "and" | "or" | "to"
                )
        }
        "want" | "need" | "hope" | "decide" | "seem" | "begin" | "start" | "learn" => {
            next == "to" || words::is_determiner(next)
        }
        "go" | "come" | "travel" | "listen" => matches!(
            next,
            "to" | "there"
                | "home"
                | "shopping"
                | "from"
                | "back"
                | "out"
                | "with"
                | "swimming"
                | "camping"
                | "fishing"
        ),
        "think" => matches!(next, "that" | "about" | "of"),
        "look" => matches!(next, "for" | "after" | "at" | "like"),
        "feel" | "become" => {
            sentence.tagged(verb + 1, Tag::is_adjective) || matches!(next, "very" | "a")
        }
        "arrive" | "sleep" | "wake" => matches!(next, "at" | "in" | "up" | "late" | "early"),
        _ => false,
    }
}

fn subject_is_person(sentence: &Sentence, subject: usize) -> bool {
    let word = sentence.word(subject);
    words::is_person(word)
        || word.strip_suffix('s').is_some_and(words::is_person)
        || matches!(word, "people" | "children")
        || sentence.tagged(subject, Tag::is_proper_noun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn be_goes_where_another_verb_stands() {
        expect(
            &ExtraBe,
            &[
                ("I am agree with you.", "I agree with you."),
                ("I'm agree with you.", "I agree with you."),
                ("It is depend on the weather.", "It depends on the weather."),
                ("She is live in Hue.", "She lives in Hue."),
                ("I was went to Da Nang last year.", "I went to Da Nang last year."),
                ("She is has two cats.", "She has two cats."),
                ("The accident was happened last night.", "The accident happened last night."),
                ("This song is make me think of you.", "This song makes me think of you."),
            ],
        );
    }

    #[test]
    fn other_uses_of_be_stay() {
        stays(
            &ExtraBe,
            "
            The band is live on television.
            All you need is love.
            The problem is work.
            He is gone.
            I am all agreed.
            She is in need of help.
            What I want is play.
            They are home.
            All he did was make me laugh.
            ",
        );
    }
}
