"""``hub invitations required``: the promised bytes, lines and exit statuses."""

import json
import subprocess
import sys

import pytest

from hub.cli.main import main
from hub.cli.situation_json import situations_text
from kit.situations import EXAMPLE, situation, without_contact


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs the command on a text and gives status, errors and output."""

    def run(text, *, name="situation.json", to="out.json"):
        if text is not None:
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        output = tmp_path / to
        with pytest.raises(SystemExit) as left:
            main(["invitations", "required", str(tmp_path / name), "--output", str(output)])
        written = output.read_bytes() if output.is_file() else None
        return left.value.code, capsys.readouterr().err, written

    return run


def test_the_example_of_the_interface(run):
    status, errors, written = run(json.dumps(EXAMPLE))
    assert (status, errors) == (0, "")
    answer = json.loads(written)
    reason = answer["results"][0]["invitations"][0].pop("reason")
    assert reason.endswith(".")
    assert answer == {
        "version": 1,
        "results": [
            {
                "id": "s1",
                "invitations": [
                    {
                        "item": "i1",
                        "person": "p",
                        "recipient": "desk",
                        "route": "leaving_care",
                        "step": "duty_desk",
                        "skipped": [{"recipient": "w", "step": "named_worker", "why": "absent"}],
                    }
                ],
                "problems": [],
            }
        ],
    }


def test_problems_have_exactly_the_promised_fields(run):
    _, _, written = run(situations_text([without_contact(situation(), "w")]))
    assert json.loads(written)["results"][0]["problems"] == [
        {
            "item": "i1",
            "person": "p",
            "problem": "stale_contact",
            "contact": "w",
            "owner_role": "team_manager",
        }
    ]


def test_results_come_in_the_order_of_the_file_and_the_same_file_gives_the_same_bytes(run):
    document = {**EXAMPLE, "situations": []}
    for own in ("b", "a", "c"):
        document["situations"].append({**EXAMPLE["situations"][0], "id": own})
    text = json.dumps(document)
    _, _, first = run(text)
    _, _, again = run(text)
    assert first == again
    assert [one["id"] for one in json.loads(first)["results"]] == ["b", "a", "c"]


def test_no_situations_give_no_results(run):
    status, _, written = run('{"version": 1, "situations": []}')
    assert (status, json.loads(written)) == (0, {"version": 1, "results": []})


def test_a_byte_order_mark_is_no_fault(run):
    status, _, _ = run(b"\xef\xbb\xbf" + json.dumps(EXAMPLE).encode())
    assert status == 0


def test_bad_input_is_a_line_per_fault_and_leaves_the_output_as_it_was(run, tmp_path):
    (tmp_path / "out.json").write_text("as it was")
    document = json.loads(json.dumps(EXAMPLE))
    document["situations"][0]["workers"][0]["deputy"] = "nobody"
    document["situations"].append({**EXAMPLE["situations"][0], "as_of": "2026-02-30"})
    document["situations"].append({**EXAMPLE["situations"][0], "id": "bad id"})
    document["more"] = 1
    status, errors, written = run(json.dumps(document))
    assert (status, written) == (2, b"as it was")
    assert errors.splitlines() == [
        "error: -: more: is not a field of this file",
        "error: s1: as_of: there is no such day in the calendar",
        "error: #3: id: must be an id: 1 to 64 of A-Z a-z 0-9 . _ : -",
        "error: s1: id: is used twice; every id must be unique",
        "error: s1: workers[0].deputy: refers to nothing in this file",
    ]


@pytest.mark.parametrize("text", ["{", b"\xff\xfe{}", "[]"])
def test_what_is_no_json_object_in_utf_8_is_bad_input(run, text):
    status, errors, written = run(text)
    assert (status, written) == (2, None)
    assert errors.startswith("error: -: -: ")
    assert len(errors.splitlines()) == 1


def test_an_odd_field_name_cannot_break_its_line(run):
    document = json.loads(json.dumps(EXAMPLE))
    document["situations"][0]["a\nb\ud800"] = 1
    status, errors, _ = run(json.dumps(document))
    assert (status, len(errors.splitlines())) == (2, 1)


def test_a_file_that_cannot_be_read_is_exit_3(run):
    status, errors, written = run(None, name="missing.json")
    assert (status, written) == (3, None)
    assert errors.startswith("error: ")


def test_an_output_that_cannot_be_written_is_exit_3_and_leaves_nothing_behind(run, tmp_path):
    (tmp_path / "folder").mkdir()
    for to in ("folder", "missing/out.json"):
        status, errors, written = run(json.dumps(EXAMPLE), to=to)
        assert (status, written) == (3, None)
        assert errors.startswith("error: ")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "situation.json"]


def test_wrong_usage_is_exit_2():
    for arguments in ([], ["x.json"], ["x.json", "--output"], ["x.json", "--colour", "red"]):
        with pytest.raises(SystemExit) as left:
            main(["invitations", "required", *arguments])
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
    command = ["invitations", "required", str(source), "--output", str(output)]
    done = subprocess.run(
        [sys.executable, "-c", program, *command], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "0 []"
    assert output.exists()
