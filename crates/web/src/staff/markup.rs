//! Cleaning the markup of a mail: what is left can show text, tables and pictures, and nothing
//! else. The frame it stands in forbids the rest once more.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ammonia::Builder;
use data_encoding::BASE64;
use desk::{FileKind, Formatted};

/// A remote picture that is so small is there to measure who reads, not to be seen; in pixels.
const TRACKER_PIXELS_MAX: f32 = 3.0;
/// Elements whose content is never shown.
const DROPPED: [&str; 5] = ["script", "style", "title", "noscript", "template"];
/// Addresses that a link may have.
const LINKS: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];
/// Pictures that may stand in the markup itself.
const OWN_PICTURES: [&str; 4] =
    ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];
/// Looks that a mail may have. None of them fetches or covers anything.
const LOOKS: [&str; 33] = [
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "display",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "padding",
    "text-align",
    "text-decoration",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
];

/// Markup that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cleaned {
    /// The markup.
    pub(super) html: String,
    /// Whether it refers to pictures from outside, shown or not.
    pub(super) has_remote: bool,
}

/// Cleans a mail; pictures from outside stay only `with_remote`, and those that measure never.
pub(super) fn clean(mail: &Formatted, with_remote: bool) -> Cleaned {
    let pictures = Arc::new(pictures(mail));
    let has_remote = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&has_remote);
    let mut builder = Builder::default();
    builder
        .add_tags(["center", "font", "u", "s", "big"])
        .rm_tags(["map", "area"])
        .clean_content_tags(DROPPED.into())
        .add_generic_attributes(["style", "align", "dir"])
        .add_tag_attributes("table", ["width", "border", "cellpadding", "cellspacing", "bgcolor"])
        .add_tag_attributes("td", ["width", "height", "bgcolor", "valign"])
        .add_tag_attributes("th", ["width", "height", "bgcolor", "valign"])
        .add_tag_attributes("tr", ["bgcolor", "valign"])
        .add_tag_attributes("font", ["color", "size", "face"])
        .add_url_schemes(["cid", "data", "mailto", "tel", "http", "https"])
        .url_relative(ammonia::UrlRelative::Deny)
        .filter_style_properties(LOOKS.into())
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") => source(value, &pictures, &seen),
            (_, "href") => begins(value, &LINKS).then(|| value.into()),
            (_, "src" | "cite" | "background" | "longdesc" | "action") => None,
            _ => Some(value.into()),
        });
    let html = builder.clean(&mail.html).to_string();
    let html = without_remote(&html, with_remote);
    Cleaned { html, has_remote: has_remote.load(Ordering::Relaxed) }
}

/// The pictures that came with the mail, by the name its markup calls them, as addresses that hold
/// the picture itself: the frame may fetch nothing, not even from us.
fn pictures(mail: &Formatted) -> BTreeMap<String, String> {
    let address = |bytes: &[u8]| {
        let shown_as = FileKind::of(bytes, "").shown_as().unwrap_or_default();
        format!("data:{shown_as};base64,{}", BASE64.encode(bytes))
    };
    mail.pictures.iter().map(|it| (it.content_id.to_lowercase(), address(&it.bytes))).collect()
}

/// Where a picture comes from: with the mail, in its markup, or from outside.
fn source<'u>(
    value: &'u str,
    pictures: &BTreeMap<String, String>,
    has_remote: &AtomicBool,
) -> Option<Cow<'u, str>> {
    let value = value.trim();
    if begins(value, &["cid:"]) {
        let name = value["cid:".len()..].to_lowercase();
        let name = name.trim_matches(['<', '>']).replace("%40", "@");
        return pictures.get(&name).map(|address| address.clone().into());
    }
    if begins(value, &OWN_PICTURES) {
        return Some(value.into());
    }
    let remote = begins(value, &["http:", "https:"]);
    has_remote.fetch_or(remote, Ordering::Relaxed);
    remote.then(|| value.into())
}

/// Whether a value begins with one of these, in any capitals.
fn begins(value: &str, starts: &[&str]) -> bool {
    let value = value.trim_start();
    starts.iter().any(|start| {
        value.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    })
}

/// Takes pictures from outside out of cleaned markup: all of them, or those that only measure.
/// The cleaner writes `<` in text as `&lt;`, so that each one begins a tag, and `"` in values as
/// `&quot;`.
fn without_remote(html: &str, with_remote: bool) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let end = at + tag_len(&rest[at..]);
        let tag = &rest[at..end];
        let src = value(tag, "src").filter(|_| tag.starts_with("<img "));
        let remote = src.is_some_and(|src| begins(src, &["http:", "https:"]));
        if !remote || (with_remote && !measures(tag)) {
            out.push_str(tag);
        } else if let Some(alt) = value(tag, "alt").filter(|alt| !alt.trim().is_empty()) {
            // Its words stand for it; in values `<` is written as it is.
            let alt = alt.replace('<', "&lt;").replace('>', "&gt;");
            out.push_str(&format!("<i>[{alt}]</i>"));
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Bytes of the tag that `html` starts with, passing over `>` inside values.
fn tag_len(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// The value of an attribute of a tag as the cleaner writes it.
fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, mut rest) = tag.split_once(' ')?;
    loop {
        let (before, after) = rest.split_once("=\"")?;
        let (value, next) = after.split_once('"')?;
        if before.trim() == name {
            return Some(value);
        }
        rest = next;
    }
}

/// Whether a picture is there to measure: too small to see, or hidden.
fn measures(tag: &str) -> bool {
    let small = |text: &str| {
        let number = text.trim().trim_end_matches("px").trim();
        number.parse::<f32>().is_ok_and(|pixels| pixels <= TRACKER_PIXELS_MAX)
    };
    let sized = ["width", "height"].iter().any(|name| value(tag, name).is_some_and(small));
    let style = value(tag, "style").unwrap_or_default().to_lowercase();
    let look = |(name, value): (&str, &str)| match name.trim() {
        "display" => value.trim() == "none",
        "visibility" => value.trim() == "hidden",
        "width" | "height" | "max-width" => small(value),
        _ => false,
    };
    sized || style.split(';').filter_map(|it| it.split_once(':')).any(look)
}
