//! Messages as people type them, each with what answers it: what a collection learns from beside its entries' phrasings.
//!
//! They stand in the `.jsonl` files of the folder, one JSON object a line, in the form that `pamphlet eval` scores.

use super::entries::id_of;
use super::folder::Folder;
use super::nearest::near;
use super::record::{Located, Record};
use super::sheet::Findings;
use crate::faq::{Collection, Message, MessageKind, Problem, SourceDocument, SourceRef};
use std::collections::BTreeSet;

/// Reads the messages of a folder. Gives those that are sound; tells of the others.
pub(super) fn read(folder: &Folder, collection: &Collection, problems: &mut Vec<Problem>) -> Vec<Message> {
    // An entry that is left out until it is mended is named rightly all the same.
    let files: Vec<String> = folder.entries().map(|name| id_of(name)).collect();
    let mut known = known(collection);
    known.extend(files.iter().map(String::as_str));
    let mut messages = Vec::new();
    for name in folder.messages() {
        let reading = folder.read(name);
        problems.extend(reading.problems);
        let Some(sheet) = reading.sheet else { continue };
        let mut findings = Findings::new(&sheet);
        let mut start = 0;
        for line in sheet.text().split('\n') {
            if !line.trim().is_empty() {
                messages.extend(message(line, start, &known, collection, &mut findings));
            }
            start += line.len() + 1;
        }
        problems.extend(findings.finish());
    }
    messages
}

fn message(
    line: &str,
    start: usize,
    known: &BTreeSet<&str>,
    collection: &Collection,
    findings: &mut Findings,
) -> Option<Message> {
    let before = findings.errors();
    let record = Record::read(line, start, findings)?;
    let text = record.text("q", findings);
    let gold = record.texts("gold", findings);
    let context = record.texts("context", findings).value;
    let kind = record.kind(findings);
    tell_unknown(&gold, known, collection, findings);
    if let Some(kind) = kind.filter(|_| findings.errors() == before) {
        tell_unfit(kind, &gold, &record, findings);
    }
    // What shows danger never comes to a search, so it teaches nothing about one.
    if findings.errors() > before || kind == Some(MessageKind::Urgent) {
        return None;
    }
    Some(Message { text: text?.value, context, gold: gold.value })
}

/// Every id that `gold` may name: entries, what they are derived from, and the passages of the document.
pub(crate) fn known(collection: &Collection) -> BTreeSet<&str> {
    let entries = collection.entries.iter().map(|entry| entry.id.as_str());
    let sources = collection.entries.iter().flat_map(|entry| &entry.source);
    let named = sources.map(|(SourceRef::Passage(name) | SourceRef::Named(name))| name.as_str());
    let document = collection.source.iter().flat_map(|SourceDocument { passages, .. }| passages);
    entries.chain(named).chain(document.map(|part| part.id.as_str())).collect()
}

/// Tells of ids in `gold` that name nothing.
pub(crate) fn tell_unknown(
    gold: &Located<Vec<String>>,
    known: &BTreeSet<&str>,
    collection: &Collection,
    findings: &mut Findings,
) {
    for id in gold.value.iter().filter(|id| !known.contains(id.as_str())) {
        let near = near(id, known.iter().copied());
        let mend = match near.as_slice() {
            [] => "write the id of a passage of source.toml, or of an entry".to_owned(),
            near => {
                format!("write {} instead", near.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" or "))
            }
        };
        let what = format!("`{id}` is neither a passage nor an entry of {}", collection.id);
        findings.error(&gold.at, what, "`gold` names what answers: source passages or entries", mend);
    }
}

/// Tells where `gold` and `kind` contradict each other.
pub(crate) fn tell_unfit(kind: MessageKind, gold: &Located<Vec<String>>, record: &Record, findings: &mut Findings) {
    let (what, valid) = match kind {
        MessageKind::Answer if gold.value.is_empty() => (
            "`gold` is missing or empty, and the kind is `answer`",
            "a message of this kind has a passage that answers it",
        ),
        MessageKind::None | MessageKind::Urgent if !gold.value.is_empty() => {
            ("`gold` names a passage, and no passage is right for this kind", "`gold` is for `answer` and `personal`")
        }
        _ => return,
    };
    let at = if gold.value.is_empty() { record.line() } else { &gold.at };
    findings.error(at, what, valid, "mend `gold`, or give the message another kind");
}
