"""A page on which a case is tried: which rule fires each way, and why none above it does."""

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.sharing.pages.holding.decisions import DecisionSaid, said_explanation
from hub.sharing.rules.case import Case
from hub.sharing.rules.explain import explain
from hub.sharing.schemas.coded_words import WAYS
from hub.sharing.schemas.trying import OWN, PRESET, TryForm
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

trying = Blueprint("trying", __name__, template_folder="../templates")

TRY = task("Try a case")
GROUPS = (
    ("Who asks, for what", ("requester_kind", "requester_relation", "purpose", "category",
                            "request_pattern")),
    ("The agreement", ("agreement_state", "category_rule")),
    ("The person", ("subject_role", "subject_age", "subject_competence")),
    ("What the person said", ("consent_state", "consent_overlap")),
    ("Instead of consent", ("override_basis", "s42", "weighing")),
    ("", ("so",)),
    ("The police", ("police_form", "victim_tests", "victim_notice")),
    ("", ("directions",)),
)  # fmt: skip
"""The questions that belong together; one that stands by itself needs no heading."""


@dataclass(frozen=True)
class Tried:
    """What the table says in one direction."""

    way: str
    said: DecisionSaid


@dataclass(frozen=True, kw_only=True)
class TryPage(Page):
    """The form, and above it what the table says of what was filled in."""

    title: Task = TRY
    groups: tuple[tuple[str, tuple[str, ...]], ...] = GROUPS
    own: tuple[str, ...] = tuple(f"own_{name}" for name in OWN)
    is_own_open: bool = False
    tried: tuple[Tried, ...] = ()


@trying.route("/sharing/try", methods=["GET", "POST"])
@policy(Permission.TABLE_TRY)
def try_case() -> ResponseReturnValue:
    """Ask the decision table about a made-up case; nothing of it is kept."""
    if request.method == "GET":
        return _show(blank(TryForm, PRESET))
    reading = read(TryForm, request.form)
    return _show(reading.form, () if reading.value is None else _tried(reading.value))


def _tried(case: Case) -> tuple[Tried, ...]:
    return tuple(
        Tried(WAYS[direction], said_explanation(explain(question)))
        for direction, question in case.questions()
    )


def _show(form: FormView, tried: tuple[Tried, ...] = ()) -> ResponseReturnValue:
    own = any(form[f"own_{name}"].typed not in {(), ("",)} for name in OWN)
    return page("sharing/try.html", TryPage(form=form, tried=tried, is_own_open=own))
