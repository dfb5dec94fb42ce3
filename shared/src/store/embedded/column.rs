//! Columns as the values that they stand for: names, instants, counts.

use crate::time::Timestamp;
use rusqlite::{Error, Result, Row, types::Type};
use std::{fmt, str::FromStr};

/// A value that is stored as its name.
pub(crate) fn named<T>(row: &Row<'_>, column: usize) -> Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error| unreadable(column, error))
}

/// A count; stored as a signed integer because SQLite has no other.
pub(crate) fn count(row: &Row<'_>, column: usize) -> Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| Error::IntegralValueOutOfRange(column, value))
}

pub(crate) fn instant(row: &Row<'_>, column: usize) -> Result<Timestamp> {
    row.get(column).map(Timestamp::from_millis)
}

pub(crate) fn optional_instant(row: &Row<'_>, column: usize) -> Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp::from_millis))
}

/// The other way round: a count as SQLite stores it.
pub(crate) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A limit of rows as SQLite counts them.
pub(crate) fn rows(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

pub(crate) fn unreadable<E>(column: usize, error: E) -> Error
where
    E: std::error::Error + Send + Sync + 'static,
{
    Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

/// A stored word that this release does not know.
#[derive(Debug)]
pub(crate) struct UnknownWord;

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a word of this release")
    }
}

impl std::error::Error for UnknownWord {}
