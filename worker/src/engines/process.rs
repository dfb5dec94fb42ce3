//! Engines in a process of their own: a crash there costs one degraded answer, and unloading is its exit.

use crate::{
    engine::{CancelFlag, EngineCall, EngineError, EngineHandle, EngineReport, LoadError, Loader},
    engines::protocol::{self, FromEngine, ToEngine},
};
use async_trait::async_trait;
use std::{
    collections::HashMap,
    ffi::OsString,
    path::PathBuf,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStdout, Command},
    sync::{mpsc, oneshot},
};

/// How to start the engine's program.
#[derive(Debug, Clone)]
pub struct Program {
    pub path: PathBuf,
    pub args: Vec<OsString>,
    /// Longest time until it reports that its model is loaded.
    pub load_timeout: Duration,
}

/// A catalogue entry's loader for an engine in a process of its own.
pub fn loader(program: Program) -> Loader {
    Arc::new(move || {
        // Loading runs on a blocking thread of the runtime whose tasks will serve the process's pipes.
        let runtime = tokio::runtime::Handle::try_current()
            .map_err(|e| LoadError(format!("an engine's process needs a runtime: {e}")))?;
        let host = runtime.block_on(ProcessHost::start(&program))?;
        Ok(Arc::new(host) as Arc<dyn EngineHandle>)
    })
}

struct Waiting {
    reply: oneshot::Sender<Result<EngineReport, EngineError>>,
    partial: Option<mpsc::Sender<EngineReport>>,
}

#[derive(Default)]
struct Calls {
    waiting: Mutex<HashMap<u64, Waiting>>,
    gone: AtomicBool,
}

impl Calls {
    fn take(&self, call: u64) -> Option<Waiting> {
        self.waiting.lock().ok()?.remove(&call)
    }

    fn fail_all(&self) {
        self.gone.store(true, Ordering::SeqCst);
        let waiting = self.waiting.lock().map(|mut map| std::mem::take(&mut *map));
        for (_, call) in waiting.unwrap_or_default() {
            let crashed = EngineError::Crashed("the engine's process ended".to_owned());
            let _ = call.reply.send(Err(crashed));
        }
    }
}

/// One engine process. Dropping it kills the process.
pub struct ProcessHost {
    pid: u32,
    next: AtomicU64,
    calls: Arc<Calls>,
    outbox: mpsc::Sender<ToEngine>,
    _child: Child,
}

impl ProcessHost {
    /// Starts the program and waits until its model is loaded.
    pub async fn start(program: &Program) -> Result<Self, LoadError> {
        let failed = |what: &str, e: std::io::Error| LoadError(format!("{what}: {e}"));
        let mut child = Command::new(&program.path)
            .args(&program.args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| failed("the engine's program cannot be started", e))?;
        let (Some(mut stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(LoadError("the engine's program has no pipes".to_owned()));
        };
        let ready = tokio::time::timeout(program.load_timeout, next_message(&mut stdout)).await;
        match ready {
            Ok(Ok(FromEngine::Ready { .. })) => {}
            Ok(Ok(_)) => return Err(LoadError("the engine spoke before it was ready".to_owned())),
            Ok(Err(e)) => return Err(failed("the engine ended while loading", e)),
            Err(_) => return Err(LoadError("the engine took too long to load".to_owned())),
        }
        let calls = Arc::new(Calls::default());
        let (outbox, mut messages) = mpsc::channel::<ToEngine>(64);
        tokio::spawn(async move {
            while let Some(message) = messages.recv().await {
                let Ok(frame) = protocol::encode(&message) else { continue };
                if stdin.write_all(&frame).await.is_err() || stdin.flush().await.is_err() {
                    break;
                }
            }
        });
        tokio::spawn(deliver(stdout, calls.clone()));
        let pid = child.id().unwrap_or(0);
        Ok(ProcessHost { pid, next: AtomicU64::new(1), calls, outbox, _child: child })
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }
}

async fn next_message(stdout: &mut ChildStdout) -> std::io::Result<FromEngine> {
    let mut head = [0; 4];
    stdout.read_exact(&mut head).await?;
    let mut body = vec![0; protocol::frame_length(head)?];
    stdout.read_exact(&mut body).await?;
    protocol::decode(&body)
}

/// Hands every answer to whoever waits for it, until the process ends.
async fn deliver(mut stdout: ChildStdout, calls: Arc<Calls>) {
    loop {
        match next_message(&mut stdout).await {
            Ok(FromEngine::Done { call, answer }) => {
                if let Some(waiting) = calls.take(call) {
                    let _ = waiting.reply.send(answer);
                }
            }
            Ok(FromEngine::Partial { call, report }) => {
                let sender =
                    calls.waiting.lock().ok().and_then(|map| map.get(&call)?.partial.clone());
                if let Some(sender) = sender {
                    let _ = sender.try_send(report);
                }
            }
            Ok(FromEngine::Ready { .. }) => {}
            Err(_) => return calls.fail_all(),
        }
    }
}

/// Tells the process to stop a call whose future was dropped.
struct Forget<'a> {
    host: &'a ProcessHost,
    call: u64,
    cancel: CancelFlag,
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        if self.host.calls.take(self.call).is_some() {
            self.cancel.cancel();
            let _ = self.host.outbox.try_send(ToEngine::Cancel { call: self.call });
        }
    }
}

#[async_trait]
impl EngineHandle for ProcessHost {
    async fn run(&self, call: EngineCall) -> Result<EngineReport, EngineError> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (reply, answer) = oneshot::channel();
        if let Ok(mut waiting) = self.calls.waiting.lock() {
            waiting.insert(id, Waiting { reply, partial: call.partial });
        }
        let _forget = Forget { host: self, call: id, cancel: call.cancel };
        let gone = || EngineError::Crashed("the engine's process ended".to_owned());
        if !self.is_alive() {
            return Err(gone());
        }
        let timeout_ms = u64::try_from(call.timeout.as_millis()).unwrap_or(u64::MAX);
        let run = ToEngine::Run { call: id, timeout_ms, input: call.input };
        let answered = async {
            self.outbox.send(run).await.map_err(|_| gone())?;
            answer.await.map_err(|_| gone())?
        };
        match tokio::time::timeout(call.timeout, answered).await {
            Ok(answer) => answer,
            Err(_) => Err(EngineError::TimedOut),
        }
    }

    fn is_alive(&self) -> bool {
        !self.calls.gone.load(Ordering::SeqCst)
    }

    fn resident_bytes(&self) -> u64 {
        crate::proc_memory::resident_bytes(self.pid).unwrap_or(0)
    }
}
