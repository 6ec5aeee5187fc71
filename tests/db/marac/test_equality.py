"""Who a victim is, recorded for a case: by whom, behind what stood, and taken to another area."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.commands.equality import RecordEquality, record_equality
from hub.marac.commands.transfers import SendTransfer, acknowledge_transfer, send_transfer
from hub.marac.queries.equality import answers_of
from hub.marac.rules.equality import Source
from kit.concerns import County
from kit.world import HUB
from parts.over_time import years

FIRST = date(2026, 6, 1)
ANSWERS = {"is_minoritised": "yes", "is_disabled": "no", "is_lgbt": "not_known", "gender": "male"}


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def concern(story):
    return story.refer(FIRST)


def record(story, concern_id, by=None, **changes):
    cmd = RecordEquality(
        **{
            "concern_id": concern_id,
            "answers": ANSWERS,
            "source": Source.IDVA,
            "note": " By telephone ",
            "number": 0,
            **changes,
        }
    )
    with story.county.units.write(by or story.coordinator) as uow:
        return record_equality(cmd, uow=uow)


def standing(story, concern_id):
    with story.county.units.read(HUB) as uow:
        return answers_of(uow, concern_id)


def test_each_record_stands_behind_the_one_before_with_its_source_and_in_the_trail(story, concern):
    assert set(standing(story, concern)[0].values()) == {"not_known"}
    record(story, concern)
    record(story, concern, answers={**ANSWERS, "is_lgbt": "yes"}, source=Source.REFERRER, number=1)
    answers, recorded = standing(story, concern)
    assert answers == {**ANSWERS, "is_lgbt": "yes"}
    assert (recorded.number, recorded.source, recorded.note) == (2, "referrer", "By telephone")
    assert recorded.recorded_by == "Coral Ordinator"
    with story.county.units.read(HUB) as uow:
        wanted = select(AuditEntry).where(AuditEntry.verb == "EqualityRecorded")
        said = [str(vars(entry)) for entry in uow.session.scalars(wanted)]
    assert len(said) == 2
    assert not any(word in text for text in said for word in ("telephone", "minoritised", "yes"))


def test_who_read_an_older_record_overwrites_nothing(story, concern):
    record(story, concern)
    with pytest.raises(ConflictError):
        record(story, concern, answers={**ANSWERS, "gender": "other"})
    with pytest.raises(RefusedError, match="counts already"):
        record(story, concern, number=1)


def test_nobody_records_but_a_co_ordinator_of_the_area(story, concern, as_role):
    for somebody in (
        story.referrer,
        as_role(Role.CHAIR, agency_id=story.county.council),
        as_role(Role.COORDINATOR, agency_id=story.county.other_council),
    ):
        with pytest.raises(NotFoundError):
            record(story, concern, by=somebody)
    assert standing(story, concern)[1] is None


def test_another_area_counts_what_was_known_where_the_case_came_from(story, concern, as_role):
    there = as_role(Role.COORDINATOR, agency_id=story.county.other_council, name="Ellis Where")
    story.screened(concern, "accepted")
    record(story, concern)
    cmd = SendTransfer(
        concern_id=concern,
        to_area_id=story.county.other_area,
        told_on=FIRST,
        is_temporary=False,
        note="She has moved.",
    )
    with story.county.units.write(story.coordinator) as uow:
        sent = send_transfer(cmd, uow=uow)
    with story.county.units.write(there) as uow:
        received = acknowledge_transfer(sent, uow=uow)
    answers, recorded = standing(story, received)
    assert answers == ANSWERS
    assert (recorded.source, recorded.note, recorded.recorded_by) == (
        "other_area",
        "",
        "Ellis Where",
    )
    record(story, received, by=there, number=1, answers={**ANSWERS, "gender": "other"})
    assert standing(story, concern)[0] == ANSWERS  # what the other area knows is its own
