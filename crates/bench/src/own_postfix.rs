//! A real Postfix of one measurement's own: on a free port, with its own configuration and queue,
//! between whoever sends and the program.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::server::free_address;
use crate::stage::Stage;

/// The account Debian makes for it.
const ACCOUNT: &str = "postfix";
/// Where Debian keeps its daemons.
const DAEMONS: &str = "/usr/lib/postfix/sbin";
/// The longest wait for it to start, or for its queue to be empty.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at it.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The daemons, as Debian lists them, without those that listen beyond this measurement.
const SERVICES: &str = "\
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
pickup unix n - n 60 1 pickup
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
tlsmgr unix - - n 1000? 1 tlsmgr
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
";

/// What is installed, when it can be started here: its daemons change their account.
pub(crate) fn version() -> Option<String> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0);
    if !is_root || !Path::new(DAEMONS).join("master").exists() {
        return None;
    }
    let output =
        Command::new("/usr/sbin/postconf").args(["-d", "-h", "mail_version"]).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

pub(crate) struct OwnPostfix {
    /// Where it takes mail by SMTP.
    pub(crate) address: SocketAddr,
    folder: PathBuf,
    master: Child,
}

impl OwnPostfix {
    /// Starts it. It hands all mail to the domain of this recipient over to the program.
    pub(crate) async fn start(
        stage: &Stage,
        (program, recipient): (SocketAddr, &str),
    ) -> Result<OwnPostfix> {
        let address = free_address()?;
        let folder = stage.scratch().join(format!("postfix-{}", address.port()));
        let etc = folder.join("etc");
        for name in ["etc", "queue", "data"] {
            fs::create_dir_all(folder.join(name)).context("no folder for Postfix")?;
        }
        succeed(Command::new("chown").arg(ACCOUNT).arg(folder.join("data")))?;
        let (_, domain) = recipient.split_once('@').context("a recipient without domain")?;
        fs::write(etc.join("main.cf"), main_cf(&folder, (program, domain)))?;
        let services = format!("{address} inet n - n - - smtpd\n{SERVICES}");
        fs::write(etc.join("master.cf"), services)?;
        // Makes the folders of the queue.
        succeed(Command::new("/usr/sbin/postfix").arg("-c").arg(&etc).arg("check"))?;
        let mut master = Command::new(Path::new(DAEMONS).join("master"));
        master.arg("-c").arg(&etc).arg("-d").env("MAIL_CONFIG", &etc);
        master.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let master = master.spawn().context("Postfix can not be started")?;
        let postfix = OwnPostfix { address, folder, master };
        postfix.until("starts", || postfix.log().contains("daemon started")).await?;
        Ok(postfix)
    }

    /// Waits until nothing is left in its queue.
    pub(crate) async fn is_empty(&self) -> Result<()> {
        let queue = self.folder.join("queue");
        let waiting = || {
            let folders = ["incoming", "active", "deferred"];
            folders.iter().map(|name| files(&queue.join(name))).sum::<usize>()
        };
        self.until("hands everything over", || waiting() == 0).await
    }

    async fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !is_so() {
            if start.elapsed() > PATIENCE {
                let log = self.log();
                bail!("waited {PATIENCE:?} until Postfix {what}; its last words:\n{}", end(&log));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for OwnPostfix {
    fn drop(&mut self) {
        let pid = self.master.id().to_string();
        // The master tells its daemons.
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.master.kill();
        }
        let _ = self.master.wait();
    }
}

fn succeed(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{name} can not be started"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// Files in a folder and the folders in it.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let count = |path: PathBuf| if path.is_dir() { files(&path) } else { 1 };
    entries.map(|entry| count(entry.path())).sum()
}

/// The last lines of a log.
fn end(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Nothing slows down what comes in, and what was refused is soon tried again.
fn main_cf(folder: &Path, (program, domain): (SocketAddr, &str)) -> String {
    let folder = folder.display();
    format!(
        "compatibility_level = 3.6\n\
         queue_directory = {folder}/queue\n\
         data_directory = {folder}/data\n\
         command_directory = /usr/sbin\n\
         daemon_directory = {DAEMONS}\n\
         mail_owner = {ACCOUNT}\n\
         maillog_file = {folder}/log\n\
         maillog_file_prefixes = {folder}\n\
         inet_interfaces = 127.0.0.1\n\
         inet_protocols = ipv4\n\
         myhostname = mx.voorbeeld.example\n\
         mydestination =\n\
         mynetworks = 127.0.0.0/8\n\
         smtpd_relay_restrictions = permit_mynetworks, reject\n\
         smtpd_client_connection_count_limit = 0\n\
         disable_dns_lookups = yes\n\
         recipient_delimiter = +\n\
         relay_domains = {domain}\n\
         transport_maps = inline:{{ {{ {domain} = lmtp:inet:{program} }} }}\n\
         default_transport = error\n\
         alias_maps =\n\
         alias_database =\n\
         local_recipient_maps =\n\
         in_flow_delay = 0\n\
         minimal_backoff_time = 2s\n\
         maximal_backoff_time = 3s\n\
         queue_run_delay = 1s\n"
    )
}
