"""From a concern to the agenda: who hears what of identity, wired as in the product."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role, system
from hub.meetings.commands import list_case
from hub.meetings.models import ItemPerson
from hub.people.commands import (
    AnswerCheck,
    ConfirmIdentity,
    ask_back,
    confirm_identity,
    undo,
)
from hub.people.models import IdentityCheck
from hub.people.queries import checks_of
from hub.people.states import CheckState
from hub.referrals.commands import AddInformation, SubmitConcern, add_information, submit_concern
from hub.referrals.models import Concern
from hub.referrals.rules import Answers, PersonSaid
from hub.referrals.states import CareAnswer, Consent, PartyRole
from kit.world import COORDINATOR

HUB = system("test")
BETH = {
    "role": PartyRole.VICTIM,
    "position": 0,
    "given_name": "Beth",
    "family_name": "ONeill",
    "date_of_birth": date(2006, 9, 3),
    "care_answer": CareAnswer.NOT_KNOWN,
    "details": {"postcode": "LN2 4ZZ", "phone": "01632 960001", "aliases": ["Betty Carter"]},
}


@pytest.fixture
def referrer(county):
    return county.actor(Role.REFERRER, agency_id=county.agency)


def submit(county, referrer, *people, urgent=False):
    answers = Answers(
        area_id=county.area,
        people=tuple(PersonSaid(**person) for person in people),
        what_happened="Something happened",
        consent=Consent.GIVEN,
        is_urgent=urgent,
    )
    with county.units.write(referrer) as uow:
        return submit_concern(SubmitConcern(answers=answers), uow=uow)


def checks(county, concern_id):
    with county.units.read(HUB) as uow:
        return list(
            uow.session.scalars(select(IdentityCheck).where(IdentityCheck.concern_id == concern_id))
        )


def confirm(county, check, person_id):
    cmd = ConfirmIdentity(
        check_id=check.id,
        version=check.version,
        person_id=person_id,
        facts=frozenset({"date_of_birth", "address"}),
    )
    with county.units.write(county.desk_actor) as uow:
        confirm_identity(cmd, uow=uow)


def test_the_desk_learns_whom_to_ring(county, referrer):
    answers = Answers(
        area_id=county.area,
        people=(PersonSaid(**BETH),),
        what_happened="Something happened",
        consent=Consent.GIVEN,
        pages={"you": {"name": "Pat Officer", "role": "DC", "phone": "01632 960002"}},
    )
    with county.units.write(referrer) as uow:
        concern_id = submit_concern(SubmitConcern(answers=answers), uow=uow)

    (check,) = checks(county, concern_id)
    assert '"asker": "Pat Officer, DC, Example Leaving Care, 01632 960002"' in check.asked


def test_a_concern_asks_about_everybody_of_age_who_is_born(county, referrer):
    person_id = county.registered()
    child = {
        "role": PartyRole.CHILD,
        "position": 0,
        "given_name": "Small",
        "family_name": "ONeill",
        "date_of_birth": date(2023, 1, 1),
    }
    unborn = {
        "role": PartyRole.CHILD,
        "position": 1,
        "is_unborn": True,
        "details": {"is_unborn": True},
    }
    man = {
        "role": PartyRole.ALLEGED_PERPETRATOR,
        "position": 0,
        "given_name": "Zebedee",
        "family_name": "Quillfeather",
        "about_age": 20,
        "care_answer": CareAnswer.NOT_KNOWN,
        "details": {"about_age": 20},
    }
    concern_id = submit(county, referrer, BETH, child, unborn, man)

    asked = {json.loads(one.asked)["given_name"]: one for one in checks(county, concern_id)}

    assert set(asked) == {"Beth", "Zebedee"}
    assert json.loads(asked["Zebedee"].asked)["about_year"] == 2006
    assert json.loads(asked["Beth"].asked)["phones"] == ["01632 960001"]
    assert county.candidates(asked["Beth"].id) == [(person_id, "probable")]
    assert asked["Beth"].service_id == county.service


def test_an_urgent_concern_is_due_in_two_hours(county, referrer, clock):
    (check,) = checks(county, submit(county, referrer, BETH, urgent=True))
    assert check.due_at == clock.now() + timedelta(hours=2)


def test_listing_hastens_and_the_answer_reaches_the_agenda(county, referrer, clock):
    person_id = county.registered()
    concern_id = submit(county, referrer, BETH)
    meeting_id = county.meeting(days=2.5)

    with county.units.write(HUB) as uow:
        concern = uow.session.get_one(Concern, concern_id)
        concern.state, concern.submitted_at = "accepted", uow.now - timedelta(days=30)
    with county.units.write(COORDINATOR) as uow:
        item_id = list_case(meeting_id, concern_id, uow=uow)

    (check,) = checks(county, concern_id)
    assert check.due_at == clock.now() + timedelta(hours=12)
    assert care_status(county, item_id) == ("not_known", None)

    confirm(county, check, person_id)
    assert care_status(county, item_id) == ("care_experienced", person_id)

    with county.units.write(county.desk_actor) as uow:
        undo(AnswerCheck(check_id=check.id, version=2, note="It was her twin"), uow=uow)
    assert care_status(county, item_id) == ("not_known", None)


def care_status(county, item_id):
    with county.units.read(HUB) as uow:
        row = uow.session.scalars(select(ItemPerson).where(ItemPerson.item_id == item_id)).one()
        return row.care_status, row.person_id


def test_more_from_the_referrer_opens_the_question_again(county, referrer):
    concern_id = submit(county, referrer, BETH)
    (check,) = checks(county, concern_id)
    with county.units.write(county.desk_actor) as uow:
        ask_back(AnswerCheck(check_id=check.id, version=1, note="Which school was it?"), uow=uow)
    with county.units.write(referrer) as uow:
        add_information(AddInformation(concern_id=concern_id, text="Example school"), uow=uow)
    with county.units.read(HUB) as uow:
        assert checks_of(uow, [concern_id])[check.party_id].state is CheckState.OPEN
