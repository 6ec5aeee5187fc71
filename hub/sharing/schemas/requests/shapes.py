"""Which form belongs to which page, what can be picked on it, and its answers as plain values."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from hub.kernel.days import format_instant
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.rules.request_bases import Whose, offered
from hub.sharing.schemas.requests import case, law
from hub.web.forms import Options, Values, ValuesForm

SHAPES: Mapping[AskPage, type[ValuesForm]] = MappingProxyType(
    {
        AskPage.HOLDER: case.HolderForm,
        AskPage.SUBJECT: case.SubjectForm,
        AskPage.WHAT: case.WhatForm,
        AskPage.WHY: case.WhyForm,
        AskPage.URGENCY: case.UrgencyForm,
        AskPage.RISK: case.RiskForm,
        AskPage.CONSENT: case.ConsentForm,
        AskPage.BASIS: law.BasisForm,
        AskPage.ORDER: law.OrderForm,
        AskPage.POLICE: law.PoliceForm,
        AskPage.VICTIM: law.VictimForm,
        AskPage.HANDLING: law.HandlingForm,
        AskPage.DECLARATION: law.DeclarationForm,
    }
)


def basis_options(person: Whose) -> Options:
    """Return of each question about the basis the answers that fit asker and person."""
    declared = law.BasisForm()
    return {
        field: tuple(one for one in declared.asked(field).options if one.value in codes)
        for field, codes in offered(person).items()
    }


def plain(page: AskPage, values: Mapping[str, Any]) -> Values:
    """Return a page's answers as JSON can keep them, without those that were left out."""
    said = {
        name: _plain(value) for name, value in values.items() if value not in (None, [], False, "")
    }
    if page is not AskPage.HOLDER:
        return said
    agency, _, service = str(said.get("chosen", "")).partition(":")
    chosen = {"agency": agency, "service": service}
    return {name: value for name, value in chosen.items() if value}


def holder_choice(agency: str, service: str | None) -> str:
    """Return an agency, or one of its services, as the page's answer names it."""
    return f"{agency}:{service}" if service else agency


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return format_instant(value)
    return value.isoformat() if isinstance(value, date) else value
