//! Which rules a client wants to hear.

/// The lists of a form, as LanguageTool names rules and categories: `SUBJECT_VERB_AGREEMENT`, `TYPOS`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub enabled_rules: Vec<String>,
    pub disabled_rules: Vec<String>,
    pub enabled_categories: Vec<String>,
    pub disabled_categories: Vec<String>,
    /// Only what is enabled by name.
    pub enabled_only: bool,
}

impl Filter {
    /// Rules are all on by themselves, so that enabling one only says something beside `enabledOnly` or when its
    /// category is disabled.
    pub fn wants(&self, rule: &str, category: &str) -> bool {
        let names = |list: &[String], name: &str| list.iter().any(|listed| listed == name);
        if self.enabled_only {
            return names(&self.enabled_rules, rule) || names(&self.enabled_categories, category);
        }
        !names(&self.disabled_rules, rule)
            && (!names(&self.disabled_categories, category) || names(&self.enabled_rules, rule))
    }
}

/// LanguageTool's name of a rule of ours.
pub fn rule_id(rule: &str) -> String {
    rule.to_uppercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn everything_is_wanted_that_is_not_disabled() {
        let filter = Filter {
            disabled_rules: list(&["A"]),
            disabled_categories: list(&["TYPOS"]),
            enabled_rules: list(&["C"]),
            ..Filter::default()
        };
        assert!(!filter.wants("A", "GRAMMAR") && !filter.wants("B", "TYPOS"));
        assert!(filter.wants("B", "GRAMMAR") && filter.wants("C", "TYPOS"));
    }

    #[test]
    fn only_what_is_enabled_is_wanted_when_that_is_asked_for() {
        let filter = Filter {
            enabled_only: true,
            enabled_rules: list(&["A"]),
            enabled_categories: list(&["TYPOS"]),
            ..Filter::default()
        };
        assert!(filter.wants("A", "GRAMMAR") && filter.wants("B", "TYPOS"));
        assert!(!filter.wants("B", "GRAMMAR"));
    }
}
