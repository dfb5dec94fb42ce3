//! Closed sets of words that learners take for one another.

use crate::confusions::{Features, Kind, Slot, view::View, window};
use std::{collections::HashMap, sync::LazyLock};

/// Each set on a line; a word may be in several.
const LIST: &str = "\
then than
affect effect
affects effects
lose loose
its it's
their there they're
to too two
advice advise
your you're
accept except
quite quiet
weather whether
whose who's
where were
of off
from form
though thought through
live life leave
lives life
breath breathe
choose chose
past passed
fell feel
this these
that those
much many
other another others
less fewer
good well
economic economical
success succeed successful
different difference
health healthy
important importance
most almost
say tell
says tells
said told
make do
makes does
made did
fun funny
knew new
know now
no not
hear here
by buy
right write
see sea
and an
believe belief
who which
easy easily
true truth
safe safety
difficult difficulty
free freedom
danger dangerous
independent independence
beauty beautiful
peace piece
principle principal
rise raise
bored boring
interested interesting
excited exciting
tired tiring
surprised surprising
disappointed disappointing
confused confusing
me my i
he his him
they their them
you your
we our us
personal personnel
desert dessert
four for
some same
on one
alone along
each every
like as
since for
anything something everything nothing
anyone someone everyone
especially specially
hard hardly
late lately
person personal
country county
men man
women woman
so such very
until by
will would
can could
it they
it them
look see watch
learn study
speak talk
teach learn
borrow lend
bring take
come go
quick quickly
slow slowly
real really
careful carefully
recent recently
bad badly
serious seriously
sometime sometimes
lay lie
wear put
job work
travel trip
high tall
big large
few little
also too
as than
if whether
among between
beside besides
during while
because although
price prize
custom costume
cook cooker
";

/// The members of each set, in the order of their labels.
pub static SETS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| LIST.lines().map(|line| line.split(' ').collect()).collect());

/// The sets that a word is in, each with the word's label there.
static PLACES: LazyLock<HashMap<&str, Vec<(usize, u8)>>> = LazyLock::new(|| {
    let mut places: HashMap<&str, Vec<(usize, u8)>> = HashMap::new();
    for (set, members) in SETS.iter().enumerate() {
        for (label, member) in (0..).zip(members) {
            places.entry(member).or_default().push((set, label));
        }
    }
    places
});

const LABELS: [&[u8]; 5] = [&[], &[], &[0, 1], &[0, 1, 2], &[0, 1, 2, 3]];

/// The sets that `word`, in lower case, is in, each with its label.
pub fn with(word: &str) -> &'static [(usize, u8)] {
    PLACES.get(word).map_or(&[], Vec::as_slice)
}

pub fn find(view: &View, found: &mut Vec<Slot>) {
    for i in 0..view.len() {
        let name = i > 0 && view.token(i).is_some_and(|t| t.capitalised) && view.lower(i) != "i";
        if name {
            continue;
        }
        for (set, label) in with(view.lower(i)) {
            let mut f = Features::new(7);
            window::add(&mut f, view, *set as u64 + 1, i - 1, i + 1);
            let i = i as usize;
            found.push(Slot {
                kind: Kind::Set,
                tokens: i..i + 1,
                anchor: i,
                labels: LABELS[SETS[*set].len()],
                written: 1 << label,
                set: *set,
                after_to: false,
                features: f.keys,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_two_to_four_different_words() {
        for set in SETS.iter() {
            let different: std::collections::HashSet<_> = set.iter().collect();
            assert!((2..=4).contains(&set.len()) && different.len() == set.len(), "{set:?}");
        }
        assert_eq!(with("two").len(), 1);
        assert_eq!(with("zebra"), []);
    }
}
