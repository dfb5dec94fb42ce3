//! A scripted `qwen` in a process of its own, spoken to by the framed protocol.

use lexilingo_engine_protocol::{frame, message};
use lexilingo_shared::model::ModelName;
use lexilingo_tests::scripted::engine::ScriptedEngine;
use lexilingo_worker::engine::{CancelFlag, Engine, EngineInput, EngineReport, Run};
use std::{
    collections::HashMap,
    io::{stdin, stdout},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

type ToEngine = message::ToEngine<EngineInput>;
type FromEngine = message::FromEngine<EngineReport, EngineReport>;

fn main() -> std::io::Result<()> {
    frame::write(&mut stdout().lock(), &FromEngine::Ready { version: "scripted-1".to_owned() })?;
    let running: Arc<Mutex<HashMap<u64, CancelFlag>>> = Arc::default();
    let mut input = stdin().lock();
    while let Some(message) = frame::read::<ToEngine>(&mut input)? {
        match message {
            ToEngine::Cancel { call } => {
                if let Some(flag) = running.lock().unwrap().get(&call) {
                    flag.cancel();
                }
            }
            ToEngine::Run { call, timeout_ms, input } => {
                let cancel = CancelFlag::default();
                running.lock().unwrap().insert(call, cancel.clone());
                let running = running.clone();
                std::thread::spawn(move || {
                    let (sender, mut parts) = mpsc::channel(16);
                    // Parts go out while the run goes on.
                    let forwarding = std::thread::spawn(move || {
                        while let Some(report) = parts.blocking_recv() {
                            let part = FromEngine::Partial { call, part: report };
                            frame::write(&mut stdout().lock(), &part).unwrap();
                        }
                    });
                    let deadline = Instant::now() + Duration::from_millis(timeout_ms);
                    let run = Run { deadline, cancel, partial: Some(sender) };
                    let answer = ScriptedEngine::of(ModelName::Qwen).run(&input, &run);
                    drop(run);
                    forwarding.join().unwrap();
                    let done = FromEngine::Done { call, answer };
                    frame::write(&mut stdout().lock(), &done).unwrap();
                    running.lock().unwrap().remove(&call);
                });
            }
        }
    }
    Ok(())
}
