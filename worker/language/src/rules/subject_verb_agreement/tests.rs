use super::*;
use crate::rules::proof::{expect, stays};

#[test]
fn verbs_are_made_to_agree() {
    expect(
        &SubjectVerbAgreement,
        &[
            ("I goes to school.", "I go to school."),
            ("The dogs barks.", "The dogs bark."),
            ("The news are good.", "The news is good."),
            ("No one know.", "No one knows."),
            ("Mr. Nguyen live in Hue.", "Mr. Nguyen lives in Hue."),
            ("The boys in the room is loud.", "The boys in the room are loud."),
            ("She go to school by bus.", "She goes to school by bus."),
            ("She have 5 books", "She has 5 books"),
            ("My sister like pop music.", "My sister likes pop music."),
            ("The students is very tired.", "The students are very tired."),
            ("Everyone know the answer.", "Everyone knows the answer."),
            ("He don't like fish.", "He doesn't like fish."),
            ("My friend and I goes there.", "My friend and I go there."),
            ("They was late.", "They were late."),
            ("Lan live in Hue.", "Lan lives in Hue."),
            ("Does you like it?", "Do you like it?"),
            ("My parents works in a factory.", "My parents work in a factory."),
            ("One of my friends live in Da Nang.", "One of my friends lives in Da Nang."),
            ("It rain a lot in Hue.", "It rains a lot in Hue."),
            ("Nam study at Hanoi University.", "Nam studies at Hanoi University."),
            ("The man who live next door is a doctor.", "The man who lives next door is a doctor."),
        ],
    );
}

#[test]
fn right_sentences_stay() {
    stays(
        &SubjectVerbAgreement,
        "
            Mr. Nguyen and Mrs. Tran live in Hue.
            Every boy and girl has a book.
            Each man and woman has a vote.
            The news is good.
            The teacher as well as his students has come.
            He dare not go alone.
            We know that Mrs Parks was there.
            There are cysts in the lungs and the liver, that grow slowly.
            The United States of America is big.
            The sports clubs.
            Two years in the army is a long time.
            I was at home.
            Does he have a dog?
            Did he go home?
            There are 5 people
            If I were you, I would go.
            I suggest that he go home.
            They made it work.
            My brother and I like tea.
            My family are here.
            The bus stop near my house is closed.
            Ten dollars is enough.
            The news is good.
            Let it be.
            Why does she work here?
            I saw her go home.
            He can swim.
            You guys work hard.
            The police are here.
            World War I was long.
            Physics is hard.
            She read the book.
            Not only does he sing, he also dances.
            The United States is big.
            People like it.
            What he said surprised me.
            I wish he were here.
            He had better go.
            Each of them has a book.
            We all like it.
            The rich have money.
            Help everyone learn English.
            Either you or he is wrong.
            Thank you very much.
            This will help them.
            The students can only guess.
            The president lent them money.
            I'll meet you there.
            The tour guide will also provide food.
            ",
    );
}
