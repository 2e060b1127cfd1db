//! Figures out of measurements.

/// Measurements in order.
pub struct Figures(Vec<f64>);

impl Figures {
    pub fn of(mut measured: Vec<f64>) -> Self {
        assert!(!measured.is_empty(), "nothing was measured");
        measured.sort_by(f64::total_cmp);
        Self(measured)
    }

    /// The measurement that this share of all, from 0 to 1, doesn't exceed.
    pub fn at(&self, share: f64) -> f64 {
        let place = (share * self.0.len() as f64) as usize;
        self.0[place.min(self.0.len() - 1)]
    }

    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    pub fn largest(&self) -> f64 {
        self.at(1.0)
    }
}
