//! Which queue a job goes to, and which queues a worker serves. Api and worker share it, so they cannot disagree.

use crate::model::{ModelName, ModelSet};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a worker must be able to do for a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capability {
    /// Analysing a text, typed or transcribed.
    Text,
}

/// How urgent a job is: earlier ones go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Interactive,
    Voice,
    Bulk,
}

impl Class {
    pub const ALL: [Class; 3] = [Class::Interactive, Class::Voice, Class::Bulk];

    /// Also the value of the metric label `lane`.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Interactive => "interactive",
            Class::Voice => "voice",
            Class::Bulk => "bulk",
        }
    }
}

impl Capability {
    pub const ALL: [Capability; 1] = [Capability::Text];

    pub fn as_str(self) -> &'static str {
        match self {
            Capability::Text => "text",
        }
    }

    /// True when a worker that may hold `models` can do it.
    fn served_by(self, models: &ModelSet) -> bool {
        match self {
            Capability::Text => [ModelName::Rules, ModelName::Qwen, ModelName::Remote]
                .into_iter()
                .any(|model| models.contains(model)),
        }
    }
}

/// One queue: `{capability}:{class}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lane {
    pub capability: Capability,
    pub class: Class,
}

impl Lane {
    pub const fn new(capability: Capability, class: Class) -> Self {
        Lane { capability, class }
    }

    pub fn all() -> impl Iterator<Item = Lane> {
        Capability::ALL
            .into_iter()
            .flat_map(|capability| Class::ALL.map(|class| Lane::new(capability, class)))
    }

    /// The lanes that a worker holding at most `models` serves, most urgent first.
    pub fn served_by(models: &ModelSet) -> Vec<Lane> {
        let mut lanes: Vec<Lane> =
            Lane::all().filter(|lane| lane.capability.served_by(models)).collect();
        lanes.sort_by_key(|lane| lane.class);
        lanes
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.capability.as_str(), self.class.as_str())
    }
}

/// The text names no lane.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a lane")]
pub struct UnknownLane;

impl FromStr for Lane {
    type Err = UnknownLane;

    fn from_str(s: &str) -> Result<Self, UnknownLane> {
        Lane::all().find(|lane| lane.to_string() == s).ok_or(UnknownLane)
    }
}

impl TryFrom<String> for Lane {
    type Error = UnknownLane;

    fn try_from(s: String) -> Result<Self, UnknownLane> {
        s.parse()
    }
}

impl From<Lane> for String {
    fn from(lane: Lane) -> String {
        lane.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_reads_back_from_its_name() {
        for lane in Lane::all() {
            assert_eq!(lane.to_string().parse(), Ok(lane));
        }
    }

    #[test]
    fn a_worker_serves_the_lanes_that_its_models_allow() {
        let speech_only: ModelSet = "hubert,gop".parse().unwrap();
        assert!(Lane::served_by(&speech_only).is_empty());
        let rules: ModelSet = "rules".parse().unwrap();
        assert_eq!(
            Lane::served_by(&rules).first().map(|lane| lane.class),
            Some(Class::Interactive)
        );
    }
}
