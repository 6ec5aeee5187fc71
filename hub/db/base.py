"""What every table has in common."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import MetaData, Uuid, event
from sqlalchemy.orm import DeclarativeBase

from hub.db.rows import bind_to_row
from hub.db.types import UtcInstant


class Base(DeclarativeBase):
    """The root of the models; names of constraints are fixed so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcInstant, UUID: Uuid}


for _moment in ("before_insert", "before_update"):
    event.listen(Base, _moment, bind_to_row, propagate=True)
