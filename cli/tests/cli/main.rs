//! The `lexilingo` program as its users meet it: arguments and variables in, streams and exit status out.

mod analyze;
mod check;
mod doctor;
mod eval;
mod keys;
mod place;
mod servers;
mod settings;
mod up;
