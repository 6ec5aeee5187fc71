"""Who at work may have to do with a case themselves, by a name or a number."""

from uuid import uuid4

from hub.access.models import Account
from hub.agencies.models import Contact
from hub.kernel.actor import system
from hub.people.commands.linking import Link, link_to_case
from hub.people.models import IdentityCheck
from hub.people.queries.near import is_like_somebody, named_beside, staff_like
from hub.people.rules.look_ups import Sought
from hub.people.states import LinkKind

HUB = system("test")
HIM = Sought(given_name="Basil", family_name="Thornbury", phones=("01632 960777",))
HER = Sought(given_name="Zinnia", family_name="Quillfeather")


def account(county, name, email="some.body@example.org", contact_id=None):
    account_id = uuid4()
    with county.write() as uow:
        uow.session.add(
            Account(
                id=account_id,
                email=f"{account_id.hex}.{email}" if email.startswith("some") else email,
                name=name,
                agency_id=county.agency,
                contact_id=contact_id,
                created_at=uow.now,
            )
        )
    return account_id


def test_accounts_and_entries_are_found_and_whoever_is_linked_already_is_not(county):
    case_id = uuid4()
    with county.write() as uow:
        uow.session.get_one(Contact, county.worker).name = "Bas Thornbury"
        uow.session.get_one(Contact, county.deputy).phone = "01632 960777"
    by_name = account(county, "Basil Thornbury")
    by_address = account(county, "B T", email="basil.thornbury@example.org")
    account(county, "Some Body")

    def names():
        with county.units.read(HUB) as uow:
            return {one.who for one in staff_like(uow, case_id, [HER, HIM])}

    everybody = {
        f"contact:{county.worker}",
        f"contact:{county.deputy}",
        f"account:{by_name}",
        f"account:{by_address}",
    }
    assert names() == everybody
    with county.write() as uow:
        for ids in ({"account_id": by_name}, {"contact_id": county.worker}):
            link_to_case(Link(case_id=case_id, kind=LinkKind.CLOSE, **ids), uow=uow)
    assert names() == everybody - {f"account:{by_name}", f"contact:{county.worker}"}


def test_an_asker_is_held_against_those_in_the_persons_cases(county):
    person_id = county.registered()
    hers = county.ask(concern_id=(case_id := uuid4()))
    county.ask(
        concern_id=case_id,
        given_name="Basil",
        family_name="Thornbury",
        date_of_birth=None,
        postcodes=(),
        care_answer="yes",
    )
    asker, other = account(county, "Basil Thornbury"), account(county, "Some Body")
    with county.units.read(HUB) as uow:
        assert named_beside(uow, person_id) == ()
    with county.write() as uow:
        uow.session.get_one(IdentityCheck, hers).person_id = person_id
    with county.units.read(HUB) as uow:
        beside = named_beside(uow, person_id)
        assert [one.family_name for one in beside] == ["Thornbury"]
        assert is_like_somebody(uow, asker, beside)
        assert not is_like_somebody(uow, other, beside)
        assert not is_like_somebody(uow, uuid4(), beside)
        assert named_beside(uow, None) == ()
