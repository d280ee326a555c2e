//! Row 1: the program is killed in the middle of mixed mail, again and again. Nothing that it
//! answered for may be lost, nothing stored twice, and nobody may get two acknowledgements.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use channels::smtp::Protocol;
use tokio::task::JoinSet;

use crate::books;
use crate::corpus::{Batch, Mail, Mixed, acknowledged};
use crate::fill;
use crate::line::{Gate, Line};
use crate::own_postfix::OwnPostfix;
use crate::post::Post;
use crate::relay::{Letter, Relay};
use crate::report::{Bound, Figure, Figures};
use crate::server::{Server, Works, free_address};
use crate::stage::{Engine, Stage};

/// Mail servers that hand over at the same time.
const CONNECTIONS: usize = 8;
/// Bundles that go over undisturbed, so that follow-ups have something to follow.
const FIRST_BUNDLES: u64 = 2;
/// How long a mail server waits before it tries again. Real ones wait minutes.
const AGAIN: Duration = Duration::from_millis(20);
/// How long one mail is tried.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most by which the moment of a kill differs, in microseconds.
const JITTER_MICROSECONDS: u64 = 20_000;
/// Longer than a letter is leased, in seconds: on PostgreSQL, where other processes may live, what
/// a killed one had in its hands is free only then.
const AFTER_LEASE_SECONDS: i64 = 150;
/// Longer than the time between two looks at the outbox: copies that are to come have come.
const AFTERMATH: Duration = Duration::from_secs(5);
/// Where the moments of the kills begin.
const SEED: u64 = 8_517;

/// How mail comes to the program.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Lmtp,
    Postfix,
}

pub(crate) async fn measure(stage: &Stage, engine: Engine) -> Result<Vec<Figure>> {
    let mut figures = Figures::new(engine);
    for (way, called) in [(Way::Lmtp, "by LMTP"), (Way::Postfix, "through Postfix")] {
        if way == Way::Postfix && !stage.has_postfix() {
            continue;
        }
        let balance = storm(stage, engine, way).await?;
        let kills = stage.amounts.kills;
        balance.tell(&mut figures, &format!("killed {kills} times, mixed mail {called}"));
    }
    Ok(figures.list)
}

/// Mail comes in while the program is killed and started again.
async fn storm(stage: &Stage, engine: Engine, way: Way) -> Result<Balance> {
    let relay = Relay::start().await?;
    let lmtp = free_address()?;
    let name = if way == Way::Lmtp { "kills_lmtp" } else { "kills_postfix" };
    let works = Works::fresh(stage, engine, name)?;
    let mut works = Works { relay: Some(relay.url()), lmtp: Some(lmtp), ..works };
    let to: Arc<str> = fill::norms()?.reach.email.into();
    let mut mixed = Mixed::new(&to);
    let mut server = Server::start(stage, &works)?;
    let gate = Gate { protocol: Protocol::Lmtp, address: lmtp, to: Arc::clone(&to) };
    let first = mixed.next(FIRST_BUNDLES);
    Post { server: &server, relay: &relay, gate: gate.clone() }.run(&first, CONNECTIONS).await?;
    let postfix = match way {
        Way::Lmtp => None,
        Way::Postfix => Some(OwnPostfix::start(stage, (lmtp, &to)).await?),
    };
    let gate = match &postfix {
        None => gate,
        Some(postfix) => Gate { protocol: Protocol::Smtp, address: postfix.address, to },
    };
    let mails = mixed.next(stage.amounts.killed_bundles);
    let sending = tokio::spawn(deliver_all(gate, Arc::clone(&mails)));
    let mut chance = Chance(SEED);
    let before = relay.count();
    let share = acknowledged(&mails).len() / stage.amounts.kills;
    for kill in 0..stage.amounts.kills {
        let some = usize::try_from(chance.below(share as u64))?;
        relay.wait_for(before + share * kill + some).await?;
        tokio::time::sleep(Duration::from_micros(chance.below(JITTER_MICROSECONDS))).await;
        server.kill()?;
        if engine == Engine::Postgres {
            works.ahead_seconds += AFTER_LEASE_SECONDS;
        }
        server = Server::start(stage, &works)?;
    }
    let tried_again = sending.await??;
    if let Some(postfix) = &postfix {
        postfix.is_empty().await?;
    }
    let all: Vec<Mail> = first.iter().chain(&*mails).cloned().collect();
    relay.wait_for_each(&acknowledged(&all)).await;
    tokio::time::sleep(AFTERMATH).await;
    drop(server);
    let balance = Balance::of(&all, &relay.after(0), &books::stored(&works)?);
    Ok(Balance { tried_again, ..balance })
}

/// Hands all mails over, each again and again until it is taken, always the same bytes; says how
/// many were not taken at the first try.
async fn deliver_all(gate: Gate, mails: Batch) -> Result<usize> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut lines = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (gate, mails, next) = (gate.clone(), Arc::clone(&mails), Arc::clone(&next));
        lines.spawn(async move {
            let (mut line, mut tried_again) = (None, 0);
            while let Some(mail) = mails.get(next.fetch_add(1, Ordering::Relaxed)) {
                let tries = deliver(&gate, &mut line, mail).await?;
                tried_again += usize::from(tries > 1);
            }
            anyhow::Ok(tried_again)
        });
    }
    let mut tried_again = 0;
    while let Some(ended) = lines.join_next().await {
        tried_again += ended??;
    }
    Ok(tried_again)
}

/// Says how many tries it took.
async fn deliver(gate: &Gate, line: &mut Option<Line>, mail: &Mail) -> Result<u32> {
    let (start, mut tries) = (Instant::now(), 1);
    while let Err(error) = attempt(gate, line, mail).await {
        *line = None;
        if start.elapsed() > PATIENCE {
            return Err(error).with_context(|| format!("{} was never taken", mail.id));
        }
        tokio::time::sleep(AGAIN).await;
        tries += 1;
    }
    Ok(tries)
}

async fn attempt(gate: &Gate, line: &mut Option<Line>, mail: &Mail) -> Result<()> {
    let mut open = match line.take() {
        Some(open) => open,
        None => Line::open(gate).await?,
    };
    open.hand_over(mail).await?;
    *line = Some(open);
    Ok(())
}

/// What became of the mails that were answered for: all of these, in the end.
#[derive(Debug, Default, PartialEq, Eq)]
struct Balance {
    /// Mails that are not stored.
    lost: usize,
    /// Mails that are stored more than once.
    doubled: usize,
    /// Residents without the acknowledgement that is owed to them.
    missing: usize,
    /// Residents with acknowledgements that are not the same letter.
    differing: usize,
    /// Acknowledgements to someone to whom none is owed.
    unasked: usize,
    /// Copies of an acknowledgement, known by its Message-ID: the limit of the protocol.
    repeated: usize,
    /// Mails that whoever handed them over had to try again: that the kills came in time.
    tried_again: usize,
}

impl Balance {
    fn of(mails: &[Mail], came: &[Letter], stored: &BTreeMap<String, usize>) -> Balance {
        let times = |id: &str| stored.get(id).copied().unwrap_or_default();
        let ids: BTreeSet<&str> = mails.iter().map(|mail| &*mail.id).collect();
        let owed = acknowledged(mails);
        let mut letters: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for letter in came {
            letters.entry(&letter.to).or_default().insert(&letter.id);
        }
        let distinct: usize = letters.values().map(BTreeSet::len).sum();
        Balance {
            lost: ids.iter().filter(|id| times(id) == 0).count(),
            doubled: ids.iter().filter(|id| times(id) > 1).count(),
            missing: owed.iter().filter(|to| !letters.contains_key(*to)).count(),
            differing: letters.values().filter(|ids| ids.len() > 1).count(),
            unasked: letters.keys().filter(|to| !owed.contains(*to)).count(),
            repeated: came.len() - distinct,
            tried_again: 0,
        }
    }

    fn tell(&self, figures: &mut Figures, storm: &str) {
        for (count, what) in [
            (self.lost, "mails lost"),
            (self.doubled, "mails stored twice"),
            (self.missing, "acknowledgements missing"),
            (self.differing, "residents with two different acknowledgements"),
            (self.unasked, "acknowledgements that nobody owed"),
        ] {
            let name = format!("{storm}: {what}");
            figures.required(1, &name, "", &[count as f64], Bound::AtMost(0.0));
        }
        for (count, what) in [
            (self.repeated, "acknowledgements repeated with the same Message-ID"),
            (self.tried_again, "mails that the senders tried again"),
        ] {
            figures.add(1, &format!("{storm}: {what}"), "", &[count as f64]);
        }
    }
}

/// Moments from a seed (Marsaglia's xorshift).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(sender: &str, is_acknowledged: bool) -> Mail {
        let id = format!("{sender}.id");
        Mail { sender: sender.to_owned(), id, is_acknowledged, wire: Vec::new() }
    }

    fn letter(to: &str, id: &str) -> Letter {
        Letter { at: Instant::now(), to: to.to_owned(), id: id.to_owned() }
    }

    #[test]
    fn what_went_wrong_is_counted() {
        let mails = [mail("a", true), mail("b", true), mail("c", true), mail("robot", false)];
        let mut stored: BTreeMap<String, usize> =
            mails.iter().map(|mail| (mail.id.clone(), 1)).collect();
        let mut came = vec![letter("a", "1"), letter("b", "2"), letter("c", "3")];
        assert_eq!(Balance::of(&mails, &came, &stored), Balance::default());
        stored.remove("a.id");
        stored.insert("b.id".to_owned(), 2);
        came.remove(0);
        came.extend([letter("b", "2"), letter("c", "4"), letter("robot", "5")]);
        let found = Balance::of(&mails, &came, &stored);
        assert_eq!((found.lost, found.doubled, found.repeated), (1, 1, 1));
        assert_eq!((found.missing, found.differing, found.unasked), (1, 1, 1));
    }
}
