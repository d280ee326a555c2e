//! What processes cost, as the kernel counts it: processor time and memory.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Ticks a second in `/proc/PID/stat`: USER_HZ, fixed in the kernel's interface.
const TICKS_PER_SECOND: f64 = 100.0;
/// How often memory is looked at for its peak.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// KiB in the MB that people read.
const KIB_PER_MB: f64 = 1e6 / 1024.0;
/// How long a server has to be quiet before it counts as settled.
const QUIET: Duration = Duration::from_millis(500);
/// How long work may be put off: search follows a second after the last that is stored, or two.
const PUT_OFF: Duration = Duration::from_millis(2_500);
/// What it may use in that time and still be quiet, in seconds.
const QUIET_CPU_SECONDS: f64 = 0.025;

/// Processes and all their descendants.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    roots: Vec<u32>,
}

impl Tree {
    pub(crate) fn of(roots: Vec<u32>) -> Tree {
        Tree { roots }
    }

    /// Processor time so far, in seconds: user and system, of the dead children too.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        let members = self.members();
        let ticks: u64 =
            stats().iter().filter(|stat| members.contains(&stat.pid)).map(|it| it.ticks).sum();
        ticks as f64 / TICKS_PER_SECOND
    }

    /// Memory now, in MB: what is shared counts in equal shares (PSS).
    pub(crate) fn pss_mb(&self) -> f64 {
        let kib: f64 = self.members().into_iter().filter_map(pss_kib).sum();
        kib / KIB_PER_MB
    }

    /// Waits until what was put off while there was much to do is done as well.
    pub(crate) async fn rest(&self) {
        tokio::time::sleep(PUT_OFF).await;
        self.settle().await;
    }

    /// Waits until the processes do nothing, so that the next measurement is of what it asks.
    pub(crate) async fn settle(&self) {
        loop {
            let before = self.cpu_seconds();
            tokio::time::sleep(QUIET).await;
            if self.cpu_seconds() - before < QUIET_CPU_SECONDS {
                return;
            }
        }
    }

    fn members(&self) -> BTreeSet<u32> {
        let all = stats();
        let mut members: BTreeSet<u32> = self.roots.iter().copied().collect();
        loop {
            let known = members.len();
            members.extend(
                all.iter()
                    .filter(|it| members.contains(&it.parent))
                    .map(|it| it.pid)
                    .collect::<Vec<_>>(),
            );
            if members.len() == known {
                return members;
            }
        }
    }
}

/// Processor time of one process so far, in seconds, to the nanosecond: of its living threads.
pub(crate) fn cpu_seconds_of(pid: u32) -> f64 {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { return f64::NAN };
    let nanoseconds: f64 = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("schedstat")).ok())
        .filter_map(|text| text.split_whitespace().next()?.parse::<f64>().ok())
        .sum();
    nanoseconds / 1e9
}

struct Stat {
    pid: u32,
    parent: u32,
    ticks: u64,
}

fn stats() -> Vec<Stat> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid: u32| {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat(pid, &text)
    })
    .collect()
}

/// `pid (name) state parent …`; the name may hold spaces and brackets. proc(5) counts from 1:
/// 4 parent, 14 user, 15 system, 16 and 17 the same of children that have ended.
fn stat(pid: u32, text: &str) -> Option<Stat> {
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |place: usize| fields.get(place - 3)?.parse::<u64>().ok();
    let ticks = [14, 15, 16, 17].into_iter().map(number).sum::<Option<u64>>()?;
    Some(Stat { pid, parent: u32::try_from(number(4)?).ok()?, ticks })
}

fn pss_kib(pid: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Looks at the memory of processes until told to stop.
pub(crate) struct Peak {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<f64>,
}

impl Peak {
    pub(crate) fn watch(tree: &Tree) -> Peak {
        let stop = Arc::new(AtomicBool::new(false));
        let (tree, stopped) = (tree.clone(), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            let mut peak: f64 = 0.0;
            while !stopped.load(Ordering::Relaxed) {
                peak = peak.max(tree.pss_mb());
                std::thread::sleep(LOOK_EVERY);
            }
            peak
        });
        Peak { stop, thread }
    }

    /// The highest that was seen, in MB.
    pub(crate) fn end(self) -> f64 {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_kernel_is_read() {
        let text = "42 (a (b) c) S 7 42 42 0 -1 4194560 100 0 0 0 30 12 5 1 20 0 1 0 100";
        let stat = stat(42, text).expect("a whole line");
        assert_eq!((stat.parent, stat.ticks), (7, 48));
    }

    #[test]
    fn we_cost_something_ourselves() {
        let tree = Tree::of(vec![std::process::id()]);
        assert!(tree.pss_mb() > 0.1);
        assert!(cpu_seconds_of(std::process::id()) > 0.0);
    }
}
