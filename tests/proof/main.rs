//! The long proofs, each with its figures: `cargo test --release --test proof`, or one of them with `-- kill`. Where a release is
//! built already, `PAMPHLET_BINARY=target/release/pamphlet cargo test --test proof` proves it as it ships, but for the processes that
//! save (`saving`) and the time within a process (`neighbours`), which are the harness's own.
//!
//! They are no part of `cargo test`: they take minutes, and their limits hold for a release build.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    missing_docs,
    reason = "proofs may fail loudly"
)]

mod batch;
mod chance;
mod crowd;
mod damage;
mod edits;
mod faults;
mod figures;
mod generated;
mod kill;
mod library;
mod load;
mod loopback;
mod messages;
mod neighbours;
#[path = "../it/outside/program.rs"]
#[expect(dead_code, reason = "the end-to-end tests use the rest")]
mod program;
mod saving;
#[path = "../it/shipped.rs"]
#[expect(dead_code, reason = "the end-to-end tests use the rest")]
mod shipped;
#[path = "../it/stage.rs"]
#[expect(dead_code, reason = "the end-to-end tests use the rest")]
mod stage;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::Instant;

/// Every proof: its name, and what panics unless it holds.
const PROOFS: [(&str, fn()); 13] = [
    ("kill", kill::ten_kills),
    ("two-builders", kill::two_builders),
    ("damage", damage::every_file),
    ("no-disk", damage::no_disk),
    ("start", load::start),
    ("memory", load::memory),
    ("crowd", crowd::crowd),
    ("neighbours", neighbours::five_hundred_servers),
    ("faults", faults::every_fault),
    ("edits", edits::a_thousand),
    ("saving", saving::fifty_kills),
    ("batch", batch::ten_thousand),
    ("loopback", loopback::only_loopback),
];

fn main() -> ExitCode {
    if saving::saves_here() {
        return ExitCode::SUCCESS;
    }
    // Options are the usual harness's, which this one doesn't have.
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let all = PROOFS.map(|(name, _)| name);
    if let Some(stranger) = named.iter().find(|name| !all.contains(&name.as_str())) {
        println!("there is no proof `{stranger}`; there are: {}", all.join(", "));
        return ExitCode::from(2);
    }
    if cfg!(debug_assertions) && std::env::var_os(stage::BINARY).is_none() {
        println!("note: the limits are meant for a release build (cargo test --release --test proof)");
    }
    let (mut passed, mut failed) = (0, 0);
    for (name, proof) in PROOFS.iter().filter(|(name, _)| named.is_empty() || named.iter().any(|wanted| wanted == name))
    {
        println!("\n== {name}");
        let began = Instant::now();
        let held = catch_unwind(proof).is_ok();
        println!("-- {name}: {}, {:.1} s", if held { "passed" } else { "FAILED" }, began.elapsed().as_secs_f64());
        if held { passed += 1 } else { failed += 1 }
    }
    println!("\n{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
