//! The commands about norm files: `norms check`, `show`, `table`, `due`, `diff`, `schema`.

use serde_json::Value;

use crate::command_line::{file, ran};
use crate::program::bare_command;

const NORMS: &str = include_str!("../../../../norms/harlingen.toml");

/// Runs `belofte norms …` with files made of Harlingen's with one piece replaced.
async fn norms(words: &str, changes: &[(&str, &str)]) -> (i32, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = bare_command();
    command.arg("norms").args(words.split_whitespace());
    for (index, (from, to)) in changes.iter().enumerate() {
        assert!(from.is_empty() || NORMS.contains(from), "the norms say “{from}”");
        let name = format!("{index}.toml");
        command.arg(file(folder.path(), &name, &NORMS.replacen(from, to, 1)));
    }
    let (code, out, err) = ran(&mut command).await;
    let place = format!("{}/", folder.path().display());
    (code, out.replace(&place, ""), err.replace(&place, ""))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_shown_with_its_line_and_what_to_write() {
    let (code, _, err) = norms("check", &[("within = \"30 days\"", "within = \"30 dagen\"")]).await;
    assert_eq!(code, 1);
    let line = NORMS.lines().position(|line| line == "within = \"30 days\"").expect("a line") + 1;
    for said in [
        "error: “30 dagen” is not a limit".to_owned(),
        format!("--> 0.toml:{line}:10"),
        format!("{line} | within = \"30 dagen\""),
        "|          ^^^^^^^^^^".to_owned(),
        "= write: “at once”".to_owned(),
    ] {
        assert!(err.contains(&said), "{said}\n{err}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_fails_only_when_that_is_asked() {
    let unmeasured = ("must = \"standing\"\nmeasure = \"uptime\"", "must = \"standing\"");
    let (code, out, err) = norms("check", &[unmeasured]).await;
    assert_eq!(
        (code, out.as_str()),
        (0, "Servicenormen gemeente Harlingen: 27 norms, 1 warning\n")
    );
    assert!(err.contains("warning: nothing measures “website.available”"), "{err}");
    assert_eq!(norms("check --deny-warnings", &[unmeasured]).await.0, 1);
    assert_eq!(norms("check --deny-warnings", &[("", "")]).await.0, 0, "Harlingen has none");
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_as_json() {
    let (code, out, _) = norms("check --json", &[("\"email\"", "\"emial\"")]).await;
    assert_eq!(code, 1);
    let told: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&told["file"], &told["usable"]), (&"0.toml".into(), &false.into()));
    let problem = &told["problems"][0];
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["expected"], "did you mean “email”?");
    assert!(problem["line"].as_u64() > Some(1) && problem["length"] == 7, "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn generations_are_checked_together() {
    let later = ("valid-from = 2026-01-01", "valid-from = 2027-01-01");
    assert_eq!(norms("check", &[("", ""), later]).await.0, 0);
    let (code, _, err) = norms("check", &[("", ""), ("", "")]).await;
    assert_eq!(code, 1);
    assert!(err.contains("begins on 2026-01-01 as well"), "{err}");
    let elsewhere = ("name = \"Harlingen\"", "name = \"Franeker\"\n#");
    let (code, _, err) = norms("check", &[later, elsewhere]).await;
    assert_eq!(code, 1);
    assert!(err.contains("one municipality"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_the_file_are_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = norms::Norms::parse(NORMS, "norms").expect("the norms");
    let lines: Vec<&str> = own.list.iter().skip(1).map(|norm| norm.sentence.as_str()).collect();
    let text = format!("Onze normen\n\n- Wij trakteren.\n- {}\n", lines.join("\n- "));
    let page = file(folder.path(), "page.txt", &text);
    let (code, _, err) = ran(bare_command().args(["norms", "check", "--page"]).arg(page)).await;
    assert_eq!(code, 0, "a page has more to say than norms");
    let said: Vec<&str> = err.lines().collect();
    let named = "warning: norms/harlingen.toml: ";
    let expected = [
        format!("{named}no norm has what the page says: Onze normen Wij trakteren."),
        format!("{named}the page does not have the sentence of “website.available”"),
    ];
    assert_eq!(said, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_from_the_file_in_three_languages() {
    for (lang, title, says) in [
        ("nl", "vanaf donderdag 1 januari 2026", "U ontvangt direct een ontvangstbevestiging"),
        ("fy", "fan tongersdei 1 jannewaris 2026 ôf", "Jo krije daliks in ûntfangstbefêstiging"),
        ("en", "from Thursday, 1 January 2026", "We confirm at once"),
    ] {
        let (code, md, _) = norms(&format!("show --lang {lang}"), &[]).await;
        assert_eq!(code, 0);
        assert!(md.starts_with("# Servicenormen gemeente Harlingen\n"), "{md}");
        assert!(md.contains(title) && md.contains(says), "{lang}\n{md}");
        let (_, html, _) = norms(&format!("show --lang {lang} --format html"), &[]).await;
        assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{lang}\">")), "{html}");
        assert!(html.contains("<p id=\"message.acknowledge\">") && html.contains(says), "{html}");
        assert!(html.ends_with("</main>\n</body>\n</html>\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_says_everything_of_a_norm() {
    let (_, lines, _) = norms("table", &[]).await;
    let contact = lines.lines().find(|line| line.starts_with("message.contact\t"));
    assert_eq!(
        contact,
        Some(
            "message.contact\tanswer-or-say-when\t2 working days\tbound=within\tfrom=receipt\t\
             hours=phone\tchannels=form,email\tkinds=question,feedback,tip,complaint,call-back,\
             application,objection,order,appointment\texcept=fyi"
        )
    );
    let (_, json, _) = norms("table --json", &[]).await;
    let table: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(table.as_array().map(Vec::len), Some(27));
    assert_eq!(table[0]["measure"][0], "uptime");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_is_said_in_three_languages() {
    let change = [("within = \"30 days\"", "within = \"14 days\"")];
    for (lang, start) in [
        ("nl", "- U bent sneller aan de beurt: binnen 14 dagen, eerst binnen 30 dagen."),
        ("fy", "- Jo binne earder oan bar: binnen 14 dagen, earst binnen 30 dagen."),
        ("en", "- You are served sooner: within 14 days, it was within 30 days."),
    ] {
        let files = [("", ""), change[0]];
        let (code, out, err) = norms(&format!("diff --lang {lang}"), &files).await;
        assert_eq!(code, 0, "{err}");
        assert!(out.starts_with(start) && out.lines().count() == 1, "{out}");
    }
    let same = norms("diff", &[("", ""), ("", "")]).await;
    assert_eq!(same.1, "Voor u verandert er niets.\n");
    let closed = "closures = [{ from = 2026-12-24, to = 2026-12-24, why = \"kerstavond\" }]";
    let (_, out, _) = norms("diff", &[("", ""), ("closures = []", closed)]).await;
    assert_eq!(out, "- Wij zijn dicht op donderdag 24 december 2026: kerstavond.\n");
    let hours = ("friday = [\"8.30-12.30\"]", "friday = []");
    let (_, out, _) = norms("diff", &[("", ""), hours]).await;
    assert_eq!(out, "- Telefoon, vrijdag: gesloten, eerst 8.30 – 12.30 uur.\n");
}

/// Every key of the file is known to the schema, and no other.
#[tokio::test(flavor = "multi_thread")]
async fn the_schema_knows_the_keys_of_the_file() {
    let (code, out, _) = norms("schema", &[]).await;
    assert_eq!(code, 0);
    let schema: Value = serde_json::from_str(&out).expect("JSON");
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../norms/examples");
    let mut sources = vec![NORMS.to_owned()];
    for file in std::fs::read_dir(examples).expect("the examples") {
        let file = file.expect("a file").path();
        sources.push(std::fs::read_to_string(file).expect("an example"));
    }
    for source in sources {
        let file: Value = toml::from_str(&source).expect("TOML");
        fits(&file, &schema, "");
    }
    // A key that the schema knows and the reader does not would be refused when it is written.
    for key in keys(&schema["properties"]["norm"]["items"]) {
        let with = format!("{NORMS}\n[[norm]]\n{key} = \"?\"\n");
        let problems = norms::Norms::check(&with).problems;
        let unknown = problems.iter().any(|it| it.message.contains("unknown field"));
        assert!(!unknown, "{key}: {problems:?}");
    }
}

fn keys(schema: &Value) -> Vec<String> {
    schema["properties"].as_object().expect("an object").keys().cloned().collect()
}

/// Whether every key and every word of a list in `value` is one that the schema allows.
fn fits(value: &Value, schema: &Value, place: &str) {
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{place}: {value}");
    }
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let known = schema["properties"].get(key);
                let other = Some(&schema["additionalProperties"]).filter(|it| it.is_object());
                let Some(inner) = known.or(other) else {
                    // A date is an object of the reader's own; it has no keys of ours.
                    assert!(key.starts_with("$__toml"), "{place}: unknown key {key}");
                    continue;
                };
                fits(value, inner, &format!("{place}.{key}"));
            }
        }
        Value::Array(list) => {
            for value in list {
                fits(value, &schema["items"], place);
            }
        }
        _ => {}
    }
}
