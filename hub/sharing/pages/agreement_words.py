"""What the pages call the states of an agreement, its moves and its days."""

from hub.sharing.queries.agreements import AgreementLine
from hub.sharing.register.spelling import day_in_words
from hub.sharing.states import AgreementState, AgreementStatus

Tag = tuple[str, str]
"""Words and a colour."""

STATUS_TAGS: dict[AgreementStatus, Tag] = {
    AgreementStatus.DRAFT: ("Draft", "blue"),
    AgreementStatus.APPROVED: ("Approved, to be signed", "turquoise"),
    AgreementStatus.SUPERSEDED: ("Replaced by a later version", "grey"),
    AgreementStatus.WITHDRAWN: ("Ended", "grey"),
    AgreementStatus.DISCARDED: ("Thrown away", "grey"),
}
STATE_TAGS: dict[AgreementState, Tag] = {
    AgreementState.IN_FORCE: ("In force", "green"),
    AgreementState.REVIEW_OVERDUE: ("Review overdue", "orange"),
    AgreementState.REVIEW_LATE: ("Held: review late", "red"),
    AgreementState.SUSPENDED: ("Suspended", "red"),
    AgreementState.EXPIRED: ("Held: it has ended", "red"),
}
MOVES = {
    "ask_approval": "Approval asked for",
    "approve": "Approved",
    "send_back": "Sent back to be changed",
    "sign": "Signature recorded",
    "bring_into_force": "Brought into force",
    "review": "Reviewed",
    "withdraw_party": "Left the agreement",
    "suspend": "Suspended",
    "set_contact": "Contacts changed",
    "attach": "Papers",
    "end": "Ended",
}


def tag_of(line: AgreementLine) -> Tag:
    """Return how a version stands today, in a few words and a colour."""
    if line.status in STATUS_TAGS:
        return STATUS_TAGS[line.status]
    if line.state is AgreementState.NOT_PARTY:
        return f"In force from {day_in_words(line.starts_on)}", "blue"
    return STATE_TAGS[line.state]


def warnings_of(line: AgreementLine) -> tuple[str, ...]:
    """Return what somebody should do about the days of a version, the most pressing first."""
    found = []
    if line.state is AgreementState.EXPIRED:
        found.append("It has ended, so nothing is shared under it. Write the next version.")
    elif line.end_warning is not None:
        ends = day_in_words(line.ends_on)
        found.append(f"It ends on {ends}, and sharing is held from then on.")
    if line.state is AgreementState.REVIEW_LATE:
        found.append("The review is late. Sharing under this agreement is held.")
    elif line.state is AgreementState.REVIEW_OVERDUE:
        until = day_in_words(line.holds_from)
        found.append(f"The review is overdue. Sharing goes on until {until} and is held then.")
    elif line.review_warning:
        found.append(f"The review is due within {line.review_warning} days.")
    return tuple(found)
