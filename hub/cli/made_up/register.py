"""Invented people for the register, some of whom are hard to tell apart."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from hub.cli.made_up.names import DISTRICTS, FAMILY, GIVEN, SHORT, UNITS
from hub.kernel.days import birthday

COLUMNS = (
    "person_id",
    "given_name",
    "middle_names",
    "family_name",
    "known_as",
    "date_of_birth",
    "sex",
    "postcode",
    "aliases",
)
"""The register form of the public interface, section 2."""

STATUSES = ("allocated",) * 14 + ("duty", "stepped_down", "stepped_down", "out_of_area")


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """One invented person, as their authority's own system has them."""

    person_id: str
    given_name: str
    middle_names: str
    family_name: str
    known_as: str
    date_of_birth: date
    sex: str
    postcode: str
    aliases: str
    support_status: str

    def row(self) -> dict[str, str]:
        """Return the person in the register form."""
        return {name: str(getattr(self, name)) for name in COLUMNS}


def made_up_people(rng: Random, number: int, today: date) -> Iterator[MadeUp]:
    """Yield so many people who are 16 to 24 for the next four weeks; one in forty is a twin."""
    twin: MadeUp | None = None
    for at in range(number):
        if twin is not None:
            other = rng.choice([name for name in GIVEN if name != twin.given_name])
            yield replace(twin, person_id=f"CE{at:07d}", given_name=other, known_as="", aliases="")
            twin = None
            continue
        person = _person(rng, at, today)
        twin = person if rng.random() < 1 / 40 else None
        yield person


def _person(rng: Random, at: int, today: date) -> MadeUp:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    if rng.random() < 0.05:
        family = f"{family}-{rng.choice(FAMILY)}"
    aliases = f"{given}|{rng.choice(FAMILY)}" if rng.random() < 0.1 else ""
    return MadeUp(
        person_id=f"CE{at:07d}",
        given_name=given,
        middle_names=rng.choice(GIVEN) if rng.random() < 0.4 else "",
        family_name=family,
        known_as=SHORT.get(given, ""),
        date_of_birth=_born(rng, today),
        sex=rng.choice("FFM"),
        postcode=made_up_postcode(rng),
        aliases=aliases,
        support_status=rng.choice(STATUSES),
    )


def _born(rng: Random, today: date) -> date:
    """Return a day of birth that makes somebody 16 already and not yet 25 in six weeks."""
    youngest = date(today.year - 16, 1, 1) - timedelta(days=1)
    oldest = today.replace(day=1, year=today.year - 25) + timedelta(weeks=8)
    born = oldest + timedelta(days=rng.randrange((youngest - oldest).days))
    assert birthday(born, 16) <= today  # noqa: S101 - what the rest of the county relies on
    return born


def made_up_postcode(rng: Random) -> str:
    """Return a postcode in a real district; the last part is drawn by chance."""
    unit = "".join(rng.choice(UNITS) for _ in range(2))
    return f"{rng.choice(DISTRICTS)} {rng.randrange(10)}{unit}"


def as_csv(people: list[MadeUp]) -> str:
    """Return the people as the text of ``people.csv``."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(person.row() for person in people)
    return out.getvalue()
