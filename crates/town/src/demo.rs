//! The demo: a quarter of a year of the town, written into an empty ledger.

use std::sync::Arc;

use desk::{Agent, House, Roles};
use jiff::{SignedDuration, Span, Timestamp};
use ledger::{Ledger, Stop};

use crate::chance::Chance;
use crate::faults::Ways;
use crate::staff::Staff;
use crate::texts::{Hired, Texts};
use crate::town::{Beginning, Life, Town};

/// How long the history of the demo is, in days.
pub const DEMO_DAYS: i64 = 92;
/// The login of the account that the demo is shown with.
pub const DEMO_LOGIN: &str = "demo";
/// On which days after the beginning the mail server is down for a while, and how long, in minutes.
const OUTAGES: [(i64, i64); 2] = [(27, 19), (66, 11)];
/// When on such a day it goes down, in seconds from midnight.
const OUTAGE_AT: i64 = 10 * 3_600 + 2_400;

/// An employee of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoEmployee {
    /// The name to sign in with.
    pub login: String,
    /// The name colleagues and residents see.
    pub name: String,
    /// The right to act.
    pub agent: Agent,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    /// Everybody who works there; one of them has the login [`DEMO_LOGIN`].
    pub employees: Vec<DemoEmployee>,
    /// How many contacts there are.
    pub contacts: usize,
    /// When the history begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// How many verbs the desk refused: none, when employees and norms go together.
    pub refused: usize,
}

/// Fills an empty ledger with the quarter that ends at `until`. The same seed and the same `until`
/// give the same facts. `password_hash` gives the hash of the password of each login.
///
/// # Errors
/// When the database fails; what was written by then stays.
pub fn fill(
    ledger: &Ledger,
    house: &House,
    seed: u64,
    until: Timestamp,
    password_hash: impl Fn(&str) -> String,
) -> Result<Demo, Stop> {
    let first_day = house.day(until).saturating_sub(Span::new().days(DEMO_DAYS));
    let from = first_day.to_zoned(house.zone().clone()).map_or(until, |zoned| zoned.timestamp());
    let texts = Arc::new(Texts::read());
    let staff = hire(ledger, &texts.staff, from, password_hash)?;
    let employees = staff
        .iter()
        .map(|(hired, agent)| DemoEmployee {
            login: hired.login.clone(),
            name: hired.name.clone(),
            agent: agent.clone(),
        })
        .collect();
    let demo = staff.iter().position(|(hired, _)| hired.login == DEMO_LOGIN);
    let staff = Staff::of(staff);
    let (chance, ways) = (Chance::new(seed), Ways::default());
    let mut life =
        Life::begin(Beginning { house: house.clone(), staff, texts, chance, from, until, ways });
    for (day, minutes) in OUTAGES {
        let day = life.working_day(first_day.saturating_add(Span::new().days(day)), 0);
        let down = life.moment(day, OUTAGE_AT);
        let up = down.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(down);
        life.relay.outages.push((down, up));
    }
    if let Some(demo) = demo {
        life.arrange_last_days(demo);
    }
    let mut town = Town { ledger: ledger.clone(), life };
    town.live(until)?;
    let Life { cases, counted, refused, .. } = town.life;
    let refused = refused.len();
    Ok(Demo { employees, contacts: cases.len() + counted, from, until, refused })
}

pub(crate) fn hire(
    ledger: &Ledger,
    hired: &[Hired],
    now: Timestamp,
    password_hash: impl Fn(&str) -> String,
) -> Result<Vec<(Hired, Agent)>, Stop> {
    let hired: Vec<(Hired, String)> =
        hired.iter().map(|it| (it.clone(), password_hash(&it.login))).collect();
    let open = move |tx: &mut desk::Tx<'_>| {
        hired
            .iter()
            .map(|(it, hash)| {
                // Whoever looks at the demo may see everything.
                let roles = if it.login == DEMO_LOGIN { Roles::ALL } else { Roles::ALL_ROUND };
                let names = (it.login.as_str(), it.name.as_str());
                let agent = desk::open_account(tx, now, names, hash, Some(roles))?.with()?;
                Ok((it.clone(), agent))
            })
            .collect()
    };
    ledger.write(open).wait()
}
