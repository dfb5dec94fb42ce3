//! The tables, and how an older database becomes one of this release. A step, once released, is never edited: the next
//! change is a further step.

use super::fault::DATABASE;
use crate::store_error::{StoreError, StoreResult};
use rusqlite::Connection;

/// `STEPS[n]` brings a database from `user_version` n to n + 1.
const STEPS: &[&str] = &[
    include_str!("schema/0001_start.sql"),
    include_str!("schema/0002_written_behind.sql"),
    include_str!("schema/0003_access.sql"),
    include_str!("schema/0004_webhooks.sql"),
];

/// Brings the database to this release's schema, each step in one transaction.
pub(super) fn migrate(connection: &mut Connection) -> StoreResult<()> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = usize::try_from(version).ok().filter(|version| *version <= STEPS.len());
    let Some(done) = known else {
        return Err(StoreError::corrupt(
            DATABASE,
            format!("schema {version} is of a newer release; this one knows up to {}", STEPS.len()),
        ));
    };
    for (index, step) in STEPS.iter().enumerate().skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.execute_batch(&format!("PRAGMA user_version = {}", index + 1))?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        let tables: i64 = connection
            .query_row("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'jobs'", [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(tables, 1);
    }

    #[test]
    fn a_database_of_a_newer_release_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("PRAGMA user_version = 9999").unwrap();
        let refusal = migrate(&mut connection).unwrap_err();
        assert!(refusal.to_string().contains("newer release"), "{refusal}");
    }
}
