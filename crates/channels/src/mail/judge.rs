//! From what the rules found to one verdict.

use super::limits::{FOUND_CHARS_MAX, OPENING_BYTES_MAX, cut, cut_chars};
use super::{Case, Class, DECIDES, Envelope, Evidence, Kind, Message, Own, RULES, Rule, TOGETHER};
use super::{Verdict, answer, ours};

/// Classes that machines write, in the order that settles a tie.
const MACHINES: &[Class] = &[
    Class::Bounce,
    Class::FeedbackReport,
    Class::OwnLoop,
    Class::Duplicate,
    Class::Spam,
    Class::AutoReply,
    Class::List,
];

/// Judges a message: what it is and whether it is acknowledged. The same input gives the same
/// verdict.
///
/// `known` says whether a Message-ID (without brackets) is one of ours or was taken in before.
#[must_use]
pub fn judge(
    message: &Message,
    envelope: &Envelope<'_>,
    own: &Own,
    known: &dyn Fn(&str) -> bool,
) -> Verdict {
    let opening = lower(cut(&message.new_text, OPENING_BYTES_MAX));
    let case = Case { message, envelope, own, known, subject: lower(&message.subject), opening };
    let mut found: Vec<(&Rule, String)> =
        RULES.iter().filter_map(|rule| (rule.test)(&case).map(|text| (rule, text))).collect();
    found.sort_by_key(|(rule, _)| std::cmp::Reverse(rule.weight));

    let machine = machine_class(&found);
    let silent = found.iter().any(|(r, _)| r.class == Class::Message && r.weight >= DECIDES);
    let class = class_of(&case, &found, machine);
    let answer_to = answer::to(message, own, machine.is_some());
    let asks_contact = matches!(class, Class::Message | Class::Invoice);
    let acknowledge = machine.is_none() && !silent && asks_contact && answer_to.is_some();
    let reason = reason(&found, class, acknowledge, machine);
    let evidence = found.into_iter().map(|(rule, text)| evidence(rule, &text)).collect();
    Verdict { class, acknowledge, reason, evidence, answer_to }
}

fn lower(text: &str) -> String {
    let text = text.replace(['\u{2018}', '\u{2019}'], "'").to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The class of machine that wrote it, when a machine did.
fn machine_class(found: &[(&Rule, String)]) -> Option<Class> {
    MACHINES.iter().find(|class| is_decided(found, **class))?;
    // A rule that only just decides says that a machine wrote, not which: it counts little here.
    let rank = |class: Class| -> i16 {
        let of_class = found.iter().filter(|(r, _)| r.class == class);
        of_class.map(|(r, _)| if r.weight == DECIDES { 1 } else { i16::from(r.weight) }).sum()
    };
    let first = MACHINES.iter().copied().rev().max_by_key(|class| rank(*class));
    // A report that a list passes on has the headers of the list; it is a report all the same.
    let passed_on = first == Some(Class::List) && is_decided(found, Class::Bounce);
    if passed_on { Some(Class::Bounce) } else { first }
}

/// Whether the rules for a class decide: one strong one, or weak ones of two kinds together.
fn is_decided(found: &[(&Rule, String)], class: Class) -> bool {
    let of_class = || found.iter().map(|(rule, _)| *rule).filter(|rule| rule.class == class);
    let sum: i16 = of_class().map(|rule| i16::from(rule.weight)).sum();
    let mut kinds: Vec<Kind> = Vec::new();
    for rule in of_class().filter(|rule| rule.weight > 0) {
        if !kinds.contains(&rule.kind) {
            kinds.push(rule.kind);
        }
    }
    of_class().any(|rule| rule.weight >= DECIDES) || (sum >= TOGETHER && kinds.len() >= 2)
}

fn class_of(case: &Case<'_>, found: &[(&Rule, String)], machine: Option<Class>) -> Class {
    let invoice = is_decided(found, Class::Invoice);
    if let Some(machine) = machine {
        // Suppliers' systems send invoices by machine; an absence notice quoting one is no invoice.
        let replied = |rule: &Rule| rule.kind == Kind::Subject || rule.id == "absence-text";
        let absent = found.iter().any(|(r, _)| r.class == Class::AutoReply && replied(r));
        let by_machine = matches!(machine, Class::AutoReply | Class::List);
        let document = ours::has_document(case).is_some();
        return if invoice && by_machine && document && !absent { Class::Invoice } else { machine };
    }
    let first = [Class::FollowUp, Class::Fyi].into_iter().find(|class| is_decided(found, *class));
    first.unwrap_or(if invoice { Class::Invoice } else { Class::Message })
}

fn evidence(rule: &Rule, text: &str) -> Evidence {
    Evidence {
        rule: rule.id,
        statement: rule.statement,
        found: cut_chars(&without_persons(text), FOUND_CHARS_MAX),
        class: rule.class,
        weight: rule.weight,
    }
}

/// Addresses shortened to their domain, so that evidence names no person.
fn without_persons(text: &str) -> String {
    let short = |word: &str| match word.rsplit_once('@') {
        Some((_, domain)) => format!("…@{domain}"),
        None => word.to_owned(),
    };
    cut(text, 4 * FOUND_CHARS_MAX).split(' ').map(short).collect::<Vec<_>>().join(" ")
}

/// One sentence: the class, and the strongest rule that led to it.
fn reason(
    found: &[(&Rule, String)],
    class: Class,
    acknowledge: bool,
    machine: Option<Class>,
) -> String {
    if acknowledge {
        return format!("Acknowledged: an ordinary {}.", class.name());
    }
    let of = |class: Class| found.iter().find(|(r, _)| r.class == class && r.weight > 0);
    let strong = |class: Class| of(class).filter(|(r, _)| r.weight >= DECIDES);
    let strongest = machine.and_then(of).or_else(|| of(class)).or_else(|| strong(Class::Message));
    let because = strongest.map_or("it has no valid address to answer to", |(r, _)| r.because);
    format!("Not acknowledged ({}) because {because}.", class.name())
}
