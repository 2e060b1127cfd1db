//! How the weights of a feature are packed into bytes.

use std::array;

/// How many different bytes there are.
pub(super) const BYTES: usize = 256;
/// The steps stand the closer, the smaller the weight: it is the share of steps to this power.
const FINENESS: f32 = 1.5;
/// The most classes whose number takes half a byte.
const FEW: usize = 16;

/// How weights are packed: each with the number of its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// In one byte: the class, then up to seven steps up or down. For few classes, of which a model may hold very many features.
    Narrow,
    /// In two bytes: the class, then up to 127 steps up or down.
    Wide,
}

impl Packing {
    /// How a model of so many classes is packed.
    pub(super) fn of(classes: usize) -> Self {
        if classes <= FEW { Self::Narrow } else { Self::Wide }
    }

    /// How many bytes a weight takes.
    pub(super) fn width(self) -> usize {
        match self {
            Self::Narrow => 1,
            Self::Wide => 2,
        }
    }

    /// A class and its weight, as a share of the largest one, which more than that becomes; none if it is too small to count.
    pub(super) fn pack(self, class: u8, share: f32) -> Option<(u8, Option<u8>)> {
        let steps = (share.abs().powf(1.0 / FINENESS) * self.most()).round().min(self.most()).copysign(share) as i8;
        match (steps, self) {
            (0, _) => None,
            (_, Self::Narrow) => Some((class << 4 | steps.cast_unsigned() & 15, None)),
            (_, Self::Wide) => Some((class, Some(steps.cast_unsigned()))),
        }
    }

    /// The weight that each byte of steps stands for. Where steps take half a byte, the other half doesn't matter.
    pub(super) fn weights(self, largest: f32) -> Box<[f32; BYTES]> {
        Box::new(array::from_fn(|byte| {
            let steps = match self {
                Self::Narrow => ((byte as u8) << 4).cast_signed() >> 4,
                Self::Wide => (byte as u8).cast_signed(),
            };
            let share = f32::from(steps) / self.most();
            share.abs().powf(FINENESS).copysign(share) * largest
        }))
    }

    /// The most steps.
    fn most(self) -> f32 {
        match self {
            Self::Narrow => 7.0,
            Self::Wide => 127.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_comes_back_nearly_as_it_was() {
        for (packing, near) in [(Packing::Narrow, 0.11), (Packing::Wide, 0.006)] {
            let weights = packing.weights(1.0);
            for share in [-1.0, -0.5, -0.1, 0.1, 0.3, 0.7, 1.0_f32] {
                let (first, second) = packing.pack(3, share).unwrap();
                let back = weights[usize::from(second.unwrap_or(first))];
                assert!((back - share).abs() < near, "{packing:?}: {share} came back as {back}");
                assert_eq!(if second.is_some() { first } else { first >> 4 }, 3);
                assert_eq!(1 + usize::from(second.is_some()), packing.width());
            }
            assert_eq!(packing.pack(3, 0.0), None);
            assert_eq!(packing.pack(3, 1.5), packing.pack(3, 1.0), "more than the largest is the largest");
        }
    }
}
