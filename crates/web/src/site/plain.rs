//! Pages that are only text, files, and what machines ask for.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use words::Lang;

use super::home::promise;
use super::{Answer, Failure, Reader, show};
use crate::assets;
use crate::door::Door;
use crate::pages::{Accessibility, ApiPage, Privacy, TermRow, api_examples};

/// How long what security.txt says holds, in days (RFC 9116, 2.5.5: less than a year).
const SECURITY_DAYS: i64 = 180;
/// The day on which the statement about accessibility was made or read again.
const STATEMENT_ON: Date = date(2026, 11, 25);
/// The pages a search engine may show.
const PUBLIC_PAGES: [&str; 9] = [
    "/",
    "/bereikbaar",
    "/normen",
    "/normen/zo-tellen-wij",
    "/contact",
    "/terugbellen",
    "/api",
    "/privacy",
    "/toegankelijkheid",
];

/// GET /privacy
pub(crate) async fn privacy(State(door): State<Door>, reader: Reader) -> Answer {
    let norms = door.desk.house().norms(door.desk.now());
    let page = Privacy {
        terms: TermRow::all(&reader.words, &norms.retention),
        frame: reader.frame(&door),
        map_by: door.map.as_ref().map(|map| map.by.clone()),
    };
    show(StatusCode::OK, &page)
}

/// GET /api
pub(crate) async fn api(State(door): State<Door>, reader: Reader) -> Answer {
    let page = ApiPage { frame: reader.frame(&door), examples: api_examples() };
    show(StatusCode::OK, &page)
}

/// GET /toegankelijkheid
pub(crate) async fn accessibility(State(door): State<Door>, reader: Reader) -> Answer {
    let (house, now) = (door.desk.house(), door.desk.now());
    let host = house.site.split_once("://").map_or(house.site.as_str(), |(_, host)| host);
    let page = Accessibility {
        site: host.to_owned(),
        on: reader.words.plain_date(STATEMENT_ON),
        promise: promise(house.norms(now), now, reader.words.lang()),
        frame: reader.frame(&door),
    };
    show(StatusCode::OK, &page)
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
         Disallow: /zoeken\n\
         Sitemap: {site}/sitemap.xml\n"
    ))
}

/// GET /sitemap.xml: each page in each language, told of the others.
pub(crate) async fn sitemap(State(door): State<Door>) -> Response {
    let site = door.desk.house().site.replace('&', "&amp;").replace('<', "&lt;");
    let address = |page: &str, lang: Lang| match lang {
        Lang::Nl => format!("{site}{page}"),
        lang => format!("{site}{page}?lang={lang}"),
    };
    let link = |lang: &str, address: &str| {
        format!("<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{address}\"/>")
    };
    let norms = door.desk.house().norms(door.desk.now());
    let report = (!norms.reports.is_empty()).then_some("/melding");
    let visit = norms.appointments.are_made().then_some("/afspraak");
    let pages: String = PUBLIC_PAGES
        .into_iter()
        .chain(report)
        .chain(visit)
        .flat_map(|page| Lang::ALL.map(|lang| (page, lang)))
        .map(|(page, own)| {
            let others = Lang::ALL.map(|lang| link(lang.code(), &address(page, lang))).concat();
            let any = link("x-default", &address(page, Lang::Nl));
            format!("<url><loc>{}</loc>{others}{any}</url>\n", address(page, own))
        })
        .collect();
    let map = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{pages}</urlset>\n"
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
