"""Who must be invited, held against a second reading of the text, over situations made by dice."""

import json
from collections import Counter
from itertools import product

import pytest

from hub.cli.situation_files import read_situations
from hub.cli.situation_json import requirements_text
from hub.meetings.required import required
from parts.made_situations import made_situation
from parts.section_six import answer

SEEDS = ("one", "two", "three")
SITUATIONS = 300
MET = {
    "named_worker", "cover", "deputy", "team_manager", "duty_desk", "other_desk",
    "leaving_care", "social_work",
    "why left", "why absent", "why barred", "why both_sides", "why other_side", "why unverified",
    "why stale",
    "problem care_status_unconfirmed", "problem recorded_as_died", "problem date_of_birth_unknown",
    "problem duty_ended_at_25", "problem no_social_worker", "problem no_named_worker",
    "problem no_responsible_service", "problem agreement_not_in_force",
    "problem nobody_reachable", "problem worker_left", "problem barred", "problem both_sides",
    "problem stale_contact",
}  # fmt: skip
"""Every step, route, reason to skip and problem of the section."""


def hubs_answers(situations):
    text = json.dumps({"version": 1, "situations": situations})
    found = [(one.id, required(one)) for one in read_situations(text)]
    return json.loads(requirements_text(found))["results"]


def told_apart(invitations):
    """Return the invitations as a list that two readings can be compared by, in any order."""
    return sorted(
        json.dumps({name: value for name, value in one.items() if name != "reason"}, sort_keys=True)
        for one in invitations
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hub_answers_as_the_text_says(seed):
    situations = [made_situation(number, seed) for number in range(SITUATIONS)]
    for situation, found in zip(situations, hubs_answers(situations), strict=True):
        invitations, problems = answer(situation)
        assert told_apart(found["invitations"]) == told_apart(invitations), situation
        raised = [tuple(problem.values()) for problem in found["problems"]]
        assert Counter(raised) == Counter(problems), situation


def test_the_dice_meet_every_step_every_reason_and_every_problem():
    met = Counter()
    for seed, number in product(SEEDS, range(SITUATIONS)):
        invitations, problems = answer(made_situation(number, seed))
        met.update(one["step"] for one in invitations)
        met.update(one["route"] for one in invitations)
        met.update(f"why {each['why']}" for one in invitations for each in one["skipped"])
        met.update(f"problem {problem}" for _, _, problem, _, _ in problems)
    assert set(met) == MET
