//! Stage directions in a text: `[[engine:action]]`, e.g. `[[qwen:hang]]` or `[[rules:gate=/tmp/x]]`.

/// What an engine is told to do before it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Runs until it is stopped.
    Hang,
    Fail,
    Panic,
    /// Ends the process that the engine lives in, without notice.
    Die,
    /// Makes the file `PATH.waiting`, then waits until `PATH` exists.
    Gate(String),
    /// Hands out a part of the answer first.
    Partial,
    /// Edits that do not give the corrected text.
    Lie,
}

/// The directions for one engine, in order.
pub fn directions(text: &str, engine: &str) -> Vec<Action> {
    let mut actions = Vec::new();
    for (at, _) in text.match_indices("[[") {
        let Some(end) = text[at..].find("]]") else { continue };
        let Some((name, action)) = text[at + 2..at + end].split_once(':') else { continue };
        if name != engine {
            continue;
        }
        actions.extend(match action.split_once('=').unwrap_or((action, "")) {
            ("hang", _) => Some(Action::Hang),
            ("fail", _) => Some(Action::Fail),
            ("panic", _) => Some(Action::Panic),
            ("die", _) => Some(Action::Die),
            ("gate", path) => Some(Action::Gate(path.to_owned())),
            ("partial", _) => Some(Action::Partial),
            ("lie", _) => Some(Action::Lie),
            _ => None,
        });
    }
    actions
}
