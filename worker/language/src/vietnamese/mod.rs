//! Every Vietnamese sentence that learners read besides the explanations of rules
//! (`worker/language/src/rules/explanations.rs`), the concepts (`worker/language/data/concepts/`) and the kinds of errors
//! (`shared/src/errant.rs`).
//! `docs/vietnamese.md` shows them all; [`table`] makes that page.

mod table;

pub use table::table;

/// The same in English and in Vietnamese; names in braces are filled in.
pub struct Phrase {
    pub id: &'static str,
    /// Where only the Vietnamese is used, what it means.
    pub english: &'static str,
    pub vietnamese: &'static str,
}

/// Puts the values in the places of their names in braces. What looks like a place inside a value stays.
pub fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = values.iter().find_map(|(name, value)| {
            rest[1..].strip_prefix(name)?.strip_prefix('}').map(|left| (*value, left))
        });
        let (value, left) = known.unwrap_or(("{", &rest[1..]));
        text.push_str(value);
        rest = left;
    }
    text + rest
}

macro_rules! phrases {
    ($($name:ident = $id:literal, $english:literal, $vietnamese:literal;)*) => {
        $(pub const $name: Phrase =
            Phrase { id: $id, english: $english, vietnamese: $vietnamese };)*
        /// All of them.
        pub const PHRASES: &[Phrase] = &[$($name),*];
    };
}

phrases! {
    COMPLETE = "task-complete", "Complete the sentence", "Hoàn thành câu";
    CHOOSE = "task-choose", "Choose the right word", "Chọn từ đúng";
    CORRECT = "task-correct", "Correct the mistake", "Sửa lỗi sai trong câu";
    ORDER = "task-order", "Put the words in order", "Sắp xếp các từ thành câu đúng";
    REWRITE = "task-rewrite", "Rewrite it", "Viết lại";
    TRANSLATE = "task-translate", "Say it in English", "Diễn đạt bằng tiếng Anh";
    LESSON = "lesson",
        "“{title}”: {rule} “{first}” “{second}” Now you: {task}: {question}",
        "{title}. {rule} Ví dụ: “{first}” “{second}” Bây giờ đến lượt bạn. {task}: {question}";
    PRACTICE = "practice",
        "“{title}”: {task}: {question} Remember: {rule} “{first}” “{second}”",
        "{title}. {task}: {question} Ghi nhớ: {rule} Ví dụ: “{first}” “{second}”";
    WHICH_POINT = "which-point",
        "I can explain that, but tell me first which point you mean: for example articles, the present perfect, \
         prepositions of time, or a pair of words such as make and do.",
        "Mình có thể giải thích, nhưng trước hết bạn hãy cho mình biết bạn muốn hỏi về điểm nào nhé, ví dụ: mạo từ, thì \
         hiện tại hoàn thành, giới từ chỉ thời gian, hoặc một cặp từ như “make” và “do”.";
    RIGHT_ANSWER = "right-answer",
        "“{quote}” is the right answer ({title}).",
        "Đúng rồi! “{quote}” là câu trả lời chính xác ({title}).";
    WRONG_ANSWER = "wrong-answer",
        "“{quote}” is not right yet. The answer is “{answer}” ({title}).",
        "“{quote}” chưa đúng rồi. Đáp án là “{answer}” ({title}).";
    DRILL = "drill",
        "You have met this error several times, so practise it. {task}: {question}",
        "Bạn đã mắc lỗi này nhiều lần, hãy luyện tập thêm nhé. {task}: {question}";
    USED_RIGHTLY = "used-rightly",
        "You used “{quote}” rightly ({title}).",
        "Bạn đã dùng đúng “{quote}” ({title}).";
    NO_ENGLISH = "no-english",
        "I see no English sentence yet. Try to write what you want to say in English, and I will help you to correct it.",
        "Mình chưa thấy câu tiếng Anh nào. Bạn hãy thử viết điều muốn nói bằng tiếng Anh, mình sẽ giúp bạn sửa nhé.";
    NO_ERROR_IN_ENGLISH = "no-error-in-english",
        "I found no error in the English part of your text. Try to write the Vietnamese part in English too.",
        "Mình không thấy lỗi nào trong phần tiếng Anh của bạn. Bạn hãy thử viết nốt phần tiếng Việt bằng tiếng Anh nhé.";
    NO_ERROR = "no-error",
        "I found no error in your text. Carry on like this.",
        "Mình không thấy lỗi nào trong bài của bạn. Bạn hãy tiếp tục phát huy nhé.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_what_learners_write_is_left_alone() {
        let values = [("error", "{clue}"), ("clue", "c")];
        assert_eq!(filled("“{error}” {x} {clue} {", &values), "“{clue}” {x} c {");
        assert_eq!(filled("nothing", &[]), "nothing");
    }
}
