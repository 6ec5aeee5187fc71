"""A request in one JSON body, by exactly the rules of the pages. Unknown fields are refused.

What lacks is no fault of the body: the request is held with its gaps, as from the pages.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema
from typing_extensions import override

from hub.sharing.commands.sending import SendRequest
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.rules.request_gaps import first_gaps
from hub.sharing.schemas.requests.law import PoliceForm
from hub.sharing.schemas.requests.shapes import SHAPES, plain
from hub.web.fields import PlainText
from hub.web.forms import Form, Values

HOLDER = AskPage.HOLDER


class HolderBody(Schema):
    """Whom it goes to: an agency, and which of its services where one is meant."""

    class Meta(Schema.Meta):
        """Nothing that is not asked for is let in."""

        unknown = RAISE

    agency = fields.UUID(required=True)
    service = fields.UUID(load_default=None, allow_none=True)


class AccountId(PlainText):
    """The id of an account, as a JSON body names a colleague whom a page lets one pick."""

    @override
    def understood(self, text: str) -> str:
        try:
            return str(UUID(text))
        except ValueError as error:
            raise ValidationError(f"Enter {self.called} as the id of an account") from error


class PoliceBody(PoliceForm):
    """The form of the police, in one JSON object."""

    counter_signer = AccountId(  # type: ignore[assignment]  # a program cannot pick from a list
        "Who counter-signs?", called="who counter-signs"
    )


def strict(shape: type[Form[Values]]) -> Callable[[], Schema]:
    """Return the maker of a shape that lets in nothing that is not asked for."""

    class Meta(Schema.Meta):
        unknown = RAISE

    # In the document of the API these stand beside the forms of other rooms.
    made: type[Schema] = type(
        f"Request{shape.__name__}", (shape,), {"Meta": Meta, "__doc__": shape.__doc__}
    )
    return partial(made)  # a bare class would be given arguments that a form does not take


def _one(page: AskPage) -> fields.Nested:
    return fields.Nested(strict(SHAPES[page]), load_default=dict)


class RequestBody(Schema):
    """A whole request, page by page. Loads to a SendRequest command.

    The day of the request must stand in ``hub.web.dates.TODAY``. Nothing goes without
    ``holder``, ``subject``, ``what`` and the purpose in ``why``; what else lacks holds it.
    """

    class Meta(Schema.Meta):
        """Nothing that is not asked for is let in."""

        unknown = RAISE

    holder = fields.Nested(HolderBody, required=True)
    subject = _one(AskPage.SUBJECT)
    what = _one(AskPage.WHAT)
    why = _one(AskPage.WHY)
    urgency = _one(AskPage.URGENCY)
    risk = _one(AskPage.RISK)
    consent = _one(AskPage.CONSENT)
    basis = _one(AskPage.BASIS)
    order = _one(AskPage.ORDER)
    police_form = fields.Nested(strict(PoliceBody), load_default=dict)
    victim_request = _one(AskPage.VICTIM)
    handling = _one(AskPage.HANDLING)
    declaration = _one(AskPage.DECLARATION)

    @validates_schema(skip_on_field_errors=True)
    def _enough(self, values: Values, **_: object) -> None:
        errors: dict[str, dict[str, list[str]]] = {}
        for gap in first_gaps(_answers(values)):
            errors.setdefault(gap.page.value, {}).setdefault(gap.field, []).append(gap.cure)
        if errors:
            raise ValidationError(errors)

    @post_load
    def _command(self, values: Values, **_: object) -> SendRequest:
        return SendRequest(answers=_answers(values))


def _answers(values: dict[str, Any]) -> AskAnswers:
    pages = {page.value: plain(page, values[page.value]) for page in AskPage if page is not HOLDER}
    whom = {name: str(one) for name, one in values[HOLDER.value].items() if one is not None}
    return AskAnswers(pages={HOLDER.value: whom} | {k: v for k, v in pages.items() if v})
