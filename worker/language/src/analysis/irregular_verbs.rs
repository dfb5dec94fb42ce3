//! The irregular verbs, from a table of facts.

use std::collections::HashMap;

static TABLE: &str = include_str!("../../data/irregular_verbs.tsv");

/// Plain form, past and participle of every irregular verb that a learner meets.
pub struct IrregularVerbs {
    forms_of: HashMap<&'static str, (&'static str, &'static str)>,
    base_of: HashMap<&'static str, &'static str>,
}

impl IrregularVerbs {
    pub fn load() -> IrregularVerbs {
        let mut verbs = IrregularVerbs { forms_of: HashMap::new(), base_of: HashMap::new() };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split(' ');
            if let (Some(base), Some(past), Some(participle)) =
                (cells.next(), cells.next(), cells.next())
            {
                verbs.forms_of.insert(base, (past, participle));
                verbs.base_of.entry(past).or_insert(base);
                verbs.base_of.entry(participle).or_insert(base);
            }
        }
        verbs
    }

    pub fn past(&self, base: &str) -> Option<&'static str> {
        self.forms_of.get(base).map(|forms| forms.0)
    }

    pub fn participle(&self, base: &str) -> Option<&'static str> {
        self.forms_of.get(base).map(|forms| forms.1)
    }

    pub fn is_base(&self, form: &str) -> bool {
        self.forms_of.contains_key(form)
    }

    pub fn is_past(&self, form: &str) -> bool {
        self.base(form).is_some_and(|base| self.past(base) == Some(form))
    }

    pub fn is_participle(&self, form: &str) -> bool {
        self.base(form).is_some_and(|base| self.forms_of.get(base).is_some_and(|f| f.1 == form))
    }

    /// The plain form of a past or a participle.
    pub fn base(&self, form: &str) -> Option<&'static str> {
        self.base_of.get(form).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_three_forms() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split(' ').count(), 3, "{line}");
        }
        let verbs = IrregularVerbs::load();
        assert_eq!(verbs.past("go"), Some("went"));
        assert_eq!(verbs.base("gone"), Some("go"));
        assert!(verbs.is_past("lent") && !verbs.is_past("gone") && verbs.is_participle("gone"));
    }
}
