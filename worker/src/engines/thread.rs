//! Engines on threads: a bounded inbox, a fence around panics, deadlines. The only place that spawns engine threads.

use crate::engine::{CancelFlag, Engine, EngineCall, EngineError, EngineHandle, EngineReport, Run};
use async_trait::async_trait;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, mpsc},
    time::Instant,
};
use tokio::sync::oneshot;
use tracing::Span;

/// Makes an engine; called once a thread, and again after a panic.
pub type Factory = Arc<dyn Fn() -> Box<dyn Engine> + Send + Sync>;

struct Command {
    call: EngineCall,
    deadline: Instant,
    span: Span,
    reply: oneshot::Sender<Result<EngineReport, EngineError>>,
}

/// A pool of threads that run copies of one engine.
pub struct ThreadHost {
    inbox: mpsc::SyncSender<Command>,
    resident_bytes: u64,
}

impl ThreadHost {
    /// Starts `threads` threads named after the engine. `inbox` calls may wait; more are refused.
    pub fn start(
        name: &str,
        threads: usize,
        inbox: usize,
        resident_bytes: u64,
        factory: Factory,
    ) -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::sync_channel(inbox);
        let receiver = Arc::new(Mutex::new(receiver));
        for n in 0..threads.max(1) {
            let (receiver, factory) = (receiver.clone(), factory.clone());
            std::thread::Builder::new()
                .name(format!("engine-{name}-{n}"))
                .spawn(move || serve(&receiver, &factory))?;
        }
        Ok(ThreadHost { inbox: sender, resident_bytes })
    }
}

fn serve(inbox: &Mutex<mpsc::Receiver<Command>>, factory: &Factory) {
    let mut engine = factory();
    loop {
        let next = match inbox.lock() {
            Ok(receiver) => receiver.recv(),
            Err(_) => return,
        };
        let Ok(Command { call, deadline, span, reply }) = next else { return };
        let _entered = span.enter();
        let run = Run { deadline, cancel: call.cancel, partial: call.partial };
        // A call that nobody waits for any more is not worth a run.
        let answer = run.check().and_then(|()| {
            catch_unwind(AssertUnwindSafe(|| engine.run(&call.input, &run))).unwrap_or_else(|_| {
                engine = factory();
                Err(EngineError::Crashed("the engine panicked".to_owned()))
            })
        });
        let _ = reply.send(answer);
    }
}

/// Cancels the run when the future that waits for it is dropped.
struct CancelOnDrop(CancelFlag);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

#[async_trait]
impl EngineHandle for ThreadHost {
    async fn run(&self, call: EngineCall) -> Result<EngineReport, EngineError> {
        let timeout = call.timeout;
        let _guard = CancelOnDrop(call.cancel.clone());
        let (reply, answer) = oneshot::channel();
        let deadline = Instant::now() + timeout;
        let command = Command { call, deadline, span: Span::current(), reply };
        self.inbox.try_send(command).map_err(|refused| match refused {
            mpsc::TrySendError::Full(_) => {
                EngineError::Unavailable("too many calls are waiting".to_owned())
            }
            mpsc::TrySendError::Disconnected(_) => {
                EngineError::Unavailable("the engine has stopped".to_owned())
            }
        })?;
        match tokio::time::timeout(timeout, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(EngineError::Crashed("the engine's thread ended".to_owned())),
            Err(_) => Err(EngineError::TimedOut),
        }
    }

    fn resident_bytes(&self) -> u64 {
        self.resident_bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::EngineInput;
    use lexilingo_shared::level::Level;
    use std::time::Duration;

    /// Does what the text says.
    struct Obedient;

    impl Engine for Obedient {
        fn run(&mut self, input: &EngineInput, run: &Run) -> Result<EngineReport, EngineError> {
            match input.text.as_str() {
                "panic" => panic!("as told"),
                "hang" => loop {
                    run.check()?;
                    std::thread::yield_now();
                },
                _ => Ok(EngineReport { fluency: Some(0.5), ..Default::default() }),
            }
        }
    }

    fn host() -> ThreadHost {
        ThreadHost::start("obedient", 1, 8, 0, Arc::new(|| Box::new(Obedient))).unwrap()
    }

    fn call(text: &str, millis: u64) -> EngineCall {
        EngineCall {
            input: EngineInput {
                text: text.to_owned(),
                level: Level::A2,
                tasks: vec![],
                findings: vec![],
            },
            timeout: Duration::from_millis(millis),
            cancel: CancelFlag::default(),
            partial: None,
        }
    }

    #[tokio::test]
    async fn a_panic_costs_one_answer_and_the_engine_lives_on() {
        let host = host();
        assert!(matches!(host.run(call("panic", 5000)).await, Err(EngineError::Crashed(_))));
        assert_eq!(host.run(call("fine", 5000)).await.unwrap().fluency, Some(0.5));
    }

    #[tokio::test]
    async fn a_run_that_takes_too_long_is_stopped_and_frees_the_thread() {
        let host = host();
        assert_eq!(host.run(call("hang", 20)).await, Err(EngineError::TimedOut));
        assert!(host.run(call("fine", 5000)).await.is_ok());
    }

    #[tokio::test]
    async fn a_canceled_run_stops() {
        let host = host();
        let call = call("hang", 60_000);
        let cancel = call.cancel.clone();
        let (answer, ()) = tokio::join!(host.run(call), async { cancel.cancel() });
        assert_eq!(answer, Err(EngineError::Canceled));
    }
}
