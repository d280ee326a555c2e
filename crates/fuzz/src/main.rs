//! The program that libFuzzer drives, in a build with counters; in any other build it runs one
//! target over the files it is given, to look at what was found.

#![cfg_attr(fuzzing, no_main)]

/// The variable that names the target.
#[cfg(fuzzing)]
const TARGET: &str = "BELOFTE_FUZZ_TARGET";

/// Called by libFuzzer, again and again.
#[cfg(fuzzing)]
#[allow(unsafe_code, reason = "libFuzzer hands over a pointer and a length")]
#[unsafe(no_mangle)]
pub extern "C" fn LLVMFuzzerTestOneInput(data: *const u8, size: usize) -> i32 {
    use std::sync::LazyLock;
    static CHOSEN: LazyLock<fuzz::Target> = LazyLock::new(|| {
        let name = std::env::var(TARGET).unwrap_or_default();
        fuzz::target(&name).unwrap_or_else(|| panic!("{TARGET} names no target: “{name}”"))
    });
    // SAFETY: libFuzzer gives `size` bytes that live until we return; never null when size > 0.
    let bytes = if size == 0 { &[] } else { unsafe { std::slice::from_raw_parts(data, size) } };
    // A panic can not leave this function: the process aborts, and libFuzzer keeps the bytes.
    (CHOSEN.holds)(bytes);
    0
}

#[cfg(not(fuzzing))]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((target, files)) =
        arguments.split_first().and_then(|(name, files)| Some((fuzz::target(name)?, files)))
    else {
        eprintln!("usage: fuzz TARGET FILE…");
        return std::process::ExitCode::FAILURE;
    };
    for file in files {
        match std::fs::read(file) {
            Ok(bytes) => {
                println!("{}", fuzz::literal(&bytes));
                (target.holds)(&bytes);
            }
            Err(error) => {
                eprintln!("{file}: {error}");
                return std::process::ExitCode::FAILURE;
            }
        }
    }
    std::process::ExitCode::SUCCESS
}
