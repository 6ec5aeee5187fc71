"""A worker records what a young person said, at a browser."""

from collections.abc import Callable

from kit.walk import Visitor


def nothing(_: str) -> None:
    """Do nothing about a page."""


def begin(worker: Visitor, person_id: str, *purposes: str, after: Callable[[str], None]) -> None:
    """Open the person's page, start, and say what it is about."""
    worker.go(f"/people/{person_id}")
    after("person")
    worker.press("Ask them, or record an answer")
    after("new")
    worker.press("Start")
    worker.pick("purposes", *purposes)
    worker.pick("categories", "existence", "worker_contact", "health")
    worker.pick("whom", "signed")
    after("about")
    worker.press("Save and continue")


def say_yes(worker: Visitor, person_id: str, *, after: Callable[[str], None] = nothing) -> None:
    """Record a yes in part from beginning to end."""
    begin(worker, person_id, "safety_planning", "keep_in_touch", after=after)
    worker.pick("grounds", "none")
    after("grounds")
    worker.press("Save and continue")
    worker.pick("happened", "in_part")
    after("happened")
    worker.press("Save and continue")
    worker.pick("giver", "self")
    worker.pick("method", "in_person")
    after("who")
    worker.press("Save and continue")
    worker.pick("alone", "alone")
    worker.pick("phone", "not_by_phone")
    worker.pick("interpreter", "not_needed")
    after("safe")
    worker.press("Save and continue")
    worker.pick("understood", "yes")
    worker.fill(own_words="Yes, but leave my health out of it.")
    after("words")
    worker.press("Save and continue")
    worker.pick("left_categories", "health")
    after("left")
    worker.press("Save and continue")
    worker.pick("ends", "usual")
    after("end")
    worker.press("Save and continue")
    after("check")
    worker.press("Record it")
    after("records")


def say_no(worker: Visitor, person_id: str) -> None:
    """Record a no from beginning to end."""
    begin(worker, person_id, "safety_planning", after=nothing)
    worker.pick("grounds", "none")
    worker.press("Save and continue")
    worker.pick("happened", "no")
    worker.press("Save and continue")
    worker.pick("giver", "self")
    worker.pick("method", "in_person")
    worker.press("Save and continue")
    worker.pick("alone", "alone")
    worker.pick("phone", "not_by_phone")
    worker.pick("interpreter", "not_needed")
    worker.press("Save and continue")
    worker.pick("understood", "yes")
    worker.press("Save and continue")
    worker.press("Save and continue")
    worker.press("Record it")


def be_told(worker: Visitor, person_id: str, *, after: Callable[[str], None] = nothing) -> None:
    """Record that somebody is told and not asked."""
    begin(worker, person_id, "safety_planning", after=nothing)
    worker.pick("grounds", "immediate_danger")
    worker.press("Save and continue")
    after("told")
    worker.pick("told", "no")
    worker.fill(why_not_told="It would warn somebody in the house.")
    worker.date("revisit_on", 2030, 1, 1)
    after("not_told")
    worker.press("Save and continue")
    worker.press("Record it")


def take_back(worker: Visitor, person_id: str, *, after: Callable[[str], None] = nothing) -> None:
    """Take a yes back in two taps."""
    worker.go(f"/people/{person_id}/consents")
    worker.press("They take it back")
    after("withdraw")
    worker.press("They take it back now")
    after("withdrawn")
