//! Shapes of machines and of residents, a line each: what it is, and the rule that says so first.

use super::check;
use super::rules::message;

/// The table as the file says.
const TABLE: &str = include_str!("shapes.txt");

#[test]
fn each_shape_gets_its_verdict() {
    let mut wrong = String::new();
    for line in TABLE.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut columns = line.splitn(4, '|').map(str::trim);
        let mut next = || columns.next().unwrap_or_default();
        let (wanted, rule, headers, text) = (next(), next(), next(), next());
        let (_, verdict) = check(&message(headers, text));
        let yes = if verdict.acknowledge { "yes" } else { "no" };
        let got = format!("{} {yes}", verdict.class.name());
        let first = verdict.evidence.first().map_or("-", |evidence| evidence.rule);
        let right = got == wanted && (rule == "-" || rule == first);
        if !right {
            let rules: Vec<_> = verdict.evidence.iter().map(|it| (it.rule, it.weight)).collect();
            wrong.push_str(&format!("{line}\n    got {got} {rules:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
