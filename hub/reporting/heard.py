"""What the counts of a return ask of: the cases that meetings discussed."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.db.units import UnitOfWork
from hub.marac.models import Hearing
from hub.marac.states import HearingState
from hub.meetings.access import may_be_shown
from hub.meetings.models import Item, Meeting

_Column = ColumnElement[Any] | InstrumentedAttribute[Any]


def on_heard(uow: UnitOfWork, held: ColumnElement[bool], *columns: _Column) -> Select[Any]:
    """Return a query for something of the cases that were discussed and that the actor may see."""
    return select(*columns).where(
        Item.meeting_id == Meeting.id,
        Hearing.item_id == Item.id,
        Hearing.state == HearingState.HEARD.value,
        held,
        may_be_shown(uow),
    )
