"""Section 6 of the public interfaces read a second time, by somebody who knew only the text.

It answers from the file's own words (dictionaries and text), shares nothing with ``hub`` and says
nothing of reasons. Sentence numbers are those of the section.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
BOTH = {"victim", "alleged_perpetrator"}
ROLE = {"leaving_care": "leaving_care_worker", "social_work": "social_worker"}
RAISES = {  # sentence 5, second half: problem and who owns it
    "left": ("worker_left", "team_manager"),
    "barred": ("barred", "chair"),
    "both_sides": ("both_sides", "chair"),
    "unverified": ("stale_contact", "team_manager"),
    "stale": ("stale_contact", "team_manager"),
}


def answer(situation):
    """Return invitations (as dictionaries without a reason) and problems (as tuples) due."""
    invitations, problems = [], set()
    for item in situation["items"]:
        reading = Reading(situation, item)
        reading.read()
        invitations += reading.kept
        problems |= reading.problems
    return invitations, problems


def age(born, on):
    """Return the age; somebody born on 29 February is a year older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def covers(entry, on):
    start, end = entry.get("from"), entry.get("until")
    return (start is None or start <= str(on)) and (end is None or str(on) < end)


class Reading:
    """One item of a situation."""

    def __init__(self, situation, item):
        self.all, self.item = situation, item
        starts = item.get("starts_at") or situation["meeting"]["starts_at"]
        self.day = datetime.fromisoformat(starts).astimezone(LONDON).date()
        self.roles = {entry["person"]: entry["role"] for entry in item["people"]}
        self.workers = {one["id"]: one for one in situation.get("workers", [])}
        self.desks = {one["id"]: one for one in situation.get("desks", [])}
        self.current = [one for one in situation.get("allocations", []) if covers(one, self.day)]
        self.chosen, self.kept, self.problems = [], [], set()

    def raise_(self, person, problem, owner, contact=None):
        self.problems.add((self.item["id"], person, problem, contact, owner))

    def read(self):
        for person in self.roles:
            for route in self.routes(person):
                self.follow(person, route)
        sides = {
            role: {one["recipient"] for one in self.chosen if self.roles[one["person"]] == role}
            for role in BOTH
        }
        lost = sides["victim"] & sides["alleged_perpetrator"]  # sentence 6
        for recipient in lost:
            self.raise_(None, "both_sides", "chair", recipient)
        self.kept = [one for one in self.chosen if one["recipient"] not in lost]

    def routes(self, person_id):
        """Sentences 1 and 2: by which routes somebody is invited for this person."""
        person = next(one for one in self.all["persons"] if one["id"] == person_id)
        born = person.get("date_of_birth")
        years = age(date.fromisoformat(born), self.day) if born else None
        if person["care_status"] == "not_care_experienced":
            return []
        if years is not None and not 16 <= years <= 25:
            return []
        end = None
        if person["care_status"] == "not_known":
            end = ("care_status_unconfirmed", "duty_desk")
        elif person["support_status"] == "died":
            end = ("recorded_as_died", "co_ordinator")
        elif years == 25 and not self.named(person_id, "leaving_care"):
            end = ("duty_ended_at_25", "co_ordinator")
        if end:
            self.raise_(person_id, *end)
            return []
        if years is None:
            self.raise_(person_id, "date_of_birth_unknown", "duty_desk")
            has_one = bool(self.named(person_id, "social_work"))
            return ["leaving_care", "social_work"] if has_one else ["leaving_care"]
        return ["leaving_care", "social_work"] if years < 18 else ["leaving_care"]

    def named(self, person_id, route):
        for one in self.current:
            if (one["person"], one["role"]) == (person_id, ROLE[route]):
                return self.workers[one["worker"]]
        return None

    def follow(self, person_id, route):
        """Sentence 4: who is invited by this route, if anybody."""
        named = self.named(person_id, route)
        service = self.service(person_id, route, named)
        if not service:
            return
        skipped, tried = [], set()
        for recipient, step in self.steps(named, service):
            if recipient in tried:
                continue
            tried.add(recipient)
            why = next(self.whys_not(recipient, person_id), None)
            if not why:
                self.chosen.append(
                    {
                        "item": self.item["id"], "person": person_id, "recipient": recipient,
                        "route": route, "step": step, "skipped": skipped,
                    }
                )  # fmt: skip
                return
            skipped.append({"recipient": recipient, "step": step, "why": why})
            if why in RAISES:
                whom = None if why == "both_sides" else person_id
                self.raise_(whom, *RAISES[why], recipient)
        self.raise_(person_id, "nobody_reachable", "co_ordinator")

    def service(self, person_id, route, named):
        """Sentence 3: the service that the route leads to, None where it ends before."""
        person = next(one for one in self.all["persons"] if one["id"] == person_id)
        if not named and route == "social_work":
            self.raise_(person_id, "no_social_worker", "team_manager")
            return None
        if not named and person["support_status"] == "allocated":
            self.raise_(person_id, "no_named_worker", "team_manager")
        service = named["service"] if named else person.get("service")
        if not service:
            self.raise_(person_id, "no_responsible_service", "co_ordinator")
            return None
        states = {one["id"]: one["agreement"] for one in self.all["services"]}
        if states[service] not in {"in_force", "review_overdue"}:
            self.raise_(person_id, "agreement_not_in_force", "information_governance_lead")
            return None
        return service

    def steps(self, named, service):
        team = named.get("team") if named else None
        if named:
            yield named["id"], "named_worker"
            for absence in self.absences(named["id"]):
                if absence.get("cover"):
                    yield absence["cover"], "cover"
            if named.get("deputy"):
                yield named["deputy"], "deputy"
            for one in self.all.get("teams", []):
                if one["id"] == team and one.get("manager"):
                    yield one["manager"], "team_manager"
        desks = [one for one in self.desks.values() if one["service"] == service]
        desks.sort(key=lambda one: not team or one.get("team") != team)
        for place, desk in enumerate(desks):
            yield desk["id"], "other_desk" if place else "duty_desk"

    def absences(self, worker):
        return [
            one
            for one in self.all.get("absences", [])
            if one["worker"] == worker and covers(one, self.day)
        ]

    def whys_not(self, recipient, person_id):
        """Sentence 5: everything that speaks against a recipient, of which the first counts."""
        if recipient in self.workers and not covers(self.workers[recipient], self.day):
            yield "left"
        if self.absences(recipient):
            yield "absent"
        if self.is_barred(recipient):
            yield "barred"
        sides = BOTH & {
            self.roles.get(one["person"]) for one in self.current if one["worker"] == recipient
        }
        if sides == BOTH:
            yield "both_sides"
        if self.roles[person_id] in BOTH and BOTH - {self.roles[person_id]} <= sides:
            yield "other_side"
        verified = {**self.workers, **self.desks}[recipient].get("verified_on")
        if not verified:
            yield "unverified"
            return
        silent = date.fromisoformat(self.all["as_of"]) - date.fromisoformat(verified)
        if silent.days > self.all.get("stale_after_days", 90):
            yield "stale"

    def is_barred(self, recipient):
        barred = {(one["recipient"], one["item"]) for one in self.all.get("bars", [])}
        against = [one for one in self.all.get("conflicts", []) if one["recipient"] == recipient]
        return (recipient, self.item["id"]) in barred or any(
            one["person"] in self.roles for one in against
        )
