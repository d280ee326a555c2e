//! Every route there is, asked for by an employee who may do everything and by a stranger: what
//! protects readers stands on each answer, and no page holds anything that runs or styles itself.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use desk::Role;

use crate::enclosing::{multipart, send};
use crate::files::{File, mail};
use crate::town::{Browser, Town};

/// Routes that have no page of 200 in this town: they need a secret or an appointment, or lead on.
const ELSEWHERE: [&str; 14] = [
    // For who has an appointment: appointments.rs walks these.
    "/afspraak/gegevens/{visit}/{secret}",
    "/afspraak/bevestigen/{visit}/{secret}",
    "/volg/{number}/{secret}/verzetten",
    "/volg/{number}/{secret}/afspraak.ics",
    // For who subscribes: counter_feeds.rs.
    "/agenda/{secret}",
    "/werk/welkom/{secret}",
    "/werk/aanmelden/code",
    "/werk/aanmelden/elders",
    "/werk/aanmelden/terug",
    "/werk/bellen/volgende",
    // For who comes from a number of the figures: the browser story does.
    "/werk/cijfers/lijst",
    "/werk/vernietigen/{about}",
    "/werk/balie/afspraak/{number}",
    "/metrics",
];

/// Every method and route of the program, as the door has them.
pub(crate) fn routes() -> BTreeSet<(String, String)> {
    let source = include_str!("../../src/door.rs");
    let letter = "\"/werk/brieven/{letter}/{lang}";
    let source = source.replace("&format!(\"{LETTER}", letter);
    let source = source.replace(".route(LETTER,", &format!(".route({letter}\","));
    let mut found = BTreeSet::new();
    for rest in source.split(".route(").skip(1) {
        let path = rest.split('"').nth(1).unwrap_or_default();
        // The interface for programs and that for exchanges are no pages; they have stories of
        // their own.
        if path.starts_with("/api/") || path.starts_with("/telefoon/") {
            continue;
        }
        let answers = |method: &str| {
            ["staff::", "site::"].iter().any(|place| rest.contains(&format!("{method}({place}")))
        };
        let (get, post) = (answers("get"), answers("post"));
        assert!(get || post, "{path} is answered by somebody");
        let method = |is: bool, name: &str| is.then(|| (name.to_owned(), path.to_owned()));
        found.extend([method(get, "GET"), method(post, "POST")].into_iter().flatten());
    }
    found
}

/// A town in which there is something behind every address.
struct Addresses {
    number: String,
    follow: String,
    message: String,
    mailed: String,
}

impl Addresses {
    async fn in_town(town: &Town, aafke: &mut Browser<'_>) -> Addresses {
        let (number, follow) = town.resident_asks("Lantaarn").await;
        town.deliver().await;
        let answer = [("part", "answer"), ("text", "Zie de bijlage."), ("via", "mail")];
        let body = multipart(&answer, &[("plan.pdf", b"%PDF-1.7 plan")]);
        let path = format!("/werk/contacten/{number}/beantwoorden");
        assert_eq!(send(aafke, &path, body).await.status, StatusCode::SEE_OTHER);
        town.wait_seconds(30);
        let page = "Content-Disposition: attachment; filename=\"brief.html\"\r\n\
                    Content-Type: text/html";
        let files = [File(page, b"<script>alert(1)</script>")];
        let raw = String::from_utf8(mail("alles", &files)).unwrap();
        let raw = raw.replacen("Content-Type: text/plain", "Content-Type: text/html", 1);
        let (message, mailed) = town.mail_comes(raw.as_bytes()).await;
        let text = [("lang", "nl"), ("name", "Klaar"), ("body", "Klaar.")];
        aafke.send("/werk/teksten", &text).await;
        let disruption = [
            ("phone", "yes"),
            ("nl", "Storing."),
            ("fy", "Steuring."),
            ("en", "Down."),
            ("since_date", "2026-11-23"),
            ("since_time", "08:00"),
        ];
        aafke.send("/werk/storingen", &disruption).await;
        let message = message.rsplit('/').next().unwrap().to_owned();
        Addresses { number, follow, message, mailed }
    }

    /// An address that the route has.
    fn of(&self, route: &str) -> String {
        let number = if route.contains("{message}") { &self.mailed } else { &self.number };
        let secret = self.follow.rsplit('/').next().unwrap();
        let letter = if route.contains("brieven") { "antwoord" } else { "2" };
        let style = web::assets::asset("site.css").rsplit('/').next().unwrap();
        route
            .replace("{number}", number)
            .replace("{secret}", secret)
            .replace("{message}", &self.message)
            .replace("{verb}", "notitie")
            .replace("{letter}", letter)
            .replace("{lang}", "nl")
            .replace("{id}", "1")
            .replace("{year}", "2026")
            .replace("{visit}", "1")
            .replace("{nr}", "1")
            .replace("{file}", style)
    }
}

#[tokio::test]
async fn every_route_protects_who_reads_it() {
    let town = Town::with(true, false);
    town.employ_as("aafke", "Aafke Voorbeeld", Role::ALL.into_iter().collect()).await;
    let mut aafke = town.sign_in("aafke").await;
    let addresses = Addresses::in_town(&town, &mut aafke).await;
    let cookie = format!("__Host-belofte={}", aafke.cookies["__Host-belofte"]);
    // What changes something goes last, or there is nothing left to look at.
    let mut all: Vec<(String, String)> = routes().into_iter().collect();
    all.sort_by_key(|(method, route)| (method == "POST", route.contains("afmelden")));
    for (method, route) in &all {
        for shown in ["", cookie.as_str()] {
            let case = format!("{method} {route} {}", if shown.is_empty() { "-" } else { "in" });
            let kind = "application/x-www-form-urlencoded";
            let request = Request::builder().method(method.as_str()).uri(addresses.of(route));
            let request = request.header(header::CONTENT_TYPE, kind).header(header::COOKIE, shown);
            let (head, body) = aafke.answer(request, Body::empty()).await.into_parts();
            assert!(!head.status.is_server_error(), "{case}: {}", head.status);
            if method == "GET" && !shown.is_empty() && !ELSEWHERE.contains(&route.as_str()) {
                assert_eq!(head.status, StatusCode::OK, "{case}");
            }
            protects(&head.headers, route, &case);
            let kind = head.headers.get(header::CONTENT_TYPE).map_or("", |it| it.to_str().unwrap());
            if kind.starts_with("text/html") {
                let bytes = to_bytes(body, 10_000_000).await.unwrap();
                runs_nothing(&String::from_utf8_lossy(&bytes), is_boxed(&head.headers), &case);
            }
        }
    }
}

#[test]
fn a_proxy_writes_no_secret_into_its_log() {
    let proxy = include_str!("../../../../packaging/nginx.conf");
    let routes = routes();
    let secrets: BTreeSet<&str> =
        routes.iter().filter_map(|(_, path)| path.split_once("{secret}")).map(|it| it.0).collect();
    assert!(secrets.len() > 4, "{secrets:?}");
    for place in secrets {
        let place = place.split('{').next().unwrap_or_default();
        assert!(proxy.contains(&format!("~^{place}")), "{place} is written as it is");
    }
}

#[tokio::test]
async fn every_cookie_is_out_of_reach() {
    const SESSION: &str = "__Host-belofte=";
    let town = Town::with(true, false);
    town.employ("aafke", "Aafke Voorbeeld").await;
    let sign_in = [("name", "aafke"), ("password", crate::town::PASSWORD), ("next", "")];
    let mut aafke = town.browser();
    let signed_in = aafke.post("/werk/aanmelden", &sign_in).await;
    let chosen = aafke.get("/?lang=fy").await;
    let signed_out = aafke.post("/werk/afmelden", &[]).await;
    for (page, name) in [(signed_in, SESSION), (chosen, "taal="), (signed_out, SESSION)] {
        let all: Vec<_> = page.headers.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(all.len(), 1, "{name}");
        assert!(all[0].to_str().unwrap().starts_with(name), "{all:?}");
        cookies_are_kept(&page.headers, name);
    }
}

#[tokio::test]
async fn over_https_every_answer_insists_on_it() {
    for (secure, wanted) in [(true, "max-age=31536000"), (false, "")] {
        let town = Town::with(secure, false);
        let mut browser = town.browser();
        for path in ["/", "/nergens", "/healthz", "/api/v1/norms", "/api/v1/contacts", "/api/x"] {
            let answer = browser.get(path).await;
            assert_eq!(answer.header("strict-transport-security"), wanted, "{path}");
        }
        let hook = browser.post("/telefoon/nergens/begin", &[]).await;
        assert_eq!(hook.header("strict-transport-security"), wanted, "an exchange");
    }
}

fn policy(headers: &HeaderMap) -> &str {
    headers.get("content-security-policy").map_or("", |it| it.to_str().unwrap())
}

/// Whether it is something of a stranger or of a letter, shown in a box of its own.
fn is_boxed(headers: &HeaderMap) -> bool {
    policy(headers).starts_with("sandbox")
}

/// The headers that stand on every answer.
#[track_caller]
fn protects(headers: &HeaderMap, route: &str, case: &str) {
    let value = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let rules: Vec<&str> = policy(headers).split("; ").collect();
    let rule = |name: &str| rules.iter().find(|rule| rule.starts_with(name)).copied();
    assert!(!policy(headers).contains("unsafe-eval"), "{case}");
    for unsafe_rule in rules.iter().filter(|rule| rule.contains("unsafe")) {
        // Letters carry their style within; in a box it reaches nothing else.
        assert_eq!(
            (*unsafe_rule, is_boxed(headers)),
            ("style-src 'unsafe-inline'", true),
            "{case}"
        );
    }
    if is_boxed(headers) {
        assert_eq!(rule("default-src"), Some("default-src 'none'"), "{case}");
        assert_eq!(rule("script-src"), None, "{case}");
        assert!(!rules[0].contains("allow-scripts") && !rules[0].contains("same-origin"), "{case}");
    } else {
        assert_eq!(rule("default-src"), Some("default-src 'self'"), "{case}");
        assert_eq!(rule("script-src"), Some("script-src 'self'"), "{case}");
        assert_eq!(rule("style-src"), Some("style-src 'self'"), "{case}");
        assert_eq!(rule("object-src"), Some("object-src 'none'"), "{case}");
        assert_eq!(rule("base-uri"), Some("base-uri 'none'"), "{case}");
        assert_eq!(rule("form-action"), Some("form-action 'self'"), "{case}");
        assert_eq!(rule("frame-ancestors"), Some("frame-ancestors 'none'"), "{case}");
    }
    let framed = rule("frame-ancestors").map_or(value("x-frame-options"), |rule| rule);
    let framed_by = ["frame-ancestors 'none'", "frame-ancestors 'self'", "DENY"];
    assert!(framed_by.contains(&framed), "{case}: {framed}");
    assert_eq!(value("x-content-type-options"), "nosniff", "{case}");
    assert!(["no-referrer", "same-origin"].contains(&value("referrer-policy")), "{case}");
    assert!(value("permissions-policy").contains("camera=()"), "{case}");
    assert_eq!(value("strict-transport-security"), "max-age=31536000", "{case}");
    let has_secret = route.contains("{secret}");
    if has_secret {
        assert_eq!(value("referrer-policy"), "no-referrer", "{case}");
    }
    if has_secret || route.starts_with("/werk") {
        // A program that subscribes to a calendar keeps it for itself.
        let kept = if route.starts_with("/agenda") { "private, no-cache" } else { "no-store" };
        assert_eq!(value("cache-control"), kept, "{case}");
        assert!(value("x-robots-tag").contains("noindex"), "{case}");
    }
    cookies_are_kept(headers, case);
}

#[track_caller]
fn cookies_are_kept(headers: &HeaderMap, case: &str) {
    for cookie in headers.get_all(header::SET_COOKIE) {
        let rules: Vec<&str> = cookie.to_str().unwrap().split("; ").skip(1).collect();
        for rule in ["HttpOnly", "Secure", "SameSite=Lax"] {
            assert!(rules.contains(&rule), "{case}: {rule} in {rules:?}");
        }
    }
}

/// No scripts but our own files, no styles but our own, nothing that begins with `on`.
#[track_caller]
fn runs_nothing(html: &str, boxed: bool, case: &str) {
    for (name, attributes) in tags(html) {
        let value = |name: &str| attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        if name == "script" {
            let is_data = value("type") == Some("application/ld+json");
            let is_ours = value("src").is_some_and(|source| source.starts_with("/static/"));
            assert!(!boxed && (is_data || is_ours), "{case}: {attributes:?}");
        }
        assert!(boxed || name != "style", "{case}: a style");
        for (attribute, value) in &attributes {
            assert!(!attribute.starts_with("on"), "{case}: {attribute} of {name}");
            assert!(boxed || attribute != "style", "{case}: a style of {name}");
            let plain = value.trim().to_ascii_lowercase();
            assert!(!plain.starts_with("javascript:"), "{case}: {name} {attribute}={value}");
        }
    }
}

/// The tags that open, with their attributes; names in small letters.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
        let (name, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let name = name.to_ascii_lowercase();
        let (attributes, behind) = attributes(behind);
        rest = behind;
        if name == "script" {
            rest = rest.split_once("</script").map_or("", |(_, behind)| behind);
        }
        found.push((name, attributes));
    }
    found
}

/// The attributes up to the end of a tag, and what stands behind it.
fn attributes(mut rest: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (found, rest.strip_prefix('>').unwrap_or(rest));
        }
        let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
        // A stray sign is a name of its own, so that reading goes on.
        let (name, behind) = rest.split_at(end.max(1));
        let name = name.to_ascii_lowercase();
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            found.push((name, String::new()));
            rest = behind;
            continue;
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find([' ', '\n', '>']).unwrap_or(value.len())),
        };
        found.push((name, value.to_owned()));
        rest = behind;
    }
}

#[test]
fn what_runs_by_itself_is_found() {
    for wrong in [
        "<p OnClick='x()'>",
        "<p\nclass=a onload=x>",
        "<script>alert(1)</script>",
        "<script src=\"https://elders.example/a.js\"></script>",
        "<a href=\" JavaScript:x\">",
        "<p style=\"color: red\">",
        "<style>p {}</style>",
        "<!-- niets --><img src=x onerror=x>",
    ] {
        let found = std::panic::catch_unwind(|| runs_nothing(wrong, false, ""));
        assert!(found.is_err(), "{wrong}");
    }
    runs_nothing("<p class=\"on\" data-x='a>b'>onclick=x</p><script src=/static/a.js>", false, "");
}
