//! Invented results beside some sentences of the municipal page.

use jiff::civil::date;
use promises::Reached;
use words::{Lang, Words};

use super::{Frame, Group, NormRow, NormSection, NormsPage, Results, Score, TargetRow};
use crate::norm_words;

impl NormsPage {
    /// Invented states: a year of results, and the first day with none.
    pub fn samples(lang: Lang) -> Vec<(&'static str, NormsPage)> {
        let words = Words::new(lang);
        let month = words.month(date(2026, 10, 1));
        let sections: Vec<_> = Group::ALL.into_iter().map(|group| section(group, lang)).collect();
        let rows = sections.iter().flat_map(|section| &section.norms);
        let scores = rows.filter_map(|row| row.results);
        let page = NormsPage {
            total: scores.fold(Score::default(), |sum, results| sum.plus(results.month)),
            frame: Frame::sample(lang, "/normen"),
            year: format!("{} – {month}", words.month(date(2025, 11, 1))),
            month,
            counted: format!("{}, 8.30", words.short_date(date(2026, 11, 23))),
            is_split: false,
            sections,
        };
        let mut first_day = page.clone();
        first_day.total = Score::default();
        for norm in first_day.sections.iter_mut().flat_map(|section| &mut section.norms) {
            norm.measured.clear();
            if norm.results.is_some() {
                norm.results = Some(Results::default());
            }
        }
        let changed = page.clone().changed(&words);
        vec![("year", page), ("first-day", first_day), ("changed", changed)]
    }

    /// The same after a change of the norms on 1 July: one sentence became another.
    fn changed(mut self, words: &Words) -> NormsPage {
        self.is_split = true;
        let from = words.plain_date(date(2026, 1, 1));
        let until = words.plain_date(date(2026, 6, 30));
        let values = [("from", (&from).into()), ("until", (&until).into())];
        let held = words.say_with("norms-held", &values);
        let holds = words.say1("norms-holds", "from", &words.plain_date(date(2026, 7, 1)));
        for norm in self.sections.iter_mut().flat_map(|section| &mut section.norms) {
            norm.held = Some(holds.clone());
            if norm.results.is_some() {
                let earlier = NormRow { held: Some(held.clone()), ..norm.clone() };
                norm.earlier.push(earlier);
            }
            if norm.id == "message.contact" {
                norm.sentence = norm.sentence.replace('2', "3");
                norm.translation = norm.translation.take().map(|it| it.replace('2', "3"));
            }
        }
        self
    }
}

/// Invented targets: one that was met, one that was not, one that nothing tells of.
fn targets(id: &str, words: &Words) -> Vec<TargetRow> {
    let (target, share, is_met) = match id {
        "phone.answer" => ("80 % within 25 seconds a month", None, None),
        "phone.callback" => ("90 % a quarter", Some(950), Some(true)),
        "post.acknowledge" => ("95 % within 2 working days", Some(850), Some(false)),
        _ => return Vec::new(),
    };
    let Ok(target) = target.parse() else { return Vec::new() };
    let period = words.month(date(2026, 10, 1));
    let said = |share| {
        let reached = norm_words::reached(words, Reached::Share(share));
        let values = [("reached", (&reached).into()), ("period", (&period).into())];
        words.say_with("norms-target-reached", &values)
    };
    vec![TargetRow { aim: norm_words::target(words, target), reached: share.map(said), is_met }]
}

fn section(group: Group, lang: Lang) -> NormSection {
    let norms = SENTENCES.iter().filter(|(id, ..)| Group::of_norm(id) == Some(group));
    NormSection {
        group,
        norms: norms
            .map(|(id, dutch, frisian, english, kept, broken)| NormRow {
                id: (*id).into(),
                sentence: (*dutch).into(),
                translation: match lang {
                    Lang::Nl => None,
                    Lang::Fy => Some((*frisian).into()),
                    Lang::En => Some((*english).into()),
                },
                results: (*kept > 0).then(|| Results {
                    month: Score { kept: *kept, broken: *broken, open: 3 },
                    year: Score { kept: kept * 11, broken: broken * 9 + 4, open: 3 },
                }),
                measured: if *id == "phone.answer" {
                    vec![("Gemiddelde wachttijd".into(), "48 seconden".into())]
                } else {
                    Vec::new()
                },
                held: None,
                targets: targets(id, &Words::new(lang)),
                earlier: Vec::new(),
            })
            .collect(),
        figures: match group {
            Group::Counter => {
                vec![("Eerste vrije tijd, nu".into(), "Voor alles binnen 2 werkdagen.".into())]
            }
            _ => Vec::new(),
        },
    }
}

type Line = (&'static str, &'static str, &'static str, &'static str, u64, u64);

const SENTENCES: &[Line] = &[
    (
        "website.available",
        "Onze website is 24 uur per dag, 7 dagen per week bereikbaar.",
        "Ús webside is 24 oeren deis, 7 dagen wyks te berikken.",
        "Our website can be reached 24 hours a day, 7 days a week.",
        0,
        0,
    ),
    (
        "phone.answer",
        "Wij nemen zo snel mogelijk de telefoon op.",
        "Wy nimme de telefoan sa gau mooglik op.",
        "We answer the telephone as soon as possible.",
        0,
        0,
    ),
    (
        "phone.callback",
        "U wordt binnen 2 werkdagen teruggebeld.",
        "Jo wurde binnen 2 wurkdagen werombelle.",
        "You will be called back within 2 working days.",
        38,
        2,
    ),
    (
        "message.acknowledge",
        "U ontvangt direct een ontvangstbevestiging van het contactformulier of de e-mail.",
        "Jo krije daliks in ûntfangstbefêstiging fan it kontaktformulier of de e-mail.",
        "You receive a confirmation of your form or e-mail at once.",
        512,
        0,
    ),
    (
        "message.contact",
        "Wij nemen binnen 2 werkdagen contact met u op om uw vraag te beantwoorden.",
        "Wy nimme binnen 2 wurkdagen kontakt mei jo op om jo fraach te beantwurdzjen.",
        "We contact you within 2 working days to answer your question.",
        301,
        11,
    ),
    (
        "social.contact",
        "Stuurt u een bericht via sociale media, dan nemen wij binnen 2 werkdagen contact op.",
        "Stjoere jo in berjocht fia sosjale media, dan nimme wy binnen 2 wurkdagen kontakt op.",
        "If you write on social media, we contact you within 2 working days.",
        24,
        1,
    ),
    (
        "counter.appointment_only",
        "Wij werken alleen op afspraak.",
        "Wy wurkje allinnich op ôfspraak.",
        "We work by appointment only.",
        0,
        0,
    ),
    (
        "post.acknowledge",
        "Als u ons een brief stuurt, krijgt u binnen 2 werkdagen een ontvangstbevestiging.",
        "As jo ús in brief stjoere, krije jo binnen 2 wurkdagen in ûntfangstbefêstiging.",
        "If you send a letter, you get a confirmation within 2 working days.",
        17,
        3,
    ),
    (
        "report.handle",
        "Wij proberen zo snel mogelijk de situatie op te lossen of u te informeren.",
        "Wy besykje de situaasje sa gau mooglik op te lossen of jo te ynformearjen.",
        "We try to solve the situation as soon as possible, or to inform you.",
        0,
        0,
    ),
    (
        "complaint.right",
        "Als u vindt dat u niet netjes bent behandeld, kunt u een klacht indienen.",
        "As jo fine dat jo net kreas behannele binne, kinne jo in klacht yntsjinje.",
        "If you feel you were not treated properly, you can complain.",
        0,
        0,
    ),
    (
        "invoice.pay",
        "Wij betalen binnen 30 dagen.",
        "Wy betelje binnen 30 dagen.",
        "We pay within 30 days.",
        88,
        1,
    ),
    (
        "improve.tip",
        "Heeft u een tip voor ons, dan horen we dat graag.",
        "Hawwe jo in tip foar ús, dan hearre wy dat graach.",
        "If you have a tip for us, we would like to hear it.",
        0,
        0,
    ),
];
