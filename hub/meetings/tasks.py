"""What a person must do by a time: opened once for a cause, lapsed when the cause is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.meetings.events import TaskLapsed, TaskOpened
from hub.meetings.models import Meeting, Task

NOT_MINE = "worker_says_not_mine"


@dataclass(frozen=True, kw_only=True)
class Needed:
    """A task that there must be; ``cause`` says for what, once and for ever the same."""

    cause: str
    kind: str
    owner_role: str
    owner_agency_id: UUID | None = None
    meeting_id: UUID | None = None
    item_id: UUID | None = None
    subject_id: UUID | None = None
    check_id: UUID | None = None
    area_id: UUID | None = None
    recipient_id: UUID | None = None
    due_at: datetime


def keep_tasks(uow: UnitOfWork, meeting_id: UUID, needed: Mapping[str, Needed]) -> None:
    """Make the open tasks of a meeting's gaps be exactly those needed.

    A task somebody has done stays done: what they wrote down is the record. One that lapsed opens
    again when its cause returns.
    """
    known = {
        task.cause: task
        for task in uow.session.scalars(
            select(Task).where(Task.meeting_id == meeting_id, Task.cause.startswith("gap:"))
        )
    }
    for cause, task in known.items():
        if task.state == "open" and cause not in needed:
            task.state = "lapsed"
            uow.emit(TaskLapsed(task_id=task.id))
        elif task.state == "lapsed" and cause in needed:
            task.state, task.due_at = "open", needed[cause].due_at
            uow.emit(TaskOpened(task_id=task.id, owner_role=task.owner_role))
    for cause in sorted(needed.keys() - known.keys()):
        open_task(uow, needed[cause])


def lapse_over(uow: UnitOfWork, *, limit: int) -> int:
    """Let at most so many open tasks lapse whose meeting is over; return how many; a timed job.

    Nobody can be rung into a meeting that was. What a worker said of the register stays to be put
    right.
    """
    over = (
        select(Task)
        .join(Meeting, Meeting.id == Task.meeting_id)
        .where(Task.state == "open", Task.kind != NOT_MINE, Meeting.ends_at <= uow.now)
        .order_by(Task.due_at, Task.id)
        .limit(limit)
    )
    tasks = uow.session.scalars(over).all()
    for task in tasks:
        task.state = "lapsed"
        uow.emit(TaskLapsed(task_id=task.id))
    return len(tasks)


def open_task(uow: UnitOfWork, needed: Needed) -> UUID:
    """Open a task unless there is one of the same cause; return its id either way."""
    known = uow.session.scalar(select(Task.id).where(Task.cause == needed.cause))
    if known is not None:
        return known
    task = Task(
        id=uow.new_id(),
        reference=uow.ids.reference(),
        cause=needed.cause,
        kind=needed.kind,
        owner_role=needed.owner_role,
        owner_agency_id=needed.owner_agency_id,
        meeting_id=needed.meeting_id,
        item_id=needed.item_id,
        subject_id=needed.subject_id,
        check_id=needed.check_id,
        area_id=needed.area_id,
        recipient_id=needed.recipient_id,
        opened_at=uow.now,
        due_at=needed.due_at,
    )
    uow.session.add(task)
    uow.emit(TaskOpened(task_id=task.id, owner_role=task.owner_role))
    return task.id
