//! Messages as blocks of text with the verdict they get: mostly what people write, because that
//! must be acknowledged even when its words are those of machines.

use super::check;

/// Blocks that start with `### name -> class yes|no`.
const BLOCKS: &str = include_str!("verdicts.txt");

#[test]
fn each_block_gets_its_verdict() {
    let mut wrong = Vec::new();
    for block in BLOCKS.split("\n### ").skip(1) {
        let (title, text) = block.split_once('\n').expect("a title and a message");
        let wanted = title.rsplit("-> ").next().expect("a verdict").trim();
        let (_, verdict) = check(&format!("{}\n", text.trim()));
        let acknowledge = if verdict.acknowledge { "yes" } else { "no" };
        let got = format!("{} {acknowledge}", verdict.class.name());
        if got != wanted {
            let rules: Vec<_> = verdict.evidence.iter().map(|e| (e.rule, e.weight)).collect();
            wrong.push(format!("{title}\n    got {got}: {} {rules:?}", verdict.reason));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn evidence_names_no_person() {
    for block in BLOCKS.split("\n### ").skip(1) {
        let (_, text) = block.split_once('\n').expect("a title and a message");
        let (_, verdict) = check(text.trim());
        for evidence in verdict.evidence {
            assert!(!evidence.found.contains("jan@"), "{}: {}", evidence.rule, evidence.found);
            assert!(evidence.found.chars().count() <= 200);
        }
    }
}

/// INTAKE 20, 21 and 22.
#[test]
fn an_answer_goes_where_the_writer_asks() {
    let to = |headers: &str| {
        let (_, verdict) = check(&format!("{headers}\nSubject: x\n\ntekst\n"));
        verdict.answer_to.map_or_else(|| "-".to_owned(), |mailbox| mailbox.address)
    };
    for (headers, wanted) in [
        ("From: Jan@Voorbeeld.EXAMPLE", "Jan@voorbeeld.example"),
        (
            "From: jan@voorbeeld.example\nReply-To: thuis@voorbeeld.example",
            "thuis@voorbeeld.example",
        ),
        ("From: jan@voorbeeld.example\nReply-To: info@harlingen.example", "jan@voorbeeld.example"),
        (
            "From: jan@voorbeeld.example\nReply-To: info+7@harlingen.example",
            "jan@voorbeeld.example",
        ),
        ("From: jan@voorbeeld.example\nReply-To: geen adres", "jan@voorbeeld.example"),
        (
            "From: jan@voorbeeld.example
Reply-To: thuis@voorbeeld.example
\
             Auto-Submitted: auto-replied",
            "jan@voorbeeld.example",
        ),
        (
            "From: a@voorbeeld.example, b@voorbeeld.example\nSender: b@voorbeeld.example",
            "b@voorbeeld.example",
        ),
        (
            "From: a@voorbeeld.example, b@voorbeeld.example\nSender: c@voorbeeld.example",
            "a@voorbeeld.example",
        ),
        ("From: kapot, b@voorbeeld.example", "b@voorbeeld.example"),
        ("From: <>", "-"),
        ("From: jan@müller.example", "jan@xn--mller-kva.example"),
        ("From: \"jan voorbeeld\"@voorbeeld.example", "\"jan voorbeeld\"@voorbeeld.example"),
        ("From: 'o'brien+gem@voorbeeld.example'", "o'brien+gem@voorbeeld.example"),
        ("From: jan@voorbeeld.example (Jan (thuis))", "jan@voorbeeld.example"),
    ] {
        assert_eq!(to(headers), wanted, "{headers}");
    }
}
