"""Pages as frozen values: a template is given one page, and the layout what it needs."""

from dataclasses import dataclass
from typing import Any

import flask
from flask.typing import ResponseReturnValue

from hub.web.values import Field, FormView, Link

TASKS: set[str] = set()
"""Every task phrase that may stand in a browser's title; the page client checks against it."""


class Task(str):
    """A page's task in a few neutral words that a bystander or a history list may show."""

    __slots__ = ()


def task(phrase: str) -> Task:
    """Declare a task phrase, as a constant of a module: never made from somebody's data.

    A title is read over a shoulder and kept in a browser's history, so it may hold no name, no
    kind of case and no forum.
    """
    TASKS.add(phrase)
    return Task(phrase)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the layout needs of every page; a room's page adds its own fields.

    ``heading`` is the h1 where it says more than the title may; ``back`` an address; ``form``
    brings the error summary; ``wide`` takes the full width.
    """

    title: Task
    heading: str = ""
    caption: str = ""
    back: str = ""
    crumbs: tuple[Link, ...] = ()
    form: FormView | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One row of a summary list; a tuple as value is printed a line each."""

    key: str
    value: str | tuple[str, ...]
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row of a task list; without ``href`` it cannot be started yet."""

    name: str
    status: str
    href: str = ""
    colour: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One field of a conflict: what this person typed beside what is saved now."""

    label: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.mine.strip() != self.theirs.strip()


CHANGED = task("Somebody else has changed this")


@dataclass(frozen=True, kw_only=True)
class ConflictPage(Page):
    """Two people edited the same record: both versions, and the two ways on.

    ``again`` is where ``keep`` (everything typed, with the new version) is posted to overwrite;
    ``reload`` shows the record as it is now. ``typed`` is what else was typed, to be read and
    copied where nothing is saved beside it.
    """

    title: Task = CHANGED
    what: str
    versions: tuple[Version, ...]
    reload: str
    again: str = ""
    keep: tuple[tuple[str, str], ...] = ()
    changed_by: str = ""
    changed_at: str = ""
    typed: tuple[SummaryRow, ...] = ()


CONFLICT = 409
UNPROCESSABLE = 422


def page(template: str, shown: Page, status: int = 0) -> ResponseReturnValue:
    """Render a page; the status is 200, or 422 when its form has problems, unless given."""
    if not status:
        status = UNPROCESSABLE if shown.form is not None and shown.form.problems else 200
    return flask.render_template(template, page=shown), status


def conflict(shown: ConflictPage) -> ResponseReturnValue:
    """Render both versions of a record that two people edited."""
    return page("errors/conflict.html", shown, CONFLICT)


def versions(form: FormView, theirs: dict[str, Any]) -> tuple[Version, ...]:
    """Set what was typed beside what is saved, for the visible fields that both know."""
    return tuple(
        Version(each.label, said(each), str(theirs[each.name]))
        for each in form
        if each.name in theirs and each.kind != "hidden"
    )


def said(field: Field) -> str:
    """Return what was typed into a field as one line: the labels of what was picked, a day."""
    labels = {option.value: option.label for option in field.options}
    between = ", " if field.kind == "checkboxes" else " "
    return between.join(labels.get(text, text) for text in field.typed if text)
