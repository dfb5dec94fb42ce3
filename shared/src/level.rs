//! CEFR levels (Common European Framework of Reference, Council of Europe 2001).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// A learner's or a word's level, ordered from beginner to master.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub enum Level {
    A1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

impl Level {
    pub const ALL: [Level; 6] = [Level::A1, Level::A2, Level::B1, Level::B2, Level::C1, Level::C2];

    /// The level assumed for a learner who did not name one, as in the original.
    pub const DEFAULT: Level = Level::B1;

    pub fn as_str(self) -> &'static str {
        match self {
            Level::A1 => "A1",
            Level::A2 => "A2",
            Level::B1 => "B1",
            Level::B2 => "B2",
            Level::C1 => "C1",
            Level::C2 => "C2",
        }
    }

    /// True for A1 and A2, the levels at which explanations come in the learner's own language.
    pub fn is_basic(self) -> bool {
        self <= Level::A2
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not one of the six level names.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("must be one of A1, A2, B1, B2, C1, C2")]
pub struct UnknownLevel;

impl FromStr for Level {
    type Err = UnknownLevel;

    /// Accepts the six names in either case.
    fn from_str(s: &str) -> Result<Self, UnknownLevel> {
        Level::ALL
            .into_iter()
            .find(|level| level.as_str().eq_ignore_ascii_case(s))
            .ok_or(UnknownLevel)
    }
}
