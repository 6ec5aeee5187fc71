"""How an area reads risk: its own marks, what shows a criterion, and what it asks beside.

All of it advises the co-ordinator and stops no concern. Source: domain notes, section 1.3 (areas
differ) and section 6, items 18 and 19.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hub.referrals.rules import Answers
from hub.referrals.states import Criterion, Grading


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """What an area has set about criteria; the defaults are those of the country."""

    score: int = 14
    """Ticks of a risk tool from which visible high risk is shown."""
    incidents: int = 3
    months: int = 12
    """In how many months so many incidents show potential escalation."""
    is_worsening_asked: bool = False
    """Incidents count only where they are getting more frequent or worse as well."""
    is_reported_only: bool = False
    """Only incidents that were reported to the police count."""
    is_sign_off_asked: bool = False
    """A manager of the referrer's agency signs a concern off, unless it cannot wait for that."""
    own_criterion: str | None = None
    """A fifth criterion in the area's own words; None where it has the four of the country."""
    is_one_reason: bool = False
    """The area asks for the one reason that weighs most."""
    is_medium_accepted: bool = False
    """A concern that its referrer grades as medium is taken as well."""
    advice: str | None = None
    """The area's own words for referrers."""


@dataclass(frozen=True)
class Grade:
    """Whether a criterion is shown. It advises the co-ordinator and blocks nobody."""

    allowed: bool
    rule: str
    reasons: tuple[str, ...]
    hints: tuple[str, ...] = ()
    """What the area asks for beside that and was not said; it takes no reason away."""


def grade(answers: Answers, marks: Thresholds) -> Grade:
    """Return whether the answers show a criterion, with every reason in words.

    Each answer can only add a reason: a low score takes nothing away from judgement, and judgement
    takes nothing away from a score (domain notes, section 1.3 and 6 item 18).
    """
    reasons, hints = tuple(_reasons(answers, marks)), tuple(_hints(answers, marks))
    if reasons:
        return Grade(allowed=True, rule="criterion_shown", reasons=reasons, hints=hints)
    none = "No criterion is shown yet; the decision is yours."
    return Grade(allowed=False, rule="none_shown", reasons=(none,), hints=hints)


def _reasons(answers: Answers, marks: Thresholds) -> Iterator[str]:
    yield from _of_risk(answers, marks)
    yield from _of_incidents(answers, marks)
    if Criterion.REPEAT in answers.criteria:
        yield "The referrer says that it is a repeat."
    if Criterion.AREAS_OWN in answers.criteria:
        words = marks.own_criterion
        yield f"The area's own criterion: {words}." if words else "A further criterion of the area."


def _of_risk(answers: Answers, marks: Thresholds) -> Iterator[str]:
    score = answers.score
    if score is not None and score >= marks.score:
        yield f"The score of {score} is at or above the area's {marks.score}."
    elif Criterion.VISIBLE_HIGH_RISK in answers.criteria:
        yield "The referrer says that visible high risk is shown."
    if answers.graded is Grading.HIGH:
        yield "The referrer grades the risk as high."
    if answers.graded is Grading.MEDIUM and marks.is_medium_accepted:
        yield "The referrer grades the risk as medium, which the area takes as well."
    if Criterion.PROFESSIONAL_JUDGEMENT in answers.criteria:
        yield "The referrer's professional judgement, with reasons."


def _of_incidents(answers: Answers, marks: Thresholds) -> Iterator[str]:
    if _escalates(answers, marks):
        number = f"{_counted(answers, marks)} {_incidents(marks)}"
        yield f"{number}; the area's mark is {marks.incidents}."
    elif Criterion.POTENTIAL_ESCALATION in answers.criteria:
        yield "The referrer says that it may be escalating."


def _counted(answers: Answers, marks: Thresholds) -> int:
    """Return how many incidents count in the area; without that rule both numbers tell of them."""
    reported = answers.reported or 0
    return reported if marks.is_reported_only else max(answers.incidents or 0, reported)


def _incidents(marks: Thresholds) -> str:
    reported = " reported to the police" if marks.is_reported_only else ""
    worse = " that are getting worse" if marks.is_worsening_asked else ""
    return f"incidents in {marks.months} months{reported}{worse}"


def _escalates(answers: Answers, marks: Thresholds) -> bool:
    is_enough = _counted(answers, marks) >= marks.incidents
    return is_enough and (answers.is_worsening or not marks.is_worsening_asked)


def _hints(answers: Answers, marks: Thresholds) -> Iterator[str]:
    said = max(answers.incidents or 0, answers.reported or 0)
    if said >= marks.incidents and not _escalates(answers, marks):
        if _counted(answers, marks) < marks.incidents:
            yield (
                f"{said} incidents are given; the area counts those reported to the police, and"
                " that so many were is not said."
            )
        else:
            yield f"{said} incidents are given; that they are getting worse is not said."
    if marks.is_one_reason and len(answers.criteria) > 1:
        yield f"The area asks for one reason; {len(answers.criteria)} are given, and all count."
    if marks.is_sign_off_asked and answers.unsigned:
        yield "The area asks for a manager's sign-off, and there is none yet."


def marks_said(marks: Thresholds) -> tuple[str, ...]:
    """Return what an area has set in words for a referrer: what shows which criterion, and more."""
    found = [
        f"Visible high risk: a score of {marks.score} or more.",
        f"Potential escalation: {marks.incidents} or more {_incidents(marks)}.",
    ]
    if marks.own_criterion:
        found.append(f"The area's own criterion: {marks.own_criterion}.")
    if marks.is_medium_accepted:
        found.append("A concern that you grade as medium is taken as well.")
    if marks.is_sign_off_asked:
        found.append("A manager signs it off, unless a decision is needed today.")
    if marks.advice:
        found.append(marks.advice)
    return tuple(found)
