"""The pack of a subject access request: what is held, what becomes of each item, what was given."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class PackItem(Base):
    """Something that the hub holds about whoever asks, with the verdict that a person gave on it.

    It keeps its own copy of the words, so that what was given can be shown again as it was. Once
    the pack was let out no row is changed.
    """

    __tablename__ = "pack_item"
    __table_args__ = (
        UniqueConstraint("access_id", "kind", "source_id"),
        Index("ix_pack_item_judge", "keeper", "verdict", "area_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    access_id: Mapped[UUID] = mapped_column(ForeignKey("subject_access.id"))
    kind: Mapped[str]
    """See ``rules.pack_kinds.ItemKind``."""
    source_id: Mapped[UUID]
    """Of the row that it was drawn from: an opaque id, of a higher room perhaps."""
    happened_on: Mapped[date | None]
    keeper: Mapped[str]
    """service or co_ordinator: who judges it."""
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    """Whose co-ordinators judge it."""
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    """The concern that it belongs to: an opaque id of a higher room."""
    original: Mapped[str] = mapped_column(SealedText("pack_item.original"))
    marks: Mapped[str] = mapped_column(SealedText("pack_item.marks"))
    """Codes parted by blanks: why it must be looked at twice. Sealed, for they say who is who."""
    verdict: Mapped[str | None]
    """include, redact or withhold; None while nobody has looked at it as it is now."""
    redacted: Mapped[str | None] = mapped_column(SealedText("pack_item.redacted"))
    """What is given instead of the original."""
    exemption: Mapped[str | None]
    why: Mapped[str | None] = mapped_column(SealedText("pack_item.why"))
    judged_by: Mapped[UUID | None]
    judged_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    """When its source was last found changed after a verdict, which counted no more from then."""
    gone_at: Mapped[datetime | None]
    """Since when it is not held about them any more, so that it is left out."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class PackGiven(Base):
    """That a pack was let out, and a digest of every item of it. No row is ever changed.

    The words stay with the items, and go with them when a case is disposed of; by its digest a copy
    on paper can still be recognised.
    """

    __tablename__ = "pack_given"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    access_id: Mapped[UUID] = mapped_column(ForeignKey("subject_access.id"), unique=True)
    contents: Mapped[str] = mapped_column(SealedText("pack_given.contents"))
    """JSON list of the items, in order: id, kind, verdict, exemption, digest of the words given."""
    sha256: Mapped[str]
    """Of the contents."""
    whole: Mapped[int]
    redacted: Mapped[int]
    withheld: Mapped[int]
    """How many items were given whole, in part, and not."""
    given_by: Mapped[UUID]
    given_at: Mapped[datetime]
