//! Chance that can be repeated.

use proptest::test_runner::{RngAlgorithm, TestRng};

/// Makes a run repeat an earlier one's choices: the seed that it printed.
const SEED_VARIABLE: &str = "PAMPHLET_SEED";

/// The same choices every time.
pub fn fixed(seed: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// Other choices every time; prints the seed that repeats them.
pub fn fresh() -> TestRng {
    let given = std::env::var(SEED_VARIABLE).ok().map(|seed| seed.parse().expect("a number"));
    let seed = given.unwrap_or_else(|| getrandom::u64().expect("randomness"));
    println!("{SEED_VARIABLE}={seed}");
    fixed(seed)
}
