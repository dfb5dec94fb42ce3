//! Own extractors, so that every refusal is a problem document.

pub mod body;
pub mod caller;
pub mod json_body;
pub mod path_id;
pub mod query;

pub use caller::Caller;
pub use json_body::JsonBody;
pub use path_id::PathId;
pub use query::Query;
