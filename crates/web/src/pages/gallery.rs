//! Every page in every state and language, with invented data: for tests and for looking.

use askama::Template;
use words::Lang;

use super::{
    Absences, Access, Accessibility, AheadPage, AnnualReport, ApiPage, AppointmentConfirm,
    AppointmentWhat, AppointmentWhen, AppointmentWho, Booking, Call, CallForm, CallNote,
    CallScreen, Calls, CertificatePage, Channels, Closings, Connections, ContactForm, ContactSent,
    CounterDay, CounterFigures, CountingPage, Destructions, DisruptionsPage, Employees, Erased,
    ErrorPage, Feeds, FilePage, Follow, FormattedPage, Home, ItemPage, LetterTextPage, LetterTexts,
    LinkReplaced, Logbook, Moving, NormWhatIf, NormsPage, NotAllowed, Outbox, PersonPage,
    PersonPrint, PhoneBoard, PhoneFiguresPage, PhoneNumbers, Planning, Privacy, Quality, Register,
    ReportDetails, ReportFigures, ReportItems, ReportPlace, Rules, SearchPage, SignIn, SignInStep,
    SignaturePage, Staffing, Status, Teams, Texts, WaitingRoom, Welcome, WhatIf, WorkList,
    WorkingHours,
};

/// One page in one state and language.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Page, state and language, joined by dashes.
    pub name: String,
    /// Whether it is of the workspace.
    pub staff: bool,
    /// The language.
    pub lang: Lang,
    /// The page.
    pub html: String,
}

/// Every page in every state, in each of its languages.
///
/// # Errors
///
/// When a template cannot be rendered.
pub fn gallery() -> Result<Vec<Shown>, askama::Error> {
    let mut shown = Vec::new();
    for lang in Lang::ALL {
        let mut hang = Wall { lang, staff: false, shown: &mut shown };
        hang.all("home", &Home::samples(lang))?;
        hang.all("status", &Status::samples(lang))?;
        hang.all("search", &SearchPage::samples(lang))?;
        hang.all("norms", &NormsPage::samples(lang))?;
        hang.all("counting", &CountingPage::samples(lang))?;
        hang.all("contact", &ContactForm::samples(lang))?;
        hang.all("appointment", &AppointmentWhat::samples(lang))?;
        hang.all("appointment-when", &AppointmentWhen::samples(lang))?;
        hang.all("appointment-who", &AppointmentWho::samples(lang))?;
        hang.all("appointment-confirm", &AppointmentConfirm::samples(lang))?;
        hang.all("report", &ReportPlace::samples(lang))?;
        hang.all("report-details", &ReportDetails::samples(lang))?;
        hang.all("sent", &ContactSent::samples(lang))?;
        hang.all("follow", &Follow::samples(lang))?;
        hang.all("erased", &Erased::samples(lang))?;
        hang.all("link_replaced", &LinkReplaced::samples(lang))?;
        hang.all("error", &ErrorPage::samples(lang))?;
        hang.all("privacy", &Privacy::samples(lang))?;
        hang.all("api", &ApiPage::samples(lang))?;
        hang.all("call-form", &CallForm::samples(lang))?;
        hang.all("waiting-room", &WaitingRoom::samples(lang))?;
        hang.all("accessibility", &Accessibility::samples(lang))?;
    }
    for lang in Lang::STAFF {
        let mut hang = Wall { lang, staff: true, shown: &mut shown };
        hang.all("work-sign-in", &SignIn::samples(lang))?;
        hang.all("work-not-allowed", &NotAllowed::samples(lang))?;
        hang.all("work-list", &WorkList::samples(lang))?;
        hang.all("work-item", &ItemPage::samples(lang))?;
        hang.all("work-file", &FilePage::samples(lang))?;
        hang.all("work-formatted", &FormattedPage::samples(lang))?;
        hang.all("work-register", &Register::samples(lang))?;
        telephone_and_counter(&mut hang)?;
        hang.all("work-outbox", &Outbox::samples(lang))?;
        hang.all("work-texts", &Texts::samples(lang))?;
        hang.all("work-signature", &SignaturePage::samples(lang))?;
        hang.all("work-access", &Access::samples(lang))?;
        hang.all("work-employees", &Employees::samples(lang))?;
        hang.all("work-connections", &Connections::samples(lang))?;
        hang.all("work-welcome", &Welcome::samples(lang))?;
        hang.all("work-sign-in-step", &SignInStep::samples(lang))?;
        hang.all("work-absences", &Absences::samples(lang))?;
        hang.all("work-log", &Logbook::samples(lang))?;
        hang.all("work-teams", &Teams::samples(lang))?;
        hang.all("work-hours", &WorkingHours::samples(lang))?;
        hang.all("work-quality", &Quality::samples(lang))?;
        hang.all("work-destruction", &Destructions::samples(lang))?;
        hang.all("work-certificate", &CertificatePage::samples(lang))?;
        hang.all("work-person", &PersonPage::samples(lang))?;
        hang.all("work-person-print", &PersonPrint::samples(lang))?;
        hang.all("work-rules", &Rules::samples(lang))?;
        hang.all("work-letters", &LetterTexts::samples(lang))?;
        hang.all("work-letter", &LetterTextPage::samples(lang))?;
        hang.all("work-channels", &Channels::samples(lang))?;
        hang.all("work-disruptions", &DisruptionsPage::samples(lang))?;
        hang.all("work-norms-what-if", &NormWhatIf::samples(lang))?;
    }
    Ok(shown)
}

fn telephone_and_counter(hang: &mut Wall<'_>) -> Result<(), askama::Error> {
    let lang = hang.lang;
    hang.all("work-calls", &Calls::samples(lang))?;
    hang.all("work-call-screen", &CallScreen::samples(lang))?;
    hang.all("work-phone", &PhoneBoard::samples(lang))?;
    hang.all("work-phone-figures", &PhoneFiguresPage::samples(lang))?;
    hang.all("work-staffing", &Staffing::samples(lang))?;
    hang.all("work-phone-numbers", &PhoneNumbers::samples(lang))?;
    hang.all("work-call", &Call::samples(lang))?;
    hang.all("work-call-note", &CallNote::samples(lang))?;
    hang.all("work-counter", &CounterDay::samples(lang))?;
    hang.all("work-counter-booking", &Booking::samples(lang))?;
    hang.all("work-counter-moving", &Moving::samples(lang))?;
    hang.all("work-counter-closings", &Closings::samples(lang))?;
    hang.all("work-counter-planning", &Planning::samples(lang))?;
    hang.all("work-counter-what-if", &WhatIf::samples(lang))?;
    hang.all("work-counter-figures", &CounterFigures::samples(lang))?;
    hang.all("work-counter-feeds", &Feeds::samples(lang))?;
    hang.all("work-report", &ReportFigures::samples(lang))?;
    hang.all("work-ahead", &AheadPage::samples(lang))?;
    hang.all("work-report-items", &ReportItems::samples(lang))?;
    hang.all("work-report-annual", &AnnualReport::samples(lang))?;
    Ok(())
}

struct Wall<'a> {
    lang: Lang,
    staff: bool,
    shown: &'a mut Vec<Shown>,
}

impl Wall<'_> {
    fn all<P: Template>(&mut self, page: &str, states: &[(&str, P)]) -> Result<(), askama::Error> {
        for (state, filled) in states {
            self.shown.push(Shown {
                name: format!("{page}-{state}-{}", self.lang),
                staff: self.staff,
                lang: self.lang,
                html: filled.render()?,
            });
        }
        Ok(())
    }
}
