//! The targets as an ordinary test: over the seeds, over what was found before, and over mutations
//! of both from a fixed seed. `cargo xtask fuzz` goes on where this ends.

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use fuzz::{TARGETS, literal, target};

/// What the fuzzer found, and what was repaired then: a line each, as it is printed.
const FOUND: &[(&str, &[u8])] = &[
    ("smtp", b""),
    ("smtp", b"T"),
    ("smtp", b"SEHLO x\r\nSTARTTLS\r\n"),
    ("mail", b""),
    ("thread", b""),
    ("proxy", b""),
    ("passkey", b""),
    ("exchange", b""),
];

/// Mutations of each seed.
const MUTATIONS: u64 = 400;
/// Where the mutations begin.
const SEED: u64 = 8517;

#[test]
fn what_was_found_is_repaired() {
    for (name, bytes) in FOUND {
        holds(name, bytes);
    }
}

#[test]
fn seeds_and_their_mutations() {
    for target in TARGETS {
        let seeds = seeds(target.name);
        assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        let mut chance = Chance(SEED);
        for seed in &seeds {
            holds(target.name, seed);
            for _ in 0..MUTATIONS {
                let other = &seeds[chance.below(seeds.len())];
                holds(target.name, &mutated(seed, other, &mut chance));
            }
        }
    }
}

fn holds(name: &str, bytes: &[u8]) {
    let target = target(name).expect("a target");
    let ended = catch_unwind(|| (target.holds)(bytes));
    assert!(ended.is_ok(), "add to FOUND, and repair:\n    (\"{name}\", {}),", literal(bytes));
}

/// What this project wrote to begin with, in the order of the file names. Their lines end in CR LF
/// for the fuzzer, as they do on the wire.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let entries = fs::read_dir(folder).expect("a folder of seeds");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

/// A few changes: bytes turned, taken out, doubled, or taken from another seed.
fn mutated(seed: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(40)).min(bytes.len());
        match chance.below(5) {
            0 if at < bytes.len() => bytes[at] = chance.byte(),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => {
                let from = chance.below(other.len() + 1);
                let to = (from + chance.below(60)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ => bytes.insert(at, b"\r\n.\0 <>@+"[chance.below(9)]),
        }
    }
    bytes
}

/// Numbers from a seed (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("below a length")
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}
