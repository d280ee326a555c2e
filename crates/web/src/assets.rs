//! Style sheets, fonts and the small script, inside the binary and named by their content, so
//! that a browser may keep them for ever.

/// A file a page refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its plain name: "site.css".
    pub name: &'static str,
    /// Its name with the hash of its content: "site.0123456789abcdef.css".
    pub file: &'static str,
    /// Its address: "/static/site.0123456789abcdef.css".
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of the asset with this plain name: `asset("site.css")`.
///
/// # Panics
///
/// When there is no such asset. A test renders every page, so no visitor ever sees it.
pub fn asset(name: &str) -> &'static str {
    match ALL.iter().find(|asset| asset.name == name) {
        Some(asset) => asset.path,
        None => panic!("no asset is called {name}"),
    }
}

/// The asset with this hashed name, the last part of its address.
pub fn find(file: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.file == file)
}

/// Every asset, to write them out.
pub fn all() -> &'static [Asset] {
    ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page may weigh together with its style and fonts, in bytes.
    const PAGE_BYTES_MAX: usize = 150_000;
    /// What the largest page may weigh by itself, in bytes.
    const HTML_BYTES_MAX: usize = 30_000;

    #[test]
    fn names_carry_the_hash_and_are_found_again() {
        let path = asset("site.css");
        let file = path.strip_prefix("/static/").unwrap();
        let found = find(file).unwrap();
        assert_eq!((found.name, found.content_type), ("site.css", "text/css; charset=utf-8"));
        assert_eq!(file.len(), "site..css".len() + 16, "{file}");
        assert_eq!(find("site.css"), None);
        assert_eq!(find("../site.css"), None);
    }

    #[test]
    fn what_a_page_loads_is_light() {
        let weigh = |names: &[&str]| -> usize {
            let wanted = |asset: &&Asset| names.contains(&asset.name);
            all().iter().filter(wanted).map(|asset| asset.bytes.len()).sum()
        };
        let fonts = ["source-sans-400.woff2", "source-sans-600.woff2", "icon.svg"];
        let site = weigh(&fonts) + weigh(&["site.css"]);
        let staff = weigh(&fonts) + weigh(&["staff.css", "staff.js"]);
        assert!(site + HTML_BYTES_MAX < PAGE_BYTES_MAX, "site: {site}");
        assert!(staff + HTML_BYTES_MAX < PAGE_BYTES_MAX, "staff: {staff}");
    }

    #[test]
    fn style_asks_nothing_from_elsewhere() {
        for asset in all().iter().filter(|asset| asset.name.ends_with(".css")) {
            let css = std::str::from_utf8(asset.bytes).unwrap();
            for (at, _) in css.match_indices("url(") {
                let target: String = css[at + 4..].chars().take(60).collect();
                let own =
                    all().iter().any(|other| target.trim_matches('"').starts_with(other.file));
                assert!(own || target.trim_matches('"').starts_with("data:"), "{target}");
            }
            assert!(!css.contains("@import"), "{}", asset.name);
        }
    }
}
