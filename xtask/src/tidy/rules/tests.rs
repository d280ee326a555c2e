//! Small texts, good and bad, and what the rules say of them.

use super::*;

fn machine() -> Machine {
    Machine::of(Path::new("/build/belofte"), Some(PathBuf::from("/people/jan")))
}

/// What is said of one text, without the path.
fn said(path: &str, text: &str) -> Vec<String> {
    of_text(path, text, &machine())
        .iter()
        .map(|breach| breach.strip_prefix(path).expect("begins with the path").to_owned())
        .collect()
}

fn is_clean(path: &str, text: &str) {
    assert_eq!(said(path, text), Vec::<String>::new(), "{path}: {text}");
}

fn is_refused(path: &str, text: &str, expected: &str) {
    let breaches = said(path, text);
    assert_eq!(breaches.len(), 1, "{path}: {breaches:?}");
    assert!(breaches[0].contains(expected), "{path}: {} lacks {expected}", breaches[0]);
}

#[test]
fn names() {
    assert_eq!(of_path("crates/desk/src/receive.rs"), Vec::<String>::new());
    assert_eq!(of_path("deploy/belofte.service"), Vec::<String>::new());
    for path in ["crates/web/src/utils.rs", "crates/web/tests/common/mod.rs", "assets/core.mjs"] {
        assert_eq!(of_path(path).len(), 1, "{path}");
    }
    assert!(of_path("assets/node_modules/x.js")[0].contains("made by a build"));
}

#[test]
fn first_lines() {
    is_clean("a.rs", "//! Why.\nfn f() {}\n");
    is_refused("a.rs", "fn f() {}\n", ":1: begin with `//!`");
    is_clean("a.mjs", "export const a = 1;\n");
}

#[test]
fn sizes() {
    let long = |lines: usize| format!("//! Why.\n{}", "// x\n".repeat(lines - 1));
    is_clean("a.rs", &long(500));
    is_refused("a.rs", &long(501), "501 lines, at most 500");
    is_clean("norms.toml", &long(501));

    let wide = |chars: usize| format!("//! Why.\n// {}\n", "é".repeat(chars - 3));
    is_clean("a.rs", &wide(100));
    is_refused("a.rs", &wide(101), ":2: 101 characters");
    is_clean("a.rs", &wide(101).replacen('\n', "\n// tidy: wide\n", 1));
    is_clean("a.md", &wide(101));

    let function =
        |lines: usize| format!("//! Why.\nfn f() {{\n{}}}\n", "    x;\n".repeat(lines - 2));
    is_clean("a.rs", &function(70));
    is_refused("a.rs", &function(71), ":2: `f` takes 71 lines");
}

#[test]
fn left_behind() {
    is_refused("a.rs", "//! Why.\nfn f() { todo!() }\n", ":2: `todo!`");
    is_refused("a.rs", "//! Why.\nfn f() { dbg!(1); }\n", ":2: `dbg!`");
    is_clean("a.rs", "//! Why.\n// todo!() is refused\nconst A: &str = \"dbg!\";\n");
    is_refused("a.mjs", &format!("// {REPAIR_MARK} later\n"), ":1: repair it now");
    is_clean("letter.md", &format!("{REPAIR_MARK} is refused in code\n"));
}

#[test]
fn white_space() {
    is_refused("a.md", "a \n", ":1: white space");
    is_refused("a.toml", "a\r\n", ":1: white space");
    is_clean("a.eml", "-- \r\nJan Voorbeeld\r\n");
}

#[test]
fn secrets() {
    let key = format!("{} EC {}-----\n", PRIVATE_KEY[0], PRIVATE_KEY[1]);
    is_refused("key.pem", &key, ":1: a private key");
    is_clean("cert.pem", "-----BEGIN CERTIFICATE-----\n");
}

#[test]
fn places_of_one_machine() {
    is_refused("a.md", "cd /build/belofte\n", "path of one machine");
    is_refused("a.md", "see \"/people/jan/notes\"\n", "path of one machine");
    is_refused("a.md", &format!("cd {}jan/x\n", HOMES[0]), "path of one machine");
    is_clean("a.md", "cd /build/belofte2; https://example.nl/build/belofte\n");
    is_clean("a.md", &format!("https://example.nl{}jan\n", HOMES[0]));
    is_clean("a.md", &format!("<a href=\"{}\">\n", HOMES[0]));
}

#[test]
fn a_short_root_could_be_a_route() {
    let machine = Machine::of(Path::new("/app"), None);
    assert_eq!(of_text("a.md", "open /app now\n", &machine), Vec::<String>::new());
}

#[test]
fn download_hosts() {
    is_refused("package-lock.json", &format!("{}://x/y\",\n", DOWNLOAD_HOSTS[0]), "download host");
    is_refused(".npmrc", &format!("{}://mirror.example\n", DOWNLOAD_HOSTS[1]), "download host");
    is_clean(".npmrc", "omit-lockfile-registry-resolved=true\n");
    is_clean("Cargo.lock", "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n");
}
