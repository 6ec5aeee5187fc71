"""What must be written down before a line leaves, and the words that leave.

Source: sharing notes, sections 3.7 and 3.8.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.sharing.models import InformationRequest, RequestLine, SharingDecision
from hub.sharing.queries.callback import way_to_service
from hub.sharing.rules.decision import Scope

ONE_OFF = 13
"""The rule by which something goes out once without an agreement, and must not be passed on."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is written down with a disclosure. Source: sharing notes, section 3.8.

    ``gateway`` to ``part_3`` are the holder's own basis: codes of ``rules.request_bases``.
    """

    necessity: str
    less_intrusive: str
    risk_of_sharing: str
    risk_of_not_sharing: str
    view_of_person: str = ""
    withheld: str = ""
    besides: str = ""
    """What the rule wants recorded besides: a consent, an order, a weighing, in words."""
    advice: str = ""
    """Whose advice was taken, and what it was."""
    onward_named: str = ""
    """To whom the asker may pass it on, where some are named."""
    gateway: str = ""
    article_6: str = ""
    article_9: str = ""
    schedule_1: str = ""
    part_3: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareLine:
    """Let a line out, in exactly these words.

    ``shared_at`` (UTC) is when it really left where it was told by telephone; None is now. Where
    only the way to the service may be told, the hub writes the words itself. ``worker_agrees`` says
    that the worker has accepted that their contact details are given; ``knows_nobody`` that whoever
    answers has to do with nobody in the request outside their work.
    """

    line_id: UUID
    words: str
    record: Record
    method: str = "hub"
    shared_at: datetime | None = None
    onward: str = "none"
    was_told: bool
    knows_nobody: bool
    why_not_told: str = ""
    revisit_on: date | None = None
    is_harmful_to_show: bool = False
    worker_agrees: bool = False
    review_on: date | None = None
    """When somebody looks at what came of it."""


def is_only_the_way(decision: SharingDecision, cmd: ShareLine) -> bool:
    """Tell whether nothing may leave but how to reach the service."""
    return decision.scope == Scope.HIT_ONLY or (
        decision.scope == Scope.INVITATION_ONLY and not cmd.worker_agrees
    )


def words_to_leave(
    uow: UnitOfWork, request: InformationRequest, decision: SharingDecision, cmd: ShareLine
) -> str:
    """Return the words that leave: typed ones, or the way to the service where no more may."""
    return way_to_service(uow, request) if is_only_the_way(decision, cmd) else cmd.words.strip()


def refuse_related(cmd: ShareLine, line: RequestLine) -> None:
    """Go on only if whoever answers has declared to know nobody in the request.

    What was told by telephone is still written down by whoever told it. Raises RefusedError.
    Source: sharing notes, section 3.7, rule 2: it is held, and somebody else takes it over.
    """
    if not cmd.knows_nobody and line.told_at is None:
        raise RefusedError(
            "Confirm that you know nobody in this request, or say that you do",
            field="knows_nobody",
        )


def refuse_unwritten(cmd: ShareLine, line: RequestLine, decision: SharingDecision) -> None:
    """Go on only if the words and their record are whole. Raises RefusedError."""
    record = cmd.record
    needed = (
        ("words", cmd.words, "Enter exactly what is shared"),
        ("necessity", record.necessity, "Write why it is necessary"),
        ("less_intrusive", record.less_intrusive, "Write which less intrusive way there was"),
        ("risk_of_sharing", record.risk_of_sharing, "Write the risk of sharing"),
        ("risk_of_not_sharing", record.risk_of_not_sharing, "Write the risk of not sharing"),
    )
    lacking = [(field, cure) for field, text, cure in needed if not text.strip()]
    lacking += [
        (field, cure)
        for field, is_wrong, cure in (
            (
                "withheld",
                decision.scope == Scope.OVERLAP and not record.withheld.strip(),
                "Write what the person left out and you withhold",
            ),
            (
                "onward_named",
                cmd.onward == "named" and not record.onward_named.strip(),
                "Enter to whom it may be passed on",
            ),
            (
                "onward",
                decision.rule == ONE_OFF and cmd.onward != "none",
                "Without an agreement it must not be passed on",
            ),
            (
                "method",
                line.told_at is not None and cmd.method != "phone",
                "This was told by phone: say so",
            ),
        )
        if is_wrong
    ]
    if lacking:
        raise RefusedError(lacking[0][1], field=lacking[0][0])


def refuse_untold(cmd: ShareLine, line: RequestLine, now: datetime) -> None:
    """Go on only if it is said when it was told and if the person was. Raises RefusedError."""
    if not cmd.was_told and not cmd.why_not_told.strip():
        raise RefusedError("Write why the person was not told", field="why_not_told")
    if not cmd.was_told and cmd.revisit_on is None:
        raise RefusedError("Enter when you look at telling them again", field="revisit_on")
    if cmd.shared_at is not None and cmd.shared_at > now:
        raise RefusedError("This must be in the past", field="shared_at")
    if cmd.method == "phone" and cmd.shared_at is None and line.told_at is None:
        raise RefusedError("Enter when it was told by telephone", field="shared_at")
