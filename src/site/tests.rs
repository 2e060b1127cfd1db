//! What pages hold, and what they never hold.

use super::passage::{linked, passage};
use super::*;
use crate::faq::load;
use proptest::prelude::*;
use std::fs;

const TOP: &str =
    "title = \"Colds & <b>flu</b>\"\nlanguage = \"en-GB\"\nreminder = \"Not advice.\"\nask = \"your doctor\"\n";
const HELP: &str = "[[help]]\nregion = \"GB\"\nkind = \"medical\"\nnumber = \"999\"\nsource = \"https://example.org/999\"\nchecked_on = 2026-11-23\n";

fn entry(question: &str, topic: &str, more: &str, passage: &str) -> String {
    format!(
        "+++\nquestion = '''{question}'''\ntopic = '{topic}'\nsource = 'A book, https://example.org/book'\n{more}\n+++\n\n{passage}\n"
    )
}

/// The website of a collection with these files, as texts.
fn site_of(files: &[(&str, &str)], region: Option<&str>) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let collection = load(folder.path()).collection.unwrap();
    site(&collection, region).into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

fn two_entries(region: Option<&str>) -> BTreeMap<String, String> {
    let tea = entry(
        "Is <i>tea</i> good?",
        "Drinks",
        "related = ['honey']\nalso = ['</script><b>cuppa']",
        "It **is**.\nWarm.",
    );
    let honey = entry("And honey?", "Food", "ask = 'a beekeeper'\nreviewed_by = 'cook'", "<script>alert(1)</script>");
    site_of(&[("collection.toml", &format!("{TOP}{HELP}")), ("tea.md", &tea), ("honey.md", &honey)], region)
}

#[test]
fn every_page_says_whom_to_ask_and_whom_to_call() {
    let files = two_entries(Some("GB"));
    let pages: Vec<_> = files.keys().filter(|path| path.ends_with(".html")).collect();
    assert_eq!(pages, ["all.html", "entry/honey.html", "entry/tea.html", "index.html", "numbers.html"]);
    for path in pages {
        let page = &files[path];
        assert!(page.contains("<html lang=\"en-GB\">"), "{path}");
        assert!(page.contains("In an emergency, call <strong>999</strong>."), "{path}");
        let asked = if path == "entry/honey.html" { "a beekeeper" } else { "your doctor" };
        assert!(page.contains(&format!("Not advice. For your own case, ask {asked}.</p><p>Version")), "{path}");
        assert!(
            path == "all.html" || page.matches(asked).count() == page.matches("For your own case").count(),
            "{path}"
        );
        assert_eq!((page.matches("<h1>").count(), page.matches("<main").count()), (1, 1), "{path}");
    }
    assert!(two_entries(None)["index.html"].contains("In an emergency, call your local emergency number."));
}

#[test]
fn a_passage_stands_with_its_source_review_and_reminder() {
    let files = two_entries(None);
    for path in ["entry/tea.html", "all.html"] {
        let page = &files[path];
        assert!(page.contains("<p>It <strong>is</strong>.<br />\nWarm.</p>"), "{page}");
        let source = "Source: A book, <a href=\"https://example.org/book\">https://example.org/book</a>. Not yet reviewed by a clinician.";
        assert!(page.contains(source), "{page}");
    }
    assert!(files["entry/tea.html"].contains("<a href=\"honey.html\">And honey?</a>"));
    assert!(files["entry/honey.html"].contains("Not yet reviewed by a clinician."));
    assert!(!files["entry/honey.html"].contains("cook"), "a half review is none");
    assert!(files["entry/honey.html"].contains("For your own case, ask a beekeeper."));
}

#[test]
fn pages_load_nothing_from_elsewhere_and_hold_no_tag_that_somebody_typed() {
    for (path, page) in two_entries(Some("GB")).iter().filter(|(path, _)| path.ends_with(".html")) {
        for typed in ["<b>", "<i>", "<script>", "alert(1)</script>", "src=\"http", "url(", "@import", "<img", "style="]
        {
            assert!(!page.contains(typed), "{path}: {typed}");
        }
        assert!(page.matches("<link").count() == 1 && page.contains("style.css\">"), "{path}");
    }
}

#[track_caller]
fn check(markdown: &str, html: &str) {
    assert_eq!(passage(markdown, 2).into_string().trim_end(), html);
}

#[test]
fn markdown_becomes_tags_and_html_stays_text() {
    check("a <img src=x onerror=y> b", "<p>a &lt;img src=x onerror=y&gt; b</p>");
    check("<div>\nx\n</div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>");
    check(
        "[here](javascript:alert) and [there](https://a.example/x)",
        "<p>here and <a href=\"https://a.example/x\">there</a></p>",
    );
    check("![a picture](https://a.example/x.png)", "<p>a picture</p>");
    check("### Deep\n# High\n### Deep", "<h2>Deep</h2>\n<h2>High</h2>\n<h3>Deep</h3>");
    assert_eq!(
        linked("see http://a.example; or <b>").into_string(),
        "see <a href=\"http://a.example\">http://a.example</a>; or &lt;b&gt;"
    );
}

proptest! {
    #[test]
    fn no_tag_but_markdowns_own_gets_through(markdown in "([<>/a-z\"'=:!@#|*_~`\\[\\]() \n-]|<script|<img|https://|javascript:|1\\. ){0,60}") {
        let html = passage(&markdown, 4).into_string();
        let own = ["p", "br", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "em", "strong", "del", "a", "pre", "code", "hr"];
        for tag in html.split('<').skip(1) {
            let tag = tag.trim_start_matches('/');
            let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
            prop_assert!(own.contains(&name.as_str()), "{} in {}", name, html);
            prop_assert!(!tag.starts_with("a ") || tag.contains("href=\"http"), "{}", html);
        }
    }
}
