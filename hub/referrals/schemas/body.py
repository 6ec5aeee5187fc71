"""A concern in one JSON body, by exactly the rules of the journey. Unknown fields are refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema

from hub.referrals.commands import SubmitConcern
from hub.referrals.journey import LAWFUL_BASIS, PROFESSIONAL, RISK_ITEMS
from hub.referrals.rules import Answers, missing
from hub.referrals.schemas import case, people
from hub.referrals.schemas.inputs import AreaChoice
from hub.referrals.schemas.whole import answers_from, person_said, victim_facts
from hub.referrals.states import PartyRole
from hub.web.dates import TODAY
from hub.web.forms import Form, Values
from hub.web.values import Option
from hub.web.words import SPOKEN

PLURALS = {
    PartyRole.ALLEGED_PERPETRATOR: "alleged_perpetrators",
    PartyRole.CHILD: "children",
    PartyRole.OTHER_ADULT: "other_adults",
}
"""The name of a group of people in the body."""

MOST_PEOPLE = 30


def _strict(shape: type[Form[Values]]) -> Callable[[], Schema]:
    """Return the maker of a shape that lets in nothing that is not asked for.

    Each body makes its own: a shape shared between bodies would carry the areas of one into
    another that is read at the same time.
    """

    class Meta(Schema.Meta):
        unknown = RAISE

    strict: type[Schema] = type(shape.__name__, (shape,), {"Meta": Meta, "__doc__": shape.__doc__})
    return partial(strict)  # a bare class would be given arguments that a form does not take


def _many(shape: type[Form[Values]]) -> fields.List[Any]:
    return fields.List(fields.Nested(_strict(shape)), load_default=list, validate=_not_too_many)


def _not_too_many(found: list[Any]) -> None:
    if len(found) > MOST_PEOPLE:
        raise ValidationError(f"Must be {MOST_PEOPLE} people or fewer")


def _one(shape: type[Form[Values]], *, required: bool = False) -> fields.Nested:
    if required:
        return fields.Nested(_strict(shape), required=True)
    return fields.Nested(_strict(shape), load_default=dict)


class ConcernBody(Schema):
    """A whole concern. ``areas`` are the areas that there are (value: id, label: name).

    Care experience (``care_experienced``) must be there for every person who is, or may be, 16 to
    25; said of anybody else it is left aside. Loads to a SubmitConcern command. The day of the
    request must stand in ``hub.web.dates.TODAY``.
    """

    class Meta(Schema.Meta):
        """Nothing that is not asked for is let in."""

        unknown = RAISE

    referrer = _one(case.YouForm)
    victim = _one(people.VictimBody, required=True)
    home = _one(case.HomeForm, required=True)
    safe_contact = _one(case.SafeContactForm)
    alleged_perpetrators = _many(people.PerpetratorBody)
    children = _many(people.ChildBody)
    other_adults = _many(people.OtherAdultBody)
    reason = _one(case.ReasonForm, required=True)
    police = _one(case.PoliceForm)
    criteria = _one(case.CriteriaForm)
    risk_tool = _one(case.RiskToolForm)
    risk_items = _one(case.RiskItemsForm)
    consent = _one(case.ConsentForm, required=True)
    lawful_basis = fields.Nested(_strict(case.LawfulBasisForm), load_default=None, allow_none=True)
    professionals = _many(people.ProfessionalForm)
    needs = _one(case.NeedsForm)

    def __init__(self, *, areas: tuple[Option, ...] = ()) -> None:
        super().__init__()
        self.set_areas(areas)

    def set_areas(self, areas: tuple[Option, ...]) -> None:
        """Say which areas there are."""
        home = self.fields["home"]
        if isinstance(home, fields.Nested) and isinstance(home.schema, Schema):
            area = home.schema.fields["area"]
            if isinstance(area, AreaChoice):
                area.set_areas(areas)

    @validates_schema(skip_on_field_errors=True)
    def _complete(self, values: Values, **_: object) -> None:
        lacking = missing(_answers(values), TODAY.get())
        if lacking:
            errors: dict[str, Any] = {}
            for each in lacking:
                at: dict[Any, Any] = errors.setdefault(_body_name(each.page), {})
                if each.position:
                    at = at.setdefault(each.position - 1, {})
                at.setdefault(each.field, []).append(SPOKEN.get().fill(each.cure))
            raise ValidationError(errors)

    @post_load
    def _command(self, values: Values, **_: object) -> SubmitConcern:
        return SubmitConcern(answers=_answers(values))


def _body_name(page: str) -> str:
    return next((plural for role, plural in PLURALS.items() if role.value == page), page)


def _answers(values: Values) -> Answers:
    pages = {
        "you": values["referrer"],
        "home": values["home"],
        "safe_contact": values["safe_contact"],
        "reason": values["reason"],
        "police": values["police"],
        "criteria": values["criteria"],
        "risk_tool": values["risk_tool"],
        RISK_ITEMS: values["risk_items"],
        "consent": values["consent"],
        LAWFUL_BASIS: values["lawful_basis"] or {},
        "needs": values["needs"],
    }
    said = [person_said(PartyRole.VICTIM, 1, values["victim"], victim_facts(pages))]
    for role, plural in PLURALS.items():
        said += [person_said(role, at, each, {}) for at, each in enumerate(values[plural], start=1)]
    return answers_from(pages, said, values[f"{PROFESSIONAL}s"])
