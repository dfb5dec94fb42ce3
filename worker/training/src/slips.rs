//! Simple slips put into correct sentences, beside those of `corruption.rs`: of typing, of capitals and marks, and some
//! that learners make word by word.

use crate::random::Random;

/// What is written at one word of a sentence instead of it.
type Slip = fn(&[&str], usize, &mut Random) -> Option<String>;

const SLIPS: [Slip; 9] =
    [typo, small, unmarked, exchanged, exchanged, exchanged, after_modal, said_twice, bare_adverb];

/// Places that are tried before a sentence stays as it is.
const TRIES: usize = 24;

/// What learners write for the word on the left.
const EXCHANGED: &[(&str, &str)] = &[
    ("doesn't", "don't"),
    ("don't", "doesn't"),
    ("isn't", "aren't"),
    ("many", "much"),
    ("much", "many"),
    ("an", "a"),
    ("him", "he"),
    ("them", "they"),
    ("me", "I"),
    ("my", "mine"),
    ("who", "which"),
    ("which", "who"),
    ("interested", "interesting"),
    ("interesting", "interested"),
    ("bored", "boring"),
    ("boring", "bored"),
    ("tired", "tiring"),
    ("excited", "exciting"),
    ("surprised", "surprising"),
    ("better", "more better"),
    ("taller", "more tall"),
    ("bigger", "more bigger"),
    ("older", "more old"),
    ("worse", "worser"),
    ("easier", "more easy"),
    ("best", "most best"),
    ("children", "childs"),
    ("people", "peoples"),
    ("feet", "foots"),
    ("women", "womans"),
    ("went", "goed"),
    ("bought", "buyed"),
    ("told", "telled"),
    ("thought", "thinked"),
    ("himself", "him self"),
    ("myself", "my self"),
    ("someone", "some one"),
    ("everyone", "every one"),
    ("sometimes", "some times"),
    ("hard", "hardly"),
    ("well", "good"),
    ("succeed", "success"),
    ("beautiful", "beauty"),
    ("dangerous", "danger"),
    ("different", "difference"),
    ("important", "importance"),
    ("difficult", "difficulty"),
    ("health", "healthy"),
];

/// The sentence with one slip; None where no place for the one that was drawn was found.
pub fn slip(text: &str, random: &mut Random) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    (0..TRIES).find_map(|_| {
        let (slip, at) = (random.pick(&SLIPS), random.below(words.len()));
        let written = slip(&words, at, random).filter(|written| written != words[at])?;
        let slipped =
            words.iter().enumerate().map(|(i, word)| if i == at { &written } else { *word });
        Some(slipped.collect::<Vec<_>>().join(" "))
    })
}

fn is_small(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Two letters exchanged, or one left out, doubled or mistaken.
fn typo(words: &[&str], at: usize, random: &mut Random) -> Option<String> {
    let mut letters: Vec<char> = words[at].chars().collect();
    if letters.len() < 5 || !is_small(words[at]) {
        return None;
    }
    let place = 1 + random.below(letters.len() - 2);
    match random.below(4) {
        0 => letters.swap(place, place + 1),
        1 => drop(letters.remove(place)),
        2 => letters.insert(place, letters[place]),
        _ => letters[place] = *random.pick(&['a', 'e', 'i', 'o', 'u', 's', 't', 'n', 'r']),
    }
    Some(letters.into_iter().collect())
}

/// Without the capital of the sentence, of "I", or of a day, month or language.
fn small(words: &[&str], at: usize, _: &mut Random) -> Option<String> {
    const NAMES: &[&str] = &["I", "I'm", "I'll", "English", "French", "Monday", "Sunday", "July"];
    (at == 0 || NAMES.contains(&words[at])).then(|| words[at].to_lowercase())
}

/// The last word without its mark.
fn unmarked(words: &[&str], at: usize, _: &mut Random) -> Option<String> {
    (at + 1 == words.len()).then(|| words[at].trim_end_matches(['.', '?', '!']).to_owned())
}

fn exchanged(words: &[&str], at: usize, _: &mut Random) -> Option<String> {
    let (_, written) = EXCHANGED.iter().find(|(word, _)| *word == words[at])?;
    Some((*written).to_owned())
}

/// "can to go".
fn after_modal(words: &[&str], at: usize, _: &mut Random) -> Option<String> {
    const MODALS: &[&str] = &["can", "must", "should", "will", "could", "might"];
    const NO_VERBS: &[&str] = &["not", "never", "always", "also", "only", "you", "we", "they"];
    let next = words.get(at + 1).filter(|next| is_small(next) && !NO_VERBS.contains(next))?;
    (MODALS.contains(&words[at]) && next.len() > 1).then(|| format!("{} to", words[at]))
}

/// "My mother she …", "Although …, but …".
fn said_twice(words: &[&str], at: usize, _: &mut Random) -> Option<String> {
    let pronoun = match words[at] {
        "mother" | "sister" | "wife" | "aunt" | "daughter" => "she",
        "father" | "brother" | "husband" | "uncle" | "son" | "teacher" => "he",
        "parents" | "children" | "friends" => "they",
        _ => "",
    };
    if at == 1 && !pronoun.is_empty() && words.get(at + 1).is_some_and(|next| is_small(next)) {
        return Some(format!("{} {pronoun}", words[at]));
    }
    let main = at > 1 && words[at - 1].ends_with(',');
    match words[0] {
        "Although" | "Though" if main => Some(format!("but {}", words[at])),
        "Because" | "Since" if main => Some(format!("so {}", words[at])),
        _ => None,
    }
}

/// "She sings beautiful."
fn bare_adverb(words: &[&str], at: usize, _: &mut Random) -> Option<String> {
    const LY: &[&str] = &["only", "really", "family", "early", "usually", "probably", "likely"];
    let stem = words[at].strip_suffix("ly").filter(|stem| stem.len() > 3 && is_small(stem))?;
    (!LY.contains(&words[at])).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_changes_one_place_of_a_sentence() {
        let mut random = Random::new(1);
        let text =
            "Although my father is old, he can swim well, and my mother doesn't know many people.";
        let slipped: Vec<String> = (0..200).filter_map(|_| slip(text, &mut random)).collect();
        assert!(slipped.len() > 150 && slipped.iter().all(|slipped| slipped != text));
        for part in ["can to swim", "much people", "old, but he", "mother don't", "many people"] {
            assert!(slipped.iter().any(|slipped| slipped.contains(part)), "{part}");
        }
        assert_eq!(slip("42", &mut random), None);
    }
}
