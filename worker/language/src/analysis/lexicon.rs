//! The dictionary behind our own types: harper's curated word list, its irregular forms, and the learners' list.

use crate::{
    analysis::{
        british, countability,
        dictionary::{Dictionary, Readings},
        facts::Facts,
        inflect,
        irregular_verbs::IrregularVerbs,
    },
    tagger::Tagger,
    vocabulary::levels::{Part, WordLevels},
};
use harper_core::IrregularNouns;
use std::sync::Arc;

/// Looks words up and inflects them. Words are given in lower case.
pub struct Lexicon {
    dictionary: Dictionary,
    verbs: IrregularVerbs,
    nouns: Arc<IrregularNouns>,
    pub levels: WordLevels,
    pub(super) tagger: Tagger,
}

impl Lexicon {
    pub fn load() -> Lexicon {
        Lexicon {
            dictionary: Dictionary::load(),
            verbs: IrregularVerbs::load(),
            nouns: IrregularNouns::curated(),
            levels: WordLevels::load(),
            tagger: Tagger,
        }
    }

    pub fn knows(&self, word: &str) -> bool {
        self.dictionary.contains(word)
    }

    /// True for a British spelling of a known word: `colour`. It may be known by itself, too.
    pub fn is_british(&self, lower: &str) -> bool {
        british::american(lower).any(|american| american != lower && self.knows(&american))
    }

    /// Everything the word form can be.
    pub fn facts(&self, lower: &str) -> Facts {
        let Some(readings) = self.dictionary.readings(lower) else { return Facts::NONE };
        let mut facts = Facts::KNOWN;
        facts.set(Facts::PROPER, !readings.has(Readings::SMALL) && lower != "i");
        if readings.has(Readings::NOUN) {
            // The word list has some irregular plurals without saying so: `nuclei`.
            let irregular =
                self.nouns.get_singular_for_plural(lower).is_some_and(|one| one != lower);
            // Nor does it say so of nouns that it derives: `plumbers`.
            let listed = readings.has(Readings::PLURAL);
            let derived = !listed && lower.ends_with('s') && self.is_derived_plural(lower);
            let plural = listed || irregular || derived;
            facts.set(Facts::PLURAL, plural);
            facts.set(
                Facts::SINGULAR,
                !plural || readings.has(Readings::SINGULAR) && !irregular && !derived,
            );
            facts.set(Facts::MASS, readings.has(Readings::MASS));
        }

        if readings.has(Readings::VERB) {
            // `woke`, `found`, `felt` are hardly ever plain verbs.
            let rather_past = self.verbs.base(lower).is_some_and(|base| base != lower)
                && !self.verbs.is_base(lower)
                && !self.levels.lists(lower, Part::Verb);
            facts.set(Facts::BASE, readings.has(Readings::BASE) && !rather_past);
            facts.set(Facts::THIRD, readings.has(Readings::THIRD));
            // The table of irregular verbs knows forms that the word list has without saying so: `lent`.
            let regular = readings.has(Readings::REGULAR_PAST);
            let past = readings.has(Readings::PRETERITE) || self.verbs.is_past(lower);
            let participle = readings.has(Readings::PARTICIPLE) || self.verbs.is_participle(lower);
            facts.set(Facts::PAST, regular || past);
            facts.set(Facts::PARTICIPLE, regular || participle);
            facts.set(Facts::ING, readings.has(Readings::ING));
        }
        facts.set(Facts::ADJECTIVE, readings.has(Readings::ADJECTIVE));
        facts.set(Facts::COMPARATIVE, readings.has(Readings::COMPARATIVE));
        facts.set(Facts::SUPERLATIVE, readings.has(Readings::SUPERLATIVE));
        facts.set(Facts::ADVERB, readings.has(Readings::ADVERB));
        facts.set(Facts::PREPOSITION, readings.has(Readings::PREPOSITION));
        self.set_usual(lower, &mut facts);
        facts
    }

    /// The verb that this form belongs to: `goes`, `went`, `going` → `go`.
    pub fn verb_lemma(&self, form: &str) -> Option<String> {
        match form {
            "am" | "is" | "are" | "was" | "were" | "been" | "being" => return Some("be".into()),
            "has" | "had" | "having" => return Some("have".into()),
            "does" | "did" | "done" | "doing" => return Some("do".into()),
            _ => {}
        }
        if let Some(base) = self.verbs.base(form) {
            return Some(base.into());
        }
        let meant = |stem: &String| {
            self.is_base(stem)
                && (inflect::add_s(stem) == form
                    || self.past(stem).as_deref() == Some(form)
                    || self.ing(stem).as_deref() == Some(form))
        };
        let mut found = inflect::stems(form, &["s", "es", "ed", "ing"]);
        found.retain(meant);
        let listed = found.iter().find(|stem| self.levels.lists(stem, Part::Verb));
        listed.or(found.first()).cloned()
    }

    /// Third person singular: `go` → `goes`, `have` → `has`.
    pub fn third(&self, base: &str) -> String {
        match base {
            "have" => "has".into(),
            "be" => "is".into(),
            _ => inflect::add_s(base),
        }
    }

    /// Simple past: `go` → `went`, `stop` → `stopped`. None where no form is a word.
    pub fn past(&self, base: &str) -> Option<String> {
        if let Some(past) = self.verbs.past(base) {
            return Some(past.into());
        }
        inflect::add_ed(base).into_iter().find(|form| self.knows(form))
    }

    /// Past participle of an irregular verb: `go` → `gone`.
    pub fn irregular_participle(&self, base: &str) -> Option<&'static str> {
        self.verbs.participle(base)
    }

    /// Present participle: `swim` → `swimming`. None where no form is a word.
    pub fn ing(&self, base: &str) -> Option<String> {
        inflect::add_ing(base).into_iter().find(|form| self.knows(form))
    }

    /// True where the verb's past does not end in a regular `ed`.
    pub fn is_irregular(&self, base: &str) -> bool {
        self.past(base).is_some_and(|past| !inflect::add_ed(base).contains(&past))
    }

    /// Plural: `child` → `children`, `book` → `books`. None where the form is no word.
    pub fn plural(&self, singular: &str) -> Option<String> {
        if let Some(plural) = self.nouns.get_plural_for_singular(singular) {
            return Some(plural.into());
        }
        if let Some(stem) = singular.strip_suffix("man").filter(|stem| stem.len() > 2) {
            return Some(format!("{stem}men")).filter(|form| self.knows(form));
        }
        let regular = inflect::add_s(singular);
        let v =
            singular.strip_suffix("fe").or(singular.strip_suffix('f')).map(|s| format!("{s}ves"));
        v.filter(|form| self.knows(form)).or(Some(regular).filter(|form| self.knows(form)))
    }

    /// The noun that this plural belongs to.
    pub fn singular(&self, plural: &str) -> Option<String> {
        if let Some(singular) = self.nouns.get_singular_for_plural(plural) {
            return Some(singular.into());
        }
        let mut found = inflect::stems(plural, &["s", "es"]);
        if let Some(stem) = plural.strip_suffix("ves") {
            found.extend([format!("{stem}fe"), format!("{stem}f")]);
        }
        found.retain(|stem| self.plural(stem).as_deref() == Some(plural));
        let listed = found.iter().find(|stem| self.levels.lists(stem, Part::Noun));
        listed.or(found.first()).cloned()
    }

    /// The adjective that this comparative or superlative belongs to.
    pub fn positive(&self, graded: &str) -> Option<String> {
        match graded {
            "better" | "best" => return Some("good".into()),
            "worse" | "worst" => return Some("bad".into()),
            _ => {}
        }
        let regular = |stem: &String| {
            ["er", "est"]
                .iter()
                .any(|e| inflect::add_degree(stem, e).iter().any(|form| form == graded))
        };
        inflect::stems(graded, &["er", "est"])
            .into_iter()
            .find(|stem| regular(stem) && self.levels.lists(stem, Part::Adjective))
    }

    fn is_derived_plural(&self, lower: &str) -> bool {
        let known = self.levels.readings(lower).is_empty()
            && lower.len() > 4
            && !countability::is_singular_in_s(lower)
            && !countability::is_collective(lower);
        known
            && self.singular(lower).is_some_and(|one| {
                self.dictionary.readings(&one).is_some_and(|one| one.has(Readings::NOUN))
            })
    }

    fn is_base(&self, word: &str) -> bool {
        self.dictionary.readings(word).is_some_and(|readings| readings.has(Readings::BASE))
    }

    fn set_usual(&self, lower: &str, facts: &mut Facts) {
        let lists = |lemma: &Option<String>, part| {
            lemma.as_ref().is_some_and(|l| self.levels.lists(l, part))
        };
        let own = Some(lower.to_owned());
        let inflected = Facts::THIRD | Facts::PAST | Facts::PARTICIPLE | Facts::ING;
        let verb = if facts.any(inflected) { self.verb_lemma(lower) } else { None };
        let noun = if facts.has(Facts::PLURAL) { self.singular(lower) } else { None };
        let is_noun = lists(&own, Part::Noun) || lists(&noun, Part::Noun);
        let is_verb = lists(&own, Part::Verb) && facts.has(Facts::BASE) || lists(&verb, Part::Verb);
        let is_adjective = lists(&own, Part::Adjective);
        let listed = is_noun || is_verb || !self.levels.readings(lower).is_empty();
        let base = verb.as_deref().unwrap_or(lower);
        let first = |part| self.levels.level(base, part);
        let other = first(Part::Noun).into_iter().chain(first(Part::Adjective)).min();
        let rather_verb = first(Part::Verb).is_some_and(|v| other.is_none_or(|other| v < other));
        facts.set(Facts::RATHER_VERB, rather_verb && facts.any(Facts::BASE | inflected));
        facts.set(Facts::LISTED, listed);
        facts.set(
            Facts::USUAL_NOUN,
            is_noun || !listed && facts.any(Facts::SINGULAR | Facts::PLURAL),
        );
        facts.set(Facts::USUAL_VERB, is_verb || !listed && facts.any(Facts::BASE | inflected));
        facts.set(Facts::USUAL_ADJECTIVE, is_adjective || !listed && facts.has(Facts::ADJECTIVE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inflected_and_brought_back() {
        let lexicon = Lexicon::load();
        for (base, past) in [
            ("go", "went"),
            ("stop", "stopped"),
            ("visit", "visited"),
            ("try", "tried"),
            ("tape", "taped"),
        ] {
            assert_eq!(lexicon.past(base).as_deref(), Some(past));
            assert_eq!(lexicon.verb_lemma(past).as_deref(), Some(base));
            assert_eq!(lexicon.verb_lemma(&lexicon.third(base)).as_deref(), Some(base));
        }
        assert_eq!(lexicon.verb_lemma("hoped").as_deref(), Some("hope"));
        for (one, many) in
            [("child", "children"), ("book", "books"), ("wife", "wives"), ("box", "boxes")]
        {
            assert_eq!(lexicon.plural(one).as_deref(), Some(many));
            assert_eq!(lexicon.singular(many).as_deref(), Some(one));
        }
        assert_eq!(lexicon.positive("taller").as_deref(), Some("tall"));
        assert_eq!(lexicon.positive("easier").as_deref(), Some("easy"));
    }

    #[test]
    fn the_usual_reading_is_the_learners_lists() {
        let lexicon = Lexicon::load();
        assert!(lexicon.facts("students").has(Facts::USUAL_NOUN | Facts::PLURAL));
        assert!(!lexicon.facts("student").has(Facts::USUAL_VERB));
        assert!(lexicon.facts("goes").has(Facts::USUAL_VERB | Facts::THIRD));
        assert!(!lexicon.facts("eats").has(Facts::USUAL_NOUN));
        assert!(lexicon.facts("lent").has(Facts::PAST));
        assert!(lexicon.facts("lives").has(Facts::RATHER_VERB));
        assert!(!lexicon.facts("work").has(Facts::RATHER_VERB));
        assert!(lexicon.facts("monday").has(Facts::PROPER));
        assert_eq!(lexicon.facts("recieve"), Facts::NONE);
    }
}
