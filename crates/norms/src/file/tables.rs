//! The norm file as it is written: one struct a table.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// A text and where it stands.
pub(super) type Text = Spanned<String>;
/// A date and where it stands.
pub(super) type Day = Spanned<toml::value::Datetime>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) format: Spanned<i64>,
    pub(super) municipality: MunicipalityTable,
    pub(super) reach: ReachTable,
    pub(super) measure: MeasureTable,
    pub(super) calendar: CalendarTable,
    pub(super) hours: Spanned<BTreeMap<Text, Spanned<HoursTable>>>,
    #[serde(default)]
    pub(super) facets: BTreeMap<Text, BTreeMap<Text, Text>>,
    #[serde(default)]
    pub(super) grounds: BTreeMap<Text, GroundTable>,
    #[serde(default)]
    pub(super) retention: BTreeMap<Text, RetentionTable>,
    #[serde(default)]
    pub(super) report: Vec<ReportTable>,
    pub(super) appointments: Option<Spanned<AppointmentsTable>>,
    pub(super) callbacks: Option<CallBacksTable>,
    pub(super) phone: Option<Spanned<PhoneTable>>,
    pub(super) norm: Vec<NormTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct MunicipalityTable {
    pub(super) name: String,
    pub(super) page: String,
    pub(super) zone: Text,
    pub(super) valid_from: Day,
    pub(super) language: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ReachTable {
    pub(super) phone: String,
    pub(super) email: Text,
    pub(super) invoice: Option<Text>,
    pub(super) domains: Vec<String>,
    pub(super) website: String,
    pub(super) appointments: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct MeasureTable {
    pub(super) at_once: Text,
    pub(super) ring: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CalendarTable {
    pub(super) holidays: Option<Text>,
    pub(super) good_friday: Text,
    pub(super) decree_days: Text,
    pub(super) closures: Vec<Spanned<ClosureTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ClosureTable {
    pub(super) from: toml::value::Datetime,
    pub(super) to: toml::value::Datetime,
    pub(super) closes_at: Option<String>,
    pub(super) why: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct HoursTable {
    pub(super) monday: Vec<Text>,
    pub(super) tuesday: Vec<Text>,
    pub(super) wednesday: Vec<Text>,
    pub(super) thursday: Vec<Text>,
    pub(super) friday: Vec<Text>,
    pub(super) saturday: Vec<Text>,
    pub(super) sunday: Vec<Text>,
    pub(super) season: Vec<Spanned<SeasonTable>>,
    pub(super) exception: Vec<Spanned<ExceptionTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeasonTable {
    pub(super) from: toml::value::Datetime,
    pub(super) to: toml::value::Datetime,
    pub(super) why: String,
    #[serde(default)]
    pub(super) monday: Vec<Text>,
    #[serde(default)]
    pub(super) tuesday: Vec<Text>,
    #[serde(default)]
    pub(super) wednesday: Vec<Text>,
    #[serde(default)]
    pub(super) thursday: Vec<Text>,
    #[serde(default)]
    pub(super) friday: Vec<Text>,
    #[serde(default)]
    pub(super) saturday: Vec<Text>,
    #[serde(default)]
    pub(super) sunday: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExceptionTable {
    pub(super) date: toml::value::Datetime,
    #[serde(default)]
    pub(super) open: Vec<Text>,
    pub(super) why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct GroundTable {
    pub(super) says: String,
    pub(super) effect: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetentionTable {
    pub(super) years: Spanned<i64>,
    pub(super) ground: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ReportTable {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) nl: Option<String>,
    pub(super) fy: Option<String>,
    pub(super) en: Option<String>,
    pub(super) handling: Option<String>,
    pub(super) handling_nl: Option<String>,
    pub(super) handling_fy: Option<String>,
    pub(super) handling_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CallBacksTable {
    pub(super) attempts: Option<Spanned<i64>>,
    pub(super) days: Option<Spanned<i64>>,
    pub(super) voicemail: Option<bool>,
    pub(super) pause: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AppointmentsTable {
    pub(super) every: Option<Spanned<i64>>,
    pub(super) ahead: Option<Spanned<i64>>,
    pub(super) notice: Option<Spanned<i64>>,
    pub(super) late: Option<Spanned<i64>>,
    pub(super) persons: Option<Spanned<i64>>,
    pub(super) first_free: Option<Text>,
    pub(super) confirm_by_mail: Option<Text>,
    pub(super) product: Vec<ProductTable>,
    pub(super) desk: Vec<DeskTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ProductTable {
    pub(super) id: Text,
    pub(super) minutes: Spanned<i64>,
    pub(super) per_person: Option<Spanned<i64>>,
    pub(super) after: Option<Spanned<i64>>,
    pub(super) name: Text,
    pub(super) nl: Option<String>,
    pub(super) fy: Option<String>,
    pub(super) en: Option<String>,
    pub(super) bring: Option<String>,
    pub(super) bring_nl: Option<String>,
    pub(super) bring_fy: Option<String>,
    pub(super) bring_en: Option<String>,
    pub(super) cost: Option<String>,
    pub(super) cost_nl: Option<String>,
    pub(super) cost_fy: Option<String>,
    pub(super) cost_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DeskTable {
    pub(super) id: Text,
    pub(super) name: Option<String>,
    pub(super) public: Option<bool>,
    #[serde(default)]
    pub(super) products: Vec<Text>,
    #[serde(default)]
    pub(super) at_times: Vec<Spanned<AtTimesTable>>,
    pub(super) from: Option<Day>,
    pub(super) to: Option<Day>,
    pub(super) hours: Option<Spanned<HoursTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PhoneTable {
    pub(super) languages: Vec<Text>,
    pub(super) repeats: Option<Spanned<i64>>,
    pub(super) tell_wait: Option<Text>,
    pub(super) call_back_wait: Option<Text>,
    pub(super) call_back_position: Option<Spanned<i64>>,
    pub(super) longest_wait: Option<Text>,
    pub(super) ring: Option<Text>,
    pub(super) answer_within: Option<Text>,
    pub(super) answer_share: Option<Text>,
    pub(super) choice: Vec<ChoiceTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ChoiceTable {
    pub(super) digit: Spanned<i64>,
    pub(super) to: Text,
    pub(super) name: Text,
    pub(super) nl: Option<String>,
    pub(super) fy: Option<String>,
    pub(super) en: Option<String>,
    pub(super) text: Option<String>,
    pub(super) text_nl: Option<String>,
    pub(super) text_fy: Option<String>,
    pub(super) text_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AtTimesTable {
    pub(super) products: Vec<Text>,
    pub(super) season: Option<Text>,
    pub(super) hours: Option<Spanned<HoursTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NormTable {
    pub(super) id: Text,
    pub(super) sentence: Text,
    pub(super) nl: Option<String>,
    pub(super) fy: Option<String>,
    pub(super) en: Option<String>,
    pub(super) must: Text,
    #[serde(default)]
    pub(super) channels: Vec<Text>,
    #[serde(default)]
    pub(super) kinds: Vec<Text>,
    #[serde(default, rename = "where")]
    pub(super) facets: BTreeMap<Text, Vec<Text>>,
    pub(super) season: Option<Text>,
    pub(super) from: Option<Text>,
    pub(super) within: Option<Text>,
    pub(super) before: Option<Text>,
    pub(super) at_least: Option<Text>,
    pub(super) around: Option<Text>,
    pub(super) hours: Option<Text>,
    #[serde(default)]
    pub(super) target: Vec<Text>,
    #[serde(default)]
    pub(super) except: Vec<Text>,
    #[serde(default)]
    pub(super) unless: Vec<Text>,
    #[serde(default)]
    pub(super) tell: Vec<Text>,
    #[serde(default)]
    pub(super) if_broken: Vec<Text>,
    pub(super) then: Option<Text>,
    pub(super) measure: Option<Text>,
}
