"""Turns the lines of a file into commands: who is meant by a name, what is wrong, what differs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from hub.agencies.commands.contacts import SaveContact
from hub.agencies.commands.places import SaveAgency, SaveOffice
from hub.agencies.commands.saved import Command, Row, as_command
from hub.agencies.commands.services import SaveService, SaveTeam
from hub.agencies.queries.present import Present
from hub.agencies.rules.cover import Refusal, Worker, deputy_refusal
from hub.agencies.rules.entries import (
    AgencyFacts,
    ContactFacts,
    OfficeFacts,
    ServiceFacts,
    contact_refusals,
    office_refusals,
    service_refusals,
    usual_hours,
)
from hub.agencies.rules.hours import HoursError
from hub.agencies.rules.sheet import ENTRIES, CellFault, Key, Line, folded, line_key

COLUMN_OF = MappingProxyType({"is_public": "public", "is_work_mobile": "work_mobile"})
"""Fields of a form whose column has another name."""


@dataclass(frozen=True)
class Change:
    """What one line does: the command, whether it adds, whether anything differs."""

    line: Line
    row_id: UUID
    command: Command
    is_new: bool
    is_different: bool
    checked_on: date | None = None


@dataclass
class Resolver:
    """Reads lines beside what is present. ``faults`` gathers everything that is wrong.

    With ``is_partial`` some lines could not be read, so that a name which nobody has may be in one
    of those and is no fault of its own.
    """

    present: Present
    today: date
    new_id: Callable[[], UUID]
    is_partial: bool = False
    faults: list[CellFault] = field(default_factory=list)

    def changes(self, lines: Iterable[Line]) -> list[Change]:
        """Return what each line does, in the order in which it must be done."""
        ordered = sorted(lines, key=lambda line: (ENTRIES.index(line.entry), line.number))
        self._name(ordered)
        found = [change for line in ordered if (change := self._change(line)) is not None]
        self._check_deputies(found)
        return found

    def _name(self, lines: Iterable[Line]) -> None:
        """Give every entry, present or in the file, the id by which others speak of it."""
        here = self.present
        self.saved: dict[Key, Row] = {}
        self.saved |= {("agency", *key): row for key, row in here.agencies.items()}
        self.saved |= {("service", *key): row for key, row in here.services.items()}
        self.saved |= {("office", *key): row for key, row in here.offices.items()}
        self.saved |= {("team", *key): row for key, row in here.teams.items()}
        self.saved |= {("contact", *key): row for key, row in here.contacts.items()}
        self.ids = {key: row.id for key, row in self.saved.items()}
        self.kinds = {row.id: row.kind for row in here.agencies.values()}
        self.kinds |= {row.id: row.kind for row in here.services.values()}
        for line in lines:
            row_id = self.ids.setdefault(line_key(line), self.new_id())
            if line.entry in ("agency", "service"):
                self.kinds[row_id] = line.name("kind")
        self.people: dict[Key, list[tuple[str, UUID]]] = {}
        for key, row_id in self.ids.items():
            if key[0] == "contact":
                _, agency, role, name = key
                self.people.setdefault((agency, name), []).append((role, row_id))

    def _change(self, line: Line) -> Change | None:
        before = len(self.faults)
        agency_id = self._find(line, "agency", ("agency", folded(line.name("agency"))))
        if agency_id is None:
            return None
        makers: Mapping[str, Callable[[Line, UUID, UUID], Command]] = {
            "agency": self._agency,
            "service": self._service,
            "office": self._office,
            "team": self._team,
            "contact": self._contact,
        }
        key = line_key(line)
        row_id = self.ids[key]
        command = makers[line.entry](line, agency_id, row_id)
        checked_on = self._checked_on(line)
        if len(self.faults) > before:
            return None
        saved = self.saved.get(key)
        was = None if saved is None else as_command(saved)
        newly = checked_on is not None and checked_on != getattr(saved, "checked_on", None)
        return Change(line, row_id, command, saved is None, was != command or newly, checked_on)

    def _agency(self, line: Line, agency_id: UUID, row_id: UUID) -> SaveAgency:
        del agency_id
        areas = tuple(sorted(line.names("areas")))
        facts = AgencyFacts(name=line.name("agency"), kind=line.name("kind"), areas=areas)
        return SaveAgency(agency_id=row_id, facts=facts)

    def _service(self, line: Line, agency_id: UUID, row_id: UUID) -> SaveService:
        authority = line.text("authority")
        authority_id = (
            self._find(line, "authority", ("agency", folded(authority))) if authority else None
        )
        facts = ServiceFacts(
            kind=line.name("kind"),
            name=line.name("name"),
            description=line.text("description"),
            is_public=line.tick("public"),
            phone=line.text("phone"),
            email=line.text("email"),
            hours=_usual(line.text("hours")),
            out_of_hours=line.text("out_of_hours"),
        )
        self._refuse(line, service_refusals(facts, agency_kind=self.kinds[agency_id]))
        return SaveService(
            agency_id=agency_id,
            service_id=row_id,
            authority_id=None if authority_id == agency_id else authority_id,
            facts=facts,
        )

    def _office(self, line: Line, agency_id: UUID, row_id: UUID) -> SaveOffice:
        service_id = self._own(line, "service")
        facts = OfficeFacts(
            name=line.name("name"),
            address=line.text("address"),
            postcode=line.text("postcode"),
            phone=line.text("phone"),
            is_public=line.tick("public"),
            serves=line.names("serves"),
        )
        kind = self.kinds[service_id] if service_id else None
        self._refuse(
            line, office_refusals(facts, agency_kind=self.kinds[agency_id], service_kind=kind)
        )
        return SaveOffice(agency_id=agency_id, office_id=row_id, service_id=service_id, facts=facts)

    def _team(self, line: Line, agency_id: UUID, row_id: UUID) -> SaveTeam:
        return SaveTeam(
            service_id=self._own(line, "service") or agency_id,
            team_id=row_id,
            name=line.name("name"),
            office_id=self._own(line, "office"),
            manager_id=self._person(line, "manager"),
        )

    def _contact(self, line: Line, agency_id: UUID, row_id: UUID) -> SaveContact:
        service_id = self._own(line, "service")
        facts = ContactFacts(
            role=line.name("role"),
            name=line.name("name"),
            email=line.text("email"),
            phone=line.text("phone"),
            is_work_mobile=line.tick("work_mobile"),
            hours=_usual(line.text("hours")),
            out_of_hours=line.text("out_of_hours"),
            is_public=line.tick("public"),
            preference=line.number_in("preference"),
            works_from=line.day("works_from"),
            works_until=line.day("works_until"),
        )
        kind = self.kinds[service_id] if service_id else None
        self._refuse(
            line, contact_refusals(facts, agency_kind=self.kinds[agency_id], service_kind=kind)
        )
        return SaveContact(
            agency_id=agency_id,
            contact_id=row_id,
            service_id=service_id,
            team_id=self._team_id(line),
            office_id=self._own(line, "office"),
            deputy_id=self._person(line, "deputy"),
            facts=facts,
        )

    def _team_id(self, line: Line) -> UUID | None:
        team, service = line.text("team"), line.text("service")
        if team is None:
            return None
        key = ("team", folded(line.name("agency")), folded(service or ""), folded(team))
        return self._find(line, "team", key)

    def _own(self, line: Line, column: str) -> UUID | None:
        """Return the service or office of the same agency that a cell names."""
        name = line.text(column)
        if name is None:
            return None
        return self._find(line, column, (column, folded(line.name("agency")), folded(name)))

    def _person(self, line: Line, column: str) -> UUID | None:
        """Return the contact of the same agency that a cell names, with ``[role]`` if need be."""
        name = line.text(column)
        if name is None:
            return None
        bare, _, role = name.removesuffix("]").partition(" [")
        people = self.people.get((folded(line.name("agency")), folded(bare)), [])
        meant = [row_id for code, row_id in people if role in ("", code)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            roles = " or ".join(f"{bare} [{code}]" for code, _ in people)
            self._fault(line, column, f"Several people have this name. Enter {roles}")
        elif not self.is_partial:
            self._fault(line, column, "Nobody in this agency has this name. Add a line for them")
        return None

    def _find(self, line: Line, column: str, key: Key) -> UUID | None:
        found = self.ids.get(key)
        if found is None and not self.is_partial:
            self._fault(line, column, f"There is no {key[0]} of this name. Add a line for it")
        return found

    def _checked_on(self, line: Line) -> date | None:
        day = line.day("checked_on")
        if day is not None and day > self.today:
            self._fault(line, "checked_on", "Enter a day that is not in the future")
        return day

    def _check_deputies(self, changes: Iterable[Change]) -> None:
        """Refuse deputies as a form would, over what would be there in the end."""
        workers = {row.id: row.worker for row in self.present.contacts.values()}
        lines: dict[UUID, Line] = {}
        for change in changes:
            if isinstance(change.command, SaveContact):
                cmd, facts = change.command, change.command.facts
                workers[change.row_id] = Worker(
                    change.row_id,
                    cmd.service_id,
                    facts.works_from,
                    facts.works_until,
                    cmd.deputy_id,
                )
                lines[change.row_id] = change.line
        for row_id, line in lines.items():
            worker = workers[row_id]
            deputy = workers.get(worker.deputy_id) if worker.deputy_id else None
            refusal = deputy_refusal(worker, deputy, self.today)
            self._refuse(line, [refusal] if refusal else [])

    def _refuse(self, line: Line, refusals: Iterable[Refusal]) -> None:
        for refusal in refusals:
            self._fault(line, COLUMN_OF.get(refusal.field, refusal.field), refusal.why)

    def _fault(self, line: Line, column: str, why: str) -> None:
        self.faults.append(CellFault(line.number, column, why))


def _usual(hours: str | None) -> str | None:
    """Return hours as they are kept; others as they came, for the rule to refuse."""
    try:
        return usual_hours(hours)
    except HoursError:
        return hours
