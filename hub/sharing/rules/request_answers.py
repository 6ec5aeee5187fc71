"""What an asker says, page by page: the fields of a request as plain values.

They are those of the ICO's template for a request, of police forms under Schedule 2 and of the
request for a victim's records (sharing notes, section 3.6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from hub.people.rules.look_ups import Sought
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import (
    Category,
    Purpose,
    RequesterKind,
    RequesterRelation,
    RequestPattern,
    SubjectRole,
    VictimNotice,
)

MESSAGE = "message"
"""The pattern of a request that is a message. The decision table sees it as asked once."""


class AskPage(StrEnum):
    """The pages of a request, in the order of the journey."""

    HOLDER = "holder"
    SUBJECT = "subject"
    WHAT = "what"
    WHY = "why"
    URGENCY = "urgency"
    RISK = "risk"
    CONSENT = "consent"
    BASIS = "basis"
    ORDER = "order"
    POLICE = "police_form"
    VICTIM = "victim_request"
    HANDLING = "handling"
    DECLARATION = "declaration"


@dataclass(frozen=True, kw_only=True)
class AskAnswers:
    """The answers of a request as plain JSON values, by page."""

    pages: Mapping[str, Mapping[str, Any]]

    def of(self, page: AskPage, field: str) -> Any:  # noqa: ANN401 - a JSON value
        """Return one answer, or None."""
        return self.pages.get(page, {}).get(field)

    def text(self, page: AskPage, field: str) -> str:
        """Return one answer as text, empty where there is none."""
        return str(self.of(page, field) or "").strip()

    def listed(self, page: AskPage, field: str) -> frozenset[str]:
        """Return the answers to a question with many."""
        return frozenset(self.of(page, field) or ())

    @property
    def purpose(self) -> Purpose:
        """What the information is for."""
        return Purpose(self.of(AskPage.WHY, "purpose"))

    @property
    def subject_role(self) -> SubjectRole:
        """What the person is in the case."""
        return SubjectRole(self.of(AskPage.SUBJECT, "subject_role") or SubjectRole.VICTIM)

    @property
    def priority(self) -> Priority:
        """How soon an answer is needed; danger now goes before whatever was chosen."""
        if self.of(AskPage.RISK, "immediate_danger") == "yes":
            return Priority.IMMEDIATE
        return Priority(self.of(AskPage.URGENCY, "priority") or Priority.ROUTINE)

    @property
    def relation(self) -> RequesterRelation:
        """What the asker says to be to the people in the case."""
        said = self.of(AskPage.DECLARATION, "relation")
        return RequesterRelation(said or RequesterRelation.NONE)

    @property
    def lines(self) -> tuple[tuple[Category, str], ...]:
        """The categories asked for, each with exactly what is wanted."""
        return tuple(
            (Category(code), self.text(AskPage.WHAT, f"wanted_{code}"))
            for code in self.of(AskPage.WHAT, "categories") or ()
        )

    @property
    def is_message(self) -> bool:
        """Whether it asks for no information but carries a message to the person's worker."""
        return bool(self.of(AskPage.HOLDER, "message"))

    @property
    def pattern(self) -> str:
        """How often it is asked, or that it is a message."""
        said = str(self.of(AskPage.WHY, "pattern") or RequestPattern.ONE_OFF)
        return MESSAGE if self.is_message else said

    @property
    def holder_agency_id(self) -> UUID | None:
        """Whom it goes to."""
        said = self.of(AskPage.HOLDER, "agency")
        return UUID(said) if said else None

    @property
    def holder_service_id(self) -> UUID | None:
        """Which of the holder's services, where one was chosen."""
        said = self.of(AskPage.HOLDER, "service")
        return UUID(said) if said else None

    @property
    def is_court_order(self) -> bool:
        """Whether it rests on a court order."""
        return bool(self.of(AskPage.ORDER, "kind") == "court_order")

    @property
    def is_board_demand(self) -> bool:
        """Whether a safeguarding adults board demands it (Care Act 2014 section 45)."""
        return bool(self.of(AskPage.ORDER, "kind") == "sab_s45")


def born_on(answers: AskAnswers) -> date | None:
    """Return the date of birth as the asker gave it."""
    said = answers.of(AskPage.SUBJECT, "date_of_birth")
    return date.fromisoformat(said) if said else None


def sought_in(answers: AskAnswers) -> Sought:
    """Return whom a request is about, as somebody who is looked up."""
    who = AskPage.SUBJECT
    postcode, phone = answers.text(who, "postcode"), answers.text(who, "phone")
    return Sought(
        given_name=answers.text(who, "given_name"),
        family_name=answers.text(who, "family_name"),
        date_of_birth=born_on(answers),
        postcodes=(postcode,) if postcode else (),
        phones=(phone,) if phone else (),
        nhs_number=answers.text(who, "nhs_number"),
    )


def needs_police_form(answers: AskAnswers, kind: RequesterKind) -> bool:
    """Tell whether a request needs the police form: the police ask because of crime."""
    return kind is RequesterKind.POLICE and answers.purpose is Purpose.CRIME_PREVENTION


def needs_victim_form(answers: AskAnswers, kind: RequesterKind) -> bool:
    """Tell whether a request needs the victim add-on: the police ask about a victim.

    Source: Police, Crime, Sentencing and Courts Act 2022 sections 44A to 44F.
    """
    return kind is RequesterKind.POLICE and answers.subject_role is SubjectRole.VICTIM


def notice_said(answers: AskAnswers) -> VictimNotice:
    """Return the victim's notice as far as it is whole: given with a day, delayed with a reason."""
    said = answers.of(AskPage.VICTIM, "notice")
    if said == VictimNotice.GIVEN and answers.of(AskPage.VICTIM, "notice_on"):
        return VictimNotice.GIVEN
    if said == VictimNotice.DELAYED_WITH_REASON and answers.text(AskPage.VICTIM, "notice_reason"):
        return VictimNotice.DELAYED_WITH_REASON
    return VictimNotice.MISSING
