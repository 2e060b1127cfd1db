//! Parts: the embeds or the components of a message, kept as they are written.

use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// A list of parts in JSON: each is sent more often than it is looked into, and takes far less room than as values.
#[derive(Clone, Default, Debug)]
pub(crate) struct Parts(Option<Box<RawValue>>);

impl Parts {
    /// None.
    pub(crate) const NONE: Parts = Parts(None);

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many bytes they take.
    pub(crate) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |written| written.get().len())
    }

    /// The parts to look into.
    pub(crate) fn read(&self) -> Vec<Value> {
        self.0.as_ref().and_then(|written| serde_json::from_str(written.get()).ok()).unwrap_or_default()
    }
}

impl From<Vec<Value>> for Parts {
    fn from(mut parts: Vec<Value>) -> Parts {
        parts.iter_mut().for_each(spell_ids);
        Parts(Some(parts).filter(|parts| !parts.is_empty()).and_then(|parts| to_raw_value(&parts).ok()))
    }
}

/// What menus have chosen at first, by ids as Discord writes them; it reads them as numbers too.
fn spell_ids(part: &mut Value) {
    let inner = part.get_mut("components").and_then(Value::as_array_mut).into_iter().flatten();
    let chosen = inner.filter_map(|menu| menu.get_mut("default_values")?.as_array_mut()).flatten();
    for id in chosen.filter_map(|value| value.get_mut("id")).filter(|id| id.is_number()) {
        *id = Value::String(id.to_string());
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(written) => written.serialize(serializer),
            None => serializer.collect_seq([(); 0]),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_kept_is_read_and_written_as_it_was() {
        let check = |values: Vec<Value>| {
            let parts = Parts::from(values.clone());
            assert_eq!(parts.read(), values);
            assert_eq!(parts.is_empty(), values.is_empty());
            assert_eq!(serde_json::to_value(&parts).unwrap(), json!(values));
            assert_eq!(serde_json::to_string(&parts).unwrap(), json!(values).to_string());
        };
        check(Vec::new());
        check(vec![json!({ "type": 1, "components": [{ "label": "“Yes”", "id": 7 }] }), json!(null)]);
    }

    #[test]
    fn ids_are_written_as_discord_does() {
        let menu = |id: Value| json!({ "type": 1, "components": [{ "type": 8, "default_values": [{ "id": id }] }] });
        assert_eq!(Parts::from(vec![menu(json!(5))]).read(), [menu(json!("5"))]);
    }
}
