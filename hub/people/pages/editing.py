"""Adding a person, and changing what the register says of one, a small group of facts a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.agencies.queries import services
from hub.kernel.errors import ConflictError, RefusedError
from hub.people import access, commands, schemas
from hub.people.pages.checks import seen_check
from hub.people.pages.room import people, seen_person
from hub.people.queries.records import PersonRecord
from hub.people.rules.persons import Address
from hub.people.states import NameKind
from hub.web import current, forms
from hub.web.guard import policy
from hub.web.render import ConflictPage, Page, Task, conflict, page, task
from hub.web.said import both
from hub.web.values import FormView, Option
from hub.web.words import SPOKEN

NEW = task("Add a person")
ADD_ADDRESS = task("Add an address")


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form."""

    action: str
    button: str = "Save"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a record that has a page: its title, its form, and what the form opens with."""

    title: Task
    form: type[schemas.ChangesForm]
    shown: Callable[[PersonRecord], Mapping[str, Any]]


def _plain(*columns: str) -> Callable[[PersonRecord], Mapping[str, Any]]:
    return lambda record: {column: getattr(record, column) for column in columns}


def _names(record: PersonRecord) -> Mapping[str, Any]:
    columns = ("known_as", "given_name", "middle_names", "family_name")
    return {column: getattr(record, column) for column in columns} | {
        "aliases": schemas.lines_of(record.names, NameKind.ALIAS),
        "former_names": schemas.lines_of(record.names, NameKind.FORMER),
    }


PARTS = MappingProxyType(
    {
        "names": Part(task("Change names"), schemas.NamesForm, _names),
        "birth": Part(
            task("Change date of birth and numbers"),
            schemas.BirthForm,
            _plain("date_of_birth", "sex", "nhs_number"),
        ),
        "contact": Part(
            task("Change safe contact"),
            schemas.ContactForm,
            _plain("safe_phone", "safe_contact", "is_restricted"),
        ),
        "support": Part(task("Change support"), schemas.SupportForm, _plain("support_status")),
    }
)


@people.route("/people/new", methods=["GET", "POST"])
@policy(Permission.REGISTER_EDIT)
def new_person() -> ResponseReturnValue:
    """Put somebody on the register."""
    return _joins(Joining(action=url_for("people.new_person"), back=url_for("people.register")))


@people.route("/checks/<uuid:check_id>/add", methods=["GET", "POST"])
@policy(Permission.REGISTER_EDIT)
def add_for(check_id: UUID) -> ResponseReturnValue:
    """Put on the register whom a question asks about; what it says of them is filled in."""
    asked = seen_check(check_id).asked
    question = url_for("people.check", check_id=check_id)
    known = {
        "given_name": asked.given_name,
        "family_name": asked.family_name,
        "date_of_birth": asked.date_of_birth,
        "nhs_number": asked.nhs_number or None,
        "postcode": next(iter(asked.postcodes), None),
    }
    said = "Added to the register. Confirm by two facts that this is who is meant."
    action = url_for("people.add_for", check_id=check_id)
    return _joins(Joining(action=action, back=question, known=known, said=said, on=question))


@dataclass(frozen=True, kw_only=True)
class Joining:
    """A page on which somebody joins the register: what is known of them, and where it leads.

    Without ``on`` it leads to the new person's own page.
    """

    action: str
    back: str
    known: Mapping[str, Any] = field(default_factory=dict)
    said: str = "Added to the register."
    on: str = ""


def _joins(joining: Joining) -> ResponseReturnValue:
    options = {"service_id": own_service_options()}
    if request.method == "GET":
        only = options["service_id"][0].value if len(options["service_id"]) == 1 else None
        known = {"service_id": only, **joining.known}
        return _new_page(joining, forms.blank(schemas.NewPersonForm, known, options=options))
    reading = forms.read(schemas.NewPersonForm, request.form, options=options)
    if reading.value is None:
        return _new_page(joining, reading.form)
    values = dict(reading.value.values)
    postcode = values.pop("postcode")
    values["service_id"] = UUID(values["service_id"])
    try:
        with current.units().write(current.actor()) as uow:
            addresses = (Address(postcode=postcode, from_on=None),) if postcode else ()
            cmd = commands.SavePerson(**values, addresses=addresses)
            person_id = commands.save_person(cmd, uow=uow)
    except RefusedError as refused:
        return _new_page(joining, reading.form.refuse(refused.why, field=refused.field))
    flash(joining.said, "success")
    return redirect(joining.on or url_for("people.person", person_id=person_id), 303)


@people.route(
    "/people/<uuid:person_id>/<any(names,birth,contact,support):part>", methods=["GET", "POST"]
)
@policy(Permission.REGISTER_EDIT)
def edit(person_id: UUID, part: str) -> ResponseReturnValue:
    """Change a part of somebody's record."""
    own, options = PARTS[part], _options(part)
    record = _editable(person_id)
    if request.method == "GET":
        shown = {**own.shown(record), "version": record.version}
        return _edit_page(record, part, forms.blank(own.form, shown, options=options))
    reading = forms.read(own.form, request.form, options=options)
    if reading.value is None:
        return _edit_page(record, part, reading.form)
    return _save(
        record,
        reading.value,
        lambda why, field: _edit_page(record, part, reading.form.refuse(why, field=field)),
        stale=lambda: _conflict(record, part, reading.form),
    )


@people.route("/people/<uuid:person_id>/addresses/new", methods=["GET", "POST"])
@policy(Permission.REGISTER_EDIT)
def add_address(person_id: UUID) -> ResponseReturnValue:
    """Add where somebody lives or lived; who moves in somewhere has left where they lived.

    An address is added to those that there are by now, so that an older page overwrites nothing.
    """
    record = _editable(person_id)
    if request.method == "GET":
        form = forms.blank(schemas.AddressForm, {"version": record.version})
        return _address_page(record, form)
    reading = forms.read(schemas.AddressForm, request.form)
    if reading.value is None:
        return _address_page(record, reading.form)
    added = Address(**reading.value.values)
    changes = schemas.Changes(
        version=record.version,
        values={"addresses": (*_moved_out(record.addresses, added), added)},
    )
    return _save(
        record,
        changes,
        lambda why, field: _address_page(record, reading.form.refuse(why, field=field)),
    )


def _moved_out(addresses: tuple[Address, ...], added: Address) -> tuple[Address, ...]:
    """Return the addresses before with their ends, once somebody lives at another for good."""
    if added.until_on is not None or added.from_on is None:
        return addresses
    moved = added.from_on
    return tuple(
        replace(each, until_on=moved)
        if each.until_on is None and (each.from_on is None or each.from_on < moved)
        else each
        for each in addresses
    )


def _save(
    record: PersonRecord,
    changes: schemas.Changes,
    again: Callable[[str, str | None], ResponseReturnValue],
    stale: Callable[[], ResponseReturnValue] | None = None,
) -> ResponseReturnValue:
    """Save a record with some of its values changed, and go back to the person's page."""
    cmd = commands.SavePerson(
        person_id=record.id,
        version=changes.version,
        **(_columns(record) | dict(changes.values)),
    )
    try:
        with current.units().write(current.actor()) as uow:
            commands.save_person(cmd, uow=uow)
    except ConflictError:
        if stale is None:
            raise
        return stale()
    except RefusedError as refused:
        return again(refused.why, refused.field)
    flash("Saved.", "success")
    return redirect(url_for("people.person", person_id=record.id), 303)


def _options(part: str) -> dict[str, tuple[Option, ...]]:
    """Return what can be picked on a part's form, in the authority's own words."""
    if part != "support":
        return {}
    words = SPOKEN.get().support
    return {"support_status": tuple(Option(code, words[code]) for code in words)}


def _columns(record: PersonRecord) -> dict[str, Any]:
    names = set(commands.SavePerson.__dataclass_fields__) - {"person_id", "version", "is_another"}
    return {name: getattr(record, name) for name in names}


def _editable(person_id: UUID) -> PersonRecord:
    """Return a record to somebody who may change it, once the look is on the trail."""
    return seen_person(person_id, Permission.REGISTER_EDIT).record


def own_service_options() -> tuple[Option, ...]:
    """Return the services whose part of the register the actor keeps, to choose from."""
    with current.units().read(current.actor()) as uow:
        return tuple(
            Option(str(row.id), row.name) for row in services(uow, access.own_services(uow))
        )


def _new_page(joining: Joining, form: FormView) -> ResponseReturnValue:
    return page(
        "people/form.html",
        FormPage(
            title=NEW,
            form=form,
            back=joining.back,
            action=joining.action,
            button="Add to the register",
        ),
    )


def _edit_page(record: PersonRecord, part: str, form: FormView) -> ResponseReturnValue:
    return page(
        "people/form.html",
        FormPage(
            title=PARTS[part].title,
            caption=record.name,
            form=form,
            back=url_for("people.person", person_id=record.id),
            action=url_for("people.edit", person_id=record.id, part=part),
        ),
    )


def _address_page(record: PersonRecord, form: FormView) -> ResponseReturnValue:
    return page(
        "people/form.html",
        FormPage(
            title=ADD_ADDRESS,
            caption=record.name,
            form=form,
            back=url_for("people.person", person_id=record.id),
            action=url_for("people.add_address", person_id=record.id),
        ),
    )


def _conflict(record: PersonRecord, part: str, form: FormView) -> ResponseReturnValue:
    """Set what was typed beside what is saved now, with a way to keep either."""
    own = PARTS[part]
    saved = forms.blank(own.form, own.shown(record), options=_options(part))
    typed = {name: values for name, values in form.typed.items() if name != "version"}
    kept = [(name, value) for name, values in typed.items() for value in values]
    dates = [name for name in typed if form[name].kind == "date"]
    for name in dates:
        kept = [pair for pair in kept if pair[0] != name]
        parts = zip(("day", "month", "year"), typed[name], strict=False)
        kept += [(f"{name}-{part_name}", value) for part_name, value in parts]
    return conflict(
        ConflictPage(
            what="the record",
            versions=both(form, saved),
            reload=url_for("people.person", person_id=record.id),
            again=url_for("people.edit", person_id=record.id, part=part),
            keep=(*kept, ("version", str(record.version))),
        )
    )
