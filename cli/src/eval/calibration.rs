//! How far confidences are from the truth.

/// Equal parts of 0..=1 in which confidences are compared with outcomes.
const BINS: usize = 10;

/// Confidences and whether what they were given for was right.
#[derive(Debug, Default)]
pub struct Calibration {
    judged: Vec<(f64, bool)>,
}

impl Calibration {
    pub fn note(&mut self, confidence: f64, right: bool) {
        self.judged.push((confidence.clamp(0.0, 1.0), right));
    }

    pub fn len(&self) -> usize {
        self.judged.len()
    }

    pub fn is_empty(&self) -> bool {
        self.judged.is_empty()
    }

    pub fn mean_confidence(&self) -> f64 {
        mean(self.judged.iter().map(|(confidence, _)| *confidence))
    }

    pub fn share_right(&self) -> f64 {
        mean(self.judged.iter().map(|(_, right)| f64::from(u8::from(*right))))
    }

    /// Expected calibration error: the mean distance between confidence and share of right ones in each bin, weighted by
    /// the bin's size.
    pub fn error(&self) -> f64 {
        let mut bins = [(0.0, 0.0); BINS];
        for (confidence, right) in &self.judged {
            let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
            bins[bin].0 += confidence;
            bins[bin].1 += f64::from(u8::from(*right));
        }
        let apart: f64 = bins.iter().map(|(confidence, right)| (confidence - right).abs()).sum();
        if self.is_empty() { 0.0 } else { apart / self.len() as f64 }
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len();
    if n == 0 { 0.0 } else { values.sum::<f64>() / n as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_distance_in_each_bin() {
        let mut calibration = Calibration::default();
        // In the bin of 0.9: two of four right. In that of 0.2: none of one.
        for right in [true, true, false, false] {
            calibration.note(0.9, right);
        }
        calibration.note(0.2, false);
        let expected = (4.0 * 0.4 + 0.2) / 5.0;
        assert!((calibration.error() - expected).abs() < 1e-12);
        assert_eq!(calibration.share_right(), 0.4);
    }

    #[test]
    fn what_is_as_sure_as_it_is_right_has_no_error() {
        let mut calibration = Calibration::default();
        assert_eq!(calibration.error(), 0.0);
        calibration.note(1.0, true);
        calibration.note(0.0, false);
        assert_eq!(calibration.error(), 0.0);
    }
}
