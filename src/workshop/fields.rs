//! The fields of an entry, as a form shows them.

use crate::faq;
use toml_edit::{DocumentMut, Item, Value};

/// What a form asks of an entry. A field that is empty isn't in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// The question that the card shows.
    pub question: String,
    /// Other ways of asking, in a form one a line.
    pub also: Vec<String>,
    /// The heading under which it is listed.
    pub topic: String,
    /// Where the passage comes from: ids of passages of the source document, or titles and links where there is none.
    pub source: Vec<String>,
    /// Ids of entries that a reader may want next.
    pub related: Vec<String>,
    /// Whom to ask, if not the collection's default.
    pub ask: String,
    /// The answer, in Markdown.
    pub passage: String,
}

impl Fields {
    /// The same as a file holds it: no spaces around, no line breaks but in the passage, no empty phrasings, sources and ids, line
    /// ends as `\n`.
    #[must_use]
    pub fn tidied(&self) -> Self {
        Self {
            question: one_line(&self.question),
            also: one_line_each(&self.also),
            topic: one_line(&self.topic),
            source: one_line_each(&self.source),
            related: one_line_each(&self.related),
            ask: one_line(&self.ask),
            passage: trimmed(&self.passage.replace("\r\n", "\n")).to_owned(),
        }
    }

    /// The fields of a file, whose line ends are `\n`; none where a form would lose something, since its front matter can't be read
    /// or holds other things than texts.
    pub(super) fn read(text: &str) -> Option<Self> {
        Some(Self::typed(text)?.tidied())
    }

    /// The same, as it was typed.
    pub(super) fn typed(text: &str) -> Option<Self> {
        let (front, passage) = faq::parts(text)?;
        let front: DocumentMut = text.get(front)?.parse().ok()?;
        let passage = text.get(passage)?.to_owned();
        let one = |key: &str| front.get(key).map_or(Some(String::new()), |item| item.as_str().map(str::to_owned));
        let each = |key: &str| front.get(key).map_or(Some(Vec::new()), texts);
        let source = one("source").map(|one| vec![one]).or_else(|| each("source"))?;
        Some(Self {
            question: one("question")?,
            also: each("also")?,
            topic: one("topic")?,
            source,
            related: each("related")?,
            ask: one("ask")?,
            passage,
        })
    }
}

fn texts(list: &Item) -> Option<Vec<String>> {
    list.as_array()?.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// A text of a list as a form shows it.
pub(super) fn shown(value: &Value) -> String {
    value.as_str().map(one_line).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ").trim().to_owned()
}

fn one_line_each(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| one_line(text)).filter(|text| !text.is_empty()).collect()
}

/// A passage without the blank lines around it.
fn trimmed(passage: &str) -> &str {
    let lines = passage.split_inclusive('\n');
    let blank = lines.take_while(|line| line.trim().is_empty()).map(str::len).sum();
    passage.get(blank..).unwrap_or_default().trim_end()
}
