"""What would make a co-ordinator distrust the hub, line by line: each has tests, and they stay.

Source: domain notes, section 5.1. A line without a test of its own elsewhere has it below.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HUB, TESTS = ROOT / "hub", ROOT / "tests"

DISTRUST = {
    "an “invite victim” button, a perpetrator who is notified": (
        ("guards/test_distrust.py", "test_the_hub_writes_to_entries_of_its_own_and_to_nobody_else"),
        (
            "guards/test_leaks.py",
            "test_the_drive_shows_its_canaries_and_sends_every_sort_of_message",
        ),
    ),
    "a score that lowers risk": (
        (
            "pure/referrals/test_grade.py",
            "test_in_no_area_does_any_score_lower_what_judgement_says",
        ),
        (
            "pure/referrals/test_grade.py",
            "test_in_no_area_does_one_more_criterion_lower_the_result",
        ),
    ),
    "a score that DARA is forced to have": (
        ("pure/referrals/test_complete.py", "test_what_is_missing"),
        ("pure/referrals/test_grade.py", "test_areas_read_risk_in_their_own_way"),
    ),
    "no “nothing known”": (
        ("db/marac/test_research.py", "test_nothing_known_is_one_press_and_can_be_taken_back"),
    ),
    "repeats counted on the victim alone": (
        ("db/marac/test_over_time.py", "test_another_alleged_perpetrator_is_a_new_case"),
        ("pure/marac/test_clocks.py", "test_two_alleged_perpetrators_of_whom_one_repeats"),
    ),
    "one clock of twelve months": (
        ("db/marac/test_over_time.py", "test_when_it_was_last_heard_is_a_clock_of_its_own"),
    ),
    "a meeting that must be": (
        (
            "db/marac/test_closing.py",
            "test_there_are_no_times_and_no_attendance_and_the_gate_holds",
        ),
    ),
    "minutes that change without a version": (
        ("db/marac/test_minutes.py", "test_approved_minutes_and_their_record_are_never_changed"),
    ),
    "an action of an agency that was not there": (
        (
            "db/marac/test_hearings.py",
            "test_an_action_is_theirs_at_once_who_was_there_and_else_once_accepted",
        ),
    ),
    "an address in a calendar entry": (
        ("mail/test_calendar.py", "test_no_property_is_there_that_is_not_on_the_list"),
    ),
    "“case closed”, “care leaver - closed”": (
        ("guards/test_routes.py", "test_no_screen_uses_a_word_that_hurts"),
        ("guards/test_routes.py", "test_no_authority_s_words_hurt_either"),
    ),
    "an agenda or a case that waits for a quorum": (
        ("guards/test_distrust.py", "test_nothing_that_stands_in_the_way_asks_for_a_quorum"),
    ),
    "mirror referrals that are merged by themselves": (
        (
            "pure/marac/test_clocks.py",
            "test_a_reversed_pair_is_named_on_both_sides_and_merged_on_neither",
        ),
        ("db/marac/test_over_time.py", "test_a_reversed_pair_is_named_and_never_merged"),
    ),
    "another agency's private draft": (
        ("db/marac/test_research.py", "test_an_agencys_paper_is_there_for_that_agency_alone"),
    ),
    "a worker who sees cases that are not theirs": (
        (
            "web/marac/test_hearing_pages.py",
            "test_the_invited_worker_sees_the_own_young_persons_case_only",
        ),
        (
            "web/marac/test_other_side.py",
            "test_his_worker_reads_the_risk_and_nothing_that_leads_to_her",
        ),
    ),
}


def names_of_tests(path: Path) -> set[str]:
    """Return the names of the tests of a file, in classes too."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("line", DISTRUST, ids=lambda line: re.sub(r"\W+", "_", line))
def test_every_reason_for_distrust_has_its_tests(line):
    gone = [
        f"{file}: {name}"
        for file, name in DISTRUST[line]
        if name not in names_of_tests(TESTS / file)
    ]
    assert gone == []


def test_the_hub_writes_to_entries_of_its_own_and_to_nobody_else():
    """A message goes to a contact or an account; who is named in a case is neither."""
    made = {
        str(path.relative_to(HUB))
        for path in HUB.rglob("*.py")
        if re.search(r"\bRecipient\(", path.read_text("utf-8"))
    }
    assert {name.split("/")[0] for name in made} == {"notify"}
    named = re.compile(r"^from hub\.referrals\.models import .*\bParty\b", re.MULTILINE)
    assert not [name for name in made if named.search((HUB / name).read_text("utf-8"))]


def test_nothing_that_stands_in_the_way_asks_for_a_quorum():
    """Who should be there warns and is minuted; no obstacle and no refusal knows of it."""
    for name in ("obstacles.py", "rules/actions.py", "commands/issuing.py", "commands/minutes.py"):
        assert "quorum" not in (HUB / "marac" / name).read_text("utf-8"), name
