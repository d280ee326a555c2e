//! The interface for programs, held against its own description: the rules of the Dutch
//! government (Spectral), and requests of every kind to a running demonstration (Schemathesis).
//! What is said to a telephone exchange, held against the description that its makers publish.
//! And everything taken out, opened by programs of others.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{assets, program};

/// Where the rules and the names of the checkers stand.
const FOLDER: &str = "tests/api";

/// How long requests are made up, in seconds.
const SECONDS_MAX: &str = "130";

/// Types of events that a receiver has to hear: most happen in the demonstration.
const EVENT_TYPES: usize = 10;

/// What the program says when it can be asked.
const LISTENS: &str = "listening on http://";

/// Ways in which requests are made up, each with a token of its own: a token is good for so many
/// requests in a minute.
const PHASES: [&str; 3] = ["examples", "coverage", "fuzzing"];

/// What is not asked: that all that fits the description is taken in (a telephone number or a key
/// that was used says more than a description can), and that a missing If-Match is a plain 400.
const EXCLUDED: &str = "positive_data_acceptance,missing_required_header";

/// Somewhat fewer than are let through with one token.
const RATE: &str = "570/m";

/// The test that writes down what is said to an exchange, and the variable that says where.
pub(super) const WRITES_VERBS: &str = "everything_the_menu_can_say_is_said_in_verbs";
const WRITE_TO: &str = "BELOFTE_WRITE_VERBS";

/// Holds all that is said to jambonz, and the hooks that are understood, against its schemas.
///
/// # Errors
/// When something is not as described, or a wrong thing would be accepted.
pub(super) fn check_exchange(workspace: &Workspace, mut writes: Command) -> Result<()> {
    let folder = workspace.root.join(FOLDER);
    assets::install(&folder)?;
    let verbs = workspace.target.join("jambonz-verbs.jsonl");
    let _ = fs::remove_file(&verbs);
    program::succeed(writes.env(WRITE_TO, &verbs))?;
    program::succeed(Command::new("node").current_dir(&folder).arg("jambonz.mjs").arg(&verbs))
}

/// Holds the program that was built against its description.
///
/// # Errors
/// When a rule is broken, an answer is not as described, or a checker can not be had.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join(FOLDER);
    assets::install(&folder)?;
    let own = workspace.target.join("api");
    let _ = fs::remove_dir_all(&own);
    fs::create_dir_all(&own).context("cannot make the folder of the step")?;
    let belofte = workspace.belofte("debug");
    let description = own.join("openapi.json");
    let told = program::answer(&mut told_by(&belofte, &own, &["openapi"]))?;
    fs::write(&description, told).context("cannot write the description")?;
    let rules = ["lint", "--ruleset", "rules.yaml", "--fail-severity", "hint"];
    let spectral = folder.join("node_modules/.bin/spectral");
    program::succeed(Command::new(spectral).current_dir(&folder).args(rules).arg(&description))?;
    let schemathesis = schemathesis(&folder, workspace)?;
    let demo = Demo::start(&belofte, &own)?;
    receive_events(&belofte, &own, (&schemathesis.with_file_name("python"), workspace))?;
    open_export(&belofte, &own, &schemathesis.with_file_name("python"))?;
    let mut runs = Vec::new();
    for phase in PHASES {
        let token = demo.token(&belofte, &own, phase)?;
        let log = fs::File::create(own.join(format!("{phase}.log")))?;
        let mut run = Command::new(&schemathesis);
        run.current_dir(&own)
            .args(["run", "--phases", phase, "--max-time", SECONDS_MAX, "--rate-limit", RATE])
            .args(["--exclude-checks", EXCLUDED])
            .args(["--seed", "1", "--warnings", "off", "--no-color"])
            .args(["--header", &format!("Authorization: Bearer {token}")])
            .arg(format!("{}/api/v1/openapi.json", demo.address))
            .stdout(log.try_clone()?)
            .stderr(log);
        runs.push((phase, run.spawn().context("cannot start schemathesis")?));
    }
    let mut failed = Vec::new();
    for (phase, mut run) in runs {
        let status = run.wait().context("schemathesis got lost")?;
        let log = own.join(format!("{phase}.log"));
        let said = fs::read_to_string(&log).unwrap_or_default();
        println!("{phase}: {}", said.trim_end().lines().last().unwrap_or_default());
        if !status.success() {
            println!("{said}");
            failed.push(phase);
        }
    }
    if !failed.is_empty() {
        bail!("answers are not as described: {}", failed.join(", "));
    }
    Ok(())
}

/// Lets the demonstration tell everything that happened to a receiver that knows the standards.
fn receive_events(
    belofte: &Path,
    own: &Path,
    (python, workspace): (&Path, &Workspace),
) -> Result<()> {
    let mut receiver = Command::new(python);
    receiver
        .arg(workspace.root.join(FOLDER).join("receiver.py"))
        .arg(workspace.root.join("crates/web/src/pages/webhook_example.py"))
        .arg(EVENT_TYPES.to_string());
    let child = receiver.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = Ended(child.context("cannot start the receiver")?);
    let said = child.0.stdout.take().context("the receiver says nothing")?;
    let mut lines = BufReader::new(said).lines();
    let address = lines.next().context("the receiver did not start")??;
    let mut add = told_by(belofte, own, &["webhook", "add", &address, "--about", "api"]);
    let made = program::answer(&mut add)?;
    let secret = made.lines().last().unwrap_or_default();
    let mut stdin = child.0.stdin.take().context("the receiver reads nothing")?;
    writeln!(stdin, "{secret}")?;
    program::answer(&mut told_by(belofte, own, &["webhook", "replay", "1", "--event", "1"]))?;
    if !child.0.wait()?.success() {
        bail!("the receiver does not believe an event");
    }
    println!("webhook: {}", lines.next().context("the receiver says nothing")??);
    program::answer(&mut told_by(belofte, own, &["webhook", "close", "1"]))?;
    Ok(())
}

/// Takes everything out while the demonstration runs, and lets the program that made the format
/// known say whether the bag is one, and Python whether its chain of facts holds.
fn open_export(belofte: &Path, own: &Path, python: &Path) -> Result<()> {
    let bag = own.join("export");
    let mut export = told_by(belofte, own, &["export"]);
    program::answer(export.arg(&bag))?;
    program::answer(Command::new(python).args(["-m", "bagit", "--validate"]).arg(&bag))?;
    let walked = program::answer(Command::new(python).arg(bag.join("data/check_chain.py")))?;
    println!("export: a bag, and {}", walked.trim_end());
    Ok(())
}

/// A command of the program over the data of this step.
fn told_by(belofte: &Path, own: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(belofte);
    command.current_dir(own).args(arguments).arg("--data").arg(own.join("data"));
    command
}

/// Schemathesis in a folder of its own, put there when the version that is named is not.
fn schemathesis(folder: &Path, workspace: &Workspace) -> Result<PathBuf> {
    let list = folder.join("requirements.txt");
    let wanted = fs::read_to_string(&list).context("cannot read requirements.txt")?;
    let place = workspace.target.join("schemathesis");
    let note = place.join("installed.txt");
    let is_there = fs::read_to_string(&note).is_ok_and(|installed| installed == wanted);
    if !is_there {
        program::succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place))?;
        let pip = ["install", "--quiet", "--disable-pip-version-check", "--requirement"];
        program::succeed(Command::new(place.join("bin/pip")).args(pip).arg(&list))?;
        fs::write(&note, wanted).context("cannot note what is installed")?;
    }
    Ok(place.join("bin/schemathesis"))
}

/// A program that ends with this.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running demonstration; it ends with this.
struct Demo {
    child: Child,
    address: String,
}

impl Demo {
    fn start(belofte: &Path, own: &Path) -> Result<Demo> {
        let log = fs::File::create(own.join("demo.log"))?;
        let mut command = told_by(belofte, own, &["demo", "--listen", "127.0.0.1:0"]);
        command.env("BELOFTE_WEBHOOKS_NETWORKS", "127.0.0.0/8");
        let child = command.stdout(Stdio::piped()).stderr(log).spawn();
        let child = child.context("cannot start the demonstration")?;
        let mut demo = Demo { child, address: String::new() };
        let said = demo.child.stdout.take().context("the demonstration says nothing")?;
        let mut lines = BufReader::new(said).lines();
        while let Some(Ok(line)) = lines.next() {
            if let Some(address) = line.strip_prefix(LISTENS) {
                demo.address = format!("http://{address}");
                // What it says later has nobody to read it, and must not stop it.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(demo);
            }
        }
        bail!("the demonstration did not start; see {}", own.join("demo.log").display())
    }

    /// A token to ask everything with.
    fn token(&self, belofte: &Path, own: &Path, name: &str) -> Result<String> {
        let scopes = ["--scope", "contacts:read", "--scope", "contacts:write"];
        let mut command = told_by(belofte, own, &["token"]);
        let said = program::answer(command.args(["add", name, "--days", "1"]).args(scopes))?;
        Ok(said.lines().last().unwrap_or_default().to_owned())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
