//! Texts of 10,000 characters of every odd kind, for which no check may take long.

/// The longest text that the api takes in one job.
pub const LONGEST: usize = 10_000;

/// Names and texts, each of `LONGEST` code points.
pub fn all() -> Vec<(&'static str, String)> {
    let repeated = [
        ("one word again and again", "the "),
        ("one letter again and again", "a "),
        ("verbs only", "goes have been to "),
        ("one word of letters", "a"),
        ("one word of hyphens and letters", "well-"),
        ("one word of apostrophes and letters", "it's'"),
        ("commas", ","),
        ("commas and words", "tea, "),
        ("full stops", "."),
        ("questions", "Do? "),
        ("opening brackets", "("),
        ("brackets", "(a) ["),
        ("opening quotation marks", "“"),
        ("quotation marks and words", "\"he \"she "),
        ("emoji", "😀"),
        ("joined emoji", "👩‍👩‍👧 "),
        ("combining marks", "e\u{301}\u{323}"),
        ("digits", "7"),
        ("numbers", "1,5 "),
        ("new lines", "\n"),
        ("misspelt words", "recieve teh freind adress "),
        ("long misspelt words", "unbeleivabelness internationalizasion "),
        ("unknown words", "xqzvw kjhgf "),
        ("capitals", "I GOES TO SCHOOL "),
        ("Vietnamese", "hôm qua tôi đi học muộn "),
        ("addresses", "http://a.b/c?d=e "),
        ("errors without an end", "i goes to school and she have a apple and he can to swim "),
        ("prepositions", "to in on at of for with "),
        ("relative clauses", "the dog who the cat that "),
        ("conditions", "if it will rain because although but "),
        ("sentences of one word", "Go. "),
        ("Chinese", "我昨天去学校"),
    ];
    repeated.into_iter().map(|(name, unit)| (name, of(unit, LONGEST))).collect()
}

/// The unit again and again until there are so many code points.
pub fn of(unit: &str, length: usize) -> String {
    unit.chars().cycle().take(length).collect()
}
