"""What an entry of the directory says, and why it may not say it.

A form and a file of contacts meet here: both make these frozen facts, and both are refused in the
same words. The name of a field is the name of the form's field and of the file's column.
"""

from dataclasses import dataclass
from datetime import date

from hub.agencies.rules.channels import desk_phone_fault, email_fault, phone_fault, social_media
from hub.agencies.rules.cover import Refusal, span_refusal
from hub.agencies.rules.hours import HoursError, parse_hours
from hub.agencies.rules.kinds import (
    WORKERS_OF_A_SERVICE,
    contact_sight,
    office_sight,
    service_sight,
)

NO_CHANNEL = "Enter a work telephone number or a work e-mail address, or both"


@dataclass(frozen=True, kw_only=True)
class AgencyFacts:
    """What an agency's entry says; ``areas`` are names."""

    name: str
    kind: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfficeFacts:
    """What an office's entry says; ``serves`` are postcode districts and named places."""

    name: str
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    is_public: bool = True
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    """What a service's entry says."""

    kind: str
    name: str
    description: str | None = None
    is_public: bool = True
    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    out_of_hours: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """What a contact's entry says; ``works_until`` is the first day no longer worked here."""

    role: str
    name: str
    email: str | None = None
    phone: str | None = None
    is_work_mobile: bool = False
    hours: str | None = None
    out_of_hours: str | None = None
    is_public: bool = False
    preference: int = 0
    works_from: date | None = None
    works_until: date | None = None


def office_refusals(
    facts: OfficeFacts, *, agency_kind: str, service_kind: str | None
) -> tuple[Refusal, ...]:
    """Return everything that is wrong with an office's entry."""
    sight = office_sight(agency_kind, service_kind)
    return _present(
        _public("is_public", sight.reasons) if facts.is_public else None,
        _maybe("phone", desk_phone_fault(facts.phone) if facts.phone else None),
        *_texts(name=facts.name, address=facts.address),
    )


def service_refusals(facts: ServiceFacts, *, agency_kind: str) -> tuple[Refusal, ...]:
    """Return everything that is wrong with a service's entry."""
    sight = service_sight(agency_kind, facts.kind)
    unreachable = facts.is_public and not (facts.phone or facts.email)
    return _present(
        _public("is_public", sight.reasons) if facts.is_public else None,
        Refusal("phone", NO_CHANNEL) if unreachable else None,
        _maybe("phone", desk_phone_fault(facts.phone) if facts.phone else None),
        _maybe("email", email_fault(facts.email) if facts.email else None),
        _hours(facts.hours),
        *_texts(name=facts.name, description=facts.description, out_of_hours=facts.out_of_hours),
    )


def contact_refusals(
    facts: ContactFacts, *, agency_kind: str, service_kind: str | None
) -> tuple[Refusal, ...]:
    """Return everything that is wrong with a contact's entry."""
    sight = contact_sight(facts.role, agency_kind, service_kind)
    number = phone_fault(facts.phone, is_work_mobile=facts.is_work_mobile) if facts.phone else None
    needs_service = facts.role in WORKERS_OF_A_SERVICE and service_kind is None
    return _present(
        Refusal("service", "Choose the service that this worker belongs to")
        if needs_service
        else None,
        _public("is_public", sight.reasons) if facts.is_public else None,
        None if facts.phone or facts.email else Refusal("phone", NO_CHANNEL),
        _maybe("phone", number),
        _maybe("email", email_fault(facts.email) if facts.email else None),
        _hours(facts.hours),
        span_refusal(
            facts.works_from,
            facts.works_until,
            field="works_until",
            names=("the first day at work", "The first day no longer at work"),
        ),
        *_texts(name=facts.name, out_of_hours=facts.out_of_hours),
    )


def usual_hours(text: str | None) -> str | None:
    """Return hours in the form in which they are kept. Raises HoursError."""
    return str(parse_hours(text)) if text else None


def _hours(text: str | None) -> Refusal | None:
    try:
        usual_hours(text)
    except HoursError as error:
        return Refusal("hours", str(error))
    return None


def _texts(**texts: str | None) -> list[Refusal]:
    faults = {field: social_media(text) for field, text in texts.items() if text}
    return [Refusal(field, why) for field, why in faults.items() if why]


def _public(field: str, reasons: tuple[str, ...]) -> Refusal | None:
    return Refusal(field, reasons[0]) if reasons else None


def _maybe(field: str, why: str | None) -> Refusal | None:
    return Refusal(field, why) if why else None


def _present(*found: Refusal | None) -> tuple[Refusal, ...]:
    return tuple(each for each in found if each is not None)
