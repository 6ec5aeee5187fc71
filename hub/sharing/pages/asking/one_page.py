"""One page of an asker's questions, for a draft or for a request that is held."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.sharing.pages.asking.words import ABOUT, FIRST, HEADINGS, NOTHING_OPENS, OPENS, TITLES
from hub.sharing.rules.coded import Category
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.rules.request_bases import OFFENCES, SPECIAL
from hub.sharing.rules.request_gaps import Gap
from hub.web.render import Page
from hub.web.values import Field, FormView
from hub.web.words import SPOKEN


@dataclass(frozen=True, kw_only=True)
class QuestionPage(Page):
    """One page: the questions that come first, those behind "More", and what opens under which.

    ``seen`` is the mark of what the page of a draft held when it was opened, ``version`` that of a
    request; ``may_go_on`` when something lacks that can be given later.
    """

    form: FormView
    action: str
    questions: str
    about: str = ""
    note: str = ""
    first: tuple[Field, ...]
    more: tuple[Field, ...] = ()
    is_more_open: bool = False
    opens: Mapping[str, Mapping[str, tuple[Field, ...]]]
    seen: str = ""
    version: str = ""
    may_go_on: bool = False
    is_draft: bool = True


def with_gaps(form: FormView, lacks: tuple[Gap, ...]) -> FormView:
    """Return the form with what lacks beside the questions that would give it."""
    for gap in lacks:
        form = form.refuse(gap.cure.rstrip("."), field=gap.field)
    return form


def question_page(
    wanted: AskPage, form: FormView, answers: AskAnswers, age: int | None
) -> QuestionPage:
    """Return a page of questions, without the address that it is sent to."""
    words = SPOKEN.get()
    opens = {
        name: {value: tuple(form[each] for each in names) for value, names in under.items()}
        for name, under in OPENS.get(wanted, NOTHING_OPENS).items()
    }
    inside = {each.name for under in opens.values() for some in under.values() for each in some}
    asked = [
        each
        for each in form
        if each.name not in inside and each.name not in _left_out(wanted, form, answers)
    ]
    first = tuple(each for each in asked if each.name in FIRST.get(wanted, (each.name,)))
    more = tuple(each for each in asked if each not in first)
    return QuestionPage(
        title=TITLES[wanted],
        heading=words.fill(HEADINGS[wanted]),
        form=form,
        action="",
        questions="",
        about=words.fill(ABOUT.get(wanted, "")),
        note=_note(wanted, answers, age),
        first=first,
        more=more,
        is_more_open=any(each.error or any(each.typed) for each in more),
        opens=opens,
    )


def _left_out(wanted: AskPage, form: FormView, answers: AskAnswers) -> set[str]:
    """Return the questions that these answers leave without sense, as long as nothing was said."""
    asked = {code for code, _ in answers.lines}
    senseless = {
        "senior_approval": Category.COUNSELLING not in asked,
        "schedule_8": not asked & SPECIAL,
        "article_9": not asked & SPECIAL,
        "schedule_1": not asked & (SPECIAL | OFFENCES),
        "policy_document": not asked & (SPECIAL | OFFENCES),
    }
    if wanted not in {AskPage.BASIS, AskPage.VICTIM}:
        return set()
    return {
        each.name
        for each in form
        if (each.kind == "radios" and not each.options)
        or (senseless.get(each.name) and not any(each.typed) and not each.error)
    }


def _note(wanted: AskPage, answers: AskAnswers, age: int | None) -> str:
    """Return why something that an asker may look for on the page is not there."""
    adult = 18
    if wanted is not AskPage.BASIS:
        return ""
    needs = "care_and_support_needs" in answers.listed(AskPage.RISK, "s42")
    if needs or (age is not None and age < adult):
        return ""
    about = "no date of birth is given" if age is None else "the person is an adult"
    return (
        f"The grounds for a child or for an adult at risk are not offered: {about}, and no needs "
        "for care and support are named under Risk."
    )
