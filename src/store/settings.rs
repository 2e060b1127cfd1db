//! What the moderators of a server chose for it.

use super::Store;
use super::engine::Row;
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
    /// The role whose members are moderators beside those who may manage the server.
    pub moderator_role: Option<u64>,
    /// The channel in which moderators are told things.
    pub moderator_channel: Option<u64>,
    /// Whether the answer to `/ask` is shown to everybody where its asker doesn't choose.
    pub public_ask: bool,
    /// The region whose help lines an urgent card names: an ISO 3166-1 alpha-2 code in capitals.
    pub region: Option<String>,
    /// The language of what pamphlet itself says: a locale, with or without its country.
    pub language: Option<String>,
    /// Whether all answers but urgent cards are stopped.
    pub paused: bool,
    /// When the moderators were last told of overdue reviews.
    pub told_of_reviews: Option<Date>,
    /// When they were last told what a bot that started found in the files.
    pub told_of_problems: Option<Date>,
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

    /// Changes the settings of a server and keeps them; gives them as they are then. Whoever changes the same ones at the same time
    /// is waited for, so that no change is lost. `change` may be asked more than once.
    ///
    /// # Errors
    /// When the store is in trouble. Then nothing is changed.
    pub fn change_settings(
        &self,
        server: u64,
        change: impl Fn(&mut ServerSettings),
    ) -> Result<ServerSettings, StoreError> {
        let id = || server.cast_signed().into();
        self.engine.write(|session| {
            // This row is the lock: both databases let one change it at a time.
            session.run("UPDATE versions SET number = number + 1 WHERE name = 'servers'", &[])?;
            let before = session.rows("SELECT server, settings FROM servers WHERE server = $1", &[id()])?;
            let before = before.into_iter().next().map(read).transpose()?;
            let mut settings = before.map_or_else(ServerSettings::default, |(_, settings)| settings);
            change(&mut settings);
            // It has no keys but names, so it can always be written.
            let document = serde_json::to_string(&settings).unwrap_or_default();
            let sql = "INSERT INTO servers (server, settings) VALUES ($1, $2) \
                       ON CONFLICT (server) DO UPDATE SET settings = excluded.settings";
            session.run(sql, &[id(), document.as_str().into()])?;
            Ok(settings)
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

fn read(mut row: Row) -> Result<(u64, ServerSettings), StoreError> {
    let server = row.number()?.cast_unsigned();
    let document = row.text()?;
    let settings = serde_json::from_str(&document)
        .map_err(|_| row.odd(format!("the settings of the server {server} are meant")))?;
    Ok((server, settings))
}
