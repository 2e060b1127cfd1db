//! What each piece of evidence weighs. `weights.toml` beside this file holds the numbers; `pamphlet tune` learns them.

use super::evidence::{Evidence, NAMES, SIGNALS, WIDTH, of_signals};
use crate::search::{Index, Signals};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The weights for collections whose topics were learned, and for those that are too large for that.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    pub(super) taught: Scale,
    pub(super) untaught: Scale,
}

/// The weights of ranking and of confidence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// Whether it counts what was learned of topics.
    pub(super) taught: bool,
    /// What each signal counts for in ranking candidates.
    pub(super) rank: [f32; SIGNALS],
    /// What each piece of evidence counts for in confidence, in log-odds.
    pub(super) confidence: Evidence,
    /// The log-odds where nothing speaks for or against.
    pub(super) base: f32,
}

/// The weights as they stand in the file: by name.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightsFile {
    taught: ScaleFile,
    untaught: ScaleFile,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleFile {
    base: f64,
    rank: BTreeMap<String, f64>,
    confidence: BTreeMap<String, f64>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static SHIPPED: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("weights.toml")).expect("weights.toml is well formed"));

impl Weights {
    /// The weights that pamphlet was built with.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads weights from TOML. A name that is not there weighs nothing.
    ///
    /// # Errors
    /// When it is no TOML, or holds an unknown key.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: WeightsFile = toml::from_str(text)?;
        Ok(Self { taught: Scale::of(&file.taught, true), untaught: Scale::of(&file.untaught, false) })
    }

    /// The weights as TOML.
    pub fn text(&self) -> String {
        let file = WeightsFile { taught: self.taught.file(), untaught: self.untaught.file() };
        let head = "# What each piece of evidence weighs (src/answer/evidence.rs says what each is), learned by `pamphlet tune`.\n\
            # `taught`: for collections whose topics were learned; `untaught`: for those that are too large for that.\n";
        head.to_owned() + &toml::to_string(&file).unwrap_or_default()
    }

    /// Those for this index.
    pub(super) fn of(&self, index: &Index) -> &Scale {
        if index.is_taught() { &self.taught } else { &self.untaught }
    }
}

impl Scale {
    /// Weights that know nothing.
    pub(super) fn none(taught: bool) -> Self {
        Self { taught, rank: [1.0; SIGNALS], confidence: [0.0; WIDTH], base: 0.0 }
    }

    fn of(file: &ScaleFile, taught: bool) -> Self {
        let by_name = |numbers: &BTreeMap<String, f64>, at: usize| {
            NAMES.get(at).and_then(|name| numbers.get(*name)).copied().unwrap_or_default() as f32
        };
        Self {
            taught,
            rank: std::array::from_fn(|at| by_name(&file.rank, at)),
            confidence: std::array::from_fn(|at| by_name(&file.confidence, at)),
            base: file.base as f32,
        }
    }

    fn file(&self) -> ScaleFile {
        let round = |number: f32| (f64::from(number) * 1000.0).round() / 1000.0;
        let named = |numbers: &[f32]| {
            let numbers = numbers.iter().copied().map(round);
            NAMES.iter().map(|name| (*name).to_owned()).zip(numbers).filter(|(_, number)| *number != 0.0).collect()
        };
        ScaleFile { base: round(self.base), rank: named(&self.rank), confidence: named(&self.confidence) }
    }

    /// What a candidate is ordered by.
    pub(super) fn rank(&self, signals: &Signals) -> f32 {
        if signals.exact {
            return self.rank.iter().map(|weight| weight.max(0.0)).sum::<f32>();
        }
        of_signals(signals).iter().zip(&self.rank).map(|(number, weight)| number * weight).sum()
    }

    /// How likely a candidate with this evidence answers, from 0 to 1.
    pub(super) fn confidence(&self, evidence: &Evidence) -> f32 {
        let sum: f32 = evidence.iter().zip(&self.confidence).map(|(number, weight)| number * weight).sum();
        1.0 / (1.0 + (-(self.base + sum)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_read_back_as_they_were_written() {
        let shipped = Weights::shipped();
        assert_eq!(&Weights::parse(&shipped.text()).unwrap(), shipped);
        assert!(shipped.taught.rank.iter().any(|weight| *weight != 0.0), "they were learned");
        assert_eq!(NAMES.len(), WIDTH);
    }

    #[test]
    fn an_unknown_weight_is_refused() {
        assert!(Weights::parse("[taught]\nbase = 0.0\nbias = 1.0\n").is_err());
    }
}
