//! Reading a job, and waiting for it to change.

use crate::{
    error::{ApiError, ApiResult},
    state::App,
};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::{JobId, Tenant},
    job::JobRecord,
    queue::{JobWatch, Lookup},
};
use std::time::Duration;
use tokio::time::Instant;

/// A waiting request reads the record again after this long even when nobody woke it.
const SAFETY_READ: Duration = Duration::from_secs(1);

impl App {
    /// The job's record, or the problem of its absence.
    pub async fn job(&self, tenant: &Tenant, id: &JobId) -> ApiResult<JobRecord> {
        match self.stores.jobs.get(tenant, id, self.now()).await? {
            Lookup::Found(record) => Ok(*record),
            Lookup::Gone => Err(ApiError::bare(ErrorCode::ResultExpired)),
            Lookup::Unknown => Err(ApiError::bare(ErrorCode::JobNotFound)),
        }
    }

    /// Waits until the job has ended, `patience` has run out or the service shuts down; otherwise like `wait_until`.
    pub async fn wait_for_end(
        &self,
        (tenant, id): (&Tenant, &JobId),
        mut watch: JobWatch,
        patience: Duration,
    ) -> ApiResult<JobRecord> {
        let end = Instant::now() + patience;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            tokio::select! {
                () = watch.ended(left.min(SAFETY_READ)) => {}
                () = self.shutdown.cancelled() => {}
            }
            let record = self.job(tenant, id).await?;
            let is_over = Instant::now() >= end || self.shutdown.is_cancelled();
            if record.status.is_final() || is_over {
                return Ok(record);
            }
        }
    }

    /// Waits until the record is as wanted, `patience` has run out or the service shuts down; answers the record as it
    /// was last read. `watch` was subscribed before the record that the caller knows was read.
    pub async fn wait_until(
        &self,
        (tenant, id): (&Tenant, &JobId),
        mut watch: JobWatch,
        patience: Duration,
        wanted: impl Fn(&JobRecord) -> bool,
    ) -> ApiResult<JobRecord> {
        let end = Instant::now() + patience;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            tokio::select! {
                () = watch.changed(left.min(SAFETY_READ)) => {}
                () = self.shutdown.cancelled() => {}
            }
            let record = self.job(tenant, id).await?;
            if wanted(&record) || Instant::now() >= end || self.shutdown.is_cancelled() {
                return Ok(record);
            }
        }
    }
}
