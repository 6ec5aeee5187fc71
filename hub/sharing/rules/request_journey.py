"""Which pages these answers lead through, and what lacks on one of them."""

from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.request_answers import (
    AskAnswers,
    AskPage,
    needs_police_form,
    needs_victim_form,
)
from hub.sharing.rules.request_gaps import AskFacts, Gap, gaps

IN_DANGER = (
    AskPage.HOLDER,
    AskPage.SUBJECT,
    AskPage.WHAT,
    AskPage.WHY,
    AskPage.RISK,
    AskPage.DECLARATION,
)
"""The pages while somebody is in danger now: all others can be left."""

WANTED = "wanted_"
"""The beginning of the names of the texts that say exactly what of a category is asked for."""

ELSEWHERE = frozenset({"order_copy", "counter_signature", "own_basis"})
"""What no answer on a page makes good: a file, another officer's word, an agreement."""


def walk(answers: AskAnswers, kind: RequesterKind) -> tuple[AskPage, ...]:
    """Return the pages in their order; the forms of the police come only where they are needed."""
    if answers.priority is Priority.IMMEDIATE:
        return IN_DANGER
    return tuple(page for page in AskPage if _is_needed(page, answers, kind))


def _is_needed(page: AskPage, answers: AskAnswers, kind: RequesterKind) -> bool:
    if page is AskPage.POLICE:
        return bool(answers.of(AskPage.WHY, "purpose")) and needs_police_form(answers, kind)
    return page is not AskPage.VICTIM or needs_victim_form(answers, kind)


def relevant(answers: AskAnswers, kind: RequesterKind) -> AskAnswers:
    """Return the answers without what was begun and is not asked any more: forms, categories."""
    pages = {
        page: values
        for page, values in answers.pages.items()
        if _is_needed(AskPage(page), answers, kind)
    }
    what = pages.get(AskPage.WHAT)
    if what is not None:
        asked = {f"{WANTED}{code}" for code in what.get("categories", ())}
        pages[AskPage.WHAT.value] = {
            name: value
            for name, value in what.items()
            if not name.startswith(WANTED) or name in asked
        }
    return AskAnswers(pages=pages)


def page_gaps(answers: AskAnswers, facts: AskFacts, page: AskPage) -> tuple[Gap, ...]:
    """Return what lacks on a page and can be given there."""
    return tuple(
        gap for gap in gaps(answers, facts) if gap.page is page and gap.code not in ELSEWHERE
    )
