//! The text of one message while it comes in: within its limits it is kept, past them only counted.

use super::memory::Held;

/// The first piece of memory for a message of which the sender did not tell the size, bytes.
const FIRST_BYTES: usize = 8 * 1024;
/// The most memory that is set aside because a sender announced a size, bytes.
const ANNOUNCED_BYTES_MAX: usize = 256 * 1024;

/// Why the text of a message is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// Larger than a message may be: for good.
    TooBig,
    /// All sessions together hold too much at this moment: for now.
    NoRoom,
}

/// The text of one message.
#[derive(Debug)]
pub(super) struct Body {
    raw: Vec<u8>,
    held: Held,
    limit_bytes: usize,
    first_bytes: usize,
    loss: Option<Loss>,
    discarded_bytes: usize,
}

impl Body {
    /// An empty text. `announced_bytes` is what the sender said in `SIZE=`, 0 when it did not.
    pub(super) fn new(held: Held, limit_bytes: usize, announced_bytes: usize) -> Body {
        let first_bytes = announced_bytes.clamp(FIRST_BYTES, ANNOUNCED_BYTES_MAX).min(limit_bytes);
        Body { raw: Vec::new(), held, limit_bytes, first_bytes, loss: None, discarded_bytes: 0 }
    }

    /// Adds bytes, or counts them as discarded when the message is lost already.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.loss.is_none()
            && let Err(loss) = self.make_room(bytes.len())
        {
            self.lose(loss);
        }
        match self.loss {
            None => self.raw.extend_from_slice(bytes),
            Some(_) => self.discarded_bytes += bytes.len(),
        }
    }

    /// Asks the shared memory before the allocator, so that what is counted is what is used.
    fn make_room(&mut self, more: usize) -> Result<(), Loss> {
        let needed = self.raw.len() + more;
        if needed > self.limit_bytes {
            return Err(Loss::TooBig);
        }
        if needed > self.raw.capacity() {
            let doubled = self.raw.capacity().saturating_mul(2).min(self.limit_bytes);
            let target = needed.max(doubled).max(self.first_bytes);
            if !self.held.grow_to(target) {
                return Err(Loss::NoRoom);
            }
            self.raw.reserve_exact(target - self.raw.len());
        }
        Ok(())
    }

    /// Bytes that were read and thrown away.
    pub(super) fn discarded_bytes(&self) -> usize {
        self.discarded_bytes
    }

    /// Gives up the text for this reason, unless it was given up before.
    fn lose(&mut self, loss: Loss) {
        self.loss.get_or_insert(loss);
        // Counted too, so that it does not matter how the network cut the bytes.
        self.discarded_bytes += self.raw.len();
        self.raw = Vec::new();
        self.held.give_back();
    }

    /// Why the text was given up, when it was.
    pub(super) fn loss(&self) -> Option<Loss> {
        self.loss
    }

    /// The text and the memory it counts for.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn kept(self) -> Result<(Vec<u8>, Held), Loss> {
        self.loss.map_or(Ok((self.raw, self.held)), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::Memory;
    use super::*;

    #[test]
    fn too_big_is_noticed_at_the_byte_and_the_rest_is_counted() {
        let memory = Memory::new(1000);
        let mut body = Body::new(memory.share(), 10, 0);
        body.push(b"0123456789");
        assert_eq!(body.loss(), None);
        body.push(b"x");
        body.push(b"yz");
        assert_eq!((body.loss(), body.discarded_bytes()), (Some(Loss::TooBig), 13));
        assert_eq!(body.kept().err(), Some(Loss::TooBig));
        assert_eq!(memory.held_bytes(), 0);
    }

    #[test]
    fn memory_is_shared() {
        let memory = Memory::new(20_000);
        let mut first = Body::new(memory.share(), 100_000, 0);
        first.push(&[b'a'; 10_000]);
        let mut second = Body::new(memory.share(), 100_000, 0);
        second.push(&[b'b'; 10_001]);
        assert_eq!((first.loss(), second.loss()), (None, Some(Loss::NoRoom)));
    }

    #[test]
    fn what_is_counted_is_what_is_used() {
        let memory = Memory::new(1 << 20);
        let mut body = Body::new(memory.share(), 1 << 20, 0);
        for _ in 0..300 {
            body.push(&[b'a'; 1000]);
        }
        assert_eq!(memory.held_bytes(), body.raw.capacity());
    }
}
