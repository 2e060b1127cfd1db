//! The kinds of messages, and which labelled message is of which.

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A question that an FAQ on treatment may answer.
    Question,
    /// A question that is near, and that a collection seldom answers: a dose, a price, another medicine.
    Uncovered,
    /// A plain question that looks as if it asked for advice.
    LooksPersonal,
    /// It asks what one person should do about their treatment.
    Personal,
    /// Talk between members.
    Chatter,
    /// Anything else that people put to a bot.
    Elsewhere,
    /// It uses the words of an emergency or of despair, and is neither.
    LooksUrgent,
    /// Somebody is in a medical emergency.
    Medical,
    /// Somebody is in despair or in danger from themselves.
    Crisis,
}

impl Kind {
    /// Every kind, in the order in which the model counts them.
    pub const ALL: [Self; 9] = [
        Self::Question,
        Self::Uncovered,
        Self::LooksPersonal,
        Self::Personal,
        Self::Chatter,
        Self::Elsewhere,
        Self::LooksUrgent,
        Self::Medical,
        Self::Crisis,
    ];

    /// The kinds that have a file of lessons, one message a line, under `src/kinds/lessons/`.
    pub const FILES: [(Self, &str); 5] = [
        (Self::Chatter, "chatter.txt"),
        (Self::Elsewhere, "elsewhere.txt"),
        (Self::LooksUrgent, "looks-urgent.txt"),
        (Self::Medical, "medical.txt"),
        (Self::Crisis, "crisis.txt"),
    ];

    /// Whether a message of this kind asks an FAQ nothing.
    pub(super) fn is_no_question(self) -> bool {
        matches!(self, Self::Chatter | Self::Elsewhere | Self::LooksUrgent)
    }

    /// The messages of a file of lessons.
    pub fn lessons(text: &str) -> impl Iterator<Item = &str> {
        text.lines().filter(|line| !line.trim().is_empty())
    }

    /// The kind of a message of a collection with this label; none for a label of another sort.
    pub fn of_label(kind: &str, group: Option<&str>) -> Option<Self> {
        match (kind, group) {
            ("answer", Some("not-personal")) => Some(Self::LooksPersonal),
            ("answer", _) => Some(Self::Question),
            ("none", Some("chatter")) => Some(Self::Chatter),
            ("none", Some("far")) => Some(Self::Elsewhere),
            ("none", Some("hard-negative")) => Some(Self::LooksUrgent),
            ("none", _) => Some(Self::Uncovered),
            ("personal", _) => Some(Self::Personal),
            ("urgent", Some("medical")) => Some(Self::Medical),
            ("urgent", Some("crisis")) => Some(Self::Crisis),
            _ => None,
        }
    }
}
