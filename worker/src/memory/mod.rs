//! What is remembered of a learner between requests. Pure: old document and finished request → new document, so that
//! doing it twice for one job changes nothing more.

mod applied;
pub mod learner;
pub mod mastery;
mod recent;
pub mod session;
pub mod turn;
