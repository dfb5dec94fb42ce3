//! What comes in over stdin.

use lexilingo_engine_protocol::{completion::Prompt, frame, message::ToEngine};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::time::Instant;

/// Messages that may wait until the scheduler looks.
const INBOX: usize = 256;

/// One message and when it came.
pub struct Incoming {
    pub message: ToEngine<Prompt>,
    pub at: Instant,
}

pub struct Calls(Receiver<Incoming>);

impl Calls {
    /// Reads on a thread of its own until the worker closes the pipe or sends what is no message.
    pub fn read_stdin() -> Self {
        let (sender, receiver) = sync_channel(INBOX);
        std::thread::spawn(move || {
            let mut input = std::io::stdin().lock();
            while let Ok(Some(message)) = frame::read(&mut input) {
                if sender.send(Incoming { message, at: Instant::now() }).is_err() {
                    return;
                }
            }
        });
        Calls(receiver)
    }

    /// The next message; waits for one. None once there will be no more.
    pub fn wait(&self) -> Option<Incoming> {
        self.0.recv().ok()
    }

    /// The next message if one is there. `Err` once there will be no more.
    pub fn look(&self) -> Result<Option<Incoming>, TryRecvError> {
        match self.0.try_recv() {
            Ok(incoming) => Ok(Some(incoming)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(gone) => Err(gone),
        }
    }
}
