//! What holds for a whole collection, from `collection.toml`.

use super::shapes;
use super::sheet::Findings;
use super::table::Table;
use crate::faq::limits::{MAX_ASK, MAX_FACT, MAX_PHRASE, MAX_REMINDER, MAX_TITLE};
use crate::faq::{HelpKind, HelpLine, ReviewRules, Serve};

/// The words for the kinds of help.
pub(super) const HELP_KINDS: [(&str, HelpKind); 2] = [("medical", HelpKind::Medical), ("crisis", HelpKind::Crisis)];

/// The fewest digits of a number that one can call: France's ambulances come at 15.
const SHORTEST_NUMBER: usize = 2;

/// The most days of grace: ten years. Whoever wants more leaves `review_by` out.
const MOST_GRACE: u16 = 3_650;

/// The values of `collection.toml`.
pub(super) struct Top {
    pub(super) title: String,
    pub(super) language: String,
    pub(super) reminder: String,
    pub(super) ask: String,
    pub(super) review: ReviewRules,
    pub(super) help_lines: Vec<HelpLine>,
}

/// Reads `collection.toml`; none if anything in it is an error.
pub(super) fn read(table: &Table, findings: &mut Findings) -> Option<Top> {
    for key in ["title", "reminder", "ask"] {
        table.require(key, findings);
    }
    let title = table.text("title", MAX_TITLE, findings);
    let language = language(table, findings);
    let reminder = table.text("reminder", MAX_REMINDER, findings);
    let ask = table.text("ask", MAX_ASK, findings);
    let review = review_rules(table, findings);
    let help = table.tables("help", &shapes::HELP, findings);
    let help_lines = help.iter().filter_map(|table| help_line(table, findings)).collect();
    let is_sound = findings.errors() == 0;
    title.zip(reminder).zip(ask).filter(|_| is_sound).map(|((title, reminder), ask)| Top {
        title: title.value,
        language,
        reminder: reminder.value,
        ask: ask.value,
        review,
        help_lines,
    })
}

fn review_rules(table: &Table, findings: &mut Findings) -> ReviewRules {
    let usual = ReviewRules::default();
    let Some(table) = table.table("review", &shapes::REVIEW, findings) else { return usual };
    ReviewRules {
        serve: table.choice("serve", &Serve::NAMES, findings).unwrap_or(usual.serve),
        grace_days: table.number("grace_days", 0..=MOST_GRACE, findings).unwrap_or(usual.grace_days),
    }
}

fn language(table: &Table, findings: &mut Findings) -> String {
    let Some(tag) = table.text("language", MAX_PHRASE, findings) else { return "en".to_owned() };
    let is_fit =
        |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|letter| letter.is_ascii_alphanumeric());
    if !tag.value.split('-').all(is_fit) {
        let what = format!("`{}` is not a language", tag.value);
        findings.error(&tag.at, what, "it is a tag such as `en`, `de` or `pt-BR`", "write `language = \"en\"`");
    }
    tag.value
}

fn help_line(table: &Table, findings: &mut Findings) -> Option<HelpLine> {
    for key in ["region", "kind", "number", "source", "checked_on"] {
        table.require(key, findings);
    }
    let region = table.text("region", MAX_PHRASE, findings);
    if let Some(region) = &region
        && !(region.value.len() == 2 && region.value.chars().all(|letter| letter.is_ascii_uppercase()))
    {
        let what = format!("`{}` is not a region", region.value);
        findings.error(
            &region.at,
            what,
            "it is two capital letters, such as `GB`, `US` or `DE`",
            "write `region = \"GB\"`",
        );
    }
    let kind = table.choice("kind", &HELP_KINDS, findings);
    let name = table.text("name", MAX_TITLE, findings);
    let number = table.text("number", MAX_PHRASE, findings);
    if let Some(number) = &number
        && number.value.chars().filter(char::is_ascii_digit).count() < SHORTEST_NUMBER
    {
        let what = format!("`{}` is not a number that one can dial", number.value);
        findings.error(&number.at, what, "words may stand beside it: `988 (call or text)`", "write `number = \"112\"`");
    }
    let source = table.link("source", MAX_FACT, findings);
    let checked_on = table.day("checked_on", findings);
    Some(HelpLine {
        region: region?.value,
        kind: kind?,
        name: name.map(|name| name.value),
        number: number?.value,
        source: source?.value,
        checked_on: checked_on?,
    })
}
