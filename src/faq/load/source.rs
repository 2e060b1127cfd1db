//! The document behind a collection, from `source.toml`.

use super::shapes;
use super::sheet::{Findings, Sheet, Span};
use super::table::Table;
use super::toml;
use crate::faq::limits::{MAX_DOCUMENT_TITLE, MAX_FACT, MAX_PHRASE, MAX_SECTION};
use crate::faq::{Entry, Problem, Severity, SourceDocument, SourcePassage};
use std::collections::{BTreeSet, HashMap};

/// What `source.toml` gives.
pub(super) struct Source {
    /// The document; none if there is no file or it has no title.
    pub(super) document: Option<SourceDocument>,
    pub(super) passages: Passages,
    /// The file, and where in it each passage's id stands.
    ids: Option<(Sheet, HashMap<String, Span>)>,
}

/// What an entry's `source` may name.
pub(super) enum Passages {
    /// A title or a link: the collection has no `source.toml`.
    Free,
    /// The id of a passage that a card can name. Others are left out because of a problem of their own.
    Listed { good: BTreeSet<String>, bad: BTreeSet<String> },
    /// Nothing: `source.toml` can't be read, which is told once.
    Unknown,
}

impl Source {
    /// There is no `source.toml`.
    pub(super) fn none() -> Self {
        Self { document: None, passages: Passages::Free, ids: None }
    }

    /// There is one that can't be read.
    pub(super) fn unreadable() -> Self {
        Self { document: None, passages: Passages::Unknown, ids: None }
    }

    /// A warning for each passage that none of these entries covers.
    pub(super) fn uncovered(&self, entries: &[Entry]) -> Vec<Problem> {
        let (Some((sheet, spans)), Some(document)) = (&self.ids, &self.document) else { return Vec::new() };
        let told = document.uncovered(entries).into_iter().filter_map(|passage| {
            let what = format!("no entry covers the passage `{}`", passage.id);
            let (valid, mend) =
                ("each passage answers somebody's question", "write an entry with this id as its `source`");
            Some(sheet.problem(Severity::Warning, spans.get(&passage.id)?, what, valid, mend))
        });
        told.collect()
    }
}

/// Reads `source.toml`. Without a title no entry can name its source.
pub(super) fn read(sheet: Sheet) -> (Source, Vec<Problem>) {
    let mut spans = HashMap::new();
    let ((document, passages), problems) =
        toml::read_file(&sheet, &shapes::SOURCE, |table, findings| read_document(table, &mut spans, findings));
    (Source { document, passages, ids: Some((sheet, spans)) }, problems)
}

fn read_document(
    table: &Table,
    spans: &mut HashMap<String, Span>,
    findings: &mut Findings,
) -> (Option<SourceDocument>, Passages) {
    table.require("title", findings);
    table.require("passage", findings);
    let title = table.text("title", MAX_DOCUMENT_TITLE, findings);
    let link = table.link("link", MAX_FACT, findings).map(|link| link.value);
    let (mut passages, mut bad) = (Vec::new(), BTreeSet::new());
    for table in table.tables("passage", &shapes::PASSAGE, findings) {
        match read_passage(&table, spans, findings) {
            Ok(passage) => passages.push(passage),
            Err(id) => bad.extend(id),
        }
    }
    let Some(title) = title else { return (None, Passages::Unknown) };
    let good = passages.iter().map(|passage| passage.id.clone()).collect();
    (Some(SourceDocument { title: title.value, link, passages }), Passages::Listed { good, bad })
}

/// One passage, or the id of one that is left out. Of two with the same id the first is served.
fn read_passage(
    table: &Table,
    spans: &mut HashMap<String, Span>,
    findings: &mut Findings,
) -> Result<SourcePassage, Option<String>> {
    let before = findings.errors();
    table.require("id", findings);
    table.require("section", findings);
    let id = table.text("id", MAX_PHRASE, findings);
    let section = table.text("section", MAX_SECTION, findings);
    let facts = table.texts("facts", MAX_FACT, findings).into_iter().map(|fact| fact.value).collect();
    if let Some(id) = &id {
        if let Some(first) = spans.get(&id.value) {
            let what =
                format!("duplicate passage id `{}`: line {} has it too", id.value, findings.sheet.place(first).line);
            findings.error(&id.at, what, "an id names one passage", "give this passage an id of its own");
            return Err(None);
        }
        spans.insert(id.value.clone(), id.at.clone());
    }
    match (id, section) {
        (Some(id), Some(section)) if findings.errors() == before => {
            Ok(SourcePassage { id: id.value, section: section.value, facts })
        }
        (id, _) => Err(id.map(|id| id.value)),
    }
}
