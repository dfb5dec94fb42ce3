//! What is remembered of a learner between requests. Pure: old document and finished request → new document, so that
//! doing it twice for one job changes nothing more.

pub mod learner;
pub mod session;
pub mod turn;
