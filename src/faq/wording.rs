//! What a reviewer signs of an entry, and how an edit shows.

use super::{SourceRef, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What people read of an entry: a reviewer signs this and nothing else. Phrasings, topic and related entries are how it is found,
/// and may change under a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The question.
    pub question: String,
    /// Where the passage comes from, as the entry names it.
    pub source: Vec<SourceRef>,
    /// The passage.
    pub passage: String,
}

impl Wording {
    /// What `approved` holds for it: SHA-256 in hexadecimal, over a JSON array of the question, the array of sources as they are
    /// typed in the file, and the passage, without any space between them and without escapes that JSON doesn't need. Line
    /// ends, outer blank lines and the rest of the front matter make no difference.
    pub fn hash(&self) -> String {
        let sources: Vec<&str> = self.source.iter().map(SourceRef::name).collect();
        let canonical = serde_json::json!([self.question, sources, self.passage]).to_string();
        hex(Sha256::digest(canonical))
    }
}

/// The two texts of an entry that changed after it was signed: one is served, and this tells of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// The new text is served.
    Served {
        /// The text that was signed, if its copy is kept.
        signed: Option<Wording>,
    },
    /// The text that was signed is served on, until the new one is signed.
    Waiting {
        /// The new text.
        draft: Wording,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wording(question: &str, source: &[&str], passage: &str) -> Wording {
        let source = source.iter().map(|name| SourceRef::Passage((*name).to_owned())).collect();
        Wording { question: question.to_owned(), source, passage: passage.to_owned() }
    }

    #[test]
    fn a_hash_never_changes_from_one_version_of_the_program_to_the_next() {
        // printf '%s' '["Does tea “help”?",["S1","S2"],"Tea is \"warm\".\nIt is."]' | sha256sum
        let tea = wording("Does tea “help”?", &["S1", "S2"], "Tea is \"warm\".\nIt is.");
        assert_eq!(tea.hash(), "486ed8b3616e7a0facb52dc21f9570adfae24d037a3952c9b56fbb4d53a9f187");
    }

    #[test]
    fn whether_a_source_is_a_passage_or_a_title_makes_no_difference() {
        let listed = wording("q", &["A book"], "p");
        let named = Wording { source: vec![SourceRef::Named("A book".to_owned())], ..listed.clone() };
        assert_eq!(listed.hash(), named.hash());
    }

    proptest! {
        #[test]
        fn other_texts_have_other_hashes(one in any::<[String; 3]>(), other in any::<[String; 3]>()) {
            let hash = |texts: &[String; 3]| wording(&texts[0], &[&texts[1]], &texts[2]).hash();
            prop_assert_eq!(one == other, hash(&one) == hash(&other));
        }
    }
}
