"""What an agreement is, as frozen values: its coded lists, its life, what it lacks, what it allows.

Everything here is pure. The coded lists that decide are those of the hub's public interface,
section 3; what an agreement must hold is that of the sharing notes, section 3.1 (the ICO's data
sharing code; agreements of police forces and of a MARAC).
"""

from hub.sharing.register.codes import (
    APPROVAL,
    CATEGORIES,
    EXCLUDED,
    PERMITTED,
    PURPOSES,
    SUBJECTS,
    TO_ASKER,
    TO_SERVICE,
)

__all__ = [
    "APPROVAL",
    "CATEGORIES",
    "EXCLUDED",
    "PERMITTED",
    "PURPOSES",
    "SUBJECTS",
    "TO_ASKER",
    "TO_SERVICE",
]
