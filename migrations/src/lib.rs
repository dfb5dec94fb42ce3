//! Migrations of the MongoDB database: forward only, each step recorded with its checksum and safe to run again.

pub mod error;
pub mod lock;
pub mod record;
pub mod runner;
pub mod step;

pub use error::MigrationError;
pub use runner::{Applied, Options, Runner, pending, run};
pub use step::{Step, Work};
