//! The charters of ten other councils under `norms/examples`: each is read without a word of
//! warning, and means what `examples.txt` says. docs/CHARTERS.md names every fact once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use norms::{Bound, Charter, Norm, Norms, Start};

use crate::expected;

/// The facts that were collected of the ten councils.
const FACTS: usize = 88;

/// `file norm start → due`: cases that tell one kind of limit from another.
const DUE: &str = "
katwijk phone.callback Fri 2026-11-27 16:00 → Sat 2026-11-28 16:00
katwijk message.acknowledge Fri 2026-11-27 16:00 → by Mon 2026-11-30
katwijk complaint.answer Mon 2026-11-23 09:00 → by Mon 2026-12-28
terneuzen phone.callback Thu 2026-12-24 15:00 → by Mon 2026-12-28
terneuzen email.handler Thu 2026-12-24 15:00 → by Tue 2026-12-29
terneuzen email.answer Thu 2026-12-24 15:00 → by Mon 2027-01-11
baarn order.remind Mon 2027-03-01 00:00 → by Sun 2027-02-28
nederweert post.acknowledge Mon 2026-11-23 09:00 → by Mon 2026-11-30
nederweert post.answer Mon 2026-11-23 09:00 → by Mon 2027-01-04
south-gloucestershire-1 phone.queue Mon 2026-11-23 09:00 → Mon 2026-11-23 09:01
south-gloucestershire-1 letter.answer Thu 2026-12-24 09:00 → by Tue 2027-01-12
harrow counter.change Fri 2026-11-27 16:00 → by Sat 2026-11-28
harrow visit.change Fri 2026-11-27 16:00 → by Mon 2026-11-30
harrow visit.arrive Fri 2026-11-27 16:00 → Fri 2026-11-27 16:15 not before Fri 2026-11-27 15:45
stevenage repair.heating-summer Sat 2026-10-31 23:00 → by Wed 2026-11-04
stevenage repair.heating-winter Sun 2026-11-01 01:00 → by Mon 2026-11-02
christchurch report.danger Sat 2026-09-26 23:00 → Sun 2026-09-27 04:00
christchurch report.spill-safe Fri 2026-11-27 20:00 → Sat 2026-11-28 08:00
christchurch report.spill-solve Sat 2026-11-28 08:00 → by Mon 2026-12-14
alphen-aan-den-rijn report.solve Wed 2026-12-23 09:00 → by Wed 2026-12-30
";

fn examples() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../norms/examples");
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("an example can be read"))
    };
    let files = std::fs::read_dir(folder).expect("the examples are there");
    files.map(|file| read(file.expect("a file").path())).collect()
}

#[test]
fn every_example_means_what_it_says() {
    let mut told = String::new();
    for (file, source) in examples() {
        let checked = Norms::check(&source);
        let problems: Vec<String> =
            checked.problems.iter().map(|problem| problem.shown(&file, &source)).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        writeln!(told, "# {file}").expect("a string takes everything");
        for norm in &checked.norms.expect("no problems, so norms").list {
            writeln!(told, "{}", line(norm)).expect("a string takes everything");
        }
        told.push('\n');
    }
    expected::expect("examples.txt", &told);
}

/// All that is read of a norm but its sentence.
fn line(norm: &Norm) -> String {
    let mut parts = vec![format!("{}: {}", norm.id, norm.duty)];
    if norm.limit != norms::Limit::AsSoonAsPossible || norm.bound != Bound::Within {
        parts.push(format!("{} {}", norm.bound, norm.limit));
    }
    if norm.start != Start::default() {
        parts.push(format!("from {}", norm.start));
    }
    let words = |list: Vec<String>| list.join("+");
    let scope = &norm.scope;
    let mut named = vec![
        words(scope.channels.iter().map(ToString::to_string).collect()),
        words(scope.kinds.iter().map(ToString::to_string).collect()),
        words(scope.facets.iter().map(|(facet, is)| format!("{facet}={}", is.join("/"))).collect()),
        words(scope.season.iter().map(ToString::to_string).collect()),
    ];
    named.retain(|part| !part.is_empty());
    parts.push(format!("[{}]", named.join(" ")));
    let lists = [
        ("target", norm.targets.iter().map(ToString::to_string).collect()),
        ("except", norm.except.iter().map(ToString::to_string).collect()),
        ("unless", norm.unless.clone()),
        ("tell", norm.tell.iter().map(ToString::to_string).collect()),
        ("if broken", norm.if_broken.iter().map(ToString::to_string).collect::<Vec<_>>()),
    ];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        parts.push(format!("{name} {}", list.join(", ")));
    }
    parts.join(" · ")
}

#[test]
fn their_deadlines() {
    let examples = examples();
    let computed: Vec<String> = DUE
        .trim()
        .lines()
        .map(|line| {
            let (given, _) = line.split_once(" → ").expect("given → due");
            let [file, norm, start] = given.splitn(3, ' ').collect::<Vec<_>>()[..] else {
                panic!("file norm start: {given}")
            };
            let norms = Norms::parse(&examples[file], file).expect("an example");
            format!("{given} → {}", due(&norms, norm, start))
        })
        .collect();
    assert_eq!(computed.join("\n"), DUE.trim());
}

fn due(norms: &Norms, norm: &str, start: &str) -> String {
    let zone = norms.municipality.zone.clone();
    let start = DateTime::strptime("%a %Y-%m-%d %H:%M", start).expect("a moment");
    let start = start.to_zoned(zone.clone()).expect("in range").timestamp();
    let due = norms.due(norms.get(norm).expect("a norm"), start);
    let moment =
        |at: jiff::Timestamp| at.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M").to_string();
    let latest = match (due.on, due.at) {
        (Some(on), _) => on.strftime("by %a %Y-%m-%d").to_string(),
        (None, at) => at.map_or_else(|| "never".to_owned(), moment),
    };
    let earliest = due.not_before.map(|at| format!(" not before {}", moment(at)));
    format!("{latest}{}", earliest.unwrap_or_default())
}

#[test]
fn two_generations_of_one_charter_follow_each_other() {
    let files: Vec<(String, String)> = examples()
        .into_iter()
        .filter(|(file, _)| file.starts_with("south-gloucestershire"))
        .map(|(file, source)| (source, file))
        .collect();
    let charter = Charter::parse(&files).expect("two generations");
    let at = |text: &str| text.parse::<jiff::Timestamp>().expect("a moment");
    let limit = |at| charter.at(at).get("message.answer").expect("a norm").limit.to_string();
    assert_eq!(limit(at("2026-12-31T23:59:59Z")), "5 working days");
    assert_eq!(limit(at("2027-01-01T00:00:00Z")), "10 working days");
    assert_eq!(limit(at("1999-01-01T00:00:00Z")), "5 working days", "the first, before it began");
    assert!(charter.generation("2027-01-01").is_some());
    let spans: Vec<_> = charter.in_force().map(|it| (it.from, it.until)).collect();
    let change = at("2027-01-01T00:00:00Z");
    assert_eq!(spans, [(jiff::Timestamp::MIN, change), (change, jiff::Timestamp::MAX)]);
    for span in charter.in_force() {
        assert_eq!(charter.at(span.from).generation, span.norms.generation);
        let last = span.until - jiff::SignedDuration::from_nanos(1);
        assert_eq!(charter.at(last).generation, span.norms.generation);
    }
    let twice = [files[0].clone(), files[0].clone()];
    assert!(Charter::parse(&twice).is_err(), "two files that begin on one day");
    assert!(Charter::parse(&[]).is_err(), "no file");
}

/// The table for people names every fact once, and so do the files.
#[test]
fn every_fact_is_accounted_for() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/CHARTERS.md");
    let table = std::fs::read_to_string(path).expect("docs/CHARTERS.md");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").collect())
        .filter(|cells: &Vec<&str>| cells[0].chars().any(|c| c.is_ascii_digit()))
        .collect();
    let mut in_table = BTreeMap::new();
    for cells in &rows {
        let [fact, file, ids, how] = cells[..] else { panic!("four cells: {cells:?}") };
        let known = ["exact", "approximated: ", "not expressible: "];
        assert!(known.iter().any(|start| how.starts_with(start)), "{fact}: {how}");
        let ids: Vec<String> = ids.split(", ").map(|id| id.trim_matches('`').to_owned()).collect();
        let twice = in_table.insert(fact.to_owned(), (file.trim_matches('`').to_owned(), ids));
        assert!(twice.is_none(), "{fact} twice");
    }
    assert_eq!(in_table, in_files(), "the table and the files");
    assert_eq!(in_table.len(), FACTS);
    let count = |start: &str| rows.iter().filter(|cells| cells[3].starts_with(start)).count();
    let said = format!(
        "{} exact, {} approximated, {} not expressible",
        count("exact"),
        count("approximated"),
        count("not expressible")
    );
    assert!(table.contains(&said), "docs/CHARTERS.md should say: {said}");
}

/// Of each fact: the file, and the ids of the norms that stand under it.
fn in_files() -> BTreeMap<String, (String, Vec<String>)> {
    let mut found: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for (file, source) in examples() {
        let mut fact = None;
        for line in source.lines() {
            if let Some(id) = line.strip_prefix("# ").filter(|id| is_fact(id)) {
                fact = Some(id.to_owned());
            }
            if let Some(id) = line.strip_prefix("id = \"").and_then(|id| id.strip_suffix('"')) {
                let fact = fact.take().unwrap_or_else(|| panic!("{file}: no fact above {id}"));
                let entry = found.entry(fact).or_insert_with(|| (file.clone(), Vec::new()));
                entry.1.push(id.to_owned());
            }
        }
    }
    found
}

/// `KAT-03`, `SGL2-01`.
fn is_fact(text: &str) -> bool {
    text.split_once('-').is_some_and(|(council, nr)| {
        let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        (3..=4).contains(&council.len())
            && council.chars().all(capital)
            && nr.len() == 2
            && nr.chars().all(|c| c.is_ascii_digit())
    })
}
