"""What is done to the register and to questions of identity."""

from hub.people.commands.allocations import (
    Allocate,
    allocate,
    declare_conflict,
    end_allocation,
    hand_over,
    withdraw_allocation,
    withdraw_conflict,
)
from hub.people.commands.asking import answer_back, hasten, look_again, open_checks
from hub.people.commands.deciding import (
    AnswerCheck,
    ConfirmIdentity,
    ask_back,
    confirm_identity,
    put_forward,
    reject_candidate,
    rule_out,
    undo,
)
from hub.people.commands.people import SavePerson, change_support, save_person

__all__ = [
    "Allocate",
    "AnswerCheck",
    "ConfirmIdentity",
    "SavePerson",
    "allocate",
    "answer_back",
    "ask_back",
    "change_support",
    "confirm_identity",
    "declare_conflict",
    "end_allocation",
    "hand_over",
    "hasten",
    "look_again",
    "open_checks",
    "put_forward",
    "reject_candidate",
    "rule_out",
    "save_person",
    "undo",
    "withdraw_allocation",
    "withdraw_conflict",
]
