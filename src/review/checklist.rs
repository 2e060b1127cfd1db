//! What a reviewer is asked to look at.

/// One thing to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The number of the question in the instrument, if it is of one.
    pub number: Option<u8>,
    /// What holds of a good passage, so that a tick says yes.
    pub holds: &'static str,
}

const fn own(holds: &'static str) -> Point {
    Point { number: None, holds }
}

const fn discern(number: u8, holds: &'static str) -> Point {
    Point { number: Some(number), holds }
}

/// What matters most for a passage that is shown word for word, without anything around it.
pub static OWN: [Point; 4] = [
    own("It says nothing that its source doesn't say, and leaves out no “some”, “may” or “small trial”."),
    own("It is right as far as is known today."),
    own("Nobody comes to harm who reads this passage and nothing else."),
    own("Each medical term stands beside a plain word."),
];

/// The questions of DISCERN, an instrument for judging written information on treatment choices, in our own words: D. Charnock,
/// S. Shepperd, G. Needham and R. Gann, J Epidemiol Community Health 1999; 53: 105–111. It was made for whole leaflets and rates each
/// question from 1 to 5; not each speaks to a passage of a few sentences.
pub static DISCERN: [Point; 16] = [
    discern(1, "It is clear what it is about and for whom."),
    discern(2, "It answers the question that it stands under."),
    discern(3, "It is what people with this question need to know."),
    discern(4, "It says where its statements come from."),
    discern(5, "It can be seen how old these statements are."),
    discern(6, "It is even-handed and doesn't sell anything."),
    discern(7, "It says where more help can be found."),
    discern(8, "It says what isn't known or is disputed."),
    discern(9, "It says how the treatment works."),
    discern(10, "It says what the treatment is good for."),
    discern(11, "It says what the treatment may do harm to."),
    discern(12, "It says what may come of having no treatment."),
    discern(13, "It says what the treatment means for daily life."),
    discern(14, "It is clear that there may be other choices."),
    discern(15, "It helps people to decide together with their team."),
    discern(16, "All in all it is good information on a treatment."),
];
