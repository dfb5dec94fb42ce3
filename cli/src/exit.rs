//! How the program ends: its exit statuses, and failures that say what to do.

use lexilingo_shared::config::Faults;
use std::{fmt, process::ExitCode};

/// The exit status that scripts rely on. An interrupt ends the process by its signal, which shells show as 130; `up`
/// drains on the first one and ends with 130 on the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// There are findings, or an item failed.
    Findings,
    WrongUse,
    /// Something that the command needs is not there.
    Missing,
}

impl Exit {
    pub fn status(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::WrongUse => 2,
            Exit::Missing => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.status())
    }
}

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{0}")]
    WrongUse(String),
    #[error(transparent)]
    Configuration(#[from] Faults),
    #[error("{0}")]
    Missing(Missing),
    #[error("{0:#}")]
    Failed(#[from] anyhow::Error),
}

/// What is not there, the variable that says where it should be, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub variable: &'static str,
    pub problem: String,
    pub remedy: String,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  remedy: {}", self.variable, self.problem, self.remedy)
    }
}

impl Failure {
    pub fn exit(&self) -> Exit {
        match self {
            Failure::WrongUse(_) => Exit::WrongUse,
            Failure::Configuration(_) | Failure::Missing(_) => Exit::Missing,
            Failure::Failed(_) => Exit::Findings,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Failed(error.into())
    }
}
