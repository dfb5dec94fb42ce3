//! What a worker and an engine in a process of its own say to each other, over the engine's stdin and stdout: frames
//! (`frame`) of messages (`message`). What a call asks and answers is the engine's own: language models take a
//! [`Prompt`](completion::Prompt) and give a [`Completion`](completion::Completion).

pub mod completion;
pub mod engine_error;
pub mod frame;
pub mod message;
