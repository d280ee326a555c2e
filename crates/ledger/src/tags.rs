//! Tags on contacts: words of employees, apart from the facts, so that a name can go.

use crate::error::StorageError;
use crate::sql::{Row, Tx, statements};

/// What stands between the names of tags in one column; no name has it.
const BETWEEN: char = ';';

statements! {
    ADD = "INSERT INTO tags (name, folded) VALUES ($1, $2) ON CONFLICT (folded) DO NOTHING";
    // Held to the end of the transaction: who takes the last use off forgets the tag.
    NAMED = "SELECT id, name FROM tags WHERE folded = $1",
        postgres "SELECT id, name FROM tags WHERE folded = $1 FOR UPDATE";
    HOLD = "SELECT id FROM tags WHERE id = $1",
        postgres "SELECT id FROM tags WHERE id = $1 FOR UPDATE";
    COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM tags LIMIT $1) AS counted";
    USED = "SELECT t.id, t.name FROM tags t
        WHERE EXISTS (SELECT 1 FROM contact_tags c WHERE c.tag = t.id)
        ORDER BY t.folded LIMIT $1";
    OF_CONTACT = "SELECT t.id, t.name FROM contact_tags c JOIN tags t ON t.id = c.tag
        WHERE c.contact = $1 ORDER BY t.folded";
    PUT = "INSERT INTO contact_tags (contact, tag) VALUES ($1, $2)
        ON CONFLICT (contact, tag) DO NOTHING";
    TAKE = "DELETE FROM contact_tags WHERE contact = $1 AND tag = $2";
    SWEEP = "DELETE FROM tags WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM contact_tags c WHERE c.tag = $1)";
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The key.
    pub id: i64,
    /// Its name.
    pub name: String,
}

fn read(row: &Row<'_>) -> Result<Tag, StorageError> {
    Ok(Tag { id: row.int(0)?, name: row.text(1)? })
}

/// The names in the column of a list, by name.
pub(crate) fn names(column: &str) -> Vec<String> {
    let names = column.split(BETWEEN).filter(|name| !name.is_empty());
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    names
}

impl Tx<'_> {
    /// The tag with a name, made when there is none; `folded` is the name as it is compared.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tag_named(&mut self, name: &str, folded: &str) -> Result<Tag, StorageError> {
        self.run(&ADD, &[name.into(), folded.into()])?;
        let found = self.one(&NAMED, &[folded.into()], read)?;
        found.ok_or_else(|| StorageError::unreadable("a tag that was just written"))
    }

    /// The tag that is called so.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tag_called(&mut self, folded: &str) -> Result<Option<Tag>, StorageError> {
        self.one(&NAMED, &[folded.into()], read)
    }

    /// How many tags there are, counting no further than `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count_tags(&mut self, most: u32) -> Result<u32, StorageError> {
        Ok(self.one(&COUNT, &[most.into()], |row| row.count(0))?.unwrap_or(0))
    }

    /// The tags that a contact has, by name, at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tags(&mut self, most: u32) -> Result<Vec<Tag>, StorageError> {
        self.all(&USED, &[most.into()], read)
    }

    /// The tags of a contact, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tags_of(&mut self, contact: i64) -> Result<Vec<Tag>, StorageError> {
        self.all(&OF_CONTACT, &[contact.into()], read)
    }

    /// Puts a tag on a contact. False when it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn put_tag(&mut self, contact: i64, tag: i64) -> Result<bool, StorageError> {
        Ok(self.run(&PUT, &[contact.into(), tag.into()])? > 0)
    }

    /// Takes a tag off a contact; a tag that nothing has any more is forgotten. False when the
    /// contact did not have it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_tag(&mut self, contact: i64, tag: i64) -> Result<bool, StorageError> {
        self.one(&HOLD, &[tag.into()], |row| row.int(0))?;
        let taken = self.run(&TAKE, &[contact.into(), tag.into()])? > 0;
        self.run(&SWEEP, &[tag.into()])?;
        Ok(taken)
    }
}
