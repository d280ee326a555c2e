//! The words by which machines are known when no header tells: collected from what mail systems,
//! absence assistants and newsletters write, in the languages that reach a Dutch municipality. All
//! in lower case. A phrase alone decides nothing; the rules count them.

use std::sync::LazyLock;

/// Phrases of a text file: one a line, `#` starts a remark.
fn lines(file: &'static str) -> Vec<&'static str> {
    file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)+) => {
        $($(#[$doc])*
        pub(crate) static $name: LazyLock<Vec<&'static str>> =
            LazyLock::new(|| lines(include_str!(concat!("phrases/", $file, ".txt"))));)+
    };
}

phrases! {
    /// Display names of mail systems.
    SYSTEM_NAMES = "system-names";
    /// Subjects under which mail systems report, at the start of the subject.
    BOUNCE_SUBJECTS = "bounce-subjects";
    /// Sentences of mail systems about a message that did not arrive.
    BOUNCE_TEXTS = "bounce-texts";
    /// Labels at the start of the subject that assistants put there.
    AUTO_SUBJECTS = "auto-subjects";
    /// An opening that says the writer is away.
    ABSENCE = "absence";
    /// What goes with an absence: who to turn to, when the writer is back.
    ABSENCE_MORE = "absence-details";
    /// Sentences by which a text says that a machine sent it.
    AUTOMATIC = "automatic";
    /// Sentences by which an organisation confirms that something arrived.
    RECEIPT = "receipts";
    /// Sentences of challenge-response systems.
    CHALLENGE = "challenges";
    /// Words of newsletters.
    NEWSLETTER = "newsletters";
    /// Thanks for a message, as what answers it begins.
    THANKS = "thanks";
    /// What an organisation says will happen with a message.
    HANDLING = "handling";
    /// Beginnings of sentences in which a machine says that it sent them.
    MACHINE_SENTENCES = "machine-sentences";
    /// First words of reports about a message that did not arrive.
    REPORT_OPENINGS = "report-openings";
    /// Labels by which a writer says that nothing is asked.
    FYI = "for-information";
    /// Words that ask something, so that a label is not the whole message.
    REQUEST = "requests";
}

/// Local parts of mail systems: senders and addresses that are nobody.
const SYSTEM_LOCALS: &[&str] = &[
    "mailer-daemon",
    "mailerdaemon",
    "mailer_daemon",
    "mdaemon",
    "postmaster",
    "mail-daemon",
    "mailer",
    "daemon",
    "mailsystem",
    "mail-system",
    "bouncehandler",
    "post_master",
    "post-master",
    "mailadmin",
];

/// Starts of local parts of mail systems: `MicrosoftExchange329e71ec…@`, `mailer-daemon-7@`.
const SYSTEM_STARTS: &[&str] =
    &["mailer-daemon", "mailerdaemon", "mailer_daemon", "postmaster", "microsoftexchange"];

/// Local parts of addresses nobody reads, after their separators are taken out.
const UNREAD_LOCALS: &[&str] = &[
    "noreply",
    "donotreply",
    "dontreply",
    "notreply",
    "noreplies",
    "noresponse",
    "nietbeantwoorden",
    "nietantwoorden",
    "nietreageren",
    "geenantwoord",
    "geenreactie",
    "keineantwort",
    "nichtantworten",
    "nepasrepondre",
    "noresponder",
    "nãoresponder",
    "nonrispondere",
    "autoreply",
    "autoresponder",
    "autorespond",
    "autoconfirm",
    "unattended",
    "automailer",
    "donotrespond",
    "mailbot",
];

/// Local parts that stand for a role behind which a machine or a technician sits, matched whole.
const ROLE_LOCALS: &[&str] = &[
    "root",
    "abuse",
    "nobody",
    "cron",
    "www-data",
    "apache",
    "listserv",
    "majordomo",
    "listproc",
    "mailman",
    "sympa",
    "uucp",
    "noc-bot",
    "nagios",
    "zabbix",
];

/// Local parts of programs and devices that send mail, matched whole.
pub(crate) const MACHINE_LOCALS: &[&str] = &[
    "automail",
    "auto-mail",
    "autobericht",
    "notification",
    "notifications",
    "notificatie",
    "notificaties",
    "notify",
    "calendar-notification",
    "alert",
    "alerts",
    "quarantine",
    "wordpress",
    "scan",
    "scanner",
    "scans",
    "copier",
    "kopieermachine",
    "printer",
    "mfp",
    "monitor",
    "monitoring",
    "icinga",
    "backup",
    "backups",
    "syslog",
    "jenkins",
    "gitlab",
    "jira",
    "bugzilla",
    "redmine",
];

/// The name by which an address is a mail system's, if it is.
pub(crate) fn system_local(local: &str) -> Option<&'static str> {
    let exact = SYSTEM_LOCALS.iter().find(|name| local == **name);
    let start = || SYSTEM_STARTS.iter().find(|name| local.starts_with(**name));
    exact.or_else(start).copied()
}

/// The name by which nobody reads an address, if so: `no-reply`, `noreply+7@`, `bounces-12@`.
pub(crate) fn unread_local(local: &str) -> Option<&'static str> {
    let bare: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
    let bounce = ["bounce", "bounces"].into_iter().find(|name| {
        let rest = local.strip_prefix(name);
        rest.is_some_and(|r| r.is_empty() || r.starts_with(['+', '-', '.', '_', '=']))
    });
    bounce.or_else(|| UNREAD_LOCALS.iter().find(|name| bare.contains(**name)).copied())
}

/// The role an address stands for, if it is one of a machine.
pub(crate) fn role_local(local: &str) -> Option<&'static str> {
    let name = local.split('+').next().unwrap_or("");
    ROLE_LOCALS.iter().find(|role| name == **role).copied()
}

/// Words of a delay: the mail system still tries.
pub(crate) const DELAYED: &[&str] = &[
    "will keep trying",
    "still being retried",
    "will be retried",
    "has been delayed",
    "delivery delayed",
    "do not need to resend",
    "warning message only",
    "no action is required on your part",
    "delivery attempts will continue",
    "vertraagd",
    "wird weiter versucht",
    "a été retardé",
];

/// Status by phrase, for reports without a code (RFC 3463).
pub(crate) const STATUS: &[(&str, &str)] = &[
    ("mailbox full", "5.2.2"),
    ("mailbox is full", "5.2.2"),
    ("over quota", "5.2.2"),
    ("quota exceeded", "5.2.2"),
    ("exceeded its storage", "5.2.2"),
    ("postvak is vol", "5.2.2"),
    ("postfach voll", "5.2.2"),
    ("boîte pleine", "5.2.2"),
    ("user unknown", "5.1.1"),
    ("unknown user", "5.1.1"),
    ("no such user", "5.1.1"),
    ("unknown recipient", "5.1.1"),
    ("user not found", "5.1.1"),
    ("mailbox not found", "5.1.1"),
    ("recipient not found", "5.1.1"),
    ("not listed in", "5.1.1"),
    ("does not exist", "5.1.1"),
    ("doesn't have a", "5.1.1"),
    ("onbekende gebruiker", "5.1.1"),
    ("adres niet gevonden", "5.1.1"),
    ("host unknown", "5.1.2"),
    ("domain name not found", "5.1.2"),
    ("unrouteable", "5.1.2"),
    ("unroutable", "5.1.2"),
    ("message size", "5.3.4"),
    ("too large", "5.3.4"),
    ("spam", "5.7.1"),
    ("blocked", "5.7.1"),
];

/// Local parts under which newsletters and notifications are sent.
pub(crate) const BULK_LOCALS: &[&str] = &[
    "newsletter",
    "newsletters",
    "nieuwsbrief",
    "nieuwsbrieven",
    "nijsbrief",
    "mailing",
    "mailings",
    "marketing",
    "news",
    "updates",
    "promo",
    "promotions",
    "promotie",
    "aanbiedingen",
    "digest",
    "notification",
    "notifications",
    "notify",
    "alert",
    "alerts",
    "mailinglist",
    "campaign",
    "campagne",
    "deals",
    "offers",
    "announce",
    "announcements",
    "mailer",
    "emailer",
    "e-news",
    "enews",
    "nachrichten",
    "lettre",
];

/// Words of an invoice.
pub(crate) const INVOICE: &[&str] = &[
    "factuur",
    "facturen",
    "invoice",
    "rechnung",
    "facture",
    "faktuer",
    "creditnota",
    "creditfactuur",
    "nota",
    "betalingsherinnering",
    "aanmaning",
    "rekening",
    "ubl",
    "peppol",
];

/// Openings of Dutch and Frisian letters; a mail system never greets so.
pub(crate) const GREETING: &[&str] = &[
    "beste",
    "geachte",
    "hoi",
    "goedemorgen",
    "goedemiddag",
    "goedenavond",
    "goedendag",
    "dag ",
    "lieve",
    "l.s.",
    "achte",
    "bêste",
    "goeie",
    "hallo gemeente",
    "best ",
];

/// Openings of letters in other languages; some machines use them too.
pub(crate) const GREETING_ABROAD: &[&str] = &[
    "hallo",
    "dear",
    "hi ",
    "hi,",
    "hello",
    "good morning",
    "good afternoon",
    "sehr geehrte",
    "liebe",
    "guten tag",
    "bonjour",
    "madame",
    "monsieur",
    "estimad",
    "hola",
    "gentile",
];
