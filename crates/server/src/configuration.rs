//! What the municipality configures: a TOML file, environment variables over it, flags over those.

mod mailboxes;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;

/// The norm file that is used when none is configured.
pub(crate) const HARLINGEN: &str = include_str!("../../../norms/harlingen.toml");

/// Where the site listens when nothing is configured.
const LISTEN: &str = "127.0.0.1:8517";

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
    /// Where LMTP listens, if at all.
    pub(crate) lmtp: Option<SocketAddr>,
    /// Where SMTP listens, if at all.
    pub(crate) smtp: Option<SocketAddr>,
    /// The mailboxes that are read over IMAP.
    pub(crate) mailboxes: Vec<channels::imap::Account>,
    /// The mail server letters go to; absent: they stay in the outbox.
    pub(crate) relay: Option<String>,
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
    metrics: MetricsTable,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Mail {
    hostname: Option<String>,
    lmtp: Listener,
    smtp: Listener,
    imap: Vec<mailboxes::MailboxTable>,
    relay: RelayTable,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Listener {
    listen: Option<SocketAddr>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RelayTable {
    url: Option<String>,
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
            behind_proxy: match variable("BELOFTE_BEHIND_PROXY").as_deref() {
                None => file.behind_proxy.unwrap_or(false),
                Some("true") => true,
                Some("false") => false,
                Some(other) => bail!("BELOFTE_BEHIND_PROXY is “{other}”: write true or false"),
            },
            hostname: variable("BELOFTE_MAIL_HOSTNAME")
                .or(file.mail.hostname)
                .unwrap_or_else(|| "belofte.localhost".to_owned()),
            lmtp: address("BELOFTE_MAIL_LMTP_LISTEN")?.or(file.mail.lmtp.listen),
            smtp: address("BELOFTE_MAIL_SMTP_LISTEN")?.or(file.mail.smtp.listen),
            mailboxes: mailboxes::read(file.mail.imap)?,
            relay: secret("BELOFTE_MAIL_RELAY_URL")?.or(file.mail.relay.url),
            metrics_token: secret("BELOFTE_METRICS_TOKEN")?.or(file.metrics.token),
        })
    }

    /// The norms, one generation after the other: from the configured file or folder, or the ones
    /// inside the program.
    pub(crate) fn read_charter(&self) -> Result<norms::Charter> {
        let files = match &self.norms {
            None => vec![(HARLINGEN.to_owned(), "norms/harlingen.toml".to_owned())],
            Some(path) => norm_files(path)?,
        };
        norms::Charter::parse(&files).map_err(|wrong| {
            let said: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            anyhow!(said.join("\n"))
        })
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
