//! An evaluation as one JSON object. It holds figures and ids, and no message.

use super::{Act, Evaluation, Fault, Miss, Row, Section, Share};
use crate::answer::Surface;
use serde_json::{Map, Value, json};

/// All figures, on one line without a line end. Shares have `count`, `of`, and from 0 to 1 `share`, `low` and `high`
/// (the 95 % interval), which are null where there was nothing to count.
pub fn json(evaluation: &Evaluation) -> String {
    let Evaluation { calibration, curve, time, .. } = evaluation;
    let bins = calibration.bins.iter().map(|bin| {
        json!({ "from": bin.from, "to": bin.to, "count": bin.count, "right": bin.right, "said": bin.said, "so": bin.so() })
    });
    let points = curve.points.iter().map(|point| {
        json!({ "threshold": point.threshold, "precision": share(point.precision), "coverage": share(point.coverage) })
    });
    let document = json!({
        "collection": evaluation.collection,
        "messages": evaluation.messages,
        "sections": evaluation.sections.iter().map(|part| (part.key.to_owned(), section(part))).collect::<Map<_, _>>(),
        "calibration": {
            "count": calibration.count,
            "ece": calibration.ece,
            "brier": calibration.brier,
            "bins": bins.collect::<Vec<_>>(),
        },
        "curve": points.collect::<Vec<_>>(),
        "decided": { "precision": share(evaluation.precision), "coverage": share(evaluation.coverage) },
        "micros": { "median": time.map(|time| time.median), "p99": time.map(|time| time.p99) },
        "misses": evaluation.misses.iter().map(miss).collect::<Vec<_>>(),
    });
    document.to_string()
}

fn section(section: &Section) -> Value {
    let rows = |rows: &[Row]| rows.iter().map(|each| (each.name.clone(), row(section, each))).collect::<Map<_, _>>();
    json!({ "all": row(section, &section.all), "groups": rows(&section.groups), "styles": rows(&section.styles) })
}

fn row(section: &Section, row: &Row) -> Value {
    let shares = section.columns.iter().zip(&row.shares).map(|((key, _), of)| ((*key).to_owned(), share(*of)));
    let mut object: Map<String, Value> = shares.collect();
    object.insert("count".to_owned(), row.count.into());
    Value::Object(object)
}

fn share(share: Share) -> Value {
    let (low, high) = share.interval().unzip();
    json!({ "count": share.count, "of": share.of, "share": share.value(), "low": low, "high": high })
}

fn miss(miss: &Miss) -> Value {
    let entries = match &miss.outcome.act {
        Act::Answered { entry, .. } => std::slice::from_ref(entry),
        Act::Offered { entries, .. } => entries.as_slice(),
        _ => &[],
    };
    let surface = if miss.outcome.surface == Surface::Asked { "asked" } else { "overheard" };
    let fault = Fault::NAMES.iter().find(|(fault, ..)| *fault == miss.fault).map(|(_, name, _)| *name);
    json!({ "id": miss.label.id, "surface": surface, "fault": fault, "entries": entries })
}
