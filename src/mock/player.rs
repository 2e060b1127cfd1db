//! A player: does over the control interface what a recording or a scenario says, with the ids of this run.

use std::collections::HashMap;

use serde_json::Value;

/// Does what is written down.
pub(crate) struct Player {
    url: String,
    http: reqwest::Client,
    /// For each id that is written down, the id of this run.
    ids: HashMap<String, String>,
}

impl Player {
    /// A player at the local Discord of this address.
    pub(crate) fn new(url: String) -> Player {
        let http = reqwest::Client::builder().no_proxy().build().unwrap_or_default();
        Player { url, http, ids: HashMap::new() }
    }

    /// Notes that an id that is written down is this one here.
    pub(crate) fn know(&mut self, written: String, here: String) {
        self.ids.insert(written, here);
    }

    /// The id here for one that is written down.
    pub(crate) fn here(&self, written: &str) -> Option<&str> {
        self.ids.get(written).map(String::as_str)
    }

    /// Whether it is the id here of anything that is written down.
    pub(crate) fn is_known(&self, here: &str) -> bool {
        self.ids.values().any(|known| known == here)
    }

    /// Does something and gives the id of what was made, if something was; the error says why it was refused.
    pub(crate) async fn act(&self, method: &str, path: &str, body: &Value) -> Result<Option<String>, String> {
        let path: Vec<&str> = path.split('/').map(|part| self.here(part).unwrap_or(part)).collect();
        let method = method.parse().map_err(|_| format!("there is no method {method:?}"))?;
        let request = self.http.request(method, format!("{}{}", self.url, path.join("/")));
        let request = if body.is_null() { request } else { request.json(&self.translated(body)) };
        let response = request.send().await.map_err(|why| why.to_string())?;
        let status = response.status();
        let answer: Value = response.json().await.unwrap_or_default();
        let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
        if status.is_success() { Ok(text("id")) } else { Err(text("error").unwrap_or_else(|| status.to_string())) }
    }

    /// What is written down, with the ids of this run, inside texts too.
    pub(crate) fn translated(&self, written: &Value) -> Value {
        match written {
            Value::String(text) => Value::String(self.translated_text(text)),
            Value::Array(all) => all.iter().map(|one| self.translated(one)).collect(),
            Value::Object(all) => all.iter().map(|(key, one)| (key.clone(), self.translated(one))).collect(),
            other => other.clone(),
        }
    }

    fn translated_text(&self, text: &str) -> String {
        let mut translated = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
            let (digits, after) = from.split_at(end);
            translated.push_str(before);
            translated.push_str(self.here(digits).unwrap_or(digits));
            rest = after;
        }
        translated.push_str(rest);
        translated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_are_those_of_this_run() {
        let mut player = Player::new(String::new());
        player.know("7".to_owned(), "8".to_owned());
        let written = json!({ "message": "7", "options": { "list": ["<@7> and 7", "77", 7] } });
        let translated = json!({ "message": "8", "options": { "list": ["<@8> and 8", "77", 7] } });
        assert_eq!(player.translated(&written), translated);
        assert!(player.is_known("8") && !player.is_known("7"));
    }
}
