"""Takes pictures of the ten most used pages at both widths: python -m journeys.screens FOLDER.

Run by hand, with ``tests`` on the path: what changes in a page is looked at by people, not compared
by bytes. The county is the demonstration's, so the pictures show nobody.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from hub.meetings.models import Invitation, Item, Meeting
from hub.people.models import IdentityCandidate, IdentityCheck
from kit import story
from kit.chromium import launch
from kit.mailbox import read_mailbox
from kit.running import county
from kit.walk import DESK, PHONE, Visitor, visit

WIDTHS = {"1200": DESK, "390": PHONE}


def main(folder: Path) -> None:
    """Play the story as far as the pages need it, then take every picture twice."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        county("sqlite", seed="louth", people=90, meetings=2) as town,
        town.serving() as site,
        launch() as browser,
    ):
        accounts = town.accounts()
        young = story.somebody_of_the_worker(town)

        def window(role: str, size: dict[str, int] = DESK) -> Visitor:
            opened = visit(browser, site.url, size=size)
            story.sign_in(opened, accounts[role])
            return opened

        reference = story.raise_concern(window("referrer"), young)
        with town.units() as units, units.read(story.HERE) as uow:
            newest = select(IdentityCheck.id).order_by(IdentityCheck.opened_at.desc())
            check_id = uow.session.scalars(newest.limit(1)).one()
            meeting_id = str(
                uow.session.scalars(
                    select(Meeting.id).order_by(Meeting.starts_at.desc()).limit(1)
                ).one()
            )
            waiting = uow.session.scalars(
                select(IdentityCheck.id)
                .join(IdentityCandidate, IdentityCandidate.check_id == IdentityCheck.id)
                .where(IdentityCheck.state == "open")
                .limit(1)
            ).first()
        pictured_check = f"/checks/{waiting or check_id}"
        coordinator = window("co_ordinator")
        take = Pictures(folder, window)
        take("check", "duty_desk", pictured_check)
        story.confirm_identity(window("duty_desk"), str(check_id), young)
        story.accept(coordinator, reference)
        case = story.list_case(coordinator, meeting_id, reference)
        story.give_out_times(coordinator, meeting_id)
        with town.units() as units, units.read(story.HERE) as uow:
            invited = select(Invitation.id).join(Item, Item.id == Invitation.item_id)
            mine = invited.where(Invitation.address == story.WORKER).order_by(Item.listed_at.desc())
            invitation_id = uow.session.scalars(mine.limit(1)).one()
        assert read_mailbox(town.mailbox)
        take("home", "co_ordinator", "/home")
        take("concern", "referrer", _first_question)
        take("receipt", "referrer", lambda visitor: story.raise_concern(visitor, young))
        take("screening", "co_ordinator", "/screening")
        take("meeting", "co_ordinator", f"/meetings/{meeting_id}")
        take("agenda", "chair", f"/meetings/{meeting_id}/agenda")
        take("case", "chair", case)
        take("invitation", "leaving_care_worker", f"/invitations/{invitation_id}")
        take("directory", "referrer", "/directory")


def _first_question(visitor: Visitor) -> None:
    visitor.go("/concerns/start")
    visitor.press("Start")
    visitor.press("Save and continue")


class Pictures:
    """Takes a page at both widths, as somebody who may see it."""

    def __init__(self, folder: Path, window: Callable[..., Visitor]) -> None:
        self.folder = folder
        self.window = window

    def __call__(self, name: str, role: str, where: str | Callable[[Visitor], object]) -> None:
        """Go to an address, or walk there, and take the picture."""
        for width, size in WIDTHS.items():
            visitor = self.window(role, size)
            if isinstance(where, str):
                visitor.go(where)
            else:
                where(visitor)
            visitor.page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
            sys.stderr.write(f"{name} {width}: {visitor.h1}\n")
            visitor.context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
