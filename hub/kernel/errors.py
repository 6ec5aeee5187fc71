"""The ways in which a command can refuse, each with a reason that a person can act on."""


class HubError(Exception):
    """The root of every refusal that a page can explain."""


class NotFoundError(HubError):
    """The record is not there, or this actor may not know that it is: the answer is the same."""


class NotAllowedError(HubError):
    """The actor can see the record but may not do this to it."""


class RefusedError(HubError):
    """A rule says no. ``field`` names the input to mend, where there is one."""

    def __init__(self, why: str, *, field: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.field = field


class IllegalMoveError(RefusedError):
    """The record is not in a state from which this can be done."""


class ConflictError(HubError):
    """Somebody else changed the record since it was read.

    ``theirs`` holds what is saved now by field name, so that a page can show both versions.
    """

    def __init__(self, what: str, theirs: dict[str, str]) -> None:
        super().__init__(f"{what} was changed by somebody else since you opened it")
        self.what = what
        self.theirs = theirs
