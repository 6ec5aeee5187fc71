"""Taking in a file of the directory: a plan first, then all of it or nothing.

The plan reads the file and the directory and says, cell by cell, what is wrong and, line by line,
what would be added or changed. The same file taken in twice changes nothing the second time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.resources import files
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from hub.access.permissions import Permission, permit
from hub.agencies.commands.contacts import SaveContact, write_contact
from hub.agencies.commands.indexing import (
    batches,
    index_contacts,
    index_contacts_where,
    index_services_where,
)
from hub.agencies.commands.places import SaveAgency, SaveOffice, write_agency, write_office
from hub.agencies.commands.refusals import DIRECTORY
from hub.agencies.commands.resolving import Change, Resolver
from hub.agencies.commands.services import SaveService, SaveTeam, write_service, write_team
from hub.agencies.events import DirectoryImported
from hub.agencies.models import (
    Agency,
    Contact,
    DirectoryUpload,
    Office,
    Service,
    Team,
)
from hub.agencies.queries.present import present
from hub.agencies.rules.sheet import CellFault, read_sheet
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError

BATCH = 500
KEPT = timedelta(days=1)
EXAMPLE = "example/directory.csv"
Progress = Callable[[int, int], None]
"""Told how many lines of how many are done."""


@dataclass(frozen=True)
class Plan:
    """What a file would do: every fault, or every change in the order of doing."""

    faults: tuple[CellFault, ...]
    changes: tuple[Change, ...]

    @property
    def added(self) -> int:
        """How many entries would be new."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many entries that are there would change."""
        return sum(change.is_different and not change.is_new for change in self.changes)

    @property
    def unchanged(self) -> int:
        """How many lines say what is there already."""
        return len(self.changes) - self.added - self.changed


class FileRefusedError(RefusedError):
    """The file cannot be taken in; ``faults`` says where and why. Nothing was changed."""

    def __init__(self, faults: tuple[CellFault, ...]) -> None:
        first = faults[0]
        super().__init__(f"Line {first.line}, column {first.column}: {first.why}", field="file")
        self.faults = faults


def plan_import(content: bytes, *, uow: UnitOfWork) -> Plan:
    """Return what the file would do; nothing is changed. Raises NotAllowedError."""
    permit(uow.actor, Permission.DIRECTORY_IMPORT)

    sheet = read_sheet(content)
    names = {line.name("agency") for line in sheet.lines}
    names |= {line.name("authority") for line in sheet.lines if line.text("authority")}
    resolver = Resolver(present(uow, names), uow.today, uow.new_id, is_partial=bool(sheet.faults))
    changes = resolver.changes(sheet.lines)
    faults = sorted((*sheet.faults, *resolver.faults), key=lambda fault: fault.line)
    return Plan(tuple(faults), () if faults else tuple(changes))


def import_directory(
    content: bytes, *, uow: UnitOfWork, progress: Progress = lambda _done, _of: None
) -> Plan:
    """Take in a file whole, and return what it did.

    Raises NotAllowedError, and FileRefusedError when anything in it is wrong.
    """
    uow.alone(DIRECTORY)
    plan = plan_import(content, uow=uow)

    if plan.faults:
        raise FileRefusedError(plan.faults)

    wanted = [change for change in plan.changes if change.is_new or change.is_different]
    _Writer(uow, wanted).write(progress)
    if wanted:
        uow.emit(DirectoryImported(import_id=uow.new_id(), added=plan.added, changed=plan.changed))
    return plan


def load_example_directory(
    uow: UnitOfWork, *, progress: Progress = lambda _done, _of: None
) -> Plan:
    """Take in the directory that ships with the hub, by the way that any file takes."""
    content = files("hub.agencies").joinpath(EXAMPLE).read_bytes()
    return import_directory(content, uow=uow, progress=progress)


def keep_upload(content: bytes, *, uow: UnitOfWork) -> UUID:
    """Keep a file for a day, so that what was reported on is what is taken in.

    Raises NotAllowedError.
    """
    permit(uow.actor, Permission.DIRECTORY_IMPORT)

    uow.session.execute(delete(DirectoryUpload).where(DirectoryUpload.at < uow.now - KEPT))
    upload = DirectoryUpload(
        id=uow.new_id(), account_id=uow.actor.account_id, at=uow.now, content=content
    )
    uow.session.add(upload)
    return upload.id


def kept_upload(upload_id: UUID, *, uow: UnitOfWork) -> bytes:
    """Return a file that the actor kept and that is not taken in yet. Raises NotFoundError."""
    content = uow.session.scalar(
        select(DirectoryUpload.content).where(
            DirectoryUpload.id == upload_id,
            DirectoryUpload.account_id == uow.actor.account_id,
            DirectoryUpload.applied_at.is_(None),
            DirectoryUpload.at >= uow.now - KEPT,
        )
    )
    if content is None:
        raise NotFoundError("no such file")
    return bytes(content)


def import_upload(upload_id: UUID, *, uow: UnitOfWork) -> Plan:
    """Take in a file that was kept; it cannot be taken in a second time.

    Raises NotFoundError, NotAllowedError, and FileRefusedError when the directory has changed
    meanwhile so that the file no longer fits.
    """
    plan = import_directory(kept_upload(upload_id, uow=uow), uow=uow)
    uow.session.execute(
        update(DirectoryUpload)
        .where(DirectoryUpload.id == upload_id)
        .values(applied_at=uow.now, content=b"")
    )
    return plan


class _Writer:
    """Writes changes in their order, then the words by which everything is found."""

    def __init__(self, uow: UnitOfWork, changes: list[Change]) -> None:
        self.uow = uow
        self.changes = changes

    def write(self, progress: Progress) -> None:
        for done, change in enumerate(self._fetched(), start=1):
            self._one(change)
            if done % BATCH == 0 or done == len(self.changes):
                progress(done, len(self.changes))
        self.uow.session.flush()
        self._deputies()
        self._index()

    def _fetched(self) -> Iterator[Change]:
        """Give the changes, their rows read in batches before the first of each batch is given."""
        session = self.uow.session
        for at in range(0, len(self.changes), BATCH):
            some = self.changes[at : at + BATCH]
            ids = [change.row_id for change in some if isinstance(change.command, SaveContact)]
            kept = session.scalars(select(Contact).where(Contact.id.in_(ids))).all() if ids else ()
            yield from some
            del kept  # held until here, so that each row is found in the session

    def _one(self, change: Change) -> None:
        uow, cmd, row_id = self.uow, change.command, change.row_id
        get = uow.session.get
        if isinstance(cmd, SaveAgency):
            write_agency(uow, get(Agency, row_id), cmd, new_id=row_id)
        elif isinstance(cmd, SaveService):
            row = get(Service, row_id)
            write_service(uow, row, cmd, new_id=row_id, checked_on=change.checked_on)
        elif isinstance(cmd, SaveOffice):
            write_office(uow, get(Office, row_id), cmd, new_id=row_id)
        elif isinstance(cmd, SaveTeam):
            write_team(uow, get(Team, row_id), cmd, new_id=row_id)
        else:
            held = None if change.is_new else get(Contact, row_id)
            bare = replace(cmd, deputy_id=None)
            write_contact(uow, held, bare, new_id=row_id, checked_on=change.checked_on)

    def _deputies(self) -> None:
        """Name deputies when everybody is there to be named."""
        rows = [
            {"own": change.row_id, "deputy": change.command.deputy_id}
            for change in self.changes
            if isinstance(change.command, SaveContact) and change.command.deputy_id
        ]
        if rows:
            table = Contact.metadata.tables[Contact.__tablename__]
            named = update(table).where(table.c.id == bindparam("own"))
            self.uow.session.execute(named.values(deputy_id=bindparam("deputy")), rows)

    def _index(self) -> None:
        """Index what changed, and all that carries the name of what did."""
        touched = [
            change.command.agency_id
            for change in self.changes
            if isinstance(change.command, SaveAgency | SaveService | SaveOffice)
            and change.command.agency_id is not None
        ]
        teams = [c.row_id for c in self.changes if isinstance(c.command, SaveTeam)]
        for some in batches(sorted(set(touched))):
            provided = Service.agency_id.in_(some) | Service.authority_id.in_(some)
            index_services_where(self.uow, provided)
            index_contacts_where(self.uow, Contact.agency_id.in_(some))
        for some in batches(teams):
            index_contacts_where(self.uow, Contact.team_id.in_(some))
        own = [c.row_id for c in self.changes if isinstance(c.command, SaveContact)]
        index_contacts(self.uow, own)
