"""The room's blueprint, and what all of its pages ask for."""

from datetime import date
from uuid import UUID

from flask import Blueprint, request, url_for

from hub.db.files import FileStore
from hub.db.units import UnitOfWork
from hub.referrals import queries
from hub.referrals.criteria import Thresholds
from hub.referrals.journey import GROUPS, PAGES, Draft, Stop
from hub.referrals.schemas import DraftReader
from hub.referrals.schemas.case import CRITERIA
from hub.referrals.states import Criterion
from hub.web import current
from hub.web.dates import TODAY
from hub.web.values import Option

pages = Blueprint("referrals", __name__, template_folder="../templates")

PAGE = f"<any({', '.join(PAGES)}):name>"
GROUP = f"<any({', '.join(GROUPS)}):group>"
CHECK = "check"
OWN = Criterion.AREAS_OWN.value


def reader_of(uow: UnitOfWork, draft: Draft) -> DraftReader:
    """Return the draft as it reads today, by what its area has set."""
    marks = marks_of(uow, draft)
    own = (Option(OWN, "The area's own criterion", marks.own_criterion or ""),)
    national = tuple(each for each in CRITERIA if each.value != OWN)
    options = {
        "area": tuple(Option(str(each.id), each.name) for each in queries.areas(uow)),
        "criteria": national + (own if marks.own_criterion else ()),
    }
    return DraftReader(draft, today(), options, is_sign_off_asked=marks.is_sign_off_asked)


def marks_of(uow: UnitOfWork, draft: Draft) -> Thresholds:
    """Return how the draft's area reads risk; as the country does while none is chosen."""
    typed = draft.pages.get("home", {}).get("area") or [""]
    try:
        area_id = UUID(typed[0])
    except ValueError:
        return Thresholds()
    return queries.thresholds_of(uow, area_id)[0]


def today() -> date:
    """Return the day in London of this request."""
    return TODAY.get()


def store() -> FileStore:
    """Return the folder of sealed files."""
    return FileStore(current.settings().data_dir, current.keyring())


def to_check() -> bool:
    """Return whether the referrer came from the check page and wants to go back to it."""
    return request.args.get("to") == CHECK


def address(draft_id: UUID, stop: Stop | None, *, check: bool = False) -> str:
    """Return the address of a page of the journey; of the check page when there is none."""
    to = CHECK if check else None
    if stop is None:
        return url_for("referrals.check", draft_id=draft_id)
    if stop.entry_id is not None:
        return url_for(
            "referrals.entry_care",
            draft_id=draft_id,
            group=stop.page,
            entry_id=stop.entry_id,
            to=to,
        )
    if stop.page in GROUPS:
        return url_for("referrals.group", draft_id=draft_id, group=stop.page, to=to)
    if stop.page == "files":
        return url_for("referrals.files", draft_id=draft_id, to=to)
    return url_for("referrals.question", draft_id=draft_id, name=stop.page, to=to)
