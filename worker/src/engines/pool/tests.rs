use super::*;
use crate::{
    allocation::Allocation,
    engine::{EngineCall, EngineError, EngineReport, LoadError},
};
use async_trait::async_trait;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Says how much it holds, and when it goes.
struct Counted {
    bytes: u64,
    alive: Arc<AtomicUsize>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl EngineHandle for Counted {
    async fn run(&self, _: EngineCall) -> Result<EngineReport, EngineError> {
        Ok(EngineReport::default())
    }

    fn resident_bytes(&self) -> u64 {
        self.bytes
    }
}

fn entry(name: ModelName, declared: u64, real: u64, alive: &Arc<AtomicUsize>) -> Entry {
    let alive = alive.clone();
    Entry {
        name,
        version: String::new(),
        declared_bytes: declared,
        budgeted: true,
        load: Arc::new(move || {
            alive.fetch_add(1, Ordering::SeqCst);
            Ok(Arc::new(Counted { bytes: real, alive: alive.clone() }))
        }),
    }
}

fn pool(entries: Vec<Entry>, pinned: &str, budget: u64) -> Arc<Pool> {
    let models = entries.iter().map(|entry| entry.name).collect();
    Pool::new(Catalogue::new(entries), models, pinned.parse().unwrap(), budget)
}

fn lend(models: &[ModelName]) -> Allocation {
    Allocation { lend: models.to_vec(), ..Allocation::default() }
}

#[tokio::test]
async fn evicting_a_model_really_unloads_it() {
    // Defect 6: the original changed counters and unloaded nothing.
    let alive = Arc::new(AtomicUsize::new(0));
    let entries =
        vec![entry(ModelName::Llama3Vi, 60, 60, &alive), entry(ModelName::Hubert, 60, 60, &alive)];
    let pool = pool(entries, "", 100);
    drop(pool.fulfil(&lend(&[ModelName::Llama3Vi])).await);
    assert_eq!((alive.load(Ordering::SeqCst), pool.memory().1), (1, 60));
    drop(pool.fulfil(&lend(&[ModelName::Hubert])).await);
    assert_eq!((alive.load(Ordering::SeqCst), pool.memory().1), (1, 60));
    assert_eq!(pool.loaded()[0].name, ModelName::Hubert);
}

#[tokio::test]
async fn an_allocation_is_carried_out_as_it_was_decided() {
    let alive = Arc::new(AtomicUsize::new(0));
    let small = |name| entry(name, 30, 30, &alive);
    let entries =
        vec![small(ModelName::Whisper), small(ModelName::Llama3Vi), small(ModelName::Qwen)];
    let pool = pool(entries, "", 70);
    drop(pool.fulfil(&lend(&[ModelName::Whisper, ModelName::Llama3Vi])).await);
    // The request needs the model of the lowest priority too: the other one goes.
    let allocation = Allocation {
        evict: vec![ModelName::Whisper],
        load: vec![ModelName::Qwen],
        lend: vec![ModelName::Qwen, ModelName::Llama3Vi],
        skip: vec![],
    };
    let loans = pool.fulfil(&allocation).await;
    assert_eq!(loans.leases.len(), 2);
    let held: Vec<ModelName> = pool.loaded().iter().map(|model| model.name).collect();
    assert_eq!(held, [ModelName::Qwen, ModelName::Llama3Vi]);
}

#[tokio::test]
async fn a_lent_or_pinned_model_stays_and_the_other_is_skipped_with_a_reason() {
    let alive = Arc::new(AtomicUsize::new(0));
    let entries =
        vec![entry(ModelName::Llama3Vi, 60, 60, &alive), entry(ModelName::Hubert, 60, 60, &alive)];
    let pool = pool(entries, "", 100);
    let held = pool.fulfil(&lend(&[ModelName::Llama3Vi])).await;
    let refused = pool.fulfil(&lend(&[ModelName::Hubert])).await;
    assert!(refused.skipped[&ModelName::Hubert].contains("does not fit"));
    drop(held);
}

#[tokio::test]
async fn a_model_that_takes_more_than_it_declared_is_let_go_and_remembered() {
    let alive = Arc::new(AtomicUsize::new(0));
    let pool = pool(vec![entry(ModelName::Qwen, 10, 500, &alive)], "qwen", 100);
    pool.load_pinned().await;
    assert_eq!((alive.load(Ordering::SeqCst), pool.memory().1), (0, 0));
    assert!(pool.refused()[0].reason.contains("took 500 bytes"));
    assert!(pool.is_settled());
}

#[tokio::test]
async fn a_model_that_is_wanted_by_many_is_loaded_once() {
    let loads = Arc::new(AtomicUsize::new(0));
    let pool = pool(vec![entry(ModelName::Qwen, 10, 10, &loads)], "", 100);
    let wanted = lend(&[ModelName::Qwen]);
    let loans = futures::future::join_all((0..20).map(|_| pool.fulfil(&wanted))).await;
    assert!(loans.iter().all(|loan| loan.leases.contains_key(&ModelName::Qwen)));
    assert_eq!(loads.load(Ordering::SeqCst), 1);
    assert_eq!(pool.view().0.holding(ModelName::Qwen).unwrap().leases, 20);
    drop(loans);
    assert_eq!(pool.view().0.holding(ModelName::Qwen).unwrap().leases, 0);
}

#[tokio::test]
async fn a_model_that_cannot_be_loaded_is_refused_with_its_reason() {
    let mut broken = entry(ModelName::Qwen, 10, 10, &Arc::default());
    broken.load = Arc::new(|| Err(LoadError("the file is not there".to_owned())));
    let pool = pool(vec![broken], "", 100);
    let loans = pool.fulfil(&lend(&[ModelName::Qwen])).await;
    assert_eq!(loans.skipped[&ModelName::Qwen], "the file is not there");
}

#[tokio::test]
async fn a_model_that_nobody_uses_is_unloaded_unless_it_is_pinned() {
    let alive = Arc::new(AtomicUsize::new(0));
    let small = |name| entry(name, 30, 30, &alive);
    let entries =
        vec![small(ModelName::Qwen), small(ModelName::Llama3Vi), small(ModelName::Hubert)];
    let pool = pool(entries, "qwen", 100);
    pool.load_pinned().await;
    drop(pool.fulfil(&lend(&[ModelName::Llama3Vi])).await);
    let lent = pool.fulfil(&lend(&[ModelName::Hubert])).await;
    pool.tend();
    assert_eq!(alive.load(Ordering::SeqCst), 3);
    pool.tend_at(pool.clock() + 300_000);
    let names: Vec<ModelName> = pool.loaded().iter().map(|model| model.name).collect();
    assert_eq!(names, [ModelName::Qwen, ModelName::Hubert]);
    assert_eq!((alive.load(Ordering::SeqCst), pool.memory().1), (2, 60));
    drop(lent);
}
