"""Starts many short-lived workers: one process imports the hub, then forks a worker at each asking.

The workers are the hub's own, in processes of their own, and can be killed like any other. What is
asked for, a line of JSON each, is a configuration, the clock, a log, and how the worker shall die:
by itself at one step of its sending, so that no step is left out by chance, or not.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from typing_extensions import override

from hub.cli import serve
from hub.cli.main import main
from hub.notify import door
from hub.notify.outcomes import Relayed
from hub.notify.sender import Claimed, Sender

SEND_EVERY = timedelta(seconds=0.05)
"""How often these workers look for mail, so that a kill does not meet an idle one."""

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Birth:
    """One worker to be: ``dies_at`` counts the borders between steps of sending it lives to see."""

    config: str
    now: str
    log: str
    dies_at: int | None = None
    is_careless: bool = False
    """Whether it marks a message as sent before it sends it: the mistake that must show."""


@dataclass(frozen=True)
class Worker:
    """A worker that runs, or ran."""

    pid: int

    def kill(self) -> None:
        """End it as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def is_alive(self) -> bool:
        """Tell whether it still runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


class Nursery:
    """The test's end of the line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def start(self, birth: Birth) -> Worker:
        """Start a worker and return it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asdict(birth)) + "\n")
        self.process.stdin.flush()
        return Worker(int(self.process.stdout.readline()))


@contextlib.contextmanager
def nursery() -> Generator[Nursery]:
    """Run a nursery until the block ends; its workers end with it."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HUB_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "kit.nursery"],
        env=kept | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Nursery(process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


class CarelessSender(Sender):
    """The positive control: it believes that what it is about to do has been done."""

    @override
    def _claim(self, since: datetime | None = None) -> list[Claimed | None] | None:
        batch = super()._claim(since)
        for message in batch or ():
            if message is not None:
                self._mark(message.id, Relayed())
        return batch


def _mortal(steps: int) -> None:
    """Let this process die when it has crossed so many borders between steps of sending."""
    left = steps

    def cross() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def between(step: Callable[..., Any]) -> Callable[..., Any]:
        def crossing(*given: Any, **named: Any) -> Any:
            cross()
            done = step(*given, **named)
            cross()
            return done

        return crossing

    for owner, names in (
        (Sender, ("_claim", "_mark")),
        (serve.Worker, ("send",)),
        (door._RelaySession, ("send",)),
    ):
        for name in names:
            setattr(owner, name, between(getattr(owner, name)))


def _be(birth: Birth) -> None:
    """Be the worker, in the forked process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ |= {"HUB_CONFIG": birth.config, "HUB_NOW": birth.now}
    said = os.open(birth.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(said, number)
    if birth.is_careless:
        setattr(serve, "Sender", CarelessSender)  # noqa: B010 - the control's mistake, not a type's
    if birth.dies_at is not None:
        _mortal(birth.dies_at)
    serve.SEND_EVERY = SEND_EVERY
    main(["worker"])


def _run() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not kept: is_alive asks for a pid
    for line in sys.stdin:
        birth = Birth(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            try:
                _be(birth)
            except SystemExit:
                os._exit(0)
            except BaseException:  # noqa: BLE001 - a forked process must not go on as its parent
                traceback.print_exc()
            os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    _run()
