//! Figures of several runs, and the table that shows them.

/// What a figure has to reach.
#[derive(Debug, Clone, Copy)]
pub enum Bar {
    AtMost(f64),
    Below(f64),
    AtLeast(f64),
}

impl Bar {
    fn holds(self, value: f64) -> bool {
        match self {
            Bar::AtMost(most) => value <= most,
            Bar::Below(bound) => value < bound,
            Bar::AtLeast(least) => value >= least,
        }
    }

    fn text(self, value: f64) -> String {
        let (sign, bound) = match self {
            Bar::AtMost(bound) => ("≤", bound),
            Bar::Below(bound) => ("<", bound),
            Bar::AtLeast(bound) => ("≥", bound),
        };
        let verdict = if self.holds(value) { "holds" } else { "MISSED" };
        format!("{sign} {bound}: {verdict}")
    }
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Figure {
    pub name: String,
    pub unit: &'static str,
    /// One value a run.
    pub values: Vec<f64>,
    pub bar: Option<Bar>,
}

impl Figure {
    pub fn new(name: impl Into<String>, unit: &'static str) -> Figure {
        Figure { name: name.into(), unit, values: Vec::new(), bar: None }
    }

    pub fn with_bar(self, bar: Bar) -> Figure {
        Figure { bar: Some(bar), ..self }
    }

    pub fn note(&mut self, value: f64) {
        self.values.push(value);
    }

    pub fn median(&self) -> f64 {
        median(&self.values)
    }
}

/// The middle value; the mean of the two middle ones when there is no middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// The ratios, run by run.
pub fn ratio(name: impl Into<String>, over: &Figure, under: &Figure) -> Figure {
    let values = over.values.iter().zip(&under.values).map(|(a, b)| a / b).collect();
    Figure { name: name.into(), unit: "×", values, bar: None }
}

pub fn print_head() {
    println!("| figure | median | runs | unit | bar |");
    println!("|---|---:|---|---|---|");
}

pub fn print(figure: &Figure) {
    let runs: Vec<String> = figure.values.iter().map(|value| rounded(*value)).collect();
    let median = figure.median();
    let bar = figure.bar.map_or(String::new(), |bar| bar.text(median));
    println!(
        "| {} | {} | {} | {} | {bar} |",
        figure.name,
        rounded(median),
        runs.join(" "),
        figure.unit
    );
}

fn rounded(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
    }

    #[test]
    fn a_bar_is_judged_by_the_median() {
        assert_eq!(Bar::AtMost(5.0).text(5.0), "≤ 5: holds");
        assert_eq!(Bar::Below(5.0).text(5.0), "< 5: MISSED");
    }
}
