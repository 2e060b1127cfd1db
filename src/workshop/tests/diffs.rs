//! What a diff shows.

use crate::workshop::{MAX_DIFF, diff};
use proptest::prelude::*;

#[track_caller]
fn check(before: &str, after: &str, expected: &str) {
    assert_eq!(diff(Some(before), Some(after)), expected);
}

#[test]
fn lines_that_changed_stand_between_some_that_didnt() {
    check("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\ne\nf\n", "@@ line 2 @@\n b\n c\n-d\n+D\n e\n f");
    check("a\nb\n", "a\r\nb\r\n", "");
    check("a\n", "a\nb", "@@ line 1 @@\n a\n+b");
    assert_eq!(diff(None, Some("a\nb\n")), "@@ line 1 @@\n+a\n+b");
    assert_eq!(diff(Some("a\nb\n"), None), "@@ line 1 @@\n-a\n-b");
}

#[test]
fn of_a_long_line_the_part_around_the_change_is_shown() {
    let (before, after) = (
        format!("{}old{}", "a ".repeat(400), "b ".repeat(400)),
        format!("{}new{}", "a ".repeat(400), "b ".repeat(400)),
    );
    let (a, b) = ("a ".repeat(20), "b ".repeat(20));
    check(&before, &after, &format!("@@ line 1 @@\n-…{a}old{b}…\n+…{a}new{b}…"));
    let long = diff(None, Some(&"é".repeat(400)));
    assert_eq!(long, format!("@@ line 1 @@\n+{}… (100 more characters)", "é".repeat(300)));
}

#[test]
fn what_doesnt_fit_is_counted() {
    let told = diff(None, Some(&"1234567890\n".repeat(200)));
    assert!(told.ends_with("+1234567890\n… 78 more lines"), "{told}");
}

#[test]
fn a_code_block_isnt_ended() {
    assert_eq!(diff(None, Some("```\n`````")), "@@ line 1 @@\n+`\u{200b}``\n+`\u{200b}``\u{200b}``");
}

proptest! {
    #[test]
    fn a_diff_fits_into_a_message(before in text(), after in text()) {
        let told = diff(before.as_deref(), after.as_deref());
        prop_assert!(told.encode_utf16().count() <= MAX_DIFF);
        prop_assert!(!told.contains("```"));
        let lines = |text: &Option<String>| -> Vec<String> { text.iter().flat_map(|text| text.lines()).map(str::to_owned).collect() };
        prop_assert_eq!(told.is_empty(), lines(&before) == lines(&after));
    }
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop::option::of("([a-c`é\u{1f343}\r\n]{0,9}|x{290,310}|(\nabc){0,200}){0,5}")
}
