"""The quarter's return by the pages: made, taken out, and every file opened and held against a hand
count. The numbers below were counted from the list of cases by a person, not by the hub's rules.
"""

import csv
import io
import os
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from hub.kernel.actor import Role
from hub.marac.models import RepeatDecision
from hub.meetings.models import Item
from kit import story
from kit.hub import PASSWORD, RoleMaker
from kit.running import county
from kit.walk import PHONE, visit
from kit.world import World
from parts.returned import returned

KEPT = os.environ.get("HUB_TEST_PICTURES")
MAY, JUNE = datetime(2026, 5, 6, 9, tzinfo=UTC), datetime(2026, 6, 3, 9, tzinfo=UTC)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# who referred, repeat, minoritised, disabled, LGBT+, sex, born, children, days from referral
CASES = (
    (MAY, "police", True, "yes", "yes", None, "female", 1990, 0, 21),
    (MAY, "police", True, "yes", "yes", None, "female", 1991, 1, 21),
    (MAY, "police", True, "yes", "no", None, "female", 1992, 2, 21),
    (MAY, "police", True, "yes", "no", None, "female", 2009, 0, 14),
    (MAY, "police", True, "yes", "no", None, "female", 1994, 1, 14),
    (MAY, "police", True, "no", "no", None, "female", 1995, 2, 14),
    (MAY, "police", False, "no", "no", None, "female", 1996, 0, 14),
    (MAY, "charity", False, "no", "no", None, "female", 1997, 1, 14),
    (MAY, "charity", False, "no", "no", None, "female", 1998, 2, 14),
    (MAY, "charity", False, "no", "no", None, "female", 1999, 0, 14),
    (MAY, "charity", False, None, "no", None, None, 1980, 1, 14),
    (MAY, "charity", False, None, "no", "yes", "male", 1981, 2, 14),
    (JUNE, "police", True, "yes", "yes", "no", "female", 1990, 5, 28),
    (JUNE, "police", True, "yes", "yes", "no", "female", 1991, 0, 28),
    (JUNE, "police", True, "yes", "yes", "no", "female", 1992, 0, 28),
    (JUNE, "police", True, "yes", "yes", "no", "female", 1993, 0, 28),
    (JUNE, "police", True, "yes", "yes", "no", "female", 1994, 0, 28),
    (JUNE, "police", True, "yes", "no", "no", "female", 1995, 0, 28),
    (JUNE, "police", True, "no", "no", "no", "female", 1996, 0, 28),
    (JUNE, "police", False, "no", "no", "no", "female", 1997, 0, 28),
    (JUNE, "charity", False, "no", "no", "no", "female", 1998, 0, 28),
    (JUNE, "charity", False, "no", "no", "no", "female", 1999, 0, 28),
    (JUNE, "charity", False, "no", "no", "no", "female", 1980, 0, 28),
    (JUNE, "charity", False, "no", "no", "no", "female", 1981, 0, 28),
    (JUNE, "charity", False, "no", "no", "no", "female", 1982, 0, 28),
)
HEADS = (
    "Cases discussed", "Children", "Repeat", "From the police",
    "Black, Asian or racially minoritised", "Black, Asian or racially minoritised: not known",
    "LGBT+", "LGBT+: not known", "Disabled", "Male", "Male: not known", "Aged 16 or 17",
    "Harm by somebody under 18", "Harm by somebody under 18: not known",
    "Referred by: Police", "Referred by: Charity", "Referred by: Housing",
)  # fmt: skip
NK, WH = "not known", "withheld"
EXACT = {
    "2026-05-06": (12, 12, 6, 7, 5, 2, 1, 11, 2, 1, 1, 1, NK, 12, 7, 5, 0),
    "2026-06-03": (13, 5, 7, 8, 6, 0, 0, 0, 5, 0, 0, 0, NK, 13, 8, 5, 0),
    "2026-04-01": (25, 17, 13, 15, 11, 2, 1, 11, 7, 1, 1, 1, NK, 25, 15, 10, 0),
    "2025-07-01": (25, 17, 13, 15, 11, 2, 1, 11, 7, 1, 1, 1, NK, 25, 15, 10, 0),
}
COPY = {
    "2026-05-06": (12, 12, 6, 7, 5, WH, WH, 11, WH, WH, WH, WH, NK, 12, WH, WH, WH),
    "2026-06-03": (13, 5, 7, 8, 6, WH, WH, WH, WH, WH, WH, WH, NK, 13, WH, WH, WH),
    "2026-04-01": (25, 17, 13, 15, 11, WH, WH, 11, 7, WH, WH, WH, NK, 25, 15, WH, WH),
    "2025-07-01": (WH,) * 17,  # of three of its quarters the count is 0, which is small
}


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        running.advance(days=40)  # to July: the quarter is over
        yield running


@pytest.fixture
def people(town):
    """Write the cases as they stand above, and return who signs in for whom."""
    with town.units() as units:
        area = returned(World(units).settle())
        meetings = {at: area.meeting(at) for at in (MAY, JUNE)}
        for at, by, is_repeat, minoritised, disabled, lgbt, sex, born, children, days in CASES:
            item = area.heard(
                meetings[at],
                by=area.police if by == "police" else area.world.agency,
                needs={"is_minoritised": minoritised, "is_disabled": disabled, "is_lgbt": lgbt},
                people=(
                    ("victim", date(born, 1, 9), {"gender": sex}),
                    *(("child", None, {}) for _ in range(children)),
                ),
                at=at - timedelta(days=days),
            )
            if is_repeat:
                with area.world.write() as uow:
                    uow.session.add(
                        RepeatDecision(
                            id=uuid4(),
                            concern_id=uow.session.get_one(Item, item).concern_id,
                            number=1,
                            label="repeat",
                            incident_kind="",
                            decided_at=uow.now,
                        )
                    )
        made = RoleMaker(units)
        emails = {}
        for role in (Role.COORDINATOR, Role.CHAIR):
            emails[role] = f"{role.value}@figures.example.org"
            made(role, agency_id=area.world.agency, name=f"Figure {role.value}", email=emails[role])
    return emails


def opened(visitor, link):
    """Follow a link to a file and return its rows, each by its heads; numbers are whole."""
    with visitor.page.expect_download() as waiting:
        visitor.page.locator("main").get_by_role("link", name=link).first.click()
    file = waiting.value
    content = Path(file.path()).read_bytes()
    rows = list(_csv(content) if file.suggested_filename.endswith("csv") else _xlsx(content))
    assert {len(row) for row in rows} == {len(rows[0])}
    return file.suggested_filename, [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _csv(content):
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
        yield [int(cell) if cell.isdigit() else cell for cell in row]


def _xlsx(content):
    book = zipfile.ZipFile(io.BytesIO(content))
    shared = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - a file of our own
    words = ["".join(one.itertext()) for one in shared]
    (sheet,) = (name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    width = 0
    for row in ET.fromstring(book.read(sheet)).iter(f"{SHEET}row"):  # noqa: S314 - the same
        found = {_column(cell.get("r")): cell for cell in row if len(cell)}
        width = width or len(found)
        yield [_value(found[at], words) if at in found else "" for at in range(width)]


def _column(place):
    """Return the number of a cell's column: 0 for A1, 26 for AA1."""
    number = 0
    for letter in re.match("[A-Z]+", place).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell, words):
    return words[int(cell[0].text)] if cell.get("t") == "s" else int(float(cell[0].text))


def counted(rows):
    return {row["From"]: tuple(row[head] for head in HEADS) for row in rows}


def keep(visitor, name):
    if KEPT:
        visitor.page.screenshot(path=Path(KEPT) / f"{name}.png", full_page=True)


def make_the_copy(desk):
    """The co-ordinator looks at the quarter and makes what can be passed on; return where it is."""
    desk.menu("Returns")
    desk.page.select_option("main [name='quarter']", "2026Q2")
    desk.press("Show the return")
    assert "half within 28 days; the shortest 14, the longest 28" in desk.text
    keep(desk, "return-1200")
    own = desk.path
    desk.press("What is not known, case by case")
    assert desk.page.locator("main tbody tr").count() == 12  # the cases of May alone
    keep(desk, "not-known-1200")
    desk.page.locator("main tbody a").first.click()
    desk.look()
    keep(desk, "counted-1200")
    desk.go(own)
    desk.press("Make the copy to pass on")
    desk.press("Make the copy")
    keep(desk, "copy-1200")
    for kind in ("CSV", "spreadsheet"):
        name, rows = opened(desk, f"{kind} of the return")
        assert name in {"return-2026Q2.csv", "return-2026Q2.xlsx"}
        assert counted(rows) == COPY
        assert rows[2]["Days from referral within which half were heard"] == 28
    return own


def take_the_exact_counts(desk, chair, own):
    """The co-ordinator asks, the chair approves, and the files hold every count."""
    desk.go(own)
    desk.press("Pass on the exact counts")
    desk.fill(whom="The national return")
    desk.press("Ask a second person")
    chair.menu("Returns")
    chair.press("Exact returns to approve")
    keep(chair, "approve-1200")
    chair.press("Approve")
    desk.go(f"{own}/exact")
    keep(desk, "exact-1200")
    for kind in ("CSV", "spreadsheet"):
        name, rows = opened(desk, f"{kind} of the return, exact")
        assert name in {"exact-return-2026Q2.csv", "exact-return-2026Q2.xlsx"}
        assert counted(rows) == EXACT


def look_without_scripts(plain, own):
    """On a telephone and without a script the charts are there, each in words and with a table."""
    for path, picture in ((own, "return-390"), (f"{own}/copy", "copy-390")):
        plain.go(path)
        keep(plain, picture)
        drawn = plain.page.locator("figure.hub-chart svg")
        said = [one.get_attribute("aria-label") for one in drawn.all()]
        assert len(said) == 2  # of the others there is nothing to draw
        assert "Apr 26 25" in said[0]
        assert plain.page.get_by_role("table", name="Quarter by quarter").count() == 1


def print_it(desk):
    """On paper there is nothing to press, and the charts keep their bars."""
    desk.page.emulate_media(media="print")
    keep(desk, "return-paper")
    assert not desk.page.get_by_role("link", name="Pass on the exact counts").is_visible()
    assert desk.page.locator("figure.hub-chart svg").first.is_visible()


@pytest.mark.timeout(600)
def test_a_return_is_made_taken_out_and_is_what_was_counted_by_hand(town, people, chromium):
    with town.serving("--no-worker") as site:

        def window(role, **more):
            visitor = visit(chromium, site.url, **more)
            story.sign_in(visitor, {"email": people[role], "password": PASSWORD})
            return visitor

        desk, chair = window(Role.COORDINATOR), window(Role.CHAIR)
        own = make_the_copy(desk)
        take_the_exact_counts(desk, chair, own)
        plain = window(Role.COORDINATOR, size=PHONE, has_script=False)
        look_without_scripts(plain, own)
        desk.go(own)
        print_it(desk)
        for each in (desk, chair, plain):
            each.context.close()
