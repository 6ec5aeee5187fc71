"""What a co-ordinator does to series and agendas."""

from hub.marac.commands.agenda import (
    PackAgenda,
    make_agenda,
    move_case,
    pack_agenda,
    place_case,
)
from hub.marac.commands.issuing import issue_agenda
from hub.marac.commands.series import SaveSeries, plan_dates, plan_in_series, save_series

__all__ = [
    "PackAgenda",
    "SaveSeries",
    "issue_agenda",
    "make_agenda",
    "move_case",
    "pack_agenda",
    "place_case",
    "plan_dates",
    "plan_in_series",
    "save_series",
]
