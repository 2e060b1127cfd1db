//! Files that moderators upload in Discord, on the real binary: looked at first, saved whole, and nothing taken that isn't meant.

use crate::room::{KEEPER, Room, TEA, text};
use pamphlet::transfer::{unzipped, zipped};
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The file of an entry that isn't in the room.
const SOUP: &str = "+++\n# From the kitchen.\nquestion = \"Does soup help?\"\nalso = [\"is soup good\", \"soup for a cold\"]\ntopic = \"Food\"\n\
    source = \"A book on colds\"\nrelated = [\"tea\"]\n+++\n\nSoup is food.\n";

impl Room {
    /// The whole collection, as `/faq export` gives it, with a change of some files.
    fn export(&self, change: impl Fn(&str, String) -> String) -> Vec<u8> {
        let files = unzipped(&zipped(&self.faq.path().join("colds"), u64::MAX).unwrap()).unwrap();
        let changed = files.iter().map(|(name, bytes)| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            (format!("colds/{name}"), change(name, text).into_bytes())
        });
        zip_of(changed)
    }
}

pub fn zip_of(files: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn has_button(row: &Value, label: &str) -> bool {
    row["buttons"].as_array().is_some_and(|buttons| buttons.iter().any(|button| button == label))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_refused_with_a_kind_word() {
    let room = Room::open().await;
    let answer = room.upload("sam", "soup.md", SOUP.as_bytes()).await;
    assert!(text(&answer).contains("is for the moderators"), "{answer}");
    assert_eq!((answer["private_to"].as_str(), room.file("soup.md")), (Some("sam"), None), "{answer}");
    room.stage.close();
    let room = Room::open_as("").await;
    let answer = room.upload("mo", "soup.md", SOUP.as_bytes()).await;
    assert!(text(&answer).contains("isn't in the keeping of this server"), "{answer}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_entry_comes_as_its_file() {
    let room = Room::open().await;
    let preview = room.upload("mo", "soup.md", SOUP.as_bytes()).await;
    assert!(text(&preview).contains("Soup is food.") && text(&preview).contains("nothing is saved yet"), "{preview}");
    assert_eq!((preview["private_to"].as_str(), room.file("soup.md")), (Some("mo"), None), "{preview}");
    let saved = room.click(&preview, "mo", "Save").await;
    assert!(text(&saved).contains("revision 1"), "{saved}");
    assert_eq!(room.file("soup.md").unwrap(), SOUP);
    room.check("Does soup help?", "Soup is food.").await;
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_file_is_told_in_its_place_and_can_be_mended() {
    let room = Room::open().await;
    let typo = TEA.replace("topic", "topc").replace("Tea is warm.", "Ask @everyone.");
    let faulty = room.upload("mo", "tea.md", typo.as_bytes()).await;
    assert!(text(&faulty).contains("line 5: unknown key 'topc'"), "{faulty}");
    assert!(!has_button(&faulty, "Save") && has_button(&faulty, "Discard"), "{faulty}");
    // What a form can show is changed there, and the rest of the file stays as it was uploaded.
    let commented =
        TEA.replace("# A comment that stays.", "# Another comment.").replace("Tea is warm.", "Ask @everyone.");
    let faulty = room.upload("mo", "tea.md", commented.as_bytes()).await;
    assert!(text(&faulty).contains("line 11: ") && text(&faulty).contains("mention"), "{faulty}");
    let form = room.click(&faulty, "mo", "Change it").await;
    let preview = room.fill(&form, "mo", json!({ "The answer, word for word": "Ask anybody." })).await;
    room.click(&preview, "mo", "Save").await;
    assert_eq!(room.file("tea.md").unwrap(), commented.replace("@everyone", "anybody"));
    for (name, bytes, word) in [
        ("tea.md", &b"+++\n\xff"[..], "line 2: the byte FF is not UTF-8"),
        ("Our_Tea.md", TEA.as_bytes(), "`our-tea.md`"),
        // What it takes from another file is told of that one.
        ("a-tea.md", TEA.as_bytes(), "- tea.md, line"),
        ("tea.docx", b"x", "ends in `.md`"),
        ("tea.zip", b"PK", "can't read this archive"),
        ("tea.md", &[b'a'; (2 << 20) + 1], "too large"),
    ] {
        let answer = room.upload("mo", name, bytes).await;
        assert!(text(&answer).contains(word) && !has_button(&answer, "Save"), "{name}: {answer}");
    }
    assert_eq!(room.file("tea.md").unwrap(), commented.replace("@everyone", "anybody"));
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_comes_back_with_what_was_changed_in_it() {
    let room = Room::open().await;
    room.keep_moderators_in("moderators").await;
    let same = room.upload("mo", "colds.zip", &room.export(|_, text| text)).await;
    assert!(text(&same).contains("is what the FAQ says already") && !has_button(&same, "Save all"), "{same}");
    let none = room.upload("mo", "none.zip", &zip_of([("a.txt".to_owned(), b"a".to_vec())].into_iter())).await;
    assert!(text(&none).contains("There is no entry's file in this archive"), "{none}");
    let changed = room.export(|name, text| match name {
        "tea.md" => text.replace("Tea is warm.", "Tea is hot."),
        "collection.toml" => text.replace("Colds", "Fevers"),
        _ => text,
    });
    let preview = room.upload("mo", "colds.zip", &changed).await;
    assert!(text(&preview).contains("0 new, 1 changed, 1 the same"), "{preview}");
    assert!(text(&preview).contains("-Tea is warm.\n+Tea is hot."), "{preview}");
    assert!(text(&preview).contains("leave them alone: `collection.toml`"), "{preview}");
    assert_eq!(room.file("tea.md").unwrap(), TEA);
    let saved = room.click(&preview, "mo", "Save all").await;
    assert!(text(&saved).contains("Saved `tea` (revision 1)") && text(&saved).contains("+Tea is hot."), "{saved}");
    assert_eq!(room.file("tea.md").unwrap(), TEA.replace("warm", "hot"));
    assert!(room.file("collection.toml").unwrap().contains("Colds"));
    room.check("Does tea help?", "Tea is hot.").await;
    let is_notice = |row: &Value| text(row).contains("mo uploaded changes of `tea` (revision 1)");
    let notice = room.stage.row("0", is_notice).await;
    assert!(text(&notice).contains("+Tea is hot.") && notice["channel"] == "moderators", "{notice}");
    let undone = room.command("mo", "faq undo", json!({ "entry": "tea" })).await;
    assert!(text(&undone).contains("+Tea is warm."), "{undone}");
    let told = room.stage.transcript().await.into_iter().filter(is_notice).count();
    assert_eq!(told, 1, "one upload is one notice");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_of_an_archive_are_checked_together_and_nobody_is_saved_over() {
    let room = Room::open().await;
    let to = |related: &str| SOUP.replace("\"tea\"", &format!("{related:?}"));
    let archive = |files: &[(&str, String)]| {
        zip_of(files.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())))
    };
    let milk =
        to("soup").replace("soup help", "milk help").replace("soup good", "milk good").replace("soup for", "milk for");
    let faulty =
        room.upload("mo", "new.zip", &archive(&[("soup.md", to("milk")), ("x/tea.md", "no entry".into())])).await;
    assert!(text(&faulty).contains("soup.md, line 7: unknown entry 'milk'"), "{faulty}");
    assert!(text(&faulty).contains("- tea.md, line 1: ") && !has_button(&faulty, "Save all"), "{faulty}");
    let hot = TEA.replace("warm", "hot");
    let preview =
        room.upload("mo", "new.zip", &archive(&[("soup.md", to("milk")), ("milk.md", milk), ("tea.md", hot)])).await;
    assert!(text(&preview).contains("2 new, 1 changed, 0 the same"), "{preview}");
    fs::write(room.faq.path().join("colds/tea.md"), TEA.replace("warm", "theirs")).unwrap();
    let saved = room.click(&preview, "mo", "Save all").await;
    assert!(text(&saved).contains("`milk` (revision 1), `soup` (revision 2)"), "{saved}");
    assert!(text(&saved).contains("Somebody changed `tea` meanwhile"), "{saved}");
    assert!(room.file("tea.md").unwrap().contains("theirs") && room.file("soup.md").is_some());
    // Much of it comes as a file, which goes with the answer.
    let many = (0..60).map(|number| {
        let text = SOUP.replace("soup", &format!("soup{number}")).replace("Soup", &format!("Soup {number}"));
        (format!("soup-{number}.md"), text.into_bytes())
    });
    let preview = room.upload("mo", "many.zip", &zip_of(many)).await;
    assert!(text(&preview).contains("60 new") && preview["files"] == json!(["changes.diff"]), "{preview}");
    let gone = room.click(&preview, "mo", "Discard").await;
    assert!(text(&gone).contains("Nothing was changed") && gone["files"] == json!([]), "{gone}");
    assert_eq!(room.file("soup-1.md"), None);
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_archive_changes_nothing_and_leads_nowhere() {
    let room = Room::open_as(KEEPER).await;
    let one = |name: &str, bytes: Vec<u8>| zip_of(std::iter::once((name.to_owned(), bytes)));
    let outside = room.upload("mo", "out.zip", &one("../../../soup.md", SOUP.into())).await;
    assert!(text(&outside).contains("=== soup.md"), "{outside}");
    room.click(&outside, "mo", "Save all").await;
    assert_eq!(room.file("soup.md").unwrap(), SOUP);
    assert!(!room.faq.path().join("soup.md").exists() && !room.faq.path().join("../soup.md").exists());
    let bomb = zip_of((0..40).map(|number| (format!("{number}.md"), vec![b'a'; 1 << 20])));
    let many = zip_of((0..=2_000).map(|number| (format!("{number}.md"), Vec::new())));
    let twice = zip_of(["a/tea.md", "b/tea.md"].map(|name| (name.to_owned(), SOUP.into())).into_iter());
    for (archive, word) in [
        (bomb, "more in this archive than I can take"),
        (many, "more than 2000 files"),
        (twice, "two files named `tea.md`"),
        (one("`@everyone`.md", SOUP.into()), "everyone.md"),
        (one("tea.md", vec![b'a'; (1 << 20) + 1]), "`tea.md` in this archive is over 1 MiB"),
        (vec![0; 100_000], "can't read this archive"),
    ] {
        let answer = room.upload("mo", "odd.zip", &archive).await;
        assert!(text(&answer).contains(word) && !has_button(&answer, "Save all"), "{answer}");
        assert_eq!((&answer["private_to"], &answer["pings"]), (&json!("mo"), &json!([])), "{answer}");
    }
    assert_eq!(room.file("tea.md").unwrap(), TEA);
    room.stage.close();
}
