//! What is measured, one scenario a file.

pub mod cache_hit;
pub mod language;
pub mod latency;
pub mod memory;
pub mod path;
pub mod queue;
pub mod sizes;

use crate::{figure::Figure, peer, reference};
use std::{path::PathBuf, time::Duration};

/// How much is measured.
#[derive(Debug, Clone)]
pub struct Effort {
    pub runs: usize,
    /// Length of one run under load.
    pub span: Duration,
    /// Requests of one run on an idle service.
    pub requests: usize,
    /// Without it the lines beside BullMQ are left out.
    pub peers: Option<PathBuf>,
    /// Folder with the programs `languagetool` and `harper`.
    pub language_peers: Option<PathBuf>,
    /// Sentences to check, one a line, in place of our own.
    pub texts: Option<PathBuf>,
}

impl Effort {
    pub fn whole(runs: usize) -> Effort {
        Effort {
            runs,
            span: Duration::from_secs(5),
            requests: 300,
            peers: peer::installed(),
            language_peers: None,
            texts: None,
        }
    }

    /// Enough to see that everything works.
    pub fn quick() -> Effort {
        Effort { runs: 1, span: Duration::from_millis(500), requests: 10, ..Effort::whole(1) }
    }
}

/// Requests that are in flight at once in the busy scenarios, on as many connections.
pub const IN_FLIGHT: usize = 32;
/// Jobs that a worker runs at once, ours (`WORKER_CONCURRENCY`'s default) and BullMQ's.
pub const WORKER_CONCURRENCY: usize = 16;
/// Pause between requests to an idle service.
pub const PAUSE: Duration = Duration::from_millis(5);

/// The line of a scenario's reference loop.
pub fn reference_figure(scenario: &str) -> Figure {
    Figure::new(format!("{scenario}: reference loop"), "ms")
}

/// Times the reference loop.
pub fn note_reference(figure: &mut Figure) {
    figure.note(reference::millis());
}
