//! Mail with its own markup: cleaned, boxed, and without fetching anything that was not asked for.

use axum::http::StatusCode;

use crate::town::Town;

/// A mail of this HTML, with a picture that came along and one that is none.
fn html_mail(id: &str, html: &str) -> Vec<u8> {
    format!(
        "From: Jan Voorbeeld <jan@example.nl>\r\nTo: info@harlingen.nl\r\nSubject: Opgemaakt\r\n\
         Message-ID: <{id}@example.nl>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=r\r\n\r\n\
         --r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain\r\n\r\nDe gewone tekst.\r\n\
         --a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--a--\r\n\
         --r\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\n\
         Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
         --r\r\nContent-Type: image/png\r\nContent-ID: <geen@x>\r\n\r\n<svg onload=alert(1)>\r\n\
         --r--\r\n"
    )
    .into_bytes()
}

/// Markup as strangers write it, what must be left of it and what must be gone.
const MARKUP: &[(&str, &str, &str)] = &[
    ("<p>Hallo <b>daar</b></p>", "<p>Hallo <b>daar</b></p>", "alert"),
    ("<script>alert(1)</script>na", "na", "alert"),
    ("<img src=x onerror=alert(1)>na", "na", "onerror"),
    ("<a href=\"javascript:alert(1)\">klik</a>", "klik</a>", "javascript"),
    ("<a href=\" JaVaScRiPt:alert(1)\">klik</a>", "klik</a>", "alert"),
    ("<a href=\"data:text/html,x\">klik</a>", "klik</a>", "data:text"),
    ("<a href=\"https://example.nl/a\">klik</a>", "href=\"https://example.nl/a\"", "javascript"),
    ("<form action=https://x.example><input name=pw>na</form>", "na", "<input"),
    ("<iframe src=https://x.example></iframe>na", "na", "iframe"),
    ("<object data=x></object><embed src=x>na", "na", "embed"),
    ("<svg><a xlink:href=\"javascript:x\"></a></svg>na", "na", "xlink"),
    ("<meta http-equiv=refresh content=0;url=https://x.example>na", "na", "http-equiv"),
    ("<base href=https://x.example>na", "na", "x.example"),
    ("<link rel=stylesheet href=https://x.example/a.css>na", "na", "x.example"),
    ("<style>@import url(https://x.example)</style>na", "na", "x.example"),
    ("<p style=\"color: red; position: fixed\">na</p>", "red", "position"),
    ("<p style=\"background: url(https://x.example)\">na</p>", "na", "x.example"),
    ("<table background=\"https://x.example/a.png\"><tr><td>na", "na", "x.example"),
    ("<img src=\"cid:logo@x\" alt=logo>", "data:image/png;base64,iVBORw0KGgo=", "cid:"),
    ("<img src=\"cid:LOGO%40x\" alt=logo>", "data:image/png;base64,iVBORw0KGgo=", "cid:"),
    ("<img src=\"cid:geen@x\" alt=nee>", "alt=\"nee\"", "base64"),
    ("<img src=\"cid:onbekend\" alt=nee>", "alt=\"nee\"", "cid:"),
    ("<img src=\"data:image/svg+xml,x\" alt=nee>", "alt=\"nee\"", "svg"),
    ("<img src=\"/werk/afmelden\" alt=nee>", "alt=\"nee\"", "afmelden"),
    ("<img src=\"https://x.example/a.png\" alt=\"een foto\">", "[een foto]", "x.example"),
    ("<img src=\"//x.example/a.png\" alt=nee>", "alt=\"nee\"", "x.example"),
    ("<img alt=\"<script>alert(1)</script>\" src=https://x.example>na", "na", "<script"),
    ("<b title=\"<img src=https://x.example>\">na</b>", ">na</b>", "<img src=https://x.example/"),
];

/// INTAKE 65: what is left of the markup of a stranger shows, and does nothing.
#[tokio::test]
async fn markup_is_cleaned() {
    let town = Town::new();
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    for (at, (html, left, gone)) in MARKUP.iter().enumerate() {
        let (message, _) = town.mail_comes(&html_mail(&format!("opmaak-{at}"), html)).await;
        let page = browser.get(&format!("{message}/opgemaakt/inhoud")).await;
        assert_eq!(page.status, StatusCode::OK, "{html}");
        let body = page.body.split("<body>").nth(1).unwrap();
        assert!(body.contains(left), "{html}: {body}");
        assert!(!body.contains(gone), "{html}: {body}");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("sandbox allow-popups "), "{policy}");
        assert!(policy.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:; "));
        assert!(!policy.contains("https:") && !policy.contains("allow-scripts"), "{policy}");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
    }
}

/// INTAKE 65: pictures from outside are fetched only after the button, for this one message; a
/// link can not press it, and pictures that measure are never fetched.
#[tokio::test]
async fn pictures_from_outside_wait_for_the_button() {
    let town = Town::new();
    let html = "<p>Nieuws</p><img src=\"https://x.example/groot.png\" width=600 alt=foto>\
        <img src=\"https://x.example/een.gif\" width=1 height=1>\
        <img src=\"https://x.example/twee.gif\" style=\"display:none\">\
        <img src=\"https://x.example/drie.gif\" style=\"width: 1px\">\
        <img src=\"cid:logo@x\" width=1>";
    let (message, number) = town.mail_comes(&html_mail("beelden", html)).await;
    let (other, _) = town.mail_comes(&html_mail("ander", html)).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    let item = browser.get(&format!("/werk/contacten/{number}")).await;
    item.assert_says("De gewone tekst.");
    item.assert_says("Als opgemaakte tekst tonen");
    let path = format!("{message}/opgemaakt");
    let page = browser.get(&path).await;
    page.assert_says("Afbeeldingen van buiten zijn niet opgehaald.");
    assert!(page.body.contains(&format!("src=\"{path}/inhoud\" sandbox=\"allow-popups")));
    let asked = browser.send(&path, &[]).await;
    asked.assert_says("Afbeeldingen van buiten worden getoond.");
    let at = asked.body.find("/inhoud?beelden=").expect("the frame has the mark");
    let mark = asked.body[at..].split(['=', '"']).nth(1).unwrap().to_owned();
    let shown = browser.get(&format!("{path}/inhoud?beelden={mark}")).await;
    assert!(shown.header("content-security-policy").contains("img-src data: https:;"));
    assert_eq!(shown.header("referrer-policy"), "no-referrer");
    assert!(shown.body.contains("https://x.example/groot.png"));
    assert!(shown.body.contains("data:image/png"), "what came with the mail measures nothing");
    for measure in ["een.gif", "twee.gif", "drie.gif"] {
        assert!(!shown.body.contains(measure), "{measure}: {}", shown.body);
    }
    for wrong in [
        format!("{path}/inhoud"),
        format!("{path}/inhoud?beelden=ja"),
        format!("{other}/opgemaakt/inhoud?beelden={mark}"),
    ] {
        let page = browser.get(&wrong).await;
        assert!(!page.header("content-security-policy").contains("https:"), "{wrong}");
        assert!(!page.body.contains("x.example"), "{wrong}: {}", page.body);
    }
}

/// INTAKE 65: another site can not press the button for an employee.
#[tokio::test]
async fn another_site_can_not_ask() {
    let town = Town::new();
    let (message, _) = town.mail_comes(&html_mail("elders", "<p>x")).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    browser.headers.push(("origin", "https://x.example".to_owned()));
    browser.headers.push(("sec-fetch-site", "cross-site".to_owned()));
    let refused = browser.post(&format!("{message}/opgemaakt"), &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

/// INTAKE 66: history is collapsed on the page, and nothing of it is gone.
#[tokio::test]
async fn history_is_collapsed_and_kept() {
    let town = Town::new();
    let raw = "From: jan@example.nl\r\nTo: info@harlingen.nl\r\nSubject: Re: lamp\r\n\
        Message-ID: <oud@example.nl>\r\n\r\nIs er al nieuws?\r\n\r\n\
        Op 3 november 2026 schreef Gemeente Harlingen:\r\n> Wij kijken ernaar.\r\n";
    let (message, number) = town.mail_comes(raw.as_bytes()).await;
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    let page = browser.get(&format!("/werk/contacten/{number}")).await;
    let (before, collapsed) = page.body.split_once("<details class=\"event__quoted\">").unwrap();
    assert!(before.contains("Is er al nieuws?") && !before.contains("Wij kijken ernaar."));
    let collapsed = collapsed.split("</details>").next().unwrap();
    assert!(collapsed.contains("Wij kijken ernaar."), "{collapsed}");
    assert!(!page.body.contains("/opgemaakt"), "it has no markup of its own");
    assert_eq!(browser.get(&format!("{message}/bron")).await.body, raw);
}

/// INTAKE 63: much markup, deep markup and a long history cost no more than they are long.
#[tokio::test]
async fn hostile_markup_ends() {
    let town = Town::new();
    let mut browser = town.at_work("aafke", "Aafke Voorbeeld").await;
    for (id, html) in [
        ("links", "<a href=\"https://x.example\">x</a> ".repeat(5_000)),
        ("diep", "<div>".repeat(20_000)),
        ("citaat", format!("<blockquote>{}</blockquote>", "<p>oud</p>".repeat(20_000))),
        ("open", "<b><i><table>".repeat(2_000)),
    ] {
        let (message, _) = town.mail_comes(&html_mail(id, &html)).await;
        let page = browser.get(&format!("{message}/opgemaakt/inhoud")).await;
        assert_eq!(page.status, StatusCode::OK, "{id}");
        assert!(page.body.ends_with("</html>\n") || page.body.ends_with("</html>"), "{id}");
    }
}
