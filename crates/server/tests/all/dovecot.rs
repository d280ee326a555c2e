//! A real mail server for the length of a story: Debian's Dovecot on free loopback ports, with its
//! mail in a folder of its own, without rights, ended by its own process id.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::SystemTime;

use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::post::Mail;
use crate::program::{Start, until};

/// The account without rights under which it runs when we are root.
const NOBODY: (&str, &str) = ("nobody", "nogroup");
/// The password of every mailbox.
pub(crate) const PASSWORD: &str = "geheim";

/// A mail server with a folder.
pub(crate) struct Dovecot {
    folder: TempDir,
    child: Option<Child>,
    /// Who it runs as: name, group, and their numbers when they are not ours.
    user: (String, String, Option<(u32, u32)>),
    ports: (u16, u16),
    /// Where tokens are asked about.
    introspection: Option<String>,
}

impl Dovecot {
    /// Starts it with these mailboxes; nothing, and loudly so, when it is not installed.
    pub(crate) async fn start(mailboxes: &[&str]) -> Option<Dovecot> {
        Dovecot::start_with(mailboxes, None).await
    }

    /// The same, asking this address about tokens.
    pub(crate) async fn start_with(
        mailboxes: &[&str],
        introspection: Option<String>,
    ) -> Option<Dovecot> {
        if program().is_none() {
            eprintln!("SKIPPED: dovecot is not installed, so no mailbox is read");
            return None;
        }
        let user = account().await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ports = (free_port().await, free_port().await);
        let mut it = Dovecot { folder, child: None, user, ports, introspection };
        for name in ["run", "state", "mail"] {
            it.make(&it.path(name));
        }
        for name in mailboxes {
            it.make(&it.path(&format!("mail/{name}")));
            for part in ["new", "cur", "tmp"] {
                it.make(&it.path(&format!("mail/{name}/{part}")));
            }
        }
        it.own(it.folder.path());
        it.certificate().await;
        it.passwords(mailboxes, PASSWORD);
        it.write("dovecot.conf", &it.configuration());
        it.up().await;
        Some(it)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn make(&self, folder: &Path) {
        fs::create_dir_all(folder).expect("a folder");
        self.own(folder);
    }

    fn own(&self, path: &Path) {
        if let Some((user, group)) = self.user.2 {
            chown(path, Some(user), Some(group)).expect("root gives things away");
        }
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
        self.own(&self.path(name));
    }

    /// The password of all mailboxes from now on.
    pub(crate) fn passwords(&self, mailboxes: &[&str], password: &str) {
        let lines: String = mailboxes.iter().map(|it| format!("{it}:{password}::::::\n")).collect();
        self.write("passwd", &lines);
    }

    async fn certificate(&self) {
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
        openssl.args(["-nodes", "-days", "2", "-subj", "/CN=localhost"]);
        openssl.args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]);
        openssl.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
        openssl.arg("-keyout").arg(self.path("key.pem")).arg("-out").arg(self.path("cert.pem"));
        let output = openssl.output().await.expect("openssl is installed beside Dovecot");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.own(&self.path("key.pem"));
    }

    fn configuration(&self) -> String {
        let folder = self.folder.path().display();
        let (user, group, _) = &self.user;
        let (plain, tls) = self.ports;
        let tokens = match &self.introspection {
            None => String::new(),
            Some(url) => {
                let asks = format!(
                    "introspection_url = {url}\nintrospection_mode = get\n\
                     username_attribute = username\nactive_attribute = active\n\
                     active_value = true\n"
                );
                self.write("tokens.conf", &asks);
                format!(
                    "passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  \
                     args = {folder}/tokens.conf\n}}\n"
                )
            }
        };
        format!(
            "base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\n\
             protocols = imap\nlisten = 127.0.0.1\ndefault_internal_user = {user}\n\
             default_internal_group = {group}\ndefault_login_user = {user}\n\
             first_valid_uid = 1\nfirst_valid_gid = 1\nmail_location = maildir:{folder}/mail/%u\n\
             ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n\
             disable_plaintext_auth = no\nauth_failure_delay = 0\n\
             auth_mechanisms = plain login xoauth2 oauthbearer\n{tokens}\
             passdb {{\n  driver = passwd-file\n  mechanisms = plain login\n  \
             args = scheme=PLAIN {folder}/passwd\n}}\n\
             userdb {{\n  driver = static\n  args = uid={user} gid={group} \
             home={folder}/mail/%u\n}}\n\
             service imap-login {{\n  chroot =\n  \
             inet_listener imap {{\n    port = {plain}\n  }}\n  \
             inet_listener imaps {{\n    port = {tls}\n    ssl = yes\n  }}\n}}\n\
             service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n"
        )
    }

    /// Starts it, and waits until it answers.
    pub(crate) async fn up(&mut self) {
        let dovecot = program().expect("seen at the start");
        let mut command = Command::new("setpriv");
        if self.user.2.is_some() {
            let (user, group, _) = &self.user;
            command.args(["--reuid", user, "--regid", group, "--clear-groups"]);
        }
        command.args(["--pdeathsig", "TERM", "--"]).arg(dovecot);
        command.arg("-F").arg("-c").arg(self.path("dovecot.conf"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.child = Some(command.current_dir("/").spawn().expect("dovecot starts"));
        let port = self.ports.0;
        until("dovecot to answer", async || TcpStream::connect(("127.0.0.1", port)).await.is_ok())
            .await;
    }

    /// Stops it.
    pub(crate) async fn down(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        let pid = child.id().expect("it runs").to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().await;
        assert!(asked.is_ok_and(|status| status.success()), "no signal sent");
        child.wait().await.expect("it ran");
    }

    /// The mailbox is numbered anew, as after a restore or a move to another server. It must be
    /// down.
    pub(crate) fn renumber(&self, mailbox: &str) {
        let folder = self.path(&format!("mail/{mailbox}"));
        for entry in fs::read_dir(&folder).expect("a mailbox").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("dovecot-uidlist") || name.starts_with("dovecot.index") {
                fs::remove_file(entry.path()).expect("it was there");
            }
        }
    }

    /// Puts a mail into a mailbox, as a mail server does.
    pub(crate) fn deliver(&self, mailbox: &str, name: &str, mail: &Mail) -> PathBuf {
        self.put(mailbox, &format!("new/{name}"), &mail.raw)
    }

    /// Puts a mail into a mailbox as another client left it, with these flags of Maildir.
    pub(crate) fn leave(&self, mailbox: &str, name: &str, flags: &str, mail: &Mail) -> PathBuf {
        self.put(mailbox, &format!("cur/{name}:2,{flags}"), &mail.raw)
    }

    fn put(&self, mailbox: &str, place: &str, raw: &[u8]) -> PathBuf {
        let folder = self.path(&format!("mail/{mailbox}"));
        let part = folder.join("tmp").join(place.replace(['/', ':'], "-"));
        fs::write(&part, raw).expect("a mail");
        self.own(&part);
        let whole = folder.join(place);
        fs::rename(&part, &whole).expect("a mail in its place");
        whole
    }

    /// The files in a mailbox that another client has marked as read.
    pub(crate) fn seen(&self, mailbox: &str) -> usize {
        let cur = fs::read_dir(self.path(&format!("mail/{mailbox}/cur"))).expect("a mailbox");
        let names = cur.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.rsplit_once(":2,").is_some_and(|(_, it)| it.contains('S'))).count()
    }

    /// A line of `[[mail.imap]]` for a mailbox; `scheme` is imap (unprotected), imaps or starttls.
    pub(crate) fn table(&self, mailbox: &str, address: &str, scheme: &str) -> String {
        let (plain, tls) = self.ports;
        let (url, more) = match scheme {
            "imaps" => (format!("imaps://{mailbox}@localhost:{tls}/INBOX"), String::new()),
            "starttls" => {
                let more = "tls = \"starttls\"\n".to_owned();
                (format!("imap://{mailbox}@localhost:{plain}/INBOX"), more)
            }
            _ => {
                let more = "tls = \"none\"\n".to_owned();
                (format!("imap://{mailbox}@127.0.0.1:{plain}"), more)
            }
        };
        format!(
            "[[mail.imap]]\nname = \"{mailbox}\"\nurl = \"{url}\"\naddress = \"{address}\"\n\
             password = \"{PASSWORD}\"\n{more}"
        )
    }

    /// A start that reads these mailboxes.
    pub(crate) fn reading(&self, start: Start, tables: &[String]) -> Start {
        self.write("belofte.toml", &tables.concat());
        let mut variables = start.variables;
        let path = |name: &str| self.path(name).display().to_string();
        variables.push(("BELOFTE_CONFIG".to_owned(), path("belofte.toml")));
        variables.push(("SSL_CERT_FILE".to_owned(), path("cert.pem")));
        Start { variables, ..start }
    }

    /// What it wrote in its log.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        if let Some(pid) = self.child.as_ref().and_then(Child::id) {
            // It may have ended by itself; its folder goes with it either way.
            let _ = std::process::Command::new("kill").args(["-TERM", &pid.to_string()]).status();
        }
    }
}

/// Nobody may read this file, or everybody again.
pub(crate) fn readable(path: &Path, is_readable: bool) {
    let mode = if is_readable { 0o644 } else { 0o000 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a file");
}

/// Where a mail lies now: the server moves what is new, and keeps its name.
pub(crate) fn now_at(path: &Path) -> PathBuf {
    if path.exists() {
        return path.to_owned();
    }
    let (mailbox, name) = (path.parent().and_then(Path::parent), path.file_name());
    let (mailbox, name) = (mailbox.expect("a mailbox"), name.expect("a name").to_string_lossy());
    let cur = fs::read_dir(mailbox.join("cur")).expect("a mailbox");
    let found = cur.flatten().find(|it| it.file_name().to_string_lossy().starts_with(&*name));
    found.map(|it| it.path()).expect("the mail is somewhere")
}

/// A mail reached its mailbox this many seconds ago.
pub(crate) fn arrived_ago(path: &Path, seconds: u64) {
    let before = std::time::Duration::from_secs(seconds);
    #[allow(clippy::disallowed_methods, reason = "the date of a file is of the real clock")]
    let at = SystemTime::now() - before;
    let file = fs::File::options().write(true).open(path).expect("a mail");
    file.set_modified(at).expect("a date");
}

fn program() -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/sbin", "/usr/local/sbin"]);
    folders.map(|folder| Path::new(folder).join("dovecot")).find(|it| it.is_file())
}

async fn account() -> (String, String, Option<(u32, u32)>) {
    let (user, group) = (id(&["-un"]).await, id(&["-gn"]).await);
    if user != "root" {
        return (user, group, None);
    }
    let number = async |which: &str| id(&[which, NOBODY.0]).await.parse().expect("a number");
    let numbers = (number("-u").await, number("-g").await);
    (NOBODY.0.to_owned(), NOBODY.1.to_owned(), Some(numbers))
}

async fn id(arguments: &[&str]) -> String {
    let output = Command::new("id").args(arguments).output().await.expect("id is everywhere");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("bound").port()
}
