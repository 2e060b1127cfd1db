//! From fields to a file: what was typed stays, what is new looks as if it had been typed.

use super::{Room, TEA, coffee, now, told};
use crate::workshop::{Fields, WorkshopError};

/// The lines of `tea` that some fields change, as a diff shows them.
#[track_caller]
fn check(change: impl Fn(&mut Fields), expected: &str) {
    check_in(TEA, change, expected);
}

#[track_caller]
fn check_in(text: &str, change: impl Fn(&mut Fields), expected: &str) {
    let room = Room::with(&[("tea.md", text)]);
    let draft = room.tea(&change);
    let changed = draft.diff.lines().filter(|line| line.starts_with(['+', '-'])).collect::<Vec<_>>();
    assert_eq!(changed, expected.lines().collect::<Vec<_>>(), "{}", draft.text);
    let mut wish = room.fields("tea");
    change(&mut wish);
    room.save(&draft);
    assert_eq!(room.fields("tea"), wish.tidied(), "{}", draft.text);
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

#[test]
fn a_new_entry_looks_as_if_it_had_been_typed() {
    let room = Room::with(&[]);
    let draft = room.workshop.draft("colds", &coffee(), None).unwrap();
    assert_eq!((draft.entry.as_str(), &draft.base, draft.is_sound()), ("does-coffee-help", &None, true));
    insta::assert_snapshot!(draft.text, @r#"
    +++
    question = "Does coffee help?"
    also = [
      "is coffee good",
      "coffee for a cold",
      "one more coffee?",
    ]
    topic = "Drinks"
    source = ["A book on colds"]
    +++

    Coffee is warm, too.
    "#);
    let preview = draft.preview.unwrap();
    assert_eq!(preview.entry("does-coffee-help").unwrap().question, "Does coffee help?");
    assert!(!room.file("does-coffee-help.md").exists(), "a draft is not saved");
}

#[test]
fn what_is_the_same_stays_as_it_was_typed() {
    let room = Room::with_tea();
    let draft = room.tea(|_| ());
    assert_eq!((draft.text.as_str(), draft.diff.as_str()), (TEA, ""));
}

#[test]
fn comments_stay_beside_what_they_are_about() {
    check(
        |tea| tea.topic = "Hot drinks".into(),
        "-topic = \"Drinks\"   # with coffee\n+topic = \"Hot drinks\"   # with coffee",
    );
    check(
        |tea| tea.question = "Is tea of use?".into(),
        "-question = \"Does tea help?\"\n+question = \"Is tea of use?\"",
    );
    check(|tea| tea.passage = "Tea is warm.".into(), "-Tea is warm. It does no harm.\n+Tea is warm.");
    check(|tea| tea.also.push("green tea?".into()), "+  \"green tea?\",");
    check(|tea| drop(tea.also.remove(0)), "-  \"is tea good\", # from Anna");
    check(|tea| drop(tea.also.remove(1)), "-  'tee for a cold',");
    check(|tea| drop(tea.also.pop()), "-  \"should one drink tea\",");
    check(
        |tea| tea.also.swap(0, 2),
        "-  \"is tea good\", # from Anna\n+  \"should one drink tea\",\n-  \"should one drink tea\",\n+  \"is tea good\", # from Anna",
    );
}

#[test]
fn a_list_keeps_its_shape() {
    let with = |also: &str| TEA.replace(TEA.get(TEA.find("also").unwrap()..TEA.find("topic").unwrap()).unwrap(), also);
    let add = |tea: &mut Fields| tea.also.push("tea?".into());
    check_in(&with("also = [ 'a', 'b' ]\n"), add, "-also = [ 'a', 'b' ]\n+also = ['a', 'b', \"tea?\"]");
    check_in(&with("also = [\n\t'a',\n\t'b' # last\n]\n"), add, "-\t'b' # last\n+\t'b', # last\n+\t\"tea?\",");
    check_in(
        &with("also = [\n  'a' # first\n  , 'b']\n"),
        add,
        "-  'a' # first\n-  , 'b']\n+  'a', # first\n+ 'b',\n+  \"tea?\"]",
    );
    check_in(&with("also = []\n"), add, "-also = []\n+also = [\n+  \"tea?\",\n+]");
    check_in(&with("also = [\n  # none yet\n]\n"), add, "+  \"tea?\",");
    check_in(&with(""), add, "+also = [\n+  \"tea?\",\n+]");
}

#[test]
fn what_is_new_stands_where_a_person_would_look_for_it() {
    check(|tea| tea.ask = "your nurse".into(), "+ask = \"your nurse\"");
    let room = Room::with(&[("tea.md", TEA), ("soup.md", &TEA.replace("tea", "soup").replace("tee", "sup"))]);
    let draft = room.tea(|tea| tea.related = vec!["soup".into()]);
    assert!(draft.text.contains("colds\"\nrelated = [\"soup\"]\nreview_by"), "{}", draft.text);
    let two = |tea: &mut Fields| tea.source = texts(["A book on colds", "Another"]);
    check(two, "-source = \"A book on colds\"\n+source = [\"A book on colds\", \"Another\"]");
    check(|tea| tea.source = texts(["Another"]), "-source = \"A book on colds\"\n+source = \"Another\"");
}

#[test]
fn what_is_emptied_goes_but_for_a_comment() {
    check(|tea| tea.topic.clear(), "-topic = \"Drinks\"   # with coffee\n+topic = \"\"   # with coffee");
    let ask = TEA.replace("review_by", "ask = \"your nurse\"\nreview_by");
    check_in(&ask, |tea| tea.ask.clear(), "-ask = \"your nurse\"");
    let above = TEA.replace("review_by", "# Ours.\nask = \"your nurse\"\nreview_by");
    check_in(&above, |tea| tea.ask.clear(), "-ask = \"your nurse\"\n+ask = \"\"");
    let all = "-  \"is tea good\", # from Anna\n-  'tee for a cold',\n-  \"should one drink tea\",";
    check(|tea| tea.also.clear(), all);
}

#[test]
fn what_a_form_doesnt_ask_for_is_kept() {
    let room = Room::with_tea();
    let entry = |draft: &crate::workshop::Draft| draft.preview.as_ref().unwrap().entry("tea").unwrap().clone();
    assert_eq!(entry(&room.tea_says("Tea.")).review.review_by, Some(jiff::civil::date(2030, 11, 23)));
}

#[test]
fn windows_line_ends_and_a_mark_stay() {
    let windows = format!("\u{feff}{}", TEA.replace('\n', "\r\n"));
    let room = Room::with(&[("tea.md", &windows)]);
    let draft = room.tea_says("Tea is warm.\nAnd wet.");
    assert_eq!(draft.text, windows.replace("Tea is warm. It does no harm.", "Tea is warm.\r\nAnd wet."));
    assert_eq!(draft.diff, "@@ line 13 @@\n +++\n \n-Tea is warm. It does no harm.\n+Tea is warm.\n+And wet.");
}

#[test]
fn a_form_is_tidied() {
    let room = Room::with(&[]);
    let fields = Fields {
        question: " Does\ncoffee help? ".into(),
        also: texts([" is coffee good", "", "coffee\tnow", "coffee?"]),
        passage: "\r\n\n  It is\r\nwarm. \n\n".into(),
        ..coffee()
    };
    room.save(&room.workshop.draft("colds", &fields, None).unwrap());
    let fields = room.fields("does-coffee-help");
    assert_eq!(fields.question, "Does coffee help?");
    assert_eq!(fields.also, ["is coffee good", "coffee now", "coffee?"]);
    assert_eq!(fields.passage, "  It is\nwarm.");
}

#[test]
fn an_id_is_made_from_the_question_and_nobody_elses() {
    let room = Room::with(&[("does-coffee-help.md", TEA), ("Does-Coffee-Help-2.MD", TEA)]);
    let id = |question: &str| {
        room.workshop.draft("colds", &Fields { question: question.to_owned(), ..coffee() }, None).unwrap().entry
    };
    assert_eq!(id("Does coffee help?"), "does-coffee-help-3");
    assert_eq!(id("../../etc/passwd"), "etc-passwd");
    assert_eq!(id("茶?"), "entry");
    assert_eq!(id(&"long ".repeat(30)), "long-long-long-long-long-long-long-long-long");
}

#[test]
fn problems_are_those_that_the_change_brings() {
    let other = TEA.replace("Does tea help?", "Does soup help?").replace("tea", "soup").replace("tee", "sup");
    let room = Room::with(&[("tea.md", TEA), ("soup.md", &other), ("bad.md", "no entry\n")]);
    assert_eq!(told(&room.tea(|_| ()).problems), [""; 0]);
    let long = room.tea(|tea| tea.question = "tea ".repeat(30));
    assert_eq!(told(&long.problems), ["`question` is too long: 119 characters"]);
    let shared = room.tea(|tea| tea.also.push("is soup good".into()));
    assert_eq!(told(&shared.problems), ["duplicate phrasing `is soup good`: it is also in `soup.md`, line 5"]);
    let first = Fields { question: "A?".into(), also: texts(["is soup good", "b", "c"]), ..coffee() };
    let first = room.workshop.draft("colds", &first, None).unwrap();
    assert_eq!(told(&first.problems), ["duplicate phrasing `is soup good`: it is also in `a.md`, line 4"]);
    for draft in [long, shared, first] {
        let refused = room.workshop.save(&draft, &super::anna(), now()).unwrap_err();
        assert!(matches!(&refused, WorkshopError::Faulty { problems } if *problems == draft.problems));
        assert!(refused.for_moderator().contains(told(&draft.problems)[0]), "{}", refused.for_moderator());
    }
    let many = room
        .workshop
        .upload("colds", "new.md", TEA.replace("topic", "a = 1\nb = 2\nc = 3\nd = 4\ntopc").as_bytes())
        .unwrap();
    let refused = room.workshop.save(&many, &super::anna(), now()).unwrap_err().for_moderator();
    assert!(refused.matches("\n- ").count() == 4 && refused.ends_with(" more"), "{refused}");
    assert_eq!(room.text("tea").unwrap(), TEA);
}

#[test]
fn what_a_form_cant_show_is_not_written_from_one() {
    for text in ["no entry", "+++\nquestion = \n+++\n", "+++\nalso = \"one\"\n+++\n", "+++\nquestion = 1\n+++\n"] {
        let room = Room::with(&[("tea.md", text)]);
        assert_eq!(room.workshop.read("colds", "tea").unwrap().unwrap().fields, None);
        let refused = room.workshop.draft("colds", &coffee(), Some("tea")).unwrap_err();
        assert!(matches!(refused, WorkshopError::NotAForm(_)), "{refused}");
        assert!(refused.to_string().contains("tea.md: ") && refused.for_moderator().contains("upload"));
        let mended = room.workshop.upload("colds", "tea.md", TEA.as_bytes()).unwrap();
        room.save(&mended);
        assert_eq!(room.text("tea").unwrap(), TEA);
    }
}
