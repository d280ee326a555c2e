//! `belofte mail check`: what intake would do with a mail, and why. One line a file.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use channels::mail::{self, Envelope, Own, Verdict};
use clap::Subcommand;
use desk::House;
use serde_json::json;

use crate::configuration::norms_or_own;
use crate::say::say;

/// The largest file that is read, in bytes; a larger one is judged by its beginning.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

#[derive(clap::Args)]
pub(crate) struct MailCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Say of each file what it is, whether it would be acknowledged, and why. Earlier files of
    /// one run count as taken in, so that an answer to one of them is a follow-up.
    Check {
        /// Files with one mail each, as it came over the wire.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// As JSON, one object a line.
        #[arg(long)]
        json: bool,
        /// The norm file that names the municipality's own addresses.
        #[arg(long)]
        norms: Option<PathBuf>,
    },
}

pub(crate) fn mail(command: MailCommand) -> Result<ExitCode> {
    let What::Check { files, json, norms } = command.what;
    let norms = norms_or_own(norms.as_deref())?;
    let own = channels::own(&House::new(norms, "http://localhost", [0; 32]));
    let known = RefCell::new(HashSet::new());
    let mut unread = false;
    for file in &files {
        match bytes(file) {
            Ok(raw) => {
                let (message, verdict) = judge(&raw, &own, &known.borrow());
                if !message.message_id_is_artificial {
                    known.borrow_mut().insert(message.message_id);
                }
                print(file, &verdict, json);
            }
            Err(error) => {
                unread = true;
                eprintln!("{}: {error}", file.display());
            }
        }
    }
    Ok(if unread { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    std::fs::File::open(file)?.take(FILE_BYTES_MAX).read_to_end(&mut raw)?;
    Ok(raw)
}

fn judge(raw: &[u8], own: &Own, known: &HashSet<String>) -> (mail::Message, Verdict) {
    let envelope = Envelope { sender: None, recipients: &[] };
    mail::check(raw, &envelope, own, &|id| known.contains(id))
}

fn print(file: &Path, verdict: &Verdict, as_json: bool) {
    let class = verdict.class.name();
    if as_json {
        let evidence: Vec<_> = verdict
            .evidence
            .iter()
            .map(|it| json!({ "rule": it.rule, "statement": it.statement, "found": it.found }))
            .collect();
        say!(
            "{}",
            json!({ "file": file.display().to_string(), "acknowledge": verdict.acknowledge,
                    "reason": verdict.reason, "class": class, "evidence": evidence })
        );
    } else {
        let what = if verdict.acknowledge { "acknowledge" } else { "no acknowledgement" };
        say!("{}: {class}, {what}: {}", file.display(), verdict.reason);
    }
}
