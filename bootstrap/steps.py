"""How every step of ./run speaks, runs a command, and remembers that it is finished."""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = ROOT / ".cache"
UNFINISHED = "unfinished"
"""The stamp of a step that began and has not ended."""


class SetUpError(Exception):
    """A step could not be done; the text says what to do about it."""


def say(text: str, *, end: str = "\n") -> None:
    """Write a line for the person at the terminal."""
    print(text, end=end, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(label: str) -> Iterator[None]:
    """Say what is being done and, at its end, how many seconds it took."""
    say(f"{label} ... ", end="")
    began = time.monotonic()
    try:
        yield
    except BaseException:
        say("not finished")
        raise
    say(f"{time.monotonic() - began:.1f} s")


@contextlib.contextmanager
def alone(name: str, *, busy: str = "") -> Iterator[int]:
    """Hold a lock of this checkout, which goes with the process; give its file descriptor.

    This will wait for whoever has it or, given a text ``busy``, raise SetUpError with that.
    """
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if busy:
                raise SetUpError(busy) from None
            say("Waiting for another ./run in this folder ...")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield held.fileno()


def call(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a step's command in silence and return its output.

    Raises SetUpError with the last lines of what it said.
    """
    done = subprocess.run(
        command,
        check=False,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        shown = " ".join(map(str, command[:4]))
        raise SetUpError(f"{shown} ... ended with status {done.returncode}:\n{said}")
    return done.stdout


def follow(*command: str | Path, env: dict[str, str], cwd: Path = ROOT) -> int:
    """Run a command on our own terminal and return its exit status; never leave it behind."""
    child = subprocess.Popen(command, env=env, cwd=cwd)
    try:
        return child.wait()
    except KeyboardInterrupt:
        # The terminal told the child too: it may be closing databases and browsers.
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(30)
        raise
    finally:
        end(child)


def end(child: "subprocess.Popen[Any]") -> None:
    """Ask a child to end, and insist after ten seconds."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def digest(*parts: Path | str) -> str:
    """Return the sha256 of files and texts, to tell whether something has changed."""
    data = [part.read_bytes() if isinstance(part, Path) else part.encode() for part in parts]
    return hashlib.sha256(b"\0".join(data)).hexdigest()


def stamped(name: str) -> str:
    """Return what was last recorded for a finished step, or nothing."""
    try:
        return (CACHE / f"{name}.stamp").read_text()
    except FileNotFoundError:
        return ""


def stamp(name: str, value: str) -> None:
    """Record that a step is finished (whole or not at all), or with no value that it is not."""
    CACHE.mkdir(exist_ok=True)
    draft = CACHE / f"{name}.stamp.new"
    draft.write_text(value)
    draft.replace(CACHE / f"{name}.stamp")


def hub_env(**more: str) -> dict[str, str]:
    """Return our environment for a Python that is to find the hub.

    What it compiles is kept, whatever is the caller's custom: it lies in this folder, and a start
    that compiles everything takes three times as long.
    """
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    env = os.environ | {"PYTHONPATH": path} | more
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def clean_env(**more: str) -> dict[str, str]:
    """Return that without the settings of a real hub: HUB_CONFIG must not leak in."""
    kept = ("HUB_NOW", "HUB_TEST_")
    env = {k: v for k, v in hub_env().items() if not k.startswith("HUB_") or k.startswith(kept)}
    return env | {"PYTHONUNBUFFERED": "1"} | more


def test_env(**more: str) -> dict[str, str]:
    """Return the environment of the tests: no settings, no fixed clock."""
    env = clean_env(**more)
    env.pop("HUB_NOW", None)
    return env
