"""``hub sharing explain``: the promised bytes, lines and exit statuses."""

import json
import subprocess
import sys

import pytest

from hub.cli.main import main

EXAMPLE = {
    "version": 1,
    "cases": [
        {
            "id": "c1",
            "requester_identity_verified": True,
            "requester_kind": "idva",
            "agreement_state": "in_force",
            "purpose": "marac_risk",
            "purpose_permitted": True,
            "category": "worker_contact",
            "category_rule": "permitted",
            "subject_age": 19,
            "override_basis": ["s115"],
        }
    ],
}
FIELDS = [
    "id",
    "direction",
    "rule",
    "outcome",
    "scope",
    "approvers",
    "reviewers",
    "advice",
    "record",
    "gaps",
    "flags",
    "reasons",
]


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs the command on a document and gives status, errors and output."""

    def run(document):
        source, output = tmp_path / "cases.json", tmp_path / "out.json"
        source.write_text(document if isinstance(document, str) else json.dumps(document))
        with pytest.raises(SystemExit) as left:
            main(["sharing", "explain", str(source), "--output", str(output)])
        written = output.read_bytes() if output.is_file() else None
        return left.value.code, capsys.readouterr().err, written

    return run


def both_ways(**changes):
    return EXAMPLE | {
        "cases": [EXAMPLE["cases"][0] | {"directions": ["to_asker", "to_service"]} | changes]
    }


def results(written):
    return json.loads(written)["results"]


def test_the_example_of_the_interface(run):
    status, errors, written = run(EXAMPLE)
    assert (status, errors) == (0, "")
    answer = json.loads(written)
    reasons = answer["results"][0].pop("reasons")
    assert reasons
    assert all(one.endswith(".") for one in reasons)
    assert answer == {
        "version": 1,
        "results": [
            {
                "id": "c1",
                "direction": "to_asker",
                "rule": 25,
                "outcome": "ROUTE",
                "scope": "invitation_only",
                "approvers": ["W"],
                "reviewers": [],
                "advice": [],
                "record": ["reason_not_asked", "told_or_not"],
                "gaps": [],
                "flags": [],
            }
        ],
    }


def test_a_result_has_exactly_the_promised_fields(run):
    _, _, written = run(EXAMPLE)
    assert list(results(written)[0]) == FIELDS


def test_the_service_comes_first_whatever_the_order_in_the_file(run):
    _, _, written = run(both_ways())
    assert [one["direction"] for one in results(written)] == ["to_service", "to_asker"]
    _, _, written = run(both_ways(directions=["to_service"]))
    assert [one["direction"] for one in results(written)] == ["to_service"]


def test_the_asker_has_values_of_its_own_for_telling_the_service(run):
    _, _, written = run(both_ways(to_service={"category": "existence", "override_basis": []}))
    assert [one["rule"] for one in results(written)] == [21, 25]


def test_the_service_receives_so_no_order_and_no_kind_of_asker_counts(run):
    _, _, written = run(both_ways(court_order=True, sab_s45=True))
    assert [one["rule"] for one in results(written)] == [25, 5]
    _, _, written = run(both_ways(sab_s45=True))
    assert [one["rule"] for one in results(written)] == [25, 6]
    _, _, written = run(both_ways(requester_kind="police"))
    assert [one["rule"] for one in results(written)] == [25, 7]
    _, _, written = run(both_ways(requester_kind="employer", purpose="support"))
    assert [one["rule"] for one in results(written)] == [30, 18]


def test_everything_else_is_as_in_the_case(run):
    _, _, written = run(both_ways(immediate_danger=True))
    assert [one["rule"] for one in results(written)] == [4, 4]
    _, _, written = run(both_ways(requester_relation="alleged_perpetrator"))
    assert [one["rule"] for one in results(written)] == [3, 3]


def test_results_come_in_the_order_of_the_file_and_the_same_file_gives_the_same_bytes(run):
    cases = [EXAMPLE["cases"][0] | {"id": own} for own in ("b", "a", "c")]
    document = EXAMPLE | {"cases": cases}
    _, _, first = run(document)
    _, _, again = run(document)
    assert first == again
    assert [one["id"] for one in results(first)] == ["b", "a", "c"]


def test_no_cases_give_no_results(run):
    status, _, written = run({"version": 1, "cases": []})
    assert (status, json.loads(written)) == (0, {"version": 1, "results": []})


def test_bad_input_is_a_line_per_fault_and_leaves_the_output_as_it_was(run, tmp_path):
    (tmp_path / "out.json").write_text("as it was")
    case = EXAMPLE["cases"][0]
    document = {
        "version": 1,
        "cases": [case, case | {"weighing": 1}, {"id": "c3"}],
        "more": 1,
    }
    status, errors, written = run(document)
    assert (status, written) == (2, b"as it was")
    assert errors.splitlines() == [
        "error: -: more: is not a field of this file",
        "error: c1: weighing: must be one of not_done, share, do_not_share",
        "error: c3: purpose: must be there",
        "error: c3: category: must be there",
        "error: c1: id: is used twice; every id must be unique",
    ]


def test_wrong_usage_is_exit_2():
    for arguments in ([], ["x.json"], ["x.json", "--output"]):
        with pytest.raises(SystemExit) as left:
            main(["sharing", "explain", *arguments])
        assert left.value.code == 2


def test_the_command_is_pure(tmp_path):
    """It runs without Flask, SQLAlchemy, settings or marshmallow, in a process of its own."""
    source, output = tmp_path / "in.json", tmp_path / "out.json"
    source.write_text(json.dumps(EXAMPLE))
    program = (
        "import sys; from hub.cli.main import main\n"
        "try:\n main(sys.argv[1:])\n"
        "except SystemExit as left:\n"
        " heavy = {'flask', 'sqlalchemy', 'marshmallow', 'holidays', 'hub.config'}\n"
        " print(left.code, sorted(heavy & set(sys.modules)))\n"
    )
    command = ["sharing", "explain", str(source), "--output", str(output)]
    done = subprocess.run(
        [sys.executable, "-c", program, *command], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "0 []"
    assert output.exists()
