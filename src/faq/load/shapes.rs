//! The tables of a collection's files: what each is called, its keys, and how each key is written.

/// What a kind of table is called and the keys that it has, each with a line that shows how it is written.
pub(super) struct Shape {
    /// As in "the keys of … are".
    pub(super) name: &'static str,
    pub(super) keys: &'static [(&'static str, &'static str)],
}

impl Shape {
    /// All keys, as a sentence.
    pub(super) fn list(&self) -> String {
        let names: Vec<String> = self.keys.iter().map(|(key, _)| format!("`{key}`")).collect();
        format!("the keys of {} are {}", self.name, names.join(", "))
    }

    /// A line that shows how a key is written.
    pub(super) fn example(&self, key: &str) -> &'static str {
        self.keys.iter().find(|(known, _)| *known == key).map_or("", |(_, example)| example)
    }
}

pub(super) static ENTRY: Shape = Shape {
    name: "an entry",
    keys: &[
        ("question", "question = \"Does prednisone weaken bones?\""),
        ("also", "also = [\"is prednisone bad for bones\", \"prednisone and osteoporosis\"]"),
        ("topic", "topic = \"Steroids\""),
        ("source", "source = [\"S1p1\"]"),
        ("related", "related = [\"steroids-weight\"]"),
        ("ask", "ask = \"your rheumatologist\""),
        ("reviewed_by", "reviewed_by = \"rheumatologist\""),
        ("reviewed_on", "reviewed_on = 2026-11-23"),
        ("review_by", "review_by = 2027-11-23"),
        ("approved", "approved = \"…\""),
    ],
};

pub(super) static APPROVED: Shape = Shape {
    name: "the copy of a signed text",
    keys: &[("question", "question = \"Does prednisone weaken bones?\""), ("source", "source = [\"S1p1\"]")],
};

pub(super) static COLLECTION: Shape = Shape {
    name: "collection.toml",
    keys: &[
        ("title", "title = \"Dermatomyositis\""),
        ("language", "language = \"en\""),
        ("reminder", "reminder = \"This is general information, not advice for you.\""),
        ("ask", "ask = \"your rheumatologist or pharmacist\""),
        ("review", "[review]"),
        ("help", "[[help]]"),
    ],
};

pub(super) static REVIEW: Shape =
    Shape { name: "[review]", keys: &[("serve", "serve = \"current\""), ("grace_days", "grace_days = 90")] };

pub(super) static HELP: Shape = Shape {
    name: "a [[help]]",
    keys: &[
        ("region", "region = \"GB\""),
        ("kind", "kind = \"medical\""),
        ("name", "name = \"Samaritans\""),
        ("number", "number = \"116 123\""),
        ("source", "source = \"https://example.org/contact\""),
        ("checked_on", "checked_on = 2026-11-23"),
    ],
};

pub(super) static SOURCE: Shape = Shape {
    name: "source.toml",
    keys: &[
        ("title", "title = \"The document's title\""),
        ("link", "link = \"https://example.org/document\""),
        ("passage", "[[passage]]"),
    ],
};

pub(super) static PASSAGE: Shape = Shape {
    name: "a [[passage]]",
    keys: &[
        ("id", "id = \"S1p1\""),
        ("section", "section = \"The heading it stands under\""),
        ("facts", "facts = [\"Prednisone can weaken bones.\"]"),
    ],
};

pub(super) static WORDS: Shape = Shape { name: "words.toml", keys: &[("group", "[[group]]")] };

pub(super) static GROUP: Shape = Shape {
    name: "a [[group]]",
    keys: &[
        ("name", "name = \"prednisone\""),
        ("kind", "kind = \"medicine\""),
        ("words", "words = [\"Deltasone\", \"pred\"]"),
        ("misspelt", "misspelt = [\"predisone\"]"),
        ("of", "of = \"corticosteroids\""),
    ],
};

pub(super) static GAPS: Shape = Shape { name: "gaps.toml", keys: &[("gap", "[[gap]]")] };

pub(super) static GAP: Shape = Shape {
    name: "a [[gap]]",
    keys: &[
        ("topic", "topic = \"IVIG\""),
        ("words", "words = [\"immunoglobulin\", \"ivig\"]"),
        ("also", "also = [\"does ivig help with the rash\"]"),
    ],
};

pub(super) static URGENT: Shape = Shape { name: "urgent.toml", keys: &[("phrase", "[[phrase]]")] };

pub(super) static PHRASE: Shape = Shape {
    name: "a [[phrase]]",
    keys: &[("kind", "kind = \"medical\""), ("phrase", "phrase = \"can't swallow my own spit\"")],
};
