"""Who is kept away from a concern, for the co-ordinator and the chair: set, and lifted again."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people.queries.links import ACCOUNT, AtWork, LinkRow, at_work, links_of
from hub.people.queries.near import staff_like
from hub.people.states import LinkKind
from hub.referrals.access import open_concern
from hub.referrals.commands.links import KeepAway, LetNear, keep_away, let_near
from hub.referrals.pages.blueprint import pages
from hub.referrals.queries import parties_of, sought_in
from hub.web import current
from hub.web.fields import Choice, LongText
from hub.web.forms import Form, ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

KEPT_AWAY = task("Who is kept away")
KEEP = task("Keep somebody away")
LIFT = task("Let somebody near again")

KINDS = MappingProxyType(
    {
        LinkKind.ALLEGED_PERPETRATOR: "They are alleged to have caused harm",
        LinkKind.REPRESENTATIVE: "They represent somebody alleged to have caused harm",
        LinkKind.HOUSEHOLD: "They live with somebody alleged to have caused harm",
        LinkKind.CLOSE: "A relative, partner, friend or former partner of somebody in it",
        LinkKind.ELSEWHERE: "They work with somebody in it in another job",
    }
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who is named, and in which way they have to do with the concern."""

    who: str
    kind: LinkKind
    note: str

    def command(self, concern_id: UUID) -> KeepAway:
        """Return what is to be done to the concern."""
        kind_of_id, _, named = self.who.partition(":")
        is_account = kind_of_id == ACCOUNT
        return KeepAway(
            concern_id=concern_id,
            kind=self.kind,
            account_id=UUID(named) if is_account else None,
            contact_id=None if is_account else UUID(named),
            note=self.note,
        )


class KeepForm(Form[Said]):
    """Somebody at work who must have nothing to do with a concern."""

    who = Choice("Who?", called="who it is", as_select=True, required=True)
    kind = Choice(
        "What do they have to do with it?",
        {kind.value: words for kind, words in KINDS.items()},
        required=True,
        ask="Select what they have to do with it",
    )
    note = LongText("How do you know?", hint="Only co-ordinators and chairs can read it.", rows=3)

    @override
    def build(self, values: dict[str, Any]) -> Said:
        """Return who is named."""
        return Said(who=values["who"], kind=LinkKind(values["kind"]), note=values["note"] or "")


class LiftForm(ValuesForm):
    """Why somebody may have to do with a concern again."""

    reason = LongText(
        "Why is this over, or was it wrong?", called="why", required=True, ask="Enter why", rows=3
    )


@dataclass(frozen=True, kw_only=True)
class KeptPage(Page):
    """Who is and was kept away."""

    title: Task = KEPT_AWAY
    concern_id: UUID
    links: tuple[LinkRow, ...]
    kinds: MappingProxyType[LinkKind, str]
    hints: tuple[AtWork, ...]
    """Who may have to do with it, by a name or a number."""


@dataclass(frozen=True, kw_only=True)
class KeepPage(Page):
    """A form about somebody who is or was kept away."""

    action: str
    button: str
    lead: str


@pages.get("/concerns/<uuid:concern_id>/kept-away")
@policy(Permission.CASE_LINK)
def kept_away(concern_id: UUID) -> ResponseReturnValue:
    """List who is kept away from a concern, and who was."""
    reference, links = _links(concern_id)
    with current.units().read(current.actor()) as uow:
        people = [sought_in(one) for one in parties_of(uow, [concern_id])]
        hints = staff_like(uow, concern_id, people)
    return page(
        "referrals/kept_away.html",
        KeptPage(
            caption=f"Concern {reference}",
            back=url_for("referrals.concern", concern_id=concern_id),
            concern_id=concern_id,
            links=links,
            kinds=KINDS,
            hints=hints,
        ),
    )


@pages.route("/concerns/<uuid:concern_id>/kept-away/new", methods=["GET", "POST"])
@policy(Permission.CASE_LINK)
def keep(concern_id: UUID) -> ResponseReturnValue:
    """Keep somebody away from a concern."""
    reference, _ = _links(concern_id)
    with current.units().read(current.actor()) as uow:
        choices = tuple(Option(one.who, f"{one.name}, {one.agency}") for one in at_work(uow))
    if request.method == "GET":
        begun = {"who": request.args.get("who", "")}
        return _keep_page(concern_id, reference, blank(KeepForm, begun, options={"who": choices}))
    reading = read(KeepForm, request.form, options={"who": choices})
    if reading.value is None:
        return _keep_page(concern_id, reference, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            keep_away(reading.value.command(concern_id), uow=uow)
    except RefusedError as no:
        return _keep_page(concern_id, reference, reading.form.refuse(no.why, field=no.field))
    flash("Kept away from now on", "success")
    return redirect(_after(concern_id), 303)


@pages.route("/concerns/<uuid:concern_id>/kept-away/<uuid:link_id>", methods=["GET", "POST"])
@policy(Permission.CASE_LINK)
def lift(concern_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Let somebody near a concern again, with the reason."""
    reference, links = _links(concern_id)
    link = next((one for one in links if one.id == link_id and one.until is None), None)
    if link is None:
        raise NotFoundError("no such link")
    form = blank(LiftForm)
    if request.method == "POST":
        reading = read(LiftForm, request.form)
        form = reading.form
        if reading.value is not None:
            try:
                with current.units().write(current.actor()) as uow:
                    cmd = LetNear(
                        concern_id=concern_id, link_id=link_id, reason=reading.value["reason"]
                    )
                    let_near(cmd, uow=uow)
            except RefusedError as no:
                form = form.refuse(no.why, field=no.field)
            else:
                flash("Not kept away any more", "success")
                return redirect(url_for("referrals.kept_away", concern_id=concern_id), 303)
    shown = KeepPage(
        title=LIFT,
        caption=f"Concern {reference}",
        form=form,
        back=url_for("referrals.kept_away", concern_id=concern_id),
        action=url_for("referrals.lift", concern_id=concern_id, link_id=link_id),
        button="Let them near again",
        lead=f"{link.name} will see everything of this case that their role shows them.",
    )
    return page("referrals/lift.html", shown)


def _links(concern_id: UUID) -> tuple[str, tuple[LinkRow, ...]]:
    """Return a concern's reference and links, to whoever may set them. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        concern = open_concern(uow, concern_id, Permission.CASE_LINK)
        return concern.reference, links_of(uow, concern_id)


def _after(concern_id: UUID) -> str:
    """Return where to go on; whoever named themselves has no such concern any more."""
    with current.units().read(current.actor()) as uow:
        try:
            open_concern(uow, concern_id, Permission.CASE_LINK)
        except NotFoundError:
            return url_for("home.show")
    return url_for("referrals.kept_away", concern_id=concern_id)


def _keep_page(concern_id: UUID, reference: str, form: FormView) -> ResponseReturnValue:
    shown = KeepPage(
        title=KEEP,
        caption=f"Concern {reference}",
        form=form,
        back=url_for("referrals.kept_away", concern_id=concern_id),
        action=url_for("referrals.keep", concern_id=concern_id),
        button="Keep them away",
        lead=(
            "From now on nothing of this case is there for them, whatever their role: no page, no"
            " count, no message. They are not told. If you name yourself, that goes for you too."
        ),
    )
    return page("referrals/keep.html", shown)
