//! One entry, from its file: the front matter between `+++` lines, then the passage.

use super::cut::{Cut, cut};
use super::nearest::nearest;
use super::shapes;
use super::sheet::{Findings, Sheet};
use super::shown::unfit_passage;
use super::source::Passages;
use super::table::{Located, Table};
use super::toml::{self, Part};
use crate::faq::limits::{
    FEW_PHRASINGS, MAX_ASK, MAX_ID, MAX_NAMED_SOURCE, MAX_PASSAGE, MAX_PHRASE, MAX_QUESTION, MAX_ROLE, MAX_SOURCES,
    MAX_TOPIC, units,
};
use crate::faq::{Entry, Problem, Review, SourceRef, Standing, Wording, id_of, is_hash, is_id};
use crate::text::plain;

/// The topic of an entry that names none.
pub(crate) const NO_TOPIC: &str = "Other";

/// An entry as far as it could be read, before it is checked against the others.
pub(super) struct Draft {
    pub(super) sheet: Sheet,
    pub(super) id: String,
    pub(super) question: Option<Located<String>>,
    pub(super) also: Vec<Located<String>>,
    pub(super) related: Vec<Located<String>>,
    /// The entry if nothing is wrong with it by itself, its phrasings and relations not yet filled in.
    pub(super) entry: Option<Entry>,
    pub(super) problems: Vec<Problem>,
}

impl Draft {
    /// The entry, if it is served.
    pub(super) fn finish(self) -> Option<Entry> {
        let also = self.also.into_iter().map(|phrasing| phrasing.value).collect();
        self.entry.map(|entry| Entry { also, ..entry })
    }
}

/// Reads the entry with this id.
pub(super) fn read(sheet: Sheet, id: String, passages: &Passages) -> Draft {
    let mut findings = Findings::new(&sheet);
    check_id(&id, &mut findings);
    let mut written = Written::default();
    if let Some(cut) = cut(&sheet, &mut findings) {
        let part = Part { span: cut.front.clone(), head: Some(cut.open.clone()), shape: &shapes::ENTRY };
        let read = |table: &Table, findings: &mut Findings| Written::read(&id, table, &cut, passages, findings);
        written = toml::read_part(&part, &mut findings, read);
    }
    let Written { question, also, related, entry } = written;
    // A card never names a bare id, so without the document nothing can be served.
    let is_served = findings.errors() == 0 && !matches!(passages, Passages::Unknown);
    let problems = findings.finish();
    Draft { sheet, id, question, also, related, entry: entry.filter(|_| is_served), problems }
}

/// Reads the copy of a signed text; none if anything is wrong with it.
pub(super) fn read_signed(sheet: &Sheet, passages: &Passages) -> (Option<Wording>, Vec<Problem>) {
    let mut findings = Findings::new(sheet);
    let wording = cut(sheet, &mut findings).and_then(|cut| {
        let part = Part { span: cut.front.clone(), head: Some(cut.open.clone()), shape: &shapes::APPROVED };
        toml::read_part(&part, &mut findings, |table, findings| {
            table.require("question", findings);
            let question = table.text("question", MAX_QUESTION, findings)?.value;
            Some(Wording { question, source: sources(table, passages, findings), passage: passage(&cut, findings) })
        })
    });
    let is_sound = findings.errors() == 0;
    (wording.filter(|_| is_sound), findings.finish())
}

/// Checks the file's name.
fn check_id(id: &str, findings: &mut Findings) {
    if !is_id(id) {
        let made = id_of(id, MAX_ID);
        let better = if made.is_empty() { "steroids-bones" } else { &made };
        let valid = format!("it has small letters a to z, digits and hyphens, at most {MAX_ID}");
        findings.whole("this file's name can't be an entry's id", valid, format!("name it `{better}.md`"));
    } else if findings.sheet.path().extension().is_none_or(|extension| extension != "md") {
        let mend = format!("name it `{id}.md`");
        findings.whole("an entry's file ends in `.md`", "its name is the id and `.md` in small letters", mend);
    }
}

/// What stands in an entry's file.
#[derive(Default)]
struct Written {
    question: Option<Located<String>>,
    also: Vec<Located<String>>,
    related: Vec<Located<String>>,
    entry: Option<Entry>,
}

impl Written {
    fn read(id: &str, table: &Table, cut: &Cut, passages: &Passages, findings: &mut Findings) -> Self {
        table.require("question", findings);
        let question = table.text("question", MAX_QUESTION, findings);
        let entry = Entry {
            id: id.to_owned(),
            question: question.as_ref().map(|question| question.value.clone()).unwrap_or_default(),
            also: Vec::new(),
            topic: topic(table, findings),
            source: sources(table, passages, findings),
            related: Vec::new(),
            ask: table.text("ask", MAX_ASK, findings).map(|ask| ask.value),
            review: review(table, findings),
            edit: None,
            standing: Standing::default(),
            passage: passage(cut, findings),
        };
        let (also, related) = (phrasings(table, findings), table.texts("related", MAX_PHRASE, findings));
        Self { question, also, related, entry: Some(entry) }
    }
}

fn phrasings(table: &Table, findings: &mut Findings) -> Vec<Located<String>> {
    let before = findings.errors();
    let mut also = table.texts("also", MAX_PHRASE, findings);
    also.retain(|phrasing| {
        let has_word = !plain(&phrasing.value).is_empty();
        if !has_word {
            let what = format!("`{}` has no word", phrasing.value);
            findings.error(&phrasing.at, what, "a phrasing has letters or digits", "take it out, or put it in words");
        }
        has_word
    });
    if table.is_sound() && findings.errors() == before && also.len() < FEW_PHRASINGS {
        let what = format!("`also` holds {} phrasings", also.len());
        let valid = format!("an entry with fewer than {FEW_PHRASINGS} is seldom found");
        let mend = "add more ways in which people ask this, as they would type them";
        findings.warning(&table.at("also"), what, valid, mend);
    }
    also
}

fn topic(table: &Table, findings: &mut Findings) -> String {
    if table.lacks("topic") {
        let valid = format!("without one it is listed under \"{NO_TOPIC}\"");
        findings.warning(&table.at("topic"), "missing `topic`", valid, "add a line `topic = \"…\"`");
    }
    table.text("topic", MAX_TOPIC, findings).map_or_else(|| NO_TOPIC.to_owned(), |topic| topic.value)
}

fn sources(table: &Table, passages: &Passages, findings: &mut Findings) -> Vec<SourceRef> {
    table.require("source", findings);
    let named = table.text_or_texts("source", MAX_NAMED_SOURCE, findings);
    if let Some(third) = named.get(MAX_SOURCES) {
        let what = format!("`source` holds {}", named.len());
        let valid = format!("an entry has at most {MAX_SOURCES} sources");
        findings.error(&third.at, what, valid, "split the entry, or name the best ones");
    }
    let mut sources: Vec<SourceRef> = Vec::new();
    for name in named {
        let source = match passages {
            Passages::Free => SourceRef::Named(name.value.clone()),
            Passages::Listed { .. } | Passages::Unknown => SourceRef::Passage(name.value.clone()),
        };
        if sources.contains(&source) {
            findings.warning(
                &name.at,
                format!("`source` names `{}` twice", name.value),
                "once is enough",
                "take one out",
            );
            continue;
        }
        check_passage(&name, passages, findings);
        sources.push(source);
    }
    sources
}

fn check_passage(name: &Located<String>, passages: &Passages, findings: &mut Findings) {
    let Passages::Listed { good, bad } = passages else { return };
    let id = name.value.as_str();
    if good.contains(id) {
        return;
    }
    if bad.contains(id) {
        let valid = "a card names the document and the section";
        findings.error(&name.at, format!("the passage `{id}` is left out of source.toml"), valid, "mend source.toml");
        return;
    }
    let mend = match nearest(id, good.iter().map(String::as_str)) {
        Some(near) => format!("write `{near}` if that is meant, or add the passage to source.toml"),
        None => "add the passage to source.toml, or name another".to_owned(),
    };
    findings.error(
        &name.at,
        format!("unknown passage id `{id}`"),
        "a source is the id of a [[passage]] of source.toml",
        mend,
    );
}

fn review(table: &Table, findings: &mut Findings) -> Review {
    let before = findings.errors();
    let review = Review {
        reviewed_by: table.text("reviewed_by", MAX_ROLE, findings).map(|role| role.value),
        reviewed_on: table.day("reviewed_on", findings),
        review_by: table.day("review_by", findings),
        approved: approved(table, findings),
    };
    let keys = ["reviewed_by", "reviewed_on", "approved"];
    let (missing, there): (Vec<&str>, Vec<&str>) = keys.into_iter().partition(|key| table.lacks(key));
    if let Some(first) = there.first()
        && !missing.is_empty()
        && table.is_sound()
        && findings.errors() == before
    {
        let missing: Vec<String> = missing.into_iter().map(|key| format!("`{key}`")).collect();
        let what = format!("a review without {}", missing.join(" and "));
        let valid = "nobody can tell which text was signed, so the card says that it isn't reviewed";
        let mend = "let `pamphlet review sign` write these lines, or take them out";
        findings.warning(&table.at(first), what, valid, mend);
    }
    review
}

/// The hash of the text that was signed. What can't be one counts as none.
fn approved(table: &Table, findings: &mut Findings) -> Option<String> {
    let hash = table.text("approved", MAX_PHRASE, findings)?;
    if is_hash(&hash.value) {
        return Some(hash.value);
    }
    let valid = "it has 64 digits, 0 to 9 and a to f; without it the card says that the entry isn't reviewed";
    let mend = "let `pamphlet review sign` write the lines of the review, or take them out";
    findings.warning(&hash.at, "`approved` is not the hash of a text", valid, mend);
    None
}

fn passage(cut: &Cut, findings: &mut Findings) -> String {
    let passage = findings.sheet.slice(cut.passage.clone());
    if passage.is_empty() {
        findings.error(
            &cut.close,
            "the passage is empty",
            "the text after the second `+++` is the answer",
            "write the answer below this line",
        );
    }
    if let Some(unfit) = unfit_passage(passage) {
        let at = unfit.at.start + cut.passage.start..unfit.at.end + cut.passage.start;
        findings.error(&at, format!("the passage holds {}", unfit.what), "plain text and Markdown", unfit.mend);
    }
    let long = units(passage);
    if long > MAX_PASSAGE {
        let at = first_too_many(passage) + cut.passage.start;
        let valid = format!("at most {MAX_PASSAGE} fit into one Discord message with the rest of the card");
        let mend = format!("shorten it by {}, or split the entry", long - MAX_PASSAGE);
        findings.error(&(at..cut.passage.end), format!("the passage is too long: {long} characters"), valid, mend);
    }
    passage.to_owned()
}

/// Where the first letter stands that doesn't fit any more.
fn first_too_many(passage: &str) -> usize {
    let mut used = 0;
    let mut letters = passage.char_indices();
    let over = letters.find(|(_, letter)| {
        used += letter.len_utf16();
        used > MAX_PASSAGE
    });
    over.map_or(passage.len(), |(at, _)| at)
}
