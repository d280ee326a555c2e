//! The door of the web: every route, what stands around all of them, and what handlers share.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{from_fn_with_state, map_request};
use axum::routing::{any, get, post};
use desk::{Desk, Opener, Witness};
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::api;
use crate::exchanges::{self, Exchanges};
use crate::heavy::Heavy;
use crate::map::Map;
use crate::passkeys::Passkeys;
use crate::sign_on::SignOn;
use crate::site::{self, Counted, Indexes, Kept, Known, PACKING_AT_ONCE};
use crate::staff::{self, HASHING_AT_ONCE};

/// The largest request that is read, in bytes: a long message, never a file.
const BODY_BYTES_MAX: usize = 1024 * 1024;
/// The largest form of the composer that is read, in bytes. It is more than may go along with a
/// letter, so that who attaches too much gets the form back with all that was typed.
const FILES_BODY_BYTES_MAX: usize = 40 * 1024 * 1024;
/// How long a request may take before it is answered with "try again", in seconds.
const REQUEST_SECONDS_MAX: u64 = 30;
/// How long a form with files may take, in seconds: 40 MB over a line of 1 Mbit/s.
const FILES_SECONDS_MAX: u64 = 320;
/// How long an exchange waits for an answer, in seconds: a caller hears nothing meanwhile.
const EXCHANGE_SECONDS_MAX: u64 = 10;
/// The longest address that is looked at, in bytes.
const ADDRESS_BYTES_MAX: usize = 4_000;

/// What the web needs to stand up.
pub struct Site {
    /// The contact centre.
    pub desk: Desk,
    /// How stored mail is opened.
    pub opener: Opener,
    /// How it is judged what browsers say about passkeys.
    pub witness: Witness,
    /// Residents reach this site over https: cookies are only sent that way.
    pub secure_cookies: bool,
    /// A proxy of our own stands in front: the client's address is the last one in
    /// `X-Forwarded-For`. Never set this without such a proxy.
    pub trust_proxy: bool,
    /// What is to be shown to read `/metrics`; without it only this machine reads it.
    pub metrics_token: Option<String>,
    /// A virus scanner looks at what comes in.
    pub scans: bool,
    /// The map on which residents point at what they report; without one they only write it.
    pub map: Option<Map>,
    /// Where employees sign in elsewhere, when there is such a place.
    pub sign_on: Option<SignOn>,
    /// Who speaks with telephone exchanges that ask what to do, when there are any.
    pub exchanges: Option<Arc<dyn Exchanges>>,
    /// True when the program is about to end: pages that stay connected are let go.
    pub closing: watch::Receiver<bool>,
}

/// What handlers share. Clones are the same door.
#[derive(Clone)]
pub(crate) struct Door(Arc<Shared>);

impl Deref for Door {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What stands behind the door.
pub(crate) struct Shared {
    pub(crate) desk: Desk,
    pub(crate) opener: Opener,
    pub(crate) scans: bool,
    pub(crate) map: Option<Arc<Map>>,
    pub(crate) secure_cookies: bool,
    pub(crate) trust_proxy: bool,
    pub(crate) metrics_token: Option<Arc<str>>,
    pub(crate) counted: Arc<Counted>,
    pub(crate) disruptions: Arc<Known>,
    pub(crate) indexes: Arc<Indexes>,
    pub(crate) kept: Arc<Kept>,
    pub(crate) sign_on: Option<SignOn>,
    pub(crate) exchanges: Option<Arc<dyn Exchanges>>,
    pub(crate) passkeys: Option<Arc<Passkeys>>,
    pub(crate) hashing: Heavy,
    pub(crate) packing: Heavy,
    pub(crate) requests: Arc<api::Requests>,
    pub(crate) described: Arc<api::Described>,
    closing: watch::Receiver<bool>,
}

impl Door {
    /// Whether the program is about to end: what would go on and on ends too.
    pub(crate) fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Waits for so long, or until the program is about to end.
    pub(crate) async fn sleep(&self, time: Duration) {
        let mut closing = self.closing.clone();
        let closed = async {
            if closing.wait_for(|closing| *closing).await.is_err() {
                // Nobody can say so any more.
                std::future::pending::<()>().await;
            }
        };
        let _ = tokio::time::timeout(time, closed).await;
    }
}

impl FromRef<Door> for Desk {
    fn from_ref(door: &Door) -> Desk {
        door.desk.clone()
    }
}

/// Every page and form, ready for `axum::serve` with the address of who connects
/// (`into_make_service_with_connect_info::<SocketAddr>()`).
pub fn router(site: Site) -> Router {
    let Site { desk, opener, scans, map, secure_cookies, trust_proxy, .. } = site;
    let Site { metrics_token, sign_on, exchanges, witness, closing, .. } = site;
    let passkeys = Passkeys::of(&desk.house().site, witness);
    let guard = cross_site_guard(&desk.house().site);
    let door = Door(Arc::new(Shared {
        desk,
        opener,
        scans,
        map: map.map(Arc::new),
        secure_cookies,
        trust_proxy,
        metrics_token: metrics_token.map(Arc::from),
        counted: Arc::default(),
        disruptions: Arc::default(),
        indexes: Arc::default(),
        kept: Arc::default(),
        sign_on,
        exchanges,
        passkeys: passkeys.map(Arc::new),
        hashing: Heavy::at_once(HASHING_AT_ONCE),
        packing: Heavy::at_once(PACKING_AT_ONCE),
        requests: Arc::default(),
        described: Arc::default(),
        closing,
    }));
    let programs = Router::new()
        .nest("/api/v1", api::router(door.clone()))
        .route("/api/{*rest}", any(api::nowhere))
        .merge(telephone().with_state(door.clone()))
        .layer(from_fn_with_state(door.clone(), site::around_programs));
    let pages = kept_pages()
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(door.clone(), site::kept))
        .merge(public())
        .merge(workspace())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(within(REQUEST_SECONDS_MAX))
        .merge(with_files())
        // The first sees a request first. Together they are one layer: each that is put around
        // routes apart is a box around each route, which every request makes a copy of.
        .layer((
            from_fn_with_state(door.clone(), site::guard),
            CompressionLayer::new(),
            from_fn_with_state(door.clone(), site::informed),
            from_fn_with_state(door.clone(), site::dress),
            map_request(short_enough),
            CatchPanicLayer::custom(site::panicked),
            guard,
        ))
        .with_state(door);
    // Programs come with a token and have no cookies: nothing around pages is about them. What
    // nobody knows is for the pages to answer.
    programs.merge(pages)
}

/// Telephone exchanges, which sign what they send.
fn telephone() -> Router<Door> {
    Router::new()
        .route("/telefoon/{exchange}/{hook}", post(exchanges::hook))
        .layer(DefaultBodyLimit::max(exchanges::BODY_BYTES_MAX))
        .layer(within(EXCHANGE_SECONDS_MAX))
        .layer(CatchPanicLayer::new())
}

/// Pages that are the same for every reader of a language.
fn kept_pages() -> Router<Door> {
    Router::new()
        .route("/", get(site::home))
        .route("/normen", get(site::norms))
        .route("/normen/zo-tellen-wij", get(site::counting))
        .route("/bereikbaar", get(site::status))
        .route("/zoeken", get(site::search))
        .route("/api", get(site::api))
        .route("/privacy", get(site::privacy))
        .route("/toegankelijkheid", get(site::accessibility))
}

/// Forms that files come with: they may be large, and take their time over a slow line.
fn with_files() -> Router<Door> {
    Router::new()
        .route("/melding", get(site::report_form).post(site::report_send))
        .route("/werk/cijfers/wat-als", get(staff::norm_what_if).post(staff::replay_norms))
        .route("/werk/contacten/{number}/{verb}", post(staff::deed))
        .route("/werk/contacten/{number}/invoegen", post(staff::insert_text))
        .layer(DefaultBodyLimit::max(FILES_BODY_BYTES_MAX))
        .layer(within(FILES_SECONDS_MAX))
}

/// Answers "try again" when it takes longer.
fn within(seconds: u64) -> TimeoutLayer {
    let patience = Duration::from_secs(seconds);
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, patience)
}

fn public() -> Router<Door> {
    Router::new()
        .route("/storingen.rss", get(site::feed))
        .route("/terugbellen", get(site::call_form).post(site::call_send))
        .route("/contact", get(site::contact_form).post(site::contact_send))
        .route("/contact/verzonden/{number}/{secret}", get(site::contact_sent))
        .route("/volg/{number}/{secret}", get(site::follow).post(site::follow_reply))
        .route("/volg/{number}/{secret}/nieuwe-link", post(site::follow_renew))
        .route("/volg/{number}/{secret}/oordeel", post(site::follow_opinion))
        .route("/volg/{number}/{secret}/bijlage/{letter}/{nr}", get(site::follow_file))
        .route("/afspraak", get(site::appointment).post(site::appointment_hold))
        .route(
            "/afspraak/gegevens/{visit}/{secret}",
            get(site::appointment_details).post(site::appointment_make),
        )
        .route(
            "/afspraak/bevestigen/{visit}/{secret}",
            get(site::appointment_confirm_form).post(site::appointment_confirm),
        )
        .route(
            "/volg/{number}/{secret}/verzetten",
            get(site::appointment_move_form).post(site::appointment_move),
        )
        .route("/volg/{number}/{secret}/afzeggen", post(site::appointment_cancel))
        .route("/volg/{number}/{secret}/afspraak.ics", get(site::appointment_calendar))
        .route("/static/{file}", get(site::asset))
        .route("/robots.txt", get(site::robots))
        .route("/sitemap.xml", get(site::sitemap))
        .route("/.well-known/security.txt", get(site::security))
        .route("/healthz", get(site::alive))
        .route("/readyz", get(site::ready))
        .route("/metrics", get(site::metrics))
}

fn workspace() -> Router<Door> {
    Router::new()
        .route("/werk", get(staff::work_list))
        .route("/werk/aanmelden", get(staff::sign_in_form).post(staff::sign_in))
        .route("/werk/aanmelden/code", get(staff::step_form).post(staff::step))
        .route("/werk/aanmelden/sleutel", post(staff::sign_in_with_passkey))
        .route("/werk/aanmelden/sleutel/vraag", post(staff::ask_for_passkey))
        .route("/werk/aanmelden/elders", get(staff::elsewhere))
        .route("/werk/aanmelden/terug", get(staff::back))
        .route("/werk/welkom/{secret}", get(staff::welcome_form).post(staff::welcomed))
        .route("/werk/afmelden", post(staff::sign_out))
        .route("/werk/zoeken", get(staff::search))
        .route("/werk/lijst.csv", post(staff::export))
        .route("/werk/logboek", get(staff::logbook))
        .route("/werk/logboek.csv", post(staff::export_log))
        .route("/werk/kwaliteit", get(staff::quality))
        .route("/werk/cijfers", get(staff::report_figures))
        .route("/werk/cijfers.csv", get(staff::report_csv))
        .route("/werk/cijfers.json", get(staff::report_data))
        .route("/werk/cijfers/vooruit", get(staff::ahead))
        .route("/werk/cijfers/vooruit.csv", get(staff::ahead_csv))
        .route("/werk/cijfers/lijst", get(staff::report_items))
        .route("/werk/cijfers/jaar/{year}", get(staff::annual_report))
        .route("/werk/kwaliteit/{number}", post(staff::review))
        .route("/werk/live", get(staff::live))
        .route("/werk/contacten/{number}/live", get(staff::live_item))
        .route("/werk/samen", post(staff::together))
        .route("/werk/weergaven", post(staff::keep_view))
        .route("/werk/weergaven/{id}/weg", post(staff::remove_view))
        .route("/werk/contacten/{number}", get(staff::item))
        .route("/werk/contacten/{number}/wissen", post(staff::erase))
        .route("/werk/contacten/{number}/brief/{letter}/bijlage/{nr}", get(staff::enclosure))
        .route("/werk/contacten/{number}/bericht/{message}/bron", get(staff::raw))
        .route(
            "/werk/contacten/{number}/bericht/{message}/bijlage/{nr}",
            get(staff::file).post(staff::save_file),
        )
        .route(
            "/werk/contacten/{number}/bericht/{message}/opgemaakt",
            get(staff::formatted).post(staff::ask_pictures),
        )
        .route("/werk/contacten/{number}/bericht/{message}/opgemaakt/inhoud", get(staff::content))
        .route("/werk/registreren", get(staff::register_form).post(staff::register))
        .route("/werk/uit", get(staff::outbox))
        .route("/werk/kanalen", get(staff::channels))
        .route("/werk/kanalen/apart/{id}/opnieuw", post(staff::retry))
        .route("/werk/storingen", get(staff::disruptions).post(staff::publish_disruption))
        .route("/werk/storingen/{id}", get(staff::disruption).post(staff::change_disruption))
        .route("/werk/storingen/{id}/voorbij", post(staff::end_disruption))
        .merge(counter())
        .merge(calls())
        .merge(writing())
}

/// Calling residents back.
fn calls() -> Router<Door> {
    Router::new()
        .route("/werk/bellen", get(staff::calls))
        .route("/werk/bellen/volgende", get(staff::next_call))
        .route("/werk/bellen/notitie", get(staff::call_note).post(staff::note_call))
        .route("/werk/bellen/{number}", get(staff::call).post(staff::called))
        .route("/werk/gesprek", get(staff::call_screen).post(staff::take_call))
        .route("/werk/gesprek/live", get(staff::live_call))
        .route("/werk/telefoon", get(staff::phone_board))
        .route("/werk/telefoon/cijfers", get(staff::phone_figures))
        .route("/werk/telefoon/cijfers.csv", get(staff::phone_figures_file))
        .route("/werk/telefoon/bezetting", get(staff::staffing))
        .route("/werk/telefoon/nummers", get(staff::phone_numbers).post(staff::set_phone_numbers))
}

/// The counter by appointment, on its day and beforehand.
fn counter() -> Router<Door> {
    Router::new()
        .route("/werk/balie", get(staff::counter).post(staff::without_appointment))
        .route("/werk/balie/bezoek/{number}/{verb}", post(staff::visit_step))
        .route("/werk/balie/afspraak", get(staff::book_form).post(staff::book))
        .route("/werk/balie/afspraak/{number}", get(staff::move_form).post(staff::move_visit))
        .route("/werk/balie/afspraak/{number}/afzeggen", post(staff::cancel_visit))
        .route("/werk/balie/planning", get(staff::planning))
        .route("/werk/balie/wat-als", get(staff::what_if))
        .route("/werk/balie/cijfers", get(staff::counter_figures))
        .route("/werk/balie/cijfers.csv", get(staff::counter_figures_file))
        .route("/werk/balie/sluitingen", get(staff::closings).post(staff::close_desk))
        .route("/werk/balie/sluitingen/{id}/weg", post(staff::open_desk))
        .route("/werk/balie/agendas", get(staff::feeds))
        .route("/werk/balie/agendas/{desk}", post(staff::renew_feed))
        .route("/werk/balie/agendas/{desk}/eind", post(staff::end_feed))
        .route("/agenda/{secret}", get(site::desk_feed))
        .route("/wachtruimte", get(site::waiting_room))
}

/// What helps employees to write.
fn writing() -> Router<Door> {
    const LETTER: &str = "/werk/brieven/{letter}/{lang}";
    Router::new()
        .route("/werk/teksten", get(staff::texts).post(staff::add_text))
        .route("/werk/teksten/{id}", get(staff::text).post(staff::change_text))
        .route("/werk/teksten/{id}/weg", post(staff::remove_text))
        .route("/werk/afwezig", get(staff::absences).post(staff::note_absence))
        .route("/werk/afwezig/{id}/weg", post(staff::remove_absence))
        .route("/werk/normen", get(staff::rules))
        .route("/werk/persoon", get(staff::person_form).post(staff::person))
        .route("/werk/persoon/bestand", post(staff::person_as_file))
        .route("/werk/persoon/lezen", post(staff::person_print))
        .route("/werk/persoon/wissen", post(staff::person_erase))
        .route("/werk/vernietigen", get(staff::destructions).post(staff::approve_destruction))
        .route("/werk/vernietigen/uitzondering", post(staff::keep_longer))
        .route("/werk/vernietigen/{about}", get(staff::certificate))
        .route("/werk/teams", get(staff::teams).post(staff::add_team))
        .route("/werk/teams/uren", get(staff::working_hours))
        .route("/werk/teams/uren/{id}", post(staff::set_working_hours))
        .route("/werk/teams/{id}", post(staff::change_team))
        .route("/werk/mij/toegang", get(staff::access))
        .route("/werk/mij/toegang/{verb}", post(staff::change_access))
        .route("/werk/medewerkers", get(staff::employees).post(staff::employ))
        .route("/werk/medewerkers/{id}/{verb}", post(staff::change_employee))
        .route("/werk/koppelingen", get(staff::connections).post(staff::make_connection))
        .route("/werk/koppelingen/{id}/eind", post(staff::end_connection))
        .route("/werk/koppelingen/abonnementen", post(staff::make_webhook))
        .route("/werk/koppelingen/abonnementen/{id}", post(staff::change_webhook))
        .route("/werk/mij", get(staff::signature_form).post(staff::sign))
        .route("/werk/brieven", get(staff::letters))
        .route(LETTER, get(staff::letter).post(staff::change_letter))
        .route(&format!("{LETTER}/voorbeeld"), post(staff::preview_letter))
        .route(&format!("{LETTER}/als-mail"), post(staff::letter_as_mail))
        .route(&format!("{LETTER}/terugzetten"), post(staff::reset_letter))
}

/// Refuses what a page of another site sends, by the headers browsers add. Pages with a secret in
/// their address are left out: they act on that, not on a cookie, and since they send no referrer
/// an older browser can not say where a form comes from.
fn cross_site_guard(own: &str) -> CsrfLayer {
    let guard = CsrfLayer::new()
        .with_insecure_bypass(|_: &Method, address: &Uri| site::has_secret(address.path()));
    // A proxy may change the Host header; the published address counts as our own all the same.
    let scheme_end = own.find("://").map_or(0, |at| at + 3);
    let origin = match own[scheme_end..].find('/') {
        Some(slash) => &own[..scheme_end + slash],
        None => own,
    };
    guard.clone().add_trusted_origin(origin).unwrap_or(guard)
}

/// An address longer than any of ours is not looked at.
async fn short_enough(
    request: axum::extract::Request,
) -> Result<axum::extract::Request, StatusCode> {
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > ADDRESS_BYTES_MAX { Err(StatusCode::URI_TOO_LONG) } else { Ok(request) }
}
