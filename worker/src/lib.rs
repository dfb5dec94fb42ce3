pub mod fluency;
pub mod rules;
pub mod vocabulary;
