//! Files and folders that can't be taken as they are.

use super::{ENTRY, OTHER, check, folder_of, ids, lines, load_in, write};
use pamphlet::faq::{Collection, MAX_FILE_BYTES, load, load_all};
use std::path::Path;

/// Loads a folder with one good entry, to which `add` adds more, and compares the problems.
fn check_folder(add: impl FnOnce(&Path), expected: &[&str]) -> Collection {
    let folder = folder_of(&[("good.md", ENTRY)]);
    add(&folder.path().join("faq"));
    let loaded = load_in(&folder);
    assert_eq!(lines(&folder, &loaded.problems), expected);
    loaded.collection.unwrap()
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_accepted() {
    let text = "\u{feff}".to_owned() + &OTHER.replace('\n', "\r\n") + "Second line.\r\n";
    let expected = ["warning e.md:1:1 a byte-order mark opens this file", "warning e.md:1:4 Windows line ends"];
    let collection = check(&[("e.md", &text)], &expected).unwrap();
    assert_eq!(collection.entry("e").unwrap().passage, "Honey is sweet.\nSecond line.");
    let later = text.replace("Food", "\u{1b}");
    let expected = [expected[0], expected[1], "error e.md:4:9 `topic` holds a character that can't be seen (U+001B)"];
    check(&[("e.md", &later.replace('\u{1b}', "\\u001b"))], &expected);
}

#[test]
fn text_that_is_not_utf8() {
    let collection = check_folder(
        |folder| std::fs::write(folder.join("e.md"), b"+++\nquestion = \"\xc3\xa4\xff?\"\n+++\n").unwrap(),
        &["error e.md:2:14 the byte FF is not UTF-8"],
    );
    assert_eq!(ids(&collection), ["good"]);
}

#[test]
fn a_file_over_a_mebibyte_is_refused() {
    let size = usize::try_from(MAX_FILE_BYTES).unwrap();
    let fill = |size: usize| ENTRY.replace("tea", "milk").replace("\n\n+++", &format!("\n#{}\n+++", "x".repeat(size)));
    let exact = fill(size - fill(0).len());
    check_folder(|folder| std::fs::write(folder.join("e.md"), &exact).unwrap(), &[]);
    check_folder(
        |folder| std::fs::write(folder.join("e.md"), exact + "\n").unwrap(),
        &["error e.md this file is over 1048576 bytes, so it was not read"],
    );
}

#[test]
fn ids_that_differ_in_case_only() {
    let collection = check_folder(
        |folder| std::fs::write(folder.join("Good.md"), OTHER).unwrap(),
        &[
            "error Good.md duplicate id: case apart it is that of `good.md`",
            "error Good.md this file's name can't be an entry's id",
        ],
    );
    assert_eq!(ids(&collection), ["good"]);
}

#[test]
fn names_that_pamphlet_does_not_read() {
    check_folder(
        |folder| {
            for name in ["word.toml", "honey.md.TXT", "honey.markdown"] {
                std::fs::write(folder.join(name), "").unwrap();
            }
            std::fs::create_dir(folder.join("more")).unwrap();
        },
        &[
            "warning honey.markdown pamphlet doesn't read a file of this name",
            "warning honey.md.TXT pamphlet doesn't read a file of this name",
            "warning more pamphlet doesn't read a folder inside a collection",
            "warning word.toml pamphlet doesn't read a file of this name",
        ],
    );
}

#[test]
fn folders_that_cannot_be_read() {
    let folder = folder_of(&[]);
    for name in ["nowhere", "faq/collection.toml"] {
        let loaded = load(&folder.path().join(name));
        assert!(loaded.collection.is_none());
        let problem = loaded.problems.first().unwrap();
        assert!(problem.what.starts_with("this folder can't be read: "), "{}", problem.what);
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    #[test]
    fn links() {
        let collection = check_folder(
            |folder| {
                write(folder.parent().unwrap(), "../outside.md", OTHER.as_bytes());
                write(folder.parent().unwrap(), "texts/inside.md", OTHER.as_bytes());
                symlink("../outside.md", folder.join("leaves.md")).unwrap();
                symlink("loops.md", folder.join("loops.md")).unwrap();
                symlink("nowhere.md", folder.join("dangles.md")).unwrap();
                symlink("good.md", folder.join("twin.md")).unwrap();
                symlink("texts", folder.join("folder.md")).unwrap();
                symlink("texts/inside.md", folder.join("inside.md")).unwrap();
                symlink("/etc/hostname", folder.join("words.toml")).unwrap();
            },
            &[
                "error dangles.md this link leads nowhere",
                "error folder.md this is not a plain file",
                "error leaves.md this link leaves the collection's folder",
                "error loops.md this link leads in a circle",
                "warning texts pamphlet doesn't read a folder inside a collection",
                "error twin.md duplicate id: this link leads to another entry",
                "error words.toml this link leaves the collection's folder",
            ],
        );
        assert_eq!(ids(&collection), ["good", "inside"]);
    }

    #[test]
    fn links_between_collections() {
        let folder = folder_of(&[("good.md", ENTRY)]);
        symlink("faq", folder.path().join("twin")).unwrap();
        symlink("..", folder.path().join("up")).unwrap();
        symlink("faq/good.md", folder.path().join("file")).unwrap();
        let (collections, problems) = load_all(folder.path());
        assert_eq!(collections.len(), 1);
        let told: Vec<_> =
            problems.iter().map(|problem| (problem.place.file.file_name().unwrap(), &*problem.what)).collect();
        let what = "this link is not followed";
        assert_eq!(told, [("twin".as_ref(), what), ("up".as_ref(), what)]);
    }

    #[test]
    fn special_files_are_not_opened() {
        let mut listeners = Vec::new();
        check_folder(
            |folder| {
                listeners.push(UnixListener::bind(folder.join("socket.md")).unwrap());
                fs::create_dir(folder.join("folder.md")).unwrap();
            },
            &[
                "warning folder.md pamphlet doesn't read a folder inside a collection",
                "error socket.md this is not a plain file",
            ],
        );
    }

    #[test]
    fn files_and_folders_without_permission() {
        let folder = folder_of(&[("good.md", ENTRY), ("locked.md", OTHER)]);
        let inner = folder.path().join("faq");
        fs::set_permissions(inner.join("locked.md"), fs::Permissions::from_mode(0o000)).unwrap();
        // An administrator may read everything.
        if fs::read(inner.join("locked.md")).is_err() {
            let loaded = load_in(&folder);
            assert_eq!(
                lines(&folder, &loaded.problems),
                ["error locked.md this file can't be read: permission denied"]
            );
            assert_eq!(ids(&loaded.collection.unwrap()), ["good"]);
            fs::set_permissions(&inner, fs::Permissions::from_mode(0o000)).unwrap();
            let what = load_in(&folder).problems.first().unwrap().what.clone();
            assert_eq!(what, "this folder can't be read: permission denied");
            fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
}
