"""What an asker sees is the same for a person who is known and one who is not, byte for byte.

But for the reference and the ids in addresses, which tell nothing. Source: sharing notes, section
5.2; product promise 3.
"""

import re

import pytest
from sqlalchemy import event

from hub.kernel.actor import Role
from hub.people.commands.deciding import AnswerCheck, rule_out
from hub.people.commands.keys import reindex
from hub.people.models import IdentityCandidate, IdentityCheck
from hub.sharing.commands.releasing import WithholdLine, withhold_line
from hub.sharing.commands.sending import SendRequest, send_request
from kit.asking import POLICY
from parts.asked import confirm
from parts.asker import SUBJECT, sent
from parts.receipts import plain, seen

UNKNOWN = {"given_name": "Nobodyhere", "family_name": "Unheardof"}


@pytest.fixture
def known(asking):
    """Put the person on the register, so that they are found."""
    person_id = asking.world.person()
    with asking.world.write() as uow:
        reindex(uow, person_id)
    return person_id


def about(name):
    return SUBJECT if name == "known" else SUBJECT | UNKNOWN


def candidates(asking, request_id):
    with asking.world.units.read(asking.officer) as uow:
        return (
            uow.session.query(IdentityCandidate)
            .join(IdentityCheck, IdentityCheck.id == IdentityCandidate.check_id)
            .filter(IdentityCheck.concern_id == request_id)
            .count()
        )


def test_the_receipt_is_byte_equal_for_known_and_unknown(browser, asking, known):
    hit = sent(browser, asking, subject=about("known"))
    miss = sent(browser, asking, subject=about("unknown"))
    assert candidates(asking, hit) == 1
    assert candidates(asking, miss) == 0
    receipts = [plain(browser.client.get(f"/requests/{each}/receipt")) for each in (hit, miss)]
    assert receipts[0] == receipts[1]
    assert b"REFERENCE" in receipts[0][0]
    assert seen(browser, hit) == seen(browser, miss)


def test_it_stays_the_same_while_the_desk_confirms_or_rules_out(browser, asking, known):
    hit = sent(browser, asking, subject=about("known"))
    miss = sent(browser, asking, subject=about("unknown"))
    confirm(asking, hit, known)
    nobody(asking, miss)
    assert seen(browser, hit) == seen(browser, miss)


def test_a_no_about_somebody_known_reads_as_nobody_known(browser, asking, known):
    hit = sent(browser, asking, subject=about("known"))
    miss = sent(browser, asking, subject=about("unknown"))
    confirm(asking, hit, known)
    nobody(asking, miss)
    for each in (hit, miss):
        line = asking.line(each)
        with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
            cmd = WithholdLine(line_id=line.id, why="For the record")
            withhold_line(cmd, uow=uow, policy=POLICY)
    assert seen(browser, hit) == seen(browser, miss)


def nobody(asking, request_id):
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        check = (
            uow.session.query(IdentityCheck).filter(IdentityCheck.concern_id == request_id).one()
        )
        cmd = AnswerCheck(check_id=check.id, version=check.version, note="Not ours, we looked")
        rule_out(cmd, uow=uow)


def test_the_same_questions_are_put_to_the_database_but_for_the_candidate_itself(
    browser, asking, known, engine
):
    """The work is the same; what a hit adds is the rows of the candidate that was found."""
    asked = {}
    for name in ("known", "unknown"):
        statements = []

        def note(_connection, _cursor, statement, *_, into=statements):
            into.append(re.sub(r"\(\?.*|IN \([^)]*\)", "", statement.split("\n")[0][:60]))

        subject = {"given_name": "Zebedee", "family_name": "Quillfeather"}
        if name == "unknown":
            subject = {"given_name": "Nobodyhere", "family_name": "Unheardof"}
        answers = asking.answers(subject=subject)
        event.listen(engine, "before_cursor_execute", note)
        with asking.world.write(asking.officer) as uow:
            send_request(SendRequest(answers=answers), uow=uow, policy=POLICY)
        event.remove(engine, "before_cursor_execute", note)
        asked[name] = statements
    extra = [each for each in asked["known"] if each not in asked["unknown"]]
    assert len(asked["known"]) - len(asked["unknown"]) <= 3, extra
