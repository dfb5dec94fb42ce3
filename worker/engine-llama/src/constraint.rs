//! A JSON schema as a grammar that llama.cpp can hold an answer to.

use anyhow::Context;
use llama_cpp_2::json_schema_to_grammar;
use serde_json::Value;

/// The root rule of every grammar.
pub const ROOT: &str = "root";

/// The grammar of a schema, without blanks between members (each would cost a token) and with strings made of positive
/// ranges: the negated class of the converter lets bytes pass that are no UTF-8.
pub fn grammar(schema: &Value) -> anyhow::Result<String> {
    let converted =
        json_schema_to_grammar(&schema.to_string()).context("the schema cannot be a grammar")?;
    let lines: Vec<String> = converted
        .lines()
        .map(|line| match line.split_once(" ::=") {
            Some(("space", _)) => "space ::= \"\"".to_owned(),
            _ => line.replace(
                r#"[^"\\\x7F\x00-\x1F]"#,
                r"[ !#-\[\]-~\U000000A0-\U0000D7FF\U0000E000-\U0010FFFF]",
            ),
        })
        .collect();
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_has_a_root_and_no_negated_strings() {
        let schema = serde_json::json!({"type": "object", "additionalProperties": false,
            "required": ["reply"], "properties": {"reply": {"type": "string", "maxLength": 9}}});
        let grammar = grammar(&schema).unwrap();
        assert!(grammar.lines().any(|line| line.starts_with("root ::=")), "{grammar}");
        assert!(!grammar.contains("[^"), "{grammar}");
    }
}
