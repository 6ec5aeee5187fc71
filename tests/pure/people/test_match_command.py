"""``hub match``: the files it reads, what it refuses, and what it writes."""

import csv
import subprocess
import sys

import pytest

from hub.cli.main import main

REGISTER = (
    "person_id,given_name,middle_names,family_name,known_as,date_of_birth,sex,postcode,aliases"
)
QUERIES = "query_id,given_name,middle_names,family_name,date_of_birth,postcode"
PERSON = "P1,Elizabeth,,O'Neill,Beth,2006-03-09,F,LN2 4ZZ,"
QUERY = "Q1,Beth,,ONeill,2006-09-03,LN2 4ZZ"


@pytest.fixture
def run(tmp_path, capsys):
    """Match two files given as lines or bytes; return status, errors and the output's text."""

    def match(people=(PERSON,), asked=(QUERY,), *, headers=(REGISTER, QUERIES)):
        for name, rows, header in zip(("R", "Q"), (people, asked), headers, strict=True):
            content = rows if isinstance(rows, bytes) else "\n".join([header, *rows]).encode()
            (tmp_path / f"{name}.csv").write_bytes(content)
        output = tmp_path / "OUT.csv"
        with pytest.raises(SystemExit) as leaving:
            main([
                "match", "--register", str(tmp_path / "R.csv"), "--queries",
                str(tmp_path / "Q.csv"), "--output", str(output),
            ])  # fmt: skip
        text = output.read_text("utf-8") if output.exists() else None
        return leaving.value.code, capsys.readouterr().err, text

    return match


def test_the_example_of_the_public_interfaces(run):
    status, errors, text = run()
    rows = list(csv.DictReader(text.splitlines()))
    assert (status, errors, len(rows)) == (0, "", 1)
    assert list(rows[0]) == ["query_id", "person_id", "score", "band", "reasons"]
    assert (rows[0]["query_id"], rows[0]["person_id"], rows[0]["band"]) == ("Q1", "P1", "probable")
    assert float(rows[0]["score"]) > 0
    assert rows[0]["reasons"] == (
        "given name is the known name; family name agrees; day and month of birth swapped; "
        "postcode agrees"
    )


def test_columns_may_stand_in_any_order_and_a_byte_order_mark_is_allowed(run):
    register = f"\ufeffaliases,person_id,{REGISTER[10:-8]}\nBeth|Smith,{PERSON[:-1]}\n"
    status, errors, text = run(people=register.encode(), asked=("Q1,Beth,,Smith,2006-03-09,",))
    assert (status, errors) == (0, "")
    assert "another name on record" in text


def test_quotes_line_ends_and_blank_lines_are_read(run):
    rows = '"P1","Eliza\nbeth",,"O\'Neill","Be""th",2006-03-09,F,LN2 4ZZ,\r\n\r\n'
    status, errors, text = run(people=f"{REGISTER}\r\n{rows}".encode())
    assert (status, errors) == (0, "")
    assert "Q1,P1," in text


def test_queries_keep_their_order_and_candidates_fall_by_score_then_person(run):
    people = [f"P{n},Elizabeth,,O'Neill,,2006-03-09,F,LN2 4ZZ," for n in (2, 1)]
    people.append("P0,Elizabeth,,O'Neill,,2006-03-09,F,BN1 1ZZ,")
    asked = ("Q9,Elizabeth,,ONeill,2006-03-09,LN2 4ZZ", QUERY, "Q5,Zbigniew,,Okonkwo,,")
    _, _, text = run(people, asked)
    rows = [row.split(",")[:2] for row in text.splitlines()[1:]]
    nine = [person for query, person in rows if query == "Q9"]
    assert nine == ["P1", "P2", "P0"]
    assert [query for query, _ in rows] == ["Q9"] * 3 + ["Q1"] * 3  # nobody likely for Q5


def test_no_query_gets_more_than_ten_rows(run):
    people = [f"P{n},Elizabeth,,O'Neill,,2006-03-09,F,LN2 4ZZ," for n in range(30)]
    _, _, text = run(people)
    assert len(text.splitlines()) == 11


def test_the_same_files_give_the_same_bytes(run):
    people = [f"P{n},Elizabeth,,O'Neill,Beth,2006-03-0{n % 9 + 1},F,LN2 4ZZ," for n in range(30)]
    assert run(people) == run(people)


def test_empty_tables_give_a_header_only(run):
    assert run((), ()) == (0, "", "query_id,person_id,score,band,reasons\n")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (",A,,B,,,,,", "error: line 2: person_id:"),  # no id
        ("P1,A,,B,,2006-02-30,,,", "error: line 2: date_of_birth:"),  # no such day
        ("P1,A,,B,,09/03/2006,,,", "error: line 2: date_of_birth:"),  # not written that way
        ("P1,A,,B,,20060309,,,", "error: line 2: date_of_birth:"),
        ("P1,A,,B,,,female,,", "error: line 2: sex:"),
        ("P1,A,,B,,,f,,", "error: line 2: sex:"),
        ("P1,A,,B,,,,,Smith", "error: line 2: aliases:"),  # no bar
        ("P1,A,,B,,,,,A|B|C", "error: line 2: aliases:"),
        ("P1,A,,B,,,,,A|B;|", "error: line 2: aliases:"),  # a pair of nothing
        ("P1,A,,B,,", "error: line 2: sex:"),  # row too short
        ("P1,A,,B,,,,,,x", "error: line 2: -:"),  # row too long
        ('P1,"A"x,,B,,,,,', "error: line 2: -:"),  # broken quotes
        ('P1,"A,,B,,,,,', "error: line 2: -:"),  # a quote that never ends
    ],
)
def test_bad_people_are_refused(run, person, expected):
    status, errors, text = run(people=(person,))
    assert (status, text) == (2, None)
    assert errors.startswith(expected)
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("Q1,A,,B,2006-13-01,",), "error: line 2: date_of_birth:"),
        ((QUERY, ",A,,B,,"), "error: line 3: query_id:"),
        ((QUERY, QUERY), "error: line 3: query_id: already used on line 2"),
    ],
)
def test_bad_queries_are_refused(run, asked, expected):
    status, errors, text = run(asked=asked)
    assert (status, text) == (2, None)
    assert errors.startswith(expected)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f"{QUERIES},email", "error: line 1: email: column is not known"),
        (QUERIES.replace(",postcode", ""), "error: line 1: postcode: column is missing"),
        (f"{QUERIES},postcode", "error: line 1: postcode: column is there more than once"),
        (QUERIES.replace("postcode", "Postcode"), "error: line 1: postcode: column is missing"),
        ("", "error: line 1: query_id: column is missing"),
    ],
)
def test_bad_headers_are_refused(run, header, expected):
    status, errors, text = run(asked=(), headers=(REGISTER, header))
    assert (status, text) == (2, None)
    assert errors.startswith(expected)


def test_every_fault_of_both_files_has_a_line(run):
    status, errors, _ = run(
        people=("P1,A,,B,,2006-02-30,Z,,x", PERSON, PERSON), asked=("Q1,A,,B,soon,",)
    )
    assert status == 2
    assert [line.split(": ")[1:3] for line in errors.splitlines()] == [
        ["line 2", "date_of_birth"],
        ["line 2", "sex"],
        ["line 2", "aliases"],
        ["line 3", "person_id"],
        ["line 4", "person_id"],
        ["line 2", "date_of_birth"],
    ]


def test_a_file_that_is_not_utf_8_is_refused_with_its_line_and_the_other_is_still_read(run):
    asked = b"\xef\xbb\xbf" + QUERIES.encode() + b"\nQ1,Zo\xc3\xab,,B,,\nQ2,Ren\xe9e,,B,,"
    status, errors, text = run(("P1,A,,B,,,Q,,",), asked)
    assert (status, text) == (2, None)
    assert errors.splitlines() == [
        "error: line 2: sex: must be F, M, X or empty (register file)",
        "error: line 3: -: is not UTF-8; save the file as UTF-8 (queries file)",
    ]


def test_an_existing_output_stays_as_it_was_when_the_input_is_bad(run, tmp_path):
    (tmp_path / "OUT.csv").write_text("kept")
    status, _, text = run(asked=("Q1,A,,B,soon,",))
    assert (status, text) == (2, "kept")


def test_a_missing_file_is_a_failure_and_a_missing_option_is_bad_usage(tmp_path):
    with pytest.raises(SystemExit) as leaving:
        main(["match", "--register", "R", "--queries", "Q", "--output", str(tmp_path / "O")])
    assert leaving.value.code == 3
    with pytest.raises(SystemExit) as leaving:
        main(["match", "--register", "R"])
    assert leaving.value.code == 2


def test_the_command_needs_neither_web_nor_database():
    code = (
        "import sys; import hub.cli.match; "
        "sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'marshmallow')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
