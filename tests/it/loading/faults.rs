//! Each fault of a text, and how it is told.

use super::{ENTRY, OTHER, TOP, check, entry_with, ids};

/// Checks one entry: its problems, and that a good one beside it is served whatever they are.
fn check_entry(text: &str, expected: &[&str]) {
    let collection = check(&[("e.md", text), ("good.md", OTHER)], expected).unwrap();
    let is_served = !expected.iter().any(|line| line.starts_with("error"));
    let served: &[&str] = if is_served { &["e", "good"] } else { &["good"] };
    assert_eq!(ids(&collection), served);
}

#[test]
fn a_good_entry_has_no_problem() {
    check_entry(ENTRY, &[]);
}

#[test]
fn keys_of_an_entry() {
    check_entry(&entry_with("topc = \"Drinks\""), &["error e.md:6:1 unknown key `topc`"]);
    check_entry(&entry_with("\"a\\u001bb\" = 1"), &["error e.md:6:1 unknown key `a\u{1b}b`"]);
    check_entry(&ENTRY.replace("question = \"Does tea help?\"", ""), &["error e.md:1:1 missing `question`"]);
    check_entry(&ENTRY.replace("Does tea help?", ""), &["error e.md:2:12 missing `question`"]);
    check_entry(&ENTRY.replace("source = \"A book on colds\"", ""), &["error e.md:1:1 missing `source`"]);
    check_entry(&ENTRY.replace("\"A book on colds\"", "[]"), &["error e.md:5:10 missing `source`"]);
    check_entry(&ENTRY.replace("topic = \"Drinks\"", ""), &["warning e.md:1:1 missing `topic`"]);
    check_entry(&entry_with("ask = \"\"\nreviewed_by = \"\"\nreviewed_on = \"\"\nrelated = \"\""), &[]);
}

#[test]
fn types_of_values() {
    check_entry(&ENTRY.replace("\"Does tea help?\"", "5"), &["error e.md:2:12 `question` holds a number"]);
    check_entry(&ENTRY.replace("\"Drinks\"", "[\"a\"]"), &["error e.md:4:9 `topic` holds a list"]);
    check_entry(&entry_with("related = \"good\""), &["error e.md:6:11 `related` holds text"]);
    check_entry(
        &entry_with("related = [1, \"good\", true]"),
        &["error e.md:6:12 `related` holds a number", "error e.md:6:23 `related` holds true or false"],
    );
    check_entry(&entry_with("reviewed_on = \"2026-01-02\""), &["error e.md:6:15 `reviewed_on` holds text"]);
    check_entry(&entry_with("reviewed_on = 2026-01-02T10:00:00Z"), &["error e.md:6:15 `reviewed_on` holds a date"]);
    check_entry(
        &entry_with("review_by = 2026-02-30"),
        &["error e.md:6:13 this is not TOML: invalid date, expected day between 01 and 28"],
    );
}

#[test]
fn lengths() {
    let question = |length: usize| ENTRY.replace("Does tea help?", &"ä".repeat(length));
    check_entry(&question(80), &[]);
    check_entry(&question(81), &["error e.md:2:12 `question` is too long: 81 characters"]);
    let passage = |text: &str| ENTRY.replace("Tea is warm. It does no harm.", text);
    check_entry(&passage(&"x".repeat(1_000)), &[]);
    check_entry(&passage(&"x".repeat(1_001)), &["error e.md:9:1001 the passage is too long: 1001 characters"]);
    let emoji = "one\n".to_owned() + &"\u{1f343}".repeat(499);
    check_entry(&passage(&emoji), &["error e.md:10:499 the passage is too long: 1002 characters"]);
    check_entry(
        &entry_with(&format!("ask = \"{}\"", "x".repeat(101))),
        &["error e.md:6:7 `ask` is too long: 101 characters"],
    );
}

#[test]
fn the_passage_is_there() {
    let expected = ["error e.md:7:1 the passage is empty"];
    check_entry(&ENTRY.replace("Tea is warm. It does no harm.", " "), &expected);
    check_entry(ENTRY.trim_end().trim_end_matches("Tea is warm. It does no harm.").trim_end(), &expected);
}

#[test]
fn fences_of_the_front_matter() {
    check_entry("", &["error e.md:1:1 the front matter doesn't begin here"]);
    check_entry("Just text.\n", &["error e.md:1:1 the front matter doesn't begin here"]);
    check_entry(&ENTRY.replace("+++", "---"), &["error e.md:1:1 the front matter doesn't begin here"]);
    check_entry(&ENTRY.replace("\n\n+++", "\n\n"), &["error e.md:1:1 the front matter never ends"]);
    check_entry(&ENTRY.replace("+++\n", "+++  \n"), &[]);
}

#[test]
fn one_slip_of_syntax_is_one_problem() {
    check_entry(
        &ENTRY.replace("tea help?\"", "tea help?"),
        &["error e.md:2:27 this is not TOML: invalid text in quotes, expected `\"`"],
    );
    check_entry(
        &ENTRY.replace("drink tea\"]", "drink tea\""),
        &["error e.md:3:64 this is not TOML: unclosed array, expected `]`"],
    );
    check_entry(
        &ENTRY.replace("\"Drinks\"", "Drinks"),
        &["error e.md:4:9 this is not TOML: string values must be quoted, expected literal string"],
    );
    check_entry(&entry_with("topic = \"Twice\""), &["error e.md:6:1 this is not TOML: duplicate key"]);
}

#[test]
fn several_problems_are_told_together() {
    let text = ENTRY.replace("Does tea help?\"", "Does tea help?").replace("\"Drinks\"", "7").replace("warm", "@here");
    check_entry(
        &(text.replace("source", "sorce") + "\u{202e}"),
        &[
            "error e.md:2:27 this is not TOML: invalid text in quotes, expected `\"`",
            "error e.md:4:9 `topic` holds a number",
            "error e.md:5:1 unknown key `sorce`",
            "error e.md:10:1 the passage holds a character that turns the direction of writing (U+202E)",
        ],
    );
}

#[test]
fn what_people_are_shown_is_plain() {
    let passage = |text: &str| ENTRY.replace("Tea is", text);
    check_entry(&passage("a\u{7}b"), &["error e.md:9:2 the passage holds a character that can't be seen (U+0007)"]);
    check_entry(
        &passage("hi @everyone"),
        &["error e.md:9:4 the passage holds `@everyone`, which Discord reads as a mention"],
    );
    check_entry(&passage("see ``` below"), &["error e.md:9:5 the passage holds ````` that isn't closed"]);
    check_entry(&passage("hi <@123>"), &["error e.md:9:4 the passage holds `<@`, which Discord reads as a mention"]);
    check_entry(&passage("a\tb\n\n- *c*\n"), &[]);
    check_entry(&ENTRY.replace("tea help", "tea\\nhelp"), &["error e.md:2:12 `question` holds a line break (U+000A)"]);
    check_entry(
        &ENTRY.replace("is tea good", "is \u{2066}tea"),
        &["error e.md:3:9 `also` holds a character that turns the direction of writing (U+2066)"],
    );
}

#[test]
fn phrasings_of_one_entry() {
    check_entry(&ENTRY.replace(", \"should one drink tea\"", ""), &["warning e.md:3:8 `also` holds 2 phrasings"]);
    check_entry(
        &ENTRY.replace("should one drink tea", "Is tea good?"),
        &["warning e.md:3:42 the phrasing `Is tea good?` stands here twice"],
    );
    check_entry(
        &ENTRY.replace("should one drink tea", "does tea help"),
        &["warning e.md:3:42 the phrasing `does tea help` stands here twice"],
    );
    check_entry(&ENTRY.replace("is tea good", " "), &["error e.md:3:9 an empty text in `also`"]);
    check_entry(&ENTRY.replace("is tea good", "???"), &["error e.md:3:9 `???` has no word"]);
}

#[test]
fn ids_are_plain() {
    for (name, id) in [("Tea.md", "Tea.md"), ("tea time.md", "tea time.md"), ("té.md", "té.md"), ("x_y.md", "x_y.md")]
    {
        let what = format!("error {id} this file's name can't be an entry's id");
        assert_eq!(ids(&check(&[(name, ENTRY), ("good.md", OTHER)], &[&what]).unwrap()), ["good"]);
    }
    let long = "x".repeat(65) + ".md";
    check(&[(&long, ENTRY)], &[&format!("error {long} this file's name can't be an entry's id")]);
    check(&[("tea.MD", ENTRY)], &["error tea.MD an entry's file ends in `.md`"]);
}

#[test]
fn collection_toml() {
    let check_top = |text: &str, expected: &[&str]| {
        assert!(check(&[("collection.toml", text), ("e.md", ENTRY)], expected).is_none());
    };
    check_top(
        "",
        &[
            "error collection.toml missing `ask`",
            "error collection.toml missing `reminder`",
            "error collection.toml missing `title`",
        ],
    );
    check_top(&(TOP.to_owned() + "langage = \"en\""), &["error collection.toml:4:1 unknown key `langage`"]);
    check_top(
        &(TOP.to_owned() + "language = \"English, please\""),
        &["error collection.toml:4:12 `English, please` is not a language"],
    );
    check_top(
        &TOP.replace("General", &"x".repeat(200)),
        &["error collection.toml:2:12 `reminder` is too long: 218 characters"],
    );
    let help = "[[help]]\nregion = \"uk\"\nkind = \"crises\"\nsource = \"example.org\"\nchecked_on = \"today\"\n";
    check_top(
        &(TOP.to_owned() + help),
        &[
            "error collection.toml:4:1 missing `number`",
            "error collection.toml:5:10 `uk` is not a region",
            "error collection.toml:6:8 unknown kind `crises`",
            "error collection.toml:7:10 `source` is not an address",
            "error collection.toml:8:14 `checked_on` holds text",
        ],
    );
    let help =
        "[[help]]\nregion = \"GB\"\nkind = \"crisis\"\nsource = \"https://example.org\"\nchecked_on = 2026-11-23\n";
    for nobody in ["ask", "1", "(call or text)"] {
        check_top(
            &format!("{TOP}{help}number = \"{nobody}\""),
            &[&format!("error collection.toml:9:10 `{nobody}` is not a number that one can dial")],
        );
    }
}

#[test]
fn advice_names_what_is_valid_and_what_to_type() {
    let folder = super::folder_of(&[("e.md", &entry_with("topc = \"Drinks\""))]);
    let problems = super::load_in(&folder).problems;
    let problem = problems.first().unwrap();
    assert!(problem.valid.starts_with("the keys of an entry are `question`, `also`, `topic`"));
    assert_eq!(problem.mend, "write `topic` instead");
    assert_eq!(problem.place.text, "topc = \"Drinks\"");
    assert_eq!(problem.place.text.get(problem.place.span.clone()), Some("topc"));
}
