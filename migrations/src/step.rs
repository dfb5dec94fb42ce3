//! What a migration consists of: commands from a file, or code for what commands cannot say.

use crate::error::MigrationError;
use futures::future::BoxFuture;
use mongodb::{
    Database,
    bson::{Bson, Document},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Code of a step. It must bear being run again after it broke off anywhere.
pub type Code = fn(Database) -> BoxFuture<'static, anyhow::Result<()>>;

#[derive(Debug, Clone)]
pub enum Work {
    /// Server commands, in this order.
    Commands(Vec<Document>),
    /// `revision` stands for the code in the checksum.
    Code { revision: u32, run: Code },
}

/// One migration; steps are applied in the order of their names.
#[derive(Debug, Clone)]
pub struct Step {
    pub name: String,
    pub work: Work,
    /// Hex SHA-256 of what the step does; layout of the file does not count.
    pub checksum: String,
}

impl Step {
    /// Steps written in Rust, named like the files: add them here.
    const CODED: &'static [(&'static str, u32, Code)] = &[];

    /// Every step of this release, in order.
    pub fn all() -> Result<Vec<Step>, MigrationError> {
        let coded =
            Step::CODED.iter().map(|(name, revision, run)| Step::code(name, *revision, *run));
        let mut steps: Vec<Step> = FILES
            .iter()
            .map(|(name, text)| Step::commands(name, text))
            .collect::<Result<_, _>>()?;
        steps.extend(coded);
        steps.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(steps)
    }

    /// A step from a JSON array of server commands (extended JSON).
    pub fn commands(name: &str, text: &str) -> Result<Step, MigrationError> {
        let malformed = |reason: &dyn std::fmt::Display| MigrationError::Malformed {
            name: name.to_owned(),
            reason: reason.to_string(),
        };
        let commands: Vec<Value> = serde_json::from_str(text).map_err(|error| malformed(&error))?;
        let checksum = checksum(serde_json::to_string(&commands).unwrap_or_default().as_bytes());
        let to_document = |command| match Bson::try_from(command) {
            Ok(Bson::Document(command)) if !command.is_empty() => Ok(command),
            Ok(_) => Err(malformed(&"a command is a non-empty object")),
            Err(error) => Err(malformed(&error)),
        };
        let commands = commands.into_iter().map(to_document).collect::<Result<_, _>>()?;
        Ok(Step { name: name.to_owned(), work: Work::Commands(commands), checksum })
    }

    pub fn code(name: &str, revision: u32, run: Code) -> Step {
        let checksum = checksum(format!("{name}/{revision}").as_bytes());
        Step { name: name.to_owned(), work: Work::Code { revision, run }, checksum }
    }
}

fn checksum(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_steps_are_well_formed_and_numbered_without_gaps() {
        let steps = Step::all().unwrap();
        assert!(!steps.is_empty());
        for (number, step) in (1..).zip(&steps) {
            assert_eq!(step.name[..4].parse(), Ok(number), "{}", step.name);
        }
    }

    #[test]
    fn layout_does_not_change_the_checksum_but_content_does() {
        let checksum = |text| Step::commands("0001_x", text).unwrap().checksum;
        assert_eq!(checksum(r#"[{"ping":1}]"#), checksum("[ { \"ping\": 1 } ]\n"));
        assert_ne!(checksum(r#"[{"ping":1}]"#), checksum(r#"[{"ping":2}]"#));
    }

    #[test]
    fn what_is_not_an_array_of_commands_is_refused() {
        for bad in ["{}", "[1]", "[{}]", "[", r#"[{"$oid":"x"}]"#] {
            assert!(Step::commands("0001_x", bad).is_err(), "{bad}");
        }
    }
}
