"""The words in which a case says where its worker stands."""

import re

import pytest

from hub.meetings import wording
from hub.meetings.answers import Answer
from hub.meetings.attendance import ATTENDANCE
from hub.meetings.gaps import NO_CURRENT_INVITATION, NOBODY_ANSWERED, NOT_REQUIRED, SHARING_HELD
from hub.meetings.overlaps import DOUBLE_BOOKED
from hub.meetings.requirement import OwnerRole, ProblemKind, Route, Step
from hub.meetings.situation import CareStatus, ItemRole, MeetingKind
from hub.meetings.states import MeetingState
from hub.meetings.wording import SAID, Held, WorkerState, state_in_words, state_without
from hub.web.words import PACKS


@pytest.mark.parametrize(
    ("invitation", "has_begun", "words"),
    [
        (Held(), False, "invited"),
        (Held(was_opened=True), False, "opened"),
        (Held(answer="accepted", was_opened=True), False, "accepted"),
        (Held(answer="stand_in", was_opened=True), False, "sending someone"),
        (Held(answer="information_only", was_opened=True), False, "sending information"),
        (Held(answer="declined", was_opened=True, has_climbed=True), False, "declined"),
        (Held(answer="not_mine", has_climbed=True), False, "says it is somebody else's"),
        (Held(has_climbed=True), False, "no response yet"),
        (Held(was_opened=True, has_climbed=True), False, "no response yet"),
        # Once the slot has begun, silence is an answer of its own.
        (Held(), True, "no response"),
        (Held(was_opened=True), True, "no response"),
        (Held(has_climbed=True), True, "no response"),
        (Held(answer="accepted"), True, "accepted"),
        # What was taken back says so, whatever was answered before.
        (Held(is_current=False, answer="accepted"), False, "no longer asked"),
        (Held(is_current=False), True, "no longer asked"),
    ],
)
def test_where_an_invited_worker_stands(invitation, has_begun, words):
    assert state_in_words(invitation, has_begun=has_begun).words == words


@pytest.mark.parametrize(
    ("problems", "is_excused", "words"),
    [
        ({"care_status_unconfirmed"}, False, "care status unconfirmed"),
        ({"agreement_not_in_force"}, False, "held: no agreement in force"),
        ({"sharing_held"}, False, "held until it may be shared"),
        ({"both_sides"}, False, "waiting for the chair"),
        ({"barred"}, False, "waiting for the chair"),
        ({"nobody_reachable"}, False, "could not be identified"),
        ({"no_responsible_service"}, False, "could not be identified"),
        ({"worker_left", "nobody_reachable"}, False, "could not be identified"),
        ({"no_current_invitation"}, False, "could not be identified"),
        # What keeps the invitation back is said before what is wrong with the ladder.
        ({"stale_contact", "agreement_not_in_force"}, False, "held: no agreement in force"),
        (set(), True, "nobody to invite, reason recorded"),
        (set(), False, "nobody has to be invited"),
        ({"date_of_birth_unknown"}, False, "nobody has to be invited"),
    ],
)
def test_what_is_said_when_nobody_holds_an_invitation(problems, is_excused, words):
    state = state_without(frozenset(problems), is_excused=is_excused)

    assert SAID[state].words == words


def test_every_state_has_its_own_words():
    assert set(SAID) == set(WorkerState)
    assert len({said.words for said in SAID.values()}) == len(WorkerState)


@pytest.mark.parametrize("answer", list(Answer))
def test_every_answer_has_a_state(answer):
    assert state_in_words(Held(answer=answer.value), has_begun=False).words


def codes(kind):
    return {one.value for one in kind}


def test_every_code_of_the_data_has_words():
    own = {NO_CURRENT_INVITATION, NOT_REQUIRED, SHARING_HELD, NOBODY_ANSWERED, DOUBLE_BOOKED}
    assert set(wording.GAPS) == codes(ProblemKind) | own
    assert set(wording.OWNERS) == codes(OwnerRole)
    assert set(wording.STEPS) == codes(Step) | {"chosen"}
    assert set(wording.ROUTES) == codes(Route)
    assert set(wording.ROLES) == codes(ItemRole)
    assert set(wording.CARE) == codes(CareStatus)
    assert set(wording.KINDS) == codes(MeetingKind)
    assert set(wording.STATES) == codes(MeetingState)
    assert set(wording.ATTENDANCE) == set(ATTENDANCE)


TABLES = ("GAPS", "OWNERS", "STEPS", "ROUTES", "ROLES", "CARE", "KINDS", "ATTENDANCE")


@pytest.mark.parametrize("pack", PACKS.values(), ids=str)
def test_the_words_fill_in_every_authoritys_own_and_call_nobody_closed(pack):
    filled = [pack.fill(text) for table in TABLES for text in getattr(wording, table).values()]
    filled += [said.words for said in SAID.values()]

    assert not [text for text in filled if "{" in text]
    assert not [text for text in filled if re.search(r"\b(closed|care leaver|offender)\b", text)]
