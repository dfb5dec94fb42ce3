//! The head word of a token, given its part of speech, and the forms of a head word by tag.

use crate::analysis::{lexicon::Lexicon, tag::Tag};

impl Lexicon {
    /// The lemma of a lower-case form under a tag: `went` VBD → `go`, `children` NNS → `child`, `taller` JJR → `tall`. A
    /// form that no table explains is its own lemma.
    pub fn lemma(&self, lower: &str, tag: Tag) -> String {
        let found = match tag {
            Tag::Vb | Tag::Vbp | Tag::Vbz | Tag::Vbd | Tag::Vbn | Tag::Vbg => {
                self.lemma_of_verb(lower, tag)
            }
            Tag::Nns | Tag::Nnps => self.singular(lower),
            Tag::Jjr | Tag::Jjs | Tag::Rbr | Tag::Rbs => self.positive(lower),
            Tag::Md => modal_lemma(lower),
            _ => None,
        };
        found.unwrap_or_else(|| lower.to_owned())
    }

    /// The form of a verb that a tag names: `go` VBZ → `goes`, VBD → `went`, VBN → `gone`, VBG → `going`. None where
    /// the tag names no form or no form is a word; `be` has no one form for VBP and VBD.
    pub fn verb_form(&self, base: &str, tag: Tag) -> Option<String> {
        match tag {
            Tag::Vbp | Tag::Vbd if base == "be" => None,
            Tag::Vb | Tag::Vbp => Some(base.to_owned()),
            Tag::Vbz => Some(self.third(base)),
            Tag::Vbd => self.past(base),
            Tag::Vbn => {
                self.irregular_participle(base).map(str::to_owned).or_else(|| self.past(base))
            }
            Tag::Vbg => self.ing(base),
            _ => None,
        }
    }

    /// Comparative or superlative by ending, where that is a word: `tall` JJR → `taller`, `good` → `better`.
    pub fn graded(&self, positive: &str, tag: Tag) -> Option<String> {
        let ending = match tag {
            Tag::Jjr | Tag::Rbr => "er",
            Tag::Jjs | Tag::Rbs => "est",
            _ => return None,
        };
        let irregular = match (positive, ending) {
            ("good" | "well", "er") => Some("better"),
            ("good" | "well", _) => Some("best"),
            ("bad" | "badly", "er") => Some("worse"),
            ("bad" | "badly", _) => Some("worst"),
            ("far", "er") => Some("farther"),
            ("far", _) => Some("farthest"),
            _ => None,
        };
        let regular = || {
            let forms = crate::analysis::inflect::add_degree(positive, ending);
            forms.into_iter().find(|form| self.knows(form))
        };
        irregular.map(str::to_owned).or_else(regular)
    }

    fn lemma_of_verb(&self, lower: &str, tag: Tag) -> Option<String> {
        let auxiliary = contraction_stem(lower);
        match auxiliary {
            "am" | "is" | "are" | "was" | "were" | "be" | "been" | "being" | "ai" => {
                return Some("be".to_owned());
            }
            "has" | "had" | "have" | "having" => return Some("have".to_owned()),
            "does" | "did" | "do" | "done" | "doing" => return Some("do".to_owned()),
            _ => {}
        }
        let plain = matches!(tag, Tag::Vb | Tag::Vbp);
        if plain { None } else { self.verb_lemma(lower) }
    }
}

fn modal_lemma(lower: &str) -> Option<String> {
    Some(contraction_stem(lower).to_owned())
}

/// The first part of a contraction: `don't` → `do`, `i'm` → `i`, `lan's` → `lan`; any other word as it is.
pub fn contraction_stem(lower: &str) -> &str {
    match lower {
        "can't" | "cannot" => return "can",
        "won't" => return "will",
        "shan't" => return "shall",
        _ => {}
    }
    let negated = lower.strip_suffix("n't").filter(|stem| stem.len() > 1);
    let apostrophe =
        || lower.split_once('\'').map(|(stem, _)| stem).filter(|stem| !stem.is_empty());
    negated.or_else(apostrophe).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_under_its_tag_leads_to_its_lemma() {
        let lexicon = Lexicon::load();
        for (form, tag, lemma) in [
            ("went", Tag::Vbd, "go"),
            ("studies", Tag::Vbz, "study"),
            ("studies", Tag::Nns, "study"),
            ("stopped", Tag::Vbn, "stop"),
            ("making", Tag::Vbg, "make"),
            ("doesn't", Tag::Vbz, "do"),
            ("can't", Tag::Md, "can"),
            ("children", Tag::Nns, "child"),
            ("taller", Tag::Jjr, "tall"),
            ("saw", Tag::Vbd, "see"),
            ("saw", Tag::Nn, "saw"),
            ("zzzs", Tag::Nns, "zzzs"),
        ] {
            assert_eq!(lexicon.lemma(form, tag), lemma, "{form}");
        }
    }

    #[test]
    fn a_verb_has_a_form_for_every_tag() {
        let lexicon = Lexicon::load();
        for (base, forms) in [
            ("go", ["go", "goes", "went", "gone", "going"]),
            ("stop", ["stop", "stops", "stopped", "stopped", "stopping"]),
            ("study", ["study", "studies", "studied", "studied", "studying"]),
            ("make", ["make", "makes", "made", "made", "making"]),
            ("have", ["have", "has", "had", "had", "having"]),
        ] {
            let tags = [Tag::Vb, Tag::Vbz, Tag::Vbd, Tag::Vbn, Tag::Vbg];
            for (tag, form) in tags.into_iter().zip(forms) {
                assert_eq!(lexicon.verb_form(base, tag).as_deref(), Some(form));
            }
        }
        assert_eq!(lexicon.verb_form("be", Tag::Vbd), None);
        assert_eq!(lexicon.graded("big", Tag::Jjr).as_deref(), Some("bigger"));
        assert_eq!(lexicon.graded("good", Tag::Jjs).as_deref(), Some("best"));
        assert_eq!(lexicon.graded("beautiful", Tag::Jjr), None);
    }
}
