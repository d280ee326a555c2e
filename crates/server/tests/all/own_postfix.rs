//! A real Postfix of one story's own: on a free port, with its own configuration, queue and log,
//! between whoever sends, Belofte, and the mailboxes of residents.

use std::fmt::Write;
use std::fs::{self, Permissions};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::own_postgres::{free_port, ok, we_are_root};
use crate::program::{PATIENCE, until};

/// The account Debian makes for it.
const ACCOUNT: &str = "postfix";
/// Where Debian keeps its daemons.
const DAEMONS: &str = "/usr/lib/postfix/sbin";

/// How long its queue manager leaves a mail alone that it wanted to try again while the last try
/// still had it open, as happens on a busy machine. Nothing configures it.
const STILL_OPEN: Duration = Duration::from_secs(300);

/// The daemons, as Debian lists them, without those that listen beyond this story.
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
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
";

/// How it is set up.
pub(crate) struct Setup {
    /// Where mail for the municipality goes, by LMTP.
    pub(crate) belofte: SocketAddr,
    /// Where all other mail goes, by SMTP.
    pub(crate) world: SocketAddr,
    /// Whether mail goes to the municipality within TLS, or not at all.
    pub(crate) encrypts: bool,
}

pub(crate) struct OwnPostfix {
    folder: TempDir,
    port: u16,
    /// Ends when this is dropped; its children end with it.
    _master: Child,
}

impl OwnPostfix {
    /// Starts it; nothing, and loudly so, when it can not be had here.
    pub(crate) async fn start(setup: &Setup) -> Option<OwnPostfix> {
        if !Path::new(DAEMONS).join("master").exists() || !we_are_root().await {
            eprintln!("SKIPPED: no Postfix, or not root: no real mail server is tried");
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let place = |name: &str| folder.path().join(name);
        // Its daemons run under an account of their own, and must come to their queue.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("ours");
        for name in ["etc", "queue", "data"] {
            fs::create_dir(place(name)).expect("a folder");
        }
        ok(Command::new("chown").arg(ACCOUNT).arg(place("data"))).await;
        fs::write(place("etc/main.cf"), main_cf(folder.path(), setup)).expect("written");
        let services = format!("127.0.0.1:{port} inet n - n - - smtpd\n{SERVICES}");
        fs::write(place("etc/master.cf"), services).expect("written");
        // Makes the folders of the queue.
        let mut check = Command::new("/usr/sbin/postfix");
        ok(check.arg("-c").arg(place("etc")).arg("check").stderr(Stdio::null())).await;
        let mut master = Command::new(Path::new(DAEMONS).join("master"));
        master.arg("-c").arg(place("etc")).arg("-d").env("MAIL_CONFIG", place("etc"));
        master.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let master = master.process_group(0).kill_on_drop(true).spawn().expect("it starts");
        let postfix = OwnPostfix { folder, port, _master: master };
        until("Postfix to start", async || postfix.log().contains("daemon started")).await;
        Some(postfix)
    }

    /// Where it takes mail.
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// How to tell a relay about it.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address())
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Waits until a line of its log holds all of these.
    pub(crate) async fn logs(&self, parts: &[&str]) {
        until(&format!("Postfix to log {parts:?}"), async || {
            self.log().lines().any(|line| parts.iter().all(|part| line.contains(part)))
        })
        .await;
    }

    /// Waits until no mail is in its queue any more.
    pub(crate) async fn emptied(&self) {
        let emptying = async {
            while self.waiting() > 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if timeout(STILL_OPEN + PATIENCE, emptying).await.is_err() {
            panic!("{} mails still wait\n{}", self.waiting(), self.log());
        }
    }

    /// How many mails wait in its queue.
    fn waiting(&self) -> usize {
        let queue = self.folder.path().join("queue");
        ["incoming", "active", "deferred"].iter().map(|name| files(&queue.join(name))).sum()
    }
}

/// Files in a folder and the folders in it.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let count = |path: PathBuf| if path.is_dir() { files(&path) } else { 1 };
    entries.map(|entry| count(entry.path())).sum()
}

fn main_cf(folder: &Path, setup: &Setup) -> String {
    let folder = folder.display();
    let (belofte, world) = (setup.belofte, setup.world);
    let mut text = format!(
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
         message_size_limit = 60000000\n\
         disable_dns_lookups = yes\n\
         recipient_delimiter = +\n\
         relay_domains = harlingen.nl\n\
         alias_maps =\n\
         alias_database =\n\
         local_recipient_maps =\n\
         minimal_backoff_time = 2s\n\
         maximal_backoff_time = 3s\n\
         queue_run_delay = 1s\n"
    );
    // Writing to a String cannot fail.
    let _ =
        writeln!(text, "transport_maps = inline:{{ {{ harlingen.nl = lmtp:inet:{belofte} }} }}");
    let _ = writeln!(text, "default_transport = smtp:[{}]:{}", world.ip(), world.port());
    if setup.encrypts {
        text.push_str("lmtp_tls_security_level = encrypt\nlmtp_tls_loglevel = 1\n");
    }
    text
}
