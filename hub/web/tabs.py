"""Two tabs of one draft: what one saved is not overwritten by the other unseen."""

from flask import request
from flask.typing import ResponseReturnValue

from hub.kernel.drafts import Typed, mark_of
from hub.web.forms import Options, ValuesForm, blank
from hub.web.render import ConflictPage, conflict
from hub.web.said import both
from hub.web.values import FormView

SEEN = "seen"
"""The field that carries the mark of what the page held when it was opened."""

NOT_TYPED = frozenset({"csrf_token", SEEN})


def is_overtaken(saved: Typed | None, typed: Typed) -> bool:
    """Return whether another tab has saved something since that this one would overwrite."""
    seen = request.form.get(SEEN)
    if seen is None or seen == mark_of(saved):
        return False
    return any(any(said) and list(typed.get(name, ())) != said for name, said in saved_of(saved))


def saved_of(saved: Typed | None) -> list[tuple[str, list[str]]]:
    """Return what the draft holds of a page, field by field."""
    return [(name, list(each)) for name, each in (saved or {}).items()]


def both_versions(
    shape: type[ValuesForm], form: FormView, saved: Typed | None, *, options: Options, page: str
) -> ResponseReturnValue:
    """Show what was typed beside what is saved, with a way to keep either."""
    theirs = blank(shape, typed=saved or {}, options=options)
    kept = [
        (name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED
    ]
    return conflict(
        ConflictPage(
            what="this page of your draft",
            versions=both(form, theirs),
            reload=page,
            again=page,
            keep=(*kept, (SEEN, mark_of(saved))),
        )
    )
