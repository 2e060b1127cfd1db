//! What the moderators of each server chose, as it stands in the store. Other processes change it too, so it is looked at again
//! now and then; asking for it waits for nothing.

use super::ServerId;
use crate::store::{ServerSettings, Store, StoreError};
use arc_swap::ArcSwap;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The settings of every server that has some.
pub(super) struct Servers {
    store: Option<Arc<Store>>,
    known: ArcSwap<Known>,
    /// What holds where nothing was chosen.
    usual: Arc<ServerSettings>,
    /// Held while settings are changed or looked at, so that no change is lost between the two.
    changing: Mutex<()>,
    /// Whether the operator heard that the store is in trouble.
    told: AtomicBool,
}

#[derive(Default)]
struct Known {
    version: Option<u64>,
    servers: BTreeMap<ServerId, Arc<ServerSettings>>,
}

/// Why settings are not as they were wished to be.
#[derive(Debug)]
pub(super) enum NotKept {
    /// There is no store.
    NoStore,
    /// The store is in trouble, which the operator was told.
    Trouble,
}

impl Servers {
    /// Servers that all go by what is usual.
    pub(super) fn none() -> Self {
        Self {
            store: None,
            known: ArcSwap::default(),
            usual: Arc::default(),
            changing: Mutex::default(),
            told: AtomicBool::new(false),
        }
    }

    /// The servers of a store. One that is in trouble now is asked again later.
    pub(super) fn of(store: Arc<Store>) -> Self {
        let servers = Self { store: Some(store), ..Self::none() };
        servers.look_again();
        servers
    }

    /// What holds in a server; in a direct message, what is usual.
    pub(super) fn of_server(&self, server: Option<ServerId>) -> Arc<ServerSettings> {
        let known = self.known.load();
        let chosen = server.and_then(|server| known.servers.get(&server));
        Arc::clone(chosen.unwrap_or(&self.usual))
    }

    /// Every server for which something was chosen.
    pub(super) fn all(&self) -> Vec<(ServerId, Arc<ServerSettings>)> {
        self.known.load().servers.iter().map(|(server, chosen)| (*server, Arc::clone(chosen))).collect()
    }

    /// Looks whether another process changed something: to be called every minute or so. It may wait for the store.
    pub(super) fn look_again(&self) {
        let Some(store) = &self.store else { return };
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let looked = store.settings_version().and_then(|version| {
            if self.known.load().version != Some(version) {
                self.know(store, version)?;
            }
            Ok(())
        });
        match looked {
            Ok(()) => self.told.store(false, Ordering::Relaxed),
            Err(why) => self.tell(&why),
        }
    }

    /// Changes the settings of a server, and keeps them. It may wait for the store.
    ///
    /// # Errors
    /// When they can't be kept: then nothing is changed.
    pub(super) fn change(
        &self,
        server: ServerId,
        change: impl FnOnce(&mut ServerSettings),
    ) -> Result<Arc<ServerSettings>, NotKept> {
        let Some(store) = &self.store else { return Err(NotKept::NoStore) };
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = || -> Result<_, StoreError> {
            // Another process may have changed something else of the same server.
            self.know(store, store.settings_version()?)?;
            let mut chosen = ServerSettings::clone(&self.of_server(Some(server)));
            change(&mut chosen);
            store.set_settings(server, &chosen)?;
            Ok(self.hold(server, chosen))
        };
        changed().map_err(|why| {
            self.tell(&why);
            NotKept::Trouble
        })
    }

    /// Changes the settings of a server until the process ends or another one changes some.
    pub(super) fn change_for_now(&self, server: ServerId, change: impl FnOnce(&mut ServerSettings)) {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut chosen = ServerSettings::clone(&self.of_server(Some(server)));
        change(&mut chosen);
        self.hold(server, chosen);
    }

    fn know(&self, store: &Store, version: u64) -> Result<(), StoreError> {
        let servers = store.settings()?.into_iter().map(|(server, chosen)| (server, Arc::new(chosen))).collect();
        self.known.store(Arc::new(Known { version: Some(version), servers }));
        Ok(())
    }

    /// The version stays as it was: what was kept has a greater one, so that the next look finds what others changed.
    fn hold(&self, server: ServerId, chosen: ServerSettings) -> Arc<ServerSettings> {
        let (known, chosen) = (self.known.load(), Arc::new(chosen));
        let mut servers = known.servers.clone();
        servers.insert(server, Arc::clone(&chosen));
        self.known.store(Arc::new(Known { version: known.version, servers }));
        chosen
    }

    /// Tells the operator once, and again after it went well between.
    fn tell(&self, why: &StoreError) {
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!("the settings of servers can't be read or kept; those that are known hold on: {why}");
        }
    }
}
