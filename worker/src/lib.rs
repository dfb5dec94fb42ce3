pub mod rules;
pub mod vocabulary;
