"""What a co-ordinator does to series and agendas."""

from hub.marac.commands.agenda import PackAgenda, issue_agenda, move_case, pack_agenda
from hub.marac.commands.series import SaveSeries, plan_in_series, save_series

__all__ = [
    "PackAgenda",
    "SaveSeries",
    "issue_agenda",
    "move_case",
    "pack_agenda",
    "plan_in_series",
    "save_series",
]
