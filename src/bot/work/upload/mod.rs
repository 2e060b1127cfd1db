//! From uploaded files to what is saved: one entry is shown as its card, several as what they change.

mod bundle;
mod wording;

use super::{Bench, list, said};
use crate::answer::Reply;
use crate::bot::{NotFetched, Upload};
use crate::faq::Problem;
use crate::transfer::unzipped;
use crate::workshop::WorkshopError;
use std::path::Path;

impl Bench<'_> {
    /// What an upload would change, shown before it is saved.
    pub(super) fn upload(&self, upload: &Upload) -> Result<Reply, WorkshopError> {
        let bytes = match &upload.bytes {
            Ok(bytes) => bytes,
            Err(NotFetched::TooLarge(most)) => return Ok(said(&wording::too_large(*most))),
            Err(NotFetched::Lost) => return Ok(said(wording::LOST)),
        };
        let ending = Path::new(&upload.name).extension().unwrap_or_default();
        if ending.eq_ignore_ascii_case("zip") {
            return match unzipped(bytes) {
                Ok(files) => self.bundle(&files),
                Err(why) => Ok(said(&wording::not_unzipped(&why))),
            };
        }
        if !ending.eq_ignore_ascii_case("md") {
            return Ok(said(wording::NEITHER));
        }
        match self.workshop.upload(&self.collection.id, &upload.name, bytes) {
            Ok(draft) => Ok(self.preview(draft)),
            Err(WorkshopError::Faulty { problems }) => Ok(faulty(&problems, Some(&upload.name))),
            Err(why) => Err(why),
        }
    }
}

/// What is said where there are errors.
fn faulty(problems: &[Problem], before_them: Option<&str>) -> Reply {
    said(&wording::faulty(&list::problems(problems.iter().filter(|problem| problem.is_error()), before_them)))
}
