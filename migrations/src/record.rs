//! Which steps have been applied: collection `_migrations`.

use crate::{error::MigrationError, step::Step};
use futures::TryStreamExt;
use mongodb::{
    Collection, Database,
    bson::{DateTime, Document, doc},
};
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub struct Record {
    applied: Collection<Document>,
}

impl Record {
    pub fn of(database: &Database) -> Self {
        Record { applied: database.collection("_migrations") }
    }

    /// Those of `steps` that have not been applied; an error when an applied one has changed. Applied steps that this
    /// release does not know are a later release's and are left alone.
    pub async fn pending<'a>(&self, steps: &'a [Step]) -> Result<Vec<&'a Step>, MigrationError> {
        let mut applied = HashMap::new();
        let mut found = self.applied.find(doc! {}).await?;
        while let Some(entry) = found.try_next().await? {
            if let (Ok(name), Ok(checksum)) = (entry.get_str("_id"), entry.get_str("checksum")) {
                applied.insert(name.to_owned(), checksum.to_owned());
            }
        }
        let changed = steps
            .iter()
            .find(|step| applied.get(&step.name).is_some_and(|seen| *seen != step.checksum));
        match changed {
            Some(step) => Err(MigrationError::Changed { name: step.name.clone() }),
            None => Ok(steps.iter().filter(|step| !applied.contains_key(&step.name)).collect()),
        }
    }

    pub async fn note(&self, step: &Step) -> Result<(), MigrationError> {
        let entry = doc! { "checksum": &step.checksum, "applied_at": DateTime::now() };
        let set = self.applied.update_one(doc! { "_id": &step.name }, doc! { "$set": entry });
        set.upsert(true).await?;
        Ok(())
    }
}
