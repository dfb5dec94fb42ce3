//! Applies what is pending, one runner at a time.

use crate::{
    error::MigrationError,
    lock::Lock,
    record::Record,
    step::{Step, Work},
};
use lexilingo_shared::store::mongo::Mongo;
use mongodb::{
    Database,
    bson::{Document, doc},
    error::ErrorKind,
};
use std::time::{Duration, Instant};

/// One step that this run applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub name: String,
    pub took: Duration,
}

#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// A runner that dies blocks others for this long at most.
    pub lease: Duration,
    /// How long to wait for another runner.
    pub wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options { lease: Duration::from_secs(30), wait: Duration::from_secs(300) }
    }
}

/// Applies every pending migration of this release. `database` wins over the URI's.
pub async fn run(uri: &str, database: Option<&str>) -> Result<Vec<Applied>, MigrationError> {
    let mongo = Mongo::connect(uri, database).await?;
    Runner::new(mongo.database(), Step::all()?, Options::default()).run().await
}

/// Names of the migrations that this release needs and the database lacks.
pub async fn pending(uri: &str, database: Option<&str>) -> Result<Vec<String>, MigrationError> {
    let mongo = Mongo::connect(uri, database).await?;
    Runner::new(mongo.database(), Step::all()?, Options::default()).pending().await
}

#[derive(Debug)]
pub struct Runner {
    database: Database,
    steps: Vec<Step>,
    options: Options,
}

impl Runner {
    pub fn new(database: &Database, steps: Vec<Step>, options: Options) -> Self {
        Runner { database: database.clone(), steps, options }
    }

    pub async fn pending(&self) -> Result<Vec<String>, MigrationError> {
        let pending = Record::of(&self.database).pending(&self.steps).await?;
        Ok(pending.into_iter().map(|step| step.name.clone()).collect())
    }

    pub async fn run(&self) -> Result<Vec<Applied>, MigrationError> {
        let record = Record::of(&self.database);
        if record.pending(&self.steps).await?.is_empty() {
            return Ok(Vec::new());
        }
        let lock = Lock::take(&self.database, self.options.lease, self.options.wait).await?;
        let outcome = self.run_locked(&record, &lock).await;
        let released = lock.release().await;
        let applied = outcome?;
        released?;
        Ok(applied)
    }

    async fn run_locked(
        &self,
        record: &Record,
        lock: &Lock,
    ) -> Result<Vec<Applied>, MigrationError> {
        let mut applied = Vec::new();
        // Read again: whoever held the lock before may have applied some.
        for step in record.pending(&self.steps).await? {
            let begun = Instant::now();
            tokio::select! {
                done = self.apply(step) => done?,
                lost = lock.keep() => {
                    lost?;
                    return Err(MigrationError::LockLost { name: step.name.clone() });
                }
            }
            if !lock.renew().await? {
                return Err(MigrationError::LockLost { name: step.name.clone() });
            }
            record.note(step).await?;
            let took = begun.elapsed();
            tracing::info!(
                step = step.name,
                took_ms = took.as_millis() as u64,
                "migration applied"
            );
            applied.push(Applied { name: step.name.clone(), took });
        }
        Ok(applied)
    }

    async fn apply(&self, step: &Step) -> Result<(), MigrationError> {
        match &step.work {
            Work::Commands(commands) => {
                for command in commands {
                    self.command(&step.name, command).await?;
                }
                Ok(())
            }
            Work::Code { run, .. } => run(self.database.clone())
                .await
                .map_err(|source| MigrationError::Step { name: step.name.clone(), source }),
        }
    }

    async fn command(&self, step: &str, command: &Document) -> Result<(), MigrationError> {
        let name = command.keys().next().cloned().unwrap_or_default();
        let mut durable = command.clone();
        if !durable.contains_key("writeConcern") {
            durable.insert("writeConcern", doc! { "w": "majority", "j": true });
        }
        let refused = |code, message: &str| MigrationError::Refused {
            name: step.to_owned(),
            command: name.clone(),
            code,
            message: message.to_owned(),
        };
        match self.database.run_command(durable).await {
            Ok(answer) => match answer.get_array("writeErrors") {
                Ok(errors) if !errors.is_empty() => Err(refused(0, "a write failed")),
                _ => Ok(()),
            },
            Err(error) => match error.kind.as_ref() {
                ErrorKind::Command(fault) if is_done_already(&name, fault.code) => Ok(()),
                ErrorKind::Command(fault) => Err(refused(fault.code, &fault.message)),
                _ => Err(error.into()),
            },
        }
    }
}

/// Whether the server says that a command's effect is there, which is what running it again expects.
fn is_done_already(command: &str, code: i32) -> bool {
    const NO_NAMESPACE: i32 = 26;
    const NO_INDEX: i32 = 27;
    const NAMESPACE_EXISTS: i32 = 48;
    match command {
        "create" => code == NAMESPACE_EXISTS,
        "drop" => code == NO_NAMESPACE,
        "dropIndexes" => code == NO_NAMESPACE || code == NO_INDEX,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_wanted_effect_excuses_a_refusal() {
        assert!(is_done_already("create", 48));
        assert!(!is_done_already("createIndexes", 48));
        assert!(!is_done_already("create", 72));
    }
}
