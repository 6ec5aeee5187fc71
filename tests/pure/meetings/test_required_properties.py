"""What must hold of every situation, whatever is in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.cli.situation_files import read_situations
from hub.cli.situation_json import situations_text
from hub.kernel.days import age_on, london_day
from hub.meetings.required import required
from hub.meetings.requirement import ProblemKind, Route
from hub.meetings.situation import (
    Absence,
    Allocation,
    AllocationRole,
    Bar,
    CareStatus,
    Conflict,
    Desk,
    Item,
    ItemRole,
    Meeting,
    MeetingKind,
    Person,
    PersonOnItem,
    Service,
    Situation,
    SupportStatus,
    Team,
    Worker,
)
from hub.sharing.states import AgreementState
from kit.situations import AS_OF, DAY, VICTIM, allocated, desk, item, person, worker

LOOK = settings(max_examples=50, deadline=None)
"""Enough to find each of the broken rules that these were tried on, and quick on a busy machine."""

ONE = timedelta(days=1)
SERVICES = ("lc", "sw", "far")
TEAMS = ("t1", "t2")
WORKERS = tuple(f"w{number}" for number in range(5))
DESKS = ("d1", "d2", "d3")
PERSONS = ("p1", "p2", "p3")
ITEMS = ("i1", "i2")

near_the_day = st.integers(-3, 3).map(lambda days: DAY + days * ONE)
starts = st.sampled_from(
    [
        datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC),
        datetime(2026, 6, 30, 23, tzinfo=UTC),
        datetime(2026, 7, 1, 11, tzinfo=UTC),
    ]
)
verified = st.none() | st.sampled_from([AS_OF, AS_OF - 90 * ONE, AS_OF - 91 * ONE])
births = st.none() | st.builds(
    lambda age, days: date(DAY.year - age, 7, 1) + days * ONE,
    st.sampled_from([15, 16, 17, 18, 20, 25, 26]),
    st.integers(-1, 1),
)


def maybe(ids):
    return st.none() | st.sampled_from(ids)


@st.composite
def periods(draw):
    """Draw two to four days in order, as half-open periods that touch but do not overlap."""
    days = sorted(draw(st.lists(near_the_day, min_size=2, max_size=4, unique=True)))
    return list(pairwise(days))


@st.composite
def persons(draw, own):
    care = draw(st.sampled_from([CareStatus.CARE_EXPERIENCED] * 3 + list(CareStatus)))
    status = st.sampled_from([SupportStatus.ALLOCATED, *SupportStatus])
    return Person(
        id=own,
        date_of_birth=draw(births),
        care_status=care,
        support_status=draw(status if care is CareStatus.CARE_EXPERIENCED else st.none() | status),
        service=draw(maybe(SERVICES)),
    )


@st.composite
def workers(draw, own):
    from_on, until_on = draw(
        st.sampled_from([(None, None)] * 3 + [(DAY, None), (None, DAY), (None, DAY + ONE)])
    )
    return Worker(
        id=own,
        service=draw(st.sampled_from(SERVICES)),
        team=draw(maybe(TEAMS)),
        deputy=draw(maybe(WORKERS)),
        from_on=from_on,
        until_on=until_on,
        verified_on=draw(verified),
    )


@st.composite
def allocations(draw):
    found = []
    for own in PERSONS:
        for role in AllocationRole:
            found += [
                Allocation(
                    person=own,
                    worker=draw(st.sampled_from(WORKERS)),
                    role=role,
                    from_on=from_on,
                    until_on=until_on,
                )
                for from_on, until_on in draw(st.just([]) | periods())
            ]
    return tuple(found)


@st.composite
def absences(draw):
    found = []
    for own in draw(st.lists(st.sampled_from(WORKERS), max_size=3, unique=True)):
        found += [
            Absence(worker=own, from_on=from_on, until_on=until_on, cover=draw(maybe(WORKERS)))
            for from_on, until_on in draw(periods())
        ]
    return tuple(found)


@st.composite
def items(draw, own):
    on = draw(st.lists(st.sampled_from(PERSONS), unique=True))
    return Item(
        id=own,
        starts_at=draw(st.none() | starts),
        people=tuple(
            PersonOnItem(person=one, role=draw(st.sampled_from(list(ItemRole)))) for one in on
        ),
    )


@st.composite
def situations(draw):
    recipients = st.sampled_from(WORKERS + DESKS)
    good = [AgreementState.IN_FORCE] * 6
    return Situation(
        id="s",
        as_of=AS_OF,
        stale_after_days=draw(st.sampled_from([0, 90, 10_000])),
        meeting=Meeting(kind=draw(st.sampled_from(list(MeetingKind))), starts_at=draw(starts)),
        services=tuple(
            Service(id=own, agreement=draw(st.sampled_from(good + list(AgreementState))))
            for own in SERVICES
        ),
        desks=tuple(
            Desk(
                id=own,
                service=draw(st.sampled_from(SERVICES)),
                team=draw(maybe(TEAMS)),
                verified_on=draw(verified),
            )
            for own in draw(st.permutations(DESKS))
        ),
        teams=tuple(Team(id=own, manager=draw(maybe(WORKERS))) for own in TEAMS),
        workers=tuple(draw(workers(own)) for own in WORKERS),
        allocations=draw(allocations()),
        absences=draw(absences()),
        conflicts=tuple(
            Conflict(recipient=one, person=who)
            for one, who in draw(
                st.lists(st.tuples(recipients, st.sampled_from(PERSONS)), max_size=2)
            )
        ),
        bars=tuple(
            Bar(recipient=one, item=what)
            for one, what in draw(
                st.lists(st.tuples(recipients, st.sampled_from(ITEMS)), max_size=2)
            )
        ),
        persons=tuple(draw(persons(own)) for own in PERSONS),
        items=tuple(draw(items(own)) for own in ITEMS),
    )


def day_of(start, one):
    return london_day(one.starts_at or start.meeting.starts_at)


@LOOK
@given(situations())
def test_never_silence_about_anybody_to_whom_the_duty_is_owed(start):
    found = required(start)
    heard = {(one.item, one.person) for one in found.invitations}
    heard |= {(one.item, one.person) for one in found.problems}
    known = {one.id: one for one in start.persons}
    for one in start.items:
        for place in one.people:
            who = known[place.person]
            born = who.date_of_birth
            owed = born is None or 16 <= age_on(born, day_of(start, one)) <= 25
            if who.care_status is CareStatus.CARE_EXPERIENCED and owed:
                assert (one.id, who.id) in heard or (one.id, None) in heard


@LOOK
@given(situations())
def test_nobody_is_invited_who_must_not_or_cannot_come(start):
    posts = {one.id: one for one in start.workers}
    checked = {one.id: one.verified_on for one in (*start.workers, *start.desks)}
    by_id = {one.id: one for one in start.items}
    for invitation in required(start).invitations:
        one, who = by_id[invitation.item], invitation.recipient
        day = day_of(start, one)
        roles = {place.person: place.role for place in one.people}
        post = posts.get(who)
        if post is not None:
            assert post.from_on is None or post.from_on <= day
            assert post.until_on is None or day < post.until_on
        assert not [
            away
            for away in start.absences
            if away.worker == who and away.from_on <= day < away.until_on
        ]
        assert Bar(recipient=who, item=one.id) not in start.bars
        assert not [c for c in start.conflicts if c.recipient == who and c.person in roles]
        own_sides = {
            roles.get(a.person)
            for a in start.allocations
            if a.worker == who and a.from_on <= day and (a.until_on is None or day < a.until_on)
        }
        against = {
            ItemRole.VICTIM: {ItemRole.ALLEGED_PERPETRATOR},
            ItemRole.ALLEGED_PERPETRATOR: {ItemRole.VICTIM},
        }
        assert not own_sides & against.get(roles[invitation.person], set())
        assert not own_sides >= {ItemRole.VICTIM, ItemRole.ALLEGED_PERPETRATOR}
        assert checked[who] is not None
        assert (start.as_of - checked[who]).days <= start.stale_after_days


@LOOK
@given(situations())
def test_nobody_is_invited_to_one_item_for_both_sides(start):
    roles = {(one.id, place.person): place.role for one in start.items for place in one.people}
    sides = {}
    for one in required(start).invitations:
        sides.setdefault((one.item, one.recipient), set()).add(roles[one.item, one.person])
    for found in sides.values():
        assert not found >= {ItemRole.VICTIM, ItemRole.ALLEGED_PERPETRATOR}


@LOOK
@given(situations())
def test_one_invitation_a_route_and_whoever_was_tried_before_is_listed_once(start):
    found = required(start)
    assert len({(one.item, one.person, one.route) for one in found.invitations}) == len(
        found.invitations
    )
    assert len(set(found.problems)) == len(found.problems)
    for one in found.invitations:
        tried = [*(skipped.recipient for skipped in one.skipped), one.recipient]
        assert len(set(tried)) == len(tried)
        for skipped in one.skipped:
            kind = {
                "left": ProblemKind.WORKER_LEFT,
                "barred": ProblemKind.BARRED,
                "both_sides": ProblemKind.BOTH_SIDES,
                "unverified": ProblemKind.STALE_CONTACT,
                "stale": ProblemKind.STALE_CONTACT,
            }.get(skipped.why)
            about = None if kind is ProblemKind.BOTH_SIDES else one.person
            raised = {
                (p.item, p.person, p.problem)
                for p in found.problems
                if p.contact == skipped.recipient
            }
            assert kind is None or (one.item, about, kind) in raised


@LOOK
@given(situations())
def test_the_social_worker_is_added_and_replaces_nobody(start):
    """Where there are no sides to take, leaving care is the same with and without social work."""
    one_side = replace(
        start,
        items=tuple(
            replace(one, people=tuple(replace(place, role=VICTIM) for place in one.people))
            for one in start.items
        ),
    )
    alone = replace(
        one_side,
        allocations=tuple(
            one for one in start.allocations if one.role is AllocationRole.LEAVING_CARE_WORKER
        ),
    )

    def leaving_care(given_):
        found = required(given_).invitations
        return [one for one in found if one.route is Route.LEAVING_CARE]

    assert leaving_care(one_side) == leaving_care(alone)


@LOOK
@given(situations(), st.data())
def test_the_order_of_lists_means_nothing_but_that_of_the_desks(start, data):
    def mixed(rows):
        return tuple(data.draw(st.permutations(rows)))

    shuffled = replace(
        start,
        **{
            name: mixed(getattr(start, name))
            for name in (
                "services",
                "teams",
                "workers",
                "allocations",
                "absences",
                "conflicts",
                "bars",
                "persons",
            )
        },
        items=mixed(tuple(replace(one, people=mixed(one.people)) for one in start.items)),
    )
    assert required(shuffled) == required(start)


@LOOK
@given(situations())
def test_a_stranger_on_an_item_of_their_own_changes_nothing_for_others(start):
    wider = replace(
        start,
        services=(*start.services, Service(id="new", agreement=AgreementState.IN_FORCE)),
        workers=(worker("new_worker", service="new"), *start.workers),
        desks=(desk("new_desk", service="new"), *start.desks),
        persons=(person("new_person", service="new"), *start.persons),
        allocations=(allocated("new_person", "new_worker"), *start.allocations),
        items=(item("new_item", ("new_person", VICTIM)), *start.items),
    )
    found = required(wider)
    before = required(start)
    assert [one for one in found.invitations if one.item != "new_item"] == list(before.invitations)
    assert [one for one in found.problems if one.item != "new_item"] == list(before.problems)
    assert len(found.invitations) == len(before.invitations) + 1


@LOOK
@given(situations())
def test_a_situation_comes_back_from_its_file_and_gives_the_same_answer(start):
    (again,) = read_situations(situations_text([start]))
    assert again == start
    assert required(again) == required(start)
