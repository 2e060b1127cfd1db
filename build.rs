//! Learns, from labelled messages, the model that tells kinds of messages apart (`src/kinds`), so that it is part of the
//! program and never older than its lessons.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "of the modules that are shared with the program, only a part is used here"
)]

#[path = "src/kinds/kind.rs"]
mod kind;
#[path = "src/learn/mod.rs"]
mod learn;
#[path = "src/parallel.rs"]
mod parallel;
#[path = "src/text.rs"]
mod text;

use kind::Kind;
use learn::{Care, Lesson, features, teach};
use serde::Deserialize;
use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lessons that stand beside the code.
const LESSONS: &str = "src/kinds/lessons";
/// The collection whose messages are lessons, too.
const COLLECTION: &str = "faq/dermatomyositis";

/// Of danger nobody writes twice alike, so what was seen once tells, too; and one pupil alone would make too much of it.
const CARE: Care = Care { met: 1, pupils: 4 };

/// A labelled message; what else its line holds doesn't matter here.
#[derive(Deserialize)]
struct Label {
    q: String,
    kind: String,
    group: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    for source in [LESSONS, COLLECTION, "src/kinds/kind.rs", "src/learn", "src/parallel.rs", "src/text.rs"] {
        println!("cargo::rerun-if-changed={source}");
    }
    if unpacks_relocations() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    let mut lessons = Vec::new();
    for (kind, file) in Kind::FILES {
        let text = read(&Path::new(LESSONS).join(file))?;
        lessons.extend(Kind::lessons(&text).map(|message| lesson(message, kind)));
    }
    for file in messages()? {
        let text = read(&file)?;
        let lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
        for (line, number) in lines.filter(|(line, _)| !line.trim().is_empty()) {
            let label: Label =
                serde_json::from_str(line).map_err(|why| format!("{}:{number}: {why}", file.display()))?;
            lessons.extend(Kind::of_label(&label.kind, label.group.as_deref()).map(|kind| lesson(&label.q, kind)));
        }
    }
    let model = teach(&lessons, Kind::ALL.len(), CARE, &mut |_, _| ());
    let out = env::var_os("OUT_DIR").ok_or("there is no OUT_DIR")?;
    Ok(fs::write(Path::new(&out).join("kinds.model"), model.bytes())?)
}

/// Whether the system that the program is built on and for can start one whose relocations are packed, as glibc can since 2.36:
/// that is two megabytes less to read at the start and to hold from then on.
fn unpacks_relocations() -> bool {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|own| own == value);
    if env::var("HOST").ok() != env::var("TARGET").ok() || !is("CARGO_CFG_TARGET_OS", "linux") {
        return false;
    }
    let Ok(told) = Command::new("getconf").arg("GNU_LIBC_VERSION").output() else { return false };
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let version = told.trim().strip_prefix("glibc ").and_then(|version| version.split_once('.'));
    let number = |text: &str| text.split('.').next().and_then(|text| text.parse::<u32>().ok());
    version.is_some_and(|(major, minor)| (number(major), number(minor)) >= (Some(2), Some(36)))
}

fn lesson(message: &str, kind: Kind) -> Lesson {
    Lesson { features: features(&text::own_words(message)), right: vec![kind as usize] }
}

/// The files of messages of the collection, in order.
fn messages() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(COLLECTION)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))
}
