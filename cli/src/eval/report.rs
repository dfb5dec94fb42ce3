//! The language report, as tables of Markdown.

use super::{
    calibration::Calibration,
    known::{self, FLUENCY, LEVEL, less_is_better},
    measure::{Measured, OfType},
};
use std::io::{self, Write};

pub fn write(out: &mut impl Write, measured: &[Measured]) -> io::Result<()> {
    writeln!(out, "| set | n | measure | ours | LanguageTool | Harper | must | aim | | |")?;
    writeln!(out, "|---|---:|---|---:|---:|---:|---:|---:|---|---|")?;
    for set in measured {
        for figure in &set.figures {
            let known = known::of(&set.set, figure.measure);
            let shown = |value| shown(figure.measure, value);
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
                set.set,
                set.sentences,
                figure.measure,
                shown(Some(figure.value)),
                shown(known.and_then(|known| known.languagetool)),
                shown(known.and_then(|known| known.harper)),
                shown(known.and_then(|known| known.must)),
                shown(known.and_then(|known| known.aim)),
                verdict(figure.measure, figure.value, known),
                figure.note,
            )?;
        }
    }
    for set in measured.iter().filter(|set| !set.by_type.is_empty()) {
        writeln!(out, "\n{}: by type\n", set.set)?;
        writeln!(out, "| type | proposed | right | precision % | wanted | found | recall % |")?;
        writeln!(out, "|---|---:|---:|---:|---:|---:|---:|")?;
        let mut rows: Vec<_> = set.by_type.iter().collect();
        rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.proposed + row.wanted));
        for (kind, row) in rows {
            let OfType { right, proposed, found, wanted } = *row;
            let (precision, recall) = (share(right, proposed), share(found, wanted));
            writeln!(
                out,
                "| {kind} | {proposed} | {right} | {precision} | {wanted} | {found} | {recall} |"
            )?;
        }
    }
    confidences(out, measured)
}

fn confidences(out: &mut impl Write, measured: &[Measured]) -> io::Result<()> {
    writeln!(out, "\nconfidences\n")?;
    writeln!(out, "| set | of | n | mean | right % | calibration error |")?;
    writeln!(out, "|---|---|---:|---:|---:|---:|")?;
    for set in measured {
        for (of, judged) in [("edits", &set.edits), ("whole", &set.wholes)] {
            if !judged.is_empty() {
                confidence(out, &set.set, of, judged)?;
            }
        }
    }
    Ok(())
}

fn confidence(out: &mut impl Write, set: &str, of: &str, judged: &Calibration) -> io::Result<()> {
    writeln!(
        out,
        "| {set} | {of} | {} | {:.2} | {:.1} | {:.3} |",
        judged.len(),
        judged.mean_confidence(),
        100.0 * judged.share_right(),
        judged.error()
    )
}

fn shown(measure: &str, value: Option<f64>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if matches!(measure, FLUENCY | LEVEL) => format!("{value:.3}"),
        Some(value) if measure == known::GLEU => format!("{value:.2}"),
        Some(value) => format!("{value:.1}"),
    }
}

fn share(part: usize, whole: usize) -> String {
    match whole {
        0 => "–".to_owned(),
        whole => format!("{:.1}", 100.0 * part as f64 / whole as f64),
    }
}

fn verdict(measure: &str, value: f64, known: Option<known::Known>) -> &'static str {
    let Some(must) = known.and_then(|known| known.must) else { return "" };
    let reaches = |bar: f64| match less_is_better(measure) {
        true => value <= bar,
        false => value >= bar,
    };
    match known.and_then(|known| known.aim) {
        Some(aim) if reaches(aim) => "aim",
        _ if reaches(must) => "must",
        _ => "MISSED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::known::{CHANGED, RIGHT};

    #[test]
    fn a_figure_is_held_against_its_bars() {
        let verdict =
            |set: &str, measure, value| super::verdict(measure, value, known::of(set, measure));
        assert_eq!(verdict("viet", RIGHT, 95.0), "aim");
        assert_eq!(verdict("viet", RIGHT, 90.0), "must");
        assert_eq!(verdict("viet", RIGHT, 89.0), "MISSED");
        assert_eq!(verdict("clean", CHANGED, 2.0), "must");
        assert_eq!(verdict("clean", CHANGED, 3.1), "MISSED");
        assert_eq!(verdict("lt", RIGHT, 10.0), "");
    }
}
