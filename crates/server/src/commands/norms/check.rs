//! `belofte norms check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use norms::{Charter, Norms, Problem, page_gaps};
use serde_json::json;

use crate::configuration::HARLINGEN;
use crate::say::say;

#[derive(clap::Args)]
pub(crate) struct Check {
    /// The norm files; several are the generations of one charter. Without one, the file inside
    /// the program.
    files: Vec<PathBuf>,
    /// One JSON object for each file.
    #[arg(long)]
    json: bool,
    /// The published page as text: its sentences are compared with those of the file.
    #[arg(long)]
    page: Option<PathBuf>,
    /// Exit 1 on warnings too.
    #[arg(long)]
    deny_warnings: bool,
}

/// A file that was looked at.
struct Looked {
    name: String,
    source: String,
    norms: Option<Norms>,
    problems: Vec<Problem>,
    /// Sentences of the page in no norm, and norms that are not on the page.
    gaps: (Vec<String>, Vec<String>),
}

pub(super) fn check(check: &Check) -> Result<ExitCode> {
    let page = check.page.as_deref().map(read).transpose()?;
    let mut looked = Vec::new();
    for (source, name) in sources(&check.files)? {
        let checked = Norms::check(&source);
        let gaps = match (&page, &checked.norms) {
            (Some(page), Some(norms)) => page_gaps(page, norms),
            _ => Default::default(),
        };
        let (norms, problems) = (checked.norms, checked.problems);
        looked.push(Looked { name, source, norms, problems, gaps });
    }
    for file in &looked {
        if check.json { say_json(file) } else { say(file) }
    }
    let mut failed = looked.iter().any(|file| file.norms.is_none());
    failed |= check.deny_warnings && looked.iter().any(Looked::has_warnings);
    if looked.len() > 1 && !failed {
        let files: Vec<_> = looked.into_iter().map(|file| (file.source, file.name)).collect();
        if let Err(wrong) = Charter::parse(&files) {
            wrong.iter().for_each(|problems| eprintln!("{problems}"));
            failed = true;
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn sources(files: &[PathBuf]) -> Result<Vec<(String, String)>> {
    if files.is_empty() {
        return Ok(vec![(HARLINGEN.to_owned(), "norms/harlingen.toml".to_owned())]);
    }
    files.iter().map(|path| Ok((read(path)?, path.display().to_string()))).collect()
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path)
        .with_context(|| format!("the file {} can not be read", path.display()))
}

impl Looked {
    fn has_warnings(&self) -> bool {
        !self.problems.is_empty() || !self.gaps.0.is_empty() || !self.gaps.1.is_empty()
    }
}

/// Problems on standard error, with their lines; what is well on standard output.
fn say(file: &Looked) {
    for problem in &file.problems {
        eprintln!("{}", problem.shown(&file.name, &file.source));
    }
    for sentence in &file.gaps.0 {
        eprintln!("warning: {}: no norm has what the page says: {sentence}", file.name);
    }
    for norm in &file.gaps.1 {
        eprintln!("warning: {}: the page does not have the sentence of “{norm}”", file.name);
    }
    let Some(norms) = &file.norms else { return };
    let (page, count) = (&norms.municipality.page, norms.list.len());
    let warnings = match file.problems.len() {
        0 => "no problems".to_owned(),
        1 => "1 warning".to_owned(),
        warnings => format!("{warnings} warnings"),
    };
    say!("{page}: {count} norms, {warnings}");
}

fn say_json(file: &Looked) {
    say!(
        "{}",
        json!({
            "file": file.name,
            "usable": file.norms.is_some(),
            "norms": file.norms.as_ref().map(|norms| norms.list.len()),
            "problems": file.problems,
            "onPageOnly": file.gaps.0,
            "inFileOnly": file.gaps.1,
        })
    );
}
