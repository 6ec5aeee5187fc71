"""A contact: the page, its forms, its one-click check, and when the person is away."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.agencies import commands
from hub.agencies.access import (
    may_check,
    may_edit,
    may_record_absence,
    open_absence,
    open_agency,
    open_contact,
)
from hub.agencies.commands.absences import SaveAbsence
from hub.agencies.commands.contacts import EndWork, SaveContact
from hub.agencies.pages.blueprint import pages
from hub.agencies.pages.directory import HOME_CRUMB, fresh
from hub.agencies.pages.editing import need_edit
from hub.agencies.pages.filling import Edit, Group, fill_in
from hub.agencies.pages.words import role_word
from hub.agencies.queries.contacts import (
    ContactRow,
    absences_of,
    contact,
    contacts_by_id,
    teams,
)
from hub.agencies.queries.lists import colleagues
from hub.agencies.queries.services import offices_of, services_of_agency
from hub.agencies.rules.cover import Freshness, away_on
from hub.agencies.rules.hours import Openness, hours_in_words, openness
from hub.agencies.schemas import AbsenceAnswers, AbsenceForm, ContactAnswers, ContactForm, LeftForm
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, page, task
from hub.web.values import Link, Option

CONTACT = task("Contact")
ADD = task("Add a contact")
CHANGE = task("Change a contact")
LEFT = task("Somebody leaves")
AWAY = task("Record an absence")
CHANGE_AWAY = task("Change an absence")
SHOWN_AGAIN = (
    "name", "role", "email", "phone", "is_work_mobile", "hours", "out_of_hours", "is_public",
    "preference", "works_from", "works_until",
)  # fmt: skip
LINKED = ("service", "team", "office", "deputy")
GROUPS = (
    Group("Who", ("name", "role")),
    Group("Where", ("service", "team", "office", "deputy")),
    Group("How to reach them", ("phone", "is_work_mobile", "email", "hours", "out_of_hours")),
    Group("When at work", ("works_from", "works_until")),
    Group("Duty desks only", ("preference", "is_public")),
)


@dataclass(frozen=True, slots=True)
class AwayView:
    """An absence as the page shows it."""

    id: UUID
    from_on: date
    until_on: date
    cover: str
    is_now: bool


@dataclass(frozen=True, kw_only=True)
class ContactPage(Page):
    """One contact; the telephone number comes first."""

    title: Task = CONTACT
    contact: ContactRow
    rows: tuple[SummaryRow, ...]
    openness: Openness
    fresh: Freshness
    away: tuple[AwayView, ...]
    has_left: bool
    may_edit: bool
    may_check: bool
    may_record_absence: bool


@pages.get("/directory/contacts/<uuid:contact_id>")
@policy(Permission.DIRECTORY_READ)
def contact_page(contact_id: UUID) -> ResponseReturnValue:
    """Show a contact."""
    with units().read(actor()) as uow:
        held = open_contact(uow, contact_id)
        row = contact(uow, contact_id)
        away = _away(uow, row)
        others = contacts_by_id(uow, [row.deputy_id] if row.deputy_id else [])
        deputy = others[row.deputy_id].name if row.deputy_id in others else ""
        shown = ContactPage(
            heading=row.name,
            caption=role_word(row.role),
            crumbs=_crumbs(row),
            contact=row,
            rows=_rows(row, deputy),
            openness=openness(row.hours, uow.now),
            fresh=fresh(uow, row.checked_on),
            away=away,
            has_left=row.works_until is not None and row.works_until <= uow.today,
            may_edit=may_edit(uow, row.agency_id),
            may_check=may_check(uow, held),
            may_record_absence=may_record_absence(uow, held),
        )
    return page("agencies/contact.html", shown)


@pages.post("/directory/contacts/<uuid:contact_id>/check")
@policy(Permission.CONTACT_CHECK)
def check_contact(contact_id: UUID) -> ResponseReturnValue:
    """Say that a contact's entry is right."""
    with units().write(actor()) as uow:
        commands.check_contact(contact_id, uow=uow)
    flash("Thank you. The entry is marked as checked today.", "success")
    return redirect(url_for("agencies.contact_page", contact_id=contact_id), 303)


@pages.route("/directory/agencies/<uuid:agency_id>/contacts/add", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def add_contact(agency_id: UUID) -> ResponseReturnValue:
    """Ask for a new contact of an agency."""
    with units().read(actor()) as uow:
        need_edit(uow, open_agency(uow, agency_id).id)
        edit = _edit(uow, agency_id, None)
    return fill_in(edit)


@pages.route("/directory/contacts/<uuid:contact_id>/change", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def change_contact(contact_id: UUID) -> ResponseReturnValue:
    """Ask what is to change about a contact."""
    with units().read(actor()) as uow:
        agency_id = open_contact(uow, contact_id).agency_id
        need_edit(uow, agency_id)
        edit = _edit(uow, agency_id, contact(uow, contact_id))
    return fill_in(edit)


@pages.route("/directory/contacts/<uuid:contact_id>/left", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def contact_left(contact_id: UUID) -> ResponseReturnValue:
    """Ask from which day somebody no longer works for the agency."""
    with units().read(actor()) as uow:
        row = open_contact(uow, contact_id)
        need_edit(uow, row.agency_id)
        version, name, until = row.version, row.name, row.works_until
    here = url_for("agencies.contact_page", contact_id=contact_id)
    return fill_in(
        Edit(
            shape=LeftForm,
            title=LEFT,
            heading=f"{name} leaves",
            back=here,
            lead="From that day nothing is sent to this person any more. The deputy, the team"
            " manager or the duty desk is asked instead.",
            values={"works_until": until},
            version=version,
            save=lambda uow, answers: commands.end_work(
                EndWork(
                    contact_id=contact_id,
                    version=answers.version,
                    works_until=answers.works_until,
                ),
                uow=uow,
            ),
            done=lambda _: here,
        )
    )


@pages.route("/directory/contacts/<uuid:contact_id>/absences/add", methods=["GET", "POST"])
@policy(Permission.ABSENCE_RECORD)
def add_absence(contact_id: UUID) -> ResponseReturnValue:
    """Ask when a contact is away and who covers."""
    with units().read(actor()) as uow:
        edit = _absence_edit(uow, contact_id, None)
    return fill_in(edit)


@pages.route("/directory/absences/<uuid:absence_id>/change", methods=["GET", "POST"])
@policy(Permission.ABSENCE_RECORD)
def change_absence(absence_id: UUID) -> ResponseReturnValue:
    """Ask what is to change about an absence."""
    with units().read(actor()) as uow:
        edit = _absence_edit(uow, open_absence(uow, absence_id).contact_id, absence_id)
    return fill_in(edit)


@pages.post("/directory/absences/<uuid:absence_id>/remove")
@policy(Permission.ABSENCE_RECORD)
def remove_absence(absence_id: UUID) -> ResponseReturnValue:
    """Remove an absence that will not be."""
    with units().write(actor()) as uow:
        contact_id = commands.remove_absence(absence_id, uow=uow)
    flash("The absence is removed", "success")
    return redirect(url_for("agencies.contact_page", contact_id=contact_id), 303)


def _crumbs(row: ContactRow) -> tuple[Link, ...]:
    found = [
        Link(HOME_CRUMB, url_for("agencies.directory")),
        Link(row.agency, url_for("agencies.agency", agency_id=row.agency_id)),
    ]
    if row.service_id is not None and row.service is not None:
        href = url_for("agencies.staff_service", service_id=row.service_id)
        found.append(Link(row.service, href))
    return tuple(found)


def _rows(row: ContactRow, deputy: str) -> tuple[SummaryRow, ...]:
    given = (
        ("Service", row.service),
        ("Team", row.team),
        ("Office", row.office),
        ("Hours", hours_in_words(row.hours)),
        ("Out of hours", row.out_of_hours),
        ("Deputy", deputy),
    )
    return tuple(SummaryRow(key, value) for key, value in given if value)


def _away(uow: UnitOfWork, row: ContactRow) -> tuple[AwayView, ...]:
    """Return absences that are not over, with the names of those who cover."""
    absences = [
        each for each in absences_of(uow, [row.id]).get(row.id, ()) if each.until_on > uow.today
    ]
    covers = contacts_by_id(uow, (each.cover_id for each in absences if each.cover_id))
    now = away_on(absences, uow.today)
    return tuple(
        AwayView(
            each.id,
            each.from_on,
            each.until_on,
            covers[each.cover_id].name if each.cover_id in covers else "",
            each is now,
        )
        for each in absences
    )


def _edit(uow: UnitOfWork, agency_id: UUID, row: ContactRow | None) -> Edit[ContactAnswers]:
    values: dict[str, object] = {}
    if row is not None:
        values = {name: getattr(row, name) for name in SHOWN_AGAIN}
        values |= {name: getattr(row, f"{name}_id") for name in LINKED}
    own = services_of_agency(uow, agency_id)
    own_teams = teams(uow, (each.id for each in own))
    service_names = {each.id: each.name for each in own}
    mates = colleagues(uow, row.service_id) if row and row.service_id else ()
    mates = tuple(each for each in mates if row and each.id != row.id)

    def save(uow: UnitOfWork, answers: ContactAnswers) -> UUID:
        cmd = SaveContact(
            agency_id=agency_id,
            contact_id=row.id if row else None,
            version=answers.version,
            service_id=answers.service_id,
            team_id=answers.team_id,
            office_id=answers.office_id,
            deputy_id=answers.deputy_id,
            facts=answers.facts,
        )
        return commands.save_contact(cmd, uow=uow)

    back = url_for("agencies.agency", agency_id=agency_id)
    return Edit(
        shape=ContactForm,
        title=CHANGE if row else ADD,
        heading=f"Change {row.name}" if row else "Add a contact",
        back=url_for("agencies.contact_page", contact_id=row.id) if row else back,
        values=values,
        options={
            "service": tuple(Option(str(each.id), each.name) for each in own),
            "team": tuple(
                Option(str(each.id), f"{each.name}, {service_names[each.service_id]}")
                for each in own_teams
            ),
            "office": tuple(
                Option(str(each.id), each.name) for each in offices_of(uow, [agency_id])
            ),
            "deputy": tuple(Option(str(each.id), each.name) for each in mates),
        },
        groups=GROUPS,
        version=row.version if row else 0,
        save=save,
        done=lambda row_id: url_for("agencies.contact_page", contact_id=row_id),
        saved="Saved, and marked as checked today",
    )


def _absence_edit(
    uow: UnitOfWork, contact_id: UUID, absence_id: UUID | None
) -> Edit[AbsenceAnswers]:
    held = open_contact(uow, contact_id)
    if not may_record_absence(uow, held):
        raise NotFoundError("not this actor's to record")
    row = open_absence(uow, absence_id) if absence_id else None
    mates = colleagues(uow, held.service_id) if held.service_id else ()
    here = url_for("agencies.contact_page", contact_id=contact_id)

    def save(uow: UnitOfWork, answers: AbsenceAnswers) -> UUID:
        cmd = SaveAbsence(
            contact_id=contact_id,
            absence_id=absence_id,
            from_on=answers.from_on,
            until_on=answers.until_on,
            cover_id=answers.cover_id,
        )
        return commands.save_absence(cmd, uow=uow)

    return Edit(
        shape=AbsenceForm,
        title=CHANGE_AWAY if row else AWAY,
        heading=f"When {held.name} is away",
        back=here,
        values={
            "from_on": row.from_on if row else None,
            "until_on": row.until_on if row else None,
            "cover": row.cover_id if row else None,
        },
        options={
            "cover": tuple(
                Option(str(each.id), f"{each.name}, {role_word(each.role)}")
                for each in mates
                if each.id != contact_id
            )
        },
        save=save,
        done=lambda _: here,
    )
