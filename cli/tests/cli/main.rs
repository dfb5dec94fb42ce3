//! The `lexilingo` program as its users meet it: arguments and variables in, streams and exit status out.

mod analyze;
mod check;
mod doctor;
mod engine_process;
mod eval;
mod keys;
mod models;
mod place;
mod servers;
mod service;
mod settings;
mod up;
