"""What an area has set for its MARAC; an area without a row has the usual values."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class AreaSetting(Base):
    """The local numbers and words of one area's MARAC. Each has a usual value, none is a law."""

    __tablename__ = "area_setting"

    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), primary_key=True)
    shape: Mapped[str] = mapped_column(default="meeting")
    """meeting (weekly to monthly), daily, or closing (a closing date and no meeting)."""
    repeat_months: Mapped[int] = mapped_column(default=12)
    flag_months: Mapped[int] = mapped_column(default=12)
    repeat_definition: Mapped[str] = mapped_column(default="any_abuse")
    repeat_across_areas: Mapped[bool] = mapped_column(default=True)
    cutoff_days: Mapped[int] = mapped_column(default=8)
    cutoff_time: Mapped[str] = mapped_column(default="12:00")
    """London wall time on the cut-off day after which a referral is late."""
    agenda_days: Mapped[int] = mapped_column(default=5)
    research_days: Mapped[int] = mapped_column(default=3)
    minutes_days: Mapped[int] = mapped_column(default=3)
    action_hours: Mapped[int] = mapped_column(default=24)
    """Hours after the meeting within which actions are with their owners."""
    answer_days: Mapped[int | None]
    """Working days after which silence asks the next on the ladder; None for what the hub has."""
    answer_hours: Mapped[int | None]
    """Hours before its slot by which the next is asked at the latest; None likewise."""
    emergency_hours: Mapped[int] = mapped_column(default=2, server_default="2")
    """Hours within which silence at an emergency MARAC has climbed the whole ladder."""
    extra_closed_days: Mapped[str] = mapped_column(default="[]")
    """JSON list of days that are no working days here."""
    quorum: Mapped[str] = mapped_column(
        default='["police", "idva", "childrens_services", "health"]'
    )
    """JSON list of who should be there; it warns and is minuted, and never blocks."""
    chase_days: Mapped[str] = mapped_column(default="[3, 1]")
    """JSON list of working days before the research deadline on which the silent are chased."""
    not_asked: Mapped[str] = mapped_column(default="[]")
    """JSON list of the ids of agencies of the area that are not asked for research."""
    steering: Mapped[str] = mapped_column(default="[]", server_default="[]")
    """JSON list of the accounts that hear, for the steering group, of what is long overdue."""
    retention_years: Mapped[int] = mapped_column(default=7)
    suppress_below: Mapped[int] = mapped_column(default=5)
    """Counts under this are hidden in what can be passed on."""
    adult_females: Mapped[int | None]
    """Women of 16 and over who live here, for cases per 10,000; None where nobody has said."""
    statement: Mapped[str | None]
    """The area's own confidentiality statement; None for the usual words."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
