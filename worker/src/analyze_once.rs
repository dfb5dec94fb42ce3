//! One analysis in this process, without queue and stores: what `lexilingo analyze` does.

use crate::{
    boot::memory_budget, catalogue::Catalogue, engine::CancelFlag, engines::pool::Pool, pipeline,
};
use async_trait::async_trait;
use lexilingo_shared::{
    config::Config,
    id::{JobId, Tenant},
    request::AnalyzeRequest,
    result::AnalysisResult,
    store::{Cache, CacheKey},
    store_error::StoreResult,
    time::{Clock, SystemClock, Timestamp},
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// Time that one analysis gets.
const DEADLINE: Duration = Duration::from_secs(60);

/// Runs phases 1 to 4 on one request; nothing is remembered.
pub async fn analyze_once(
    config: &Config,
    catalogue: &Catalogue,
    request: &AnalyzeRequest,
) -> AnalysisResult {
    let worker = &config.worker;
    let budget = memory_budget(config);
    let pool = Pool::new(catalogue.clone(), worker.models.clone(), worker.pinned.clone(), budget);
    pool.load_pinned().await;
    let now = SystemClock.now();
    let setting = pipeline::Setting {
        config,
        pool: &pool,
        cache: &NoCache,
        job: &JobId::new(now, rand::random()),
        tenant: &Tenant::local(),
        past: &[],
        mastery: &BTreeMap::new(),
        deadline: Instant::now() + DEADLINE,
        now,
        cancel: &CancelFlag::default(),
        partial: None,
    };
    pipeline::run(request, &setting).await.aggregate.result
}

/// A cache that never has anything.
struct NoCache;

#[async_trait]
impl Cache for NoCache {
    async fn get(&self, _: &CacheKey, _: Timestamp) -> StoreResult<Option<Vec<u8>>> {
        Ok(None)
    }

    async fn put(
        &self,
        _: &CacheKey,
        _: &[u8],
        _: Option<&str>,
        _: Duration,
        _: Timestamp,
    ) -> StoreResult<()> {
        Ok(())
    }

    async fn attribute(&self, _: &CacheKey, _: &str, _: Duration) -> StoreResult<()> {
        Ok(())
    }

    async fn erase_learner(&self, _: &Tenant, _: &str) -> StoreResult<u64> {
        Ok(0)
    }
}
