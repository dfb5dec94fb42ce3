//! The exact cache: the second identical request is answered from it, whoever's session it is.

use lexilingo_tests::{
    client::seed,
    fleet::{Fleet, Kind},
    promises,
};
use serde_json::json;

promises! {
    the_second_identical_request_is_a_hit_with_the_same_analysis,
    another_level_or_language_is_another_answer,
    hits_and_misses_are_counted_once_each,
}

async fn the_second_identical_request_is_a_hit_with_the_same_analysis(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let first = fleet.client.analyze(&seed()).await;
    let mut other = seed();
    other["session_id"] = json!("another-session");
    let second = fleet.client.analyze(&other).await;
    assert_eq!(first["metadata"]["cached"], false);
    assert_eq!(second["metadata"]["cached"], true);
    assert_eq!(second["analysis"], first["analysis"]);
    assert_eq!(second["metadata"]["models_used"], json!([]));
    other["text"] = json!("  I goes to school yesterday ");
    let padded = fleet.client.analyze(&other).await;
    assert_eq!(padded["metadata"]["cached"], true);
    assert_eq!(padded["analysis"]["grammar"]["corrected"], "  I went to school yesterday ");
}

async fn another_level_or_language_is_another_answer(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    fleet.client.analyze(&seed()).await;
    let mut level = seed();
    level["learner_profile"]["level"] = json!("B2");
    assert_eq!(fleet.client.analyze(&level).await["metadata"]["cached"], false);
    let mut language = seed();
    language["explain_language"] = json!("vi");
    assert_eq!(fleet.client.analyze(&language).await["metadata"]["cached"], false);
}

async fn hits_and_misses_are_counted_once_each(kind: Kind) {
    // Defect 5: the original booked a hit as an uncached request, and one time-out as three errors.
    let fleet = Fleet::start(kind).await;
    for _ in 0..4 {
        fleet.client.analyze(&seed()).await;
    }
    let performance = lexilingo_tests::wait::until("the counters", async || {
        let performance = fleet.stats().await["performance"].clone();
        (performance["overview"]["total_requests"] == 4).then_some(performance)
    })
    .await;
    assert_eq!(performance["cache"]["hit_count"], 3);
    assert_eq!(performance["cache"]["total_cacheable"], 4);
    assert_eq!(performance["cache"]["hit_rate_percent"], 75.0);
    assert_eq!(performance["success_rate"]["success_rate_percent"], 100.0);
    assert_eq!(performance["models"]["usage_count"]["rules"], 1);
}
