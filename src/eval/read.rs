//! From files of labelled messages to labels, with everything that is wrong in them told at once.

use super::Label;
use crate::answer::Surface;
use crate::faq::{self, Collection, Findings, Located, Problem, Record, Sheet};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// The most characters of an id, of a style and of a group. Tables are laid out for them.
const MAX_ID: usize = 64;
const MAX_GROUP: usize = 18;

const SURFACES: [(&str, Surface); 2] = [("asked", Surface::Asked), ("overheard", Surface::Overheard)];

/// Reads files of labels, each with its path and its bytes: UTF-8, one JSON object a line, blank lines passed over.
/// Gives the labels that are sound and every problem, by file and line.
pub fn read(files: &[(PathBuf, Vec<u8>)], collection: &Collection) -> (Vec<Label>, Vec<Problem>) {
    let mut reader = Reader { collection, known: faq::known(collection), ids: HashMap::new(), labels: Vec::new() };
    let problems = files.iter().flat_map(|(path, bytes)| reader.file(path, bytes.clone())).collect();
    (reader.labels, problems)
}

struct Reader<'c> {
    collection: &'c Collection,
    known: BTreeSet<&'c str>,
    /// Where each id stands first.
    ids: HashMap<String, String>,
    labels: Vec<Label>,
}

impl Reader<'_> {
    fn file(&mut self, path: &Path, bytes: Vec<u8>) -> Vec<Problem> {
        let (sheet, mut problems) = match faq::read_text(path, bytes) {
            Ok(read) => read,
            Err(problem) => return vec![*problem],
        };
        let mut findings = Findings::new(&sheet);
        let (mut start, mut lines) = (0, 0);
        for line in sheet.text().split('\n') {
            if !line.trim().is_empty() {
                lines += 1;
                let label = self.label(line, start, &sheet, &mut findings);
                self.labels.extend(label);
            }
            start += line.len() + 1;
        }
        if lines == 0 {
            let valid = "a file of labels has one JSON object a line";
            findings.whole("there is no labelled message in this file", valid, "write some, or leave the file out");
        }
        problems.extend(findings.finish());
        problems
    }

    fn label(&mut self, line: &str, start: usize, sheet: &Sheet, findings: &mut Findings) -> Option<Label> {
        let before = findings.errors();
        let record = Record::read(line, start, findings)?;
        let id = match record.has("id") {
            true => record.name("id", MAX_ID, findings),
            false => record.text("id", findings),
        };
        let text = record.text("q", findings);
        let kind = record.kind(findings);
        let gold = record.texts("gold", findings);
        let style = record.name("style", MAX_GROUP, findings);
        let group = record.name("group", MAX_GROUP, findings);
        let context = record.texts("context", findings);
        let surface = record.choice("surface", &SURFACES, findings);
        if let Some(id) = &id {
            self.tell_used_twice(id, sheet, findings);
        }
        faq::tell_unknown(&gold, &self.known, self.collection, findings);
        if let Some(kind) = kind.filter(|_| findings.errors() == before) {
            faq::tell_unfit(kind, &gold, &record, findings);
        }
        if findings.errors() > before {
            return None;
        }
        let value = |located: Option<Located<String>>| located.map(|located| located.value);
        let (style, group) = (value(style), value(group));
        let (gold, context) = (gold.value, context.value);
        Some(Label { id: id?.value, text: text?.value, kind: kind?, gold, style, group, context, surface })
    }

    fn tell_used_twice(&mut self, id: &Located<String>, sheet: &Sheet, findings: &mut Findings) {
        let place = sheet.place(&id.at);
        let here = format!("{}:{}", place.file.display(), place.line);
        match self.ids.get(&id.value) {
            Some(first) => {
                let what = format!("the id `{}` is used already, in {first}", id.value);
                findings.error(&id.at, what, "every message has an id of its own, in all files", "give it another");
            }
            None => {
                self.ids.insert(id.value.clone(), here);
            }
        }
    }
}
