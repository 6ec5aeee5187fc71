"""Each decision whether something may be told, with the rule that made it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base
from hub.db.types import SealedText


class DisclosureDecision(Base):
    """Whether something could be told to somebody, and by which rule; a no is kept like a yes."""

    __tablename__ = "disclosure_decision"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(index=True)
    """The agenda item, an opaque id of a higher room."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    consent_id: Mapped[UUID | None] = mapped_column(ForeignKey("consent.id"))
    """The record of consent that counted; None where nobody's, or only the concern's, did."""
    direction: Mapped[str]
    outcome: Mapped[str]
    scope: Mapped[str] = mapped_column(server_default="none")
    rule: Mapped[int]
    table_version: Mapped[int] = mapped_column(server_default="0")
    """Of the decision table; 0 is the part of it that there was at first."""
    approvers: Mapped[str] = mapped_column(server_default="")
    """The letters of those whose yes the rule asks for, parted by blanks."""
    reasons: Mapped[str]
    inputs: Mapped[str]
    """JSON of the coded facts, as a case of ``hub sharing explain``; no name, no narrative."""
    number: Mapped[int]
    """The how-manieth decision it is on the person and the item; the highest counts."""
    decided_by: Mapped[UUID | None]
    """Who weighed it, where a person did; None where the rule decided by itself."""
    weighing: Mapped[str | None] = mapped_column(SealedText("disclosure_decision.weighing"))
    """JSON of the risk of sharing and of not sharing, in the words of whoever weighed them."""
    decided_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("item_id", "person_id", "direction", "number"),)
