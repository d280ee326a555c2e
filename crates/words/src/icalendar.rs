//! Visits as calendar programs read them (RFC 5545, RFC 5546): a file that goes with a mail, and a
//! feed to subscribe to. What a program gets wrong in silence is a visitor at a closed door, so the
//! clock is told twice: by the name of the zone, and by rules taken from the zone itself.

mod clock;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::Lang;
use clock::Clock;

/// The longest line, in octets, without its end (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// Room for a file about one visit, in octets.
const FILE_OCTETS: usize = 2_048;

/// How often a program looks whether a feed has changed.
const REFRESH: &str = "PT1H";

/// What happens to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// It is agreed, or moved: the highest sequence counts.
    Request,
    /// It does not take place.
    Cancel,
}

/// One visit as a calendar file tells of it.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// The same for all files about one visit.
    pub uid: &'a str,
    /// Goes up with every change.
    pub sequence: u32,
    /// What happens to it.
    pub method: Method,
    /// The language of its words.
    pub lang: Lang,
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub to: Timestamp,
    /// The clock on the wall, by a name; without a name the moments are written in UTC.
    pub zone: &'a TimeZone,
    /// When this was written.
    pub stamp: Timestamp,
    /// Its title.
    pub summary: &'a str,
    /// What to know and to bring.
    pub description: &'a str,
    /// Where it is.
    pub location: &'a str,
    /// Where it is changed, empty when nowhere.
    pub link: &'a str,
    /// The name and the mail address of who receives.
    pub organizer: (&'a str, &'a str),
    /// The name and the mail address of who comes. Without one it is published, not sent: a program
    /// takes a request only from who is asked (RFC 5546, 3.2.2).
    pub attendee: Option<(&'a str, &'a str)>,
    /// So many minutes before it begins the program tells of it.
    pub alarm_minutes: Option<u32>,
}

/// One visit in a feed.
#[derive(Clone, Copy, Debug)]
pub struct FeedEvent<'a> {
    /// The same for as long as it is in the feed.
    pub uid: &'a str,
    /// Goes up with every change.
    pub sequence: u32,
    /// What happens to it.
    pub method: Method,
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub to: Timestamp,
    /// When it was changed last.
    pub changed: Timestamp,
    /// Its title.
    pub summary: &'a str,
    /// What to know about it.
    pub description: &'a str,
    /// Where it is.
    pub location: &'a str,
    /// Where more about it is, empty when nowhere.
    pub link: &'a str,
}

/// A calendar file about one visit, for a mail.
pub fn invitation(it: &Invitation<'_>) -> String {
    let method = match (it.method, it.attendee) {
        (Method::Cancel, _) => "CANCEL",
        (Method::Request, Some(_)) => "REQUEST",
        (Method::Request, None) => "PUBLISH",
    };
    let clock = Clock::of(it.zone, it.from, it.to);
    let mut out = Lines::begin(method);
    out.clock(&clock);
    let event = FeedEvent {
        uid: it.uid,
        sequence: it.sequence,
        method: it.method,
        from: it.from,
        to: it.to,
        changed: it.stamp,
        summary: it.summary,
        description: it.description,
        location: it.location,
        link: it.link,
    };
    out.event(&clock, it.stamp, &event, Some(it.lang));
    out.line(&format!("ORGANIZER;{}", person(it.organizer)));
    if let Some(attendee) = it.attendee {
        // They chose the time themselves: there is nothing to answer.
        let role = "CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE";
        out.line(&format!("ATTENDEE;{role};{}", person(attendee)));
    }
    // What does not take place has no alarm (RFC 5546, 3.2.5).
    if let Some(minutes) = it.alarm_minutes.filter(|_| it.method == Method::Request) {
        out.line("BEGIN:VALARM");
        out.line("ACTION:DISPLAY");
        out.line(&format!("TRIGGER:-PT{minutes}M"));
        out.text("DESCRIPTION", it.summary);
        out.line("END:VALARM");
    }
    out.line("END:VEVENT");
    out.end()
}

/// A read-only feed of visits. It holds no personal data but what the events say.
pub fn feed<'a>(
    name: &str,
    zone: &TimeZone,
    stamp: Timestamp,
    events: impl Iterator<Item = FeedEvent<'a>>,
) -> String {
    let events: Vec<FeedEvent<'a>> = events.collect();
    let from = events.iter().map(|event| event.from).min().unwrap_or(stamp);
    let to = events.iter().map(|event| event.to).max().unwrap_or(stamp);
    let clock = Clock::of(zone, from, to);
    let mut out = Lines::begin("PUBLISH");
    // The first of each pair is the standard (RFC 7986); most programs read the second.
    out.text("NAME", name);
    out.text("X-WR-CALNAME", name);
    out.line(&format!("REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"));
    out.line(&format!("X-PUBLISHED-TTL:{REFRESH}"));
    out.clock(&clock);
    for event in &events {
        out.event(&clock, stamp, event, None);
        out.line("END:VEVENT");
    }
    out.end()
}

/// How a file that [`invitation`] wrote is sent: the method and the language it has. The text is
/// all that is kept of an invitation until it leaves.
pub fn sent_as(calendar: &str) -> (&str, Lang) {
    // What somebody typed never begins a line of its own.
    let after = |start: &str| calendar.lines().find_map(|line| line.strip_prefix(start));
    let lang = after(SUMMARY_IN).and_then(|rest| Lang::from_code(rest.split(':').next()?));
    (after(METHOD).unwrap_or("PUBLISH"), lang.unwrap_or_default())
}

/// What a calendar file is called where it is saved; only letters that every system knows.
pub fn file_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "afspraak.ics",
        Lang::Fy => "ofspraak.ics",
        Lang::En => "appointment.ics",
    }
}

const METHOD: &str = "METHOD:";
const SUMMARY_IN: &str = "SUMMARY;LANGUAGE=";

/// The lines of a file, each folded and ended as the standard has it.
struct Lines {
    out: String,
}

impl Lines {
    fn begin(method: &str) -> Lines {
        let mut lines = Lines { out: String::with_capacity(FILE_OCTETS) };
        lines.line("BEGIN:VCALENDAR");
        lines.line("VERSION:2.0");
        lines.line("PRODID:-//Belofte//Belofte//NL");
        lines.line("CALSCALE:GREGORIAN");
        lines.line(&format!("{METHOD}{method}"));
        lines
    }

    fn end(mut self) -> String {
        self.line("END:VCALENDAR");
        self.out
    }

    fn clock(&mut self, clock: &Clock) {
        clock.lines().iter().for_each(|line| self.line(line));
    }

    /// The event but for its end: who writes an invitation goes on.
    fn event(&mut self, clock: &Clock, stamp: Timestamp, it: &FeedEvent<'_>, lang: Option<Lang>) {
        self.line("BEGIN:VEVENT");
        self.text("UID", it.uid);
        self.line(&format!("SEQUENCE:{}", it.sequence));
        self.line(&format!("DTSTAMP:{}", clock::in_utc(stamp)));
        self.line(&format!("LAST-MODIFIED:{}", clock::in_utc(it.changed)));
        let [from, to] = clock.moments([it.from, it.to]);
        self.line(&format!("DTSTART{from}"));
        self.line(&format!("DTEND{to}"));
        match lang {
            Some(lang) => self.text(&format!("{SUMMARY_IN}{lang}"), it.summary),
            None => self.text("SUMMARY", it.summary),
        }
        for (name, value) in [("DESCRIPTION", it.description), ("LOCATION", it.location)] {
            if !value.is_empty() {
                self.text(name, value);
            }
        }
        if !it.link.is_empty() {
            self.line(&format!("URL:{}", it.link));
        }
        self.line("TRANSP:OPAQUE");
        self.line(match it.method {
            Method::Request => "STATUS:CONFIRMED",
            Method::Cancel => "STATUS:CANCELLED",
        });
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }

    /// One line of content. Folding never cuts a character; whatever it holds stays one line.
    fn line(&mut self, content: &str) {
        let is_plain = |byte: u8| byte == b'\t' || (b' '..=b'~').contains(&byte);
        if content.len() <= LINE_OCTETS_MAX && content.bytes().all(is_plain) {
            self.out.push_str(content);
            self.out.push_str("\r\n");
            return;
        }
        let mut octets = 0;
        for c in content.chars().filter(|c| !c.is_control() || *c == '\t') {
            if octets + c.len_utf8() > LINE_OCTETS_MAX {
                self.out.push_str("\r\n ");
                octets = 1;
            }
            self.out.push(c);
            octets += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }
}

/// A text as the value of a property (RFC 5545, 3.3.11). What programs may take for the end of a
/// line becomes one that they all read as that.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push_str("\\n");
            }
            c => out.push(c),
        }
    }
    out
}

/// Somebody as parameter and value: `CN="Jan Voorbeeld":mailto:jan@example.nl`.
fn person((name, mail): (&str, &str)) -> String {
    // A quotation mark can not stand between quotation marks (RFC 5545, 3.2).
    let name: String = name
        .chars()
        .map(|c| if c == '"' { '\'' } else { c })
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    format!("CN=\"{}\":mailto:{}", name.trim(), in_address(mail))
}

/// An address as a `mailto:` has it (RFC 6068, 2).
fn in_address(mail: &str) -> String {
    let mut out = String::with_capacity(mail.len());
    for byte in mail.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'\'' | b'*' | b'+' | b'@' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
