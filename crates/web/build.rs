//! Puts the style sheets, the font and the small script inside the binary.
//!
//! They are joined by `npm run build` in `assets/`, which names each file by its content:
//! `site.0123456789abcdef.css`. Here that is only run when needed, and written down as a table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use std::{env, fs};

fn main() {
    let here =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where the crate is"));
    let assets = here.join("../../assets").canonicalize().expect("assets/ stands beside crates/");
    let sources = sources(&here, &assets);
    for source in &sources {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    println!("cargo::rerun-if-changed={}", here.join("templates").display());
    let dist = assets.join("dist");
    if newest(&sources) > oldest(&dist)
        && let Err(why) = join_assets(&assets)
    {
        let advice = format!(
            "the style sheets could not be joined: {why}. Install Node.js 20 or newer and run \
             `npm ci --ignore-scripts && npm run build` in {}.",
            assets.display()
        );
        assert!(oldest(&dist).is_some(), "{advice}");
        println!("cargo::warning={advice} The ones that are there are used.");
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo says where to write"));
    fs::write(out.join("assets.rs"), table(&dist, &out))
        .expect("the output directory can be written");
}

/// What the style sheets are made of, except the templates: a class that a template newly uses is
/// found because `newest` looks at those too.
fn sources(here: &Path, assets: &Path) -> Vec<PathBuf> {
    let mut sources: Vec<PathBuf> =
        ["build.mjs", "package-lock.json", "passkeys.js", "report.js", "screen.js", "staff.js"]
            .iter()
            .map(|name| assets.join(name))
            .collect();
    for folder in ["style", "templates", "templates/icons"] {
        let entries = fs::read_dir(here.join(folder)).expect("the folder is part of the crate");
        sources.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
    }
    sources.retain(|path| path.is_file());
    sources
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|about| about.modified()).ok()
}

fn newest(sources: &[PathBuf]) -> Option<SystemTime> {
    sources.iter().filter_map(|path| changed(path)).max()
}

/// When the oldest joined file was written; nothing when there are none.
fn oldest(dist: &Path) -> Option<SystemTime> {
    fs::read_dir(dist).ok()?.filter_map(|entry| changed(&entry.ok()?.path())).min()
}

fn join_assets(assets: &Path) -> Result<(), String> {
    if !assets.join("node_modules/lightningcss").exists() {
        run(assets, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    }
    run(assets, &["run", "build"])
}

fn run(assets: &Path, args: &[&str]) -> Result<(), String> {
    let done = Command::new("npm")
        .args(args)
        .current_dir(assets)
        .output()
        .map_err(|why| format!("npm cannot be started ({why})"))?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!("npm {} failed: {}", args.join(" "), String::from_utf8_lossy(&done.stderr).trim()))
}

/// The Rust source of the table: name, name with hash, content type, bytes. The bytes are copied
/// beside it, so that a removed or rejoined `dist` cannot break a later build.
fn table(dist: &Path, out_dir: &Path) -> String {
    let mut files: Vec<PathBuf> = fs::read_dir(dist)
        .expect("the joined files are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let mut out = String::from("static ALL: &[Asset] = &[\n");
    for path in files {
        let file = path.file_name().and_then(|name| name.to_str()).expect("names are ASCII");
        let copy = out_dir.join(file);
        fs::copy(&path, &copy).expect("the output directory can be written");
        let parts: Vec<&str> = file.split('.').collect();
        let [name, _hash, kind] = parts[..] else { panic!("{file} is not NAME.HASH.EXT") };
        let content_type = match kind {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            other => panic!("{file}: nobody said what {other} is"),
        };
        let _ = writeln!(
            out,
            "    Asset {{ name: {:?}, file: {file:?}, path: {:?}, content_type: {content_type:?}, \
             bytes: include_bytes!({copy:?}) }},",
            format!("{name}.{kind}"),
            format!("/static/{file}"),
        );
    }
    out.push_str("];\n");
    out
}
