//! What SQLite and the file system say, in the words of the seams. Reasons never quote stored text.

use crate::store_error::StoreError;
use rusqlite::ErrorCode;
use std::io;

/// How errors name the database.
pub(crate) const DATABASE: &str = "the embedded database";
/// How errors name the data folder.
pub(crate) const FOLDER: &str = "the data folder";

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match &error {
            E::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => StoreError::Full { store: DATABASE },
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    StoreError::corrupt(DATABASE, failure)
                }
                _ => StoreError::unavailable(DATABASE, failure),
            },
            E::FromSqlConversionFailure(column, ..) | E::IntegralValueOutOfRange(column, _) => {
                StoreError::corrupt(DATABASE, format!("column {column} of a row"))
            }
            E::InvalidColumnType(column, name, _) => {
                StoreError::corrupt(DATABASE, format!("column {column} ({name}) of a row"))
            }
            _ => StoreError::unavailable(DATABASE, error),
        }
    }
}

/// A failed file operation; `what` says which, without naming anybody's data.
pub(crate) fn file_fault(what: &str, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            StoreError::Full { store: FOLDER }
        }
        _ => StoreError::unavailable(FOLDER, format!("{what}: {error}")),
    }
}

/// JSON that this release did not write. Only the place is told: a parser's message may quote the text.
pub(crate) fn unreadable_json(error: &serde_json::Error) -> StoreError {
    StoreError::corrupt(
        DATABASE,
        format!("malformed JSON at line {}, column {}", error.line(), error.column()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_a_broken_one() {
        let full = rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
            None,
        );
        assert!(matches!(StoreError::from(full), StoreError::Full { .. }));
        let corrupt = rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            None,
        );
        assert!(matches!(StoreError::from(corrupt), StoreError::Corrupt { .. }));
        let io = io::Error::from(io::ErrorKind::StorageFull);
        assert!(matches!(file_fault("write a blob", &io), StoreError::Full { .. }));
    }

    #[test]
    fn a_malformed_document_is_not_quoted() {
        let error = serde_json::from_str::<u64>("\"my secret\"").unwrap_err();
        assert!(!unreadable_json(&error).to_string().contains("secret"));
    }
}
