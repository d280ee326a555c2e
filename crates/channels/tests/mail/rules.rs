//! Every rule has a line on which it speaks, and where it matters one on which it is silent.

use super::check;
use channels::mail::{Class, RULES};

/// `rule | header ; header | text`: the rule finds something. `!rule | …`: it finds nothing.
const TABLE: &str = include_str!("rules.txt");

const BASE: &[(&str, &str)] = &[
    ("From", "Jan Voorbeeld <jan@voorbeeld.example>"),
    ("To", "info@harlingen.example"),
    ("Subject", "Lantaarnpaal"),
    ("Message-ID", "<los-1@voorbeeld.example>"),
    ("Date", "Mon, 2 Mar 2026 10:00:00 +0100"),
];

pub(crate) fn message(headers: &str, text: &str) -> String {
    let given: Vec<&str> = headers.split(" ; ").map(str::trim).filter(|h| !h.is_empty()).collect();
    let mut lines = String::new();
    let envelope = |h: &&&str| h.starts_with("Envelope-");
    for line in given.iter().filter(envelope) {
        lines += &format!("{line}\n");
    }
    for (name, value) in BASE {
        let start = format!("{}:", name.to_lowercase());
        if !given.iter().any(|h| h.to_lowercase().starts_with(&start)) {
            lines += &format!("{name}: {value}\n");
        }
    }
    for line in given.iter().filter(|h| !envelope(h)) {
        lines += &format!("{}\n", line.trim_end_matches("(none)"));
    }
    format!("{lines}\n{}\n", text.trim().replace(" / ", "\n"))
}

#[test]
fn each_rule_speaks_on_its_line() {
    let mut wrong = Vec::new();
    let mut shown: Vec<&str> = Vec::new();
    for line in TABLE.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let mut columns = line.splitn(3, '|').map(str::trim);
        let name = columns.next().unwrap();
        let (id, wanted) = name.strip_prefix('!').map_or((name, true), |id| (id, false));
        assert!(RULES.iter().any(|r| r.id == id), "no rule {id}");
        let text = message(columns.next().unwrap_or(""), columns.next().unwrap_or(""));
        let (_, verdict) = check(&text);
        let found = verdict.evidence.iter().any(|e| e.rule == id);
        if found != wanted {
            let rules: Vec<_> = verdict.evidence.iter().map(|e| e.rule).collect();
            wrong.push(format!("{line}\n    found {rules:?}"));
        }
        if wanted {
            shown.push(id);
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let missing: Vec<_> = RULES.iter().map(|r| r.id).filter(|id| !shown.contains(id)).collect();
    assert!(missing.is_empty(), "rules without a line: {missing:?}");
}

#[test]
fn ids_are_unique_and_statements_exist() {
    for (at, rule) in RULES.iter().enumerate() {
        assert!(RULES[at + 1..].iter().all(|r| r.id != rule.id), "{} twice", rule.id);
        assert!((1..=70).contains(&rule.statement), "{}", rule.id);
        assert!(Class::ALL.contains(&rule.class));
        assert!(
            rule.because.starts_with(char::is_lowercase)
                || rule.because.contains('-')
                || rule.because.starts_with(['A', 'P', 'X']),
            "{}",
            rule.because
        );
    }
}

/// INTAKE 43: words alone are the last sign.
#[test]
fn no_weak_rule_decides_alone() {
    let weak = [
        "Subject: Out of office klopt niet",
        "Subject: Onbestelbaar pakket",
        "Subject: Undelivered parcel",
        "From: Nieuwsbriefredactie <nieuwsbrief@krant.example>",
        "Feedback-ID: 1:2:voorbeeld",
        "Subject: [SPAM] wat is dit",
    ];
    for header in weak {
        let (_, verdict) = check(&message(header, "Goedemorgen, de lantaarnpaal is stuk. Jan"));
        assert!(verdict.acknowledge, "{header}: {}", verdict.reason);
    }
}
