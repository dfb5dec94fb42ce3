//! The page that shows every Vietnamese string beside its English.

use crate::{
    knowledge::{Concept, KnowledgeGraph},
    rules::explanations,
    vietnamese::PHRASES,
};
use lexilingo_shared::errant::Category;

/// One string.
struct Row {
    id: String,
    english: String,
    vietnamese: String,
}

/// A heading, the place in the repository, and its strings.
type Part = (&'static str, &'static str, Vec<Row>);

const INTRODUCTION: &str = "\
# Vietnamese

Every Vietnamese string that learners read, beside its English. Names in braces are filled in: `{error}` is what the
learner wrote, `{correction}` what it should be, `{clue}` the word that decides. This page is made from the sources by
`cargo run -p lexilingo-language --example vietnamese_table > docs/vietnamese.md`; change the sources, not the page.

One term for one thing: thì hiện tại đơn, thì quá khứ đơn, thì hiện tại hoàn thành, thì tiếp diễn, động từ thường, động từ
nguyên mẫu, động từ nguyên mẫu có “to”, V-ing, danh động từ, quá khứ phân từ, động từ khuyết thiếu, trợ động từ, động từ
“to be”, câu bị động, chủ ngữ, tân ngữ, mệnh đề, mệnh đề chính, mệnh đề quan hệ, danh từ đếm được, danh từ không đếm được,
dạng số ít, dạng số nhiều, mạo từ, giới từ, liên từ, tính từ, trạng từ, đại từ, dạng so sánh hơn, dạng so sánh nhất. English
words stand between “ ” except in the names of concepts, and endings such as -ing bare. The learner is “bạn”, the tutor “mình”.
";

/// Who reread the Vietnamese column, and when.
const REREAD: &str = "\
Every string was reread from this table on 23 November 2026 by an engineer of the project who had written none of them and
who changed about half; the changed wordings have had no second reader, and no native speaker has read the page.
";

/// The page `docs/vietnamese.md`.
pub fn table() -> String {
    let mut page = INTRODUCTION.to_owned();
    for (heading, place, rows) in parts() {
        page.push_str(&format!(
            "\n## {heading}\n\n`{place}`\n\n| id | English | Vietnamese |\n|---|---|---|\n"
        ));
        for Row { id, english, vietnamese } in rows {
            let [english, vietnamese] = [english, vietnamese].map(|text| text.replace('|', "\\|"));
            page.push_str(&format!("| {id} | {english} | {vietnamese} |\n"));
        }
    }
    page + "\n## Reread\n\n" + REREAD
}

fn parts() -> [Part; 6] {
    let rules =
        explanations::rows().map(|found| row(found.message, found.english, found.vietnamese));
    let phrases = PHRASES.iter().map(|found| row(found.id, found.english, found.vietnamese));
    let kinds = Category::ALL.iter().map(|category| {
        let (english, vietnamese) = category.short_name();
        row(category.as_str(), english, vietnamese)
    });
    let concepts = || KnowledgeGraph::shared().concepts();
    let titles = concepts().map(|found| row(&found.id, &found.title.en, &found.title.vi));
    let concept_rules = concepts().map(|found| row(&found.id, &found.rule.en, &found.rule.vi));
    let data = "worker/language/data/concepts/";
    [
        ("Sentences of the tutor", "worker/language/src/vietnamese/mod.rs", phrases.collect()),
        ("Explanations of errors", "worker/language/src/rules/explanations.rs", rules.collect()),
        ("Kinds of errors, for editors", "shared/src/errant.rs", kinds.collect()),
        ("Names of the concepts", data, titles.collect()),
        ("Rules of the concepts", data, concept_rules.collect()),
        ("Exercises with Vietnamese in them", data, concepts().flat_map(exercises).collect()),
    ]
}

fn row(id: &str, english: &str, vietnamese: &str) -> Row {
    Row { id: id.to_owned(), english: english.to_owned(), vietnamese: vietnamese.to_owned() }
}

/// What a concept asks in Vietnamese or with a gloss, beside the answer.
fn exercises(concept: &Concept) -> impl Iterator<Item = Row> {
    let Concept { id, exercise, mistake, .. } = concept;
    [(&exercise.answer, &exercise.question), (&mistake.right, &mistake.wrong)]
        .into_iter()
        .filter(|(_, asked)| asked.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
        .map(|(answer, asked)| row(id, answer, asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::HashSet, fs, path::Path};
    use unicode_normalization::is_nfc;

    fn places(text: &str) -> HashSet<&str> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
    }

    fn each(check: impl Fn(&Row)) {
        parts().iter().flat_map(|(.., rows)| rows).for_each(check);
    }

    #[test]
    fn the_page_shows_what_the_sources_say() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/vietnamese.md");
        let page = fs::read_to_string(path).unwrap_or_default();
        assert!(
            page == table(),
            "docs/vietnamese.md is stale; make it with\n  cargo run -p lexilingo-language --example vietnamese_table > docs/vietnamese.md"
        );
    }

    #[test]
    fn vietnamese_is_composed_and_has_its_marks() {
        each(|row| {
            let text = &row.vietnamese;
            assert!(is_nfc(text), "{}: {text}", row.id);
            let marked = |c: char| c.is_alphabetic() && !c.is_ascii();
            // "Kinh doanh" has none.
            let is_name = text.split(' ').count() < 3;
            assert!(is_name || text.contains(marked), "{}: {text}", row.id);
        });
    }

    #[test]
    fn vietnamese_names_the_places_that_its_english_names() {
        each(|row| {
            let (english, vietnamese) = (places(&row.english), places(&row.vietnamese));
            assert!(vietnamese.is_subset(&english), "{}: {}", row.id, row.vietnamese);
            for quoted in ["error", "correction"] {
                let named = english.contains(quoted) == vietnamese.contains(quoted);
                assert!(named, "{}: {}", row.id, row.vietnamese);
            }
        });
    }

    #[test]
    fn quotation_marks_come_in_pairs() {
        each(|row| {
            for text in [&row.english, &row.vietnamese] {
                let count = |mark| text.matches(mark).count();
                assert_eq!(count('“'), count('”'), "{}: {text}", row.id);
            }
        });
    }
}
