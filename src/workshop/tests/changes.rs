//! Saved, removed and undone: the files and their revisions, in step.

use super::{Room, TEA, anna, coffee, now, number};
use crate::store::{NewRevision, RevisionKind, RevisionState};
use crate::workshop::{Saved, WorkshopError};
use std::fs;
use std::thread;

/// Anna's edit of the entry on tea, to this text.
fn edit(after: &str) -> NewRevision {
    NewRevision {
        collection: "colds".into(),
        entry: "tea".into(),
        author: anna(),
        at: now(),
        kind: RevisionKind::Edit,
        before: Some(TEA.into()),
        after: Some(after.into()),
    }
}

#[test]
fn a_saved_draft_is_a_file_and_a_revision() {
    let room = Room::with_tea();
    let draft = room.tea_says("Tea is wet.");
    let saved = room.save(&draft);
    assert_eq!(saved, Saved::Done { number: number(&saved), kind: RevisionKind::Edit, diff: draft.diff.clone() });
    assert_eq!(fs::read_to_string(room.file("tea.md")).unwrap(), draft.text);
    let revision = room.store.revision(number(&saved)).unwrap().unwrap();
    assert_eq!(revision.state, RevisionState::Done);
    assert_eq!(revision.change, edit(&draft.text));
    assert_eq!(room.hidden(), [""; 0]);
    assert_eq!(room.save(&room.tea(|_| ())), Saved::Unchanged);
}

#[test]
fn who_comes_second_sees_what_the_first_left() {
    let room = Room::with_tea();
    let opened = room.version("tea");
    let (first, second) = (room.tea_says("The first."), room.tea_says("The second."));
    number(&room.save(&first));
    let Saved::Overtaken(Some(theirs)) = room.save(&second) else { panic!("saved over it") };
    assert_eq!(theirs.fields.unwrap().passage, "The first.");
    assert_eq!(theirs.version, room.version("tea"));

    let late = room.tea_says("From a form that was open all the time.").based_on(&opened);
    assert!(matches!(room.save(&late), Saved::Overtaken(Some(_))));
    number(&room.save(&late.based_on(&theirs.version)));

    let gone = room.tea_says("Tea is gone.");
    number(&room.remove("tea"));
    assert_eq!(room.save(&gone), Saved::Overtaken(None));
    assert_eq!(room.workshop.remove("colds", "tea", &opened, &anna(), now()).unwrap(), Saved::Overtaken(None));
}

#[test]
fn two_new_entries_dont_become_one() {
    let room = Room::with(&[]);
    let draft = room.workshop.draft("colds", &coffee(), None).unwrap();
    number(&room.save(&draft));
    assert!(matches!(room.save(&draft), Saved::Overtaken(Some(_))));
}

#[test]
fn an_undo_can_be_undone() {
    let room = Room::with_tea();
    number(&room.save(&room.tea_says("One.")));
    number(&room.save(&room.tea_says("Two.")));
    for says in ["One.", "Two.", "One."] {
        let Saved::Done { diff, .. } = room.undo("tea") else { panic!("not undone") };
        assert!(diff.contains(&format!("+{says}")), "{diff}");
        assert_eq!(room.fields("tea").passage, says);
    }
    let expected = [
        "Undo: Two. > One.",
        "Undo: One. > Two.",
        "Undo: Two. > One.",
        "Edit: One. > Two.",
        "Edit: Tea is warm. It does no harm. > One.",
    ];
    assert_eq!(room.history("tea"), expected);
}

#[test]
fn what_was_removed_comes_back() {
    let room = Room::with_tea();
    number(&room.remove("tea"));
    assert_eq!(room.text("tea"), None);
    assert_eq!(room.workshop.removed("colds", 9).unwrap(), ["tea"]);
    number(&room.undo("tea"));
    assert_eq!(room.text("tea").unwrap(), TEA);
    assert_eq!(room.workshop.removed("colds", 9).unwrap(), [""; 0]);
    number(&room.undo("tea"));
    assert_eq!(room.text("tea"), None);
}

#[test]
fn what_was_made_can_be_unmade() {
    let room = Room::with(&[]);
    let draft = room.workshop.draft("colds", &coffee(), None).unwrap();
    number(&room.save(&draft));
    number(&room.undo(&draft.entry));
    assert_eq!(room.text(&draft.entry), None);
    number(&room.undo(&draft.entry));
    assert_eq!(room.text(&draft.entry).unwrap(), draft.text);
}

#[test]
fn what_was_typed_by_hand_is_not_lost() {
    let room = Room::with_tea();
    number(&room.save(&room.tea_says("From Discord.")));
    let by_hand = TEA.replace("Tea is warm. It does no harm.", "By hand.");
    fs::write(room.file("tea.md"), &by_hand).unwrap();
    let Saved::Done { diff, .. } = room.undo("tea") else { panic!("not undone") };
    assert!(diff.contains("-By hand."), "{diff}");
    assert_eq!(room.text("tea").unwrap(), TEA);
    number(&room.undo("tea"));
    assert_eq!(room.text("tea").unwrap(), by_hand);

    fs::remove_file(room.file("tea.md")).unwrap();
    assert_eq!(room.workshop.removed("colds", 9).unwrap(), ["tea"]);
    number(&room.undo("tea"));
    assert_eq!(room.text("tea").unwrap(), by_hand);
}

#[test]
fn nothing_is_undone_that_isnt_known_or_has_errors_now() {
    let room = Room::with_tea();
    let undo = || room.workshop.undo("colds", "tea", &anna(), now()).unwrap_err();
    assert!(matches!(undo(), WorkshopError::NothingToUndo(_)));
    number(&room.save(&room.tea(|tea| tea.also.retain(|text| text != "is tea good"))));
    let other = TEA
        .replace("Does tea help?", "Does soup help?")
        .replace("tee for", "soup for")
        .replace("should one", "must one");
    fs::write(room.file("soup.md"), other).unwrap();
    assert!(matches!(undo(), WorkshopError::Faulty { .. }));
}

#[test]
fn what_a_kill_left_is_settled() {
    let after = TEA.replace("warm", "wet");
    for at_start in [true, false] {
        let room = Room::with_tea();
        let before_the_file = room.store.begin(&edit(&after)).unwrap();
        fs::write(room.file(".workshop.new"), "half of").unwrap();
        let settle = |room: &Room| {
            if at_start { room.workshop.settle().unwrap() } else { drop(room.save(&room.tea_says("Tea is black."))) }
        };
        settle(&room);
        assert_eq!(room.store.revision(before_the_file).unwrap(), None);
        assert_eq!(room.hidden(), [""; 0]);

        let before_its_end = room.store.begin(&edit(&after)).unwrap();
        fs::write(room.file("tea.md"), &after).unwrap();
        settle(&room);
        assert_eq!(room.store.revision(before_its_end).unwrap().unwrap().state, RevisionState::Done);
        assert_eq!(room.store.pending().unwrap(), []);
    }
}

#[test]
fn what_was_being_saved_is_settled_also_beside_a_folder_that_cannot_be_cleared() {
    let room = Room::with_tea();
    let number = room.store.begin(&edit(&TEA.replace("warm", "wet"))).unwrap();
    let other = room.file(".").join("../others");
    fs::create_dir_all(other.join(".workshop.new")).unwrap();
    fs::write(other.join("collection.toml"), "").unwrap();
    let refused = room.workshop.settle().unwrap_err();
    assert!(matches!(refused, WorkshopError::Unwritable { .. }), "{refused}");
    assert_eq!(room.store.revision(number).unwrap(), None);
}

#[test]
fn many_may_save_at_once() {
    let room = Room::with_tea();
    let done = thread::scope(|scope| {
        let save = |number: usize| {
            let room = &room;
            scope.spawn(move || {
                let draft = room.tea_says(&format!("Cup {number}."));
                matches!(room.save(&draft), Saved::Done { .. })
            })
        };
        let all: Vec<_> = (0..8).map(save).collect();
        all.into_iter().filter(|_| true).map(|one| one.join().unwrap()).filter(|done| *done).count()
    });
    let chain = room.workshop.history("colds", "tea", 20).unwrap();
    assert_eq!(chain.len(), done);
    assert!(chain.windows(2).all(|pair| pair[0].change.before == pair[1].change.after), "a change was lost");
    assert_eq!(chain[0].change.after, room.text("tea"));
}
