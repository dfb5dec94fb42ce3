//! What learners read: every message of every rule, in English and in Vietnamese, on one page.
//!
//! `{error}` is what the learner wrote, `{correction}` what it should be, `{clue}` the word that decides.

mod choices;
mod nouns;
mod patterns;
mod phrases;
mod predicates;
mod suggested;
mod verbs;
mod words;

use lexilingo_shared::analysis::Severity::{self, Minor, Moderate};

/// One row: how a finding is explained.
pub struct Explanation {
    pub message: &'static str,
    /// The grammar point, as profiles and drills name it.
    pub concept: &'static str,
    pub severity: Severity,
    pub english: &'static str,
    pub vietnamese: &'static str,
    /// First hint: where to look. It does not give the answer away.
    pub point: &'static str,
    /// Second hint: the rule.
    pub principle: &'static str,
}

/// The row of a message; every message that a rule uses has one (tested).
pub fn explanation(message: &str) -> &'static Explanation {
    rows().find(|row| row.message == message).unwrap_or(&ROWS[0])
}

/// Every row.
pub fn rows() -> impl Iterator<Item = &'static Explanation> {
    let families = [
        ROWS,
        patterns::ROWS,
        phrases::ROWS,
        nouns::ROWS,
        predicates::ROWS,
        verbs::ROWS,
        words::ROWS,
        choices::ROWS,
        suggested::ROWS,
    ];
    families.into_iter().flatten()
}

/// The first row stands in for a message without a row.
static ROWS: &[Explanation] = &[
    Explanation {
        message: "spelling",
        concept: "spelling",
        severity: Minor,
        english: "“{error}” is not spelled correctly; write “{correction}”.",
        vietnamese: "“{error}” viết sai chính tả; hãy viết “{correction}”.",
        point: "Look at the spelling of “{error}”.",
        principle: "Say the word slowly and check each letter, or look it up in a dictionary.",
    },
    Explanation {
        message: "over-regular",
        concept: "irregular-forms",
        severity: Minor,
        english: "The form “{error}” does not exist in English; the right form is “{correction}”.",
        vietnamese: "Trong tiếng Anh không có dạng “{error}”; dạng đúng là “{correction}”.",
        point: "Look at the ending of “{error}”.",
        principle: "Some words change irregularly, or change their spelling before an ending.",
    },
    Explanation {
        message: "capital-i",
        concept: "capital-letters",
        severity: Minor,
        english: "The pronoun “I” always has a capital letter: write “{correction}”, not “{error}”.",
        vietnamese: "Đại từ “I” luôn viết hoa: hãy viết “{correction}”, không viết “{error}”.",
        point: "How is the word “{error}” written when you speak of yourself?",
        principle: "The pronoun for yourself is always a capital letter in English.",
    },
    Explanation {
        message: "capital-name",
        concept: "capital-letters",
        severity: Minor,
        english: "Names of days, months, languages and countries begin with a capital letter: write “{correction}”, not “{error}”.",
        vietnamese: "Tên các ngày trong tuần, các tháng, ngôn ngữ và quốc gia phải viết hoa chữ cái đầu: hãy viết “{correction}”, không viết “{error}”.",
        point: "Look at the first letter of “{error}”.",
        principle: "Days, months, languages and countries begin with a capital letter.",
    },
    Explanation {
        message: "modal-to",
        concept: "modal-verbs",
        severity: Moderate,
        english: "After “{clue}” the verb comes without “to”: say “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}” là động từ nguyên mẫu không có “to”: hãy viết “{correction}”, không viết “{error}”.",
        point: "Look at what follows “{clue}”.",
        principle: "Modal verbs (can, must, should, will …) are followed by the plain verb, without “to”.",
    },
    Explanation {
        message: "modal-base",
        concept: "modal-verbs",
        severity: Moderate,
        english: "After “{clue}” the verb stays in its plain form: “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}”, động từ phải ở dạng nguyên mẫu (không chia): “{correction}”, không phải “{error}”.",
        point: "Look at the verb after “{clue}”.",
        principle: "Modal verbs are followed by the plain verb: no -s, no past form.",
    },
    Explanation {
        message: "do-base",
        concept: "do-support",
        severity: Moderate,
        english: "“{clue}” already shows the tense, so the main verb stays plain: “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” đã cho biết thì của câu nên động từ chính phải ở dạng nguyên mẫu: “{correction}”, không phải “{error}”.",
        point: "Look at the main verb after “{clue}”.",
        principle: "After do, does and did (also don't, doesn't, didn't) use the plain verb.",
    },
    Explanation {
        message: "to-base",
        concept: "infinitives",
        severity: Moderate,
        english: "After “{clue}” the verb stays in its plain form: “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}”, động từ phải ở dạng nguyên mẫu: “{correction}”, không phải “{error}”.",
        point: "Look at the verb after “{clue}”.",
        principle: "To + plain verb makes the infinitive: no -s, no -ing, no past form.",
    },
    Explanation {
        message: "missing-to",
        concept: "infinitives",
        severity: Moderate,
        english: "After “{clue}” another verb needs “to”: “{correction}”, not just “{error}”.",
        vietnamese: "Sau “{clue}”, động từ tiếp theo phải có “to”: hãy viết “{correction}”, không viết “{error}”.",
        point: "Something is missing after “{clue}”.",
        principle: "Verbs such as want, need, hope and decide take “to” before another verb.",
    },
    Explanation {
        message: "do-with-modal",
        concept: "modal-verbs",
        severity: Moderate,
        english: "“{clue}” makes its own negatives and questions, without do: “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” tạo câu phủ định và câu hỏi mà không cần trợ động từ “do”: “{correction}”, không phải “{error}”.",
        point: "Look at “{error}”: is do needed here?",
        principle: "Modal verbs take not and change places with the subject themselves; do never stands beside them.",
    },
    Explanation {
        message: "modal-ending",
        concept: "modal-verbs",
        severity: Moderate,
        english: "Modal verbs never take an -s, also after “{clue}”: “{correction}”, not “{error}”.",
        vietnamese: "Động từ khuyết thiếu không bao giờ thêm -s, kể cả sau “{clue}”: “{correction}”, không phải “{error}”.",
        point: "Look at the ending of “{error}”.",
        principle: "Can, will, must, may and should have the same form for every subject.",
    },
    Explanation {
        message: "missing-do",
        concept: "do-support",
        severity: Moderate,
        english: "With the subject “{clue}”, a full verb is made negative with a form of do: “{correction}”, not “{error}”.",
        vietnamese: "Với chủ ngữ “{clue}”, động từ thường trong câu phủ định phải có trợ động từ “do”: “{correction}”, không phải “{error}”.",
        point: "How does English make “{error}” negative?",
        principle: "Say do not, does not or did not before a full verb.",
    },
    Explanation {
        message: "perfect-participle",
        concept: "present-perfect",
        severity: Moderate,
        english: "After “{clue}” comes the past participle, not the simple past: “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}” phải dùng quá khứ phân từ, không dùng dạng quá khứ đơn: “{correction}”, không phải “{error}”.",
        point: "Look at the verb after “{clue}”.",
        principle: "Have + past participle: go, went, gone; see, saw, seen. With a past time, use the simple past alone.",
    },
    Explanation {
        message: "participle-alone",
        concept: "past-simple",
        severity: Moderate,
        english: "“{clue}” asks for the simple past: “{correction}”; “{error}” needs have before it.",
        vietnamese: "Với “{clue}”, hãy dùng thì quá khứ đơn “{correction}”; “{error}” là quá khứ phân từ, phải có “have” đứng trước.",
        point: "Look at the verb “{error}”.",
        principle: "The past participle (gone, seen, done) is no past tense by itself; use the second form (went, saw, did).",
    },
    Explanation {
        message: "many-counted",
        concept: "quantifiers",
        severity: Moderate,
        english: "“{clue}” can be counted, so say “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” là danh từ đếm được nên dùng “{correction}”, không dùng “{error}”.",
        point: "Look at the word before “{clue}”.",
        principle: "Many + what you can count; much + what you cannot count.",
    },
    Explanation {
        message: "these-plural",
        concept: "determiners",
        severity: Moderate,
        english: "“{clue}” is plural, so say “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” là danh từ số nhiều nên dùng “{correction}”, không dùng “{error}”.",
        point: "Look at the word before “{clue}”.",
        principle: "This + one thing; these + several things.",
    },
    Explanation {
        message: "here-are",
        concept: "subject-verb-agreement",
        severity: Moderate,
        english: "The subject is “{clue}”, which is plural: “{correction}”, not “{error}”.",
        vietnamese: "Chủ ngữ “{clue}” ở số nhiều nên dùng “{correction}”, không dùng “{error}”.",
        point: "Look at what follows “{error}”.",
        principle: "After here and where, be agrees with the noun that comes after it.",
    },
    Explanation {
        message: "missing-preposition",
        concept: "prepositions",
        severity: Moderate,
        english: "After “{clue}” a preposition is missing: “{correction}”, not just “{error}”.",
        vietnamese: "Sau “{clue}” còn thiếu giới từ: hãy viết “{correction}”, không viết “{error}”.",
        point: "Something is missing after “{clue}”.",
        principle: "Say go to a place and listen to somebody or something; only home, here and there take no to.",
    },
    Explanation {
        message: "comparative-form",
        concept: "comparatives",
        severity: Moderate,
        english: "The form “{error}” does not exist; the right form is “{correction}”.",
        vietnamese: "Trong tiếng Anh không có dạng “{error}”; dạng đúng là “{correction}”.",
        point: "Look at how “{error}” compares.",
        principle: "Good, better, best; bad, worse, worst; long adjectives take more and most.",
    },
    Explanation {
        message: "double-comparative",
        concept: "comparatives",
        severity: Moderate,
        english: "“{error}” marks the comparison twice; “{correction}” alone is enough.",
        vietnamese: "“{error}” dùng hai dấu hiệu so sánh cùng lúc; chỉ cần “{correction}” là đủ.",
        point: "Look at the comparison “{error}”.",
        principle: "Use either an ending (-er, -est) or more/most, never both.",
    },
    Explanation {
        message: "short-comparative",
        concept: "comparatives",
        severity: Moderate,
        english: "Short adjectives and adverbs take -er: say “{correction}”, not “{error}”.",
        vietnamese: "Tính từ và trạng từ ngắn thêm đuôi -er khi so sánh hơn: hãy viết “{correction}”, không viết “{error}”.",
        point: "Look at the comparison “{error}”.",
        principle: "Words of one syllable make their comparative with -er.",
    },
    Explanation {
        message: "uncountable",
        concept: "uncountable-nouns",
        severity: Moderate,
        english: "“{clue}” cannot be counted in English: write “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” là danh từ không đếm được trong tiếng Anh: hãy viết “{correction}”, không viết “{error}”.",
        point: "Can you count what “{error}” names?",
        principle: "Uncountable nouns have no plural and no “a”; use some, much, a lot of or a piece of.",
    },
    Explanation {
        message: "plural-after-quantifier",
        concept: "plural-nouns",
        severity: Moderate,
        english: "After “{clue}” the noun is plural: “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}”, danh từ phải ở dạng số nhiều: “{correction}”, không phải “{error}”.",
        point: "Look at the noun after “{clue}”. One or more than one?",
        principle: "Numbers from two up, and words such as many, several or one of the, need a plural noun.",
    },
    Explanation {
        message: "singular-after-every",
        concept: "singular-nouns",
        severity: Moderate,
        english: "“{clue}” looks at things one by one, so the noun is singular: “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” chỉ từng người, từng vật một nên danh từ phải ở dạng số ít: “{correction}”, không phải “{error}”.",
        point: "Look at the noun after “{clue}”.",
        principle: "Every and each are followed by a singular noun.",
    },
    Explanation {
        message: "agreement-first",
        concept: "subject-verb-agreement",
        severity: Moderate,
        english: "With the subject “{clue}” the verb is “{correction}”, not “{error}”.",
        vietnamese: "Với chủ ngữ “{clue}”, động từ phải là “{correction}”, không phải “{error}”.",
        point: "Look at the subject “{clue}” and its verb.",
        principle: "“I” takes am, was, have, do and the plain verb, without -s.",
    },
    Explanation {
        message: "agreement-third",
        concept: "subject-verb-agreement",
        severity: Moderate,
        english: "The subject “{clue}” is third person singular, so the verb is “{correction}”, not “{error}”.",
        vietnamese: "Chủ ngữ “{clue}” là ngôi thứ ba số ít nên động từ phải là “{correction}”, không phải “{error}”.",
        point: "Look at the subject “{clue}” and its verb.",
        principle: "With he, she, it or one person or thing, the present verb takes -s (is, has, does).",
    },
    Explanation {
        message: "agreement-plural",
        concept: "subject-verb-agreement",
        severity: Moderate,
        english: "With the subject “{clue}” the verb has its plural form “{correction}”, not “{error}”.",
        vietnamese: "Với chủ ngữ “{clue}”, động từ dùng dạng số nhiều “{correction}”, không dùng “{error}”.",
        point: "Look at the subject “{clue}” and its verb.",
        principle: "With you, we, they or several people or things, the verb has no -s (are, have, do).",
    },
    Explanation {
        message: "there-are",
        concept: "there-is-there-are",
        severity: Moderate,
        english: "Several things follow (“{clue} …”), so use “{correction}” after “there”, not “{error}”.",
        vietnamese: "Phía sau là nhiều người hoặc vật (“{clue} …”) nên sau “there” dùng “{correction}”, không dùng “{error}”.",
        point: "What comes after “there {error}”: one thing or several?",
        principle: "There is + one thing; there are + several things.",
    },
    Explanation {
        message: "there-is",
        concept: "there-is-there-are",
        severity: Moderate,
        english: "One thing follows (“{clue} …”), so use “{correction}” after “there”, not “{error}”.",
        vietnamese: "Phía sau chỉ có một người hoặc vật (“{clue} …”) nên sau “there” dùng “{correction}”, không dùng “{error}”.",
        point: "What comes after “there {error}”: one thing or several?",
        principle: "There is + one thing; there are + several things.",
    },
    Explanation {
        message: "there-has",
        concept: "there-is-there-are",
        severity: Moderate,
        english: "To say that something exists, English uses “there is” or “there are”: “{correction}”, not “{error}”.",
        vietnamese: "Khi muốn nói “có …”, tiếng Anh dùng “there is” hoặc “there are”: “{correction}”, không dùng “{error}”.",
        point: "Look at the verb “{error}”: how does English say that something exists?",
        principle: "Vietnamese “có” for existence is “there is” or “there are”, not “there has”.",
    },
    Explanation {
        message: "past-time",
        concept: "past-simple",
        severity: Moderate,
        english: "“{clue}” is in the past, so the verb needs the past form: “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” chỉ thời gian trong quá khứ nên động từ phải ở thì quá khứ: “{correction}”, không phải “{error}”.",
        point: "Look at the verb and at “{clue}”. When did it happen?",
        principle: "Finished past time (yesterday, last week, two days ago) needs the past simple.",
    },
    Explanation {
        message: "an-before-vowel",
        concept: "articles",
        severity: Minor,
        english: "“{clue}” begins with a vowel sound, so use “{correction}”, not “{error}”.",
        vietnamese: "Âm đầu của “{clue}” là nguyên âm nên dùng “{correction}”, không dùng “{error}”.",
        point: "Say “{clue}” aloud. What is its first sound?",
        principle: "Use an before a vowel sound and a before a consonant sound.",
    },
    Explanation {
        message: "a-before-consonant",
        concept: "articles",
        severity: Minor,
        english: "“{clue}” begins with a consonant sound, so use “{correction}”, not “{error}”.",
        vietnamese: "Âm đầu của “{clue}” là phụ âm nên dùng “{correction}”, không dùng “{error}”.",
        point: "Say “{clue}” aloud. What is its first sound?",
        principle: "Use an before a vowel sound and a before a consonant sound.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use unicode_normalization::is_nfc;

    #[test]
    fn every_row_speaks_both_languages_and_quotes_both_forms() {
        for row in rows() {
            for text in [row.english, row.vietnamese] {
                assert!(text.contains("“{error}”") && text.contains("“{correction}”"), "{text}");
            }
            assert!(is_nfc(row.vietnamese), "{}", row.message);
            let marked =
                row.vietnamese.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
            assert!(marked >= 5, "no diacritics: {}", row.vietnamese);
            assert!(
                !row.point.contains("{correction}") && !row.principle.contains('{'),
                "{}",
                row.message
            );
        }
    }

    #[test]
    fn messages_are_unique() {
        let names: HashSet<_> = rows().map(|row| row.message).collect();
        assert_eq!(names.len(), rows().count());
    }
}
