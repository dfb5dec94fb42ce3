//! From a word form to the head words that a list may have for it.

use crate::analysis::{Lexicon, countability};

/// The form itself first, then its verb, its singular, its positive and the adjective of an adverb. Lower case.
pub fn lemmas(lexicon: &Lexicon, form: &str) -> Vec<String> {
    let mut found = vec![form.to_owned()];
    found.extend(lexicon.verb_lemma(form));
    found.extend(lexicon.singular(form));
    found.extend(lexicon.positive(form));
    // `informations` is no word, but shows that its writer knows `information`.
    found.extend(
        form.strip_suffix('s')
            .filter(|noun| countability::is_never_counted(noun))
            .map(str::to_owned),
    );
    if let Some(stem) = form.strip_suffix("ly") {
        let from_y = stem.strip_suffix('i').map(|short| format!("{short}y"));
        found.extend(from_y.or_else(|| Some(stem.to_owned())).filter(|word| lexicon.knows(word)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_head_words() {
        let lexicon = Lexicon::load();
        for (form, lemma) in [
            ("went", "go"),
            ("children", "child"),
            ("happiest", "happy"),
            ("happily", "happy"),
            ("quickly", "quick"),
            ("running", "run"),
            ("informations", "information"),
            ("homeworks", "homework"),
        ] {
            assert!(lemmas(&lexicon, form).contains(&lemma.to_owned()), "{form}");
        }
        assert_eq!(lemmas(&lexicon, "school"), ["school"]);
    }
}
