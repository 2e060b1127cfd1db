//! What the moderators of a server chose for it.

use super::Store;
use super::engine::{Row, Session};
use super::error::StoreError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The settings of a server. What isn't chosen stands at its default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerSettings {
    /// The id of the collection that answers here.
    pub collection: Option<String>,
    /// Channels in which pamphlet may answer; none stands for all.
    pub answer_in: BTreeSet<u64>,
    /// Channels in which it answers unasked when it is sure.
    pub listen: BTreeSet<u64>,
    /// Forums in which it answers the first post of a thread.
    pub forums: BTreeSet<u64>,
    /// The role whose members are moderators; without one, who may manage the server is.
    pub moderator_role: Option<u64>,
    /// The channel in which moderators are told things.
    pub moderator_channel: Option<u64>,
    /// Whether the answer to `/ask` is shown to everybody where its asker doesn't choose.
    pub public_ask: bool,
    /// The region whose help lines an urgent card names: an ISO 3166-1 alpha-2 code in capitals.
    pub region: Option<String>,
    /// The language of what pamphlet itself says: a locale of Discord's.
    pub language: Option<String>,
    /// Whether all answers but urgent cards are stopped.
    pub paused: bool,
    /// When the moderators were last told of overdue reviews.
    pub told_of_reviews: Option<Date>,
}

impl Store {
    /// The settings of every server that has some, by the server's id.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn settings(&self) -> Result<BTreeMap<u64, ServerSettings>, StoreError> {
        let rows = self.engine.read(|session| session.rows("SELECT server, settings FROM servers", &[]))?;
        rows.into_iter().map(read).collect()
    }

    /// Keeps the settings of a server in place of those that it had.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn set_settings(&self, server: u64, settings: &ServerSettings) -> Result<(), StoreError> {
        // It has no keys but names, so it can always be written.
        let document = serde_json::to_string(settings).unwrap_or_default();
        self.engine.write(|session| {
            let sql = "INSERT INTO servers (server, settings) VALUES ($1, $2) \
                       ON CONFLICT (server) DO UPDATE SET settings = excluded.settings";
            session.run(sql, &[server.cast_signed().into(), document.as_str().into()])?;
            note_change(session)
        })
    }

    /// Forgets the settings of a server.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn remove_settings(&self, server: u64) -> Result<(), StoreError> {
        self.engine.write(|session| {
            session.run("DELETE FROM servers WHERE server = $1", &[server.cast_signed().into()])?;
            note_change(session)
        })
    }

    /// A number that is greater after every change of any server's settings. It costs little to ask for, so that a process can
    /// notice what another changed.
    ///
    /// # Errors
    /// When the store is in trouble.
    pub fn settings_version(&self) -> Result<u64, StoreError> {
        let sql = "SELECT number FROM versions WHERE name = 'servers'";
        let rows = self.engine.read(|session| session.rows(sql, &[]))?;
        rows.into_iter().next().map_or(Ok(0), |mut row| Ok(row.number()?.cast_unsigned()))
    }
}

fn note_change(session: &mut dyn Session) -> Result<(), StoreError> {
    session.run("UPDATE versions SET number = number + 1 WHERE name = 'servers'", &[])?;
    Ok(())
}

fn read(mut row: Row) -> Result<(u64, ServerSettings), StoreError> {
    let server = row.number()?.cast_unsigned();
    let document = row.text()?;
    let settings = serde_json::from_str(&document)
        .map_err(|_| row.odd(format!("the settings of the server {server} are meant")))?;
    Ok((server, settings))
}
