//! What comes from outside, and what the system refuses.

use super::{Room, TEA, anna, now, number};
use crate::store::{self, Location, StoreError};
use crate::workshop::{Fields, Workshop, WorkshopError};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

#[test]
fn no_id_leads_out_of_the_folder() {
    let room = Room::with_tea();
    let faq = room.folder.path().join("faq");
    fs::write(room.folder.path().join("collection.toml"), "").unwrap();
    symlink(room.file(""), faq.join("linked")).unwrap();
    fs::create_dir_all(faq.join("notes")).unwrap();
    for collection in ["", ".", "..", "../faq/colds", "colds/", "colds/.", "/", "linked", "notes", "none", "colds\0"] {
        let refused = room.workshop.read(collection, "tea").unwrap_err();
        assert!(matches!(refused, WorkshopError::NoCollection(_)), "{collection:?}: {refused}");
    }
    for entry in [
        "",
        ".",
        "..",
        "../colds/tea",
        "a/b",
        "tea.md",
        "TEA",
        "collection.toml",
        ".workshop",
        "tea\0",
        &"a".repeat(65),
    ] {
        let refused = room.workshop.read("colds", entry).unwrap_err();
        assert!(matches!(refused, WorkshopError::BadName { .. }), "{entry:?}: {refused}");
        assert!(room.workshop.draft("colds", &Fields::default(), Some(entry)).is_err());
        assert!(room.workshop.undo("colds", entry, &anna(), now()).is_err());
        let mut draft = room.tea_says("Elsewhere.");
        entry.clone_into(&mut draft.entry);
        assert!(room.workshop.save(&draft, &anna(), now()).is_err());
    }
    for (name, better) in [
        ("collection.toml", "collection"),
        ("../x.md", "x"),
        ("My Tea.md", "my-tea"),
        ("tea.MD", "tea"),
        ("..md", "entry"),
    ] {
        let refused = room.workshop.upload("colds", name, TEA.as_bytes()).unwrap_err();
        assert!(refused.for_moderator().contains(&format!("`{better}.md`")), "{}", refused.for_moderator());
    }
}

#[test]
fn only_plain_files_of_text_are_read() {
    let room = Room::with_tea();
    symlink(room.file("tea.md"), room.file("link.md")).unwrap();
    fs::create_dir(room.file("folder.md")).unwrap();
    fs::write(room.file("bytes.md"), [0xff]).unwrap();
    fs::write(room.file("large.md"), "a".repeat(2 << 20)).unwrap();
    for (entry, why) in [("link", "plain file"), ("folder", "plain file"), ("bytes", "UTF-8"), ("large", "over")] {
        let refused = room.workshop.read("colds", entry).unwrap_err();
        assert!(refused.to_string().contains(why) && refused.to_string().contains("hint: "), "{refused}");
        assert!(room.workshop.upload("colds", &format!("{entry}.md"), TEA.as_bytes()).is_err());
    }
    let large = room.workshop.upload("colds", "new.md", &[b'a'; 2 << 20]).unwrap();
    assert!(!large.is_sound());
}

#[test]
fn a_folder_that_cant_be_written_in_says_so_and_nothing_is_remembered() {
    let room = Room::with_tea();
    let draft = room.tea_says("Tea is wet.");
    // A folder in the place of the text aside, which works whoever runs the test.
    fs::create_dir(room.file(".workshop.new")).unwrap();
    let refused = room.workshop.save(&draft, &anna(), now()).unwrap_err();
    assert!(matches!(refused, WorkshopError::Unwritable { .. }), "{refused}");
    assert!(
        refused.to_string().contains("tea.md: can't be written")
            && refused.for_moderator().contains("Nothing was saved")
    );
    assert_eq!((room.text("tea").unwrap().as_str(), room.history("tea").len()), (TEA, 0));
    fs::remove_dir(room.file(".workshop.new")).unwrap();
    number(&room.save(&draft));
}

#[test]
fn a_file_keeps_who_may_read_it() {
    let room = Room::with_tea();
    fs::set_permissions(room.file("tea.md"), fs::Permissions::from_mode(0o640)).unwrap();
    number(&room.save(&room.tea_says("Tea is wet.")));
    assert_eq!(fs::metadata(room.file("tea.md")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_change_that_cant_be_remembered_leaves_nothing_behind() {
    let room = Room::with(&[("tea.md", "Tea\0\n")]);
    let mended = room.workshop.upload("colds", "tea.md", TEA.as_bytes()).unwrap();
    let refused = room.workshop.save(&mended, &anna(), now()).unwrap_err();
    assert!(matches!(refused, WorkshopError::Store(StoreError::Nul { .. })), "{refused}");
    assert_eq!((room.text("tea").unwrap().as_str(), room.hidden().len()), ("Tea\0\n", 0));
}

#[test]
fn without_the_store_nothing_is_saved_and_all_can_be_read() {
    let room = Room::with_tea();
    // Nobody listens at the first port.
    let nowhere = Location::parse("postgres://bot@127.0.0.1:1/faq", Path::new("")).unwrap();
    let workshop = Workshop::open(&room.folder.path().join("faq"), store::open(&nowhere).unwrap());
    let wish =
        Fields { passage: "Tea is wet.".to_owned(), ..workshop.read("colds", "tea").unwrap().unwrap().fields.unwrap() };
    let draft = workshop.draft("colds", &wish, Some("tea")).unwrap();
    assert!(draft.is_sound());
    let refused = [
        workshop.save(&draft, &anna(), now()).unwrap_err(),
        workshop.remove("colds", "tea", &room.version("tea"), &anna(), now()).unwrap_err(),
        workshop.undo("colds", "tea", &anna(), now()).unwrap_err(),
        workshop.settle().unwrap_err(),
    ];
    for why in refused {
        assert!(why.to_string().contains("the store can't be reached"), "{why}");
        assert!(why.for_moderator().contains("Nothing was saved") && why.for_moderator().contains("later"));
    }
    assert_eq!((room.text("tea").unwrap().as_str(), room.hidden().len()), (TEA, 0));
}
