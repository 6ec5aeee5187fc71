"""A file of the register on its way in, kept sealed until it is taken in; and the way out."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from hub.access.permissions import Permission
from hub.agencies.rules.sheet import CellFault
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people.access import permit_in_service
from hub.people.commands.importing import Imported, import_register, plan_import
from hub.people.events import RegisterExported
from hub.people.models import RegisterUpload
from hub.people.queries.entries import keys_of_unit
from hub.people.queries.export import export_lines
from hub.people.rules.sheet import Sheet, read_register, write_register

KEPT_FOR = timedelta(days=1)
PLACE = "register_upload.content"


class FileRefusedError(RefusedError):
    """A file cannot be taken in; ``faults`` says which cells and why."""

    def __init__(self, faults: tuple[CellFault, ...]) -> None:
        super().__init__("The file cannot be taken in")
        self.faults = faults


def keep_upload(content: bytes, service_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Keep a file, sealed, until it is taken in or a day old; return its id.

    Raises NotAllowedError.
    """
    permit_in_service(uow, Permission.REGISTER_IMPORT, service_id)
    forget_uploads(uow=uow)
    row = RegisterUpload(
        id=uow.new_id(),
        account_id=uow.actor.account_id,
        service_id=service_id,
        at=uow.now,
        content=keys_of_unit(uow).seal_bytes(content, PLACE),
    )
    uow.session.add(row)
    uow.session.flush()
    return row.id


def forget_uploads(*, uow: UnitOfWork) -> None:
    """Delete the files that nobody took in for a day."""
    uow.session.execute(delete(RegisterUpload).where(RegisterUpload.at < uow.now - KEPT_FOR))


def plan_upload(upload_id: UUID, *, uow: UnitOfWork) -> Imported:
    """Return what a kept file would do, or all that is wrong with it.

    Raises NotFoundError for anybody else's, and NotAllowedError.
    """
    row = _own(uow, upload_id)
    sheet = _sheet(row, uow=uow)
    if sheet.faults:
        return Imported(faults=sheet.faults)
    return plan_import(sheet.lines, uow=uow, service_id=row.service_id)


def import_upload(upload_id: UUID, *, uow: UnitOfWork) -> Imported:
    """Take in a kept file and delete it. All or nothing.

    Raises NotFoundError, also when it was taken in already, NotAllowedError and FileRefusedError.
    """
    row = _own(uow, upload_id)
    uow.alone(f"import into {row.service_id}")
    sheet = _sheet(row, uow=uow)
    plan = plan_import(sheet.lines, uow=uow, service_id=row.service_id)
    if sheet.faults or plan.faults:
        raise FileRefusedError(sheet.faults or plan.faults)

    done = import_register(sheet.lines, uow=uow, service_id=row.service_id)

    uow.session.delete(row)
    uow.session.flush()
    return done


def export_register(service_id: UUID, *, uow: UnitOfWork) -> str:
    """Return a service's part of the register as a file, once that is on the trail.

    Raises NotAllowedError.
    """
    permit_in_service(uow, Permission.REGISTER_IMPORT, service_id)

    lines = list(export_lines(uow, service_id))

    uow.emit(RegisterExported(service_id=service_id, people=len(lines)))
    return "".join(write_register(lines))


def _own(uow: UnitOfWork, upload_id: UUID) -> RegisterUpload:
    row = uow.session.get(RegisterUpload, upload_id)
    if row is None or row.account_id != uow.actor.account_id:
        raise NotFoundError("no such file")
    return row


def _sheet(row: RegisterUpload, *, uow: UnitOfWork) -> Sheet:
    return read_register(keys_of_unit(uow).unseal_bytes(row.content, PLACE), uow.today)
