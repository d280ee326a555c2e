//! Putting the parts together: ledger, house, clock, chance. The only place that asks the time.

use std::net::SocketAddr;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use anyhow::{Context, Result};
use channels::exchange::Switchboard;
use channels::{Scanner, SignOnPlace};
use data_encoding::BASE32_NOPAD;
use desk::{Blobs, Chance, Clock, Desk, HookAnswer, HookAsked, House, Outsider, Steered, Turn};
use jiff::{SignedDuration, Timestamp};
use ledger::blobs::BucketPlace;
use ledger::{Ledger, Place};

use crate::configuration::{Configuration, Given};

/// The name of the embedded database in the data folder.
const DATABASE: &str = "belofte.sqlite";

/// Seconds that the clock is ahead, so that a test sees a deadline pass. Not for real use.
const CLOCK_OFFSET: &str = "BELOFTE_CLOCK_OFFSET_SECONDS";

/// The clock on the wall.
#[allow(clippy::disallowed_methods, reason = "this is where time comes from")]
pub(crate) fn clock() -> Result<Clock> {
    let Ok(text) = std::env::var(CLOCK_OFFSET) else { return Ok(Arc::new(Timestamp::now)) };
    let seconds: i64 = text.parse().with_context(|| format!("{CLOCK_OFFSET} is “{text}”"))?;
    tracing::warn!(seconds, "the clock is ahead, for a test: {CLOCK_OFFSET} is set");
    let ahead = SignedDuration::from_secs(seconds);
    Ok(Arc::new(move || Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)))
}

/// The randomness of the machine.
#[allow(clippy::disallowed_methods, reason = "this is where chance comes from")]
pub(crate) fn chance() -> Chance {
    Arc::new(|bytes| getrandom::fill(bytes).expect("the machine gives random bytes"))
}

/// Where the data lives.
pub(crate) fn place(configuration: &Configuration) -> Result<Place> {
    match &configuration.database {
        Some(url) => Ok(Place::Postgres(url.clone())),
        None => {
            make_private_folder(&configuration.data)?;
            Ok(Place::File(configuration.data.join(DATABASE)))
        }
    }
}

/// A folder only this user can open: it holds what residents wrote.
fn make_private_folder(path: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("the data folder {} can not be made", path.display()))
}

/// Opens the ledger.
pub(crate) fn open(configuration: &Configuration) -> Result<Ledger> {
    let place = place(configuration)?;
    let what = match &place {
        Place::File(path) => path.display().to_string(),
        Place::Postgres(_) => "PostgreSQL".to_owned(),
    };
    Ledger::open(&place).with_context(|| format!("the database ({what}) can not be opened"))
}

/// The ledger that is meant on the command line, and what time it is.
pub(crate) fn opened(given: &Given) -> Result<(Ledger, Timestamp)> {
    let ledger = open(&Configuration::read(given)?)?;
    Ok((ledger, (clock()?)()))
}

/// The folder of large mail in the data folder.
const BLOBS: &str = "blobs";

/// The region of a bucket that has none; services of others do not look at it.
const REGION: &str = "us-east-1";

/// Where large mail stands. Processes that share a database must share this place too.
pub(crate) fn blobs(configuration: &Configuration) -> Result<Blobs> {
    let place = &configuration.attachments;
    if let Some(url) = &place.url {
        let place = BucketPlace {
            url: url.clone(),
            endpoint: place.endpoint.clone(),
            region: place.region.clone().unwrap_or_else(|| REGION.to_owned()),
            access_key: place.access_key.clone().unwrap_or_default(),
            secret_key: place.secret_key.clone().unwrap_or_default(),
            clock: clock()?,
        };
        return Blobs::bucket(place).context("[attachments] in the configuration");
    }
    make_private_folder(&configuration.data)?;
    let folder = configuration.data.join(BLOBS);
    Blobs::folder(&folder)
        .with_context(|| format!("the folder {} can not be made", folder.display()))
}

/// The same, shown to work: the start is the time to hear that it does not.
pub(crate) fn blobs_that_work(configuration: &Configuration) -> Result<Blobs> {
    let blobs = blobs(configuration)?;
    blobs.put(b"").context("the store of large mail can not be written")?;
    Ok(blobs)
}

/// The virus scanner, when one is configured.
pub(crate) fn scanner(configuration: &Configuration) -> Result<Option<Arc<Scanner>>> {
    let scanner = configuration.clamd.as_deref().map(Scanner::new).transpose();
    Ok(scanner.map_err(anyhow::Error::msg)?.map(Arc::new))
}

/// A provider that the web can ask.
struct Asked(channels::SignOn);

impl web::Provider for Asked {
    fn address<'a>(&'a self, turn: &'a Turn, now: Timestamp) -> Reply<'a, String> {
        Box::pin(async move { self.0.address(turn, now).await.map_err(|error| error.to_string()) })
    }

    fn who<'a>(&'a self, code: &'a str, turn: &'a Turn, now: Timestamp) -> Reply<'a, Outsider> {
        Box::pin(
            async move { self.0.who(code, turn, now).await.map_err(|error| error.to_string()) },
        )
    }
}

/// What is answered later.
type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a provider answers later.
type Reply<'a, T> = Later<'a, Result<T, String>>;

/// Where employees sign in elsewhere, when that is configured.
pub(crate) fn sign_on(configuration: &Configuration, site: &str) -> Result<Option<web::SignOn>> {
    let Some(elsewhere) = &configuration.sign_on else { return Ok(None) };
    let back = format!("{site}/werk/aanmelden/terug");
    let place = SignOnPlace { back, ..elsewhere.place.clone() };
    let provider = channels::SignOn::new(place).context("[sign-on] in the configuration")?;
    Ok(Some(web::SignOn {
        name: elsewhere.name.clone(),
        groups: Arc::new(elsewhere.roles.clone()),
        provider: Arc::new(Asked(provider)),
    }))
}

/// Who speaks with exchanges for the web.
struct Spoken(Switchboard);

impl web::Exchanges for Spoken {
    fn answer<'a>(&'a self, asked: HookAsked<'a>) -> Later<'a, HookAnswer> {
        Box::pin(self.0.answer(asked))
    }

    fn carry_out(&self, steered: Steered) -> Later<'_, Result<(), String>> {
        Box::pin(self.0.carry_out(steered))
    }
}

/// Who speaks with the exchanges that ask us, when there are any.
pub(crate) fn exchanges(
    configuration: &Configuration,
    desk: &Desk,
) -> Option<Arc<dyn web::Exchanges>> {
    let exchanges = &configuration.exchanges;
    let any = exchanges.jambonz.is_some() || exchanges.twiml.is_some();
    let spoken = || Spoken(Switchboard::new(desk.clone(), exchanges.clone()));
    any.then(|| Arc::new(spoken()) as Arc<dyn web::Exchanges>)
}

/// The house: the norms, the address of the site, and the key that signs; the key is made at the
/// first start and kept in the database, so that every process signs alike.
pub(crate) fn house(
    configuration: &Configuration,
    ledger: &Ledger,
    listens: SocketAddr,
) -> Result<House> {
    let charter = configuration.read_charter()?;
    let mut fresh = [0; 32];
    chance()(&mut fresh);
    let fresh = BASE32_NOPAD.encode(&fresh);
    let key = ledger
        .write(move |tx| Ok(tx.setting_or("signing-key", &fresh)?))
        .wait()
        .context("the signing key can not be read")?;
    let key = BASE32_NOPAD.decode(key.as_bytes()).ok().and_then(|key| key.try_into().ok());
    let key: [u8; 32] = key.context("the signing key in the database is damaged")?;
    let site = match &configuration.site {
        Some(site) => site.clone(),
        None => format!("http://{listens}"),
    };
    let house = House::new(charter, &site, key);
    Ok(match &configuration.webhooks.oin {
        Some(oin) => house.with_oin(oin),
        None => house,
    })
}
