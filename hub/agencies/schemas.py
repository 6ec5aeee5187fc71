"""The forms of the directory; each builds the facts that its command is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow.validate import Regexp
from typing_extensions import override

from hub.agencies.rules.entries import AgencyFacts, ContactFacts, OfficeFacts, ServiceFacts
from hub.agencies.rules.hours import EXAMPLE
from hub.agencies.rules.kinds import AGENCY_WORDS, ROLE_LABELS, SERVICE_WORDS
from hub.agencies.rules.terms import MAX_TYPED, place_served
from hub.web.dates import DateParts
from hub.web.fields import Choice, Email, Hidden, LongText, Phone, PlainText, Postcode, Tick
from hub.web.forms import Form

NAME = 200
HOURS_HINT = f"For example, {EXAMPLE}, or 24 hours. Add “bank holidays” if they are worked"
OUT_OF_HOURS_HINT = "What to do when it is closed, such as another number to ring"


@dataclass(frozen=True, kw_only=True)
class AgencyAnswers:
    """The agency's form as read; ``version`` is that of the row it was filled from."""

    version: int
    facts: AgencyFacts


@dataclass(frozen=True, kw_only=True)
class ServiceAnswers:
    """The service's form as read."""

    version: int
    authority_id: UUID | None
    facts: ServiceFacts


@dataclass(frozen=True, kw_only=True)
class OfficeAnswers:
    """The office's form as read."""

    version: int
    service_id: UUID | None
    facts: OfficeFacts


@dataclass(frozen=True, kw_only=True)
class TeamAnswers:
    """The team's form as read."""

    version: int
    name: str
    office_id: UUID | None
    manager_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ContactAnswers:
    """The contact's form as read."""

    version: int
    service_id: UUID | None
    team_id: UUID | None
    office_id: UUID | None
    deputy_id: UUID | None
    facts: ContactFacts


@dataclass(frozen=True, kw_only=True)
class AbsenceAnswers:
    """The absence's form as read; ``until_on`` is the first day back."""

    from_on: date
    until_on: date
    cover_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class LeftAnswers:
    """From which day somebody no longer works here."""

    version: int
    works_until: date


class SearchForm(Form[str]):
    """The one search box."""

    q = PlainText(
        "Who do you need to reach?",
        called="what you are looking for",
        max_length=MAX_TYPED,
        required=True,
    )

    @override
    def build(self, values: dict[str, Any]) -> str:
        """Return what was typed."""
        return str(values["q"])


class AgencyForm(Form[AgencyAnswers]):
    """An agency."""

    version = Hidden("Version")
    name = PlainText("Name of the agency", called="the name", required=True, max_length=NAME)
    kind = Choice("Kind of agency", AGENCY_WORDS, as_select=True, required=True)
    areas = LongText("Areas", hint="One on each line, such as Lincolnshire", rows=3)

    @override
    def build(self, values: dict[str, Any]) -> AgencyAnswers:
        """Return the answers."""
        areas = tuple(sorted(lines(values["areas"])))
        facts = AgencyFacts(name=values["name"], kind=values["kind"], areas=areas)
        return AgencyAnswers(version=number(values["version"]), facts=facts)


class ServiceForm(Form[ServiceAnswers]):
    """A service."""

    version = Hidden("Version")
    name = PlainText("Name of the service", called="the name", required=True, max_length=NAME)
    kind = Choice("What it does", SERVICE_WORDS, as_select=True, required=True)
    authority = Choice(
        "Authority responsible",
        as_select=True,
        hint="Only where the agency delivers the service for another",
    )
    description = LongText("About the service", rows=3)
    phone = Phone(
        "Telephone number", hint="Of the service or its desk, not of one person", width="20"
    )
    email = Email("E-mail address", width="two-thirds")
    hours = PlainText("Opening hours", hint=HOURS_HINT, max_length=NAME)
    out_of_hours = PlainText("Out of hours", hint=OUT_OF_HOURS_HINT, max_length=500)
    is_public = Tick("Show this service to the public, so that anybody can find it")

    @override
    def build(self, values: dict[str, Any]) -> ServiceAnswers:
        """Return the answers."""
        authority_id, version = chosen(values.pop("authority")), number(values.pop("version"))
        facts = ServiceFacts(**values)
        return ServiceAnswers(version=version, authority_id=authority_id, facts=facts)


class OfficeForm(Form[OfficeAnswers]):
    """An office."""

    version = Hidden("Version")
    name = PlainText(
        "Name of the office", hint="The town, for example", required=True, max_length=NAME
    )
    service = Choice("Service that sits here", as_select=True, hint="Leave empty if all of them do")
    address = LongText("Address", rows=3, max_length=500)
    postcode = Postcode("Postcode", width="10")
    serves = LongText(
        "Places served",
        hint="Postcode districts such as LN11, postcodes or names of places, one on each line",
        rows=4,
    )
    phone = Phone("Telephone number", hint="Of the office, not of one person", width="20")
    is_public = Tick("Show this office to the public, which is never right for a refuge")

    @override
    def build(self, values: dict[str, Any]) -> OfficeAnswers:
        """Return the answers."""
        service_id, version = chosen(values.pop("service")), number(values.pop("version"))
        places = {place_served(line) for line in lines(values.pop("serves"))}
        facts = OfficeFacts(**values, serves=tuple(sorted(places)))
        return OfficeAnswers(version=version, service_id=service_id, facts=facts)


class TeamForm(Form[TeamAnswers]):
    """A team."""

    version = Hidden("Version")
    name = PlainText("Name of the team", called="the name", required=True, max_length=NAME)
    office = Choice("Office", as_select=True)
    manager = Choice("Team manager", as_select=True)

    @override
    def build(self, values: dict[str, Any]) -> TeamAnswers:
        """Return the answers."""
        return TeamAnswers(
            version=number(values["version"]),
            name=values["name"],
            office_id=chosen(values["office"]),
            manager_id=chosen(values["manager"]),
        )


class ContactForm(Form[ContactAnswers]):
    """A contact: who, where, how to reach, when."""

    version = Hidden("Version")
    name = PlainText("Name", hint="Of the person, or of the desk", required=True, max_length=NAME)
    role = Choice("Role", ROLE_LABELS, as_select=True, required=True)
    service = Choice("Service", as_select=True)
    team = Choice("Team", as_select=True)
    office = Choice("Office", as_select=True)
    deputy = Choice("Deputy", as_select=True, hint="Who stands in when this person cannot")
    phone = Phone("Work telephone number", width="20")
    is_work_mobile = Tick("This is a work mobile issued by the agency")
    email = Email("Work e-mail address", width="two-thirds")
    hours = PlainText("Working hours", hint=HOURS_HINT, max_length=NAME)
    out_of_hours = PlainText("Out of hours", hint=OUT_OF_HOURS_HINT, max_length=500)
    preference = PlainText(
        "Order among the desks of the service",
        called="the order",
        hint="0 is rung first. For duty desks only",
        width="3",
        max_length=3,
        validate=Regexp("[0-9]*", error="The order must be a whole number"),
    )
    is_public = Tick("Show this duty desk to the public")
    works_from = DateParts("First day at work", hint="Leave empty if it is long ago")
    works_until = DateParts("First day no longer at work", hint="Leave empty if it is not known")

    @override
    def build(self, values: dict[str, Any]) -> ContactAnswers:
        """Return the answers."""
        version, preference = number(values.pop("version")), number(values.pop("preference"))
        links = {
            f"{name}_id": chosen(values.pop(name))
            for name in ("service", "team", "office", "deputy")
        }
        facts = ContactFacts(**values, preference=preference)
        return ContactAnswers(version=version, facts=facts, **links)


class AbsenceForm(Form[AbsenceAnswers]):
    """When somebody is away."""

    from_on = DateParts("First day away", required=True)
    until_on = DateParts("First day back", required=True)
    cover = Choice(
        "Who covers", as_select=True, hint="Messages go to them while this person is away"
    )

    @override
    def build(self, values: dict[str, Any]) -> AbsenceAnswers:
        """Return the answers."""
        return AbsenceAnswers(
            from_on=values["from_on"],
            until_on=values["until_on"],
            cover_id=chosen(values["cover"]),
        )


class LeftForm(Form[LeftAnswers]):
    """Somebody leaves."""

    version = Hidden("Version")
    works_until = DateParts("First day no longer at work", required=True)

    @override
    def build(self, values: dict[str, Any]) -> LeftAnswers:
        """Return the answers."""
        return LeftAnswers(version=number(values["version"]), works_until=values["works_until"])


def lines(text: str | None) -> list[str]:
    """Return what stands on each line, or between semicolons or commas, each once."""
    parts = (text or "").replace(";", "\n").replace(",", "\n").splitlines()
    return list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def chosen(value: str | None) -> UUID | None:
    """Return the id that was chosen; the options were checked already."""
    return UUID(value) if value else None


def number(text: str | None) -> int:
    """Return a whole number that was typed or carried; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() else 0
