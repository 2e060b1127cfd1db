//! Which problems the keeper of the files has heard of: each is told once, and again if it comes back.

use crate::faq::Problem;

/// The problems that were told and still stand.
#[derive(Debug, Default)]
pub(super) struct Told(Vec<Problem>);

/// What is to be told after the files were read again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct News {
    /// Problems that weren't there.
    pub(super) new: Vec<Problem>,
    /// How many of those that were told are mended.
    pub(super) mended: usize,
}

impl Told {
    /// These were told already.
    pub(super) fn of(problems: Vec<Problem>) -> Self {
        Self(problems)
    }

    /// What is new, if these are all problems that stand.
    pub(super) fn news(&mut self, problems: &[Problem]) -> News {
        let new = problems.iter().filter(|problem| !self.0.contains(problem)).cloned().collect();
        let mended = self.0.iter().filter(|problem| !problems.contains(problem)).count();
        self.0 = problems.to_vec();
        News { new, mended }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::{Place, Severity};
    use std::path::Path;

    #[test]
    fn each_problem_is_told_once_and_again_when_it_comes_back() {
        let problem = |what: &str| Problem {
            severity: Severity::Error,
            place: Place::whole(Path::new("tea.md")),
            what: what.to_owned(),
            valid: String::new(),
            mend: String::new(),
        };
        let (one, other) = (problem("one"), problem("other"));
        let mut told = Told::default();
        let check = |told: &mut Told, stand: &[Problem], new: &[Problem], mended| {
            assert_eq!(told.news(stand), News { new: new.to_vec(), mended });
        };
        let both = [one.clone(), other.clone()];
        let first = std::slice::from_ref(&one);
        check(&mut told, first, first, 0);
        let second = std::slice::from_ref(&other);
        check(&mut told, &both, second, 0);
        check(&mut told, second, &[], 1);
        check(&mut told, &both, first, 0);
        check(&mut told, &[], &[], 2);
    }
}
