//! From a form to what is saved: a preview first, then one press. An undo acts at once, since it can be undone.

use super::desk::Thing;
use super::list::{self, fitting};
use super::step::Step;
use super::{Bench, Done, form, gone, only, said, wording};
use crate::answer::{Body, Button, Card, Letter, Press, Reply};
use crate::bot::Action;
use crate::bot::conversation::plain_button;
use crate::faq::{Edit, MAX_QUESTION, file_of};
use crate::safety::escape;
use crate::store::Revision;
use crate::workshop::{Draft, Fields, Saved, Sheet, WorkshopError, diff};
use std::sync::Arc;

/// How many revisions a history shows.
const SHOWN: u32 = 8;
/// The most characters of what stands beside a diff in a message, so that one message holds both.
const BESIDE_A_DIFF: usize = 350;

impl Bench<'_> {
    /// The form of a new entry.
    pub(super) fn begin(&self) -> Action {
        Action::Form(form::form(Step::New.task(), None, &Fields::default()))
    }

    /// The form of a new entry that answers this question.
    pub(super) fn answer(&self, question: &str) -> Action {
        let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
        let question = question.chars().take(MAX_QUESTION).collect();
        Action::Form(form::form(Step::New.task(), None, &Fields { question, ..Fields::default() }))
    }

    /// The form of an entry, with what stands in it now.
    pub(super) fn edit(&self, entry: &str) -> Result<Action, WorkshopError> {
        let Some(sheet) = self.workshop.read(&self.collection.id, entry)? else {
            return Ok(Action::Respond(said(wording::NO_SUCH_ENTRY)));
        };
        let Some(fields) = sheet.fields.filter(form::fits) else {
            return Ok(Action::Respond(said(wording::NOT_A_FORM)));
        };
        let step = Step::Edit { entry: entry.to_owned(), version: sheet.version };
        Ok(Action::Form(form::form(step.task(), Some(entry), &fields)))
    }

    /// What a form makes of an entry, shown before it is saved. Which version its writer saw comes with it.
    pub(super) fn draft(&self, fields: &Fields, of: Option<(&str, &str)>) -> Result<Reply, WorkshopError> {
        let before = of.map(|(entry, _)| self.workshop.read(&self.collection.id, entry)).transpose()?.flatten();
        let fields = &form::beside(fields, before.and_then(|sheet| sheet.fields), |entry| self.is_there(entry));
        let draft = self.workshop.draft(&self.collection.id, fields, of.map(|(entry, _)| entry))?;
        Ok(self.preview(of.iter().fold(draft, |draft, (_, version)| draft.based_on(version))))
    }

    /// The same for a draft that is changed again.
    pub(super) fn redraft(&self, number: u64, fields: &Fields) -> Result<Reply, WorkshopError> {
        let Some(before) = self.found(number) else { return Ok(gone()) };
        let fields = form::beside(fields, before.fields(), |entry| self.is_there(entry));
        let draft = self.workshop.redraft(&before, &fields)?;
        self.turn.memory().desk.clear(number);
        Ok(self.preview(draft))
    }

    /// Whether an entry has a file. One that can't be read has.
    fn is_there(&self, entry: &str) -> bool {
        self.workshop.read(&self.collection.id, entry).map_or(true, |sheet| sheet.is_some())
    }

    /// The form of a draft, to change it again.
    pub(super) fn reopen(&self, number: u64) -> Action {
        let Some(draft) = self.found(number) else { return Action::Respond(gone()) };
        let Some(fields) = draft.fields().filter(form::fits) else { return Action::Respond(said(wording::NOT_A_FORM)) };
        let entry = draft.base.as_ref().map(|_| draft.entry.as_str());
        Action::Form(form::form(Step::Redo(number).task(), entry, &fields))
    }

    /// The card as it will be, or what keeps it from being one.
    pub(super) fn preview(&self, mut draft: Draft) -> Reply {
        let card = draft.is_sound().then(|| self.card(&mut draft)).flatten();
        let fits_a_form = draft.fields().is_some_and(|fields| form::fits(&fields));
        let body = match card {
            Some(card) => Body::Card(card),
            None if fits_a_form => said(&wording::faulty(&errors(&draft))).body,
            None => said(&format!("{}\n{}", wording::faulty(&errors(&draft)), wording::AGAIN)).body,
        };
        let can_be_saved = matches!(body, Body::Card(_));
        let Some(number) = self.lay(draft) else { return said(wording::CLOSED) };
        let save = Button { primary: true, ..button(wording::SAVE, &Step::Save(number)) };
        let mut buttons: Vec<Button> = can_be_saved.then_some(save).into_iter().collect();
        buttons.extend(fits_a_form.then(|| button(wording::CHANGE, &Step::Redo(number))));
        buttons.push(button(wording::DISCARD, &Step::Discard(number)));
        Reply { buttons, private: true, ..Reply::of(body) }
    }

    /// The card of a draft's own text, also where members go on reading an earlier one that was signed.
    fn card(&self, draft: &mut Draft) -> Option<Card> {
        let whole = Arc::new(draft.preview.take()?).on(self.turn.brain.day());
        let entry = whole.entry(&draft.entry)?;
        let waits = entry.standing.is_withheld() || matches!(entry.edit, Some(Edit::Waiting { .. }));
        let notice = if waits { wording::PREVIEW_WAITS } else { wording::PREVIEW };
        Some(Card::of(&whole, &entry.with_newest(), self.language).with_notice(notice))
    }

    /// Saves a draft, unless somebody else saved another version first.
    pub(super) fn save(&self, number: u64) -> Done {
        let Some(mut draft) = self.found(number) else { return Ok(only(Action::Update(gone()))) };
        let saved = self.workshop.save(&draft, &self.author, self.at)?;
        self.turn.memory().desk.clear(number);
        let Saved::Overtaken(theirs) = saved else { return Ok(self.outcome(saved, &draft.entry, Action::Update)) };
        if theirs.as_ref().is_some_and(|theirs| theirs.text == draft.text) {
            return Ok(only(Action::Update(said(wording::UNCHANGED))));
        }
        let change = diff(theirs.as_ref().map(|theirs| theirs.text.as_str()), Some(&draft.text));
        let mut reply = said(&wording::overtaken(&draft.entry, theirs.is_some(), &change));
        let start =
            theirs.as_ref().map(|theirs| Step::Edit { entry: draft.entry.clone(), version: theirs.version.clone() });
        // What was shown of theirs is what mine may take the place of, and nothing that comes later.
        draft.base = theirs.map(|theirs: Sheet| theirs.version);
        let Some(number) = self.lay(draft) else { return Ok(only(Action::Update(said(wording::CLOSED)))) };
        reply.buttons = vec![button(wording::SAVE_OVER, &Step::Save(number))];
        reply.buttons.extend(start.map(|start| button(wording::START_FROM_IT, &start)));
        reply.buttons.push(button(wording::DISCARD, &Step::Discard(number)));
        Ok(only(Action::Update(reply)))
    }

    /// Throws away what lies on the desk for this collection.
    pub(super) fn discard(&self, number: u64) -> Action {
        let mut memory = self.turn.memory();
        if memory.desk.find(&self.collection.id, number).is_some() {
            memory.desk.clear(number);
        }
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
        reply.buttons = vec![button(wording::REMOVE, &remove), button(wording::KEEP, &Step::Keep)];
        Ok(Action::Respond(reply))
    }

    /// Takes an entry out.
    pub(super) fn remove(&self, entry: &str, version: &str) -> Done {
        let saved = self.workshop.remove(&self.collection.id, entry, version, &self.author, self.at)?;
        Ok(self.outcome(saved, entry, Action::Update))
    }

    /// Puts back what an entry said before its last change.
    pub(super) fn undo(&self, entry: &str) -> Done {
        let saved = self.workshop.undo(&self.collection.id, entry, &self.author, self.at)?;
        Ok(self.outcome(saved, entry, Action::Respond))
    }

    /// Who changed an entry, when and how.
    pub(super) fn history(&self, entry: &str) -> Result<Action, WorkshopError> {
        let revisions = self.workshop.history(&self.collection.id, entry, SHOWN)?;
        let Some(last) = revisions.first() else { return Ok(Action::Respond(said(wording::NO_HISTORY))) };
        let lines = fitting(revisions.iter().map(revision_line), BESIDE_A_DIFF);
        let change = diff(last.change.before.as_deref(), last.change.after.as_deref());
        Ok(Action::Respond(said(&wording::history(entry, &lines, &change))))
    }

    /// Makes a question that was tried a phrasing of an entry, after a look at it.
    pub(super) fn add_phrasing(&self, number: u64, entry: &str) -> Result<Action, WorkshopError> {
        let Some(Thing::Question(question)) = self.turn.memory().desk.find(&self.collection.id, number) else {
            return Ok(Action::Update(gone()));
        };
        let Some(sheet) = self.workshop.read(&self.collection.id, entry)? else {
            return Ok(Action::Update(said(wording::NO_SUCH_ENTRY)));
        };
        let Some(mut fields) = sheet.fields else { return Ok(Action::Update(said(wording::NOT_A_FORM))) };
        fields.also.push(question);
        let reply = self.draft(&fields, Some((entry, &sheet.version)))?;
        self.turn.memory().desk.clear(number);
        Ok(Action::Update(reply))
    }

    /// What came of a change: its maker is answered, and the moderators of every server that keeps the FAQ are told.
    fn outcome(&self, saved: Saved, entry: &str, answer: impl FnOnce(Reply) -> Action) -> Vec<Action> {
        let Saved::Done { number, kind, diff } = saved else {
            let unchanged = matches!(saved, Saved::Unchanged);
            return only(answer(said(if unchanged { wording::UNCHANGED } else { wording::CHANGED_MEANWHILE })));
        };
        let notice = wording::saved_by(&escape(&self.author.name), number.0, kind, entry, &diff);
        self.changed(answer(said(&wording::saved(number.0, entry, &diff))), notice)
    }

    /// What follows on a change of the files: the answer to its maker, and a notice for the moderators of every server that keeps the
    /// FAQ.
    pub(super) fn changed(&self, answer: Action, notice: String) -> Vec<Action> {
        self.turn.bot.reload();
        let tell = |(_, channel)| Action::Tell { channel, reply: Reply::plain(notice.as_str()) };
        let told = self.turn.keepers(&self.collection.id).into_iter().map(tell);
        [answer].into_iter().chain(told).collect()
    }

    /// A draft that lies on the desk for this collection.
    fn found(&self, number: u64) -> Option<Draft> {
        match self.turn.memory().desk.find(&self.collection.id, number)? {
            Thing::Draft(draft) => Some(*draft),
            Thing::Bundle(_) | Thing::Question(_) => None,
        }
    }

    /// Lays a draft down, without the collection that its card was made of.
    fn lay(&self, draft: Draft) -> Option<u64> {
        let thing = Thing::Draft(Box::new(Draft { preview: None, ..draft }));
        self.turn.memory().desk.lay(&self.collection.id, thing, self.turn.now)
    }
}

/// What leads from a member's letter to an entry.
pub(in crate::bot) fn to_entry(letter: &Letter) -> Button {
    match letter {
        Letter::Question => button(wording::DRAFT, &Step::Answer),
        // What it says is looked up when it is opened.
        Letter::Problem(entry) => {
            button(wording::CHANGE_ENTRY, &Step::Edit { entry: entry.clone(), version: String::new() })
        }
    }
}

pub(super) fn button(label: &str, step: &Step) -> Button {
    plain_button(label, Press::Work(step.task()))
}

fn errors(draft: &Draft) -> String {
    let own = file_of(&draft.entry);
    list::problems(draft.problems.iter().filter(|problem| problem.is_error()), Some(&own))
}

fn revision_line(revision: &Revision) -> String {
    let done = wording::done(revision.change.kind);
    let (number, at) = (revision.number.0, revision.change.at.as_second());
    let name = escape(&revision.change.author.name);
    format!("- {number}: {done} by {name}, <t:{at}:f>")
}
