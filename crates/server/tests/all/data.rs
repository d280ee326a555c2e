//! Where the data of a story lives: a folder, or a database of its own on the test server.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use ledger::Place;
use tempfile::TempDir;
use tokio::process::Command;

/// Names the address of a PostgreSQL superuser; `cargo xtask test` sets it.
pub(crate) const POSTGRES: &str = "BELOFTE_TEST_POSTGRES";

/// One story's data. Dropping it removes the folder; `remove` removes the database.
pub(crate) enum Data {
    Folder(TempDir),
    Elsewhere(PathBuf),
    Postgres { url: String, server: String, name: String, folder: TempDir },
}

impl Data {
    /// An empty folder for the embedded database.
    pub(crate) fn folder() -> Data {
        Data::Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A folder that someone else made and removes.
    pub(crate) fn at(path: &Path) -> Data {
        Data::Elsewhere(path.to_owned())
    }

    /// A fresh database on the test server; nothing, and loudly so, when there is no server.
    pub(crate) async fn postgres() -> Option<Data> {
        let Ok(server) = std::env::var(POSTGRES) else {
            eprintln!("SKIPPED: {POSTGRES} is not set, so PostgreSQL is not tried");
            return None;
        };
        Some(Data::on_server(&server).await)
    }

    /// A fresh database on this server.
    pub(crate) async fn on_server(server: &str) -> Data {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("belofte_storm_{}_{count}", std::process::id());
        psql(server, &format!("CREATE DATABASE {name}")).await;
        let (address, _) = server.rsplit_once('/').expect("postgres://user@host:port/name");
        let folder = tempfile::tempdir().expect("a temporary folder");
        Data::Postgres { url: format!("{address}/{name}"), server: server.to_owned(), name, folder }
    }

    /// Tells the program where its data is.
    pub(crate) fn name_to(&self, command: &mut Command) {
        match self {
            Data::Folder(folder) => command.env("BELOFTE_DATA", folder.path()),
            Data::Elsewhere(path) => command.env("BELOFTE_DATA", path),
            Data::Postgres { url, folder, .. } => {
                command.env("BELOFTE_DATABASE", url).env("BELOFTE_DATA", folder.path())
            }
        };
    }

    /// The same place for the ledger.
    pub(crate) fn place(&self) -> Place {
        match self {
            Data::Folder(folder) => Place::File(folder.path().join("belofte.sqlite")),
            Data::Elsewhere(path) => Place::File(path.join("belofte.sqlite")),
            Data::Postgres { url, .. } => Place::Postgres(url.clone()),
        }
    }

    /// The address of the database on a server.
    pub(crate) fn url(&self) -> &str {
        match self {
            Data::Postgres { url, .. } => url,
            Data::Folder(_) | Data::Elsewhere(_) => panic!("this is about PostgreSQL"),
        }
    }

    /// Where large mail stands.
    pub(crate) fn blobs(&self) -> PathBuf {
        match self {
            Data::Folder(folder) | Data::Postgres { folder, .. } => folder.path().join("blobs"),
            Data::Elsewhere(path) => path.join("blobs"),
        }
    }

    /// Whether a process that takes over may take what its predecessor had in its hands.
    pub(crate) fn is_embedded(&self) -> bool {
        !matches!(self, Data::Postgres { .. })
    }

    /// Removes what dropping does not.
    pub(crate) async fn remove(self) {
        if let Data::Postgres { server, name, .. } = &self {
            psql(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

/// Runs statements past the program, as somebody with the database in their hands can.
pub(crate) async fn psql(server: &str, statement: &str) {
    let mut psql = Command::new("psql");
    psql.args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command", statement, server]);
    let output = psql.output().await.expect("psql is installed beside PostgreSQL");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The same story on both engines, each as a test of its own.
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $story() {
                    super::$story($crate::data::Data::folder()).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $story() {
                    if let Some(data) = $crate::data::Data::postgres().await {
                        super::$story(data).await;
                    }
                }
            )+
        }
    };
}
pub(crate) use on_both_engines;
