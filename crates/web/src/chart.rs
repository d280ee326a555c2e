//! Pictures of figures, made here as SVG: they need no script, print as they are, and stand beside
//! a table that says the same. Colours are those of paper; the style of the site changes them by
//! their value, so that they follow it into the dark.

use plotters::coord::ranged1d::SegmentValue;
use plotters::prelude::*;
use promises::report::{Counts, Survival};
use words::Words;

/// How large a picture is drawn; a page shows it as wide as it has room.
const SIZE: (u32, u32) = (720, 300);
/// Text and lines.
const INK: RGBColor = RGBColor(19, 36, 47);
/// The lines behind.
const LINE: RGBColor = RGBColor(201, 213, 221);
/// What is kept, and the first line.
const KEPT: RGBColor = RGBColor(27, 106, 67);
/// What is broken, and the second line.
const BROKEN: RGBColor = RGBColor(165, 33, 27);
/// What is open, and the third line.
const OPEN: RGBColor = RGBColor(111, 129, 141);
/// How many minutes an hour and a day have.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// The longest wait that is drawn in hours rather than days, in minutes.
const HOURS_MAX: i64 = 3 * DAY;
/// Which share may still wait where the picture ends, as long as it ends at all.
const REST: f64 = 0.02;

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// A picture with what it is called, for who does not see it.
fn picture(label: &str, draw: impl FnOnce(&mut String) -> Drawn) -> String {
    let mut text = String::new();
    if draw(&mut text).is_err() {
        return String::new();
    }
    let Some(body) = text.find('>').map(|end| &text[end + 1..]) else { return String::new() };
    let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let (width, height) = SIZE;
    format!(
        "<svg class=\"chart\" role=\"img\" aria-label=\"{label}\" \
         viewBox=\"0 0 {width} {height}\">{body}"
    )
}

/// What became of the promises of each month, from the bottom up: kept, not kept, still open.
pub(crate) fn months(
    rows: &[(String, Counts)],
    [kept, broken, open]: [&str; 3],
    label: &str,
) -> String {
    let most = rows.iter().map(|(_, it)| it.kept + it.broken + it.open).max().unwrap_or_default();
    if most == 0 {
        return String::new();
    }
    let parts = |it: &Counts| [it.kept, it.broken, it.open];
    let named = [(kept, KEPT), (broken, BROKEN), (open, OPEN)];
    picture(label, |text| {
        let root = SVGBackend::with_string(text, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin(10)
            .x_label_area_size(30)
            .y_label_area_size(60)
            .build_cartesian_2d((0..rows.len()).into_segmented(), 0..most + most / 4 + 1)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(LINE)
            .light_line_style(TRANSPARENT)
            .axis_style(LINE)
            .label_style(("sans-serif", 14).into_font().color(&INK))
            .x_labels(rows.len())
            .y_labels(5)
            .x_label_formatter(&|place| match place {
                SegmentValue::CenterOf(row) => {
                    rows.get(*row).map_or_else(String::new, |it| it.0.clone())
                }
                _ => String::new(),
            })
            .draw()?;
        for (part, (name, colour)) in named.iter().enumerate() {
            let bars = rows.iter().enumerate().map(|(row, (_, it))| {
                let below: u64 = parts(it)[..part].iter().sum();
                let ends = (SegmentValue::Exact(row), SegmentValue::Exact(row + 1));
                let corners = [(ends.0, below), (ends.1, below + parts(it)[part])];
                let mut bar = Rectangle::new(corners, colour.filled());
                bar.set_margin(0, 0, 6, 6);
                bar
            });
            chart
                .draw_series(bars)?
                .label(*name)
                .legend(|(x, y)| Rectangle::new([(x, y - 5), (x + 18, y + 5)], colour.filled()));
        }
        legend(&mut chart, SeriesLabelPosition::UpperRight)?;
        root.present()?;
        Ok(())
    })
}

/// How large a share of residents had what they waited for, after how long: a line for each, with
/// those counted who still wait.
pub(crate) fn waits(lines: &[(String, &Survival)], words: &Words, label: &str) -> String {
    let longest = lines.iter().filter_map(|(_, waits)| end(waits)).max();
    let Some(longest) = longest.map(|minutes| minutes.max(HOUR)) else { return String::new() };
    let (unit, name) = match longest {
        minutes if minutes > HOURS_MAX => (DAY, words.say("staff-report-axis-days")),
        _ => (HOUR, words.say("staff-report-axis-hours")),
    };
    let scale = |minutes: i64| float(minutes) / float(unit);
    let looks = [(KEPT, 0), (BROKEN, 8), (OPEN, 3)];
    picture(label, |text| {
        let root = SVGBackend::with_string(text, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin(10)
            .x_label_area_size(46)
            .y_label_area_size(60)
            .build_cartesian_2d(0.0..scale(longest) * 1.02, 0.0..100.0)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(LINE)
            .light_line_style(TRANSPARENT)
            .axis_style(LINE)
            .label_style(("sans-serif", 14).into_font().color(&INK))
            .axis_desc_style(("sans-serif", 14).into_font().color(&INK))
            .x_desc(name)
            .y_labels(5)
            .x_label_formatter(&|at| format!("{at:.0}"))
            .y_label_formatter(&|share| format!("{share:.0}%"))
            .draw()?;
        for ((name, waits), (colour, dash)) in lines.iter().zip(looks) {
            let style = colour.stroke_width(3);
            let steps = steps(waits, longest).into_iter().map(|(at, share)| (scale(at), share));
            let key = move |(x, y): (i32, i32)| PathElement::new([(x, y), (x + 18, y)], style);
            if dash == 0 {
                chart.draw_series(LineSeries::new(steps, style))?.label(name).legend(key);
            } else {
                let dashed = DashedLineSeries::new(steps, dash, 5, style);
                chart
                    .draw_series(dashed)?
                    .label(name)
                    .legend(move |(x, y)| PathElement::new([(x, y), (x + dash, y)], style));
            }
        }
        legend(&mut chart, SeriesLabelPosition::LowerRight)?;
        root.present()?;
        Ok(())
    })
}

/// A day that is to come.
pub(crate) struct DayBar {
    /// "30 nov".
    pub(crate) name: String,
    /// Promises that are made already.
    pub(crate) made: u32,
    /// Between which counts all of them lie, most likely.
    pub(crate) band: Option<(u32, u32)>,
    /// Hours of staff.
    pub(crate) hours: Option<f64>,
}

/// From which count to which a bar of a day goes.
type Ends = fn(&DayBar) -> Option<(u32, u32)>;

/// The promises of the days to come: what is made already, above it the band in which all of them
/// end, and a line of the hours that staff have, by the scale on the other side.
pub(crate) fn ahead(days: &[DayBar], [made, band, hours]: [&str; 3], label: &str) -> String {
    let most = days.iter().map(|it| it.made.max(it.band.map_or(0, |it| it.1))).max();
    let Some(most) = most.filter(|most| *most > 0) else { return String::new() };
    let longest = days.iter().filter_map(|it| it.hours).fold(0.0, f64::max);
    // The names of the parts stand above the highest of them.
    let (top, longest_top) = (most + most / 2 + 2, longest.max(1.0) * 1.5);
    picture(label, |text| {
        let root = SVGBackend::with_string(text, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&root)
            .margin(10)
            .x_label_area_size(30)
            .y_label_area_size(60)
            .right_y_label_area_size(if longest > 0.0 { 60 } else { 0 })
            .build_cartesian_2d((0..days.len()).into_segmented(), 0..top)?
            .set_secondary_coord((0..days.len()).into_segmented(), 0.0..longest_top);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(LINE)
            .light_line_style(TRANSPARENT)
            .axis_style(LINE)
            .label_style(("sans-serif", 14).into_font().color(&INK))
            .x_labels(8)
            .y_labels(5)
            .x_label_formatter(&|place| match place {
                SegmentValue::CenterOf(day) => {
                    days.get(*day).map_or_else(String::new, |it| it.name.clone())
                }
                _ => String::new(),
            })
            .draw()?;
        let parts: [(&str, RGBColor, Ends); 2] =
            [(made, KEPT, |it| Some((0, it.made))), (band, OPEN, |it| it.band)];
        for (name, colour, ends) in parts {
            let bars = days.iter().enumerate().filter_map(|(day, it)| bar(day, ends(it)?, colour));
            let key = move |(x, y)| Rectangle::new([(x, y - 5), (x + 18, y + 5)], colour.filled());
            chart.draw_series(bars)?.label(name).legend(key);
        }
        if longest > 0.0 {
            let labels = ("sans-serif", 14).into_font().color(&INK);
            let mut axis = chart.configure_secondary_axes();
            let whole = |hours: &f64| format!("{hours:.0}");
            axis.axis_style(LINE).label_style(labels).y_labels(5);
            axis.y_label_formatter(&whole).draw()?;
            let at = |(day, it): (usize, &DayBar)| Some((SegmentValue::CenterOf(day), it.hours?));
            let line = LineSeries::new(days.iter().enumerate().filter_map(at), INK.stroke_width(2));
            let key = |(x, y)| PathElement::new([(x, y), (x + 18, y)], INK.stroke_width(2));
            chart.draw_secondary_series(line.point_size(3))?.label(hours).legend(key);
        }
        legend(&mut chart, SeriesLabelPosition::UpperRight)?;
        root.present()?;
        Ok(())
    })
}

/// A bar of a day, from one count to another.
fn bar(
    day: usize,
    (low, high): (u32, u32),
    colour: RGBColor,
) -> Option<Rectangle<(SegmentValue<usize>, u32)>> {
    let corners = [(SegmentValue::Exact(day), low), (SegmentValue::Exact(day + 1), high)];
    let mut bar = Rectangle::new(corners, colour.filled());
    bar.set_margin(0, 0, 6, 6);
    (high > low).then_some(bar)
}

/// Which line is which.
fn legend<'a, X, Y>(
    chart: &mut ChartContext<'a, SVGBackend<'a>, Cartesian2d<X, Y>>,
    place: SeriesLabelPosition,
) -> Drawn
where
    X: Ranged,
    Y: Ranged,
{
    chart
        .configure_series_labels()
        .position(place)
        .label_font(("sans-serif", 14).into_font().color(&INK))
        .draw()?;
    Ok(())
}

/// After how long hardly anybody waits, or nothing more is known.
fn end(waits: &Survival) -> Option<i64> {
    let curve = waits.curve();
    let enough = curve.iter().find(|point| point.waiting <= REST);
    enough.or(curve.last()).map(|point| point.minutes)
}

/// The line: it stays where it is until somebody is helped.
fn steps(waits: &Survival, longest: i64) -> Vec<(i64, f64)> {
    let mut steps = vec![(0, 0.0)];
    let mut share = 0.0;
    for point in waits.curve().into_iter().take_while(|point| point.minutes <= longest) {
        steps.push((point.minutes, share));
        share = (1.0 - point.waiting) * 100.0;
        steps.push((point.minutes, share));
    }
    steps.push((longest, share));
    steps
}

/// Minutes of a few years are exact as a float.
fn float(minutes: i64) -> f64 {
    f64::from(i32::try_from(minutes).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use words::Lang;

    use super::*;

    #[test]
    fn a_picture_says_what_it_is_and_has_no_style_of_its_own() {
        let counts = Counts { kept: 40, broken: 2, open: 3, ..Counts::default() };
        let rows = [("okt".to_owned(), counts), ("nov".to_owned(), counts)];
        let picture = months(&rows, ["Nagekomen", "Niet", "Loopt"], "Zo & \"zo\" <hier>");
        assert!(picture.starts_with("<svg class=\"chart\" role=\"img\" aria-label=\"Zo &amp; "));
        assert!(picture.trim_end().ends_with("</svg>"));
        for part in ["okt", "nov", "Nagekomen", "#1B6A43", "#A5211B"] {
            assert!(picture.contains(part), "{part}: {picture}");
        }
        assert!(!picture.contains("style="), "{picture}");
        assert_eq!(months(&[], ["", "", ""], ""), "");
    }

    #[test]
    fn days_to_come_have_a_band_and_hours_where_they_are_known() {
        let day =
            |name: &str, made, band, hours| DayBar { name: name.to_owned(), made, band, hours };
        let full =
            [day("30 nov", 4, Some((5, 9)), Some(15.5)), day("1 dec", 0, Some((2, 7)), Some(8.0))];
        let names = ["Beloofd", "Samen", "Uren"];
        let picture = ahead(&full, names, "Vooruit");
        for part in ["30 nov", "Beloofd", "Samen", "Uren", "#1B6A43", "#6F818D", "<polyline"] {
            assert!(picture.contains(part), "{part}: {picture}");
        }
        assert!(!picture.contains("style="), "{picture}");
        let plain = ahead(&[day("30 nov", 4, None, None)], names, "Vooruit");
        assert!(plain.contains("Beloofd") && !plain.contains("Uren"), "{plain}");
        assert_eq!(ahead(&[day("30 nov", 0, None, Some(8.0))], names, ""), "");
    }

    #[test]
    fn a_line_rises_by_steps_and_stays_where_nothing_is_known() {
        let mut waits = Survival::default();
        for (minutes, is_ended) in [(60, true), (120, true), (200, false), (300, false)] {
            waits.add(SignedDuration::from_mins(minutes), is_ended);
        }
        let line = [(0, 0.0), (60, 0.0), (60, 25.0), (120, 25.0), (120, 50.0), (120, 50.0)];
        assert_eq!(steps(&waits, 120), line);
        let words = Words::new(Lang::Nl);
        let picture = super::waits(&[("Antwoord".to_owned(), &waits)], &words, "Wachten");
        assert!(picture.contains("Antwoord") && picture.contains("<polyline"), "{picture}");
        assert_eq!(super::waits(&[("Antwoord".into(), &Survival::default())], &words, ""), "");
    }
}
