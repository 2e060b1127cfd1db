//! Rows of steps, and where they stand in a sentence.
//!
//! A sentence is at most 64 places; where something stands is one number with a bit for each place. A step further is a
//! shift of all places at once, so that a row costs a few operations, however often its words occur.

use super::lexicon::Symbol;

/// The most words that a `*` stands for.
const GAP: u32 = 3;

/// The places at which each symbol stands in one sentence: bit 0 is the sentence's beginning.
#[derive(Debug, Clone)]
pub(super) struct Places(Vec<u64>);

impl Places {
    /// A sentence without words, for so many symbols.
    pub(super) fn none(symbols: usize) -> Self {
        Self(vec![0; symbols])
    }

    /// Notes that a symbol stands at these places too.
    pub(super) fn mark(&mut self, symbol: Symbol, places: u64) {
        if let Some(known) = self.0.get_mut(symbol) {
            *known |= places;
        }
    }

    /// Whether a symbol stands anywhere.
    pub(super) fn has(&self, symbol: Symbol) -> bool {
        self.0.get(symbol).is_some_and(|places| *places != 0)
    }

    /// The symbols that stand anywhere.
    pub(super) fn present(&self) -> impl Iterator<Item = Symbol> + '_ {
        self.0.iter().enumerate().filter(|(_, places)| **places != 0).map(|(symbol, _)| symbol)
    }

    fn of(&self, any: &[Symbol]) -> u64 {
        any.iter().filter_map(|symbol| self.0.get(*symbol)).fold(0, |all, places| all | places)
    }
}

/// How far a step may stand behind the one before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Distance {
    /// The next word.
    #[default]
    Next,
    /// Up to [`GAP`] words between (`*`).
    Near,
    /// Anywhere behind in the sentence (`...`).
    Far,
}

/// One step of a row: any of these symbols.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) any: Vec<Symbol>,
    pub(super) distance: Distance,
    pub(super) optional: bool,
}

/// What must, or must not, stand beside a row.
#[derive(Debug, Clone)]
pub(super) struct Beside {
    pub(super) any: Vec<Symbol>,
    /// In the whole message, and not only in the row's sentence.
    pub(super) in_message: bool,
    pub(super) wanted: bool,
}

/// Steps in order, and what must or must not stand beside them.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) steps: Vec<Step>,
    pub(super) beside: Vec<Beside>,
}

impl Row {
    /// The places at which the row ends in a sentence; none where what stands beside it forbids. `said` tells whether a
    /// symbol stands anywhere in the message.
    pub(super) fn ends(&self, places: &Places, said: impl Fn(Symbol) -> bool) -> u64 {
        let (mut ends, mut reach) = (u64::MAX, u64::MAX);
        for step in &self.steps {
            let from = match step.distance {
                Distance::Next => reach,
                Distance::Near => (1..=GAP).fold(reach, |all, words| all | reach << words),
                Distance::Far => u64::MAX.checked_shl(reach.trailing_zeros()).unwrap_or(0),
            };
            let here = from & places.of(&step.any);
            if step.optional {
                ends |= here;
                reach = from | here << 1;
            } else {
                ends = here;
                reach = here << 1;
                if here == 0 {
                    return 0;
                }
            }
        }
        let allowed = self.beside.iter().all(|beside| {
            let there = match beside.in_message {
                true => beside.any.iter().any(|symbol| said(*symbol)),
                false => places.of(&beside.any) != 0,
            };
            there == beside.wanted
        });
        if allowed { ends } else { 0 }
    }
}
