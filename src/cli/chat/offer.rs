//! What numbers stand for, and forms that are filled in line by line.

use super::row::{Completion, Form, Row};
use super::wish::Typed;
use serde_json::{Map, Value, json};

/// What was offered last: its parts are chosen by number, from 1.
pub(super) enum Offer {
    Nothing,
    /// A message with buttons and menus.
    Card(Box<Row>),
    /// Texts that complete the option of a command.
    Completions {
        typed: Typed,
        option: String,
        texts: Vec<Completion>,
    },
}

/// What was chosen.
#[derive(Debug, PartialEq)]
pub(super) enum Picked {
    /// A click: what to say of it beside the member.
    Click(Value),
    /// A command with its option completed.
    Command(Typed),
}

impl Offer {
    /// What this number stands for.
    ///
    /// # Errors
    /// A sentence that says which numbers there are.
    pub(super) fn pick(&self, number: usize) -> Result<Picked, String> {
        let mut all = self.all();
        if number >= 1 && number <= all.len() {
            return Ok(all.swap_remove(number - 1));
        }
        Err(match all.len() {
            0 => "There is nothing to choose from yet.".to_owned(),
            1 => format!("There is no [{number}], only [1]."),
            last => format!("There is no [{number}]; there are [1] to [{last}]."),
        })
    }

    /// Everything in the order of its numbers: buttons, then the options of each menu.
    fn all(&self) -> Vec<Picked> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Card(row) => {
                let message = row.id.to_string();
                let buttons = row.buttons.iter().map(|label| json!({ "message": message, "label": label }));
                let options = row.selects.iter().flat_map(|menu| menu.options.iter().map(move |option| (menu, option)));
                let options = options
                    .map(|(menu, option)| json!({ "message": message, "label": menu.label, "values": [option.value] }));
                buttons.chain(options).map(Picked::Click).collect()
            }
            Self::Completions { typed, option, texts } => {
                let filled = |text: &Completion| {
                    let mut typed = typed.clone();
                    typed.options.insert(option.clone(), text.value.clone());
                    Picked::Command(typed)
                };
                texts.iter().map(filled).collect()
            }
        }
    }
}

/// A form on a member's screen, and what was written into it so far.
pub(super) struct Filling {
    form: Form,
    given: Vec<String>,
}

impl Filling {
    /// An empty form; `None` if it has no fields.
    pub(super) fn new(form: Form) -> Option<Self> {
        (!form.fields.is_empty()).then_some(Self { form, given: Vec::new() })
    }

    /// The field that is asked for; empty after the last.
    pub(super) fn field(&self) -> &str {
        self.form.fields.get(self.given.len()).map_or("", String::as_str)
    }

    /// Takes what stands in the field that is asked for. Gives the form as it is sent in when that was the last. A field that is
    /// left empty stays as the bot filled it in.
    pub(super) fn take(&mut self, line: &str) -> Option<Value> {
        self.given.push(line.trim().to_owned());
        if self.given.len() < self.form.fields.len() {
            return None;
        }
        let fields = self.form.fields.iter().zip(&self.given).filter(|(_, given)| !given.is_empty());
        let fields: Map<String, Value> =
            fields.map(|(label, given)| (label.clone(), Value::String(given.clone()))).collect();
        Some(json!({ "form": self.form.id.to_string(), "fields": fields }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::{Id, Menu, MenuOption};
    use super::*;

    fn card() -> Row {
        let options =
            ["Bones", "Diet"].map(|label| MenuOption { label: label.to_owned(), value: label.to_lowercase() }).to_vec();
        let menu = Menu { label: "Choose".to_owned(), options };
        Row { id: Id(7), buttons: vec!["Helpful".to_owned()], selects: vec![menu], ..Row::default() }
    }

    #[test]
    fn numbers_go_on_from_buttons_to_menus() {
        let check = |number: usize, expected: Result<Value, &str>| {
            let expected = expected.map(Picked::Click).map_err(str::to_owned);
            assert_eq!(Offer::Card(Box::new(card())).pick(number), expected);
        };
        check(1, Ok(json!({ "message": "7", "label": "Helpful" })));
        check(3, Ok(json!({ "message": "7", "label": "Choose", "values": ["diet"] })));
        check(0, Err("There is no [0]; there are [1] to [3]."));
        check(4, Err("There is no [4]; there are [1] to [3]."));
        let nothing = Err("There is nothing to choose from yet.".to_owned());
        assert_eq!(Offer::Nothing.pick(1), nothing);
    }

    #[test]
    fn a_completion_is_a_command() {
        let typed = Typed { name: "ask".to_owned(), options: Map::new() };
        let texts = vec![Completion { name: "Diet?".to_owned(), value: json!("diet") }];
        let offer = Offer::Completions { typed, option: "question".to_owned(), texts };
        let options = Map::from_iter([("question".to_owned(), json!("diet"))]);
        assert_eq!(offer.pick(1), Ok(Picked::Command(Typed { name: "ask".to_owned(), options })));
        assert_eq!(offer.pick(2), Err("There is no [2], only [1].".to_owned()));
    }

    #[test]
    fn a_form_is_filled_in_field_by_field() {
        let form = |fields: &[&str]| Form {
            id: Id(9),
            title: "Why?".to_owned(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        };
        assert!(Filling::new(form(&[])).is_none());
        let mut filling = Filling::new(form(&["Why", "Where"])).unwrap();
        assert_eq!(filling.field(), "Why");
        assert_eq!(filling.take(" It is old "), None);
        assert_eq!(filling.field(), "Where");
        assert_eq!(filling.take(""), Some(json!({ "form": "9", "fields": { "Why": "It is old" } })));
        assert_eq!(filling.field(), "");
    }
}
