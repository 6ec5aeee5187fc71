"""Mail about a closing date: nobody is asked to come, and it says as little as any other."""

from datetime import UTC, datetime

import pytest

from hub.notify.letters import Facts, Kind, letter

FACTS = Facts(
    link="https://hub.example.org/invitations/1",
    reference="AAAA-BBBB-CCCC-DDDD",
    starts_at=datetime(2026, 7, 1, 16, tzinfo=UTC),
    ends_at=datetime(2026, 7, 1, 16, 15, tzinfo=UTC),
    closes=True,
)


@pytest.mark.parametrize("kind", [Kind.INVITATION, Kind.CHANGE, Kind.CANCELLATION])
def test_it_speaks_of_a_day_and_of_no_meeting(kind):
    words = letter(kind, FACTS)
    assert "Wednesday 1 July 2026, 17:00 (London time)" in words.text
    assert FACTS.link in words.text
    for never in ("slot", "come", "meeting"):
        assert never not in (words.text + words.subject).lower().replace("nobody meets", "")
