"""Valid situations of section 6 made by dice, dense enough that every rule of it is met."""

from datetime import date, timedelta
from random import Random

DAYS = (
    date(2026, 7, 1), date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2027, 2, 28),
    date(2027, 3, 1), date(2026, 1, 1), date(2026, 12, 31),
)  # fmt: skip
"""Among them the ends of summer time, of the year and of February."""

CLOCKS = (
    (0, "09:30:00Z"), (-1, "23:30:00Z"), (-1, "23:00:00Z"), (-1, "22:59:59Z"), (0, "00:30:00Z"),
    (1, "00:30:00+01:00"), (0, "00:00:00-05:00"), (1, "05:00:00+05:30"), (0, "23:59:59.999Z"),
)  # fmt: skip
STATES = ("in_force",) * 6 + (
    "review_overdue", "review_overdue", "not_party", "review_late", "suspended", "expired",
)  # fmt: skip
SUPPORT = (
    "allocated", "allocated", "allocated", "duty", "stepped_down", "declined", "out_of_area",
    "transferred", "died",
)  # fmt: skip
CARE = ("care_experienced",) * 10 + ("not_known", "not_care_experienced")
AGES = (15, 16, 17, 17, 17, 18, 18, 20, 20, 20, 21, 21, 24, 25, 25, 26)
SIDES = ("victim",) * 4 + ("alleged_perpetrator",) * 4 + ("child", "other_adult")
ALLOCATED = ("leaving_care_worker", "leaving_care_worker", "social_worker")


def made_situation(number, seed):
    """Return one situation as its file has it; the same numbers give the same one."""
    return Maker(Random(f"{seed}.{number}")).situation(f"s{number}")


class Maker:
    def __init__(self, dice):
        self.dice = dice
        self.day = dice.choice(DAYS)
        self.as_of = self.day - timedelta(dice.choice((0, 1, 11, 200, -20)))
        self.trouble = dice.choice((0.03, 0.1, 0.4))
        self.limit = dice.choice((90, 90, 0, 1, 10000))
        self.services = self.ids("s", 1, 3)
        self.teams = self.ids("t", 0, 3)
        self.workers = self.ids("w", 0, 6)
        self.desks = self.ids("k", 0, 4)
        self.persons = self.ids("p", 1, 4)
        self.items = self.ids("i", 1, 2)

    def ids(self, letter, least, most):
        return [f"{letter}{place}" for place in range(self.dice.randint(least, most))]

    def some(self, chance, choices):
        """Return one of the choices, or nothing; nothing too where there is none."""
        return self.dice.choice(choices) if choices and self.dice.random() < chance else None

    def near(self, *steps):
        return str(self.day + timedelta(self.dice.choice(steps)))

    def instant(self):
        shift, clock = self.dice.choice(CLOCKS)
        return f"{self.day + timedelta(shift + self.dice.choice((0, 0, 0, 1, -1)))}T{clock}"

    def verified(self):
        if self.dice.random() < self.trouble / 2:
            return None
        silent = self.dice.choice((0, 0, 0, self.limit, max(0, self.limit - 1), self.limit + 1))
        return str(self.as_of - timedelta(silent if self.dice.random() < self.trouble else 0))

    def situation(self, own):
        recipients = [*self.workers, *self.desks]
        found = {
            "id": own,
            "as_of": str(self.as_of),
            "stale_after_days": self.limit,
            "meeting": {"kind": "marac", "starts_at": self.instant()},
            "services": [
                {"id": one, "agreement": self.dice.choice(STATES)} for one in self.services
            ],
            "teams": [{"id": one, "manager": self.some(0.8, self.workers)} for one in self.teams],
            "desks": [self.desk(one) for one in self.desks],
            "workers": [self.worker(one) for one in self.workers],
            "persons": [self.person(one) for one in self.persons],
            "allocations": self.allocations(),
            "absences": self.absences(),
            "conflicts": [
                {"recipient": one, "person": self.dice.choice(self.persons)}
                for one in recipients
                if self.dice.random() < self.trouble / 4
            ],
            "bars": [
                {"recipient": one, "item": self.dice.choice(self.items)}
                for one in recipients
                if self.dice.random() < self.trouble / 4
            ],
            "items": [self.item(one) for one in self.items],
        }
        if self.limit == 90:
            del found["stale_after_days"]
        may_be_left_out = ("teams", "desks", "workers", "allocations", "absences", "bars")
        return {
            name: value for name, value in found.items() if value or name not in may_be_left_out
        }

    def desk(self, own):
        return {
            "id": own, "service": self.dice.choice(self.services),
            "team": self.some(0.5, self.teams), "verified_on": self.verified(),
        }  # fmt: skip

    def worker(self, own):
        found = {
            "id": own, "service": self.dice.choice(self.services),
            "team": self.some(0.7, self.teams), "deputy": self.some(0.6, self.workers),
            "verified_on": self.verified(),
        }  # fmt: skip
        if self.dice.random() < self.trouble:
            found |= self.dice.choice(
                ({"until": self.near(-1, 0, 1)}, {"from": self.near(-1, 0, 1), "until": None})
            )
        return found

    def person(self, own):
        age = self.dice.choice(AGES)
        leap = self.day.replace(day=28)  # always there, whatever the year
        born = leap.replace(year=self.day.year - age) + (self.day - leap)
        born += timedelta(self.dice.choice((-200, -1, 0, 0, 1, 2)))
        if self.dice.random() < 0.15:
            born = date(self.dice.choice((2000, 2004, 2008)), 2, 29)
        return {
            "id": own,
            "date_of_birth": self.some(0.85, [str(born)]),
            "care_status": self.dice.choice(CARE),
            "support_status": self.dice.choice(SUPPORT),
            "service": self.some(0.75, self.services),
        }

    def allocations(self):
        """Return at most two periods, one after the other, for each person and role."""
        found = []
        busy = self.workers[: self.dice.choice((1, 2, 2, 3, 6))]
        for person in self.persons:
            for role in ALLOCATED[1:]:
                if not busy or self.dice.random() < 0.3:
                    continue
                change = self.near(-30, -1, 0, 0, 1, 30)
                for start, end in (
                    ("2020-01-01", change),
                    (change, self.some(0.5, ["2030-01-01"])),
                ):
                    if self.dice.random() < 0.8:
                        found.append(
                            {
                                "person": person, "worker": self.dice.choice(busy), "role": role,
                                "from": start, "until": end,
                            }
                        )  # fmt: skip
        return found

    def absences(self):
        return [
            {
                "worker": worker, "from": self.near(-5, -1, 0),
                "until": self.near(0, 1, 1, 5), "cover": self.some(0.7, self.workers),
            }
            for worker in self.workers
            if self.dice.random() < max(0.3, self.trouble)
        ]  # fmt: skip

    def item(self, own):
        people = self.dice.sample(self.persons, self.dice.randint(1, len(self.persons)))
        return {
            "id": own,
            "starts_at": self.some(0.5, [self.instant()]),
            "people": [{"person": one, "role": self.dice.choice(SIDES)} for one in people],
        }
