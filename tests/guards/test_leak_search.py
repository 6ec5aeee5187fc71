"""The search for leaks finds a planted one in each sink and each dress, or it proves nothing."""

import base64
import gzip
import logging
import zlib
from email.message import EmailMessage

import pytest
from sqlalchemy import create_engine, text

from kit.banned import banned_words_in
from kit.leaks import Canaries, Log, Wire, dresses, files_below, stored


@pytest.fixture
def canaries():
    made = Canaries()
    made.add("name", "Brackenthwaite")
    return made


@pytest.mark.parametrize("dress", sorted(dresses("Brackenthwaite")))
def test_every_dress_is_seen_through(canaries, dress):
    worn = b"before " + dresses("Brackenthwaite")[dress] + b" after"
    assert canaries.find("log", worn)


@pytest.mark.parametrize("neighbours", ["", "a", "ab", "abc"])
def test_base64_is_seen_through_at_any_place(canaries, neighbours):
    text = base64.b64encode(f"{neighbours}Brackenthwaite{neighbours}".encode())
    assert canaries.find("part", text)


@pytest.mark.parametrize(
    "folded",
    [
        b"SUMMARY:Bracken\r\n thwaite",
        b"Brackenth=\r\nwaite",
        gzip.compress(b"about Brackenthwaite", mtime=0),
        b"BRACKENTHWAITE",
        b"Set-Cookie: session=."
        + base64.urlsafe_b64encode(zlib.compress(b'{"who": "Brackenthwaite"}')).rstrip(b"=")
        + b".mark",
    ],
)
def test_what_is_folded_pressed_or_shouted_is_seen_through(canaries, folded):
    assert canaries.find("any", folded)


def test_a_mail_is_read_to_its_last_part(canaries):
    message = EmailMessage()
    message["Subject"] = "Nothing"
    message.set_content("Nothing")
    message.add_attachment(b"Nothing", maintype="text", subtype="x", filename="Nothing.txt")
    assert canaries.find_in_mail(message.as_bytes()) == []
    message.add_attachment(
        "Brackenthwaite".encode("utf-16"), maintype="text", subtype="x", filename="a.txt"
    )
    assert canaries.find_in_mail(message.as_bytes())


def test_a_database_is_read_in_rows_and_in_its_files(canaries, tmp_path):
    url = f"sqlite:///{tmp_path / 'some.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT)"))
        connection.execute(text("INSERT INTO thing VALUES ('Brackenthwaite')"))
    assert canaries.find("database", stored(url, ["thing"]))
    with engine.begin() as connection:
        connection.execute(text("PRAGMA secure_delete=OFF"))
        connection.execute(text("DELETE FROM thing"))
    engine.dispose()
    assert canaries.find("database", stored(url, ["thing"]))


def test_the_wire_and_the_log_keep_what_they_hear(canaries):
    def app(environ, start):
        start("303 SEE OTHER", [("Location", "/people/Brackenthwaite")])
        return [b"<title>Brackenthwaite</title>"]

    wire = Wire(app)
    wire({"PATH_INFO": "/find", "QUERY_STRING": "q=Brackenthwaite"}, lambda *_: None)
    for heard in (wire.addresses, wire.headers, wire.titles):
        assert canaries.find("wire", b"\n".join(heard))
    log = Log()
    logger = logging.getLogger("anything")
    logger.addHandler(log)
    logger.setLevel(logging.DEBUG)
    logger.debug("looked for %s", "Brackenthwaite")
    assert canaries.find("log", log.content())


def test_a_name_of_a_file_counts(canaries, tmp_path):
    (tmp_path / "Brackenthwaite.eml").write_bytes(b"")
    assert canaries.find("mailbox", files_below(tmp_path))


@pytest.mark.parametrize(
    "word", ["Marac", "ABUSE", "abused", "safeguarding", "Domestic", "leaving-care", "IDVAs"]
)
def test_a_banned_word_is_found_in_any_case_and_ending(word):
    message = EmailMessage()
    message["To"] = "marac@police.example.org"
    message.set_content("Nothing")
    assert banned_words_in(message.as_bytes()) == []
    message["Subject"] = f"About {word}"
    assert banned_words_in(message.as_bytes())
