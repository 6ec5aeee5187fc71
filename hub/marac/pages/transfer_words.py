"""What the pages of transfers say of papers, of what stays, and of what is missed."""

from collections.abc import Iterable

from hub.marac.queries.transfer_papers import AskRow, CasePaper, Stays
from hub.marac.queries.transfer_standing import StandsHere
from hub.marac.rules.transfer_papers import MISSING_WORDS, PaperKind
from hub.web.phrases import counted, said_day
from hub.web.values import Option


def paper_option(one: CasePaper) -> Option:
    """Return a paper as something to tick: what it is, and from when or whom."""
    day = said_day(one.on)
    match one.key.kind:
        case PaperKind.FILE:
            label, hint = one.name, f"File from {one.agency}, {day}"
        case PaperKind.RECORD:
            label, hint = (
                f"Minutes of this case, {day}",
                "Read it first: it may hold what was said in confidence",
            )
        case PaperKind.ACTIONS:
            label = f"Actions of the meeting of {day}"
            settled = f"{one.open_ones} not settled" if one.open_ones else "all settled"
            hint = f"{counted(one.many, 'action')}, {settled}"
        case _:
            label = f"What {one.agency} shared with the meeting of {day}"
            hint = counted(one.many, "line")
    return Option(one.key.code, label, hint)


def stays_words(stays: Iterable[Stays]) -> tuple[str, ...]:
    """Return what stays at its agency's word, a line for each agency and sort."""
    return tuple(
        f"{one.agency}: {counted(one.many, 'file')}"
        if one.kind is PaperKind.FILE
        else f"{one.agency}: {counted(one.many, 'line')} of its research"
        for one in stays
    )


def standing_words(stands: Iterable[StandsHere]) -> tuple[str, ...]:
    """Return where a case stands here before it goes, and what becomes of that."""
    return tuple(
        f"It was heard here on {said_day(one.on)}. What was written then can go along."
        if one.is_heard
        else (
            f"It is on the agenda of {said_day(one.on)}{', which is out' if one.is_out else ''}. "
            "It stays there, with everybody who is invited to it, until the other area takes it "
            "over. Then it comes off, and its invitations are cancelled; whoever must come is "
            "invited again when the other area lists it."
        )
        for one in stands
    )


def ask_state(one: AskRow) -> tuple[str, str]:
    """Return what became of a question, with the colour of its tag."""
    if one.answered_at is None:
        return "Asked", "yellow"
    return ("Not sent", "red") if one.refusal else ("Sent", "green")


def missing_options() -> tuple[Option, ...]:
    """Return what can be asked for."""
    return tuple(Option(value, words) for value, words in MISSING_WORDS.items())
