//! The machine it runs on, and how long its disk takes to keep something.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::spread::part_of;

/// Flushes whose median is the unit of row 4.
const FLUSHES: usize = 300;
/// What is written before each flush, in bytes: a page.
const PAGE_BYTES: usize = 4_096;
/// Pages of the file that is written over and over.
const PAGES: usize = 256;

/// What is worth knowing beside the figures.
pub(crate) struct Look {
    pub(crate) cores: usize,
    pub(crate) processor: String,
    pub(crate) kernel: String,
    pub(crate) rustc: String,
    pub(crate) date: String,
    /// One flush of one page, in milliseconds: median and 99 of 100.
    pub(crate) flush_ms: (f64, f64),
    /// The share of time in which something waited for a processor, in percents over 5 minutes.
    pub(crate) pressure: String,
}

pub(crate) fn look(folder: &Path) -> Result<Look> {
    let said = |program: &str| {
        let output = std::process::Command::new(program).arg("--version").output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let processor = read("/proc/cpuinfo");
    let processor = processor.lines().find_map(|line| line.strip_prefix("model name"));
    let pressure = read("/proc/pressure/cpu");
    let pressure = pressure.split_whitespace().find_map(|word| word.strip_prefix("avg300="));
    Ok(Look {
        cores: std::thread::available_parallelism().map_or(0, usize::from),
        processor: processor.unwrap_or_default().trim_matches([':', '\t', ' ']).to_owned(),
        kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
        rustc: said("rustc").unwrap_or_default(),
        date: jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string(),
        flush_ms: flush_ms(folder)?,
        pressure: pressure.unwrap_or("unknown").to_owned(),
    })
}

/// How long it takes to write one page into a file that has its length, and to have the disk keep
/// it (fdatasync), in milliseconds: median and 99 of 100.
pub(crate) fn flush_ms(folder: &Path) -> Result<(f64, f64)> {
    let path = folder.join("flush");
    let mut file = File::create(&path).context("the disk can not be measured")?;
    file.write_all(&vec![1; PAGE_BYTES * PAGES])?;
    file.sync_all()?;
    let mut times = Vec::new();
    for count in 0..FLUSHES {
        let place = (count % PAGES) * PAGE_BYTES;
        file.seek(SeekFrom::Start(place as u64))?;
        let start = Instant::now();
        file.write_all(&[2; PAGE_BYTES])?;
        file.sync_data()?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    drop(file);
    fs::remove_file(&path)?;
    Ok((part_of(&times, 0.5), part_of(&times, 0.99)))
}
