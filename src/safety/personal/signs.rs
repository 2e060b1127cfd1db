//! `personal.toml`, read and made ready: names of words, turns of speech, and the signs by sort.

use super::lexicon::{Lexicon, Symbol};
use super::reading::{self, Marks};
use super::row::{Beside, Distance, Places, Row, Step};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// The most sentences of a short message.
const SHORT: usize = 3;

/// How many sentences at the end of a longer message are read like questions.
const LAST: usize = 2;

/// `personal.toml` as it is written; its head explains each part.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    right: Vec<String>,
    words: BTreeMap<String, Vec<String>>,
    turns: BTreeMap<String, Vec<String>>,
    sign: Vec<Sign>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    sort: String,
    rows: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// The rows of one sort of advice, and those beside which they don't count.
#[derive(Debug)]
struct Sort {
    name: String,
    rows: Vec<Row>,
    unless: Vec<Row>,
}

/// Every sign, ready to be looked for.
#[derive(Debug)]
pub(super) struct Signs {
    lexicon: Lexicon,
    marks: Marks,
    symbols: usize,
    /// The rows that a name stands for: words first, then turns, which may use them.
    named: Vec<(Symbol, Row)>,
    sorts: Vec<Sort>,
}

impl Signs {
    /// Reads the file's text.
    ///
    /// # Errors
    /// Every problem, for a person to read.
    pub(super) fn new(text: &str) -> Result<Self, Vec<String>> {
        let file: File = toml::from_str(text).map_err(|error| vec![error.to_string()])?;
        let mut maker = Maker::default();
        let marks = Marks {
            begin: maker.number("^"),
            end: maker.number("$"),
            question: maker.number("?"),
            number: maker.number("NUMBER"),
        };
        let mut named = Vec::new();
        for part in [&file.words, &file.turns] {
            for name in part.keys() {
                maker.number(name);
            }
            for (name, rows) in part {
                let symbol = maker.number(name);
                named.extend(rows.iter().filter_map(|row| maker.named(name, symbol, row)).map(|row| (symbol, row)));
            }
        }
        let sorts = file.sign.iter().map(|sign| Sort {
            name: sign.sort.clone(),
            rows: sign.rows.iter().map(|row| maker.row(&sign.sort, row)).collect(),
            unless: sign.unless.iter().map(|row| maker.row(&sign.sort, row)).collect(),
        });
        let sorts = sorts.collect();
        maker.lexicon.understand_misspellings(&file.right);
        if maker.problems.is_empty() {
            Ok(Self { lexicon: maker.lexicon, marks, symbols: maker.numbers.len(), named, sorts })
        } else {
            Err(maker.problems)
        }
    }

    /// The sort of advice that a message asks for, if it asks for any.
    pub(super) fn sort(&self, message: &str) -> Option<&str> {
        let mut sentences = reading::read(message, &self.lexicon, self.marks, self.symbols);
        let mut said = vec![false; self.symbols];
        for places in &mut sentences {
            for (symbol, row) in &self.named {
                let ends = row.ends(places, |_| false);
                places.mark(*symbol, ends);
            }
            for symbol in places.present() {
                said.get_mut(symbol).into_iter().for_each(|said| *said = true);
            }
        }
        let holds = |row: &Row, places: &Places| row.ends(places, |symbol| said.get(symbol) == Some(&true)) != 0;
        let asking = self.asking(&sentences);
        let sort = self.sorts.iter().find(|sort| {
            asking.iter().any(|places| {
                sort.rows.iter().any(|row| holds(row, places)) && !sort.unless.iter().any(|row| holds(row, places))
            })
        });
        sort.map(|sort| sort.name.as_str())
    }

    /// The sentences in which a wish may stand: all of a short message; of a longer one, which mostly tells a story, those
    /// with a question mark and the last ones.
    fn asking<'a>(&self, sentences: &'a [Places]) -> Vec<&'a Places> {
        let story = if sentences.len() > SHORT { sentences.len() - LAST } else { 0 };
        let asks = |(number, places): &(usize, &Places)| *number >= story || places.has(self.marks.question);
        sentences.iter().enumerate().filter(asks).map(|(_, places)| places).collect()
    }
}

/// Gives every word and name its number while the file is read.
#[derive(Default)]
struct Maker {
    lexicon: Lexicon,
    numbers: HashMap<String, Symbol>,
    problems: Vec<String>,
}

impl Maker {
    fn number(&mut self, written: &str) -> Symbol {
        let next = self.numbers.len();
        *self.numbers.entry(written.to_owned()).or_insert(next)
    }

    /// A row that a name stands for; none if it is a choice of single words, which the lexicon then knows by the name.
    fn named(&mut self, name: &str, symbol: Symbol, written: &str) -> Option<Row> {
        let is_choice =
            !written.contains(|letter: char| letter.is_whitespace() || letter.is_uppercase() || letter == '?');
        if !is_choice {
            return Some(self.row(name, written));
        }
        for word in written.split('|') {
            self.add(name, word, symbol);
        }
        None
    }

    fn row(&mut self, place: &str, written: &str) -> Row {
        let mut row = Row::default();
        let mut distance = Distance::Next;
        let mut beside = None;
        for part in written.split_whitespace() {
            match part {
                "*" => distance = Distance::Near,
                "..." => distance = Distance::Far,
                "+" | "++" | "-" | "--" => beside = Some((part.len() == 2, part.starts_with('+'))),
                _ => {
                    let (choices, optional) = match part.strip_suffix('?') {
                        Some(choices) if !choices.is_empty() && !choices.ends_with('|') => (choices, true),
                        _ => (part, false),
                    };
                    let any = choices.split('|').map(|choice| self.choice(place, choice)).collect();
                    match beside.take() {
                        Some((in_message, wanted)) => row.beside.push(Beside { any, in_message, wanted }),
                        None => row.steps.push(Step { any, distance: std::mem::take(&mut distance), optional }),
                    }
                }
            }
        }
        if row.steps.is_empty() && row.beside.is_empty() {
            self.problems.push(format!("{place}: a row without words"));
        }
        row
    }

    fn choice(&mut self, place: &str, written: &str) -> Symbol {
        if let Some(known) = self.numbers.get(written) {
            return *known;
        }
        if written.contains(char::is_uppercase) {
            self.problems.push(format!("{place}: `{written}` is no name of [words] or [turns]"));
        }
        let symbol = self.number(written);
        self.add(place, written, symbol);
        symbol
    }

    fn add(&mut self, place: &str, written: &str, symbol: Symbol) {
        if let Err(problem) = self.lexicon.add(written, symbol) {
            self.problems.push(format!("{place}: {problem}"));
        }
    }
}
