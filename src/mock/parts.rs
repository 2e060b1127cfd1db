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
    fn from(parts: Vec<Value>) -> Parts {
        Parts(Some(parts).filter(|parts| !parts.is_empty()).and_then(|parts| to_raw_value(&parts).ok()))
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
}
