//! Every limit of the desk, with its unit.

/// The longest text of a resident or an employee that is stored, in bytes; more is cut or refused.
pub const TEXT_BYTES_MAX: usize = 200_000;
/// The longest one-line text (subject, name, address), in characters.
pub const LINE_CHARS_MAX: usize = 300;
/// Lines of the work list on one page.
pub const PAGE_LINES: u32 = 50;
/// Counts in the tabs stop here: "999+".
pub const COUNT_MAX: u32 = 1_000;
/// Letters handed to the postman at a time.
pub const LETTERS_AT_ONCE: u32 = 64;
/// How long a process has to hand a letter over before another may try, in seconds.
pub const LETTER_LEASE_SECONDS: i64 = 120;
/// How often a letter is tried before it is given up; with the waits below some four days.
pub const LETTER_TRIES_MAX: u32 = 40;
/// The first wait after a failed try, in seconds; it doubles every time.
pub const LETTER_WAIT_SECONDS_MIN: i64 = 5;
/// The longest wait between two tries, in seconds.
pub const LETTER_WAIT_SECONDS_MAX: i64 = 3 * 3600;
/// How long a session lasts, in hours.
pub const SESSION_HOURS: i64 = 10;
/// Wrong passwords for one login, or from one address, within the window below before it waits.
pub const SIGN_IN_TRIES_MAX: u32 = 10;
/// The window in which wrong passwords are counted, in minutes.
pub const SIGN_IN_WINDOW_MINUTES: i64 = 15;
/// How long somebody may take for the second step, in minutes.
pub const SECOND_STEP_MINUTES: i64 = 10;
/// Random bytes of the secret of a second step (RFC 4226 asks for 20).
pub const SECOND_STEP_BYTES: usize = 20;
/// Codes for when the second step is lost.
pub const RECOVERY_CODES: usize = 10;
/// How long a link by which somebody chooses a password lasts, in days.
pub const INVITATION_DAYS: i64 = 7;
/// What is kept of how a browser calls itself, in characters.
pub const DEVICE_CHARS_MAX: usize = 200;
/// The shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// The longest password, in bytes: hashing is work.
pub const PASSWORD_BYTES_MAX: usize = 1_000;
/// Automatic mails to one address: (how many, within how many minutes). INTAKE 48.
pub const AUTOMATIC_MAILS: [(u32, i64); 3] = [(3, 10), (10, 180), (40, 1_440)];
/// Automatic mails about mails that may belong to one contact: (how many, within how many minutes).
/// A program that answers our letters from ever new addresses stops here. INTAKE 50.
pub const ANSWERS_OF_THREAD: [(u32, i64); 2] = [(3, 180), (5, 1_440)];
/// Automatic mails to one domain about mails that answer something and join nothing: (how many,
/// within how many minutes). INTAKE 50.
pub const ANSWERS_OF_DOMAIN: [(u32, i64); 3] = [(20, 10), (60, 180), (200, 1_440)];
/// Contacts followed back in a chain in which each may belong to the one before.
pub const RELATED_MAX: u32 = 20;
/// How long an address gets no automatic mail after a letter to it came back for good, in days.
/// INTAKE 46.
pub const UNDELIVERABLE_DAYS: i64 = 60;
/// Failed letters to one address that are looked at.
pub const FAILURES_MAX: u32 = 20;
/// How long after its closing an answer opens a contact again, in days; later answers are contacts
/// of their own beside it. INTAKE 28.
pub const REOPEN_DAYS: i64 = 365;
/// How often a resident can renew the link of one contact, within how many minutes: a link that is
/// renewed again and again keeps its resident out.
pub const LINKS_RENEWED: [(u32, i64); 1] = [(3, 24 * 60)];
/// Contact forms from one network address: (how many, within how many minutes).
pub const FORMS: [(u32, i64); 2] = [(5, 1), (60, 60)];
/// How long a form of the site can be sent after it was asked for, in hours.
pub const FORM_HOURS_MAX: i64 = 24;
/// Forms with files from one network address: (how many, within how many minutes).
pub const FORMS_WITH_FILES: [(u32, i64); 2] = [(5, 10), (20, 60)];
/// How long a token of a supplier lasts at most, in days.
pub const API_TOKEN_DAYS_MAX: i64 = 366;
/// Tokens that last, at the same time.
pub const API_TOKENS_MAX: usize = 100;
/// Tokens that are listed, those that are over among them.
pub const API_TOKENS_LISTED: u32 = 500;
/// Requests with one token in one minute, over all processes.
pub const API_REQUESTS_MAX: u32 = 600;
/// Requests in a minute with a token that tells of telephone calls.
pub const API_CALL_REQUESTS_MAX: u32 = 6_000;
/// Requests that a process takes of those at a time; the first divides by it.
pub const API_REQUESTS_AT_ONCE: u32 = 60;
/// How long an answer is kept for who asks the same again, in hours.
pub const API_ANSWER_HOURS: i64 = 24;
/// The longest key under which a supplier asks something once, in characters.
pub const API_KEY_CHARS_MAX: usize = 100;
/// Rows on one page of a list for suppliers.
pub const API_PAGE_MAX: u32 = 200;
/// The same, when who asks does not say.
pub const API_PAGE: u32 = 50;
/// How long attempts are remembered, in hours; no window above is longer.
pub const ATTEMPTS_HOURS: i64 = 24;
/// Contacts that get a date anew in one transaction.
pub const REDATE_AT_ONCE: u32 = 200;
/// Contacts looked at by one round of the watch.
pub const WATCH_AT_ONCE: u32 = 500;
/// Earlier contacts shown beside a contact.
pub const EARLIER_CONTACTS_MAX: u32 = 10;
/// Ids tried when the thread of a mail is looked for.
pub const THREAD_IDS_MAX: usize = 100;
/// Mails that a mail names and that may still come after it, of which the likeliest are remembered:
/// who writes on before the first mail is here has sent a few, and not a hundred.
pub const AWAITED_IDS_MAX: usize = 10;
/// How long a mail that was named before it came is waited for, in days: mail servers try for four
/// to five days (RFC 5321, 4.5.4.1), and who reads their mailbox may be down for a weekend.
pub const AWAITED_DAYS: i64 = 7;
/// Most of what a resident wrote that is repeated below an answer, in bytes.
pub const QUOTE_BYTES_MAX: usize = 8_000;
/// Standard texts of a municipality.
pub const TEXTS_MAX: u32 = 500;
/// What stands below an answer beside name and department, in characters.
pub const SIGNATURE_CHARS_MAX: usize = 1_000;
/// People who get a copy of an answer.
pub const COPIES_MAX: usize = 10;
/// Files that go along with one answer.
pub const ENCLOSURES_MAX: usize = 20;
/// The size of those together, in bytes: a mail of some 20 MB, which most mail servers take.
pub const ENCLOSURES_BYTES_MAX: usize = 15 * 1024 * 1024;
/// How soon the same file again is one that was sent twice by accident, in seconds.
pub const SAME_FILE_SECONDS: i64 = 60;
/// The longest name of a file that comes in or goes along, in characters.
pub const FILE_NAME_CHARS_MAX: usize = 120;
/// Views of the work list that an employee keeps, those of everybody among them.
pub const SAVED_VIEWS_MAX: usize = 50;
/// The longest address of a kept view, in bytes.
pub const VIEW_BYTES_MAX: usize = 200;
/// How long after the last sign of it a colleague has a contact on the screen, in seconds.
pub const PRESENCE_SECONDS: i64 = 25;
/// How long after typing a colleague is writing, in seconds.
pub const TYPING_SECONDS: i64 = 120;
/// How long after typing a contact stays with who was writing, in minutes.
pub const LOCK_MINUTES: i64 = 15;
/// For how long it is not written down again that an employee sees the same thing, in minutes.
pub const SEEN_MINUTES: i64 = 15;
/// Lines of the log on one page.
pub const LOG_LINES: u32 = 100;
/// The most lines of the log that are taken out at once.
pub const LOG_EXPORT_LINES_MAX: u32 = 50_000;
/// The longest name of a tag, in characters.
pub const TAG_CHARS_MAX: usize = 40;
/// Tags on one contact.
pub const TAGS_OF_CONTACT_MAX: usize = 20;
/// Tags of one municipality.
pub const TAGS_MAX: u32 = 500;
/// Contacts that change hands in one transaction, when somebody is away.
pub const HANDED_OVER_MAX: u32 = 25;
/// Words of one note that are looked at for the login of a colleague.
pub const MENTIONS_MAX: usize = 20;
/// Teams of one municipality.
pub const TEAMS_MAX: usize = 200;
/// What a resident adds to whether an answer helped, in characters.
pub const OPINION_CHARS_MAX: usize = 1_000;
/// What residents added to their opinions, of one month.
pub const OPINIONS_MAX: u32 = 100;
/// Answers that a colleague looks at in a month.
pub const SAMPLE: usize = 10;
/// Visits to and from the provider of the municipality from one network address, in the window of
/// wrong passwords: an office that comes to work behind one address stays below it.
pub const SIGN_ON_VISITS_MAX: u32 = 300;
/// Passkeys of one employee.
pub const PASSKEYS_MAX: usize = 10;
/// How long the challenge for a passkey may take to come back, in minutes.
pub const CHALLENGE_MINUTES: i64 = 5;
/// Facts that are drawn for one of those.
pub const SAMPLE_TRIES: u64 = 30;
/// Lines of a list that is taken out.
pub const EXPORT_LINES_MAX: u32 = 10_000;
/// Reports like one that is about to be sent that are pointed at.
pub const SIMILAR_MAX: usize = 5;
/// Reports at each street that are looked at for those, the newest first.
pub const SIMILAR_LOOKED_AT: u32 = 50;
/// Photos that come with a report.
pub const PHOTOS_MAX: usize = 5;
/// The size of those together, in bytes: what a telephone makes of five.
pub const PHOTOS_BYTES_MAX: usize = 25 * 1024 * 1024;
/// Contacts of the same person that are pointed at when one is registered.
pub const ALIKE_MAX: u32 = 5;
/// Ids kept in the References of a letter.
pub const REFERENCES_MAX: usize = 20;
/// A mail of more bytes stands in the store instead of its row: a row is written twice (log and
/// table) and is part of every copy of the database, a file once.
pub const RAW_ROW_BYTES_MAX: usize = 256 * 1024;
/// Facts followed at a time by what contacts are found by: some hundreds of contacts. Each time is
/// a part of the index that is merged with others later.
pub const SEARCH_FACTS_AT_ONCE: u32 = 1_000;
/// Attachments the scanner is asked about in one round.
pub const SCANS_AT_ONCE: u32 = 100;
/// How long a process has a mailbox to itself before another may read it, in seconds.
pub const MAILBOX_LEASE_SECONDS: i64 = 120;
/// How often a mail in a mailbox is tried before it is set aside.
pub const MAIL_TRIES_MAX: u32 = 5;
/// The waits between those tries, in seconds: some twenty minutes in all.
pub const MAIL_WAIT_SECONDS: [i64; 4] = [10, 60, 300, 900];
/// The longest text of a disruption, in characters.
pub const DISRUPTION_CHARS_MAX: usize = 500;
/// How far from now a disruption may begin or be expected to end, in days.
pub const DISRUPTION_DAYS_MAX: i64 = 366;
/// Disruptions that are not over, at the same time.
pub const DISRUPTIONS_OPEN_MAX: u32 = 10;
/// Disruptions on a list or in the feed; those that are not over come first.
pub const DISRUPTIONS_LISTED: u32 = 50;
/// How long bytes in the store stay that nothing needs, in hours: longer than any transaction that
/// could come to need them.
pub const LOOSE_HOURS: i64 = 24;
/// Of those, how many go at a time.
pub const LOOSE_AT_ONCE: u32 = 100;
/// Contacts on one list of what is destroyed, so that approving it is a short transaction; more
/// wait for the list of the next month.
pub const DESTROY_MAX: u32 = 5_000;
/// Of those, how many are erased in one transaction.
pub const DESTROY_AT_ONCE: u32 = 20;
/// Lists that are shown.
pub const DESTRUCTIONS_LISTED: u32 = 120;
/// Contacts that are shown as kept past their term.
pub const KEPT_LISTED: u32 = 1_000;
/// How far away the day may be until which something is kept past its term.
pub const KEPT_DAYS_MAX: i64 = 3_660;
/// Contacts of one person that are shown, given and erased together.
pub const PERSON_CONTACTS_MAX: u32 = 500;
/// How long a time at the counter is kept free while somebody says who they are, in minutes.
pub const HOLD_MINUTES: i64 = 10;
/// Times that are kept free for one network address: (how many, within how many minutes).
pub const HOLDS: [(u32, i64); 2] = [(10, 5), (60, 60)];
/// For how long the limits of network addresses count at most, in minutes.
pub const NETWORK_MINUTES: i64 = 60;
/// Network addresses of which is remembered what came from them, each kind of thing apart; of as
/// many before those, too.
pub const NETWORKS_MAX: usize = 20_000;
/// How long a hold that came to nothing stays, so that who was slow can still book it, in hours.
pub const HOLDS_KEPT_HOURS: i64 = 24;
/// Appointments to come that one address may have; employees may make more.
pub const VISITS_OF_ADDRESS: u32 = 4;
/// Free times that are named when one is gone.
pub const ALTERNATIVES: usize = 3;
/// How many days before and after one that is gone free times are looked for.
pub const NEAR_DAYS: i64 = 7;
/// Days of which what is taken is read at a time.
pub const OFFER_DAYS_AT_ONCE: i64 = 7;
/// The most visits of one day that are listed.
pub const VISITS_OF_DAY: u32 = 2_000;
/// How long a call stays on the screen of the waiting room, in minutes.
pub const SCREEN_MINUTES: i64 = 15;
/// The most calls on that screen at a time.
pub const SCREEN_CALLS: usize = 6;
/// Visits that are looked after in one round.
pub const VISITS_AT_ONCE: u32 = 100;
/// From which hour of the day before residents are reminded, and of each day it is looked at how
/// far ahead the first free time is.
pub const REMIND_HOUR: i8 = 9;
/// The most days that figures of the counter are about.
pub const FIGURES_DAYS_MAX: i64 = 366;
/// The most days that a report is about.
pub const REPORT_DAYS_MAX: i64 = 366;
/// The most contacts of which is said how their promises differ from what the facts tell.
pub const DIFFERENT_CONTACTS_MAX: usize = 20;
/// The most visits that figures of the counter are about.
pub const FIGURES_VISITS_MAX: u32 = 100_000;
/// The most closings that are read at once.
pub const COUNTER_BLOCKS_MAX: u32 = 10_000;
/// How long a desk can be closed at a time, in days.
pub const COUNTER_CLOSED_DAYS_MAX: i64 = 366;
/// So many days back the calendar of a desk shows appointments.
pub const FEED_DAYS_BACK: i64 = 31;
/// So many days ahead it shows them.
pub const FEED_DAYS_AHEAD: i64 = 183;
/// How many appointments stand in the calendar of a desk; the last ones are left out.
pub const FEED_VISITS_MAX: u32 = 5_000;
/// How often calendars of desks are read from one network address in a minute.
pub const FEED_READS_MAX: u32 = 60;
/// Subscriptions of other programs that are not over.
pub const WEBHOOKS_MAX: usize = 50;
/// Subscriptions that are shown.
pub const WEBHOOKS_LISTED: u32 = 200;
/// Subscriptions that are taken into hands at a time.
pub const WEBHOOKS_AT_ONCE: u32 = 20;
/// The longest address of a receiver, and the longest token that it wants to be shown, in bytes.
pub const WEBHOOK_ADDRESS_MAX: usize = 1_000;
/// Facts that are read at a time for one subscription.
pub const WEBHOOK_FACTS_AT_ONCE: u32 = 500;
/// Of those, how many are sent before it is looked again.
pub const WEBHOOK_EVENTS_AT_ONCE: usize = 50;
/// Facts that are looked through to count what waits.
pub const WEBHOOK_COUNTED: u32 = 1_000;
/// How long a process has for one event before another may send it, in seconds: longer than a
/// receiver may take to answer.
pub const WEBHOOK_LEASE_SECONDS: i64 = 60;
/// How long a receiver may take to answer, in seconds.
pub const WEBHOOK_ANSWER_SECONDS: u64 = 15;
/// The first wait after a try in vain, in seconds; it doubles every time.
pub const WEBHOOK_WAIT_SECONDS_MIN: i64 = 5;
/// The longest wait between two tries, in seconds.
pub const WEBHOOK_WAIT_SECONDS_MAX: i64 = 3_600;
/// How long a receiver may fail before nothing is sent any more, in days.
pub const WEBHOOK_FAIL_DAYS: i64 = 3;
/// The most events in a minute that a receiver can ask for; one that takes more is sent all.
pub const WEBHOOK_RATE_MAX: u32 = 60;
/// Residents who wait for a call that are listed.
pub const CALLS_MAX: u32 = 1_000;
/// Moments that somebody who asks for a call can choose from.
pub const CALL_MOMENTS_MAX: usize = 12;
/// Calls that are reminded of in one round.
pub const CALLS_REMINDED_MAX: u32 = 100;
/// How long before the telephone closes who leads is reminded of the calls of that day, in hours.
pub const LEAD_REMINDED_HOURS: i64 = 2;
/// The most questions that a team wants asked, and the longest of them.
pub const TEAM_QUESTIONS_MAX: usize = 10;
/// The longest name of an exchange, a call and an event, in characters.
pub const CALL_NAME_CHARS_MAX: usize = 200;
/// How long nobody else gets a caller whom an employee's line takes, in seconds.
pub const TAKE_SECONDS: i64 = 15;
/// A call that ended at most so many minutes ago is still the one an employee writes down.
pub const CALL_WRITTEN_MINUTES: i64 = 30;
/// After so many hours a call of which nothing is heard is over.
pub const CALL_HOURS_MAX: i64 = 6;
/// So many days it is kept who called; what came of the call stays with the contact.
pub const CALL_NUMBER_DAYS: i64 = 28;
/// The most calls at a time that are looked at.
pub const CALLS_AT_ONCE_MAX: u32 = 2_000;
/// From the answers of so many minutes the wait is foreseen.
pub const ANSWERS_LATELY_MINUTES: i64 = 30;
/// The most contacts of a caller that are shown.
pub const CALLER_CONTACTS_MAX: u32 = 8;
/// The most calls that figures of the telephone are about.
pub const PHONE_FIGURES_CALLS_MAX: u32 = 200_000;
