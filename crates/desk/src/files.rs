//! What a file is by its bytes, whatever its sender says, and what may be done with it.

use ledger::attachments::Scan;

use crate::limits::FILE_NAME_CHARS_MAX;

/// Bytes at the start of a text in which a page is recognised.
const PAGE_BYTES: usize = 1_024;
/// Bytes of a text that are looked at; a program hides no further on.
const TEXT_BYTES: usize = 64 * 1024;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A GIF picture.
    Gif,
    /// A WebP picture.
    Webp,
    /// A PDF document.
    Pdf,
    /// Plain text.
    Text,
    /// A picture of another kind.
    Picture,
    /// A document of an office program, without macros.
    Document,
    /// A document that holds a program: macros.
    Macros,
    /// Several files in one. They are never unpacked here.
    Archive,
    /// A mail.
    Mail,
    /// Sound.
    Sound,
    /// Moving pictures.
    Film,
    /// A web page or a drawing that can hold one: it can run programs in a browser.
    Page,
    /// A program, or something that starts one.
    Program,
    /// Nothing that is known here.
    Unknown,
}

/// What an employee may do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// It may be shown in the browser.
    Show,
    /// It may be saved.
    Save,
    /// It may be saved after a second choice, because it can do harm.
    AskFirst(Risk),
    /// It is never given out: a virus was found in it.
    Never,
}

/// Why a file is not given out at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    /// It is a program.
    Program,
    /// It holds macros.
    Macros,
    /// It is a web page.
    Page,
    /// The scanner has not looked at it yet, or can not.
    NotScanned,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [FileKind; 16] = [
        FileKind::Png,
        FileKind::Jpeg,
        FileKind::Gif,
        FileKind::Webp,
        FileKind::Pdf,
        FileKind::Text,
        FileKind::Picture,
        FileKind::Document,
        FileKind::Macros,
        FileKind::Archive,
        FileKind::Mail,
        FileKind::Sound,
        FileKind::Film,
        FileKind::Page,
        FileKind::Program,
        FileKind::Unknown,
    ];

    /// The stable word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FileKind::Png => "png",
            FileKind::Jpeg => "jpeg",
            FileKind::Gif => "gif",
            FileKind::Webp => "webp",
            FileKind::Pdf => "pdf",
            FileKind::Text => "text",
            FileKind::Picture => "picture",
            FileKind::Document => "document",
            FileKind::Macros => "macros",
            FileKind::Archive => "archive",
            FileKind::Mail => "mail",
            FileKind::Sound => "sound",
            FileKind::Film => "film",
            FileKind::Page => "page",
            FileKind::Program => "program",
            FileKind::Unknown => "unknown",
        }
    }

    /// The kind of a stable word; a word of a newer program is nothing that is known here.
    #[must_use]
    pub fn from_word(word: &str) -> FileKind {
        FileKind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(FileKind::Unknown)
    }

    /// What these bytes are. The name can only make it worse: a program by its name is one.
    #[must_use]
    pub fn of(bytes: &[u8], name: &str) -> FileKind {
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
        let named = |endings: &[&str]| endings.contains(&ending.as_str());
        if named(PROGRAMS) {
            return FileKind::Program;
        }
        match by_bytes(bytes) {
            FileKind::Program => FileKind::Program,
            FileKind::Archive | FileKind::Document if has_macros(bytes) => FileKind::Macros,
            _ if named(MACROS) => FileKind::Macros,
            _ if named(PAGES) => FileKind::Page,
            FileKind::Archive if named(OFFICE) => FileKind::Document,
            FileKind::Text if named(&["eml"]) => FileKind::Mail,
            kind => kind,
        }
    }

    /// The type under which it may be shown; nothing when it may only be saved. The list is
    /// short: kinds that a browser shows without running anything.
    #[must_use]
    pub fn shown_as(self) -> Option<&'static str> {
        match self {
            FileKind::Png => Some("image/png"),
            FileKind::Jpeg => Some("image/jpeg"),
            FileKind::Gif => Some("image/gif"),
            FileKind::Webp => Some("image/webp"),
            FileKind::Pdf => Some("application/pdf"),
            FileKind::Text => Some("text/plain"),
            _ => None,
        }
    }

    /// Whether it is a picture that may stand inside a text.
    #[must_use]
    pub fn is_shown_picture(self) -> bool {
        self.shown_as().is_some_and(|shown| shown.starts_with("image/"))
    }

    /// What may be done with a file of this kind, given what the scanner said.
    #[must_use]
    pub fn handling(self, scan: &Scan) -> Handling {
        match (scan, self) {
            (Scan::Virus(_), _) => Handling::Never,
            (_, FileKind::Program) => Handling::AskFirst(Risk::Program),
            (_, FileKind::Macros) => Handling::AskFirst(Risk::Macros),
            (_, FileKind::Page) => Handling::AskFirst(Risk::Page),
            (Scan::Waiting | Scan::Unscannable, _) => Handling::AskFirst(Risk::NotScanned),
            // Where there is no scanner, every attachment says so; asking each time would teach
            // people to press the button.
            (Scan::None | Scan::Clean, kind) if kind.shown_as().is_some() => Handling::Show,
            (Scan::None | Scan::Clean, _) => Handling::Save,
        }
    }
}

/// The last component of a path, without characters that mislead a file system or a reader.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let misleading = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || "<>:\"|?*\u{feff}".contains(c)
    };
    let clean: String = last.chars().filter(|&c| !misleading(c)).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = clean.trim_matches(['.', ' ']);
    let length = clean.chars().count();
    if length <= FILE_NAME_CHARS_MAX {
        return clean.to_owned();
    }
    // The ending says what a file is; it survives the cut.
    let ending = clean.rsplit_once('.').map_or("", |(_, e)| e);
    let ending = if ending.chars().count() <= 10 { ending } else { "" };
    let kept: String =
        clean.chars().take(FILE_NAME_CHARS_MAX - ending.chars().count() - 1).collect();
    if ending.is_empty() { kept } else { format!("{kept}.{ending}") }
}

/// Endings of what a double click starts.
const PROGRAMS: &[&str] = &[
    "apk", "app", "appx", "bat", "bin", "chm", "cmd", "com", "cpl", "deb", "desktop", "dll", "dmg",
    "exe", "gadget", "hta", "img", "inf", "iso", "jar", "js", "jse", "lnk", "mde", "msc", "msi",
    "msix", "msp", "pif", "pl", "ps1", "psm1", "py", "rb", "reg", "rpm", "run", "scf", "scr", "sh",
    "sys", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "ws", "wsc", "wsf", "wsh", "xll",
];

/// Endings of documents that are made to hold macros.
const MACROS: &[&str] = &[
    "docm", "dotm", "pptm", "potm", "ppam", "ppsm", "sldm", "xlsm", "xltm", "xlam", "xlsb", "iqy",
    "slk", "one",
];

/// Endings of what a browser opens as a page.
const PAGES: &[&str] =
    &["htm", "html", "mht", "mhtml", "shtml", "svg", "svgz", "xht", "xhtml", "xsl", "xslt"];

/// Endings of office documents that are archives inside.
const OFFICE: &[&str] =
    &["docx", "dotx", "odg", "odp", "ods", "odt", "potx", "ppsx", "pptx", "xlsx", "xltx"];

/// How files of a kind begin: bytes at an offset.
const BEGINNINGS: &[(usize, &[u8], FileKind)] = &[
    (0, b"\x89PNG\r\n\x1a\n", FileKind::Png),
    (0, b"\xff\xd8\xff", FileKind::Jpeg),
    (0, b"GIF87a", FileKind::Gif),
    (0, b"GIF89a", FileKind::Gif),
    (8, b"WEBP", FileKind::Webp),
    (0, b"%PDF-", FileKind::Pdf),
    (0, b"MZ", FileKind::Program),
    (0, b"\x7fELF", FileKind::Program),
    (0, b"\xfe\xed\xfa\xce", FileKind::Program),
    (0, b"\xfe\xed\xfa\xcf", FileKind::Program),
    (0, b"\xce\xfa\xed\xfe", FileKind::Program),
    (0, b"\xcf\xfa\xed\xfe", FileKind::Program),
    (0, b"\xca\xfe\xba\xbe", FileKind::Program),
    (0, b"#!", FileKind::Program),
    (0, b"L\0\0\0\x01\x14\x02\0", FileKind::Program),
    (0, b"PK\x03\x04", FileKind::Archive),
    (0, b"PK\x05\x06", FileKind::Archive),
    (0, b"Rar!\x1a\x07", FileKind::Archive),
    (0, b"7z\xbc\xaf\x27\x1c", FileKind::Archive),
    (0, b"\x1f\x8b", FileKind::Archive),
    (0, b"BZh", FileKind::Archive),
    (0, b"\xfd7zXZ\0", FileKind::Archive),
    (0, b"\x28\xb5\x2f\xfd", FileKind::Archive),
    (0, b"MSCF", FileKind::Archive),
    (257, b"ustar", FileKind::Archive),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Document),
    (0, b"{\\rtf", FileKind::Document),
    (0, b"II*\0", FileKind::Picture),
    (0, b"MM\0*", FileKind::Picture),
    (0, b"BM", FileKind::Picture),
    (4, b"ftypheic", FileKind::Picture),
    (4, b"ftypheix", FileKind::Picture),
    (4, b"ftypmif1", FileKind::Picture),
    (4, b"ftypavif", FileKind::Picture),
    (4, b"ftyp", FileKind::Film),
    (0, b"\x1a\x45\xdf\xa3", FileKind::Film),
    (8, b"AVI ", FileKind::Film),
    (8, b"WAVE", FileKind::Sound),
    (0, b"OggS", FileKind::Sound),
    (0, b"fLaC", FileKind::Sound),
    (0, b"ID3", FileKind::Sound),
    (0, b"#!AMR", FileKind::Sound),
];

fn by_bytes(bytes: &[u8]) -> FileKind {
    let begins = |(at, mark, _): &&(usize, &[u8], FileKind)| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark))
    };
    let known = BEGINNINGS.iter().filter(begins);
    // Of two beginnings, the longer one says more.
    if let Some((_, _, kind)) = known.max_by_key(|(_, mark, _)| mark.len()) {
        // "BM" also begins words.
        let word = bytes.starts_with(b"BM") && is_text(bytes);
        return if word { FileKind::Text } else { *kind };
    }
    match bytes {
        [] => FileKind::Unknown,
        bytes if !is_text(bytes) => FileKind::Unknown,
        bytes if is_page(bytes) => FileKind::Page,
        _ => FileKind::Text,
    }
}

/// Text has no control characters but those of lines; bytes above 127 may be of any charset.
fn is_text(bytes: &[u8]) -> bool {
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    !bytes.iter().take(TEXT_BYTES).any(|byte| control(byte) || *byte == 0x7f)
}

fn is_page(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(PAGE_BYTES)].to_ascii_lowercase();
    let marks = ["<html", "<!doctype html", "<head", "<body", "<script", "<svg", "<iframe"];
    marks.iter().any(|mark| contains(start, mark.as_bytes()))
}

/// The project of a macro by its name, which stands unpacked in both kinds of documents.
fn has_macros(bytes: &[u8]) -> bool {
    const OLD: &[u8] = b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0";
    contains(bytes, b"vbaProject.bin") || contains(bytes, OLD)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == wanted[0]) {
        if rest[at..].starts_with(wanted) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
