//! Several servers with collections of their own in one process: none ever gets another's entry, draft or settings, neither by
//! what a member can do nor by a control that somebody made up.
//!
//! | file | what it is |
//! |---|---|
//! | `mod` | two collections that share ids, and what only one of them says |
//! | `asked` | on the real binary: whatever Discord offers |
//! | `forged` | on the rules alone: controls and forms with another's ids |

mod asked;
mod forged;

use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A collection of the tests.
struct House {
    id: &'static str,
    /// The id of an entry that the other hasn't, and its question.
    own: (&'static str, &'static str),
}

/// Both have an entry `rest`, too.
const COLDS: House = House { id: "colds", own: ("tea", "Does tea help?") };
const BURNS: House = House { id: "burns", own: ("water", "Does water help?") };

impl House {
    /// What every passage of this collection says, and no other.
    fn mark(&self) -> String {
        format!("Only in {}.", self.id)
    }

    /// Whether a text holds anything that this collection alone has.
    fn is_in(&self, text: &str) -> bool {
        let (entry, question) = self.own;
        let names = [self.mark(), format!("`{entry}`"), question.to_owned(), format!("Book of {}", self.id)];
        names.iter().any(|name| text.contains(name))
    }

    fn write(&self, faq: &Path) {
        let folder = faq.join(self.id);
        fs::create_dir(&folder).unwrap();
        let top = format!("title = \"Book of {}\"\nreminder = \"General.\"\nask = \"your doctor\"\n", self.id);
        fs::write(folder.join("collection.toml"), top).unwrap();
        for (entry, question) in [self.own, ("rest", "Does rest help?")] {
            let text = format!(
                "+++\nquestion = \"{question}\"\ntopic = \"All\"\nsource = \"A book\"\n+++\n\n{}\n",
                self.mark()
            );
            fs::write(folder.join(format!("{entry}.md")), text).unwrap();
        }
    }
}

/// A folder with both.
fn both() -> TempDir {
    let faq = tempfile::tempdir().unwrap();
    COLDS.write(faq.path());
    BURNS.write(faq.path());
    faq
}
