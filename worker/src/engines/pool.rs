//! Loads, lends and evicts engines as an allocation says, and keeps the ledger true while doing so.

use crate::{
    allocation::{Allocation, Availability},
    catalogue::Catalogue,
    engine::{EngineHandle, Entry},
    ledger::{Holding, Ledger, Room},
};
use lexilingo_shared::{
    model::{ModelName, ModelSet},
    queue::{LoadedModel, ModelState, RefusedModel},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tracing::{info, warn};

/// A model that could not be loaded is tried again after this time.
const REFUSAL_HOLDS: Duration = Duration::from_secs(30);

struct State {
    ledger: Ledger,
    handles: BTreeMap<ModelName, Arc<dyn EngineHandle>>,
    refused: BTreeMap<ModelName, (String, Instant)>,
    /// Bytes measured at the last load.
    measured: BTreeMap<ModelName, u64>,
    loading: Option<ModelName>,
}

impl State {
    fn unload(&mut self, model: ModelName) {
        self.ledger.release(model);
        self.handles.remove(&model);
        info!(model = model.as_str(), "model evicted");
    }
}

/// The engines of one worker.
pub struct Pool {
    catalogue: Catalogue,
    models: ModelSet,
    pinned: ModelSet,
    started: Instant,
    state: Mutex<State>,
    /// One load at a time, so that two cannot both count on the same room.
    load_gate: tokio::sync::Mutex<()>,
}

/// An engine lent to one request; it is not evicted before this is dropped.
pub struct Lease {
    pool: Arc<Pool>,
    model: ModelName,
    handle: Arc<dyn EngineHandle>,
}

impl Lease {
    pub fn handle(&self) -> &dyn EngineHandle {
        self.handle.as_ref()
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let now = self.pool.clock();
        self.pool.state().ledger.give_back(self.model, now);
    }
}

/// What a request got of what it asked for.
#[derive(Default)]
pub struct Loans {
    pub leases: BTreeMap<ModelName, Lease>,
    pub skipped: BTreeMap<ModelName, String>,
}

impl Pool {
    pub fn new(catalogue: Catalogue, models: ModelSet, pinned: ModelSet, budget: u64) -> Arc<Self> {
        let state = State {
            ledger: Ledger::new(budget),
            handles: BTreeMap::new(),
            refused: BTreeMap::new(),
            measured: BTreeMap::new(),
            loading: None,
        };
        Arc::new(Pool {
            catalogue,
            models,
            pinned,
            started: Instant::now(),
            state: Mutex::new(state),
            load_gate: tokio::sync::Mutex::new(()),
        })
    }

    /// Loads every pinned model; what cannot be loaded is noted with its reason.
    pub async fn load_pinned(self: &Arc<Self>) {
        for model in self.pinned.iter() {
            if let Err(reason) = self.load(model, &[]).await {
                warn!(model = model.as_str(), reason, "pinned model was refused");
            }
        }
    }

    /// The ledger as it stands and what could be loaded: the input of phase 2.
    pub fn view(&self) -> (Ledger, BTreeMap<ModelName, Availability>) {
        let state = self.state();
        let known = self.models.iter().map(|model| (model, self.availability(&state, model)));
        (state.ledger.clone(), known.collect())
    }

    /// Carries out the allocation: evicts, loads and lends what it names. Other requests may have changed the ledger
    /// since it was made, so that every step asks again: nothing lent or pinned goes, and the budget holds.
    pub async fn fulfil(self: &Arc<Self>, allocation: &Allocation) -> Loans {
        let mut loans =
            Loans { skipped: allocation.skip.iter().cloned().collect(), ..Loans::default() };
        if !allocation.load.is_empty() {
            self.evict(&allocation.evict);
        }
        for model in &allocation.lend {
            match self.lend(*model, &allocation.lend).await {
                Ok(lease) => {
                    loans.leases.insert(*model, lease);
                }
                Err(reason) => {
                    loans.skipped.insert(*model, reason);
                }
            }
        }
        loans
    }

    pub fn version(&self, model: ModelName) -> Option<&str> {
        self.catalogue.get(model).map(|entry| entry.version.as_str())
    }

    pub fn loaded(&self) -> Vec<LoadedModel> {
        let state = self.state();
        let mut loaded: Vec<LoadedModel> = state
            .handles
            .iter()
            .map(|(name, handle)| {
                let holding = state.ledger.holding(*name);
                let busy = holding.is_some_and(|holding| holding.leases > 0);
                LoadedModel {
                    name: *name,
                    state: if busy { ModelState::Busy } else { ModelState::Ready },
                    pinned: self.pinned.contains(*name),
                    resident_bytes: handle.resident_bytes(),
                }
            })
            .collect();
        loaded.extend(state.loading.map(|name| LoadedModel {
            name,
            state: ModelState::Loading,
            pinned: self.pinned.contains(name),
            resident_bytes: 0,
        }));
        loaded
    }

    /// Configured models that cannot be used, with reasons.
    pub fn refused(&self) -> Vec<RefusedModel> {
        let state = self.state();
        self.models
            .iter()
            .filter(|model| !state.handles.contains_key(model))
            .filter_map(|name| match self.availability(&state, name) {
                Availability::Refused(reason) => Some(RefusedModel { name, reason }),
                Availability::Loadable { .. } => None,
            })
            .collect()
    }

    /// Corrects the ledger to what the engines hold by now, and unloads what is idle or too much.
    pub fn tend(&self) {
        self.tend_at(self.clock());
    }

    fn tend_at(&self, now: i64) {
        let mut state = self.state();
        let grown: Vec<(ModelName, u64)> = state
            .handles
            .iter()
            .filter(|(model, _)| self.catalogue.get(**model).is_some_and(|entry| entry.budgeted))
            .map(|(model, handle)| (*model, handle.resident_bytes()))
            .collect();
        for (model, bytes) in grown {
            state.ledger.measured(model, bytes);
            state.measured.insert(model, bytes);
        }
        for model in state.ledger.surplus(now) {
            state.unload(model);
        }
    }

    /// Budget and used bytes.
    pub fn memory(&self) -> (u64, u64) {
        let state = self.state();
        (state.ledger.budget(), state.ledger.used())
    }

    /// True once every pinned model is loaded or refused.
    pub fn is_settled(&self) -> bool {
        let state = self.state();
        self.pinned.iter().all(|model| {
            state.handles.contains_key(&model)
                || state.refused.contains_key(&model)
                || self.catalogue.get(model).is_none()
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock; a poisoned one still holds a true ledger.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clock(&self) -> i64 {
        i64::try_from(self.started.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    fn availability(&self, state: &State, model: ModelName) -> Availability {
        if let Some((reason, at)) = state.refused.get(&model)
            && at.elapsed() < REFUSAL_HOLDS
        {
            return Availability::Refused(reason.clone());
        }
        match self.catalogue.get(model) {
            Some(entry) => Availability::Loadable { bytes: expected_bytes(state, entry) },
            None => Availability::Refused(format!("{model} is not part of this program")),
        }
    }

    /// Unloads those of `models` that nobody holds any more.
    fn evict(&self, models: &[ModelName]) {
        let mut state = self.state();
        for model in models {
            let movable = |holding: &Holding| !holding.pinned && holding.leases == 0;
            if state.ledger.holding(*model).is_some_and(movable) {
                state.unload(*model);
            }
        }
    }

    /// Lends a model, loading it first where it must; the rest of the request's models (`keep`) stay.
    async fn lend(self: &Arc<Self>, model: ModelName, keep: &[ModelName]) -> Result<Lease, String> {
        if let Some(lease) = self.try_lend(model) {
            return Ok(lease);
        }
        self.load(model, keep).await?;
        self.try_lend(model).ok_or_else(|| format!("{model} was evicted before it could be used"))
    }

    fn try_lend(self: &Arc<Self>, model: ModelName) -> Option<Lease> {
        let mut state = self.state();
        let handle = state.handles.get(&model)?.clone();
        if !handle.is_alive() {
            warn!(model = model.as_str(), "engine has ended and is loaded anew");
            state.handles.remove(&model);
            state.ledger.release(model);
            return None;
        }
        let now = self.clock();
        state.ledger.lend(model, now);
        Some(Lease { pool: self.clone(), model, handle })
    }

    /// Loads a model unless it is there; evicts what must go.
    async fn load(self: &Arc<Self>, model: ModelName, keep: &[ModelName]) -> Result<(), String> {
        let _gate = self.load_gate.lock().await;
        let entry = {
            let mut state = self.state();
            if state.handles.contains_key(&model) {
                return Ok(());
            }
            let bytes = match self.availability(&state, model) {
                Availability::Loadable { bytes } => bytes,
                Availability::Refused(reason) => return Err(reason),
            };
            match state.ledger.room_for(bytes, keep) {
                Room::After(evict) => {
                    for gone in evict {
                        state.unload(gone);
                    }
                }
                Room::Never { needed, could_free } => {
                    return Err(format!(
                        "{model} does not fit: it needs {needed} bytes and {could_free} can be freed"
                    ));
                }
            }
            state.loading = Some(model);
            self.catalogue.get(model).cloned()
        };
        let Some(entry) = entry else { return Err(format!("{model} is not part of this program")) };
        let (loader, begun) = (entry.load.clone(), Instant::now());
        let loaded = tokio::task::spawn_blocking(move || loader()).await;
        let mut state = self.state();
        state.loading = None;
        let outcome = match loaded {
            Ok(Ok(handle)) => self.admit(&mut state, &entry, handle, begun.elapsed()),
            Ok(Err(e)) => Err(e.to_string()),
            Err(_) => Err(format!("loading {model} panicked")),
        };
        match &outcome {
            Ok(()) => {
                state.refused.remove(&model);
            }
            Err(reason) => {
                state.refused.insert(model, (reason.clone(), Instant::now()));
            }
        }
        outcome
    }

    /// Takes a loaded engine in if what it really holds fits.
    fn admit(
        &self,
        state: &mut State,
        entry: &Entry,
        handle: Arc<dyn EngineHandle>,
        took: Duration,
    ) -> Result<(), String> {
        let model = entry.name;
        let bytes = if entry.budgeted { handle.resident_bytes() } else { 0 };
        state.measured.insert(model, bytes);
        if state.ledger.used() + bytes > state.ledger.budget() {
            return Err(format!(
                "{model} does not fit: it took {bytes} bytes of a budget of {}",
                state.ledger.budget()
            ));
        }
        let reload_cost = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let holding = Holding {
            bytes,
            pinned: self.pinned.contains(model),
            leases: 0,
            last_used: self.clock(),
            reload_cost,
        };
        state.ledger.hold(model, holding);
        state.handles.insert(model, handle);
        info!(
            model = model.as_str(),
            resident_bytes = bytes,
            load_ms = reload_cost,
            "model loaded"
        );
        Ok(())
    }
}

fn expected_bytes(state: &State, entry: &Entry) -> u64 {
    if !entry.budgeted {
        return 0;
    }
    state.measured.get(&entry.name).copied().unwrap_or(entry.declared_bytes)
}

#[cfg(test)]
mod tests;
