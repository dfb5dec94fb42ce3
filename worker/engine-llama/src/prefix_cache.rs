//! Which beginnings of prompts the context still holds, and in which sequence. Pure.

/// A bounded set of beginnings `T`; the longest unused one makes room.
#[derive(Debug, Clone)]
pub struct PrefixCache<T> {
    /// Most recently used last.
    held: Vec<(i32, Vec<T>)>,
    free: Vec<i32>,
}

impl<T: PartialEq + Clone> PrefixCache<T> {
    /// Keeps beginnings in these sequences.
    pub fn new(sequences: impl IntoIterator<Item = i32>) -> Self {
        PrefixCache { held: Vec::new(), free: sequences.into_iter().collect() }
    }

    /// The sequence that holds exactly `beginning`.
    pub fn find(&mut self, beginning: &[T]) -> Option<i32> {
        let at = self.held.iter().position(|(_, held)| held == beginning)?;
        let used = self.held.remove(at);
        let sequence = used.0;
        self.held.push(used);
        Some(sequence)
    }

    /// A sequence for a new beginning; what it held before is forgotten.
    pub fn claim(&mut self, beginning: &[T]) -> Option<i32> {
        let sequence = self.free.pop().or_else(|| self.forget_oldest())?;
        self.held.push((sequence, beginning.to_vec()));
        self.free.retain(|free| *free != sequence);
        Some(sequence)
    }

    /// Frees the sequence that was unused for longest; its tokens are to be cleared.
    pub fn forget_oldest(&mut self) -> Option<i32> {
        if self.held.is_empty() {
            return None;
        }
        let (sequence, _) = self.held.remove(0);
        self.free.push(sequence);
        Some(sequence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_that_was_unused_for_longest_makes_room() {
        let mut cache = PrefixCache::new([8, 9]);
        let (first, second) = (cache.claim(b"a").unwrap(), cache.claim(b"b").unwrap());
        assert_ne!(first, second);
        assert_eq!(cache.find(b"a"), Some(first));
        assert_eq!(cache.claim(b"c"), Some(second));
        assert_eq!(cache.find(b"b"), None);
        assert_eq!(cache.find(b"a"), Some(first));
    }

    #[test]
    fn no_sequence_holds_two_beginnings() {
        let mut cache = PrefixCache::new([1]);
        assert_eq!(cache.claim(b"a"), Some(1));
        assert_eq!(cache.claim(b"b"), Some(1));
        assert_eq!((cache.find(b"a"), cache.find(b"b")), (None, Some(1)));
        assert_eq!(cache.forget_oldest(), Some(1));
        assert_eq!(cache.forget_oldest(), None);
    }
}
