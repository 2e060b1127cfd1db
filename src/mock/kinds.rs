//! Discord's numbers for the kinds of components, which bots send and members use.

/// A row of buttons, of one menu, or of one field.
pub(crate) const ACTION_ROW: u64 = 1;
pub(crate) const BUTTON: u64 = 2;
/// A menu of texts.
pub(crate) const STRING_SELECT: u64 = 3;
/// A field of a form.
pub(crate) const TEXT_INPUT: u64 = 4;
pub(crate) const USER_SELECT: u64 = 5;
pub(crate) const ROLE_SELECT: u64 = 6;
/// A menu of people and roles.
pub(crate) const MENTIONABLE_SELECT: u64 = 7;
pub(crate) const CHANNEL_SELECT: u64 = 8;
/// The menus of all kinds.
pub(crate) const SELECTS: [u64; 5] = [STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT];
/// Texts with a button or a picture beside them.
pub(crate) const SECTION: u64 = 9;
pub(crate) const TEXT_DISPLAY: u64 = 10;
/// A picture beside a text.
pub(crate) const THUMBNAIL: u64 = 11;
pub(crate) const MEDIA_GALLERY: u64 = 12;
pub(crate) const FILE: u64 = 13;
pub(crate) const SEPARATOR: u64 = 14;
pub(crate) const CONTAINER: u64 = 17;
/// What a field of a form is called, around the field.
pub(crate) const LABEL: u64 = 18;

/// One of several choices in a form, and a box to tick.
pub(crate) const SINGLE_CHOICE: u64 = 21;
pub(crate) const BOX: u64 = 23;

/// The style of a button that leads to an address, and of one that sells something.
pub(crate) const LINK: u64 = 5;
pub(crate) const PREMIUM: u64 = 6;
