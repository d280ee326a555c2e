//! What contacts are found by. The words stand apart from the rows they come from and follow them:
//! every fact since the last time names a contact whose words are written anew. On SQLite they
//! stand in a file of their own (`sqlite_words.rs`), which [`crate::Ledger::follow`] writes.

use crate::error::StorageError;
use crate::sql::{Engine, Tx, statements};
use crate::sqlite_words;

statements! {
    UPTO = "SELECT upto FROM searched WHERE one = 1";
    HAPPENED = "SELECT id, contact, kind FROM facts WHERE id > $1 AND contact IS NOT NULL
        ORDER BY id LIMIT $2";
    MOVE = "UPDATE searched SET upto = $2, hash = (SELECT hash FROM facts WHERE id = $2)
        WHERE one = 1 AND upto = $1",
        postgres "UPDATE searched SET upto = $2 WHERE one = 1 AND upto = $1";
    STALE = "SELECT stale FROM searched WHERE one = 1";
    MARK = "UPDATE searched SET stale = $1 WHERE one = 1";
    // Beginning with a negative number, the whole index is written anew, so many pages at a time.
    MERGE = "INSERT INTO search (search, rank) VALUES ('merge', $1)",
        postgres "UPDATE searched SET stale = 0 WHERE one = 1 AND CAST($1 AS bigint) = 0";
    // What an FTS5 table notes of each row (SQLite FTS5, 9.3): it has no texts, and can not be
    // asked for one itself.
    HAS = "SELECT id FROM search_docsize WHERE id = $1",
        postgres "SELECT contact FROM search WHERE contact = $1";
    FORGET = "DELETE FROM search WHERE rowid = $1",
        postgres "DELETE FROM search WHERE contact = $1";
    WRITE = "INSERT INTO search (rowid, words) VALUES ($1, $2)",
        postgres "INSERT INTO search (contact, words)
        VALUES ($1, array_to_tsvector(string_to_array(CAST($2 AS text), ' ')))";
    FIND = "SELECT rowid FROM search WHERE search MATCH $1 AND rowid < $2
        ORDER BY rowid DESC LIMIT $3",
        postgres "SELECT contact FROM search
        WHERE words @@ CAST(CAST($1 AS text) AS tsquery) AND contact < $2
        ORDER BY contact DESC LIMIT $3";
}

/// Pages of the index that are written anew at a time.
const TIDY_PAGES: i64 = 500;
/// Words went, and the index is to be written anew.
const TO_BEGIN: i64 = 1;
/// The index is being written anew.
const GOES_ON: i64 = 2;

/// A stretch of the chain of facts, and the contacts it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The fact before it.
    pub after: i64,
    /// Its last fact.
    pub upto: i64,
    /// The contacts it is about, each once.
    pub contacts: Vec<i64>,
    /// Whether the chain may go on after it.
    pub has_more: bool,
}

impl Tx<'_> {
    /// The next facts whose contacts are not found by their latest words, at most `most`. Facts of
    /// the kinds `wordless` change nothing that a contact is found by.
    ///
    /// # Errors
    /// When the database fails.
    pub fn to_search(&mut self, most: u32, wordless: &[&str]) -> Result<Stretch, StorageError> {
        let after = self.one(&UPTO, &[], |row| row.int(0))?.unwrap_or_default();
        let facts = self.all(&HAPPENED, &[after.into(), most.into()], |row| {
            Ok((row.int(0)?, row.int(1)?, wordless.contains(&row.text_here(2)?)))
        })?;
        let upto = facts.last().map_or(after, |(id, ..)| *id);
        let has_more = facts.len() >= most as usize;
        let says = facts.into_iter().filter(|(.., is_wordless)| !is_wordless);
        let mut contacts: Vec<i64> = says.map(|(_, contact, _)| contact).collect();
        contacts.sort_unstable();
        contacts.dedup();
        Ok(Stretch { after, upto, contacts, has_more })
    }

    /// Says that a stretch is done. False when another process was earlier.
    ///
    /// # Errors
    /// When the database fails.
    pub fn searched(&mut self, stretch: &Stretch) -> Result<bool, StorageError> {
        Ok(self.run(&MOVE, &[stretch.after.into(), stretch.upto.into()])? > 0)
    }

    /// From now on a contact is found by these words: letters and digits only, with a space
    /// between.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_words(&mut self, contact: i64, words: &str) -> Result<(), StorageError> {
        // On SQLite, to take out what is not there costs as much as to put in.
        if !self.is_sqlite() || self.one(&HAS, &[contact.into()], |row| row.int(0))?.is_some() {
            self.write(&FORGET, &[contact.into()])?;
        }
        self.write(&WRITE, &[contact.into(), words.into()])?;
        Ok(())
    }

    /// From now on a contact is found by nothing. The pages of the index have its words until
    /// [`Tx::tidy_words`] has gone over them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn forget_words(&mut self, contact: i64) -> Result<(), StorageError> {
        self.write(&FORGET, &[contact.into()])?;
        self.write(&MARK, &[TO_BEGIN.into()])
    }

    /// Writes pages of the index anew, without the words that are not in it any more; says whether
    /// there is more to do. PostgreSQL does that by itself when it cleans its tables.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tidy_words(&mut self) -> Result<bool, StorageError> {
        let stale = self.one(&STALE, &[], |row| row.int(0))?.unwrap_or_default();
        if stale == 0 {
            return Ok(false);
        }
        let changes = |tx: &Tx<'_>| match &tx.engine {
            Engine::Sqlite(line) => line.connection().total_changes(),
            Engine::Postgres(_) => 0,
        };
        let before = changes(self);
        if self.is_sqlite() {
            let pages = if stale == TO_BEGIN { -TIDY_PAGES } else { TIDY_PAGES };
            self.write(&MERGE, &[pages.into()])?;
        }
        // Fewer than two changes: there was nothing to merge (SQLite FTS5, 6.7).
        let more = changes(self) - before >= 2;
        self.write(&MARK, &[if more { GOES_ON } else { 0 }.into()])?;
        Ok(more)
    }

    /// The contacts that have all these words, newest first, below the key `before`. When fewer
    /// than `most` have the last word whole, its beginning is enough: the contacts of one word are
    /// read from the newest on, those of every word that begins so have to be gathered first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn find(
        &mut self,
        words: &[String],
        before: i64,
        most: u32,
    ) -> Result<Vec<i64>, StorageError> {
        if words.is_empty() || !self.has_words()? {
            return Ok(Vec::new());
        }
        let (quote, and, begins) =
            if self.is_sqlite() { ('"', " AND ", " *") } else { ('\'', " & ", ":*") };
        let quoted: Vec<String> =
            words.iter().map(|word| format!("{quote}{word}{quote}")).collect();
        let whole = quoted.join(and);
        let found =
            self.all(&FIND, &[(&whole).into(), before.into(), most.into()], |row| row.int(0))?;
        if u32::try_from(found.len()).is_ok_and(|found| found >= most) {
            return Ok(found);
        }
        let begun = format!("{whole}{begins}");
        self.all(&FIND, &[(&begun).into(), before.into(), most.into()], |row| row.int(0))
    }

    fn has_words(&self) -> Result<bool, StorageError> {
        match &self.engine {
            Engine::Sqlite(line) => sqlite_words::are_there(line.connection()),
            Engine::Postgres(_) => Ok(true),
        }
    }
}
