"""The quarterly return by its pages: chosen, looked at, handed out, and nobody else's."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea, Area
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.reporting.models import ReturnRelease
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import HUB, World
from parts.returned import returned

FILES = [(part, kind) for part in ("return", "agencies") for kind in ("csv", "xlsx")]


@pytest.fixture
def area(units, clock):
    clock.set(datetime(2026, 7, 1, 9, tzinfo=UTC))  # the quarter is over
    made = returned(World(units).settle())
    meeting = made.meeting()
    for _ in range(9):
        made.heard(meeting, people=(("victim", date(1990, 1, 1), {"gender": "female"}),))
    for _ in range(3):
        made.heard(meeting, by=made.world.agency)
    item = made.heard(meeting)
    made.person(item, made.world.person())
    made.asked(item, made.police)
    return made


@pytest.fixture
def browse(app, units, as_role, area):
    """Return the maker of browsers of people of the area's agency, or of another."""

    def browser(role, agency_id=None):
        client = app.test_client()
        sign_in_as(client, as_role(role, agency_id=agency_id or area.world.agency), units)
        return PageClient(app, client)

    return browser


def at(area, **more):
    return {"area_id": area.world.area, "year": 2026, "number": 2, **more}


def test_a_co_ordinator_chooses_and_sees_every_count_and_the_look_is_in_the_trail(browse, area):
    browser = browse(Role.COORDINATOR)
    choice = browser.get("returns.choose")
    assert "January to March 2026" in choice.text
    chosen = browser.client.get(f"/returns?area={area.world.area}&quarter=2026Q2")
    assert chosen.headers["Location"] == f"/returns/{area.world.area}/2026/2"
    assert browser.client.get("/returns?area=x&quarter=2026Q2").status_code == 200

    shown = browser.get("returns.quarter", **at(area))
    assert "Testshire, April to June 2026" in shown.text
    assert "20 May 2026" in shown.text
    assert "4 not known" in shown.text
    assert "Example Leaving Care" in shown.text
    assert "withheld" not in shown.text
    with area.world.units.read(HUB) as uow:
        looks = select(AuditEntry.subject_kind, AuditEntry.subject_id).where(
            AuditEntry.verb == "Looked"
        )
        assert ("return", str(area.world.area)) in set(map(tuple, uow.session.execute(looks)))


@pytest.fixture
def copied(browse, area):
    """Return the browser of a co-ordinator who has made the copy."""
    browser = browse(Role.COORDINATOR)
    browser.send("returns.make", {}, **at(area))
    return browser


def test_a_copy_is_made_once_the_quarter_is_over_and_by_a_co_ordinator(browse, area, clock):
    browser, chair = browse(Role.COORDINATOR), browse(Role.CHAIR)
    assert "has not made the copy" in chair.get("returns.copy", **at(area)).text
    clock.set(datetime(2026, 6, 30, 9, tzinfo=UTC))
    assert "can be made from 1 July 2026 on" in browser.get("returns.copy", **at(area)).text
    browser.send("returns.make", {}, **at(area))
    assert "This quarter is not over" in browser.get("returns.copy", **at(area)).text
    assert "nothing of it can be passed on yet" in browser.get("returns.quarter", **at(area)).text
    clock.set(datetime(2026, 7, 1, 9, tzinfo=UTC))
    asked = browser.get(
        browser.get("returns.quarter", **at(area)).links["Make the copy to pass on"]
    )
    browser.fill(asked, {})
    shown = chair.get("returns.copy", **at(area)).text
    assert "Made by" in shown
    assert "1 July 2026" in shown
    file = f"/returns/{area.world.area}/2026/1/return.csv"
    assert browser.client.get(file).status_code == 200  # a quarter of its 12 months
    assert browser.client.get(file.replace("2026/1", "2025/2")).status_code == 404


def test_the_copy_withholds_and_its_files_hold_what_it_holds(copied, area):
    browser = copied
    shown = browser.get("returns.copy", **at(area))
    assert "withheld" in shown.text
    assert "Counts under 5 are withheld" in shown.text
    client = browser.client
    for part, kind in FILES:
        answer = client.get(f"/returns/{area.world.area}/2026/2/{part}.{kind}")
        assert answer.status_code == 200
        name = f'attachment; filename="{part}-2026Q2.{kind}"'
        assert answer.headers["Content-Disposition"] == name
        if kind == "csv":
            text = answer.data.decode("utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(text)))
            assert {len(row) for row in csv.reader(io.StringIO(text))} == {len(rows[0])}
        else:
            book = zipfile.ZipFile(io.BytesIO(answer.data))
            sheets = [one for one in book.namelist() if one.startswith("xl/worksheets/sheet")]
            assert sheets == ["xl/worksheets/sheet1.xml"]
            assert b'state="hidden"' not in book.read("xl/workbook.xml")
            assert b"<f>" not in book.read(sheets[0])
        if (part, kind) == ("agencies", "csv"):
            assert rows[0]["How many"] == "withheld"
        if (part, kind) == ("return", "csv"):
            assert [row["What"] for row in rows] == ["Meeting", "Quarter", "12 months"]
            assert (rows[0]["Cases discussed"], rows[0]["From the police"]) == ("13", "withheld")
            assert rows[1]["Days from referral within which half were heard"] == "14"
    with area.world.units.read(HUB) as uow:
        looks = select(AuditEntry.subject_kind).where(AuditEntry.verb == "Looked")
        assert list(uow.session.scalars(looks)).count("return_file") == len(FILES)


def test_what_is_not_known_is_listed_case_by_case_with_where_to_say_it(browse, area):
    browser = browse(Role.COORDINATOR)
    link = browser.get("returns.quarter", **at(area)).links["What is not known, case by case"]
    listed = browser.get(link)
    assert listed.text.count("20 May 2026 ethnic group, disability, LGBT+") == 13
    assert listed.text.count("sex or gender") == 4
    first = browser.get(next(href for href in listed.links.values() if "/counted" in href))
    known = {"is_minoritised": "no", "is_disabled": "no", "is_lgbt": "no", "gender": "female"}
    browser.fill(first, {**known, "source": "referrer"})
    assert browser.get(link).text.count("20 May 2026") == 12
    gone = f"/returns/{area.world.area}/2026/2/not-known"
    assert browse(Role.CHAIR).client.get(gone).status_code in {403, 404}


def test_to_anybody_else_there_is_no_such_return(browse, area, copied):
    other, elsewhere = uuid4(), uuid4()
    with area.world.write() as uow:
        uow.session.add(Area(id=elsewhere, name="Othershire"))
        uow.session.add(Agency(id=other, name="Other Council", kind="local_authority"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=other, area_id=elsewhere))
    stranger = browse(Role.COORDINATOR, other)
    paths = [
        f"/returns/{area.world.area}/2026/2{end}" for end in ("", "/copy", "/return.csv", "/exact")
    ]
    for path in paths:
        assert stranger.client.get(path).status_code == 404
    assert "Testshire" not in stranger.get("returns.choose").text
    rep = browse(Role.AGENCY_REPRESENTATIVE).client
    assert {rep.get(path).status_code for path in ("/returns", *paths)} <= {403, 404}
    own = browse(Role.COORDINATOR)
    assert own.client.get(f"/returns/{area.world.area}/2026/5").status_code == 404


def test_a_quarter_without_a_meeting_says_so(browse, area):
    browser = browse(Role.COORDINATOR)
    shown = browser.get("returns.quarter", **at(area, year=2025))
    assert "No meeting was held in these months" in shown.text
    assert "not known: the settings of the area" in shown.text


def test_exact_counts_go_out_by_two_peoples_doing_and_each_time_is_in_the_trail(browse, area):
    asks, chair = browse(Role.COORDINATOR), browse(Role.CHAIR)
    asked = asks.get(asks.get("returns.quarter", **at(area)).links["Pass on the exact counts"])
    wrong = asks.fill(asked, {})
    assert wrong.errors == {"whom": "Enter to whom it goes, and what for"}
    asks.fill(wrong, {"whom": "The national return"})
    assert "Waits for a second person" in asks.get("returns.exact", **at(area)).text
    assert "exact return to approve" not in asks.get("home.show").text
    assert "1 exact return to approve" in chair.get("home.show").text
    waiting = chair.get(chair.get("returns.choose").links["Exact returns to approve"])
    assert "The national return" in waiting.text
    assert "Testshire, April to June 2026" in waiting.text
    with area.world.units.read(HUB) as uow:
        release = uow.session.scalars(select(ReturnRelease.id)).one()
    file = f"/returns/exact/{release}/return.csv"
    assert asks.client.get(file).status_code == 404
    own = asks.send("returns.settle", {}, release_id=release, verdict="approve")
    assert "A second person must approve it" in own.text
    assert asks.client.get(file).status_code == 404
    chair.send("returns.settle", {}, release_id=release, verdict="approve")
    assert "spreadsheet" in asks.get("returns.exact", **at(area)).text
    answer = asks.client.get(file)
    assert answer.headers["Content-Disposition"].endswith('"exact-return-2026Q2.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert (rows[0]["From the police"], rows[0]["Referred by: Charity"]) == ("10", "3")
    assert chair.client.get(file).status_code in {403, 404}
    with area.world.units.read(HUB) as uow:
        looks = select(AuditEntry.subject_id).where(AuditEntry.subject_kind == "return_exact_file")
        assert list(uow.session.scalars(looks)) == [str(release)]


def test_who_steers_sees_the_copy_and_never_the_whole(browse, area, copied):
    whole, copy = (f"/returns/{area.world.area}/2026/2{end}" for end in ("", "/copy"))
    for role in (Role.CHAIR, Role.SAFEGUARDING_LEAD):
        reader = browse(role)
        chosen = reader.client.get(f"/returns?area={area.world.area}&quarter=2026Q2")
        assert chosen.headers["Location"] == copy
        assert "withheld" in reader.get("returns.copy", **at(area)).text
        assert reader.client.get(whole).status_code in {403, 404}
