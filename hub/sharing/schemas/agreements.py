"""The shapes of the register's forms."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.sharing.commands import AddGateway, SaveAgreement, SaveParty
from hub.sharing.register import CATEGORIES, GATEWAY_KINDS, PARTY_ROLES, PURPOSES
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, Hidden, PlainText
from hub.web.forms import Form

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class TermsSaid:
    """The terms as typed, with the version that was read."""

    values: Values
    version: int

    def command(self, agreement_id: UUID | None) -> SaveAgreement:
        """Return the command that saves these terms."""
        return SaveAgreement(agreement_id=agreement_id, version=self.version, **self.values)


class AgreementForm(Form[TermsSaid]):
    """The terms of an agreement."""

    version = Hidden("Version")
    reference = PlainText("Reference", required=True, max_length=40, width="20")
    title = PlainText("Title", required=True, max_length=150)
    starts_on = DateParts("Start", called="the start", required=True)
    ends_on = DateParts(
        "End", called="the end", hint="The first day on which it no longer counts. May be empty."
    )
    review_on = DateParts(
        "Next review",
        called="the next review",
        required=True,
        hint="The first review is usually due after 6 months, later ones every 12.",
    )
    purposes = Choices("What may be shared for", PURPOSES, called="the purposes")
    permitted = Choices(
        "May be shared", CATEGORIES, hint="What is in neither of these two lists is excluded."
    )
    on_approval = Choices("May be shared once an approver has said yes", CATEGORIES)

    @validates_schema
    def _once(self, values: Values, **_: object) -> None:
        twice = set(values.get("permitted") or ()) & set(values.get("on_approval") or ())
        if twice:
            names = ", ".join(CATEGORIES[one] for one in sorted(twice))
            raise ValidationError(f"Select each category once. Twice: {names}", "on_approval")

    @override
    def build(self, values: Values) -> TermsSaid:
        """Return the terms."""
        lists = {
            name: tuple(values[name] or ()) for name in ("purposes", "permitted", "on_approval")
        }
        plain = {name: values[name] for name in ("reference", "title", "starts_on")}
        dates = {name: values[name] for name in ("ends_on", "review_on")}
        return TermsSaid(values=plain | dates | lists, version=version_of(values))


@dataclass(frozen=True, kw_only=True)
class PartySaid:
    """A party as typed."""

    agency_id: UUID
    role: str
    signatory: str | None
    signed_on: date | None
    version: int

    def command(self, agreement_id: UUID) -> SaveParty:
        """Return the command that saves this party of the agreement."""
        return SaveParty(
            agreement_id=agreement_id,
            version=self.version,
            agency_id=self.agency_id,
            role=self.role,
            signatory=self.signatory,
            signed_on=self.signed_on,
        )


class PartyForm(Form[PartySaid]):
    """A party: which agency, in which role, and who signed for it when."""

    version = Hidden("Version")
    agency = Choice("Agency", as_select=True, required=True, called="an agency")
    role = Choice("Role", PARTY_ROLES, required=True, called="the role")
    signatory = PlainText("Who signed for it", max_length=100, hint="Name and post at work.")
    signed_on = DateParts("Signed on", called="the day of signing", not_future=True)

    @override
    def build(self, values: Values) -> PartySaid:
        """Return the party."""
        return PartySaid(
            agency_id=UUID(values["agency"]),
            role=values["role"],
            signatory=values["signatory"],
            signed_on=values["signed_on"],
            version=version_of(values),
        )


@dataclass(frozen=True, kw_only=True)
class GatewaySaid:
    """A gateway as typed."""

    statute: str
    kind: str
    commences_on: date | None
    version: int

    def command(self, agreement_id: UUID) -> AddGateway:
        """Return the command that adds this gateway to the agreement."""
        return AddGateway(
            agreement_id=agreement_id,
            version=self.version,
            statute=self.statute,
            kind=self.kind,
            commences_on=self.commences_on,
        )


class GatewayForm(Form[GatewaySaid]):
    """A power or duty in law that the sharing rests on."""

    version = Hidden("Version")
    statute = PlainText(
        "Statute and section",
        required=True,
        max_length=150,
        hint="For example, Crime and Disorder Act 1998 section 115",
    )
    kind = Choice("Power or duty", GATEWAY_KINDS, required=True, called="power or duty")
    commences_on = DateParts(
        "In force since",
        called="the day of commencement",
        hint="Without a day it does not count yet.",
    )

    @override
    def build(self, values: Values) -> GatewaySaid:
        """Return the gateway."""
        return GatewaySaid(
            statute=values["statute"],
            kind=values["kind"],
            commences_on=values["commences_on"],
            version=version_of(values),
        )


class ReviewForm(Form[tuple[date, int]]):
    """When the next review is due, and the version that was read."""

    version = Hidden("Version")
    review_on = DateParts(
        "When is the next review?", called="the next review", required=True, future=True
    )

    @override
    def build(self, values: Values) -> tuple[date, int]:
        """Return day and version."""
        return values["review_on"], version_of(values)


def version_of(values: Values) -> int:
    """Return the version that the page carried; 0, which no saved agreement has, for another."""
    text = values.get("version") or ""
    return int(text) if text.isdecimal() else 0
