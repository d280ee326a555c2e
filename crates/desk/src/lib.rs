//! The verbs of the contact centre: each is one function and one transaction.
//!
//! A verb reads the situation, lets `promises` decide, and writes all of the decision together.
//! [`Desk`] runs the verbs on the ledger's threads and hands fresh letters to the postman after
//! the commit.

mod accounts;
mod address;
mod answered;
mod attempts;
mod carry_out;
mod clocks;
mod conversation;
mod desk;
mod disruptions;
mod doors;
mod employees;
mod enclosures;
mod files;
mod forms;
mod handling;
mod house;
mod intake;
mod limits;
mod locks;
mod log;
mod mailboxes;
mod may_mail;
mod opened;
mod outbox;
mod own_letter;
mod quality;
mod recall;
mod redate;
mod registered;
mod replies;
mod reports;
mod results;
mod rights;
mod search;
mod second_step;
mod standard_texts;
mod tags;
mod targets;
mod teams;
mod together;
mod views;
mod watch;
mod workspace;
mod write_letter;

pub use accounts::{Admitted, Agent, Knock, Session, SignInError, admit, change_password};
pub use accounts::{close_account, hash_password, open_account, works_with_residents};
pub use accounts::{end_sessions, is_password, knock, sessions, sign_in, sign_out};
pub use address::is_address;
pub use clocks::{did, happened, set_aside};
pub use desk::{Chance, Clock, Desk, Post};
pub use disruptions::{DisruptionFault, disruption, disruption_faults, disruptions};
pub use disruptions::{end_disruption, publish_disruption, published_disruptions};
pub use doors::{Counted, Doors, Way};
pub use employees::{Invitation, Known, accept_invitation, change_employee, dismiss, employ};
pub use employees::{invite, invited, lift_second_step};
pub use enclosures::{NewFile, StoredFile, enclose, remove_enclosure};
pub use files::{FileKind, Handling, Risk, safe_name};
pub use forms::{may_come, receive_form, reply_online};
pub use handling::{Hands, assign, close, correct_class, hand_over, note, reopen};
pub use house::{House, Token};
pub use intake::{Arrival, Receipt, Thread, Took, receive};
pub use limits::*;
pub use locks::{locked_by_other, take_over};
pub use log::{LogLine, LogPart, exported, log, saw, searched, see};
pub use mailboxes::{MailboxHealth, Place, REASON_BROKE_OFF, REASON_DELETED, REASON_GONE};
pub use mailboxes::{REASON_TOO_LARGE, hold_mailbox, mail_failed, mail_gone, mailbox_health};
pub use mailboxes::{numbered_mailbox, receive_from, refuse_mail, release_mailbox, retry_mail};
pub use may_mail::{block_address, unblock_address};
pub use opened::{Formatted, Opener, Packed, Picture};
pub use outbox::{
    Sendable, delayed, failed, hold, lease, lease_end, sendable, sent, sent_but_copies, take_back,
};
pub use own_letter::{LetterFault, LetterName, LetterWords, Part as LetterPart, Preview};
pub use own_letter::{built_in, letter_words, set_letter_words, try_letter};
pub use quality::{Month, Opinions, Sampled, last_answer, opinions, rate, review, sample};
pub use recall::{Part, draft, keep_draft, recall};
pub use redate::redate;
pub use registered::{join_by_hand, register};
pub use replies::{Reply, acknowledge, answer, say_when};
pub use reports::{PhotoFault, check_photos, similar_reports};
pub use results::{MonthResult, NormResult, keep_months, results, tally};
pub use rights::may_settle;
pub use rights::{
    Administer, Anyone, Audit, Edit, Lead, Publish, RIGHTS, Right, Role, Roles, Work,
};
pub use search::{Findable, find, findable, make_findable};
pub use second_step::{RECOVERY_RANDOM, is_half_way, renew_recovery_codes, session_name};
pub use second_step::{StepSecret, begin_second_step, end_second_step, make_second_step};
pub use standard_texts::{TEXT_VARIABLES, TextFault, fill_text, keep_text, remove_text};
pub use standard_texts::{set_signature, signature, text, texts};
pub use tags::{is_tag_name, tag, tags, untag};
pub use targets::{NormTarget, targets};
pub use teams::{Mentioned, keep_team, mentions, team_work};
pub use together::{alike, link, merge, split};
pub use views::{Item, ItemEvent, WorkCounts, contact_by_number, follow, item, near, work_counts};
pub use watch::watch;
pub use workspace::{away, hand_over_all, keep_view, others_at};
pub use workspace::{remove_absence, set_absence, sleep};

pub use carry_out::Done;
pub use ledger::access::OpenSession;
pub use ledger::attachments::{Attachment, Scan};
pub use ledger::blobs::{BlobId, Blobs};
pub use ledger::blocked::Blocked;
pub use ledger::contacts::{Contact, Message, Source};
pub use ledger::disruptions::{ContactWay, Disruption};
pub use ledger::drafts::Draft;
pub use ledger::enclosures::Enclosure;
pub use ledger::letters::{Letter, Standing};
pub use ledger::locks::Lock;
pub use ledger::log::Sort as LogSort;
pub use ledger::mailboxes::{Mailbox, MailboxMail, Outcome as MailOutcome};
pub use ledger::people::Employee;
pub use ledger::places::Spot;
pub use ledger::quality::{Helped, Opinion, Review};
pub use ledger::results::Tally;
pub use ledger::tags::Tag;
pub use ledger::teams::Team;
pub use ledger::texts::{Signature, StandardText};
pub use ledger::work::{InHands, Line, Quiet, Sift, Whose};
pub use ledger::workspace::{Absence, Other, SavedView};
pub use ledger::{Stop, StorageError, Tx};
