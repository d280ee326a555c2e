//! `belofte norms show`: the public page from the file alone.

use norms::{ChannelHours, Norms};
use words::{Lang, Words};

use super::Format;

/// The whole page: title, hours, and the sentences by chapter.
pub(super) fn show(norms: &Norms, lang: Lang, format: Format) -> String {
    let words = Words::new(lang);
    let municipality = &norms.municipality;
    let mut page = Page { format, out: String::new() };
    page.open(&municipality.page, lang);
    page.paragraph(&words.say1("norms-from", "date", &words.date(municipality.valid_from)), None);
    for (name, hours) in [("phone", &norms.phone), ("counter", &norms.counter)] {
        page.hours(&words.say(&format!("norms-group-{name}")), &words, hours);
    }
    let mut chapter = "";
    for norm in &norms.list {
        if norm.chapter() != chapter {
            chapter = norm.chapter();
            page.heading(&heading(&words, chapter));
        }
        page.paragraph(norm.text(lang.code()), Some(&norm.id));
    }
    page.close();
    page.out
}

/// The name of a chapter; one that only this council has is named by its id.
fn heading(words: &Words, chapter: &str) -> String {
    let key = format!("norms-group-{chapter}");
    let said = words.say(&key);
    if said != key {
        return said;
    }
    let mut letters = chapter.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

struct Page {
    format: Format,
    out: String,
}

impl Page {
    fn open(&mut self, title: &str, lang: Lang) {
        let (title, code) = (self.text(title), lang.code());
        self.out.push_str(&match self.format {
            Format::Md => format!("# {title}\n"),
            Format::Html => format!(
                "<!doctype html>\n<html lang=\"{code}\">\n<head><meta charset=\"utf-8\">\
                 <meta name=\"viewport\" content=\"width=device-width\">\
                 <title>{title}</title></head>\n<body>\n<main>\n<h1>{title}</h1>\n"
            ),
        });
    }

    fn close(&mut self) {
        if let Format::Html = self.format {
            self.out.push_str("</main>\n</body>\n</html>\n");
        }
    }

    fn heading(&mut self, heading: &str) {
        let heading = self.text(heading);
        self.out.push_str(&match self.format {
            Format::Md => format!("\n## {heading}\n\n"),
            Format::Html => format!("<h2>{heading}</h2>\n"),
        });
    }

    /// A sentence; one of a norm is an item of the list and has the id of the norm.
    fn paragraph(&mut self, text: &str, id: Option<&str>) {
        let text = self.text(text);
        self.out.push_str(&match (self.format, id) {
            (Format::Md, None) => format!("\n{text}\n"),
            (Format::Md, Some(_)) => format!("- {text}\n"),
            (Format::Html, None) => format!("<p>{text}</p>\n"),
            (Format::Html, Some(id)) => format!("<p id=\"{id}\">{text}</p>\n"),
        });
    }

    fn hours(&mut self, name: &str, words: &Words, hours: &ChannelHours) {
        let lines = words.week(&hours.week);
        let said: Vec<String> =
            lines.into_iter().map(|(days, times)| format!("{days} {times}")).collect();
        self.paragraph(&format!("{name}: {}.", said.join("; ")), None);
    }

    fn text(&self, text: &str) -> String {
        match self.format {
            Format::Md => text.to_owned(),
            Format::Html => text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;"),
        }
    }
}
