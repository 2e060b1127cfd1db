//! The languages of Discord's clients, and what commands are called in them.

use serde_json::{Value, json};

use crate::mock::checks::{items, text};

/// The locale of clients of which nothing else is said.
pub(crate) const USUAL: &str = "en-US";

/// Every locale that Discord knows (its OpenAPI document, "AvailableLocalesEnum").
pub const ALL: [&str; 34] = [
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// What a client of this locale calls a command, an option of one, or a choice of that.
pub(crate) fn name<'c>(command: &'c Value, locale: &str) -> &'c str {
    localized(command, "name", locale)
}

/// Whether somebody at a client of this locale means this command, option or choice by a name: the one that they see, or its own.
pub(crate) fn is_called(command: &Value, locale: &str, called: &str) -> bool {
    called == name(command, locale) || called == text(command, "name")
}

/// A command, or an option of one, with what its user sees at a client of this locale.
pub(crate) fn shown(command: &Value, locale: &str) -> Value {
    let mut shown = command.clone();
    shown["name"] = json!(name(command, locale));
    shown["description"] = json!(localized(command, "description", locale));
    shown["options"] = items(command, "options").iter().map(|option| self::shown(option, locale)).collect();
    if let Some(choices) = shown.get_mut("choices") {
        *choices = shown_choices(choices, locale);
    }
    for key in ["name_localizations", "description_localizations"] {
        shown.as_object_mut().map(|shown| shown.remove(key));
    }
    shown
}

/// The choices of an option with what its user sees at a client of this locale.
pub(crate) fn shown_choices(choices: &Value, locale: &str) -> Value {
    let shown = |choice: &Value| json!({ "name": name(choice, locale), "value": choice.get("value") });
    choices.as_array().into_iter().flatten().map(shown).collect()
}

/// What stands under a key in this locale, else what stands there for all.
fn localized<'c>(command: &'c Value, key: &str, locale: &str) -> &'c str {
    let there = command.get(format!("{key}_localizations")).and_then(|all| all.get(locale));
    there.and_then(Value::as_str).unwrap_or_else(|| text(command, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_and_known_in_the_language_of_the_client() {
        let command = json!({
            "name": "ask", "name_localizations": { "de": "frage" },
            "description": "Ask", "description_localizations": { "de": "Frag" },
            "options": [{ "name": "text", "name_localizations": { "de": "satz" }, "description": "d", "type": 3,
                "choices": [{ "name": "red", "name_localizations": { "de": "rot" }, "value": "r" }] }],
        });
        let german = shown(&command, "de");
        let choices = json!([{ "name": "rot", "value": "r" }]);
        let option = json!({ "name": "satz", "description": "d", "type": 3, "options": [], "choices": choices });
        assert_eq!(german, json!({ "name": "frage", "description": "Frag", "options": [option] }));
        assert_eq!(shown(&command, "fr")["name"], "ask");
        assert!(is_called(&command, "de", "frage") && is_called(&command, "de", "ask"));
        assert!(!is_called(&command, "fr", "frage"));
    }
}
