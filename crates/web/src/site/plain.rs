//! Pages that are only text, files, and what machines ask for.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use words::Lang;

use super::{Answer, Failure, Reader, show};
use crate::assets;
use crate::door::Door;
use crate::pages::{Accessibility, Privacy};

/// How long questions and tips are kept, in years.
const QUESTION_YEARS: i64 = 1;
/// How long complaints and reports are kept, in years.
const COMPLAINT_YEARS: i64 = 5;
/// How long invoices are kept, in years (Algemene wet inzake rijksbelastingen, article 52).
const INVOICE_YEARS: i64 = 7;
/// How long what security.txt says holds, in days (RFC 9116, 2.5.5: less than a year).
const SECURITY_DAYS: i64 = 180;
/// The pages a search engine may show.
const PUBLIC_PAGES: [&str; 5] = ["/", "/normen", "/contact", "/privacy", "/toegankelijkheid"];

/// GET /privacy
pub(crate) async fn privacy(State(door): State<Door>, reader: Reader) -> Answer {
    let page = Privacy {
        frame: reader.frame(&door),
        question_years: QUESTION_YEARS,
        complaint_years: COMPLAINT_YEARS,
        invoice_years: INVOICE_YEARS,
    };
    show(StatusCode::OK, &page)
}

/// GET /toegankelijkheid
pub(crate) async fn accessibility(State(door): State<Door>, reader: Reader) -> Answer {
    show(StatusCode::OK, &Accessibility { frame: reader.frame(&door) })
}

/// GET /static/{file}: named by its content, so it may be kept for ever.
pub(crate) async fn asset(Path(file): Path<String>) -> Answer {
    let asset = assets::find(&file).ok_or(Failure::NOT_FOUND)?;
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes).into_response())
}

/// GET /robots.txt (RFC 9309)
pub(crate) async fn robots(State(door): State<Door>) -> Response {
    let site = &door.desk.house().site;
    text(format!(
        "User-agent: *\nDisallow: /werk\nDisallow: /volg/\nDisallow: /contact/verzonden/\n\
         Sitemap: {site}/sitemap.xml\n"
    ))
}

/// GET /sitemap.xml
pub(crate) async fn sitemap(State(door): State<Door>) -> Response {
    let site = door.desk.house().site.replace('&', "&amp;").replace('<', "&lt;");
    let pages: String =
        PUBLIC_PAGES.iter().map(|page| format!("<url><loc>{site}{page}</loc></url>\n")).collect();
    let map = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{pages}</urlset>\n"
    );
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], map).into_response()
}

/// GET /.well-known/security.txt (RFC 9116)
pub(crate) async fn security(State(door): State<Door>) -> Response {
    let house = door.desk.house();
    let now = door.desk.now();
    let until = now.checked_add(SignedDuration::from_hours(24 * SECURITY_DAYS)).unwrap_or(now);
    let languages: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
    text(format!(
        "Contact: mailto:{}\nExpires: {}\nPreferred-Languages: {}\n\
         Canonical: {}/.well-known/security.txt\n",
        house.norms(door.desk.now()).reach.email,
        until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        languages.join(", "),
        house.site,
    ))
}

/// GET /healthz: the process lives.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// GET /readyz: a read on the database works.
pub(crate) async fn ready(State(door): State<Door>) -> Response {
    match door.desk.read(|tx, _, _| Ok(tx.count_waiting_letters(1)?)).await {
        Ok(_) => "ok\n".into_response(),
        Err(stop) => {
            let status = Failure::from(stop).0;
            (status, "the database can not be read\n").into_response()
        }
    }
}

fn text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
