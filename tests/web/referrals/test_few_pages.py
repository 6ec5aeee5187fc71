"""Who may see a concern about staff, by its page: marked, named, taken off, shown again."""

import pytest
from sqlalchemy import update

from hub.kernel.actor import Role
from hub.referrals.models import Concern
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def browse(app, units):
    def browser(actor):
        client = app.test_client()
        sign_in_as(client, actor, units)
        return PageClient(app, client)

    return browser


def test_the_referrer_marks_it_and_the_co_ordinator_names_the_few(world, browse, as_role):
    referrer = as_role(Role.REFERRER, agency_id=world.agency, name="Ref Errer")
    concern = world.concern()
    with world.write() as uow:
        uow.session.execute(
            update(Concern).where(Concern.id == concern).values(referrer_id=referrer.account_id)
        )
    own = browse(referrer)
    shown = own.get("referrals.few", concern_id=concern)
    hide = own.address("referrals.hide", concern_id=concern)
    marked = own.fill(shown, {"why": "His brother works there"}, action=hide)
    assert "For the few" in marked.text
    assert "His brother works there" not in marked.text
    assert "Nobody is named" not in marked.text

    rep = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=world.agency, name="Hattie Homes")
    desk = browse(as_role(Role.COORDINATOR, agency_id=world.agency, name="Coral Ordinator"))
    form = desk.get("referrals.few", concern_id=concern)
    assert "His brother works there" in form.text
    names = desk.address("referrals.name_few", concern_id=concern)
    wrong = desk.fill(form, {"who": ""}, action=names)
    assert wrong.errors == {"who": "Select who needs it"}
    named = desk.fill(wrong, {"who": str(rep.account_id)}, action=names)
    assert "Hattie Homes" in named.text
    (end,) = [
        one.attributes["action"]
        for one in named.root.all("form")
        if one.attributes.get("action", "").endswith("/end")
    ]
    off = desk.fill(named, {}, action=end)
    assert "Nobody is named." in off.text
    show = desk.address("referrals.show_again", concern_id=concern)
    short = desk.fill(off, {"reason": "no"}, action=show)
    assert short.errors == {"reason": "Say in a sentence why this is over, or was wrong"}
    again = desk.fill(short, {"reason": "It was another family"}, action=show)
    assert "For the few" not in again.text


def test_it_is_not_there_for_strangers(world, browse, as_role):
    concern = world.concern()
    for role in (Role.AGENCY_REPRESENTATIVE, Role.REFERRER, Role.GOVERNANCE_LEAD):
        nobody = browse(as_role(role, agency_id=world.agency, name="No Body"))
        nobody.get("referrals.few", concern_id=concern, status=404)
        address = nobody.address("referrals.hide", concern_id=concern)
        assert nobody._send(address, {"why": ""}).status_code == 404
