//! From a form to what is saved: a preview first, then one press.

use super::desk::Thing;
use super::{Bench, form, gone, wording};
use crate::answer::{Body, Button, Card, Press, Reply, Task};
use crate::bot::conversation::plain_button;
use crate::bot::{Action, Asked};
use crate::faq::Problem;
use crate::store::{Revision, RevisionKind};
use crate::workshop::{Draft, Fields, Saved, WorkshopError, diff};
use std::sync::Arc;

/// How many revisions a history shows.
const SHOWN: u32 = 8;
/// How many problems are shown at once.
const PROBLEMS: usize = 8;

/// A step of the work, as controls and forms carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A new entry is written.
    New,
    /// An entry is changed, of which this version was seen.
    Edit { entry: String, version: String },
    /// A draft is changed again.
    Redo(u64),
    /// A draft is saved.
    Save(u64),
    /// A draft is saved over what somebody else saved.
    SaveOver(u64),
    /// A draft is thrown away.
    Discard(u64),
    /// An entry is taken out, of which this version was seen.
    Remove { entry: String, version: String },
    /// A question that was tried becomes a phrasing of an entry.
    Add { number: u64, entry: String },
}

/// Whether a draft may take the place of what somebody else saved meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    Nothing,
    TheOthers,
}

impl Step {
    /// The step as it travels.
    pub(super) fn task(&self) -> Task {
        match self {
            Self::New => Task::new("new", ""),
            Self::Edit { entry, version } => Task::new("edit", format!("{entry}/{version}")),
            Self::Redo(number) => Task::new("redo", number.to_string()),
            Self::Save(number) => Task::new("save", number.to_string()),
            Self::SaveOver(number) => Task::new("save-over", number.to_string()),
            Self::Discard(number) => Task::new("discard", number.to_string()),
            Self::Remove { entry, version } => Task::new("remove", format!("{entry}/{version}")),
            Self::Add { number, entry } => Task::new("add", format!("{number}/{entry}")),
        }
    }

    /// Reads a step back; none if there is no such step (any more).
    pub(super) fn of(task: &Task) -> Option<Self> {
        let number = || task.what.parse().ok();
        let pair = || task.what.split_once('/').map(|(one, other)| (one.to_owned(), other.to_owned()));
        match task.verb.as_str() {
            "new" => Some(Self::New),
            "edit" => pair().map(|(entry, version)| Self::Edit { entry, version }),
            "redo" => number().map(Self::Redo),
            "save" => number().map(Self::Save),
            "save-over" => number().map(Self::SaveOver),
            "discard" => number().map(Self::Discard),
            "remove" => pair().map(|(entry, version)| Self::Remove { entry, version }),
            "add" => pair().and_then(|(number, entry)| Some(Self::Add { number: number.parse().ok()?, entry })),
            _ => None,
        }
    }
}

impl Bench<'_> {
    /// The form of a new entry.
    pub(super) fn begin(&self) -> Action {
        Action::Form(form::form(Step::New.task(), None, &Fields::default()))
    }

    /// The form of an entry, with what stands in it now.
    pub(super) fn edit(&self, entry: &str) -> Result<Action, WorkshopError> {
        let Some(sheet) = self.workshop.read(&self.collection.id, entry)? else {
            return Ok(Action::Respond(said(wording::NO_SUCH_ENTRY)));
        };
        let Some(fields) = sheet.fields else { return Ok(Action::Respond(said(wording::NOT_A_FORM))) };
        let step = Step::Edit { entry: entry.to_owned(), version: sheet.version };
        Ok(Action::Form(form::form(step.task(), Some(entry), &fields)))
    }

    /// What a form makes of an entry, shown before it is saved. Which version its writer saw comes with it.
    pub(super) fn draft(&self, fields: &Fields, of: Option<(&str, &str)>) -> Result<Reply, WorkshopError> {
        let draft = self.workshop.draft(&self.collection.id, fields, of.map(|(entry, _)| entry))?;
        Ok(self.preview(of.iter().fold(draft, |draft, (_, version)| draft.based_on(version)), fields))
    }

    /// The same for a draft that is changed again.
    pub(super) fn redraft(&self, number: u64, fields: &Fields) -> Result<Reply, WorkshopError> {
        let Some(Thing::Draft(before, _)) = self.turn.memory().desk.find(number) else { return Ok(gone()) };
        self.turn.memory().desk.clear(number);
        let version = before.base.clone();
        let of = version.as_deref().map(|version| (before.entry.as_str(), version));
        self.draft(fields, of)
    }

    /// The form of a draft, to change it again.
    pub(super) fn reopen(&self, number: u64) -> Action {
        match self.turn.memory().desk.find(number) {
            Some(Thing::Draft(draft, fields)) => {
                let entry = draft.base.as_ref().map(|_| draft.entry.as_str());
                Action::Form(form::form(Step::Redo(number).task(), entry, &fields))
            }
            _ => Action::Respond(gone()),
        }
    }

    /// The card as it will be, or what keeps it from being one.
    fn preview(&self, mut draft: Draft, fields: &Fields) -> Reply {
        let shown =
            draft.preview.take().filter(|_| draft.is_sound()).map(|whole| Arc::new(whole).on(self.turn.brain.day()));
        let card =
            shown.and_then(|whole| Some(Card::of(&whole, whole.entry(&draft.entry)?).with_notice(wording::PREVIEW)));
        let errors = draft.problems.iter().filter(|problem| problem.is_error()).take(PROBLEMS);
        let body = card.map_or_else(|| said(&wording::faulty(&errors.map(told).collect::<Vec<_>>())).body, Body::Card);
        let can_be_saved = matches!(body, Body::Card(_));
        let number = self.turn.memory().desk.lay(Thing::Draft(Box::new(draft), Box::new(fields.clone())));
        let button = |label: &str, step: Step| plain_button(label, Press::Work(step.task()));
        let save = Button { primary: true, ..button(wording::SAVE, Step::Save(number)) };
        let mut buttons: Vec<Button> = can_be_saved.then_some(save).into_iter().collect();
        buttons.push(button(wording::CHANGE, Step::Redo(number)));
        buttons.push(button(wording::DISCARD, Step::Discard(number)));
        Reply { buttons, private: true, ..Reply::of(body) }
    }

    /// Saves a draft, unless somebody else saved another version first and this isn't meant to take its place.
    pub(super) fn save(&self, number: u64, over: Over) -> Result<Action, WorkshopError> {
        let Some(Thing::Draft(mut draft, fields)) = self.turn.memory().desk.find(number) else {
            return Ok(Action::Update(gone()));
        };
        if over == Over::TheOthers {
            draft.base = self.workshop.read(&self.collection.id, &draft.entry)?.map(|sheet| sheet.version);
        }
        let saved = self.workshop.save(&draft, &self.author, self.at)?;
        if let Saved::Overtaken(theirs) = &saved {
            let diff = diff(theirs.as_ref().map(|theirs| theirs.text.as_str()), Some(&draft.text));
            let mut reply = said(&wording::overtaken(&draft.entry, &diff));
            let edit = Step::Edit { entry: draft.entry.clone(), version: String::new() };
            reply.buttons = [
                (wording::SAVE_OVER, Step::SaveOver(number)),
                (wording::START_FROM_IT, edit),
                (wording::DISCARD, Step::Discard(number)),
            ]
            .map(|(label, step)| plain_button(label, Press::Work(step.task())))
            .into();
            self.turn.memory().desk.lay(Thing::Draft(draft, fields));
            return Ok(Action::Update(reply));
        }
        self.turn.memory().desk.clear(number);
        Ok(Action::Update(self.outcome(saved, &draft.entry)))
    }

    /// Throws a draft away.
    pub(super) fn discard(&self, number: u64) -> Action {
        self.turn.memory().desk.clear(number);
        Action::Update(said(wording::DISCARDED))
    }

    /// Asks whether an entry is really to go.
    pub(super) fn ask_to_remove(&self, entry: &str) -> Result<Action, WorkshopError> {
        let Some(sheet) = self.workshop.read(&self.collection.id, entry)? else {
            return Ok(Action::Respond(said(wording::NO_SUCH_ENTRY)));
        };
        let question = self.collection.entry(entry).map_or(entry, |entry| &entry.question);
        let mut reply = said(&wording::really_remove(question));
        let remove = Step::Remove { entry: entry.to_owned(), version: sheet.version };
        reply.buttons = [(wording::TAKE_OUT, remove), (wording::DISCARD, Step::Discard(0))]
            .map(|(label, step)| plain_button(label, Press::Work(step.task())))
            .into();
        Ok(Action::Respond(reply))
    }

    /// Takes an entry out.
    pub(super) fn remove(&self, entry: &str, version: &str) -> Result<Action, WorkshopError> {
        let saved = self.workshop.remove(&self.collection.id, entry, version, &self.author, self.at)?;
        if let Saved::Overtaken(_) = saved {
            // What was to go isn't what is there now.
            return Ok(match self.ask_to_remove(entry)? {
                Action::Respond(reply) => Action::Update(reply),
                other => other,
            });
        }
        Ok(Action::Update(self.outcome(saved, entry)))
    }

    /// Puts back what an entry said before its last change.
    pub(super) fn undo(&self, entry: &str) -> Result<Action, WorkshopError> {
        let saved = self.workshop.undo(&self.collection.id, entry, &self.author, self.at)?;
        Ok(Action::Respond(self.outcome(saved, entry)))
    }

    /// Who changed an entry, when and how.
    pub(super) fn history(&self, entry: &str) -> Result<Action, WorkshopError> {
        let revisions = self.workshop.history(&self.collection.id, entry, SHOWN)?;
        let Some(last) = revisions.first() else { return Ok(Action::Respond(said(wording::NO_HISTORY))) };
        let lines: Vec<String> = revisions.iter().map(revision_line).collect();
        let diff = diff(last.change.before.as_deref(), last.change.after.as_deref());
        let text = format!("**{entry}**\n{}\nThe last change:\n{}", lines.join("\n"), wording::fenced(&diff));
        Ok(Action::Respond(said(&text)))
    }

    /// Makes a question that was tried a phrasing of an entry, after a look at it.
    pub(super) fn add_phrasing(&self, number: u64, entry: &str) -> Result<Action, WorkshopError> {
        let Some(Thing::Question(question)) = self.turn.memory().desk.find(number) else {
            return Ok(Action::Update(gone()));
        };
        let Some(sheet) = self.workshop.read(&self.collection.id, entry)? else {
            return Ok(Action::Update(said(wording::NO_SUCH_ENTRY)));
        };
        let Some(mut fields) = sheet.fields else { return Ok(Action::Update(said(wording::NOT_A_FORM))) };
        fields.also.push(question);
        self.draft(&fields, Some((entry, &sheet.version))).map(Action::Update)
    }

    fn outcome(&self, saved: Saved, entry: &str) -> Reply {
        match saved {
            Saved::Done { number, diff } => {
                self.turn.bot.reload(Asked::BySaving);
                said(&wording::saved(number.0, entry, &diff))
            }
            Saved::Unchanged | Saved::Overtaken(_) => said(wording::UNCHANGED),
        }
    }
}

fn said(text: &str) -> Reply {
    Reply { private: true, ..Reply::plain(text) }
}

/// A problem of a draft in a moderator's words.
fn told(problem: &Problem) -> String {
    let line = if problem.place.line > 0 { format!("line {}: ", problem.place.line) } else { String::new() };
    let mend = if problem.mend.is_empty() { String::new() } else { format!(" – {}", problem.mend) };
    format!("- {line}{}{mend}", problem.what)
}

fn revision_line(revision: &Revision) -> String {
    let done = match revision.change.kind {
        RevisionKind::Create => "written",
        RevisionKind::Edit => "changed",
        RevisionKind::Remove => "taken out",
        RevisionKind::Undo => "put back",
        RevisionKind::Sign => "signed",
    };
    let (number, at) = (revision.number.0, revision.change.at.as_second());
    let name = crate::safety::escape(&revision.change.author.name);
    format!("- {number}: {done} by {name}, <t:{at}:f>")
}
