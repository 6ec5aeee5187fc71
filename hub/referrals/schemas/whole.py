"""A whole concern from its pages or from one JSON body: the same rules and the same error texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from hub.referrals.journey import (
    LAWFUL_BASIS,
    PARTY_GROUPS,
    PROFESSIONAL,
    RISK_ITEMS,
    VICTIM,
    VICTIM_CARE,
    Draft,
    Entry,
    Needs,
)
from hub.referrals.rules import Answers, Missing, PersonSaid, care_question, missing
from hub.referrals.schemas import case, people
from hub.referrals.states import (
    Basis,
    CareAnswer,
    Consent,
    Criterion,
    Grading,
    PartyRole,
    RiskTool,
)
from hub.web.forms import Options, Values, ValuesForm, read_typed
from hub.web.values import FormView

SHAPES: Mapping[str, type[ValuesForm]] = MappingProxyType(
    {
        "you": case.YouForm,
        VICTIM: people.VictimForm,
        VICTIM_CARE: people.CareForm,
        "home": case.HomeForm,
        "safe_contact": case.SafeContactForm,
        "reason": case.ReasonForm,
        "police": case.PoliceForm,
        "criteria": case.CriteriaForm,
        "risk_tool": case.RiskToolForm,
        RISK_ITEMS: case.RiskItemsForm,
        "consent": case.ConsentForm,
        LAWFUL_BASIS: case.LawfulBasisForm,
        "needs": case.NeedsForm,
    }
)
"""The form of every page that is there once."""

ENTRY_SHAPES: Mapping[str, type[ValuesForm]] = MappingProxyType(
    {
        PartyRole.ALLEGED_PERPETRATOR.value: people.PerpetratorForm,
        PartyRole.CHILD.value: people.ChildForm,
        PartyRole.OTHER_ADULT.value: people.OtherAdultForm,
        PROFESSIONAL: people.ProfessionalForm,
    }
)
"""The form of one added person, by group."""

CASE_PAGES = (
    "you", "home", "safe_contact", "reason", "police", "criteria", "risk_tool", RISK_ITEMS,
    "consent", LAWFUL_BASIS, "needs",
)  # fmt: skip
"""The pages whose answers belong to no single person."""

CHOSEN = {"home": ("area",), "criteria": ("criteria",)}
"""The fields by page whose choices are handed over."""

NAME_FIELDS = ("given_name", "family_name", "date_of_birth", "care_experienced")
"""What a person's row keeps in columns of its own; everything else is in its details."""

SIGN_OFF = ("manager", "manager_signed_on")
WORSENING = ("more_often", "getting_worse")
"""The risk items that say that incidents are getting more frequent or worse."""

ABOUT_VICTIM = {
    "home": ("address", "postcode", "usual_address", "housing"),
    "safe_contact": ("phone",),
}
"""Answers of other pages that are facts about the victim, and stand in the victim's details too."""


@dataclass(frozen=True)
class Whole:
    """A draft as it reads today: its answers as far as they go, and all that is still wrong."""

    answers: Answers
    problems: tuple[Missing, ...]


def plain(values: Mapping[str, Any]) -> Values:
    """Return the answers as JSON can keep them, without those that were left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value not in (None, [], False, "")
    }


def person_said(
    role: PartyRole, position: int, values: Mapping[str, Any], extra: Mapping[str, Any]
) -> PersonSaid:
    """Return a person for the rules from the loaded answers of their pages."""
    everything = {**values, **{name: each for name, each in extra.items() if each is not None}}
    care = everything.get("care_experienced")
    return PersonSaid(
        role=role,
        position=position,
        given_name=values.get("given_name"),
        family_name=values.get("family_name"),
        is_name_unknown=bool(values.get("is_name_unknown")),
        date_of_birth=values.get("date_of_birth"),
        other_date_of_birth=values.get("other_date_of_birth"),
        is_date_approximate=bool(values.get("is_date_approximate")),
        about_age=values.get("about_age"),
        is_unborn=bool(values.get("is_unborn")),
        care_answer=CareAnswer(care) if care else None,
        details=plain({k: v for k, v in everything.items() if k not in NAME_FIELDS}),
    )


def answers_from(
    pages: Mapping[str, Values], said: Iterable[PersonSaid], professionals: Iterable[Values]
) -> Answers:
    """Return a whole concern from the loaded answers of its pages."""
    home, consent = pages.get("home", {}), pages.get("consent", {})
    reason, criteria = pages.get("reason", {}), pages.get("criteria", {})
    tool, basis = pages.get("risk_tool", {}), pages.get(LAWFUL_BASIS, {})
    you, items = pages.get("you", {}), pages.get(RISK_ITEMS, {})
    worse = {criteria.get("is_worsening"), *(items.get(each) for each in WORSENING)}
    return Answers(
        area_id=UUID(home["area"]) if home.get("area") else None,
        people=tuple(said),
        what_happened=reason.get("what_happened"),
        consent=Consent(consent["consent"]) if consent.get("consent") else None,
        bases=frozenset(Basis(each) for each in basis.get("bases") or ()),
        necessity=basis.get("necessity"),
        criteria=frozenset(Criterion(each) for each in criteria.get("criteria") or ()),
        judgement_reasons=criteria.get("judgement_reasons"),
        tool=RiskTool(tool["tool"]) if tool.get("tool") else None,
        score=tool.get("score"),
        incidents=criteria.get("incidents"),
        reported=criteria.get("reported"),
        is_worsening="yes" in worse,
        graded=Grading(tool["graded"]) if tool.get("graded") else None,
        unsigned=frozenset(each for each in SIGN_OFF if not you.get(each)),
        is_urgent=reason.get("how_soon") == case.TODAY_IS_URGENT,
        pages={
            **{
                name: plain(values)
                for name, values in pages.items()
                if name in CASE_PAGES and plain(values)
            },
            PROFESSIONAL: [plain(each) for each in professionals],
        },
    )


def victim_facts(pages: Mapping[str, Values]) -> Values:
    """Return what other pages say about the victim."""
    return {
        name: pages[page][name]
        for page, names in ABOUT_VICTIM.items()
        for name in names
        if pages.get(page, {}).get(name) is not None
    }


class DraftReader:
    """Reads a draft by today's rules: every page once, and what they make necessary."""

    def __init__(
        self, draft: Draft, today: date, options: Options, *, is_sign_off_asked: bool = False
    ) -> None:
        self.draft = draft
        self.today = today
        self.options = options
        self.is_sign_off_asked = is_sign_off_asked
        self.faults: list[Missing] = []
        self.pages: dict[str, Values] = {}
        for page in SHAPES:
            if page not in (VICTIM_CARE, LAWFUL_BASIS):
                self.pages[page] = self._read(page, SHAPES[page], draft.pages.get(page, {}))
        self.said = self._people()
        if self.needs.lawful_basis:
            typed = draft.pages.get(LAWFUL_BASIS, {})
            self.pages[LAWFUL_BASIS] = self._read(LAWFUL_BASIS, case.LawfulBasisForm, typed)

    @property
    def needs(self) -> Needs:
        """What the answers make necessary."""
        by_place = {(each.role.value, each.position): each for each in self.said}

        def care_of(group: str, entry: Entry) -> bool:
            position = 1 + [each.id for each in self.draft.entries(group)].index(entry.id)
            return care_question(by_place[group, position], self.today).allowed

        consent = self.pages["consent"].get("consent")
        return Needs(
            care_of_victim=care_question(self.said[0], self.today).allowed,
            care_of=care_of,
            lawful_basis=consent in (Consent.NOT_GIVEN, Consent.NOT_ASKED),
            risk_items=self.pages["risk_tool"].get("tool") not in (None, RiskTool.NONE),
        )

    @property
    def wrong_pages(self) -> frozenset[str]:
        """The pages that are there once and on which something typed is wrong or lacking."""
        return frozenset(each.page for each in self.faults if not each.position)

    def options_of(self, page: str) -> Options:
        """Return the choices of a page that only the area knows, or which areas there are."""
        names = CHOSEN.get(page, ())
        return {name: each for name, each in self.options.items() if name in names}

    def whole(self) -> Whole:
        """Return the answers and everything that stands between them and being submitted."""
        professionals = [
            self._read(PROFESSIONAL, ENTRY_SHAPES[PROFESSIONAL], entry.typed, at)
            for at, entry in enumerate(self.draft.entries(PROFESSIONAL), start=1)
        ]
        answers = answers_from(self.pages, self.said, professionals)
        lacks = missing(answers, self.today, is_sign_off_asked=self.is_sign_off_asked)
        broken = {(each.page, each.position) for each in self.faults}
        lacking = [
            each
            for each in lacks
            if (each.page, each.position) not in broken  # mend what is wrong there first
        ]
        return Whole(answers, (*self.faults, *lacking))

    def _people(self) -> tuple[PersonSaid, ...]:
        care = self._care(self.draft.pages.get(VICTIM_CARE))
        extra = {**victim_facts(self.pages), **care}
        found = [person_said(PartyRole.VICTIM, 1, self.pages[VICTIM], extra)]
        for group in PARTY_GROUPS:
            for at, entry in enumerate(self.draft.entries(group), start=1):
                values = self._read(group, ENTRY_SHAPES[group], entry.typed, at)
                said = person_said(PartyRole(group), at, values, self._care(entry.care))
                found.append(said)
        return tuple(found)

    @staticmethod
    def _care(typed: Mapping[str, list[str]] | None) -> Values:
        """Return the answers of a care page; one that is wrong counts as not answered."""
        return read_typed(people.CareForm, typed or {}).value or {}

    def _read(
        self, page: str, shape: type[ValuesForm], typed: Mapping[str, list[str]], position: int = 0
    ) -> Values:
        reading = read_typed(shape, typed, options=self.options_of(page))
        if reading.value is None:
            self.faults.extend(faults_of(page, reading.form, position))
        return reading.value or {}


def faults_of(page: str, form: FormView, position: int) -> list[Missing]:
    """Return what is wrong on a page, as things to mend before the concern is submitted."""
    found = [Missing(page, each.name, each.error, position) for each in form if each.error]
    return found or [Missing(page, "", text, position) for text in form.general]
