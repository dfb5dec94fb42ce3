//! Promises of budgets.

use super::subject::Subject;
use lexilingo_shared::queue::{Budget, Taken, Usage};
use std::time::Duration;

const MINUTE: Budget = Budget { name: "voice", quota: 3, window: Duration::from_secs(60) };
const DAY: Budget = Budget { name: "day", quota: 5, window: Duration::from_secs(86_400) };

async fn take(s: &Subject, budgets: &[Budget], at: u64) -> Taken {
    s.stores.budgets.take(s.tenant.as_str(), budgets, s.at(at)).await.unwrap()
}

pub async fn a_budget_is_used_up_until_its_window_ends(s: Subject) {
    for used in 1..=3 {
        let taken = take(&s, &[MINUTE], 0).await;
        let usage = vec![Usage { used, resets_at: s.at(60) }];
        assert_eq!(taken, Taken { admitted: true, usage });
    }
    let refused = take(&s, &[MINUTE], 59).await;
    assert_eq!(
        refused,
        Taken { admitted: false, usage: vec![Usage { used: 3, resets_at: s.at(60) }] }
    );
    let next = take(&s, &[MINUTE], 60).await;
    assert_eq!(
        next,
        Taken { admitted: true, usage: vec![Usage { used: 1, resets_at: s.at(120) }] }
    );
    let stranger = s.stores.budgets.take(s.stranger.as_str(), &[MINUTE], s.at(60)).await.unwrap();
    assert_eq!(stranger.usage[0].used, 1, "everybody has their own");
}

pub async fn of_several_budgets_all_are_charged_or_none(s: Subject) {
    for _ in 0..3 {
        assert!(take(&s, &[MINUTE, DAY], 0).await.admitted);
    }
    let refused = take(&s, &[MINUTE, DAY], 1).await;
    let used: Vec<u64> = refused.usage.iter().map(|usage| usage.used).collect();
    assert_eq!((refused.admitted, used), (false, vec![3, 3]));
    assert!(take(&s, &[MINUTE, DAY], 60).await.admitted);
    assert!(take(&s, &[MINUTE, DAY], 60).await.admitted);
    let refused = take(&s, &[MINUTE, DAY], 60).await;
    let used: Vec<u64> = refused.usage.iter().map(|usage| usage.used).collect();
    assert_eq!((refused.admitted, used), (false, vec![2, 5]));
}

pub async fn many_at_once_never_overdraw_a_budget(s: Subject) {
    let budget = [Budget { quota: 20, ..MINUTE }];
    let takes = (0..50).map(|_| take(&s, &budget, 0));
    let taken = futures::future::join_all(takes).await;
    assert_eq!(taken.iter().filter(|taken| taken.admitted).count(), 20);
}
