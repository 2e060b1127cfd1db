//! Whatever a form or an upload holds: the file is as was wished, or it is refused.

use super::{Room, TEA, anna, coffee, now};
use crate::workshop::{Fields, Saved, WorkshopError};
use proptest::prelude::*;

/// Texts that mean something to TOML, to Markdown or to the parts of a file.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z ]{0,12}",
        2 => "[\"'\\\\#=\\[\\]{}+,.\n\r\t `|@<\u{0}\u{feff}\u{202e}é\u{1f343}a-c]{0,16}",
        1 => prop::sample::select(vec!["+++", "\n+++\n", "\"\"\"", "'''", "\\u0041", "# no comment", "a\"\nalso = [\"b"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn fields() -> impl Strategy<Value = Fields> {
    let texts = || prop::collection::vec(text(), 0..4);
    (text(), texts(), text(), texts(), texts(), text(), text()).prop_map(
        |(question, also, topic, source, related, ask, passage)| Fields {
            question,
            also,
            topic,
            source,
            related,
            ask,
            passage,
        },
    )
}

/// Fields of which most can be saved.
fn fit() -> impl Strategy<Value = Fields> {
    let one = || "[a-z \"'#é\\\\\\[\\],=]{0,9}[a-z]";
    let texts = |most| prop::collection::vec(one(), 1..=most);
    (one(), texts(5), one(), texts(2), one(), "[a-z \n+\"'#=]{0,20}[a-z]").prop_map(
        |(question, also, topic, source, ask, passage)| Fields {
            question,
            also,
            topic,
            source,
            related: Vec::new(),
            ask,
            passage,
        },
    )
}

/// The file of an entry of which most can be saved.
fn fit_file() -> impl Strategy<Value = Vec<u8>> {
    fit().prop_map(|fields| Room::with(&[]).workshop.draft("colds", &fields, None).unwrap().text.into_bytes())
}

/// Saves them into an entry or as a new one. Whether that could be done.
fn check(wish: &Fields, entry: Option<&str>) -> Result<bool, TestCaseError> {
    let room = Room::with_tea();
    let draft = room.workshop.draft("colds", wish, entry).unwrap();
    let before = room.text(&draft.entry);
    let saved = room.workshop.save(&draft, &anna(), now());
    prop_assert_eq!(draft.is_sound(), saved.is_ok());
    // Whatever is wrong with it, a form shows it again as it was filled in.
    prop_assert_eq!(&draft.fields(), &Some(wish.tidied()), "{}", draft.text);
    if let Err(WorkshopError::Faulty { .. }) = &saved {
        prop_assert_eq!(room.text(&draft.entry), before);
        return Ok(false);
    }
    let wish = wish.tidied();
    prop_assert_eq!(&room.fields(&draft.entry), &wish, "{}", draft.text);
    let preview = draft.preview.unwrap();
    let served = preview.entry(&draft.entry).unwrap();
    prop_assert_eq!((&served.question, &served.passage), (&wish.question, &wish.passage));
    let has_comments =
        ["# Asked every winter.", "# with coffee", "# misspelt"].iter().all(|comment| draft.text.contains(comment));
    prop_assert!(entry.is_none() || has_comments, "{}", draft.text);
    let is_done = matches!(saved, Ok(Saved::Done { .. }));
    prop_assert!(is_done);
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_fields_are_saved_as_they_are_or_refused(wish in fields(), is_new in any::<bool>()) {
        check(&wish, (!is_new).then_some("tea"))?;
    }

    #[test]
    fn fit_fields_are_saved_as_they_are(wish in fit(), is_new in any::<bool>()) {
        prop_assume!(check(&wish, (!is_new).then_some("tea"))?);
    }

    #[test]
    fn any_upload_is_saved_as_it_is_or_refused(at in any::<prop::sample::Index>(), length in 0..20_usize, odd in text()) {
        let from = at.index(TEA.len());
        let (from, to) = (TEA.floor_char_boundary(from), TEA.floor_char_boundary((from + length).min(TEA.len())));
        let text = format!("{}{odd}{}", &TEA[..from], &TEA[to..]);
        let room = Room::with_tea();
        let draft = room.workshop.upload("colds", "tea.md", text.as_bytes()).unwrap();
        let saved = room.workshop.save(&draft, &anna(), now());
        prop_assert_eq!(draft.is_sound() && !text.contains('\0'), saved.is_ok());
        prop_assert_eq!(room.text("tea").unwrap(), if saved.is_ok() { text } else { TEA.to_owned() });
        // A form over whatever is there now.
        let _ = room.workshop.draft("colds", &coffee(), Some("tea"));
        let _ = room.workshop.redraft(&draft, &coffee());
    }

    #[test]
    fn any_files_together_are_saved_as_they_are_or_none_is(
        files in prop::collection::btree_map(
            prop_oneof![3 => "[a-c]{1,2}\\.md", 1 => text()],
            prop_oneof![2 => fit_file(), 1 => prop::collection::vec(any::<u8>(), 0..40)],
            0..5,
        ),
    ) {
        let room = Room::with_tea();
        let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
        let bundle = room.workshop.bundle("colds", &files).unwrap();
        let saved = room.workshop.save_all(&bundle, &anna(), now());
        // The ones that are told of and not taken keep nothing else from being saved but by their word.
        if let Ok(saved) = &saved {
            prop_assert_eq!(saved.done.len(), bundle.leaves.len());
        }
        for leaf in &bundle.leaves {
            prop_assert_eq!(room.text(&leaf.entry), saved.is_ok().then(|| leaf.text.clone()));
        }
        prop_assert_eq!(room.text("tea").unwrap(), TEA);
    }
}
