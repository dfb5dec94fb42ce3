//! Engines in a process of their own: a crash there costs one degraded answer, and unloading is its exit.

use crate::engine::{
    EngineCall, EngineError, EngineHandle, EngineInput, EngineReport, LoadError, Loader,
};
use crate::engines::last_words::LastWords;
use async_trait::async_trait;
use lexilingo_engine_protocol::{
    frame,
    message::{FromEngine, ToEngine},
};
use serde::{Serialize, de::DeserializeOwned};
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
        let process: ReportProcess = EngineProcess::start_blocking(&program)?;
        Ok(Arc::new(process) as Arc<dyn EngineHandle>)
    })
}

/// An engine process that takes and gives what engines do.
pub type ReportProcess = EngineProcess<EngineInput, EngineReport, EngineReport>;

struct Waiting<P, O> {
    reply: oneshot::Sender<Result<O, EngineError>>,
    partial: Option<mpsc::Sender<P>>,
}

struct Calls<P, O> {
    waiting: Mutex<HashMap<u64, Waiting<P, O>>>,
    gone: AtomicBool,
}

impl<P, O> Calls<P, O> {
    fn take(&self, call: u64) -> Option<Waiting<P, O>> {
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

/// One engine process that is asked `I`, tells `P` on the way and answers `O`. Dropping it kills the process.
pub struct EngineProcess<I, P, O> {
    pid: u32,
    version: String,
    next: AtomicU64,
    calls: Arc<Calls<P, O>>,
    outbox: mpsc::Sender<ToEngine<I>>,
    _child: Child,
}

impl<I, P, O> EngineProcess<I, P, O>
where
    I: Serialize + Send + 'static,
    P: DeserializeOwned + Send + 'static,
    O: DeserializeOwned + Send + 'static,
{
    /// Starts the program and waits until its model is loaded. Called on a blocking thread of the runtime whose tasks
    /// will serve the process's pipes.
    pub fn start_blocking(program: &Program) -> Result<Self, LoadError> {
        let runtime = tokio::runtime::Handle::try_current()
            .map_err(|e| LoadError(format!("an engine's process needs a runtime: {e}")))?;
        runtime.block_on(EngineProcess::start(program))
    }

    /// Starts the program and waits until its model is loaded.
    pub async fn start(program: &Program) -> Result<Self, LoadError> {
        let failed = |what: &str, e: std::io::Error| LoadError(format!("{what}: {e}"));
        let mut child = Command::new(&program.path)
            .args(&program.args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| {
                let path = program.path.display();
                failed(&format!("the engine's program {path} cannot be started"), e)
            })?;
        let (Some(mut stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(LoadError("the engine's program has no pipes".to_owned()));
        };
        let last_words = child.stderr.take().map(LastWords::listen);
        let ready = tokio::time::timeout(program.load_timeout, next_message::<P, O>(&mut stdout));
        let version = match ready.await {
            Ok(Ok(FromEngine::Ready { version })) => version,
            Ok(Ok(_)) => return Err(LoadError("the engine spoke before it was ready".to_owned())),
            Ok(Err(_)) => {
                let words = match last_words {
                    Some(words) => words.heard().await,
                    None => String::new(),
                };
                return Err(LoadError(format!("the engine ended while loading: {words}")));
            }
            Err(_) => return Err(LoadError("the engine took too long to load".to_owned())),
        };
        let calls = Arc::new(Calls { waiting: Mutex::default(), gone: AtomicBool::new(false) });
        let (outbox, mut messages) = mpsc::channel::<ToEngine<I>>(64);
        tokio::spawn(async move {
            while let Some(message) = messages.recv().await {
                let Ok(frame) = frame::encode(&message) else { continue };
                if stdin.write_all(&frame).await.is_err() || stdin.flush().await.is_err() {
                    break;
                }
            }
        });
        tokio::spawn(deliver(stdout, calls.clone()));
        let pid = child.id().unwrap_or(0);
        Ok(EngineProcess { pid, version, next: AtomicU64::new(1), calls, outbox, _child: child })
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// What the engine said of its model when it was ready.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// False once the process has ended.
    pub fn is_alive(&self) -> bool {
        !self.calls.gone.load(Ordering::SeqCst)
    }

    /// Bytes of the process, measured now.
    pub fn resident_bytes(&self) -> u64 {
        crate::proc_memory::resident_bytes(self.pid).unwrap_or(0)
    }

    /// One call. Dropping the future cancels it in the engine too.
    pub async fn call(
        &self,
        input: I,
        timeout: Duration,
        partial: Option<mpsc::Sender<P>>,
    ) -> Result<O, EngineError> {
        self.call_until(input, timeout, timeout, partial).await
    }

    /// One call that the engine is to end after `due`, and that is given up after `timeout`.
    pub async fn call_until(
        &self,
        input: I,
        due: Duration,
        timeout: Duration,
        partial: Option<mpsc::Sender<P>>,
    ) -> Result<O, EngineError> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (reply, answer) = oneshot::channel();
        if let Ok(mut waiting) = self.calls.waiting.lock() {
            waiting.insert(id, Waiting { reply, partial });
        }
        let _forget = Forget { process: self, call: id };
        let gone = || EngineError::Crashed("the engine's process ended".to_owned());
        if !self.is_alive() {
            return Err(gone());
        }
        let timeout_ms = u64::try_from(due.as_millis()).unwrap_or(u64::MAX);
        let run = ToEngine::Run { call: id, timeout_ms, input };
        let answered = async {
            self.outbox.send(run).await.map_err(|_| gone())?;
            answer.await.map_err(|_| gone())?
        };
        match tokio::time::timeout(timeout, answered).await {
            Ok(answer) => answer,
            Err(_) => Err(EngineError::TimedOut),
        }
    }
}

async fn next_message<P, O>(stdout: &mut ChildStdout) -> std::io::Result<FromEngine<P, O>>
where
    P: DeserializeOwned,
    O: DeserializeOwned,
{
    let mut head = [0; 4];
    stdout.read_exact(&mut head).await?;
    let mut body = vec![0; frame::frame_length(head)?];
    stdout.read_exact(&mut body).await?;
    frame::decode(&body)
}

/// Hands every answer to whoever waits for it, until the process ends.
async fn deliver<P, O>(mut stdout: ChildStdout, calls: Arc<Calls<P, O>>)
where
    P: DeserializeOwned,
    O: DeserializeOwned,
{
    loop {
        match next_message::<P, O>(&mut stdout).await {
            Ok(FromEngine::Done { call, answer }) => {
                if let Some(waiting) = calls.take(call) {
                    let _ = waiting.reply.send(answer);
                }
            }
            Ok(FromEngine::Partial { call, part }) => {
                let sender =
                    calls.waiting.lock().ok().and_then(|map| map.get(&call)?.partial.clone());
                if let Some(sender) = sender {
                    let _ = sender.try_send(part);
                }
            }
            Ok(FromEngine::Ready { .. }) => {}
            Err(_) => return calls.fail_all(),
        }
    }
}

/// Tells the process to stop a call whose future was dropped.
struct Forget<'a, I, P, O> {
    process: &'a EngineProcess<I, P, O>,
    call: u64,
}

impl<I, P, O> Drop for Forget<'_, I, P, O> {
    fn drop(&mut self) {
        if self.process.calls.take(self.call).is_some() {
            let _ = self.process.outbox.try_send(ToEngine::Cancel { call: self.call });
        }
    }
}

#[async_trait]
impl EngineHandle for ReportProcess {
    async fn run(&self, call: EngineCall) -> Result<EngineReport, EngineError> {
        self.call(call.input, call.timeout, call.partial).await
    }

    fn is_alive(&self) -> bool {
        EngineProcess::is_alive(self)
    }

    fn resident_bytes(&self) -> u64 {
        EngineProcess::resident_bytes(self)
    }
}
