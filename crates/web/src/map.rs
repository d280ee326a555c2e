//! The map that a municipality has: whose tiles, and where it begins.

use desk::Spot;

/// Where a spot can be looked at when nothing else is said.
const LOOK_AT: &str = "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=19/{lat}/{lon}";
/// The nearest a map can begin.
const ZOOM_MAX: u8 = 19;

/// A map of tiles in the usual numbering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The address of a tile with `{z}`, `{x}` and `{y}`; of another server, or of ours.
    tiles: String,
    /// Scheme and name of that server; nothing when it is ours.
    host: Option<String>,
    /// Whose map it is, as its makers want to be named.
    pub by: String,
    /// Where it begins.
    pub centre: Spot,
    /// How near it begins.
    pub zoom: u8,
    /// Where an employee looks at a spot, with `{lat}` and `{lon}`.
    pub look_at: String,
}

impl Map {
    /// A map, when its addresses and numbers can be used.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn new(
        tiles: &str,
        by: &str,
        (centre, zoom): (Spot, u8),
        look_at: Option<&str>,
    ) -> Result<Map, String> {
        let parts = ["{z}", "{x}", "{y}"];
        if !parts.iter().all(|part| tiles.contains(part)) || tiles.contains("{s}") {
            return Err(format!(
                "the tiles are an address with {{z}}, {{x}} and {{y}}, not {tiles}"
            ));
        }
        let host = host(tiles)?;
        if by.trim().is_empty() {
            return Err("say whose map it is: its makers ask for that".to_owned());
        }
        if zoom > ZOOM_MAX {
            return Err(format!("a map begins at zoom {ZOOM_MAX} at the nearest, not {zoom}"));
        }
        let look_at = look_at.unwrap_or(LOOK_AT);
        if !look_at.starts_with("https://") || !look_at.contains("{lat}") {
            return Err(format!(
                "a spot is looked at on https:// with {{lat}} and {{lon}}: {look_at}"
            ));
        }
        let (tiles, by, look_at) = (tiles.to_owned(), by.trim().to_owned(), look_at.to_owned());
        Ok(Map { tiles, host, by, centre, zoom, look_at })
    }

    /// The address of a tile.
    #[must_use]
    pub fn tiles(&self) -> &str {
        &self.tiles
    }

    /// What a page with this map may load pictures from, beside what every page may.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }
}

/// Where an employee looks at a spot.
#[must_use]
pub(crate) fn look_at(map: Option<&Map>, spot: Spot) -> String {
    let address = map.map_or(LOOK_AT, |map| &map.look_at);
    let place = spot.to_string();
    let (lat, lon) = place.split_once(',').unwrap_or_default();
    address.replace("{lat}", lat).replace("{lon}", lon)
}

/// Scheme and name of the server of an address; it stands in a header, so nothing else may.
fn host(tiles: &str) -> Result<Option<String>, String> {
    if tiles.starts_with('/') && !tiles.starts_with("//") {
        return Ok(None);
    }
    let local = ["http://127.0.0.1", "http://localhost"];
    let is_safe = tiles.starts_with("https://") || local.iter().any(|it| tiles.starts_with(it));
    let (scheme, rest) = tiles.split_once("://").filter(|_| is_safe).ok_or_else(|| {
        format!("the tiles come from https:// or from a path of this site, not from {tiles}")
    })?;
    let name = rest.split('/').next().unwrap_or_default();
    let is_sign = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    if name.is_empty() || !name.chars().all(is_sign) {
        return Err(format!("{name} is no name of a server"));
    }
    Ok(Some(format!("{scheme}://{name}")))
}

#[cfg(test)]
mod tests {
    use desk::Spot;

    use super::{Map, look_at};

    fn of(tiles: &str) -> Result<Map, String> {
        let centre = Spot { lat: 53_174_500, lon: 5_422_500 };
        Map::new(tiles, "Kadaster", (centre, 14), None)
    }

    #[test]
    fn tiles_come_from_a_server_that_can_be_named() {
        let map = of("https://kaart.example.nl/a/{z}/{x}/{y}.png").expect("a map");
        assert_eq!(map.host(), Some("https://kaart.example.nl"));
        assert_eq!(of("/kaart/{z}/{x}/{y}").expect("our own").host(), None);
        assert!(of("http://127.0.0.1:8080/{z}/{x}/{y}").is_ok());
        for bad in [
            "http://kaart.example.nl/{z}/{x}/{y}",
            "//kaart.example.nl/{z}/{x}/{y}",
            "https://{s}.kaart.example.nl/{z}/{x}/{y}",
            "https://kaart.example.nl/",
            "https://a; script-src */{z}/{x}/{y}",
            "https:///{z}/{x}/{y}",
        ] {
            assert!(of(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_spot_is_looked_at() {
        let spot = Spot { lat: 53_174_500, lon: -5_422_500 };
        let seen = look_at(None, spot);
        assert!(
            seen.ends_with("?mlat=53.174500&mlon=-5.422500#map=19/53.174500/-5.422500"),
            "{seen}"
        );
    }
}
