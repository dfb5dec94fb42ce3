//! The words with which learners ask, in English and Vietnamese; all lower case, without punctuation, with bars between.

/// Polite beginnings that say nothing about what is wanted.
pub const POLITE: &str = "\
    please|can you please|could you please|can you|could you|would you|will you|can i|can we|may i|\
    i want to|i would like to|i'd like to|i want you to|help me to|help me|let's|let us|let me|teacher|\
    hello|hi|hey|excuse me|so|and|ok|okay|sorry|hãy|làm ơn|bạn có thể|bạn|có thể|cho mình hỏi|cho em hỏi|\
    cho tôi hỏi|cho mình|cho em|cho tôi|giúp mình|giúp em|giúp tôi|tôi muốn|em muốn|mình muốn|thầy ơi|cô ơi|\
    ad ơi|xin|vui lòng";

/// Beginnings of a wish for a translation.
pub const OPENS_TRANSLATION: &str = "\
    translate|how do you say|how do i say|how to say|how can i say|how would you say|what's the english for|\
    what is the english for|what's the english word for|what is the english word for|what is the vietnamese|\
    what's the vietnamese|dịch|say this in english|say it in english";
/// Ends of such wishes.
pub const ENDS_TRANSLATION: &str = "\
    tiếng anh là gì|tiếng anh gọi là gì|tiếng anh là|trong tiếng anh là gì|tiếng anh nói thế nào|tiếng anh nói sao|\
    nói tiếng anh thế nào|tiếng anh nói như thế nào|bằng tiếng anh|sang tiếng anh|sang tiếng việt|\
    nghĩa là gì|có nghĩa là gì|nghĩa tiếng việt là gì|in vietnamese|tieng anh la gi|nghia la gi";

/// Beginnings of a wish to practise.
pub const OPENS_PRACTICE: &str = "\
    practice|practise|quiz me|test me|drill|do an exercise|do some exercises|do exercises|have an exercise|\
    have some exercises|have another exercise|give me an exercise|give me another exercise|\
    give me a question|give me a quiz|give me exercises|give me some exercises|give me more exercises|\
    give me some practice|give me a drill|give me a test|give me a task|give me homework|another exercise|more exercises|\
    exercise on|exercises on|exercise about|exercises about|luyện tập|luyện|thực hành|bài tập|một bài tập|\
    thêm bài tập|vài bài tập|xin bài tập|ra bài tập|làm bài tập|kiểm tra|ôn tập|ôn|bai tap|luyen tap";

/// Beginnings of a question about English itself.
pub const OPENS_EXPLANATION: &str = "\
    how do i use|how do you use|how do we use|how to use|how can i use|how should i use|how is|how are|\
    how do i form|how do you form|how do i make|how do you make|how does|how do|when do i use|\
    when do you use|when do we use|when to use|when should i use|when should we use|when can i use|when is|\
    when must i use|which is|which one|what is the difference|what's the difference|\
    what are the differences|what is the rule|what's the rule|what are the rules|what is|what's|what are|\
    what does|why do we|why do you|why is|why are|why can't|why not|why does|is it|do i need|do we need|\
    do i say|do we use|do you use|do i use|do we say|should i use|should i say|should i write|where do i put|where do we put|where does|explain|\
    tell me|teach me|i don't understand|i do not understand|i am confused about|i'm confused about|\
    difference between|the difference between|giải thích|khi nào|lúc nào|cách dùng|cách sử dụng|cách|\
    phân biệt|sự khác nhau|khác nhau|tại sao|vì sao|sao lại|quy tắc|công thức|cấu trúc|dùng|sử dụng|dạy|\
    làm sao|làm thế nào|mình không hiểu|em không hiểu|tôi không hiểu|không hiểu|giai thich|khi nao|\
    cach dung|phan biet|tai sao";
/// Beginnings that need no question mark.
pub const COMMANDS_EXPLANATION: &str =
    "explain|tell me|teach me|giải thích|phân biệt|giai thich|phan biet";
/// Beginnings behind which nothing but the name of a concept makes a question: "I need help with phrasal verbs" is one,
/// "I need help with my bags" is none.
pub const OPENS_NAME: &str = "\
    i need help with|i need some help with|i need your help with|help me with|help with|help me understand|\
    i have trouble with|i have a problem with|i have problems with|i have difficulty with|i struggle with|\
    i am struggling with|i'm struggling with|i always confuse|i often confuse|i keep confusing|i always mix up|\
    i am not sure about|i'm not sure about|i am bad at|i'm bad at|i am not good at|i'm not good at|\
    i am confused about|i'm confused about|i am confused by|i'm confused by|i don't get|i do not get|\
    understand|learn|learn about|know|know about|know more about|ask about|ask you about|talk about|\
    review|revise|go over|study|show me|what about|how about|i have a question about|i have question about|\
    a question about|question about|một câu hỏi về|câu hỏi về|hỏi về|hỏi|học|học về|hiểu|hiểu về|tìm hiểu về|\
    nói về|cần giúp về|cần giúp đỡ về|giúp về|em hay nhầm|mình hay nhầm|tôi hay nhầm|hay nhầm|\
    em bị rối về|mình bị rối về|em yếu phần|mình yếu phần|em chưa hiểu|mình chưa hiểu|tôi chưa hiểu|\
    em cần giúp về|mình cần giúp về|tôi cần giúp về|nói cho em về|nói cho mình về";
/// What may stand between such a beginning and the name, or behind the name.
pub const AROUND_NAME: &str = "the|a|an|using|how to use|when to use|with|about|please|again|now|today|in english|\
    english|tense|tenses|rule|rules|grammar|cách dùng|phần|về|với|trong tiếng anh|ạ|nhé|nha|đi";
/// Ends of such questions.
pub const ENDS_EXPLANATION: &str = "\
    là gì|dùng thế nào|dùng như thế nào|dùng khi nào|dùng làm sao|dùng sao|khác nhau thế nào|\
    khác nhau như thế nào|khác nhau ra sao|khác gì nhau|khác nhau chỗ nào|được dùng khi nào|thế nào|\
    như thế nào|khi nào|khác gì|la gi|nhu the nao|the nao|how does it work|or not|what is the rule";
/// What Vietnamese questions may hold anywhere.
pub const HELD_BY_EXPLANATION: &str =
    "giải thích|khi nào|phân biệt|khác nhau|cách dùng|dùng sao|dùng thế nào";
/// Words about language, which show that a question is about a rule even where no concept is known.
pub const ABOUT_LANGUAGE: &str = "\
    grammar|rule|tense|verb|noun|adjective|adverb|preposition|pronoun|clause|vocabulary|pronunciation|ngữ|\
    pháp|thì|giới|trạng";

/// Beginnings of a wish to talk about something.
pub const OPENS_TALK: &str = "\
    let's talk about|let us talk about|let's chat about|can we talk about|could we talk about|shall we talk about|\
    i want to talk about|i would like to talk about|i'd like to talk about|i want to chat about|talk to me about|\
    talk with me about|chat with me about|let's have a conversation about|let's discuss|let's talk|let's chat|\
    can we talk|can we chat|talk to me|talk with me|chat with me|i want to talk to you|i want to talk with you|\
    mình nói chuyện về|hãy nói chuyện về|nói chuyện về|trò chuyện về|mình trò chuyện về|nói chuyện với em|\
    nói chuyện với mình|nói chuyện với tôi|trò chuyện với em|trò chuyện với mình";
/// Beginnings of talk.
pub const OPENS_CHAT: &str = "\
    hello|hi|hey|good morning|good afternoon|good evening|good night|goodbye|bye|see you|thank you|thanks|\
    how are you|what do you think|can you help|could you help|nice to meet you|who are you|what's your name|\
    what is your name|xin chào|chào|cảm ơn|cám ơn|bạn khỏe không|bạn tên là gì|tạm biệt";
