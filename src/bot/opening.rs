//! The first post of a forum's thread: its title asks, or its text does, or both together.

use super::Scene;
use super::conversation::Turn;
use crate::answer::{Decision, Incoming, Surface, decide};

impl Turn<'_> {
    /// What a post asks that there is something to say to: title and text together, or the title alone, which often is the
    /// question; what is answered comes before what entries can only be offered for. None where pamphlet has nothing to say: others
    /// have.
    pub(super) fn asked_by(&self, scene: Scene, title: &str, text: &str) -> Option<String> {
        let index = self.index(scene)?;
        let decided = [format!("{title}\n{text}"), title.to_owned()].map(|asked| {
            let incoming = Incoming { text: asked.clone(), surface: Surface::Asked, context: Vec::new() };
            (decide(index, &incoming).decision, asked)
        });
        let first = |fits: fn(&Decision) -> bool| decided.iter().find(|(decision, _)| fits(decision));
        let found = first(is_answer).or_else(|| first(|decision| matches!(decision, Decision::Suggest { .. })));
        found.map(|(_, asked)| asked.clone())
    }
}

/// Whether something is said for sure.
fn is_answer(decision: &Decision) -> bool {
    matches!(decision, Decision::Answer { .. } | Decision::Urgent(_) | Decision::NotCovered { personal: true, .. })
}
