"""Whether time tells an asker if the person is known: so many requests of each, in any order.

A request goes off from its check page, its receipt and the request itself are opened, and a message
to the worker goes off, over HTTP as a browser does. Both kinds of people come from one generator of
names; those of one kind are on the register. The two-sample test is that of Kolmogorov and Smirnov,
its bar that of security.md, T08.
"""

import math
import random
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from benchmarks.browsing import Browser
from benchmarks.county import SEED, County
from benchmarks.measures import Bar, Call, Row, cost_of, ms
from benchmarks.register import Maker
from hub.app import create_app
from hub.kernel.drafts import Typed
from hub.people.matching.subjects import Entry
from hub.people.models import IdentityCandidate
from hub.sharing.commands.request_drafts import StartAsking, start_asking
from kit.asking import Asking
from kit.hub import sign_in_as

KNOWN, UNKNOWN = "known", "unknown"
TELLS_NOTHING = Bar(must=0.01, at_least=True)
_TERMS = 100
_TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
_PAGES: dict[str, Typed] = {
    "what": {"categories": ["worker_contact"], "wanted_worker_contact": ["How to reach them"]},
    "why": {
        "purpose": ["safety_planning"],
        "necessity": ["We plan for Friday"],
        "less_intrusive": ["We asked the family first"],
    },
    "urgency": {"priority": ["amber"]},
    "risk": {"immediate_danger": ["no"]},
    "consent": {"consent_state": ["not_asked"]},
    "basis": {"article_6": ["art6_e"], "legal_power": ["cda_s115"], "override_basis": ["s115"]},
    "order": {"kind": ["none"]},
    "handling": {"security": ["On our system"], "retention": ["Six years"]},
    "declaration": {"position": ["Constable"], "relation": ["none"]},
}  # fmt: skip


def telling(county: County, number: int) -> list[Row]:
    """Return what the times of so many requests of each kind tell, one row for each step."""
    asking = Asking(county.world).settle()
    browser = _asker(county, asking, 2 * number)
    times: dict[str, dict[str, list[float]]] = {}
    for kind, person in _people(county, number):
        for step, call in _steps(browser, asking, person):
            took = times.setdefault(step, {KNOWN: [], UNKNOWN: []})
            took[kind].append(cost_of(call).passed)
    _all_found(county, number)
    return [
        _row(f"{step}, known beside unknown", county.kind, took) for step, took in times.items()
    ]


def two_sample(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the chance that two samples of one distribution differ as much as these do.

    The largest difference between their shares up to any value (Kolmogorov and Smirnov), with
    Stephens's correction for the size: good for samples of four and more.
    """
    left, right = sorted(one), sorted(other)
    gap = max(
        abs(bisect_right(left, value) / len(left) - bisect_right(right, value) / len(right))
        for value in (*left, *right)
    )
    size = math.sqrt(len(left) * len(right) / (len(left) + len(right)))
    scaled = (size + 0.12 + 0.11 / size) * gap
    if scaled < 0.2:  # noqa: PLR2004 - below it the series adds up to 1 but for rounding
        return 1.0
    terms = ((-1) ** (at - 1) * math.exp(-2 * (at * scaled) ** 2) for at in range(1, _TERMS))
    return min(1.0, max(0.0, 2 * sum(terms)))


def _asker(county: County, asking: Asking, number: int) -> Browser:
    """Return the officer's browser, who may ask about so many people within the hour."""
    look_ups = replace(county.settings.look_ups, an_hour=number, a_day=number)
    settings = replace(county.settings, look_ups=look_ups)
    app = create_app(settings, units=county.units, keyring=county.keyring)
    client = app.test_client()
    sign_in_as(client, asking.officer, county.units)
    cookie = client.get_cookie("session")
    assert cookie is not None
    return Browser(app, {"session": cookie.value})


def _people(county: County, number: int) -> list[tuple[str, Entry]]:
    """Return so many people of the register and so many of another one, shuffled."""
    strangers = Maker(SEED + 1).sample(2 * number, 0).register
    whole = [(KNOWN, one) for one in county.sample.register if _is_told_apart(one)][:number]
    whole += [(UNKNOWN, one) for one in strangers if _is_told_apart(one)][:number]
    random.Random(SEED).shuffle(whole)  # noqa: S311 - a repeatable order, no secret
    return whole


def _is_told_apart(one: Entry) -> bool:
    return one.date_of_birth is not None and bool(one.postcodes)


def _draft(asking: Asking, person: Entry) -> UUID:
    """Write a draft about somebody, as the pages would have left it, and return its id."""
    born = person.date_of_birth
    assert born is not None
    subject = {
        "given_name": [person.given_name],
        "family_name": [person.family_name],
        "date_of_birth": [str(born.day), str(born.month), str(born.year)],
        "postcode": [person.postcodes[0]],
        "subject_role": ["witness"],
    }
    holder = {"chosen": [f"{asking.world.agency}:{asking.world.service}"]}
    pages = {"holder": holder, "subject": subject, **_PAGES}
    with asking.world.write(asking.officer) as uow:
        return start_asking(StartAsking(pages=pages), uow=uow)


def _steps(browser: Browser, asking: Asking, person: Entry) -> Iterator[tuple[str, Call]]:
    """Yield what the asker does about somebody, each when the one before is done."""
    request_id = _draft(asking, person)
    sheet = browser.get(f"/requests/drafts/{request_id}/check").decode()
    token = _TOKEN.findall(sheet)[-1]
    yield "request sent", lambda: browser.post(f"/requests/drafts/{request_id}/send", token)
    yield "receipt opened", lambda: browser.get(f"/requests/{request_id}/receipt")
    yield "request opened", lambda: browser.get(f"/requests/{request_id}")
    token = _TOKEN.findall(browser.get("/requests/worker").decode())[-1]
    written = _message(asking, person)
    yield "message sent", lambda: browser.post("/requests/worker", token, written)


def _message(asking: Asking, person: Entry) -> dict[str, str]:
    """Return a message about somebody as it is typed."""
    born = person.date_of_birth
    assert born is not None
    return {
        "service": f"{asking.world.agency}:{asking.world.service}",
        "given_name": person.given_name,
        "family_name": person.family_name,
        "date_of_birth-day": str(born.day),
        "date_of_birth-month": str(born.month),
        "date_of_birth-year": str(born.year),
        "postcode": person.postcodes[0],
        "subject_role": "witness",
        "message": "Would you come along on Friday?",
        "purpose": "safety_planning",
        "necessity": "They trust nobody else",
        "override_basis": "s115",
        "relation": "none",
    }


def _all_found(county: County, number: int) -> None:
    """Make sure that those on the register were found, for else the times say nothing."""
    with county.world.write() as uow:
        found = select(func.count(func.distinct(IdentityCandidate.check_id)))
        assert (uow.session.scalar(found) or 0) >= number


def _row(what: str, kind: str, took: dict[str, list[float]]) -> Row:
    known, unknown = (sorted(took[name]) for name in (KNOWN, UNKNOWN))
    middle = len(known) // 2
    chance = two_sample(known, unknown)
    return Row(what, kind, ms(known[middle]), chance, ms(unknown[middle]), TELLS_NOTHING)
