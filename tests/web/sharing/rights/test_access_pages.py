"""Subject access requests on pages."""

from sqlalchemy import select

from hub.sharing.models import SubjectAccess
from kit.world import HUB

DAY = {"received_on-day": "1", "received_on-month": "6", "received_on-year": "2026"}


def access_id(told):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(SubjectAccess.id)).one()


def test_it_is_taken_in_proved_prepared_and_let_out(told, at):
    manager, lead = at(told.manager), at(told.lead)
    person = {"person_id": told.person}
    wrong = manager.fill(manager.get("rights.access_new", **person), {})
    assert set(wrong.errors) == {"received_on-day", "asks"}
    named = DAY | {"asks": "representative"}
    assert set(manager.post("rights.access_new", named, status=422, **person).errors) == {
        "representative"
    }
    manager.send("rights.access_new", DAY | {"asks": "person"}, **person)
    assert "Not proved who asks" in manager.get("rights.access", **person).text
    one = {"access_id": access_id(told)}
    form = manager.get("rights.access_step", name="proved", **one)
    assert manager.fill(form, {}).errors == {"words": "Enter how it was proved who asks"}
    manager.send("rights.access_step", {"words": "Passport"}, name="proved", **one)
    assert "Answer by 1 July 2026" in manager.get("rights.access", **person).text
    manager.send("rights.access_step", {"words": "Two cases"}, name="longer", **one)
    assert "Answer by 1 September 2026" in manager.get("rights.access", **person).text
    manager.send("rights.access_step", {"words": "All but one"}, name="prepared", **one)
    assert "Waits for a second person" in manager.get("rights.access", **person).text
    manager.send("rights.access_release", {}, **one)
    assert "Waits for a second person" in lead.get("rights.access", **person).text
    lead.send("rights.access_release", {}, **one)
    assert "Answered" in manager.get("rights.access", **person).text


def test_for_anybody_else_there_is_nothing(told, at):
    at(told.manager).send("rights.access_new", DAY | {"asks": "person"}, person_id=told.person)
    one = {"access_id": access_id(told)}
    stranger = at(told.elsewhere)
    stranger.get("rights.access", status=404, person_id=told.person)
    stranger.get("rights.access_new", status=404, person_id=told.person)
    stranger.get("rights.access_step", status=404, name="proved", **one)
    stranger.post("rights.access_release", {}, status=404, **one)
