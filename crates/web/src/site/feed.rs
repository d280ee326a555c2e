//! The disruptions as a feed (RSS 2.0), one for each language.

use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use desk::Disruption;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use words::Words;

use super::disrupted::ways;
use super::reader::chosen;
use crate::door::Door;

/// GET /storingen.rss: a disruption is an item, and its end is one too, so that a reader hears of
/// both.
pub(crate) async fn feed(State(door): State<Door>, uri: Uri) -> Response {
    let words = Words::new(chosen(&uri).unwrap_or_default());
    let (house, now, copy) = (door.desk.house(), door.desk.now(), door.disruptions.copy());
    let site = &house.site;
    let mut items: Vec<(Timestamp, String)> = Vec::new();
    for disruption in copy.list.iter().filter(|it| it.since <= now) {
        items.push((disruption.since, item(site, &words, disruption, false)));
        if let Some(ended) = disruption.ended {
            items.push((ended, item(site, &words, disruption, true)));
        }
    }
    items.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let lang = words.lang();
    let title = words.say1("site-feed-title", "name", house.name());
    let items: String = items.into_iter().map(|(_, item)| item).collect();
    let feed = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n\
         <title>{title}</title>\n<link>{site}/bereikbaar?lang={lang}</link>\n\
         <description>{about}</description>\n<language>{lang}</language>\n\
         <atom:link href=\"{site}/storingen.rss?lang={lang}\" rel=\"self\" \
         type=\"application/rss+xml\"/>\n{items}</channel>\n</rss>\n",
        title = escaped(&title),
        about = escaped(&words.say("site-feed-about")),
        site = escaped(site),
    );
    ([(header::CONTENT_TYPE, "application/rss+xml; charset=utf-8")], feed).into_response()
}

fn item(site: &str, words: &Words, disruption: &Disruption, is_end: bool) -> String {
    let ways = ways(words, disruption);
    let (key, at, mark) = match disruption.ended.filter(|_| is_end) {
        Some(ended) => ("site-feed-solved", ended, "-opgelost"),
        None => ("site-disruption", disruption.since, ""),
    };
    let (_, text) = disruption.text(words.lang().code());
    let (title, text) = (escaped(&words.say1(key, "ways", &ways)), escaped(text));
    let (site, id) = (escaped(site), disruption.id);
    let date = rfc2822::to_string(&at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    format!(
        "<item><title>{title}</title><description>{text}</description>\
         <link>{site}/bereikbaar?lang={lang}</link>\
         <guid isPermaLink=\"false\">{site}/storingen/{id}{mark}</guid>\
         <pubDate>{date}</pubDate></item>\n",
        lang = words.lang(),
    )
}

/// Text as XML holds it. Characters that XML can not hold are left out.
fn escaped(text: &str) -> String {
    let held = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let held: String = held.collect();
    held.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
