//! What two sequences have in common: the longest run, then the longest on either side of it, and so on (Ratcliff and
//! Obershelp 1988).

use std::collections::HashMap;

/// Equal runs: `a[a..a + size]` and `b[b..b + size]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    pub a: usize,
    pub b: usize,
    pub size: usize,
}

/// The runs in order, and at the end one of size 0 behind both sequences.
pub fn matching_blocks(a: &[&str], b: &[&str]) -> Vec<Block> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, token) in b.iter().enumerate() {
        places.entry(token).or_default().push(n);
    }
    let mut blocks = Vec::new();
    let mut left = vec![(0..a.len(), 0..b.len())];
    while let Some((in_a, in_b)) = left.pop() {
        let block = longest(a, &places, &in_a, &in_b);
        if block.size == 0 {
            continue;
        }
        left.push((in_a.start..block.a, in_b.start..block.b));
        left.push((block.a + block.size..in_a.end, block.b + block.size..in_b.end));
        blocks.push(block);
    }
    blocks.sort_unstable();
    blocks.push(Block { a: a.len(), b: b.len(), size: 0 });
    blocks
}

/// The longest run within the ranges; of several the one that begins first in `a`, then in `b`.
fn longest(
    a: &[&str],
    places: &HashMap<&str, Vec<usize>>,
    in_a: &std::ops::Range<usize>,
    in_b: &std::ops::Range<usize>,
) -> Block {
    let mut best = Block { a: in_a.start, b: in_b.start, size: 0 };
    // Length of the run that ends at each place of `b`, and at the current place of `a`.
    let mut runs: HashMap<usize, usize> = HashMap::new();
    for (n, token) in a.iter().enumerate().take(in_a.end).skip(in_a.start) {
        let mut longer = HashMap::new();
        for &m in places.get(token).into_iter().flatten().filter(|m| in_b.contains(m)) {
            let before = m.checked_sub(1).and_then(|m| runs.get(&m)).copied().unwrap_or(0);
            let size = before + 1;
            longer.insert(m, size);
            if size > best.size {
                best = Block { a: n + 1 - size, b: m + 1 - size, size };
            }
        }
        runs = longer;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_runs_are_found_around_the_longest() {
        let a: Vec<&str> = "the big dog goes to the school".split(' ').collect();
        let b: Vec<&str> = "a big dog went to the school".split(' ').collect();
        let blocks: Vec<_> = matching_blocks(&a, &b).iter().map(|b| (b.a, b.b, b.size)).collect();
        assert_eq!(blocks, [(1, 1, 2), (4, 4, 3), (7, 7, 0)]);
    }

    #[test]
    fn sequences_without_anything_in_common_have_only_their_end() {
        assert_eq!(matching_blocks(&["a"], &["b", "c"]), [Block { a: 1, b: 2, size: 0 }]);
    }
}
