"""A draft of a record of consent, read whole: which step is next, and what would be written down.

What was typed is read by that day's rules each time, so a draft never turns stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from hub.sharing.queries.consent_pages import DraftRow
from hub.sharing.register import CATEGORIES, PURPOSES
from hub.sharing.rules.asking import Approach, Ground, approaches
from hub.sharing.rules.coded import Category, Purpose
from hub.sharing.rules.consent_journey import (
    Happened,
    SoFar,
    Step,
    steps,
)
from hub.sharing.rules.consent_terms import (
    Ends,
    Giver,
    Lasting,
    must_judge_competence,
    usual_end,
)
from hub.sharing.rules.consent_words import listed
from hub.sharing.rules.consents import ConsentScope, said_day
from hub.sharing.schemas.consent_options import NAMED, NONE
from hub.sharing.schemas.consents import FORMS, WHY_FORMS, StepForm
from hub.web.forms import Options, Reading, read_typed
from hub.web.values import Option


@dataclass(frozen=True)
class Talk:
    """A draft with the agencies that can be chosen, on a day in London."""

    draft: DraftRow
    agencies: tuple[tuple[UUID, str], ...]
    lasting: Lasting
    today: date

    @cached_property
    def _first(self) -> dict[Step, dict[str, Any]]:
        """The answers that decide which steps follow."""
        found = {}
        for step in (Step.ABOUT, Step.GROUNDS, Step.HAPPENED, Step.WHO):
            value = read_typed(
                FORMS[step], self.draft.typed.get(step, {}), options=self._plain_options(step)
            ).value
            if value is not None:
                found[step] = value
        return found

    @cached_property
    def happened(self) -> Happened | None:
        """What came of asking, where that was answered."""
        given = self._first.get(Step.HAPPENED)
        return Happened(given["happened"]) if given else None

    @cached_property
    def grounds(self) -> frozenset[Ground]:
        """What would make the sharing go ahead whatever they say."""
        given = self._first.get(Step.GROUNDS, {}).get("grounds", ())
        return frozenset(Ground(one) for one in given if one != NONE)

    @cached_property
    def scope(self) -> ConsentScope | None:
        """What it is about, where that was answered; the request is put in at the end."""
        given = self._first.get(Step.ABOUT)
        if given is None:
            return None
        named = frozenset(map(UUID, given["agencies"] or ())) if given["whom"] == NAMED else None
        return ConsentScope(
            purposes=frozenset(map(Purpose, given["purposes"])),
            categories=frozenset(map(Category, given["categories"])),
            agencies=named,
        )

    @cached_property
    def told_only(self) -> tuple[tuple[Purpose, Category], ...]:
        """What is shared whatever they say, so that they are told and not asked."""
        return self._pairs(Approach.INFORM)

    @cached_property
    def may_be_outweighed(self) -> bool:
        """Whether somebody who writes both risks down may share some of it against a no."""
        return bool(self._pairs(Approach.ASK_AND_WARN))

    def _pairs(self, wanted: Approach) -> tuple[tuple[Purpose, Category], ...]:
        if self.scope is None:
            return ()
        found = approaches(self.scope.purposes, self.scope.categories, self.grounds, self.draft.age)
        return tuple(sorted(pair for pair, approach in found.items() if approach is wanted))

    @cached_property
    def mixed(self) -> str:
        """Why one record cannot hold all of it; empty when it can."""
        if self.scope is None or not self.told_only:
            return ""
        if len(self.told_only) == len(self.scope.purposes) * len(self.scope.categories):
            return ""
        purposes = {purpose for purpose, _ in self.told_only}
        categories = {category for _, category in self.told_only}
        what = listed([f"“{CATEGORIES[one]}”" for one in Category if one in categories])
        why = listed([f"“{PURPOSES[one]}”" for one in Purpose if one in purposes])
        return (
            f"They are told of {what} for {why}, and not asked. Go back and leave that out, then "
            "record it on its own"
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that these answers lead through."""
        giver = self._first.get(Step.WHO, {}).get("giver", Giver.SELF)
        return steps(
            SoFar(
                is_informed=bool(self.told_only) and not self.mixed,
                happened=self.happened,
                judges=giver != Giver.SELF or must_judge_competence(self.draft.age),
            )
        )

    @property
    def usual_end(self) -> date:
        """The first day on which a yes no longer counts, as it is usual."""
        purposes = self.scope.purposes if self.scope else ()
        said_on = self._first.get(Step.WHO, {}).get("said_on") or self.today
        return usual_end(purposes, said_on, self.lasting)

    def form(self, step: Step) -> type[StepForm]:
        """Return the form of a step; the last one without an answer follows from what happened."""
        if step is Step.WHY:
            return WHY_FORMS[self.happened or Happened.UNSAFE]
        return FORMS[step]

    def options(self, step: Step) -> Options:
        """Return the options that follow from the directory and from other answers."""
        if step is Step.LEFT and self.scope is not None:
            left = self.scope.agencies
            return {
                "left_purposes": _some(PURPOSES, self.scope.purposes),
                "left_categories": _some(CATEGORIES, self.scope.categories),
                "left_agencies": tuple(
                    Option(str(each), name)
                    for each, name in self.agencies
                    if left is None or each in left
                ),
            }
        if step is Step.END:
            once = (Option(Ends.ONCE, "With the request that it is for"),)
            usual = f"As usual: it counts until {said_day(self.usual_end)}"
            return {
                "ends": (
                    *(once if self.draft.about else ()),
                    Option(Ends.USUAL, usual),
                    Option(Ends.DAY, "On an earlier day"),
                )
            }
        return self._plain_options(step)

    def _plain_options(self, step: Step) -> Options:
        if step is not Step.ABOUT:
            return {}
        return {"agencies": tuple(Option(str(each), name) for each, name in self.agencies)}

    def read(self, step: Step) -> Reading[dict[str, Any]]:
        """Return what was typed on a step, read by today's rules."""
        typed = self.draft.typed.get(step, {})
        return read_typed(self.form(step), typed, options=self.options(step))

    @cached_property
    def values(self) -> Mapping[Step, dict[str, Any]]:
        """What each step says that was answered rightly."""
        found = {step: self.read(step).value for step in self.steps if step in self.draft.typed}
        return {step: value for step, value in found.items() if value is not None}

    @cached_property
    def first_open(self) -> Step | None:
        """The first step that is not answered, None when all are."""
        if self.mixed:
            return Step.GROUNDS
        return next((step for step in self.steps if step not in self.values), None)

    def where(self, field: str | None) -> tuple[Step, str | None]:
        """Return the step on which a field of the command is mended, and its name there."""
        names = {"answer": "happened", "state": "happened", "expires_on": "said_on"}
        wanted = names.get(field or "", field)
        found = (step for step in self.steps if wanted in self.form(step)().fields)
        return next(found, Step.ABOUT), wanted


def _some(labels: Mapping[str, str], chosen: frozenset[Any]) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in labels.items() if code in chosen)
