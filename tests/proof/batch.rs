//! `ask --batch` answers ten thousand messages, each in a moment.

use crate::figures::Figures;
use crate::library::Library;
use crate::messages;
use crate::shipped;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

const MESSAGES: usize = 10_000;
/// The most that the median message may take, in microseconds.
const LIMIT: f64 = 200.0;

pub fn ten_thousand() {
    let library = Library::over(shipped::root().join("faq"));
    let lines = messages::mixed(MESSAGES).into_iter().enumerate();
    let lines: String = lines.map(|(id, text)| format!("{}\n", json!({ "id": id, "text": text }))).collect();
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), lines).expect("a file");
    let said = library.run(&["ask", "--batch", file.path().to_str().expect("UTF-8")]);
    let answers: Vec<Value> = said.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), MESSAGES);
    let mut decisions: BTreeMap<&str, usize> = BTreeMap::new();
    for answer in &answers {
        *decisions.entry(answer["decision"].as_str().expect("a decision")).or_default() += 1;
    }
    let micros = Figures::of(answers.iter().map(|answer| answer["micros"].as_f64().expect("a time")).collect());
    let (median, p99, largest) = (micros.median(), micros.at(0.99), micros.largest());
    println!("{MESSAGES} messages in {:.1?}: {decisions:?}", said.took);
    println!("a message: median {median:.0} µs (limit {LIMIT}), 99 of 100 within {p99:.0} µs, at most {largest:.0} µs");
    assert!(median < LIMIT, "the median is over its limit");
}
