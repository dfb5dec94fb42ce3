//! The memory ledger: what each model holds, who borrows it, what may go. Pure.

use lexilingo_shared::model::ModelName;
use std::collections::BTreeMap;

/// One model that is loaded or being loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Bytes that count against the budget; zero for models of the process's base.
    pub bytes: u64,
    pub pinned: bool,
    /// Runs that use it now.
    pub leases: u32,
    /// Milliseconds of a clock that only rises.
    pub last_used: i64,
    /// Milliseconds that loading it took.
    pub reload_cost: u64,
}

/// What a worker holds, under a budget in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    budget: u64,
    holdings: BTreeMap<ModelName, Holding>,
}

/// What must go so that a model fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Room {
    /// Evict these, in this order; none when it fits as it is.
    After(Vec<ModelName>),
    /// It does not fit even after everything that may go has gone.
    Never { needed: u64, could_free: u64 },
}

impl Ledger {
    pub fn new(budget: u64) -> Self {
        Ledger { budget, holdings: BTreeMap::new() }
    }

    pub fn budget(&self) -> u64 {
        self.budget
    }

    /// Bytes held of the budget.
    pub fn used(&self) -> u64 {
        self.holdings.values().map(|holding| holding.bytes).sum()
    }

    pub fn holding(&self, model: ModelName) -> Option<&Holding> {
        self.holdings.get(&model)
    }

    pub fn holdings(&self) -> impl Iterator<Item = (ModelName, &Holding)> {
        self.holdings.iter().map(|(name, holding)| (*name, holding))
    }

    pub fn hold(&mut self, model: ModelName, holding: Holding) {
        self.holdings.insert(model, holding);
    }

    pub fn release(&mut self, model: ModelName) {
        self.holdings.remove(&model);
    }

    /// Counts one more borrower. False when the model is not held.
    pub fn lend(&mut self, model: ModelName, now: i64) -> bool {
        let Some(holding) = self.holdings.get_mut(&model) else { return false };
        holding.leases += 1;
        holding.last_used = now;
        true
    }

    pub fn give_back(&mut self, model: ModelName, now: i64) {
        if let Some(holding) = self.holdings.get_mut(&model) {
            holding.leases = holding.leases.saturating_sub(1);
            holding.last_used = now;
        }
    }

    /// Corrects the bytes of a holding to what was measured.
    pub fn measured(&mut self, model: ModelName, bytes: u64) {
        if let Some(holding) = self.holdings.get_mut(&model) {
            holding.bytes = bytes;
        }
    }

    /// Makes room for `needed` more bytes: what is neither pinned nor lent nor in `keep` goes, lowest priority first,
    /// then longest idle, then cheapest to load again.
    pub fn room_for(&self, needed: u64, keep: &[ModelName]) -> Room {
        let mut free = self.budget.saturating_sub(self.used());
        let mut evict = Vec::new();
        for (name, holding) in self.movable(keep) {
            if free >= needed {
                break;
            }
            free += holding.bytes;
            evict.push(name);
        }
        if free >= needed { Room::After(evict) } else { Room::Never { needed, could_free: free } }
    }

    /// What should go now: models that nobody has used for their time, and, where models have grown past the budget,
    /// what must go for the rest to be within it.
    pub fn surplus(&self, now: i64) -> Vec<ModelName> {
        let is_idle = |name: ModelName, holding: &Holding| {
            let span = i64::try_from(name.idle_unload().as_millis()).unwrap_or(i64::MAX);
            now.saturating_sub(holding.last_used) >= span
        };
        let mut used = self.used();
        let movable = self.movable(&[]);
        let (idle, rest): (Vec<_>, Vec<_>) =
            movable.into_iter().partition(|(name, holding)| is_idle(*name, holding));
        let mut gone = Vec::new();
        for (name, holding) in idle {
            used -= holding.bytes;
            gone.push(name);
        }
        for (name, holding) in rest {
            if used <= self.budget {
                break;
            }
            used -= holding.bytes;
            gone.push(name);
        }
        gone
    }

    /// What may go, in the order in which it goes.
    fn movable(&self, keep: &[ModelName]) -> Vec<(ModelName, &Holding)> {
        let mut movable: Vec<(ModelName, &Holding)> = self
            .holdings()
            .filter(|(name, holding)| {
                !holding.pinned && holding.leases == 0 && holding.bytes > 0 && !keep.contains(name)
            })
            .collect();
        movable.sort_by_key(|(name, holding)| {
            (name.priority(), holding.last_used, holding.reload_cost)
        });
        movable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holding() -> impl Strategy<Value = Holding> {
        (0u64..3_000, any::<bool>(), 0u32..2, 0i64..100, 0u64..100).prop_map(
            |(bytes, pinned, leases, last_used, reload_cost)| Holding {
                bytes,
                pinned,
                leases,
                last_used,
                reload_cost,
            },
        )
    }

    fn held(bytes: u64, pinned: bool, leases: u32, last_used: i64) -> Holding {
        Holding { bytes, pinned, leases, last_used, reload_cost: 1 }
    }

    #[test]
    fn what_nobody_has_used_for_its_time_goes_and_what_is_used_or_pinned_stays() {
        let mut ledger = Ledger::new(100);
        ledger.hold(ModelName::Qwen, held(10, true, 0, 0));
        ledger.hold(ModelName::Llama3Vi, held(10, false, 0, 0));
        ledger.hold(ModelName::Hubert, held(10, false, 1, 0));
        ledger.hold(ModelName::Minilm, held(10, false, 0, 200_000));
        assert_eq!(ledger.surplus(299_999), []);
        assert_eq!(ledger.surplus(300_000), [ModelName::Llama3Vi]);
        assert_eq!(ledger.surplus(380_000), [ModelName::Llama3Vi, ModelName::Minilm]);
    }

    #[test]
    fn a_model_that_grew_past_the_budget_makes_the_least_one_go() {
        let mut ledger = Ledger::new(100);
        ledger.hold(ModelName::Qwen, held(50, false, 0, 0));
        ledger.hold(ModelName::Llama3Vi, held(40, false, 0, 0));
        assert_eq!(ledger.surplus(1), []);
        ledger.measured(ModelName::Qwen, 80);
        assert_eq!(ledger.surplus(1), [ModelName::Llama3Vi]);
    }

    proptest! {
        #[test]
        fn making_room_keeps_the_budget_and_spares_what_is_pinned_or_lent(
            budget in 0u64..10_000,
            needed in 0u64..5_000,
            holdings in prop::collection::btree_map(prop::sample::select(ModelName::ALL), holding(), 0..6),
        ) {
            let mut ledger = Ledger::new(budget);
            for (name, holding) in &holdings {
                if ledger.used() + holding.bytes <= budget {
                    ledger.hold(*name, *holding);
                }
            }
            let before = ledger.clone();
            match ledger.room_for(needed, &[]) {
                Room::After(evict) => {
                    for name in &evict {
                        let gone = before.holding(*name).unwrap();
                        prop_assert!(!gone.pinned && gone.leases == 0);
                        // Whatever stays and could have gone has at least the priority of whatever goes.
                        for (other, kept) in before.holdings() {
                            let movable = !kept.pinned && kept.leases == 0 && kept.bytes > 0;
                            prop_assert!(evict.contains(&other) || !movable || other.priority() >= name.priority());
                        }
                        ledger.release(*name);
                    }
                    prop_assert!(ledger.used() + needed <= budget);
                }
                Room::Never { could_free, .. } => prop_assert!(could_free < needed),
            }
        }
    }
}
