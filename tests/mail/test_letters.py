"""The words of every message: plain, neutral, and the same in both forms."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typing_extensions import override

from hub.notify.letters import (
    SUBJECTS,
    WITH_SLOT,
    Facts,
    Kind,
    MissingSlotError,
    letter,
    slot_in_words,
)
from hub.notify.plain_facts import UnsafeFactError
from kit.loaded_words import loaded_words

FACTS = Facts(
    link="https://hub.example.org/i/K7QM2XWD",
    reference="K7QM-2XWD-9RTA-4HVC",
    recipient_name="Ann Worker",
    starts_at=datetime(2026, 12, 1, 10, 20, tzinfo=UTC),
    ends_at=datetime(2026, 12, 1, 10, 30, tzinfo=UTC),
    due_on=date(2026, 12, 4),
)

INVITATION = """\
Hello Ann Worker,

You are asked to come to a professionals meeting. Your own slot is:

Tuesday 1 December 2026, 10:20 to 10:30 (London time)

The meeting may be longer than your slot. You are only asked to be there for your own slot.

Please sign in and reply:
https://hub.example.org/i/K7QM2XWD

There you can say that you will come or that you cannot, send a colleague from your service, \
or send information instead. You will also see how to join.

The calendar entry in this message is for your diary. Accepting or declining it in your calendar \
program does not count as your reply.

If this is not for you, sign in and say who it should go to.

If you cannot sign in, ring the hub team on the number that you already have for them and give \
this reference: K7QM-2XWD-9RTA-4HVC

Replies to this e-mail are not read. Please do not forward it.
"""


class _Page(HTMLParser):
    """Gathers the text, the links and the tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said = ""
        self.links: list[str | None] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.language: str | None = None
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if tag == "br":
            self.said += " "

    @override
    def handle_data(self, data: str) -> None:
        self.said += data


def test_an_invitation_reads_exactly_so() -> None:
    assert letter(Kind.INVITATION, FACTS).text == INVITATION


@pytest.mark.parametrize("kind", Kind)
def test_every_message_is_neutral(kind: Kind) -> None:
    written = letter(kind, FACTS)

    assert loaded_words(f"{written.subject}\n{written.text}\n{written.html}") == []


@pytest.mark.parametrize("kind", Kind)
def test_the_html_says_what_the_text_says_and_nothing_else(kind: Kind) -> None:
    written = letter(kind, FACTS)
    page = _Page(written.html)

    said = " ".join(page.said.split())
    plain = " ".join(written.text.split())
    assert said == f"{written.subject} {written.subject} {plain}"
    assert page.links == [FACTS.link]
    assert page.language == "en"


@pytest.mark.parametrize("kind", Kind)
def test_the_html_loads_nothing_and_runs_nothing(kind: Kind) -> None:
    page = _Page(letter(kind, FACTS).html)

    assert set(page.tags) <= {
        "html",
        "head",
        "meta",
        "title",
        "body",
        "h1",
        "p",
        "br",
        "a",
        "strong",
    }
    assert page.attributes <= {"lang", "charset", "style", "href"}


@pytest.mark.parametrize("kind", Kind)
def test_every_message_has_its_link_its_reference_and_a_way_to_ring(kind: Kind) -> None:
    text = letter(kind, FACTS).text

    assert FACTS.link in text.split("\n")
    assert FACTS.reference in text
    assert "ring the hub team" in text


@pytest.mark.parametrize("kind", Kind)
def test_only_the_messages_about_a_slot_name_a_time(kind: Kind) -> None:
    assert ("(London time)" in letter(kind, FACTS).text) is (kind in WITH_SLOT)


@pytest.mark.parametrize("kind", Kind)
def test_subjects_are_short_and_ascii(kind: Kind) -> None:
    assert SUBJECTS[kind].isascii()
    assert len(SUBJECTS[kind]) <= 60
    assert letter(kind, FACTS).subject == SUBJECTS[kind]


def test_a_kind_may_be_given_as_it_is_stored() -> None:
    assert letter("notice", FACTS) == letter(Kind.NOTICE, FACTS)
    with pytest.raises(ValueError, match="gossip"):
        letter("gossip", FACTS)


@pytest.mark.parametrize("kind", sorted(WITH_SLOT))
@pytest.mark.parametrize("lacking", ["starts_at", "ends_at"])
def test_a_message_about_a_slot_needs_the_slot(kind: Kind, lacking: str) -> None:
    with pytest.raises(MissingSlotError):
        letter(kind, replace(FACTS, **{lacking: None}))


def test_a_notice_says_by_when_only_where_there_is_a_day() -> None:
    assert "by the end of Friday 4 December 2026." in letter(Kind.NOTICE, FACTS).text
    assert "by the end" not in letter(Kind.NOTICE, replace(FACTS, due_on=None)).text


def test_without_a_name_the_greeting_is_plain() -> None:
    assert letter(Kind.TEST, replace(FACTS, recipient_name="")).text.startswith("Hello,\n\n")


SLOTS = [
    # winter time
    ("2026-12-01T10:20:00Z", "2026-12-01T10:30:00Z", "Tuesday 1 December 2026, 10:20 to 10:30"),
    # summer time, and the day in London is not the day in UTC
    ("2026-06-30T23:30:00Z", "2026-06-30T23:40:00Z", "Wednesday 1 July 2026, 00:30 to 00:40"),
    # over midnight
    (
        "2026-12-31T23:55:00Z",
        "2027-01-01T00:05:00Z",
        "Thursday 31 December 2026, 23:55 to Friday 1 January 2027, 00:05",
    ),
    # given in another zone
    (
        "2026-12-01T11:20:00+01:00",
        "2026-12-01T11:30:00+01:00",
        "Tuesday 1 December 2026, 10:20 to 10:30",
    ),
]


@pytest.mark.parametrize(("starts_at", "ends_at", "words"), SLOTS)
def test_a_slot_is_said_by_the_clocks_of_london(starts_at: str, ends_at: str, words: str) -> None:
    facts = replace(
        FACTS,
        starts_at=datetime.fromisoformat(starts_at),
        ends_at=datetime.fromisoformat(ends_at),
    )

    assert slot_in_words(facts) == f"{words} (London time)"


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("link", "https://hub.example.org/i/1\nhttps://evil.example.org", "link"),
        ("link", "https://hub.example.org/i/%41nn", "link"),
        ("link", "https://hub.example.org@evil.example.org/", "link"),
        ("link", "/i/1", "link"),
        ("reference", "Ann Worker", "reference"),
        ("reference", "", "reference"),
    ],
)
def test_a_link_or_reference_that_is_not_plain_is_refused(
    field: str, value: str, named: str
) -> None:
    with pytest.raises(UnsafeFactError) as refused:
        letter(Kind.NOTICE, replace(FACTS, **{field: value}))

    assert refused.value.field == named


@settings(max_examples=300, deadline=None)
@given(name=st.text(max_size=120))
def test_no_name_changes_the_shape_of_a_message(name: str) -> None:
    written = letter(Kind.INVITATION, replace(FACTS, recipient_name=name))
    usual = letter(Kind.INVITATION, FACTS)

    assert written.text.splitlines()[1:] == usual.text.splitlines()[1:]
    assert _Page(written.html).tags == _Page(usual.html).tags
    assert _Page(written.html).links == [FACTS.link]
