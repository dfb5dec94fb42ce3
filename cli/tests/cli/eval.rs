//! `lexilingo eval` on sets that the test writes.

use crate::place::{Place, Said};
use std::fs;

const VIET: &str = r#"{"id":1,"cat":"sva","src":"She go to school every day.","err":[[4,6]],"acc":["She goes to school every day."]}
{"id":2,"cat":"odd","src":"Zzz qqq.","err":[[0,3]],"acc":["Something else."]}
"#;
const M2: &str = "S I goes to school yesterday .
A 1 2|||R:VERB:TENSE|||went|||REQUIRED|||-NONE-|||0

S She likes tea .
A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0
";
const GUG: &str = "Id\tSentence\tExpert\tCrowd\tAverage\tDataset
1\tI went to school yesterday.\t4\t[4]\t4.0\tdev
2\tyestarday i goed shcool wiht freind\t1\t[1]\t1.2\tdev
3\tI goes to school yesterday.\t2\t[2]\t2.4\tdev
4\tNot of this split.\t2\t[2]\tNone\ttrain
";

struct Sets(Place);

impl Sets {
    fn new(files: &[(&str, &str)]) -> Sets {
        let place = Place::new();
        for (name, text) in files {
            let file = place.path().join("sets").join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Sets(place)
    }

    fn eval(&self) -> Said {
        self.0.run(&["eval", "sets"])
    }
}

/// The cells of the first row that begins with these.
fn row(said: &Said, beginning: &[&str]) -> Vec<String> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut rows = said.out.lines().filter(|line| line.starts_with('|')).map(cells);
    let found = rows.find(|row| row.iter().zip(beginning).all(|(cell, wanted)| cell == wanted));
    found.unwrap_or_else(|| panic!("no {beginning:?} in {}{}", said.out, said.err))
}

#[test]
fn every_set_of_a_folder_is_measured_beside_what_others_reach() {
    let sets = Sets::new(&[
        ("viet/viet.jsonl", VIET),
        ("clean/clean.tok", "She likes tea .\nThey do n't know .\n"),
        ("jfleg/dev.src", "I goes to school yesterday . \nShe likes tea . \n"),
        ("jfleg/dev.ref0", "I went to school yesterday . \nShe likes tea . \n"),
        ("jfleg/dev.ref1", "I went to school yesterday . \nShe likes tea . \n"),
        ("conll14/official.m2", M2),
        ("gug/gug.tsv", GUG),
        (
            "cefr/wiki.dev.tsv",
            "He died in Paris .\t1\t1\nThe presence of prokaryotes alters chemical eruption .\t5\t6\n",
        ),
        ("lt/good.txt", "She likes tea.\n"),
        ("notes/readme.txt", "no set"),
    ]);
    let said = sets.eval();
    assert_eq!(said.status, Some(0), "{said:?}");
    let viet = row(&said, &["viet", "2", "rightly corrected %"]);
    assert_eq!(viet[3..9], ["50.0", "46.0", "29.0", "90.0", "95.0", "MISSED"]);
    assert_eq!(row(&said, &["viet-ok", "2", "wrongly changed %"])[4], "2.5");
    assert_eq!(
        row(&said, &["clean", "2", "wrongly changed %"])[3..9],
        ["0.0", "14.2", "19.8", "3.0", "1.5", "aim"]
    );
    assert_eq!(row(&said, &["jfleg-dev", "2", "GLEU"])[3], "100.00");
    assert_eq!(row(&said, &["jfleg-dev", "2", "edits F0.5"])[3], "100.0");
    let conll = row(&said, &["conll14-official", "2", "edits F0.5"]);
    assert_eq!(
        (conll[3].as_str(), conll[9].as_str()),
        ("100.0", "P 100.0 R 100.0, 1 right of 1 proposed, 1 wanted")
    );
    assert_eq!(row(&said, &["R:VERB:TENSE"])[1..], ["1", "1", "100.0", "1", "1", "100.0"]);
    let fluency: f64 = row(&said, &["gug-dev", "3", "fluency, Pearson"])[3].parse().unwrap();
    assert!(fluency > 0.8, "{fluency}");
    assert_eq!(row(&said, &["cefr-dev", "2", "level, Pearson"])[3], "1.000");
    assert_eq!(row(&said, &["conll14-official", "edits"])[2], "1");
    assert!(!said.out.contains("notes"));
}

#[test]
fn a_malformed_set_is_named_with_its_line() {
    for (file, text, problem) in [
        (
            "viet/viet.jsonl",
            "{\"cat\":\"a\",\"src\":\"b\",\"acc\":[\"c\"]}\n{\"cat\":1}\n",
            "viet.jsonl:2: ",
        ),
        ("viet/viet.jsonl", "{\"cat\":\"a\",\"src\":\"b\",\"acc\":[]}\n", "viet.jsonl:1: "),
        ("gug/gug.tsv", "head\n1\ta\t2\t3\tdev\n", "gug.tsv:2: "),
        ("gug/gug.tsv", "head\n1\ta\t2\t3\tmany\tdev\n", "gug.tsv:2: "),
        ("cefr/wiki.dev.tsv", "He is .\t1\t7\n", "wiki.dev.tsv:1: "),
        ("bea/dev.m2", "A 1 2|||R|||a|||b|||c|||0\n", "dev.m2:1: "),
        ("bea/dev.m2", "S a b\nA 1 9|||R|||a|||b|||c|||0\n", "dev.m2:2: "),
        ("bea/dev.m2", "S a b\n\nnonsense\n", "dev.m2:3: "),
        ("jfleg/dev.src", "a b\n", "dev.src:1: "),
    ] {
        let said = Sets::new(&[(file, text)]).eval();
        assert_eq!(said.status, Some(1), "{file}: {said:?}");
        assert!(said.err.contains(problem), "{file}: {}", said.err);
    }
    let uneven = [("jfleg/dev.src", "a b\nc\n"), ("jfleg/dev.ref0", "a b\n")];
    assert!(Sets::new(&uneven).eval().err.contains("dev.ref0:2: "));
}

#[test]
fn a_folder_without_sets_is_something_missing() {
    assert_eq!(Sets::new(&[("notes/readme.txt", "no set")]).eval().status, Some(3));
    assert_eq!(Sets::new(&[]).eval().status, Some(3));
}
