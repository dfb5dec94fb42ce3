use super::*;
use crate::rules::proof::{expect, stays};

#[test]
fn the_noun_takes_the_number_of_its_quantifier() {
    expect(
        &NounNumber,
        &[
            ("I have two brother.", "I have two brothers."),
            ("There are many student in my class.", "There are many students in my class."),
            ("She has a lot of friend.", "She has a lot of friends."),
            ("One of my friend lives in Da Nang.", "One of my friends lives in Da Nang."),
            ("I ate three egg this morning.", "I ate three eggs this morning."),
            ("They have 5 book", "They have 5 books"),
            ("He has several good idea.", "He has several good ideas."),
            ("I go there every days.", "I go there every day."),
            ("We have three child.", "We have three children."),
            ("I am 20 year old.", "I am 20 years old."),
            (
                "It is one of the most beautiful beach in Vietnam.",
                "It is one of the most beautiful beaches in Vietnam.",
            ),
            ("All student must go.", "All students must go."),
            ("Both student came.", "Both students came."),
            ("Few student passed.", "Few students passed."),
            ("I saw many peoples.", "I saw many people."),
            ("I have one hundred dog.", "I have one hundred dogs."),
            ("I have 1 dogs.", "I have 1 dog."),
        ],
    );
}

#[test]
fn other_numbers_stay() {
    stays(
        &NounNumber,
        "
            There are 5 people
            a five-star hotel
            a two bedroom flat
            I get up at 5 and eat.
            In 2010 student life was hard.
            Open page 5 now.
            a lot of experience
            two hundred books
            I have one brother.
            many a student
            many thanks
            We have a lot of work.
            these days
            It costs $5.
            several hundred men
            one of the best
            every other day
            each of them
            I have two.
            two fish swim
            every two days
            It is a 5 minute walk.
            a two hour break
            Both mother and father work.
            Few people know it.
            one hundred people
            a hundred year old tree
            a million dollar question
            Which one works best?
            One needs time.
            Many peoples of Asia live here.
            ",
    );
}
