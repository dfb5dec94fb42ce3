//! What learners read about patterns of words and clauses.

use super::Explanation;
use lexilingo_shared::analysis::Severity::Moderate;

pub static ROWS: &[Explanation] = &[
    Explanation {
        message: "gerund-after-verb",
        concept: "gerund-or-infinitive",
        severity: Moderate,
        english: "After “{clue}” the next verb ends in -ing: write “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}”, động từ tiếp theo phải ở dạng -ing: hãy viết “{correction}”, không viết “{error}”.",
        point: "Look at the verb form “{error}”.",
        principle: "Some verbs, such as enjoy, avoid, finish and suggest, take another verb in -ing.",
    },
    Explanation {
        message: "gerund-after-look-forward",
        concept: "gerunds",
        severity: Moderate,
        english: "In “{clue}” the word “to” is a preposition, so the verb ends in -ing: “{correction}”, not “{error}”.",
        vietnamese: "Trong cụm “{clue}”, “to” là giới từ nên động từ theo sau phải thêm -ing: “{correction}”, không phải “{error}”.",
        point: "Look at the verb form “{error}”.",
        principle: "After a preposition a verb ends in -ing.",
    },
    Explanation {
        message: "double-subject",
        concept: "double-subject",
        severity: Moderate,
        english: "“{clue}” is already the subject, so no pronoun follows: write “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” đã là chủ ngữ nên không thêm đại từ nữa: hãy viết “{correction}”, không viết “{error}”.",
        point: "How often is the subject named in “{error}”?",
        principle: "A clause has one subject: a noun or a pronoun, not both.",
    },
    Explanation {
        message: "will-in-condition",
        concept: "first-conditional",
        severity: Moderate,
        english: "After “{clue}” the present stands for the future: write “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}”, ta dùng thì hiện tại để nói về tương lai: hãy viết “{correction}”, không viết “{error}”.",
        point: "Look at the tense of “{error}”.",
        principle: "In clauses with if and when about the future, use the present; will stands in the other clause.",
    },
    Explanation {
        message: "preposition-after-word",
        concept: "dependent-prepositions",
        severity: Moderate,
        english: "After “{clue}” comes “{correction}”, not “{error}”.",
        vietnamese: "Sau “{clue}” phải dùng giới từ “{correction}”, không dùng “{error}”.",
        point: "Look at the small word “{error}”.",
        principle: "Many verbs and adjectives have a preposition of their own; learn them together.",
    },
    Explanation {
        message: "preposition-of-time",
        concept: "prepositions-of-time",
        severity: Moderate,
        english: "With “{clue}” use “{correction}”, not “{error}”.",
        vietnamese: "Với “{clue}”, hãy dùng “{correction}”, không dùng “{error}”.",
        point: "Look at the small word “{error}”.",
        principle: "Use on for days, in for months, years and parts of the day, at for clock times.",
    },
    Explanation {
        message: "although-but",
        concept: "although-but",
        severity: Moderate,
        english: "“{clue}” already joins the two parts, so “but” goes: write “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” đã nối hai vế câu nên bỏ “but”: hãy viết “{correction}”, không viết “{error}”.",
        point: "Count the connecting words in this sentence.",
        principle: "One connecting word joins two clauses: although or but, not both.",
    },
    Explanation {
        message: "because-so",
        concept: "simple-conjunctions",
        severity: Moderate,
        english: "“{clue}” already joins the two parts, so “so” goes: write “{correction}”, not “{error}”.",
        vietnamese: "“{clue}” đã nối hai vế câu nên bỏ “so”: hãy viết “{correction}”, không viết “{error}”.",
        point: "Count the connecting words in this sentence.",
        principle: "One connecting word joins two clauses: because or so, not both.",
    },
];
