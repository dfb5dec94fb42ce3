//! Regular English inflection: spelling only, no dictionary.
//!
//! Where spelling leaves a choice (a doubled consonant), every candidate is given, the likelier first; the lexicon keeps
//! the one that is a word.

/// Plural of a noun or third person of a verb: `book` → `books`, `study` → `studies`.
pub fn add_s(word: &str) -> String {
    if ends_in_consonant_y(word) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    let o = ["go", "do", "echo", "hero", "potato", "tomato", "veto", "undergo", "mosquito"]
        .contains(&word);
    if sibilant || o { format!("{word}es") } else { format!("{word}s") }
}

/// Past forms: `walk` → `walked`, `stop` → `stopped`, `visit` → `visited` or `visitted`.
pub fn add_ed(verb: &str) -> Vec<String> {
    if verb.ends_with('e') {
        return vec![format!("{verb}d")];
    }
    if ends_in_consonant_y(verb) {
        return vec![format!("{}ied", &verb[..verb.len() - 1])];
    }
    with_doubling(verb, "ed")
}

/// Present participles: `go` → `going`, `make` → `making`, `swim` → `swimming`.
pub fn add_ing(verb: &str) -> Vec<String> {
    if let Some(stem) = verb.strip_suffix("ie") {
        return vec![format!("{stem}ying")];
    }
    match verb.strip_suffix('e') {
        Some(stem) if !verb.ends_with("ee") && stem.len() > 1 => vec![format!("{stem}ing")],
        _ => with_doubling(verb, "ing"),
    }
}

/// Comparative (`er`) or superlative (`est`): `tall` → `taller`, `big` → `bigger`, `happy` → `happier`.
pub fn add_degree(adjective: &str, ending: &str) -> Vec<String> {
    if let Some(stem) = adjective.strip_suffix('e') {
        return vec![format!("{stem}{ending}")];
    }
    if ends_in_consonant_y(adjective) {
        return vec![format!("{}i{ending}", &adjective[..adjective.len() - 1])];
    }
    with_doubling(adjective, ending)
}

/// Words that could have given this one by a regular ending, likelier first.
pub fn stems(word: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for ending in endings {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1) else { continue };
        if let Some(short) = stem.strip_suffix('i') {
            found.push(format!("{short}y"));
        }
        found.push(stem.to_owned());
        found.push(format!("{stem}e"));
        if let Some(short) = undoubled(stem) {
            found.push(short.to_owned());
        }
        if *ending == "ing"
            && let Some(short) = stem.strip_suffix('y')
        {
            found.push(format!("{short}ie"));
        }
    }
    found
}

fn with_doubling(word: &str, ending: &str) -> Vec<String> {
    let plain = format!("{word}{ending}");
    let letters = word.as_bytes();
    let [.., before, vowel, last] = letters else { return vec![plain] };
    let doubles = !is_vowel(*before) && is_vowel(*vowel) && !is_vowel(*last) && !b"wxy".contains(last)
        // "qu" counts as a consonant: quit → quitting.
        || letters.len() > 3 && *before == b'u' && letters[letters.len() - 4] == b'q' && !is_vowel(*last);
    if !doubles {
        return vec![plain];
    }
    let doubled = format!("{word}{}{ending}", *last as char);
    let vowels = letters.iter().filter(|letter| is_vowel(**letter)).count();
    if vowels == 1 { vec![doubled, plain] } else { vec![plain, doubled] }
}

fn undoubled(stem: &str) -> Option<&str> {
    let bytes = stem.as_bytes();
    let [.., first, second] = bytes else { return None };
    (first == second && second.is_ascii_alphabetic() && !is_vowel(*second))
        .then(|| &stem[..stem.len() - 1])
}

fn ends_in_consonant_y(word: &str) -> bool {
    matches!(word.as_bytes(), [.., before, b'y'] if before.is_ascii_alphabetic() && !is_vowel(*before))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_follow_the_spelling_rules() {
        assert_eq!(add_s("study"), "studies");
        assert_eq!(add_s("watch"), "watches");
        assert_eq!(add_s("play"), "plays");
        assert_eq!(add_s("go"), "goes");
        assert_eq!(add_ed("stop")[0], "stopped");
        assert_eq!(add_ed("visit")[0], "visited");
        assert_eq!(add_ed("try")[0], "tried");
        assert_eq!(add_ing("make")[0], "making");
        assert_eq!(add_ing("lie")[0], "lying");
        assert_eq!(add_ing("be")[0], "being");
        assert_eq!(add_ing("see")[0], "seeing");
        assert_eq!(add_degree("big", "er")[0], "bigger");
        assert_eq!(add_degree("nice", "est")[0], "nicest");
    }

    #[test]
    fn stems_undo_endings() {
        assert!(stems("studies", &["es", "s"]).contains(&"study".to_owned()));
        assert!(stems("stopped", &["ed"]).contains(&"stop".to_owned()));
        assert!(stems("loved", &["ed"]).contains(&"love".to_owned()));
        assert!(stems("é", &["s"]).is_empty());
    }
}
