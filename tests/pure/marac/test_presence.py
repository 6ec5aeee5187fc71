"""Who came: what a list saves, who lacks of those who should be there, who heard a case."""

from datetime import date

import pytest

from hub.agencies.rules.kinds import AgencyKind, ServiceKind
from hub.marac.rules.areas import QUORUM_WORDS, AreaRules
from hub.marac.rules.presence import (
    STANDS_FOR,
    Came,
    OwnerThere,
    Presence,
    Quorum,
    Saved,
    Settled,
    Typed,
    mark,
    quorum_of,
    settle,
    stands_for,
    suggested,
    was_there,
)

HERE = Presence(status=Came.ATTENDED, people="Jo Bloggs")
GONE = Presence(status=Came.APOLOGY)
SILENT = Presence(status=Came.NO_RESPONSE)
DAY = date(2026, 6, 1)


def settled(typed, shown, now, *, over=1, version=1, writes_usual=True):
    line = Typed(presence=typed, version=over, was=mark(shown))
    return settle(line, Saved(presence=now, version=version), writes_usual=writes_usual)


def test_a_line_as_suggested_is_the_record_of_a_meeting_and_no_exception_of_a_case():
    assert settled(HERE, HERE, None, over=0, version=0) is Settled.WRITE
    assert settled(HERE, HERE, GONE, over=0, version=0, writes_usual=False) is Settled.KEEP
    assert settled(None, None, None, over=0, version=0) is Settled.KEEP


def test_a_line_that_says_what_is_saved_changes_nothing_in_whatever_version():
    assert settled(HERE, GONE, HERE, over=1, version=7) is Settled.KEEP


def test_a_changed_line_is_written_over_the_version_that_was_read():
    assert settled(GONE, HERE, HERE) is Settled.WRITE
    assert settled(None, GONE, GONE) is Settled.WRITE  # the apology is taken back
    assert settled(GONE, HERE, HERE, writes_usual=False) is Settled.WRITE


@pytest.mark.parametrize("writes_usual", [True, False])
def test_a_line_left_alone_never_undoes_what_another_saved_meanwhile(writes_usual):
    said = settled(HERE, HERE, GONE, over=0, version=1, writes_usual=writes_usual)
    assert said is Settled.KEEP


@pytest.mark.parametrize("writes_usual", [True, False])
def test_two_who_changed_one_line_to_different_things_meet(writes_usual):
    said = settled(SILENT, HERE, GONE, over=1, version=2, writes_usual=writes_usual)
    assert said is Settled.CLASH


def test_a_later_day_of_information_is_written_with_an_apology_that_came_before():
    sent = Presence(status=Came.APOLOGY, sent_on=DAY)
    assert settled(sent, sent, GONE) is Settled.WRITE


def test_marks_differ_by_each_part_and_nothing_has_none():
    others = (
        Presence(status=Came.PART, people="Jo Bloggs"),
        Presence(status=Came.ATTENDED, people="Jo"),
        Presence(status=Came.ATTENDED, people="Jo Bloggs", sent_on=DAY),
    )
    assert len({mark(HERE), *map(mark, others)}) == 4
    assert mark(None) == ""
    assert mark(HERE) == mark(Presence(status=Came.ATTENDED, people="Jo Bloggs"))


@pytest.mark.parametrize(
    ("signed", "status", "people"),
    [
        ({}, Came.NO_RESPONSE, ""),
        ({"Jo": "observer"}, Came.NO_RESPONSE, ""),
        ({"Jo": "one_slot"}, Came.PART, "Jo"),
        ({"Jo": "one_slot", "Ann": "member", "Zed": "observer"}, Came.ATTENDED, "Ann, Jo"),
    ],
)
def test_who_accepted_the_statement_is_suggested_as_come(signed, status, people):
    found = suggested(signed, DAY)
    assert found == Presence(status=status, people=people, sent_on=DAY)


def test_each_that_can_be_needed_is_known_by_a_kind_that_there_is():
    assert set(STANDS_FOR) == set(QUORUM_WORDS)
    for agencies, services in STANDS_FOR.values():
        assert agencies <= set(AgencyKind)
        assert services <= set(ServiceKind)
        assert agencies or services


def test_an_agency_stands_for_its_kind_and_for_what_its_services_do():
    council = stands_for("local_authority", ["leaving_care", "social_work", "housing"])
    assert council == {"childrens_services", "housing"}
    assert stands_for("police", []) == {"police"}
    assert stands_for("domestic_abuse_service", []) == {"idva"}
    assert stands_for("mental_health", []) == {"mental_health"}  # and not for health
    assert stands_for("charity", ["leaving_care"]) == frozenset()


def lacking(*agencies, must=("police", "health")):
    found = [(frozenset(who.split()), came) for who, came in agencies]
    return quorum_of(AreaRules(quorum=must), found)


def test_who_lacks_is_said_in_the_areas_order():
    assert lacking() == Quorum(missing=("police", "health"))
    assert lacking(must=("health", "police")).missing == ("health", "police")
    assert lacking(("police health", "attended")) == Quorum()
    assert lacking(("police", "attended"), must=()) == Quorum()


@pytest.mark.parametrize("came", ["apology", "no_response", "not_identified", "left", None])
def test_who_did_not_come_lacks(came):
    assert lacking(("police", came), ("health", "attended")).missing == ("police",)


def test_one_of_two_who_stand_for_the_same_is_enough():
    assert lacking(("police", "apology"), ("police", "attended"), must=("police",)) == Quorum()
    both = lacking(("police", "part"), ("police", "attended"), must=("police",))
    assert both == Quorum()
    part = lacking(("police", "part"), ("police", "apology"), must=("police",))
    assert part == Quorum(partly=("police",))


def test_a_case_adds_only_what_its_meeting_did_not_lack():
    meeting = Quorum(missing=("health",), partly=("idva",))
    case = Quorum(missing=("police", "health", "idva"), partly=())
    assert case.beyond(meeting) == Quorum(missing=("police", "idva"))
    assert Quorum(partly=("health", "idva", "police")).beyond(meeting).partly == ("police",)


def there(capacity="member", **said):
    return was_there(OwnerThere(capacity=capacity, **said))


def test_a_member_who_accepted_the_statement_heard_the_case_where_nothing_else_is_said():
    assert there()
    assert there(at_meeting="attended")
    assert not there(None)
    assert not there(None, at_meeting="attended")  # a colleague came, they did not
    assert not there("observer")


@pytest.mark.parametrize("came", ["apology", "no_response", "not_identified"])
def test_somebody_of_an_agency_that_was_absent_accepts_first(came):
    assert not there(at_meeting=came)
    assert not there(at_case=came, at_meeting="attended")


def test_who_left_for_this_case_accepts_first_and_who_came_to_it_alone_does_not():
    assert not there(at_case="left", at_meeting="attended")
    assert there(at_case="attended", at_meeting="no_response")
    assert there(at_case="part", at_meeting="attended")


def test_an_agency_there_for_part_has_missed_the_case_unless_something_says_otherwise():
    assert not there(at_meeting="part")
    assert there(at_meeting="part", is_asked=True)
    assert there(at_meeting="part", at_case="attended")


def test_somebody_for_one_case_heard_that_one_and_no_other():
    assert there("one_slot", is_asked=True)
    assert there("one_slot", is_asked=True, at_meeting="part")
    assert not there("one_slot")
    assert not there("one_slot", at_meeting="attended")


@pytest.mark.parametrize(
    ("own", "is_there"),
    [
        ("attended", True),
        ("part", True),
        ("apology", False),
        ("no_response", False),
        ("not_identified", False),
    ],
)
def test_what_is_recorded_of_a_worker_themselves_goes_before_their_agency(own, is_there):
    assert there(own=own, is_asked=True, at_meeting="apology") is is_there
    assert there(None, own=own, at_meeting="attended") is is_there
