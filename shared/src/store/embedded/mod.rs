//! The embedded stores: one SQLite database and a folder of blobs on one machine, without a server. This is the only
//! place, beside `queue::embedded`, that knows SQLite.

pub mod folder;

pub(crate) mod column;
pub(crate) mod database;
pub(crate) mod fault;
pub(crate) mod janitor;

mod blobs;
mod cache;
mod documents;
mod readers;
mod schema;
mod writer;

pub use folder::{Embedded, Swept};
