"""Finding people, the lists of a service and of a worker, and one person's page."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked, look
from hub.kernel.errors import RefusedError
from hub.people import access, schemas
from hub.people.commands.searching import SearchRegister, reveal_address, search_register
from hub.people.pages.beside import Panel, panels_of
from hub.people.pages.room import REGISTER, look_at_person, people, seen_person
from hub.people.queries.records import PersonView, view_of
from hub.people.queries.register import PAGE_SIZE, Filter, PersonRow, own_people, people_page
from hub.people.rules.identity import masked
from hub.people.rules.look_ups import policy_of
from hub.people.rules.persons import Address
from hub.people.rules.stages import STAGE_WORDS, hand_over_on
from hub.people.states import NameKind, Stage, SupportStatus
from hub.web import current, forms
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

LIST = task("People on your register")
MINE = task("My people")
FIND = task("Find a person")
ONE = task("Person")
ADDRESSES = task("Addresses")


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    """A page of people."""

    rows: tuple[PersonRow, ...]
    stages: dict[Stage, str]
    is_desk: bool = False
    status: str = ""
    has_no_worker: bool = False
    next_href: str = ""
    wide: bool = True


@dataclass(frozen=True, kw_only=True)
class FindPage(Page):
    """A search and what it found."""

    title: Task = FIND
    rows: tuple[PersonRow, ...] | None = None
    stages: dict[Stage, str]


@dataclass(frozen=True, kw_only=True)
class PersonPage(Page):
    """One person."""

    title: Task = ONE
    person: PersonView
    stage: str
    nhs_number: str
    aliases: tuple[str, ...]
    former_names: tuple[str, ...]
    hand_over: str
    is_desk: bool
    reveal: FormView
    panels: tuple[Panel, ...]
    wide: bool = True


@dataclass(frozen=True, kw_only=True)
class AddressesPage(Page):
    """Where somebody lives and lived, once the reason is on the trail."""

    title: Task = ADDRESSES
    person_id: UUID
    current: tuple[Address, ...]
    former: tuple[Address, ...]
    is_desk: bool


@people.get("/people")
@policy(Permission.REGISTER_READ)
def register() -> ResponseReturnValue:
    """List the service's people to its desk, and to a worker their own."""
    units, actor = current.units(), current.actor()
    if not actor.has(*access.DESKS):
        return _mine()
    with units.write(actor) as uow:
        services = sorted(access.own_services(uow))
        for service_id in services:
            uow.emit(Looked(kind=REGISTER, record_id=service_id))
    wanted, shown = _filter()
    with units.read(actor) as uow:
        rows = people_page(uow, wanted, services=services, after=request.args.get("after", ""))
    following = ""
    if len(rows) > PAGE_SIZE:
        last = rows[PAGE_SIZE - 1].reference
        following = url_for(
            "people.register", after=last, status=shown.get("status"), worker=shown.get("worker")
        )
    return page(
        "people/list.html",
        ListPage(
            title=LIST,
            rows=rows[:PAGE_SIZE],
            stages=dict(STAGE_WORDS),
            is_desk=True,
            status=shown.get("status", ""),
            has_no_worker=wanted.has_no_worker,
            next_href=following,
        ),
    )


def _mine() -> ResponseReturnValue:
    units, actor = current.units(), current.actor()
    if actor.contact_id is not None:
        look(units, actor, REGISTER, [actor.contact_id])
    with units.read(actor) as uow:
        rows = own_people(uow)
    return page("people/list.html", ListPage(title=MINE, rows=rows, stages=dict(STAGE_WORDS)))


def _filter() -> tuple[Filter, dict[str, str]]:
    """Return what the address asks for, and the same as it is put into the next address."""
    status = request.args.get("status", "")
    has_no_worker = request.args.get("worker") == "none"
    known = SupportStatus(status) if status in list(SupportStatus) else None
    shown = {"status": status} if known else {}
    if has_no_worker:
        shown["worker"] = "none"
    return Filter(status=known, has_no_worker=has_no_worker), shown


@people.route("/people/find", methods=["GET", "POST"])
@policy(Permission.REGISTER_READ)
def find() -> ResponseReturnValue:
    """Find somebody of one's own scope by two facts, for a purpose."""
    stages = dict(STAGE_WORDS)
    if request.method == "GET":
        return page(
            "people/find.html", FindPage(form=forms.blank(schemas.SearchForm), stages=stages)
        )
    reading = forms.read(schemas.SearchForm, request.form)
    if reading.value is None:
        return page("people/find.html", FindPage(form=reading.form, stages=stages))
    units, actor = current.units(), current.actor()
    typed = reading.value
    cmd = SearchRegister(**{name: getattr(typed, name) for name in typed.__dataclass_fields__})
    try:
        with units.write(actor) as uow:
            rows = search_register(cmd, uow=uow, policy=policy_of(current.settings()))
    except RefusedError as refused:
        refusal = reading.form.refuse(refused.why, field=refused.field)
        return page("people/find.html", FindPage(form=refusal, stages=stages))
    return page("people/find.html", FindPage(form=reading.form, rows=rows, stages=stages))


@people.get("/people/<uuid:person_id>")
@policy(Permission.REGISTER_READ)
def person(person_id: UUID) -> ResponseReturnValue:
    """Show one person: how to contact them safely first, where they live not at all."""
    return person_page(person_id, forms.blank(schemas.RevealForm))


@people.post("/people/<uuid:person_id>/addresses")
@policy(Permission.REGISTER_READ)
def addresses(person_id: UUID) -> ResponseReturnValue:
    """Show where somebody lives and lived, for a reason that goes on the trail."""
    reading = forms.read(schemas.RevealForm, request.form)
    if reading.value is None:
        return person_page(person_id, reading.form)
    units, actor = current.units(), current.actor()
    with units.write(actor) as uow:
        reveal_address(person_id, reading.value, uow=uow)
    with units.read(actor) as uow:
        found = seen_person(person_id).record
        today, is_desk = uow.today, access.is_on_desk(uow)
    return page(
        "people/addresses.html",
        AddressesPage(
            heading=found.name,
            back=url_for("people.person", person_id=person_id),
            person_id=person_id,
            current=tuple(each for each in found.addresses if each.is_current(today)),
            former=tuple(each for each in found.addresses if not each.is_current(today)),
            is_desk=is_desk,
        ),
    )


@people.get("/people/<uuid:person_id>/addresses")
@policy(Permission.REGISTER_READ)
def no_addresses(person_id: UUID) -> ResponseReturnValue:
    """Lead somebody who reloads the page of addresses back to where the reason is asked."""
    return redirect(url_for("people.person", person_id=person_id), 303)


def person_page(person_id: UUID, form: FormView) -> ResponseReturnValue:
    """Answer with somebody's page, once the look is on the trail."""
    look_at_person(person_id)
    with current.units().read(current.actor()) as uow:
        view = view_of(uow, person_id)
        is_desk = access.is_on_desk(uow)
        today = uow.today
        panels = panels_of(uow, person_id)
    record = view.record
    adult_on = hand_over_on(record.date_of_birth)
    return page(
        "people/person.html",
        PersonPage(
            heading=f"{record.known_as} {record.family_name}" if record.known_as else record.name,
            caption=record.reference,
            back=url_for("people.register"),
            form=form if form.problems else None,
            person=view,
            stage=STAGE_WORDS[view.stage],
            nhs_number=masked(record.nhs_number),
            aliases=tuple(schemas.lines_of(record.names, NameKind.ALIAS).splitlines()),
            former_names=tuple(schemas.lines_of(record.names, NameKind.FORMER).splitlines()),
            hand_over=f"{adult_on:%-d %B %Y}" if adult_on and adult_on > today else "",
            is_desk=is_desk,
            reveal=form,
            panels=panels,
        ),
    )
