//! The subject of a verb by a short look backwards: the nearest head, and the head over `of` and relative pronouns.

use crate::{analysis::tag::Tag, confusions::view::View};

#[derive(Debug, Clone, Copy)]
pub struct Heads {
    /// The nearest noun or pronoun before the verb; -1 where there is none.
    pub near: isize,
    /// The head of the whole phrase: `one` in "one of the boys".
    pub top: isize,
    /// Part of "A and B".
    pub coordinated: bool,
}

const FARTHEST: isize = 7;

/// The heads before the verb group that begins at `verb`.
pub fn heads(view: &View, verb: isize) -> Heads {
    let near = nearest(view, verb);
    if near < 0 {
        return Heads { near, top: near, coordinated: false };
    }
    let mut top = near;
    if view.tagged(near, &[Tag::Wdt, Tag::Wp]) || view.lower(near) == "that" {
        let before = near - 1 - isize::from(view.tagged(near - 1, &[Tag::In, Tag::Comma]));
        if view.is(before, Tag::is_noun) || view.tagged(before, &[Tag::Prp, Tag::Dt]) {
            top = before;
        }
    }
    let mut coordinated = false;
    for _ in 0..4 {
        let nominal = view.is(top, Tag::is_noun) || view.tagged(top, &[Tag::Dt, Tag::Cd]);
        if !nominal {
            break;
        }
        let mut at = top - 1;
        while is_inside_phrase(view, at) {
            at -= 1;
        }
        let preposition = matches!(
            view.lower(at),
            "of" | "in" | "for" | "on" | "with" | "between" | "to" | "from" | "about" | "at" | "by" | "like"
                | "among"
        );
        let head = view.is(at - 1, Tag::is_noun)
            || matches!(
                view.lower(at - 1),
                "one" | "some" | "many" | "most" | "all" | "each" | "any" | "none" | "few" | "those"
            );
        if preposition && head {
            top = at - 1;
            continue;
        }
        let joined = view.is(at - 1, Tag::is_noun) || view.tagged(at - 1, &[Tag::Prp]);
        coordinated = view.lower(at) == "and" && joined;
        break;
    }
    Heads { near, top, coordinated }
}

fn nearest(view: &View, verb: isize) -> isize {
    let mut at = verb - 1;
    for _ in 0..4 {
        let passed = view.tagged(at, &[Tag::Rb, Tag::Rbr])
            || matches!(view.lower(at), "to" | "not" | "also")
            || view.token(at).is_some_and(|t| t.is_auxiliary() && t.clitic().is_none());
        if !passed {
            break;
        }
        at -= 1;
    }
    for at in (at - FARTHEST + 1..=at).rev() {
        match view.tag(at) {
            Some(
                Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps | Tag::Prp | Tag::Ex | Tag::Wdt | Tag::Wp | Tag::Dt | Tag::Cd,
            ) => return at,
            Some(Tag::Stop | Tag::Colon) | None => return -1,
            Some(_) => {}
        }
    }
    -1
}

fn is_inside_phrase(view: &View, i: isize) -> bool {
    const INSIDE: [Tag; 13] = [
        Tag::Jj, Tag::Jjr, Tag::Jjs, Tag::Cd, Tag::Nn, Tag::Nns, Tag::Nnp, Tag::Dt, Tag::PrpPossessive,
        Tag::Pos, Tag::Vbn, Tag::Rb, Tag::Pdt,
    ];
    view.tagged(i, &INSIDE) && !(view.tagged(i, &[Tag::Rb]) && view.tagged(i + 1, &[Tag::Dt]))
}
