use super::*;
use crate::rules::proof::{expect, stays};

#[test]
fn present_verbs_beside_a_past_time_are_put_into_the_past() {
    expect(
        &PastTense,
        &[
            ("I goes to school yesterday", "I went to school yesterday"),
            (
                "Yesterday I go to the market with my mother.",
                "Yesterday I went to the market with my mother.",
            ),
            ("We visit Ha Long Bay two years ago.", "We visited Ha Long Bay two years ago."),
            ("Last week she buys a new phone.", "Last week she bought a new phone."),
            ("When I was a child, I live in Hue.", "When I was a child, I lived in Hue."),
            ("I am at home yesterday.", "I was at home yesterday."),
            ("Yesterday, my friend and I go out.", "Yesterday, my friend and I went out."),
            ("I am go to school yesterday.", "I went to school yesterday."),
            ("Last year, my family travel to Da Lat.", "Last year, my family traveled to Da Lat."),
            ("She doesn't come last night.", "She didn't come last night."),
            ("I have a test yesterday.", "I had a test yesterday."),
            ("Yesterday, I went home and eat rice.", "Yesterday, I went home and ate rice."),
            ("My father buys a car last month.", "My father bought a car last month."),
            ("Does he went home yesterday?", "Did he go home yesterday?"),
            ("Where do you go last night?", "Where did you go last night?"),
            ("Are they at home yesterday?", "Were they at home yesterday?"),
        ],
    );
}

#[test]
fn other_tenses_stay() {
    stays(
        &PastTense,
        "
            Yesterday I went out to eat and drink.
            I was at home.
            I go to school every day.
            I know what you did last summer.
            This is the book I bought yesterday.
            He says he was here yesterday.
            It is hotter than last year.
            I have lived here since last year.
            The film is set in 1945.
            I think that she came yesterday.
            Did you go out last night?
            I could not sleep last night.
            I am writing about my trip last week.
            The results announced yesterday show a rise.
            The man who called yesterday is my uncle.
            Yesterday is history.
            I still remember yesterday.
            We had lunch two hours ago.
            I read a book yesterday.
            It is two years ago that he left.
            She put it here yesterday.
            If I had known yesterday, I would have come.
            The last week is hard.
            I think he is right yesterday
            Do you know what he did yesterday?
            Do you know that he came yesterday?
            Are you the man I met yesterday?
            Are you going to talk about yesterday?
            ",
    );
}
