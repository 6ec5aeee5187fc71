"""Who may be whose worker and when, and which gaps raise an alarm."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.people.rules.allocations import (
    AllocationPlan,
    Span,
    Standing,
    WorkerFacts,
    alarms,
    current,
    end_refusal,
    plan_allocation,
    worker_refusal,
)
from hub.people.states import SupportStatus, WorkerRole

LCW, SW = WorkerRole.LEAVING_CARE_WORKER, WorkerRole.SOCIAL_WORKER
TODAY = date(2026, 6, 1)
WORKER, OTHER, SERVICE = UUID(int=1), UUID(int=2), UUID(int=3)


def span(number, begins, until=None, role=LCW, worker=WORKER):
    return Span(UUID(int=100 + number), worker, role, begins, until)


def facts(**changes):
    values = {"id": WORKER, "role": "leaving_care_worker", "service_id": SERVICE}
    values["is_leaving_care"] = True
    return WorkerFacts(**(values | changes))


REFUSED_WORKERS = [
    (None, "worker", "no longer there"),
    (facts(role="duty_desk"), "worker", "named person"),  # a desk is a rung of its own
    (facts(service_id=None), "worker", "no service"),
    (facts(is_leaving_care=False), "worker", "leaving care service"),  # a police officer, say
    (facts(works_until=TODAY), "worker", "no longer works"),  # the first day gone
    (facts(works_from=TODAY + timedelta(days=1)), "from_on", "begins to work"),
]


@pytest.mark.parametrize(("worker", "field", "why"), REFUSED_WORKERS)
def test_only_a_person_at_work_in_a_service_can_be_allocated(worker, field, why):
    refusal = worker_refusal(worker, LCW, TODAY)
    assert refusal.field == field
    assert why in refusal.why


@pytest.mark.parametrize(
    "worker", [facts(), facts(works_from=TODAY), facts(works_until=TODAY + timedelta(days=1))]
)
def test_a_worker_of_the_day_can_be_allocated(worker):
    assert worker_refusal(worker, LCW, TODAY) is None


def test_a_social_worker_is_one_in_the_directory_whatever_the_service():
    social = facts(role="social_worker", is_leaving_care=False)
    assert worker_refusal(social, SW, TODAY) is None
    assert "social worker" in worker_refusal(facts(), SW, TODAY).why


JAN, FEB, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))
PLANS = [
    # one role, one at a time
    ([], span(1, JAN), False, AllocationPlan()),
    ([span(1, JAN, FEB)], span(2, FEB), False, AllocationPlan()),  # half-open: they only touch
    ([span(1, MARCH)], span(2, JAN, MARCH), False, AllocationPlan()),
    ([span(1, JAN, role=SW)], span(2, FEB), False, AllocationPlan()),  # two roles run together
    ([span(1, JAN)], span(1, FEB), False, AllocationPlan()),  # itself
    ([span(1, JAN)], span(2, FEB), False, "from_on"),
    ([span(1, JAN, MARCH)], span(2, FEB), False, "from_on"),
    ([span(1, MARCH)], span(2, FEB), False, "from_on"),
    # told to, the earlier one ends in the same breath
    ([span(1, JAN)], span(2, FEB), True, AllocationPlan(((UUID(int=101), FEB),))),
    ([span(1, JAN, APRIL)], span(2, FEB), True, AllocationPlan(((UUID(int=101), FEB),))),
    ([span(1, FEB)], span(2, FEB), True, "from_on"),  # it would have no day left
    ([span(1, MARCH)], span(2, FEB), True, "from_on"),  # what is planned is not undone unsaid
    # an end before the start
    ([], span(1, FEB, FEB), False, "until_on"),
    ([], span(1, FEB, JAN), False, "until_on"),
]


@pytest.mark.parametrize(("present", "wanted", "end_previous", "expected"), PLANS)
def test_nobody_shares_a_role(present, wanted, end_previous, expected):
    plan = plan_allocation(wanted, present, end_previous=end_previous)
    if isinstance(expected, str):
        assert plan.refusal.field == expected
        assert not plan.shortened
    else:
        assert plan == expected


DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
WANTED = st.tuples(DAYS, st.none() | DAYS, st.sampled_from([LCW, SW]), st.booleans())


@given(st.lists(WANTED, max_size=12))
def test_whatever_is_allocated_in_whatever_order_nobody_ever_shares_a_role(steps):
    present: list[Span] = []
    for number, (begins, until, role, end_previous) in enumerate(steps):
        wanted = span(number, begins, until, role)
        plan = plan_allocation(wanted, present, end_previous=end_previous)
        if plan.refusal:
            continue
        ends = dict(plan.shortened)
        present = [
            Span(one.id, one.worker_id, one.role, one.from_on, ends.get(one.id, one.until_on))
            for one in present
        ]
        present.append(wanted)
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(120)):
        for role in WorkerRole:
            assert sum(one.role is role and one.covers(day) for one in present) <= 1
    assert all(one.until_on is None or one.until_on > one.from_on for one in present)


def test_an_end_lies_after_the_beginning_and_makes_nothing_longer():
    assert end_refusal(span(1, JAN), FEB) is None
    assert end_refusal(span(1, JAN, MARCH), MARCH) is None
    assert end_refusal(span(1, JAN), JAN).field == "until_on"
    assert end_refusal(span(1, JAN, FEB), MARCH).field == "until_on"


def test_the_current_one_counts_on_its_first_day_and_not_on_its_last():
    spans = [span(1, JAN, FEB), span(2, FEB)]
    assert current(spans, LCW, FEB) == spans[1]
    assert current(spans, LCW, date(2026, 1, 31)) == spans[0]
    assert current(spans, SW, FEB) is None


ADULT, MINOR = date(2006, 3, 9), date(2009, 3, 9)
NEARLY_ADULT = date(2008, 8, 1)
SOON = date(2026, 8, 1)


def codes(born, status, spans, workers=(), *, has_service=True, day=TODAY):
    standing = Standing(born, status, has_service)
    return [alarm.code for alarm in alarms(standing, spans, {one.id: one for one in workers}, day)]


ALLOCATED = SupportStatus.ALLOCATED
OPEN = span(1, JAN)
ALARMS = [
    (ADULT, ALLOCATED, [OPEN], [facts()], []),
    (ADULT, ALLOCATED, [], [], ["no_named_worker"]),
    (ADULT, ALLOCATED, [span(1, JAN, TODAY)], [], ["no_named_worker"]),
    (ADULT, SupportStatus.DUTY, [], [], []),  # the desk supports them, nobody is missing
    (ADULT, SupportStatus.STEPPED_DOWN, [], [], []),
    (ADULT, SupportStatus.DIED, [], [], []),
    (ADULT, ALLOCATED, [OPEN], [facts(works_until=TODAY)], ["worker_left"]),
    (ADULT, ALLOCATED, [span(1, JAN, SOON)], [facts()], ["gap_ahead"]),
    (ADULT, ALLOCATED, [OPEN], [facts(works_until=SOON)], ["gap_ahead"]),
    (ADULT, ALLOCATED, [span(1, JAN, SOON), span(2, SOON)], [facts()], []),
    (ADULT, ALLOCATED, [span(1, JAN, date(2026, 12, 1))], [facts()], []),  # not yet near
    (ADULT, SupportStatus.DUTY, [span(1, JAN, SOON)], [facts()], []),
    (MINOR, ALLOCATED, [OPEN], [facts()], ["no_social_worker"]),
    (MINOR, ALLOCATED, [OPEN, span(2, JAN, role=SW, worker=OTHER)], [facts()], []),
    (
        MINOR,
        ALLOCATED,
        [OPEN, span(2, JAN, role=SW, worker=OTHER)],
        [facts(), facts(id=OTHER, works_until=TODAY)],
        ["social_worker_left"],
    ),
    (NEARLY_ADULT, ALLOCATED, [OPEN, span(2, JAN, role=SW)], [], ["hand_over_due"]),
    (NEARLY_ADULT, ALLOCATED, [OPEN, span(2, JAN, SOON, role=SW)], [], []),  # arranged
    (ADULT, ALLOCATED, [OPEN, span(2, JAN, role=SW)], [], ["hand_over_late"]),
    (None, ALLOCATED, [OPEN, span(2, JAN, role=SW)], [], ["date_of_birth_unknown"]),
    (date(2001, 6, 1), ALLOCATED, [OPEN], [], ["ended_at_25"]),
    (date(2001, 6, 1), SupportStatus.STEPPED_DOWN, [OPEN], [], []),
]


@pytest.mark.parametrize(("born", "status", "spans", "workers", "expected"), ALARMS)
def test_alarms(born, status, spans, workers, expected):
    assert codes(born, status, spans, workers) == expected


def test_somebody_without_a_responsible_service_raises_an_alarm():
    assert codes(ADULT, ALLOCATED, [OPEN], has_service=False) == ["no_responsible_service"]
