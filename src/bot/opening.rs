//! The first post of a forum's thread: its title asks, or its text does, or both together.

use super::Scene;
use super::conversation::Turn;
use crate::answer::{Decision, Incoming, Surface, decide};

impl Turn<'_> {
    /// What a post asks that there is something to say to: title and text together, else the title alone, which often is the
    /// question. None where pamphlet has nothing to say: others have.
    pub(super) fn asked_by(&self, scene: Scene, title: &str, text: &str) -> Option<String> {
        let index = self.index(scene)?;
        [format!("{title}\n{text}"), title.to_owned()].into_iter().find(|asked| {
            let incoming = Incoming { text: asked.clone(), surface: Surface::Asked, context: Vec::new() };
            matches!(
                decide(index, &incoming).decision,
                Decision::Answer { .. }
                    | Decision::Suggest { .. }
                    | Decision::Urgent(_)
                    | Decision::NotCovered { personal: true, .. }
            )
        })
    }
}
