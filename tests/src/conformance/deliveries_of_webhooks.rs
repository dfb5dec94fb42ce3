//! Promises of deliveries.

use super::subject::Subject;
use lexilingo_shared::{
    id::EndpointId,
    queue::{
        Added, LentDelivery, NewDelivery, Sent,
        deliveries::{AT_ONCE, AT_ONCE_FAILING, LEASED_FOR, REMEMBERED_FOR},
    },
    webhook::{EventId, EventType},
};
use std::{collections::BTreeSet, time::Duration};

fn endpoint(s: &Subject) -> EndpointId {
    EndpointId::new(s.now, rand::random())
}

fn delivery(s: &Subject, endpoint: &EndpointId) -> NewDelivery {
    let kind = EventType::Succeeded;
    NewDelivery {
        endpoint: endpoint.clone(),
        tenant: s.tenant.clone(),
        event: EventId::of_job(&s.job_id(), kind),
        kind,
        body: r#"{"type":"analysis.succeeded"}"#.to_owned(),
    }
}

async fn add(s: &Subject, deliveries: &[NewDelivery], at: u64) -> Added {
    s.stores.deliveries.add(deliveries, false, s.at(at)).await.unwrap()
}

async fn lend(s: &Subject, at: u64) -> Vec<LentDelivery> {
    s.stores.deliveries.lend(100, s.at(at)).await.unwrap()
}

pub async fn an_event_is_lent_once_and_is_over_when_it_was_sent(s: Subject) {
    let new = delivery(&s, &endpoint(&s));
    assert_eq!(add(&s, std::slice::from_ref(&new), 0).await.added, 1);
    assert_eq!(add(&s, std::slice::from_ref(&new), 0).await.known, 1, "read twice");
    let lent = lend(&s, 0).await;
    assert_eq!(lent, [LentDelivery { delivery: new.clone(), attempt: 1 }]);
    assert!(lend(&s, 0).await.is_empty());
    s.stores.deliveries.settle(&lent[0], Sent::Over, AT_ONCE, s.at(1)).await.unwrap();
    assert!(lend(&s, 1000).await.is_empty());
    // An announcement that is read late sends nothing again; a replay does.
    assert_eq!(add(&s, std::slice::from_ref(&new), 2).await.known, 1);
    let again = s.stores.deliveries.add(std::slice::from_ref(&new), true, s.at(2)).await.unwrap();
    assert_eq!(again.added, 1);
    assert_eq!(lend(&s, 2).await, [LentDelivery { delivery: new, attempt: 1 }]);
    assert!(REMEMBERED_FOR > Duration::from_secs(60));
}

pub async fn a_failed_attempt_comes_back_when_it_is_due(s: Subject) {
    let new = delivery(&s, &endpoint(&s));
    add(&s, std::slice::from_ref(&new), 0).await;
    let lent = lend(&s, 0).await.remove(0);
    let again = Sent::Again(s.at(5));
    s.stores.deliveries.settle(&lent, again, AT_ONCE_FAILING, s.now).await.unwrap();
    assert!(lend(&s, 4).await.is_empty());
    let second = lend(&s, 5).await;
    assert_eq!(second, [LentDelivery { delivery: new, attempt: 2 }]);
    // A replay does not wait for what is planned.
    s.stores.deliveries.settle(&second[0], Sent::Again(s.at(500)), 1, s.at(6)).await.unwrap();
    let replayed = [second[0].delivery.clone()];
    s.stores.deliveries.add(&replayed, true, s.at(7)).await.unwrap();
    assert_eq!(lend(&s, 7).await[0].attempt, 3);
}

pub async fn what_a_lost_worker_held_is_lent_again_and_its_late_word_counts_nothing(s: Subject) {
    let new = delivery(&s, &endpoint(&s));
    add(&s, std::slice::from_ref(&new), 0).await;
    let lost = lend(&s, 0).await.remove(0);
    let lease = LEASED_FOR.as_secs();
    assert!(lend(&s, lease - 1).await.is_empty());
    let again = lend(&s, lease).await.remove(0);
    assert_eq!((&again.delivery.event, again.attempt), (&new.event, 2), "with the same id");
    s.stores.deliveries.settle(&lost, Sent::Over, AT_ONCE, s.at(lease)).await.unwrap();
    let late = Sent::Again(s.at(lease + 1));
    s.stores.deliveries.settle(&again, late, AT_ONCE, s.at(lease)).await.unwrap();
    assert_eq!(lend(&s, lease + 1).await[0].attempt, 3);
}

pub async fn an_endpoint_has_a_few_at_once_and_holds_up_no_other(s: Subject) {
    let (slow, fast) = (endpoint(&s), endpoint(&s));
    let many: Vec<_> = (0..30).map(|_| delivery(&s, &slow)).collect();
    add(&s, &many, 0).await;
    let few: Vec<_> = (0..3).map(|_| delivery(&s, &fast)).collect();
    add(&s, &few, 1).await;
    let lent = lend(&s, 1).await;
    let of =
        |endpoint: &EndpointId| lent.iter().filter(|l| l.delivery.endpoint == *endpoint).count();
    assert_eq!((of(&slow), of(&fast)), (AT_ONCE as usize, 3));
    assert!(lend(&s, 1).await.is_empty());
    // One that failed gets one at a time, until one arrives.
    for one in lent.iter().filter(|lent| lent.delivery.endpoint == slow) {
        let again = Sent::Again(s.at(900));
        s.stores.deliveries.settle(one, again, AT_ONCE_FAILING, s.at(2)).await.unwrap();
    }
    let probe = lend(&s, 2).await;
    assert_eq!(probe.len(), AT_ONCE_FAILING as usize);
    s.stores.deliveries.settle(&probe[0], Sent::Over, AT_ONCE, s.at(3)).await.unwrap();
    assert_eq!(lend(&s, 3).await.len(), AT_ONCE as usize);
}

pub async fn all_events_are_lent_in_the_end_and_each_once(s: Subject) {
    let endpoints: Vec<EndpointId> = (0..5).map(|_| endpoint(&s)).collect();
    let all: Vec<_> = (0..100).map(|n| delivery(&s, &endpoints[n % endpoints.len()])).collect();
    assert_eq!(add(&s, &all, 0).await.added, 100);
    let mut seen = BTreeSet::new();
    loop {
        let (one, other) =
            tokio::join!(s.stores.deliveries.lend(7, s.now), s.stores.deliveries.lend(7, s.now),);
        let lent = [one.unwrap(), other.unwrap()].concat();
        if lent.is_empty() {
            break;
        }
        for one in lent {
            assert!(seen.insert(one.delivery.event.clone()), "{one:?} is lent twice");
            s.stores.deliveries.settle(&one, Sent::Over, AT_ONCE, s.now).await.unwrap();
        }
    }
    assert_eq!(seen.len(), 100);
}

pub async fn a_dropped_endpoint_leaves_nothing(s: Subject) {
    let (gone, stays) = (endpoint(&s), endpoint(&s));
    let all: Vec<_> = (0..10).map(|_| delivery(&s, &gone)).collect();
    add(&s, &all, 0).await;
    add(&s, &[delivery(&s, &stays)], 0).await;
    let lent = s.stores.deliveries.lend(3, s.now).await.unwrap();
    let held = lent.iter().filter(|lent| lent.delivery.endpoint == gone).count() as u64;
    assert_eq!(s.stores.deliveries.drop_endpoint(&gone).await.unwrap(), 10 - held);
    for one in &lent {
        s.stores.deliveries.settle(one, Sent::Again(s.at(1)), AT_ONCE, s.now).await.unwrap();
    }
    let left = lend(&s, 1).await;
    assert!(left.iter().all(|lent| lent.delivery.endpoint == stays), "{left:?}");
}
