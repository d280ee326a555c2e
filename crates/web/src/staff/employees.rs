//! Who works here: accounts, roles, and links by which people choose a password.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Account, Administer, Invitation, Known, Role, Roles, Stop, Tx};
use promises::Refusal;

use super::Worker;
use super::access::role_choices;
use crate::door::Door;
use crate::pages::{EmployeeForm, Employees, NewLink, Section};
use crate::site::{Answer, Failure, Typed, show};

/// An account as it comes in: the fields `login`, `name`, `department`, and `role` for each role.
#[derive(Clone)]
struct Filled {
    known: Known,
    roles: Roles,
}

impl Filled {
    fn read(fields: &[(String, String)]) -> Filled {
        let named = |name: &'static str| fields.iter().filter(move |it| it.0 == name);
        let one = |name| named(name).next().map(|it| it.1.clone()).unwrap_or_default();
        let (login, name, department) = (one("login"), one("name"), one("department"));
        let roles = named("role").filter_map(|it| Role::from_word(&it.1)).collect();
        Filled { known: Known { login, name, department }, roles }
    }
}

/// What happened to which account.
enum Done {
    /// Nothing to show but the list.
    Kept,
    /// A link that its owner is to have.
    Link(i64, Invitation),
}

/// GET /werk/medewerkers
pub(crate) async fn employees(State(door): State<Door>, worker: Worker<Administer>) -> Answer {
    show(StatusCode::OK, &page(&door, &worker).await?)
}

/// POST /werk/medewerkers
pub(crate) async fn employ(
    State(door): State<Door>,
    worker: Worker<Administer>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let filled = Filled::read(&fields);
    let (agent, it) = (worker.agent.clone(), filled.clone());
    let link = Invitation::new(&door.desk.random());
    let made = link.clone();
    let employed = door
        .desk
        .write(move |tx, _, now| desk::employ(tx, now, &agent, (&it.known, it.roles), &made));
    let employed = match employed.await {
        // Somebody else took the name at this very moment.
        Err(Stop::Storage(error)) if error.is_taken() => Err(Refusal::LoginTaken.into()),
        other => other,
    };
    answer(&door, &worker, (None, Some(&filled)), employed.map(|id| Done::Link(id, link))).await
}

/// POST /werk/medewerkers/{id}/{verb}: wijzigen, uitnodigen, sluiten, stap-weg
pub(crate) async fn change_employee(
    State(door): State<Door>,
    worker: Worker<Administer>,
    Path((id, verb)): Path<(i64, String)>,
    Typed(fields): Typed<Vec<(String, String)>>,
) -> Answer {
    let filled = Filled::read(&fields);
    let (agent, it) = (worker.agent.clone(), filled.clone());
    let link = Invitation::new(&door.desk.random());
    let made = link.clone();
    let (is_link, changes) = (verb == "uitnodigen", verb == "wijzigen");
    if !["wijzigen", "uitnodigen", "sluiten", "stap-weg"].contains(&verb.as_str()) {
        return Err(Failure::NOT_FOUND);
    }
    let act = move |tx: &mut Tx<'_>, _: &desk::House, now| match verb.as_str() {
        "uitnodigen" => desk::invite(tx, now, &agent, id, &made),
        "sluiten" => desk::dismiss(tx, now, &agent, id),
        "stap-weg" => desk::lift_second_step(tx, now, &agent, id),
        _ => desk::change_employee(tx, now, &agent, id, (&it.known, it.roles)),
    };
    let done = door.desk.write(act).await;
    let done = done.map(|()| if is_link { Done::Link(id, link) } else { Done::Kept });
    let typed = Some(&filled).filter(|_| changes);
    answer(&door, &worker, (Some(id), typed), done).await
}

async fn answer(
    door: &Door,
    worker: &Worker<Administer>,
    (id, typed): (Option<i64>, Option<&Filled>),
    done: Result<Done, Stop>,
) -> Answer {
    let mut page = page(door, worker).await?;
    match done {
        Ok(Done::Kept) => page.frame.done = Some(worker.words.say("staff-employee-kept")),
        Ok(Done::Link(id, link)) => {
            let named = page.employees.iter().find(|it| it.id == id);
            let who = named.map(|it| it.name.clone()).unwrap_or_default();
            let site = &door.desk.house().site;
            page.link =
                Some(NewLink { who, address: format!("{site}/werk/welkom/{}", link.text()) });
        }
        Err(Stop::Refused(refusal)) => {
            page.problem = Some(worker.words.say(refusal.key()));
            // What was typed stands where it was typed.
            let form = match id {
                None => Some(&mut page.fresh),
                Some(id) => page.employees.iter_mut().find(|it| it.id == id),
            };
            if let Some(form) = form {
                form.open = true;
                let Some(filled) = typed else {
                    return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
                };
                let Known { login, name, department } = filled.known.clone();
                if id.is_none() {
                    form.login = login;
                }
                (form.name, form.department) = (name, department);
                form.roles = role_choices(&worker.words, filled.roles);
            }
            return show(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(stop) => return Err(stop.into()),
    }
    // A link is shown once, so this page is not one to come back to.
    show(StatusCode::OK, &page)
}

async fn page(door: &Door, worker: &Worker<Administer>) -> Result<Employees, Failure> {
    let read = door.desk.read(|tx, _, _| Ok(tx.accounts()?));
    let (words, zone) = (worker.words, door.desk.house().zone().clone());
    let form = |Account { employee: it, seen_at, second_step }: Account| EmployeeForm {
        id: it.id,
        login: it.login,
        name: it.name,
        department: it.department,
        roles: role_choices(&words, Roles::from_words(&it.roles)),
        closed: it.closed_at.is_some(),
        seen: seen_at.map(|at| words.short_moment(at, &zone)),
        second_step,
        open: false,
    };
    let fresh = EmployeeForm {
        roles: role_choices(&words, [Role::Employee].into_iter().collect()),
        ..EmployeeForm::default()
    };
    let mut frame = worker.frame(door, Section::House);
    frame.path = "/werk/medewerkers".to_owned();
    let employees = read.await?.into_iter().map(form).collect();
    Ok(Employees { frame, employees, fresh, link: None, problem: None })
}
