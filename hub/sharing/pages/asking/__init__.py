"""The pages of whoever asks for information. Importing them hangs them on their blueprint."""

from hub.sharing.pages.asking import (
    asked,
    changing,
    finish,
    late,
    mine,
    questions,
    replying,
    whom,
    worker,
)
from hub.sharing.pages.asking.room import asking

__all__ = [
    "asked",
    "asking",
    "changing",
    "finish",
    "late",
    "mine",
    "questions",
    "replying",
    "whom",
    "worker",
]
