//! Telling the outside what became of jobs: the outbox becomes deliveries, deliveries are sent.

pub mod client;
pub mod outbox_reader;
pub mod resolver;
pub mod sender;
