//! Words, gaps and urgent phrases, from `words.toml`, `gaps.toml` and `urgent.toml`. A part with an error is left out,
//! the others stay.

use super::collection::HELP_KINDS;
use super::shapes;
use super::sheet::Findings;
use super::table::{Located, Table};
use crate::faq::limits::{MAX_PHRASE, MAX_TOPIC};
use crate::faq::{Gap, UrgentPhrase, WordGroup, WordKind};
use crate::text::plain;
use std::collections::{HashMap, HashSet};

/// Reads `gaps.toml`.
pub(super) fn read_gaps(top: &Table, findings: &mut Findings) -> Vec<Gap> {
    let gaps = top.tables("gap", &shapes::GAP, findings);
    let read = gaps.iter().filter_map(|table| {
        sound(table, &["topic"], findings, |table, findings| {
            let topic = table.text("topic", MAX_TOPIC, findings);
            let words = values(table.texts("words", MAX_PHRASE, findings));
            let also = values(table.texts("also", MAX_PHRASE, findings));
            if words.is_empty() && also.is_empty() {
                let valid = "it is found by the `words` that name it or by questions about it in `also`";
                let mend = "add a line `words = [\"…\"]` or `also = [\"…\"]`";
                findings.error(&table.at("topic"), "this gap can't be found", valid, mend);
            }
            Some(Gap { topic: topic?.value, words, also })
        })
    });
    read.collect()
}

/// Reads `urgent.toml`.
pub(super) fn read_urgent(top: &Table, findings: &mut Findings) -> Vec<UrgentPhrase> {
    let phrases = top.tables("phrase", &shapes::PHRASE, findings);
    let read = phrases.iter().filter_map(|table| {
        sound(table, &["kind", "phrase"], findings, |table, findings| {
            let kind = table.choice("kind", &HELP_KINDS, findings);
            let written = table.text("phrase", MAX_PHRASE, findings)?;
            let phrase = plain(&written.value);
            if phrase.is_empty() {
                let what = "there is no word in this phrase".to_owned();
                findings.error(
                    &written.at,
                    what,
                    "it is words as people write them",
                    "write the words, such as `cant swallow`",
                );
            }
            Some(UrgentPhrase { kind: kind?, phrase })
        })
    });
    read.collect()
}

/// Reads one part; none if it has an error or lacks one of these keys.
fn sound<T>(
    table: &Table,
    keys: &[&str],
    findings: &mut Findings,
    read: impl FnOnce(&Table, &mut Findings) -> Option<T>,
) -> Option<T> {
    let before = findings.errors();
    for key in keys {
        table.require(key, findings);
    }
    read(table, findings).filter(|_| findings.errors() == before)
}

fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// A group as it stands in the file.
struct Listed {
    name: Located<String>,
    kind: WordKind,
    words: Vec<Located<String>>,
    misspelt: Vec<Located<String>>,
    of: Option<Located<String>>,
}

impl Listed {
    fn read(table: &Table, findings: &mut Findings) -> Option<Self> {
        sound(table, &["name", "kind"], findings, |table, findings| {
            let name = table.text("name", MAX_PHRASE, findings);
            let kind = table.choice("kind", &[("medicine", WordKind::Medicine), ("term", WordKind::Term)], findings);
            let words = table.texts("words", MAX_PHRASE, findings);
            let misspelt = table.texts("misspelt", MAX_PHRASE, findings);
            let of = table.text("of", MAX_PHRASE, findings);
            Some(Self { name: name?, kind: kind?, words, misspelt, of })
        })
    }

    fn all(&self) -> impl Iterator<Item = &Located<String>> {
        std::iter::once(&self.name).chain(&self.words).chain(&self.misspelt)
    }
}

/// Reads `words.toml`. A word of two groups serves neither; a group keeps its name.
pub(super) fn read_words(top: &Table, findings: &mut Findings) -> Vec<WordGroup> {
    let tables = top.tables("group", &shapes::GROUP, findings);
    let groups: Vec<Listed> = tables.iter().filter_map(|table| Listed::read(table, findings)).collect();
    let shared = shared_words(&groups, findings);
    let names: HashSet<String> = groups.iter().map(|group| plain(&group.name.value)).collect();
    let own = |words: Vec<Located<String>>| -> Vec<String> {
        values(words).into_iter().filter(|word| !shared.contains(&plain(word))).collect()
    };
    let groups = groups.into_iter().map(|group| WordGroup {
        name: group.name.value,
        kind: group.kind,
        words: own(group.words),
        misspelt: own(group.misspelt),
        of: group.of.and_then(|of| belongs(of, &names, findings)),
    });
    groups.collect()
}

/// The group that another belongs to, if there is one of that name.
fn belongs(of: Located<String>, names: &HashSet<String>, findings: &mut Findings) -> Option<String> {
    if names.contains(&plain(&of.value)) {
        return Some(of.value);
    }
    let what = format!("there is no group `{}`", of.value);
    let mend = "write the name of a group of this file, or take the line out";
    findings.error(&of.at, what, "`of` is the name of another group, such as a medicine's class", mend);
    None
}

/// The normal forms of all words that stand in more than one group.
fn shared_words(groups: &[Listed], findings: &mut Findings) -> HashSet<String> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut shared = HashSet::new();
    for (number, group) in groups.iter().enumerate() {
        for word in group.all() {
            let form = plain(&word.value);
            let owner = *first.entry(form.clone()).or_insert(number);
            let Some(other) = groups.get(owner).filter(|_| owner != number) else { continue };
            let what = format!(
                "`{}` is in two groups: `{}` (line {}) and `{}`",
                word.value,
                other.name.value,
                findings.sheet.place(&other.name.at).line,
                group.name.value
            );
            findings.error(
                &word.at,
                what,
                "a word means one thing; this one now serves neither",
                "take it out of one of them",
            );
            shared.insert(form);
        }
    }
    shared
}
