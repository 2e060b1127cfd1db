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
    /// Servers that were paused, or let go on, while the store could not keep that. It holds over what stands in the store, and is
    /// written when that can be done.
    unkept: BTreeMap<ServerId, bool>,
}

impl Known {
    /// The same with what the store couldn't keep.
    fn held(mut self) -> Arc<Self> {
        for (server, paused) in &self.unkept {
            Arc::make_mut(self.servers.entry(*server).or_default()).paused = *paused;
        }
        Arc::new(self)
    }
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

    /// Whether the store knows that a server is paused, or not.
    pub(super) fn is_kept(&self, server: ServerId) -> bool {
        !self.known.load().unkept.contains_key(&server)
    }

    /// Looks whether another process changed something, and writes what couldn't be written before: to be called every minute or
    /// so. It may wait for the store.
    pub(super) fn look_again(&self) {
        let Some(store) = &self.store else { return };
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let looked = || -> Result<(), StoreError> {
            for (server, paused) in self.known.load().unkept.clone() {
                store.change_settings(server, |settings| settings.paused = paused)?;
                self.forget_unkept(server);
            }
            let version = store.settings_version()?;
            if self.known.load().version != Some(version) {
                self.know(store, version)?;
            }
            Ok(())
        };
        match looked() {
            Ok(()) => self.told.store(false, Ordering::Relaxed),
            Err(why) => self.tell(&why),
        }
    }

    /// Changes the settings of a server, and keeps them. It may wait for the store. `change` may be asked more than once.
    ///
    /// # Errors
    /// When they can't be kept: then nothing is changed.
    pub(super) fn change(
        &self,
        server: ServerId,
        change: impl Fn(&mut ServerSettings),
    ) -> Result<Arc<ServerSettings>, NotKept> {
        let Some(store) = &self.store else { return Err(NotKept::NoStore) };
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        match store.change_settings(server, change) {
            Ok(chosen) => {
                let known = self.known.load();
                // The version stays as it was: the next look finds what others changed.
                let mut servers = known.servers.clone();
                servers.insert(server, Arc::new(chosen));
                let (version, unkept) = (known.version, known.unkept.clone());
                self.known.store(Known { version, servers, unkept }.held());
                Ok(self.of_server(Some(server)))
            }
            Err(why) => {
                self.tell(&why);
                Err(NotKept::Trouble)
            }
        }
    }

    /// Pauses the answers of a server, or lets them go on.
    ///
    /// # Errors
    /// When that can't be kept. It holds all the same, until the process ends.
    pub(super) fn pause(&self, server: ServerId, paused: bool) -> Result<(), NotKept> {
        let changing = || self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let _changing = changing();
            self.forget_unkept(server);
        }
        let kept = self.change(server, |settings| settings.paused = paused);
        if kept.is_err() {
            let _changing = changing();
            self.with_unkept(|unkept| {
                unkept.insert(server, paused);
            });
        }
        kept.map(drop)
    }

    fn know(&self, store: &Store, version: u64) -> Result<(), StoreError> {
        let servers = store.settings()?.into_iter().map(|(server, chosen)| (server, Arc::new(chosen))).collect();
        let unkept = self.known.load().unkept.clone();
        self.known.store(Known { version: Some(version), servers, unkept }.held());
        Ok(())
    }

    fn forget_unkept(&self, server: ServerId) {
        self.with_unkept(|unkept| {
            unkept.remove(&server);
        });
    }

    fn with_unkept(&self, change: impl FnOnce(&mut BTreeMap<ServerId, bool>)) {
        let known = self.known.load();
        let mut unkept = known.unkept.clone();
        change(&mut unkept);
        self.known.store(Known { version: known.version, servers: known.servers.clone(), unkept }.held());
    }

    /// Tells the operator once, and again after it went well between.
    fn tell(&self, why: &StoreError) {
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!("the settings of servers can't be read or kept; those that are known hold on: {why}");
        }
    }
}
