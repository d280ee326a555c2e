//! Writes every page in every state and language as a file, to be looked at in a browser:
//! `cargo run -p web --example gallery -- DIR`, then serve DIR and open `/index.html`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(env::args().nth(1).ok_or("say where: gallery DIR")?);
    fs::create_dir_all(out.join("static"))?;
    for asset in web::assets::all() {
        fs::write(out.join("static").join(asset.file), asset.bytes)?;
    }
    let mut index = String::from("<!doctype html><title>Gallery</title><ul>");
    for shown in web::pages::gallery()? {
        fs::write(out.join(format!("{}.html", shown.name)), &shown.html)?;
        let _ = write!(index, "<li><a href=\"{0}.html\">{0}</a></li>", shown.name);
    }
    index.push_str("</ul>");
    fs::write(out.join("index.html"), index)?;
    Ok(())
}
