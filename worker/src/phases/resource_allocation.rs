//! Phase 2: plan and ledger → what to load, evict, lend and skip. Pure.

use crate::{
    allocation::{Allocation, Availability},
    ledger::{Holding, Ledger, Room},
    plan::Plan,
};
use lexilingo_shared::model::ModelName;
use std::collections::BTreeMap;

/// Decides for every engine that the plan names. Engines are served in the order of their priority, so that the
/// important one gets the room.
pub fn allocate(
    plan: &Plan,
    ledger: &Ledger,
    known: &BTreeMap<ModelName, Availability>,
) -> Allocation {
    let mut wanted: Vec<ModelName> = plan.engines.iter().map(|step| step.engine).collect();
    wanted.extend(plan.vietnamese_engine.iter().map(|step| step.engine));
    wanted.sort_by_key(|model| (std::cmp::Reverse(model.priority()), *model));
    wanted.dedup();
    let mut ledger = ledger.clone();
    let mut allocation = Allocation::default();
    for model in &wanted {
        if ledger.holding(*model).is_some() {
            allocation.lend.push(*model);
            continue;
        }
        match known.get(model) {
            Some(Availability::Loadable { bytes }) => {
                match ledger.room_for(*bytes, &wanted) {
                    Room::After(evict) => {
                        for gone in &evict {
                            ledger.release(*gone);
                        }
                        let holding = Holding {
                            bytes: *bytes,
                            pinned: false,
                            leases: 1,
                            last_used: 0,
                            reload_cost: 0,
                        };
                        ledger.hold(*model, holding);
                        allocation.evict.extend(evict);
                        allocation.load.push(*model);
                        allocation.lend.push(*model);
                    }
                    Room::Never { needed, could_free } => allocation.skip.push((
                        *model,
                        format!(
                            "{model} does not fit: it needs {needed} bytes and {could_free} of the budget of {} can be freed",
                            ledger.budget()
                        ),
                    )),
                }
            }
            Some(Availability::Refused(reason)) => {
                allocation.skip.push((*model, reason.clone()));
            }
            None => allocation.skip.push((*model, format!("{model} is not part of this program"))),
        }
    }
    allocation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{phases::task_analysis, plan::EngineStep, task::Task};
    use lexilingo_shared::{config::Config, request::AnalyzeRequest};
    use proptest::prelude::*;

    fn plan(engines: &[ModelName]) -> Plan {
        let request: AnalyzeRequest =
            serde_json::from_str(r#"{"text":"I like it","session_id":"s"}"#).unwrap();
        let settings = Config::read(&|_| None).unwrap().orchestrator;
        let mut plan = task_analysis::analyze(&request, &[], &"rules".parse().unwrap(), &settings);
        plan.engines = engines
            .iter()
            .map(|engine| EngineStep { engine: *engine, tasks: vec![Task::Grammar], timeout_ms: 1 })
            .collect();
        plan
    }

    fn holding(bytes: u64, pinned: bool, leases: u32) -> Holding {
        Holding { bytes, pinned, leases, last_used: 0, reload_cost: 0 }
    }

    #[test]
    fn a_model_that_does_not_fit_is_skipped_with_the_figures() {
        let mut ledger = Ledger::new(100);
        ledger.hold(ModelName::Rules, holding(80, true, 0));
        let known = [(ModelName::Qwen, Availability::Loadable { bytes: 50 })].into();
        let allocation = allocate(&plan(&[ModelName::Rules, ModelName::Qwen]), &ledger, &known);
        assert_eq!(allocation.lend, [ModelName::Rules]);
        assert!(allocation.skip[0].1.contains("needs 50 bytes and 20"), "{allocation:?}");
    }

    #[test]
    fn the_lowest_priority_goes_first() {
        let mut ledger = Ledger::new(100);
        ledger.hold(ModelName::Whisper, holding(40, false, 0));
        ledger.hold(ModelName::Llama3Vi, holding(40, false, 0));
        let known = [(ModelName::Qwen, Availability::Loadable { bytes: 50 })].into();
        let allocation = allocate(&plan(&[ModelName::Qwen]), &ledger, &known);
        assert_eq!(allocation.evict, [ModelName::Llama3Vi]);
    }

    #[test]
    fn a_model_that_this_program_lacks_is_skipped_with_that_reason() {
        let known = BTreeMap::new();
        let allocation = allocate(&plan(&[ModelName::Qwen]), &Ledger::new(100), &known);
        assert_eq!(allocation.skip[0].1, "qwen is not part of this program");
    }

    proptest! {
        #[test]
        fn an_allocation_never_exceeds_the_budget_nor_evicts_what_is_lent_or_pinned(
            budget in 0u64..8_000,
            held in prop::collection::btree_map(
                prop::sample::select(ModelName::ALL), (0u64..3_000, any::<bool>(), 0u32..2), 0..6),
            wanted in prop::collection::vec(prop::sample::select(ModelName::ALL), 0..5),
            sizes in prop::collection::btree_map(
                prop::sample::select(ModelName::ALL), 0u64..4_000, 0..9),
        ) {
            let mut ledger = Ledger::new(budget);
            for (name, (bytes, pinned, leases)) in &held {
                if ledger.used() + bytes <= budget {
                    ledger.hold(*name, holding(*bytes, *pinned, *leases));
                }
            }
            let known: BTreeMap<_, _> = sizes
                .iter()
                .map(|(name, bytes)| (*name, Availability::Loadable { bytes: *bytes }))
                .collect();
            let allocation = allocate(&plan(&wanted), &ledger, &known);
            let mut after = ledger.clone();
            for gone in &allocation.evict {
                let was = ledger.holding(*gone).unwrap();
                prop_assert!(!was.pinned && was.leases == 0);
                prop_assert!(!allocation.lend.contains(gone));
                after.release(*gone);
            }
            for loaded in &allocation.load {
                after.hold(*loaded, holding(sizes[loaded], false, 1));
            }
            prop_assert!(after.used() <= budget);
            let answered = allocation.lend.len() + allocation.skip.len();
            let distinct: std::collections::BTreeSet<_> = wanted.iter().collect();
            prop_assert_eq!(answered, distinct.len());
        }
    }
}
