"""What goes wrong between a request and its answer: nothing leaves, nothing typed is lost.

And the asker learns from none of it whether the person is known. Source: issue 3, bad input.
"""

from datetime import date

import pytest
from sqlalchemy import select, update

from hub.access.models import Account, AccountRole
from hub.agencies.commands.suspending import SuspendAgency, suspend_agency
from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.people.commands.deciding import AnswerCheck, rule_out
from hub.people.commands.keys import reindex
from hub.people.models import IdentityCheck
from hub.sharing.commands.clocking import settle_open
from hub.sharing.models import Agreement, Disclosure
from hub.sharing.rules import Category
from hub.sharing.rules.consents import ConsentScope
from hub.sharing.states import LineState
from kit.asking import POLICY
from kit.world import HUB
from parts.asked import approvals, confirm
from parts.consenting import SAFETY, answer, withdraw, yes
from parts.receipts import seen

CATEGORY = "accommodation"
WHAT = {"categories": [CATEGORY], "wanted_accommodation": "Where she stays, roughly"}
RISK = "Nobody would know where to look for the child."
OTHER_RISK = "He could learn of it from a friend at the office."
ANSWER = {
    "risk_of_sharing": OTHER_RISK,
    "risk_of_not_sharing": RISK,
    "answer": "yes",
    "reason": "It is needed on Friday",
    "knows_nobody": "yes",
}
RECORD = {
    "words": "With a friend in the next town",
    "necessity": "They plan for Friday",
    "less_intrusive": "There was none",
    "article_6": "art6_e",
    "gateway": "cda_s115",
    "method": "hub",
    "onward": "none",
    "was_told": "yes",
    "knows_nobody": "yes",
}


@pytest.fixture
def consented(asking):
    """Return a person who agreed to exactly this, the consent, and their request."""
    person = asking.world.person()
    with asking.world.write() as uow:
        reindex(uow, person)
    request_id = asking.send(asking.answers(what=WHAT))
    confirm(asking, request_id, person)
    scope = ConsentScope(
        purposes=frozenset({SAFETY}),
        categories=frozenset({Category.ACCOMMODATION}),
        agencies=frozenset({asking.force}),
    )
    given = answer(asking.world, yes(asking.world, person, scope=scope))
    return person, given, request_id


def agreement_expires(asking, _consented):
    with asking.world.write() as uow:
        uow.session.get_one(Agreement, asking.world.agreement).ends_on = date(2026, 5, 31)


def consent_is_withdrawn(asking, consented):
    person, given, _ = consented
    withdraw(asking.world, person, given)


def holder_is_suspended(asking, _consented):
    suspended(asking, asking.world.agency)


def asker_is_suspended(asking, _consented):
    suspended(asking, asking.force)


def asker_is_gone(asking, _consented):
    with asking.world.write() as uow:
        gone = Account.id == asking.officer.account_id
        uow.session.execute(update(Account).where(gone).values(is_active=False))


def suspended(asking, agency_id):
    with asking.world.units.read(HUB) as uow:
        version = uow.session.get_one(Agency, agency_id).version
    cmd = SuspendAgency(agency_id=agency_id, version=version, why="Their contract ended")
    with asking.world.write(asking.account(asking.force, Role.ADMINISTRATOR)) as uow:
        suspend_agency(cmd, uow=uow)


FAILURES = [
    agreement_expires,
    consent_is_withdrawn,
    holder_is_suspended,
    asker_is_suspended,
    asker_is_gone,
]


def settle(asking):
    with asking.world.write() as uow:
        settle_open(uow, POLICY, after=None, limit=50)


def left(asking):
    with asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(Disclosure)).all()


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("is_settled", [True, False], ids=["settled", "unsettled"])
def test_an_approval_that_was_being_written_approves_nothing_and_keeps_its_words(
    asking, at, consented, failure, is_settled
):
    _, _, request_id = consented
    line = asking.line(request_id, CATEGORY)
    (asked,) = approvals(asking, line.id)
    browser = at(asking.people[Role.DUTY_DESK])
    page = browser.get("approving.one", approval_id=asked.id)
    failure(asking, consented)
    if is_settled:
        settle(asking)

    late = browser.fill(page, ANSWER)

    for text in (RISK, OTHER_RISK, ANSWER["reason"]):
        assert text in late.text
    assert approvals(asking, line.id, "approved") == []
    assert asking.line(request_id, CATEGORY).state not in {LineState.READY, LineState.SHARED}
    assert left(asking) == []


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("is_settled", [True, False], ids=["settled", "unsettled"])
def test_an_answer_that_was_being_written_does_not_leave_and_keeps_its_words(
    asking, at, consented, failure, is_settled
):
    _, _, request_id = consented
    line = asking.line(request_id, CATEGORY)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    browser = at(asking.people[Role.TEAM_MANAGER])
    page = browser.get("holding.share", line_id=line.id)
    failure(asking, consented)
    if is_settled:
        settle(asking)

    late = browser.fill(page, RECORD)

    assert late.filled()["words"] == [RECORD["words"]]
    assert late.filled()["necessity"] == [RECORD["necessity"]]
    assert "This may not leave now: something has changed" in late.text
    assert asking.line(request_id, CATEGORY).state != LineState.SHARED
    assert left(asking) == []


@pytest.mark.parametrize("failure", FAILURES[:3])
def test_the_asker_learns_from_none_of_it_whether_the_person_is_known(
    asking, at, consented, failure
):
    person, given, hit = consented
    nobody = {"given_name": "Nobodyhere", "family_name": "Unheardof"}
    miss = asking.send(asking.answers(what=WHAT, subject=nobody))
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        check = uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.concern_id == miss)
        ).one()
        rule_out(AnswerCheck(check_id=check.id, version=check.version, note="Nobody"), uow=uow)
    failure(asking, (person, given, hit))
    settle(asking)

    officer = at(asking.officer)

    assert seen(officer, hit) == seen(officer, miss)


def test_an_approver_whose_role_was_taken_finds_nothing_and_the_others_still_answer(
    asking, at, consented
):
    _, _, request_id = consented
    line = asking.line(request_id, CATEGORY)
    (asked,) = approvals(asking, line.id)
    desk = asking.people[Role.DUTY_DESK]
    browser = at(desk)
    page = browser.get("approving.one", approval_id=asked.id)
    with asking.world.write() as uow:
        held = uow.session.scalars(
            select(AccountRole).where(AccountRole.account_id == desk.account_id)
        ).one()
        held.role = Role.REFERRER.value

    gone = browser.client.post(page.form().attributes["action"], data=page.filled() | ANSWER)

    assert gone.status_code in {403, 404}
    (still,) = approvals(asking, line.id)
    asking.approve(still, asking.people[Role.AGENCY_REPRESENTATIVE])
    assert asking.line(request_id, CATEGORY).state == LineState.READY


def test_of_two_who_approve_at_once_both_read_what_both_wrote(asking, at, consented):
    _, _, request_id = consented
    (asked,) = approvals(asking, asking.line(request_id, CATEGORY).id)
    first = at(asking.people[Role.DUTY_DESK])
    second = at(asking.people[Role.AGENCY_REPRESENTATIVE])
    pages = [one.get("approving.one", approval_id=asked.id) for one in (first, second)]
    first.fill(pages[0], ANSWER)

    late = second.fill(
        pages[1], ANSWER | {"answer": "no", "risk_of_sharing": "Her brother works there, he says."}
    )

    assert "Her brother works there, he says." in late.text
    assert OTHER_RISK in late.text
    (kept,) = approvals(asking, asking.line(request_id, CATEGORY).id, "approved")
    assert kept.risk_of_sharing == OTHER_RISK


def test_of_two_who_answer_at_once_the_later_still_reads_all_that_they_wrote(asking, at, consented):
    _, _, request_id = consented
    line = asking.line(request_id, CATEGORY)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    first = at(asking.people[Role.TEAM_MANAGER])
    second = at(asking.people[Role.AGENCY_REPRESENTATIVE])
    pages = [one.get("holding.share", line_id=line.id) for one in (first, second)]
    first.fill(pages[0], RECORD)

    late = second.fill(pages[1], RECORD | {"words": "At her aunt's", "necessity": "A plan"})

    assert "Somebody else has changed this" in late.h1
    assert "At her aunt's" in late.text
    assert "A plan" in late.text
    (row,) = left(asking)
    assert row.shared == RECORD["words"]
