//! `lexilingo eval`: how good the language analysis is, by the field's own scorers, beside what others reach.

// What is judged.
pub mod set;
pub mod set_file;
pub mod system;

// Scorers, pure.
pub mod alignment;
pub mod calibration;
pub mod correlation;
pub mod edits;
pub mod gleu;
pub mod max_match;
pub mod mersenne_twister;
pub mod tokens;

// What is told.
pub mod known;
pub mod measure;
pub mod report;
