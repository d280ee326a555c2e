//! Why a mailbox can not be read: a code that the pages have words for, and what the server said.

use async_imap::error::Error;

/// The longest part of a server's words that is kept, in letters.
const DETAIL_LETTERS_MAX: usize = 200;

/// What stands in the way of reading a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The server can not be reached.
    Unreachable,
    /// No protected connection comes about.
    Tls,
    /// The server greets in another way than a mail server does.
    Greeting,
    /// The server does not let us in with this name and password, or this token.
    Login,
    /// There is no token to show to the server.
    Token,
    /// The folder can not be opened.
    Folder,
    /// The server refuses a command that it should know.
    Refused,
    /// The connection broke.
    Lost,
    /// The server says nothing any more.
    Silent,
    /// What the server says can not be understood.
    Unreadable,
    /// Our own database can not take anything.
    Storage,
}

impl Kind {
    /// The code by which it is stored, and under which the pages have words for it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Kind::Unreachable => "unreachable",
            Kind::Tls => "tls",
            Kind::Greeting => "greeting",
            Kind::Login => "login",
            Kind::Token => "token",
            Kind::Folder => "folder",
            Kind::Refused => "refused",
            Kind::Lost => "lost",
            Kind::Silent => "silent",
            Kind::Unreadable => "unreadable",
            Kind::Storage => "storage",
        }
    }
}

/// Trouble with a mailbox. Holds no part of any mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) kind: Kind,
    /// What the server or this machine said.
    pub(super) detail: String,
}

impl Trouble {
    pub(super) fn new(kind: Kind, detail: &str) -> Trouble {
        let plain = detail.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        Trouble { kind, detail: plain.take(DETAIL_LETTERS_MAX).collect() }
    }

    pub(super) fn bare(kind: Kind) -> Trouble {
        Trouble { kind, detail: String::new() }
    }

    /// What an error of the protocol means. Its words are not kept when it could quote a mail: an
    /// answer that is not understood is quoted whole.
    pub(super) fn of(error: &Error, refused: Kind) -> Trouble {
        match error {
            Error::No(said) | Error::Bad(said) => Trouble::new(refused, said),
            Error::ConnectionLost => Trouble::bare(Kind::Lost),
            Error::Io(error) => Trouble::of_io(error),
            _ => Trouble::bare(Kind::Unreadable),
        }
    }

    /// What an error of the connection means.
    pub(super) fn of_io(error: &std::io::Error) -> Trouble {
        match error.kind() {
            std::io::ErrorKind::Other => Trouble::bare(Kind::Unreadable),
            kind => Trouble::new(Kind::Lost, &kind.to_string()),
        }
    }
}
