"""An agency's flag list by its pages: one press, a file, addresses for a reason, a new incident."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.events import HearingMoved
from hub.marac.models import FlagNotice
from hub.referrals.models import Party
from kit.concerns import County
from kit.world import HUB
from parts.over_time import HIM, years

HEARD = date(2026, 6, 4)
TRICKY = {"given_name": "=Zinnia", "family_name": "Quillfeather", "care_experienced": "no"}


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def rep(browse, story, as_role):
    """Return the browser of an agency's representative, once a case was heard."""
    actor = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.police, name="Rep Resent")
    him = HIM | {"address": "4 Hidden Lane"}
    victim = TRICKY | {"date_of_birth": "1981-04-02"}
    item = story.heard(story.refer(date(2026, 6, 1), victim=victim, perpetrators=(him,)), HEARD)
    with story.county.units.write(HUB) as uow:
        uow.emit(HearingMoved(item_id=item, state="heard"))
    return browse(actor)


def line_of(story, role):
    with story.county.units.read(HUB) as uow:
        wanted = (
            select(FlagNotice.id)
            .join(Party, Party.id == FlagNotice.party_id)
            .where(FlagNotice.agency_id == story.county.police, Party.role == role)
        )
        return uow.session.scalars(wanted).one()


def entries(story, verb):
    with story.county.units.read(HUB) as uow:
        wanted = select(AuditEntry.subject_kind).where(AuditEntry.verb == verb)
        return list(uow.session.scalars(wanted))


def test_what_waits_stands_at_home_and_goes_by_one_press(rep, story):
    assert "2 flags to see to" in rep.get("home.show").text
    listed = rep.get("marac.flags").text
    assert "Set the flag" in listed
    assert "Until 4 June 2027" in listed
    assert "LN1 1AA" not in listed
    assert entries(story, "Looked").count("flag") == 2

    for role in ("victim", "alleged_perpetrator"):
        rep.send("marac.flag_done", {"kind": "add"}, flag_id=line_of(story, role))
    after = rep.get("marac.flags").text
    assert "Nothing waits for your agency." in after
    assert "Rep Resent" in after
    assert "flags to see to" not in rep.get("home.show").text


def test_a_press_that_comes_too_late_says_so_and_a_mistake_is_taken_back(rep, story):
    flag_id = line_of(story, "victim")
    rep.send("marac.flag_done", {"kind": "add"}, flag_id=flag_id)
    again = rep.send("marac.flag_done", {"kind": "add"}, flag_id=flag_id)
    assert "a colleague was faster" in again.text
    assert "Press the button on the page again." in (
        rep.send("marac.flag_done", {"kind": "erase"}, flag_id=flag_id).text
    )
    assert "That was a mistake" in rep.get("marac.flag", flag_id=flag_id).text
    back = rep.send("marac.flag_take_back", {}, flag_id=flag_id)
    assert "It waits to be done again" in back.text


def test_the_file_is_safe_to_open_and_has_no_address(rep, story):
    answer = rep.raw("marac.flags_file")
    assert answer.content_type.startswith("text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
    text = answer.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Given name"] for row in rows} == {"'=Zinnia", "Basil"}
    assert {row["To do"] for row in rows} == {"Set the flag"}
    assert "LN1 1AA" not in text
    assert "Hidden Lane" not in text
    assert len(entries(story, "FlagListTaken")) == 1


def test_an_address_is_shown_for_a_reason_once(rep, story):
    flag_id = line_of(story, "alleged_perpetrator")
    assert "Hidden Lane" not in rep.get("marac.flag", flag_id=flag_id).text
    wrong = rep.post("marac.flag_contact", {}, flag_id=flag_id, status=422)
    assert wrong.errors == {"why": "Select what for"}
    shown = rep.post("marac.flag_contact", {"why": "area"}, flag_id=flag_id, status=200)
    assert "Hidden Lane" in shown.text
    assert len(entries(story, "ContactRevealed")) == 1
    assert "Hidden Lane" not in rep.get("marac.flag", flag_id=flag_id).text


def test_a_new_incident_is_one_press_and_the_page_names_them_already(rep, story):
    shown = rep.send("marac.flag_incident", {}, flag_id=line_of(story, "victim"))
    draft = shown.response.request.path.rsplit("/", 1)[-1]
    victim = rep.get("referrals.question", draft_id=draft, name="victim")
    assert victim.filled()["family_name"] == ["Quillfeather"]


def test_another_agency_finds_no_such_line(rep, story, browse, as_role):
    other = browse(as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.other_council))
    flag_id = line_of(story, "victim")
    assert "Nothing waits for your agency." in other.get("marac.flags").text
    other.get("marac.flag", flag_id=flag_id, status=404)
    for press in ("marac.flag_done", "marac.flag_contact", "marac.flag_incident"):
        other.post(press, {"kind": "add", "why": "area"}, flag_id=flag_id, status=404)
