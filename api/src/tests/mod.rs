//! The router over real embedded stores, with a tiny worker that finishes jobs through the seams.

mod access;
mod contract;
mod events;
mod fleet;
mod jobs;
mod learners;
mod refusals;
mod served;
mod service;
mod submission;
mod uploads;
mod worker;
