//! What the municipality configures: a TOML file, environment variables over it, flags over those.

mod mailboxes;
mod phone;
mod sign_on;
mod webhooks;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use channels::smtp::Certificate;
use serde::Deserialize;

/// The norm file that is used when none is configured.
pub(crate) const HARLINGEN: &str = include_str!("../../../norms/harlingen.toml");

/// Where the site listens when nothing is configured.
const LISTEN: &str = "127.0.0.1:8517";

/// How near the map begins when nothing is configured: a town.
const MAP_ZOOM: u8 = 14;

/// What is given on the command line. Flags win over the environment, that over the file.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Given {
    /// The configuration file (TOML).
    #[arg(long, env = "BELOFTE_CONFIG", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// The folder for the embedded database. Default: ./data
    #[arg(long, env = "BELOFTE_DATA", global = true)]
    pub(crate) data: Option<PathBuf>,
    /// The address the site listens on. Default: 127.0.0.1:8517
    #[arg(long, env = "BELOFTE_LISTEN", global = true)]
    pub(crate) listen: Option<SocketAddr>,
    /// The norm file, or a folder with one file for each generation. Default: the norms of
    /// Harlingen inside the program.
    #[arg(long, env = "BELOFTE_NORMS", global = true)]
    pub(crate) norms: Option<PathBuf>,
}

/// The configuration, complete.
#[derive(Clone, Debug)]
pub(crate) struct Configuration {
    /// Where the site listens.
    pub(crate) listen: SocketAddr,
    /// The folder for the embedded database.
    pub(crate) data: PathBuf,
    /// A `postgres://` URL; absent: SQLite in `data`.
    pub(crate) database: Option<String>,
    /// The norm file or folder; absent: the one inside the program.
    pub(crate) norms: Option<PathBuf>,
    /// The address residents open, for links in letters.
    pub(crate) site: Option<String>,
    /// Whether the site stands behind a proxy that sets X-Forwarded-For and speaks https.
    pub(crate) behind_proxy: bool,
    /// The name the mail listeners give themselves.
    pub(crate) hostname: String,
    /// How LMTP listens, if at all.
    pub(crate) lmtp: MailDoor,
    /// How SMTP listens, if at all.
    pub(crate) smtp: MailDoor,
    /// Whether SPF, DKIM and DMARC are looked up for mail over SMTP.
    pub(crate) verify: bool,
    /// The name server that is asked for them; absent: the ones of this machine.
    pub(crate) resolver: Option<SocketAddr>,
    /// The mail server in front of us whose `Authentication-Results` are believed.
    pub(crate) authserv_id: Option<String>,
    /// The mailboxes that are read over IMAP.
    pub(crate) mailboxes: Vec<channels::imap::Account>,
    /// The mail server letters go to; absent: they stay in the outbox.
    pub(crate) relay: Option<String>,
    /// Where large mail stands; without a URL: a folder in `data`.
    pub(crate) attachments: Attachments,
    /// The virus scanner: `host:port` or the path of its socket; absent: nothing is scanned.
    pub(crate) clamd: Option<String>,
    /// The map on which residents point at what they report; absent: they write where it is.
    pub(crate) map: Option<web::Map>,
    /// Where employees sign in elsewhere, if anywhere.
    pub(crate) sign_on: Option<sign_on::Elsewhere>,
    /// The telephone exchanges that ask us what to do.
    pub(crate) exchanges: channels::exchange::Exchanges,
    /// How other programs are told what happens.
    pub(crate) webhooks: webhooks::Webhooks,
    /// What is to be shown to read the figures; absent: only this machine reads them.
    pub(crate) metrics_token: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct File {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    database: Option<String>,
    norms: Option<PathBuf>,
    site: Option<String>,
    behind_proxy: Option<bool>,
    mail: Mail,
    attachments: Attachments,
    scan: ScanTable,
    map: MapTable,
    sign_on: sign_on::SignOnTable,
    metrics: MetricsTable,
    phone: phone::PhoneTable,
    webhooks: webhooks::WebhooksTable,
}

/// Where large mail and what is sent along stand.
#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct Attachments {
    /// `s3://bucket/prefix`.
    pub(crate) url: Option<String>,
    /// The service: `https://s3.example.nl`.
    pub(crate) endpoint: Option<String>,
    /// The region, `us-east-1` when it is left out.
    pub(crate) region: Option<String>,
    /// The key by which the service knows us.
    pub(crate) access_key: Option<String>,
    /// The secret that goes with it.
    pub(crate) secret_key: Option<String>,
}

/// Secrets are not for logs.
impl std::fmt::Debug for Attachments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.url)
    }
}

impl Attachments {
    /// With what the environment says over it.
    fn read(file: Attachments) -> Result<Attachments> {
        Ok(Attachments {
            url: variable("BELOFTE_ATTACHMENTS_URL").or(file.url),
            endpoint: variable("BELOFTE_ATTACHMENTS_ENDPOINT").or(file.endpoint),
            region: variable("BELOFTE_ATTACHMENTS_REGION").or(file.region),
            access_key: secret("BELOFTE_ATTACHMENTS_ACCESS_KEY")?.or(file.access_key),
            secret_key: secret("BELOFTE_ATTACHMENTS_SECRET_KEY")?.or(file.secret_key),
        })
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct ScanTable {
    clamd: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Mail {
    hostname: Option<String>,
    authserv_id: Option<String>,
    resolver: Option<SocketAddr>,
    lmtp: Listener,
    smtp: Listener,
    imap: Vec<mailboxes::MailboxTable>,
    relay: RelayTable,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Listener {
    listen: Option<SocketAddr>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    proxy_protocol: Option<bool>,
    verify: Option<bool>,
}

/// How a mail listener is configured.
#[derive(Clone, Debug)]
pub(crate) struct MailDoor {
    /// Where it listens, if at all.
    pub(crate) listen: Option<SocketAddr>,
    /// The chain and the private key that `STARTTLS` shows (PEM); absent: not offered.
    pub(crate) certificate: Option<(PathBuf, PathBuf)>,
    /// Whether every connection begins with a PROXY header.
    pub(crate) proxy_protocol: bool,
}

impl MailDoor {
    /// `name` is how the table is called, in capitals.
    fn read(name: &str, file: Listener) -> Result<MailDoor> {
        let named = |key: &str| format!("BELOFTE_MAIL_{name}_{key}");
        let path = |key: &str| variable(&named(key)).map(PathBuf::from);
        let table = name.to_lowercase();
        if name == "LMTP" && file.verify.is_some() {
            bail!("[mail.lmtp] verify: only [mail.smtp] is asked where mail comes from");
        }
        let certificate = match (path("CERTIFICATE").or(file.certificate), path("KEY").or(file.key))
        {
            (Some(chain), Some(key)) => Some((chain, key)),
            (None, None) => None,
            (Some(_), None) => bail!("[mail.{table}] has a certificate and no key"),
            (None, Some(_)) => bail!("[mail.{table}] has a key and no certificate"),
        };
        Ok(MailDoor {
            listen: address(&named("LISTEN"))?.or(file.listen),
            certificate,
            proxy_protocol: truth(&named("PROXY_PROTOCOL"), file.proxy_protocol)?,
        })
    }

    /// Reads the certificate and its key.
    pub(crate) fn read_certificate(&self) -> Result<Option<Certificate>> {
        let read = |(chain, key): &(PathBuf, PathBuf)| Certificate::read(chain, key);
        Ok(self.certificate.as_ref().map(read).transpose()?)
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RelayTable {
    url: Option<String>,
}

/// The map; without tiles there is none.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct MapTable {
    tiles: Option<String>,
    by: Option<String>,
    centre: Option<String>,
    zoom: Option<u8>,
    look_at: Option<String>,
}

impl MapTable {
    /// With what the environment says over it.
    fn read(self) -> Result<Option<web::Map>> {
        let Some(tiles) = variable("BELOFTE_MAP_TILES").or(self.tiles) else { return Ok(None) };
        let by = variable("BELOFTE_MAP_BY").or(self.by).unwrap_or_default();
        let centre = variable("BELOFTE_MAP_CENTRE").or(self.centre).unwrap_or_default();
        let spot = desk::Spot::parse(&centre).ok_or_else(|| {
            anyhow!("[map] centre is where the map begins, like \"53.1745,5.4225\", not {centre:?}")
        })?;
        let zoom = match variable("BELOFTE_MAP_ZOOM") {
            None => self.zoom.unwrap_or(MAP_ZOOM),
            Some(text) => {
                let wrong = || format!("BELOFTE_MAP_ZOOM is a number up to 19, not {text}");
                text.parse().with_context(wrong)?
            }
        };
        let look_at = variable("BELOFTE_MAP_LOOK_AT").or(self.look_at);
        let map = web::Map::new(&tiles, &by, (spot, zoom), look_at.as_deref());
        map.map(Some).map_err(|why| anyhow!("[map] {why}"))
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct MetricsTable {
    token: Option<String>,
}

impl Configuration {
    /// Puts file, environment and flags together.
    pub(crate) fn read(given: &Given) -> Result<Configuration> {
        let file = match &given.config {
            None => File::default(),
            Some(path) => read_file(path)?,
        };
        let listen: SocketAddr = LISTEN.parse().expect("the default address is an address");
        Ok(Configuration {
            listen: given.listen.or(file.listen).unwrap_or(listen),
            data: given.data.clone().or(file.data).unwrap_or_else(|| PathBuf::from("data")),
            database: secret("BELOFTE_DATABASE")?.or(file.database),
            norms: given.norms.clone().or(file.norms),
            site: variable("BELOFTE_SITE").or(file.site),
            behind_proxy: truth("BELOFTE_BEHIND_PROXY", file.behind_proxy)?,
            hostname: variable("BELOFTE_MAIL_HOSTNAME")
                .or(file.mail.hostname)
                .unwrap_or_else(|| "belofte.localhost".to_owned()),
            lmtp: MailDoor::read("LMTP", file.mail.lmtp)?,
            verify: truth("BELOFTE_MAIL_SMTP_VERIFY", file.mail.smtp.verify)?,
            smtp: MailDoor::read("SMTP", file.mail.smtp)?,
            resolver: address("BELOFTE_MAIL_RESOLVER")?.or(file.mail.resolver),
            authserv_id: variable("BELOFTE_MAIL_AUTHSERV_ID").or(file.mail.authserv_id),
            mailboxes: mailboxes::read(file.mail.imap)?,
            relay: secret("BELOFTE_MAIL_RELAY_URL")?.or(file.mail.relay.url),
            attachments: Attachments::read(file.attachments)?,
            clamd: variable("BELOFTE_SCAN_CLAMD").or(file.scan.clamd),
            map: file.map.read()?,
            sign_on: file.sign_on.read()?,
            exchanges: file.phone.read()?,
            webhooks: file.webhooks.read()?,
            metrics_token: secret("BELOFTE_METRICS_TOKEN")?.or(file.metrics.token),
        })
    }

    /// The norms, one generation after the other: from the configured file or folder, or the ones
    /// inside the program.
    pub(crate) fn read_charter(&self) -> Result<norms::Charter> {
        norms::Charter::parse(&self.norm_files()?).map_err(|wrong| {
            let said: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            anyhow!(said.join("\n"))
        })
    }

    /// The text and the name of each norm file.
    pub(crate) fn norm_files(&self) -> Result<Vec<(String, String)>> {
        match &self.norms {
            None => Ok(vec![(HARLINGEN.to_owned(), "norms/harlingen.toml".to_owned())]),
            Some(path) => norm_files(path),
        }
    }
}

/// The text and the name of a norm file, or of every `*.toml` file in a folder.
fn norm_files(path: &Path) -> Result<Vec<(String, String)>> {
    let unreadable = || format!("the norm file {} can not be read", path.display());
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(unreadable)?;
        let found = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>();
        paths = found.with_context(unreadable)?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
    }
    let read = |path: PathBuf| {
        let source = std::fs::read_to_string(&path)
            .with_context(|| format!("the norm file {} can not be read", path.display()))?;
        Ok((source, path.display().to_string()))
    };
    paths.into_iter().map(read).collect()
}

/// Reads and checks a norm file.
pub(crate) fn read_norms(path: &Path) -> Result<norms::Norms> {
    let source = std::fs::read_to_string(path)
        .with_context(|| format!("the norm file {} can not be read", path.display()))?;
    Ok(norms::Norms::parse(&source, &path.display().to_string())?)
}

/// The norms of the given file, or the ones inside the program.
pub(crate) fn norms_or_own(path: Option<&Path>) -> Result<norms::Norms> {
    match path {
        None => Ok(norms::Norms::parse(HARLINGEN, "norms/harlingen.toml")?),
        Some(path) => read_norms(path),
    }
}

fn read_file(path: &Path) -> Result<File> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the configuration {} can not be read", path.display()))?;
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        let message = error.message().replace('\n', " ");
        anyhow!("{}:{line}: {message}{}", path.display(), suggestion(&message))
    })
}

/// "did you mean": for an unknown key, the known one that begins alike.
fn suggestion(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    let ["unknown field ", written, _, known @ ..] = &parts[..] else { return String::new() };
    let alike = |word: &str| written.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let best = known.iter().filter(|word| !word.contains(' ')).max_by_key(|word| alike(word));
    match best {
        Some(best) if alike(best) > 0 => format!(". Did you mean “{best}”?"),
        _ => String::new(),
    }
}

/// A variable that is true or false, over what the file says; false when neither says a thing.
fn truth(name: &str, file: Option<bool>) -> Result<bool> {
    match variable(name).as_deref() {
        None => Ok(file.unwrap_or(false)),
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        Some(other) => bail!("{name} is “{other}”: write true or false"),
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable whose value may also stand in a file: `NAME_FILE=/run/secrets/…`.
fn secret(name: &str) -> Result<Option<String>> {
    if let Some(path) = variable(&format!("{name}_FILE")) {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{name}_FILE names {path}, which can not be read"))?;
        return Ok(Some(text.trim().to_owned()));
    }
    Ok(variable(name))
}

fn address(name: &str) -> Result<Option<SocketAddr>> {
    variable(name)
        .map(|text| {
            text.parse().map_err(|_| {
                anyhow!("{name} is “{text}”: write an address and a port, like 127.0.0.1:2424")
            })
        })
        .transpose()
}
