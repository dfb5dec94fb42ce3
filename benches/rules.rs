//! How fast the rules check a text.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lexilingo_benches::request;
use lexilingo_language::{rules::RulePack, vocabulary};
use std::hint::black_box;

/// The longest text that the api takes.
const LONGEST: usize = 10_000;

fn rules(criterion: &mut Criterion) {
    let pack = RulePack::load();
    let sixty = request::text(1);
    let mut long: String = (0..40).map(|n| request::text(n) + " ").collect();
    long.truncate(LONGEST);
    assert_eq!(long.len(), LONGEST);

    let mut group = criterion.benchmark_group("rules");
    for (name, text) in [("60 words", &sixty), ("10000 characters", &long)] {
        group.throughput(Throughput::Elements(text.matches(['.', '?', '!']).count() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| pack.check(black_box(text))));
    }
    group.bench_function("vocabulary, 60 words", |bencher| {
        bencher.iter(|| vocabulary::profile(&pack.read(black_box(&sixty))));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = rules
}
criterion_main!(benches);
