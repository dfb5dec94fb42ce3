//! Documents and blobs on MongoDB, a replica set: every write is acknowledged by a majority and journalled.

mod blobs;
mod connection;
mod documents;
mod field;

pub use blobs::MongoBlobs;
pub use connection::Mongo;
pub use documents::MongoDocuments;
