"""Repeats, flags and deadlines: the field's own cases, and a second reading of the text."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.cli.main import hub
from parts.second_clocks import second_reading


def run(tmp_path, document, on="2026-06-01"):
    given_, out = tmp_path / "in.json", tmp_path / "out.json"
    given_.write_text(json.dumps(document))
    done = CliRunner().invoke(
        hub, ["marac", "clocks", str(given_), "--on", on, "--output", str(out)]
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        return done.exception
    return json.loads(out.read_text())["results"]


def referral(own_id, on, incident=None, perps=("p",), victim="v", **other):
    return {
        "id": own_id,
        "area": "a",
        "victim": victim,
        "alleged_perpetrators": list(perps),
        "referral_on": on,
        "incident_on": incident,
        "incident_kind": "stalking",
        "outcome": "accepted",
    } | other


def document(*referrals, areas=({"id": "a"},), meetings=()):
    return {
        "version": 1,
        "areas": list(areas),
        "referrals": list(referrals),
        "meetings": list(meetings),
    }


def labels(tmp_path, *referrals, on="2026-06-01", **other):
    found = run(tmp_path, document(*referrals, **other), on)
    return {one["id"]: one["label"] for one in found["referrals"]}


# --- The examples of the field ---


@pytest.mark.parametrize(
    ("first", "incident", "label"),
    [
        ("2024-06-01", "2025-06-01", "repeat"),  # exactly twelve months: that very day repeats
        ("2024-06-01", "2025-06-02", "new"),
        ("2024-02-29", "2025-02-28", "repeat"),  # the 29th, clipped to the month's end
        ("2024-02-29", "2025-03-01", "new"),
        ("2024-06-01", "2024-06-01", "repeat"),  # on the very day of the referral
        ("2024-06-01", "2024-05-31", "check"),  # it may be the same incident
        ("2024-06-01", None, "check"),
    ],
)
def test_a_repeat_is_counted_from_the_last_referral_by_the_day_of_the_incident(
    tmp_path, first, incident, label
):
    second = referral("r2", "2025-07-01", incident)
    assert labels(tmp_path, referral("r1", first), second)["r2"] == label


def test_two_alleged_perpetrators_of_whom_one_repeats(tmp_path):
    found = run(
        tmp_path,
        document(
            referral("r1", "2026-01-01"), referral("r2", "2026-03-01", "2026-02-01", ("q", "p"))
        ),
    )["referrals"][1]
    assert [(pair["alleged_perpetrator"], pair["label"]) for pair in found["pairs"]] == [
        ("q", "new_case"),
        ("p", "repeat"),
    ]
    assert found["label"] == "repeat"


@pytest.mark.parametrize("outcome", ["returned", "not_met", "duplicate", "withdrawn"])
def test_what_was_not_taken_on_is_not_counted_from(tmp_path, outcome):
    first = referral("r1", "2026-01-01", outcome=outcome)
    assert labels(tmp_path, first, referral("r2", "2026-03-01", "2026-02-01"))["r2"] == "new"


@pytest.mark.parametrize("outcome", ["pending", "alert_only", "emergency", "transferred"])
def test_accepted_but_not_heard_and_alert_only_are_counted_from(tmp_path, outcome):
    first = referral("r1", "2026-01-01", outcome=outcome)
    assert labels(tmp_path, first, referral("r2", "2026-03-01", "2026-02-01"))["r2"] == "repeat"


@pytest.mark.parametrize(("across", "label"), [(True, "repeat"), (False, "new")])
def test_a_last_referral_in_another_area_counts_where_the_area_says_so(tmp_path, across, label):
    areas = ({"id": "a", "repeat_across_areas": across}, {"id": "b"})
    first = referral("r1", "2026-01-01", area="b")
    second = referral("r2", "2026-03-01", "2026-02-01")
    assert labels(tmp_path, first, second, areas=areas)["r2"] == label


@pytest.mark.parametrize(
    ("kind", "label"),
    [("other_abuse", "new"), ("sexual", "repeat"), ("violence_or_threats", "repeat")],
)
def test_the_older_definition_needs_conduct_that_would_be_a_crime(tmp_path, kind, label):
    areas = ({"id": "a", "repeat_definition": "criminal"},)
    second = referral("r2", "2026-03-01", "2026-02-01", incident_kind=kind)
    found = labels(tmp_path, referral("r1", "2026-01-01"), second, areas=areas)
    assert found["r2"] == label


def test_a_reversed_pair_is_named_on_both_sides_and_merged_on_neither(tmp_path):
    found = run(
        tmp_path,
        document(
            referral("r1", "2026-01-01", outcome="withdrawn"),
            referral("r2", "2026-02-01", victim="p", perps=("v",)),
        ),
    )
    assert [one["mirror_of"] for one in found["referrals"]] == [["r2"], ["r1"]]
    assert [(one["victim"], one["alleged_perpetrator"]) for one in found["cases"]] == [
        ("p", "v"),
        ("v", "p"),
    ]


@pytest.mark.parametrize(
    ("on", "flag"),
    [
        ("2024-03-13", "none"),
        ("2024-03-14", "current"),
        ("2025-03-14", "current"),
        ("2025-03-15", "lapsed"),
    ],
)
def test_a_flag_runs_from_the_last_hearing_and_its_last_day_counts(tmp_path, on, flag):
    heard = referral("r1", "2024-02-29", heard_on=["2024-03-14"])
    found = run(tmp_path, document(heard), on)
    assert found["cases"][0]["flag"] == flag
    assert bool(found["people"]) is (flag != "none")


def test_a_referral_made_later_is_not_there_yet(tmp_path):
    found = run(tmp_path, document(referral("r1", "2026-06-02")), "2026-06-01")
    assert (found["referrals"], found["cases"]) == ([], [])


def test_two_referrals_of_one_day_stand_in_the_order_of_the_file(tmp_path):
    twins = (referral("r2", "2026-01-01", "2026-01-01"), referral("r1", "2026-01-01", "2026-01-01"))
    assert labels(tmp_path, *twins) == {"r2": "new", "r1": "repeat"}


def test_an_end_of_the_calendar_is_no_fault(tmp_path):
    last = referral("r1", "9999-12-30", heard_on=["9999-12-31"])
    found = run(tmp_path, document(last, referral("r2", "9999-12-31")), "9999-12-31")
    assert found["cases"][0]["flag_until"] == "9999-12-31"


# --- Bad input ---


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"alleged_perpetrators": []}, "r1: alleged_perpetrators: must hold 1"),
        ({"alleged_perpetrators": ["v"]}, "r1: alleged_perpetrators[0]: is the victim"),
        ({"alleged_perpetrators": ["p", "p"]}, "r1: alleged_perpetrators[1]: stands here twice"),
        ({"incident_on": "2026-01-02"}, "r1: incident_on: is after referral_on"),
        ({"heard_on": ["2025-12-31"]}, "r1: heard_on[0]: is before referral_on"),
        ({"heard_on": ["2026-02-30"]}, "r1: heard_on[0]: there is no such day"),
        ({"area": "z"}, "r1: area: refers to nothing"),
        ({"outcome": "closed"}, "r1: outcome: must be one of"),
        ({"referral_on": None}, "r1: referral_on: must be"),
        ({"score": 3}, "r1: score: is not a field here"),
    ],
)
def test_each_fault_of_a_referral_is_named(tmp_path, change, said):
    error = run(tmp_path, document(referral("r1", "2026-01-01") | change))
    assert said in str(error)


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ({"repeat_months": 61}, "repeat_months: must be a whole number from 0 to 60"),
        ({"cutoff_days": True}, "cutoff_days: must be a whole number"),
        ({"minutes_days": 3.0}, "minutes_days: must be a whole number"),
        ({"repeat_months": None}, "repeat_months: must be a whole number"),
        ({"extra_closed_days": "2026-01-01"}, "extra_closed_days: must be a list"),
    ],
)
def test_each_fault_of_an_area_is_named(tmp_path, area, said):
    assert said in str(run(tmp_path, document(areas=({"id": "a"} | area,))))


def test_ids_are_unique_within_each_list_only(tmp_path):
    twice = document(referral("a", "2026-01-01"), referral("a", "2026-01-02"))
    assert "a: id: is used twice" in str(run(tmp_path, twice))
    meeting = {"id": "a", "area": "a", "starts_at": "2026-01-01T10:00:00Z"}
    assert run(tmp_path, document(referral("a", "2026-01-01"), meetings=[meeting]))["referrals"]


def test_it_starts_without_flask_database_or_settings():
    heavy = "{'flask', 'sqlalchemy', 'marshmallow', 'hub.config'}"
    check = f"import sys, hub.cli.marac; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", check], check=True)


# --- Held against a second reading ---


DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
NEAR = st.sampled_from([-1, 0, 1, 27, 28, 29, 30, 364, 365, 366, 367, 730])
PEOPLE = st.sampled_from("uvwxyz")


@st.composite
def documents(draw):
    areas = [
        {
            "id": name,
            "repeat_months": draw(st.integers(0, 24)),
            "flag_months": draw(st.integers(0, 24)),
            "repeat_definition": draw(st.sampled_from(["any_abuse", "criminal"])),
            "repeat_across_areas": draw(st.booleans()),
            "cutoff_days": draw(st.integers(0, 12)),
            "extra_closed_days": [draw(DAYS).isoformat() for _ in range(draw(st.integers(0, 3)))],
        }
        for name in ("a", "b")
    ]
    first = draw(st.sampled_from([date(2024, 2, 29), date(2024, 6, 1), date(2025, 2, 28)]))
    referrals = []
    for number in range(draw(st.integers(0, 8))):
        on = first + timedelta(days=draw(NEAR))
        incident = on - timedelta(days=draw(st.sampled_from([0, 1, 30, 365, 366])))
        victim = draw(PEOPLE)
        perps = draw(
            st.lists(
                PEOPLE.filter(lambda one, v=victim: one != v), min_size=1, max_size=3, unique=True
            )
        )
        referrals.append(
            referral(
                f"r{number}",
                on.isoformat(),
                draw(st.sampled_from([None, incident.isoformat()])),
                perps,
                victim,
                area=draw(st.sampled_from("ab")),
                incident_kind=draw(st.sampled_from(["stalking", "other_abuse"])),
                outcome=draw(
                    st.sampled_from(["pending", "accepted", "alert_only", "withdrawn", "not_met"])
                ),
                heard_on=[
                    (on + timedelta(days=draw(st.integers(0, 400)))).isoformat()
                    for _ in range(draw(st.integers(0, 2)))
                ],
            )
        )
    starts = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
    meetings = [{"id": "m", "area": "a", "starts_at": draw(starts).strftime("%Y-%m-%dT%H:%M:%SZ")}]
    on = first + timedelta(days=draw(st.sampled_from([0, 200, 365, 366, 800])))
    return document(*referrals, areas=areas, meetings=meetings), on


@settings(deadline=None, max_examples=300)
@given(documents())
def test_the_command_says_what_the_text_says(tmp_path_factory, made):
    given_, on = made
    found = run(tmp_path_factory.mktemp("clocks"), given_, on.isoformat())
    assert found == second_reading(given_, on)
