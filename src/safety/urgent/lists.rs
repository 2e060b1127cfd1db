//! The lists of signs, which stand in files beside this one, so that people who don't code can review them.

use super::row::{self, Choices, Groups, Row};
use super::rows::Rows;
use super::spelling::Vocabulary;
use crate::faq::HelpKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    groups: BTreeMap<String, String>,
}

/// A file of hazards.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HazardsFile {
    hazard: Vec<HazardText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HazardText {
    name: String,
    #[serde(default)]
    sure: String,
    #[serde(default)]
    likely: String,
    #[serde(default)]
    backing: String,
    #[serde(default)]
    hint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FiguresFile {
    figures: String,
    trifles: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextFile {
    negations: String,
    past: String,
    turns: String,
    general: String,
    opens: String,
    supposed: String,
    fiction: String,
    over: String,
    someone: String,
    acute: String,
}

/// What threatens somebody.
#[derive(Debug)]
pub(super) struct Hazard {
    pub(super) kind: HelpKind,
    /// Plain words for it: "trouble breathing".
    pub(super) name: String,
}

/// What a sign says.
#[derive(Debug)]
pub(super) struct Sign {
    /// The hazard's number.
    pub(super) hazard: usize,
    pub(super) weight: Weight,
}

/// How much a sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It alone is enough.
    Sure,
    /// It needs another sign, or words that say that it is happening now.
    Likely,
    /// It is no sign, but makes a likely one of its hazard sure.
    Backing,
    /// It makes a likely sign of any other hazard of its kind sure, and so do three hints of three hazards together.
    Hint,
}

/// What words around a sign do to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Context {
    /// A figure of speech or another meaning: signs in these words are none.
    Figure,
    /// A small matter, beside which a word of despair is a figure of speech.
    Trifle,
    /// "no", "without": what follows is not the case.
    Negation,
    /// "last year", "used to": it is a memory.
    Past,
    /// "but", "now": what was said before no longer holds for what follows.
    Turn,
    /// "cause", "side effect": it is about a thing in general.
    General,
    /// "does", "is": the beginning of a question.
    Opens,
    /// "if i ever", "in case": it isn't happening.
    Supposed,
    /// A story or the news.
    Fiction,
    /// It has passed, or has been looked after.
    Over,
    /// A person whom it happens to.
    Someone,
    /// It is happening now.
    Acute,
}

/// Everything that is looked for.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) vocabulary: Vocabulary,
    pub(super) hazards: Vec<Hazard>,
    pub(super) signs: Rows<Sign>,
    pub(super) context: Rows<Context>,
}

#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them")]
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| read().expect("the lists are well formed"));

/// Reads the files.
fn read() -> Result<Lists, String> {
    let file: WordsFile = parse(include_str!("words.toml"))?;
    let mut vocabulary = Vocabulary::new(include_str!("everyday.txt"), include_str!("repaired.txt"));
    let group = |name: &String| {
        let choices = Choices::new(members(name, &file.groups)?, &mut vocabulary)?;
        Ok((name.clone(), Arc::new(choices)))
    };
    let groups: Groups = file.groups.keys().map(group).collect::<Result<_, String>>()?;
    let (mut hazards, mut signs) = (Vec::new(), Vec::new());
    for (kind, text) in [
        (HelpKind::Crisis, include_str!("crisis.toml")),
        (HelpKind::Crisis, include_str!("crisis_words.toml")),
        (HelpKind::Crisis, include_str!("crisis_wide.toml")),
        (HelpKind::Crisis, include_str!("crisis_plans.toml")),
        (HelpKind::Medical, include_str!("medical.toml")),
        (HelpKind::Medical, include_str!("medicines.toml")),
        (HelpKind::Medical, include_str!("medical_wide.toml")),
        (HelpKind::Crisis, include_str!("crisis_languages.toml")),
        (HelpKind::Medical, include_str!("medical_languages.toml")),
    ] {
        let file: HazardsFile = parse(text)?;
        for hazard in file.hazard {
            // Two files may speak of one hazard: its signs don't add to each other.
            let number = hazards.iter().position(|known: &Hazard| known.kind == kind && known.name == hazard.name);
            let number = number.unwrap_or_else(|| {
                hazards.push(Hazard { kind, name: hazard.name });
                hazards.len() - 1
            });
            for (weight, rows) in [
                (Weight::Sure, hazard.sure),
                (Weight::Likely, hazard.likely),
                (Weight::Backing, hazard.backing),
                (Weight::Hint, hazard.hint),
            ] {
                for row in lines(&rows) {
                    let sign = Sign { hazard: number, weight };
                    signs.push((Row::new(row, &groups, &mut vocabulary)?, sign));
                }
            }
        }
    }
    let figures: FiguresFile = parse(include_str!("figures.toml"))?;
    let context = parse::<ContextFile>(include_str!("context.toml"))?.rows(figures, &groups, &mut vocabulary)?;
    let (signs, context) = (Rows::new(signs, &vocabulary), Rows::new(context, &vocabulary));
    Ok(Lists { vocabulary, hazards, signs, context })
}

/// The words of a group, those of the groups that it names among them.
///
/// # Errors
/// Says which name in it is not that of a group of plain words.
fn members<'a>(name: &str, groups: &'a BTreeMap<String, String>) -> Result<Vec<&'a str>, String> {
    let words = |name: &str| groups.get(name).map(|words| words.split_whitespace());
    let plain = |name: &str| words(name).filter(|words| words.clone().all(|word| row::group(word).is_none()));
    let mut members = Vec::new();
    for word in words(name).into_iter().flatten() {
        match row::group(word) {
            None => members.push(word),
            Some(other) => {
                let no_group = || format!("the group {{{name}}} names {word}, which is no group of plain words");
                members.extend(plain(other).ok_or_else(no_group)?);
            }
        }
    }
    Ok(members)
}

/// One row a line; a line that begins with `#` is a remark.
fn lines(rows: &str) -> impl Iterator<Item = &str> {
    rows.lines().map(str::trim).filter(|row| !row.is_empty() && !row.starts_with('#'))
}

fn parse<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

impl ContextFile {
    fn rows(
        self,
        figures: FiguresFile,
        groups: &Groups,
        vocabulary: &mut Vocabulary,
    ) -> Result<Vec<(Row, Context)>, String> {
        let lists = [
            (Context::Figure, figures.figures),
            (Context::Trifle, figures.trifles),
            (Context::Negation, self.negations),
            (Context::Past, self.past),
            (Context::Turn, self.turns),
            (Context::General, self.general),
            (Context::Opens, self.opens),
            (Context::Supposed, self.supposed),
            (Context::Fiction, self.fiction),
            (Context::Over, self.over),
            (Context::Someone, self.someone),
            (Context::Acute, self.acute),
        ];
        let rows = lists.iter().flat_map(|(context, rows)| lines(rows).map(|row| (row, *context)));
        rows.map(|(row, context)| Ok((Row::new(row, groups, vocabulary)?, context))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_well_formed() {
        assert_eq!(read().err(), None);
    }

    #[test]
    fn a_group_names_groups_of_plain_words_alone() {
        let groups = [("limb", "arm leg"), ("body", "{limb} chest"), ("all", "{body}"), ("typo", "arm {lim}")];
        let groups = groups.map(|(name, words)| (name.to_owned(), words.to_owned())).into();
        assert_eq!(members("body", &groups), Ok(vec!["arm", "leg", "chest"]));
        let refused = |name, word| Err(format!("the group {{{name}}} names {word}, which is no group of plain words"));
        assert_eq!(members("all", &groups), refused("all", "{body}"));
        assert_eq!(members("typo", &groups), refused("typo", "{lim}"));
    }
}
