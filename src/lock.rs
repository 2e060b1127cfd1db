//! Locks that others may hold: none is waited for without an end.

use std::fs::TryLockError;
use std::io;
use std::sync::{self, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// How often a lock is tried while waiting.
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// Takes a lock as soon as it is free. On a file system without locks there is none to take.
///
/// # Errors
/// When others hold it for longer than `patience` ([`io::ErrorKind::TimedOut`]), and when the system refuses it.
pub fn within(patience: Duration, try_lock: impl Fn() -> Result<(), TryLockError>) -> io::Result<()> {
    let until = Instant::now() + patience;
    loop {
        match try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(BETWEEN_TRIES),
            Err(TryLockError::WouldBlock) => {
                let why = format!("others have held its lock for {} seconds", patience.as_secs());
                return Err(io::Error::new(io::ErrorKind::TimedOut, why));
            }
            Err(TryLockError::Error(why)) if why.kind() == io::ErrorKind::Unsupported => return Ok(()),
            Err(TryLockError::Error(why)) => return Err(why),
        }
    }
}

/// The same for a lock between threads. A panic elsewhere doesn't take it away.
///
/// # Errors
/// When others hold it for longer than `patience` ([`io::ErrorKind::TimedOut`]).
pub fn of_thread_within<T>(patience: Duration, mutex: &Mutex<T>) -> io::Result<MutexGuard<'_, T>> {
    let taken = std::cell::Cell::new(None);
    within(patience, || match mutex.try_lock() {
        Ok(guard) => {
            taken.set(Some(guard));
            Ok(())
        }
        Err(sync::TryLockError::Poisoned(poisoned)) => {
            taken.set(Some(poisoned.into_inner()));
            Ok(())
        }
        Err(sync::TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
    })?;
    taken.take().ok_or_else(|| io::ErrorKind::TimedOut.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    #[test]
    fn a_lock_that_others_hold_is_given_up_in_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lock");
        let (theirs, ours) = (File::create(&file).unwrap(), File::create(&file).unwrap());
        theirs.lock().unwrap();
        let refused = within(Duration::from_millis(50), || ours.try_lock()).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::TimedOut);
        theirs.unlock().unwrap();
        within(Duration::ZERO, || ours.try_lock()).unwrap();
    }
    #[test]
    fn a_lock_that_another_thread_holds_is_given_up_in_time() {
        let mutex = Mutex::new(());
        let theirs = mutex.lock().unwrap();
        let refused = of_thread_within(Duration::from_millis(50), &mutex).map(drop).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::TimedOut);
        drop(theirs);
        of_thread_within(Duration::ZERO, &mutex).map(drop).unwrap();
    }
}
