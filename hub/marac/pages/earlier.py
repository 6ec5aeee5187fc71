"""Earlier referrals of the same people: a co-ordinator says who is who, and what repeats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.clocks import IncidentKind
from hub.marac.commands.repeats import RuleRepeat, rule_repeat
from hub.marac.commands.subjects import SayWho, say_who
from hub.marac.pages.blueprint import pages
from hub.marac.pages.repeat_panel import LABELS, repeat_panel
from hub.marac.queries.repeats import Repeat, RulingRow, repeats_of, rulings_of
from hub.marac.queries.subjects import Compared, Likely, compared
from hub.marac.rules.repeats import Ruling
from hub.marac.rules.subjects import Basis, Verdict
from hub.meetings.access import open_item
from hub.people.pages.beside import Panel
from hub.referrals.access import open_concern
from hub.referrals.queries import concern_row
from hub.referrals.schemas.case import INCIDENT_KINDS
from hub.web import current
from hub.web.dates import DateParts
from hub.web.fields import Choice, Hidden, LongText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, Page, Task, conflict, page, task, versions
from hub.web.values import FormView

EARLIER = task("Earlier referrals")
SAME = task("The same person")
RULE = task("Say what this referral is")

ROLES = {
    "victim": "{w.victim}",
    "alleged_perpetrator": "{w.alleged_perpetrator}",
    "child": "child",
    "other_adult": "other adult",
}
BANDS = {
    "certain": ("Almost certain", "green"),
    "probable": ("Probable", "green"),
    "possible": ("Possible", "yellow"),
    "conflict": ("Look twice: evidence speaks for and against", "red"),
    "none": ("Little agrees", "grey"),
}
BASES = {
    Basis.BORN: "The date of birth",
    Basis.ADDRESS: "The address",
    Basis.PHONE: "A telephone number",
    Basis.NUMBER: "A number of the NHS, the police or an agency",
    Basis.KNOWN_TO_BOTH: "An agency that knows them told me",
}
RULINGS = {
    Ruling.CLOCK: "What the area's rule counts",
    Ruling.REPEAT: "A repeat",
    Ruling.NEW: "New: no repeat of an earlier referral",
    Ruling.NEW_CASE: "A new case: somebody else is alleged to cause harm",
    Ruling.CHECK: "Still to be checked",
}


class SameForm(Form[Basis]):
    """What besides the name tells that two are one person."""

    basis = Choice(
        "What besides the name tells you?",
        {one.value: words for one, words in BASES.items()},
        required=True,
        ask="Select what besides the name tells you",
    )
    number = Hidden("Version", required=True)

    @override
    def build(self, values: dict[str, str]) -> Basis:
        """Return the basis; the version is read beside it."""
        return Basis(values["basis"])


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """What was typed of a referral's label."""

    ruling: Ruling
    incident_on: date | None
    incident_kind: IncidentKind | None
    reason: str
    number: str


class RuleForm(Form[Ruled]):
    """What a referral is held to be, and why."""

    ruling = Choice(
        "What is this referral?",
        {one.value: words for one, words in RULINGS.items()},
        required=True,
        ask="Select what this referral is",
    )
    incident_on = DateParts("Date of the latest incident", not_future=True)
    incident_kind = Choice(
        "What kind of incident was it?", INCIDENT_KINDS, called="kind of incident"
    )
    reason = LongText(
        "Reason",
        called="the reason",
        required=True,
        hint="It is kept with your name. The referrer does not see it.",
        rows=3,
    )
    number = Hidden("Version", required=True)

    @override
    def build(self, values: dict[str, str | date | None]) -> Ruled:
        """Return what was typed."""
        kind = values["incident_kind"]
        day = values["incident_on"]
        return Ruled(
            ruling=Ruling(str(values["ruling"])),
            incident_on=day if isinstance(day, date) else None,
            incident_kind=IncidentKind(str(kind)) if kind else None,
            reason=str(values["reason"]),
            number=str(values["number"]),
        )


@dataclass(frozen=True, kw_only=True)
class EarlierPage(Page):
    """What a referral is to those before it, and who in it may be whom."""

    title: Task = EARLIER
    wide: bool = True
    concern_id: UUID
    panel: Panel
    people: tuple[Compared, ...]
    rulings: tuple[RulingRow, ...]
    roles: Mapping[str, str]
    bands: Mapping[str, tuple[str, str]]
    ruled: Mapping[Ruling, str]


@dataclass(frozen=True, kw_only=True)
class BeforePage(Page):
    """What a case's referral is to those before it, for whoever runs the meeting."""

    title: Task = EARLIER
    panels: tuple[Panel, ...]
    is_print: bool = False


@dataclass(frozen=True, kw_only=True)
class PairPage(Page):
    """The question whether two are one person."""

    title: Task = SAME
    action: str
    one: Likely
    bands: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class RulePage(Page):
    """The form of a ruling; ``counted`` is what the area's rule says."""

    title: Task = RULE
    action: str
    counted: str


@pages.get("/screening/<uuid:concern_id>/earlier")
@policy(Permission.CONCERN_SCREEN)
def earlier(concern_id: UUID) -> ResponseReturnValue:
    """Show who may be in earlier referrals; every referral that is shown is a look."""
    people = _seen(concern_id)
    with current.units().read(current.actor()) as uow:
        panel = repeat_panel(uow, concern_id)
        rulings = rulings_of(uow, [concern_id]).get(concern_id, ())
        reference = concern_row(uow, concern_id).reference
    if panel is None:
        raise NotFoundError("not a concern of one's area")
    shown = EarlierPage(
        caption=f"Concern {reference}",
        back=url_for("referrals.concern", concern_id=concern_id),
        concern_id=concern_id,
        panel=panel,
        people=people,
        rulings=rulings,
        roles=ROLES,
        bands=BANDS,
        ruled=RULINGS,
    )
    return page("marac/earlier.html", shown)


@pages.get("/meetings/cases/<uuid:item_id>/earlier")
@policy(Permission.MEETING_READ)
def before(item_id: UUID) -> ResponseReturnValue:
    """Show what the referral of a case is to those before it, once the look is in the trail."""
    with current.units().read(current.actor()) as uow:
        concern_id = open_item(uow, item_id).concern_id
    if concern_id is None:
        raise NotFoundError("a case without a referral")
    look(current.units(), current.actor(), "item", [item_id])
    with current.units().read(current.actor()) as uow:
        panel = repeat_panel(uow, concern_id)
        reference = concern_row(uow, concern_id).reference
    shown = BeforePage(
        caption=f"Case {reference}",
        back=url_for("meetings.case", item_id=item_id),
        panels=(panel,) if panel else (),
    )
    return page("marac/before.html", shown)


@pages.route(
    "/screening/<uuid:concern_id>/earlier/<uuid:party_id>/<uuid:other_id>",
    methods=["GET", "POST"],
)
@policy(Permission.CONCERN_SCREEN)
def same(concern_id: UUID, party_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Ask what besides the name tells, then write down that two are one person."""
    one = _pair(_seen(concern_id), party_id, other_id)
    form = blank(SameForm, {"number": one.standing.number})
    if request.method == "POST":
        reading = read(SameForm, request.form)
        form = reading.form
        if reading.value is not None:
            cmd = SayWho(
                concern_id=concern_id,
                party_id=party_id,
                other_id=other_id,
                verdict=Verdict.SAME,
                number=_number(form["number"].value),
                basis=reading.value,
            )
            try:
                with current.units().write(current.actor()) as uow:
                    say_who(cmd, uow=uow)
            except RefusedError as no:
                form = form.refuse(no.why, field=no.field)
            else:
                return _back("It is kept that they are the same person", concern_id)
    shown = PairPage(
        caption=f"{one.reference}, {one.area}",
        back=url_for("marac.earlier", concern_id=concern_id),
        form=form,
        action=request.path,
        one=one,
        bands=BANDS,
    )
    return page("marac/same.html", shown)


@pages.post("/screening/<uuid:concern_id>/earlier/<uuid:party_id>/<uuid:other_id>/apart")
@policy(Permission.CONCERN_SCREEN)
def apart(concern_id: UUID, party_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Write down that two are not one person, or take back what was said."""
    verdict = Verdict.OPEN if request.form.get("verdict") == Verdict.OPEN else Verdict.OTHER
    cmd = SayWho(
        concern_id=concern_id,
        party_id=party_id,
        other_id=other_id,
        verdict=verdict,
        number=_number(request.form.get("number", "")),
    )
    with current.units().write(current.actor()) as uow:
        say_who(cmd, uow=uow)
    taken_back = verdict is Verdict.OPEN
    return _back("What was said is taken back" if taken_back else "They are kept apart", concern_id)


@pages.route("/screening/<uuid:concern_id>/repeat", methods=["GET", "POST"])
@policy(Permission.CONCERN_SCREEN)
def repeat(concern_id: UUID) -> ResponseReturnValue:
    """Say what a referral is to those before it, with a reason."""
    with current.units().read(current.actor()) as uow:
        open_concern(uow, concern_id, Permission.CONCERN_SCREEN)
        found = repeats_of(uow, [concern_id])[concern_id]
        reference = concern_row(uow, concern_id).reference
    if request.method == "GET":
        return _rule_page(found, reference, blank(RuleForm, _known(found)))
    reading = read(RuleForm, request.form)
    form, said = reading.form, reading.value
    if said is not None:
        cmd = RuleRepeat(
            concern_id=concern_id,
            ruling=said.ruling,
            incident_on=said.incident_on,
            incident_kind=said.incident_kind,
            reason=said.reason,
            number=_number(said.number),
        )
        try:
            with current.units().write(current.actor()) as uow:
                rule_repeat(cmd, uow=uow)
        except ConflictError:
            return _both(found, form)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        else:
            return _back("What this referral is was saved", concern_id)
    return _rule_page(found, reference, form)


def _known(found: Repeat) -> dict[str, object]:
    ruling = found.ruling
    return {
        "ruling": ruling.ruling.value if ruling else None,
        "incident_on": found.incident_on,
        "incident_kind": found.incident_kind or None,
        "number": ruling.number if ruling else 0,
    }


def _both(found: Repeat, form: FormView) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved meanwhile."""
    ruling = found.ruling
    theirs = {"ruling": RULINGS[ruling.ruling], "reason": ruling.reason} if ruling else {}
    typed = request.form.items(multi=True)
    kept = tuple(pair for pair in typed if pair[0] not in {"number", "csrf_token"})
    return conflict(
        ConflictPage(
            what="what this referral is",
            versions=versions(form, theirs),
            reload=request.path,
            again=request.path,
            keep=(*kept, ("number", str(ruling.number if ruling else 0))),
        )
    )


def _rule_page(found: Repeat, reference: str, form: FormView) -> ResponseReturnValue:
    shown = RulePage(
        caption=f"Concern {reference}",
        back=url_for("marac.earlier", concern_id=found.concern_id),
        form=form,
        action=request.path,
        counted=LABELS[found.counted][0],
    )
    return page("marac/repeat.html", shown)


def _seen(concern_id: UUID) -> tuple[Compared, ...]:
    """Return who may be whom, once the look at each referral concerned is in the trail.

    Which they are must be found first; nothing of them is shown before the look is recorded.
    """
    with current.units().read(current.actor()) as uow:
        open_concern(uow, concern_id, Permission.CONCERN_SCREEN)
        people = compared(uow, concern_id)
    others = {one.concern_id for each in people for one in each.likely}
    look(current.units(), current.actor(), "concern", [concern_id, *sorted(others)])
    return people


def _pair(people: tuple[Compared, ...], party_id: UUID, other_id: UUID) -> Likely:
    for each in people:
        for one in each.likely:
            if (each.party.id, one.party_id) == (party_id, other_id):
                return one
    raise NotFoundError("nobody likely")


def _back(said: str, concern_id: UUID) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("marac.earlier", concern_id=concern_id), 303)


def _number(text: str) -> int:
    """Return a whole number; -1, which is no version of anything, for what is none."""
    return int(text) if text.isascii() and text.isdigit() else -1
